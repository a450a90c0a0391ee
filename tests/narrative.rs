//! Texts into paragraphs and lists: values, joining of lines, and characters that stay what they are.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
mod common;
#[path = "narrative/values.rs"]
mod values;

use common::Files;
use shenbao::lang::Lang;
use shenbao::narrative::{Block, Expanded, Narrative};

/// A section of the first project of the good declaration, by its id.
fn section<'n>(narrative: &'n Narrative, id: &str) -> &'n Expanded {
    let sections = &narrative.projects[0].sections;
    &sections.iter().find(|(own, _)| own == id).unwrap_or_else(|| panic!("there is no section {id}")).1
}

/// A block on one line: `¶ text`, `# text` for a sub-heading, `marker| text` for each item.
fn shown(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.push(format!("¶ {text}")),
            Block::Subheading(text) => lines.push(format!("# {text}")),
            Block::List(items) => {
                lines.extend(items.iter().map(|item| format!("{}| {}", item.marker, item.text)));
            }
        }
    }
    lines
}

/// What becomes of a text in one language, written as a TOML value.
fn of_value(lang: Lang, value: &str) -> Vec<String> {
    let section_of = format!("\n[narrative.plan]\n{lang} = {value}\n");
    let path = "projects/1-network.toml";
    let files = Files::good();
    let text = files.text(path).to_owned() + &section_of;
    let checked = files.with(path, text).check();
    shown(section(checked.narrative(), "plan").get(lang))
}

fn zh(text: &str) -> Vec<String> {
    of_value(Lang::Zh, &format!("'''\n{text}\n'''"))
}

fn en(text: &str) -> Vec<String> {
    of_value(Lang::En, &format!("'''\n{text}\n'''"))
}

#[test]
fn a_line_break_joins_chinese_without_a_space_and_latin_words_with_one() {
    assert_eq!(zh("第一句。\n第二句。"), ["¶ 第一句。第二句。"]);
    assert_eq!(zh("共\n4\n个，\n其中"), ["¶ 共4个，其中"]);
    assert_eq!(zh("使用 OTN\n网络"), ["¶ 使用 OTN网络"]);
    assert_eq!(zh("见“总则”\n（附件）"), ["¶ 见“总则”（附件）"]);
    assert_eq!(en("The first.\nThe second\nline."), ["¶ The first. The second line."]);
    assert_eq!(en("  The first.  \n\tThe second."), ["¶ The first. The second."]);
    assert_eq!(en("It costs\n{{cost.team.price}}\nfor each."), ["¶ It costs CNY 200,000 for each."]);
}

#[test]
fn a_blank_line_parts_paragraphs_however_many_there_are() {
    assert_eq!(zh("一。\n\n二。\n   \n\n\n三。"), ["¶ 一。", "¶ 二。", "¶ 三。"]);
    assert_eq!(zh("一。\r\n二。\r\n\r\n三。"), ["¶ 一。二。", "¶ 三。"]);
}

#[test]
fn lines_that_begin_with_a_marker_are_items_and_later_lines_belong_to_them() {
    assert_eq!(zh("包括：\n(1) 甲；\n续甲；\n(2)乙。"), ["¶ 包括：", "(1)| 甲；续甲；", "(2)| 乙。"]);
    assert_eq!(zh("（1）甲\n（12）乙"), ["（1）| 甲", "（12）| 乙"]);
    assert_eq!(zh("1. 甲\n2．乙\n3、丙"), ["1.| 甲", "2．| 乙", "3、| 丙"]);
    assert_eq!(en("- one\n- two\nmore"), ["-| one", "-| two more"]);
    assert_eq!(zh("- 甲\n\n之后。"), ["-| 甲", "¶ 之后。"]);
    assert_eq!(zh("- {{subproject.lines.name}}：{{subproject.lines.total}}"), ["-| 线路租用：126万元"]);
}

#[test]
fn numbers_and_dashes_within_a_text_begin_no_list() {
    for text in ["1.5万元一次", "2024年实施", "-5度以下", "——说明", "1)甲", "(一)甲", "1234. 甲"]
    {
        assert_eq!(zh(text), [format!("¶ {text}")]);
    }
}

#[test]
fn a_short_numbered_line_alone_is_a_sub_heading() {
    assert_eq!(zh("（一）{{subproject.lines.name}}\n\n租用线路。"), ["# （一）线路租用", "¶ 租用线路。"]);
    assert_eq!(zh("（十二）总体安排"), ["# （十二）总体安排"]);
    assert_eq!(zh("（一）租用线路。"), ["¶ （一）租用线路。"]);
    assert_eq!(zh("（一）线路租用\n租用线路。"), ["# （一）线路租用", "¶ 租用线路。"]);
    let long = format!("（一）{}", "很".repeat(41));
    assert_eq!(zh(&long), [format!("¶ {long}")]);
}

#[test]
fn marks_of_other_languages_print_as_they_are() {
    for text in [
        "#标题# *强调* $x_1$ @张三 <标签> \\cite{a} ~a~ `码`",
        "a_b_c、10 % 的 $100、R&D、C:\\数据",
        "[链接](地址)、//注释 /* 注释 */",
        "{单括号}、{ 一 }、}、{",
        "“引号”‘引号’…—·×≥≤％",
        "= 标题\u{3000}缩进",
    ] {
        assert_eq!(zh(text), [format!("¶ {text}")]);
    }
    assert_eq!(
        en("#let x = 1; *bold* _it_ -- --- \"quoted\" it's"),
        ["¶ #let x = 1; *bold* _it_ -- --- \"quoted\" it's"]
    );
}

#[test]
fn every_way_to_write_a_string_gives_the_same_text() {
    let expected = ["¶ 本项目共148万元。"];
    assert_eq!(of_value(Lang::Zh, "'本项目共{{annual}}。'"), expected);
    assert_eq!(of_value(Lang::Zh, "\"本项目共{{annual}}。\""), expected);
    assert_eq!(of_value(Lang::Zh, "\"\"\"\n本项目\\\n   共{{annual}}。\n\"\"\""), expected);
    assert_eq!(of_value(Lang::Zh, "\"\\u672c项目共{{\\u0061nnual}}。\""), expected);
    assert_eq!(of_value(Lang::Zh, "\"一。\\n\\n二。\""), ["¶ 一。", "¶ 二。"]);
}

#[test]
fn a_list_alone_is_numbered_and_in_a_sentence_it_is_part_of_it() {
    let items = ["（1）| 驻场运维80万元；", "（2）| 线路租用126万元；", "（3）| 第三方监管8万元。"];
    assert_eq!(zh("{{subproject.list}}"), items);
    assert_eq!(zh("构成如下：\n\n{{subproject.list}}\n\n其余不列。").len(), 5);
    assert_eq!(zh("其中{{subproject.list}}。"), ["¶ 其中驻场运维80万元；线路租用126万元；第三方监管8万元。"]);
    assert_eq!(en("{{subproject.operation.cost.list}}"), ["(1)| On-site team: CNY 800,000."],);
    assert_eq!(en("Of this, {{subproject.operation.cost.list}}."), ["¶ Of this, On-site team: CNY 800,000."],);
}

#[test]
fn a_text_that_is_missing_in_a_language_is_taken_from_the_other() {
    let checked = Files::good().check();
    let narrative = checked.narrative();
    let budget = section(narrative, "budget");
    assert_eq!(budget.get(Lang::En), budget.get(Lang::Zh));
    assert!(!budget.get(Lang::En).is_empty());
    let overview = section(narrative, "overview");
    assert_eq!(
        shown(overview.get(Lang::En)),
        ["¶ The project has 3 parts: 驻场运维, 线路租用, and 第三方监管. It costs CNY 2.14 million."]
    );
}

#[test]
fn sections_stand_in_the_order_of_the_form_and_its_own_text_fills_in() {
    let checked = Files::good().check();
    let ids: Vec<&str> = checked.narrative().projects[0].sections.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["overview", "budget", "goals"]);
    let goals = section(checked.narrative(), "goals");
    assert_eq!(
        shown(goals.get(Lang::Zh)),
        ["¶ 绩效目标与绩效指标详见后附的《财政项目支出绩效目标申报表》。"]
    );
    let wages = &checked.narrative().projects[1];
    assert_eq!(shown(wages.annual.get(Lang::Zh)), shown(wages.overall.get(Lang::Zh)));
}
