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

/// The overview of three projects, and each project's total.
fn three(totals: [&str; 3], lang: Lang, text: &str) -> Vec<String> {
    let project = |number: usize, total: &str| {
        format!(
            "name = {{ zh = \"项目{number}\", en = \"Project {number}\" }}\nnature = \"一次性项目\"\ncategory = \"特定目标类\"\nstart = 2024-01-01\nend = 2024-12-31\n\
             [[cost]]\nname = {{ zh = \"费用\", en = \"Cost\" }}\namount = \"{total}\"\n[goal]\noverall = {{ zh = \"目标\", en = \"Goal\" }}\n\
             [[indicator]]\nkind = \"数量指标\"\nname = {{ zh = \"次数\", en = \"Times\" }}\ntarget = {{ zh = \"≥ 4 次\", en = \"≥ 4 times\" }}\n"
        )
    };
    let head = format!(
        "form = \"shanghai-2024\"\nyear = 2024\ndate = 2023-11-20\nlanguages = [\"zh\", \"en\"]\n\
         unit.name = {{ zh = \"甲单位\", en = \"Unit\" }}\ndepartment.name = {{ zh = \"乙部门\", en = \"Department\" }}\n\
         [overview]\nbudget_units = 1\ntext.zh = \"\"\"\n{text}\"\"\"\ntext.en = \"\"\"\n{text}\"\"\"\n"
    );
    let mut files = Files::default().with("declaration.toml", head);
    for (total, number) in totals.iter().zip(1..) {
        files = files.with(&format!("projects/{number}-p{number}.toml"), project(number, total));
    }
    shown(files.check().narrative().overview.get(lang))
}

#[test]
fn the_amounts_of_the_overview_have_one_number_of_decimals() {
    let small = ["3344.50元"; 3];
    assert_eq!(
        three(small, Lang::Zh, "{{total}}，其中{{project.list}}"),
        ["¶ 1.00335万元，其中项目10.33445万元；项目20.33445万元；项目30.33445万元"]
    );
    assert_eq!(
        three(small, Lang::Zh, "{{total}}\n\n{{project.p1.total}}"),
        ["¶ 1.00335万元", "¶ 0.33445万元"]
    );
    assert_eq!(
        three(["2万元", "1.5万元", "1万元"], Lang::Zh, "{{total}}：{{project.list}}"),
        ["¶ 4.50万元：项目12.00万元；项目21.50万元；项目31.00万元"]
    );
    assert_eq!(
        three(["3344.5元", "1000元", "500元"], Lang::En, "{{total}}: {{project.p2.total}}"),
        ["¶ CNY 4,844.50: CNY 1,000.00"]
    );
    assert_eq!(
        three(["1025万元", "800万元", "175万元"], Lang::En, "{{project.p1.total}} and {{project.p2.total}}"),
        ["¶ CNY 10.25 million and CNY 8.00 million"]
    );
}

#[test]
fn the_amounts_of_a_paragraph_have_one_number_of_decimals() {
    let paragraph = zh("合计{{total}}，其中{{cost.team.price}}，按{{total | 万元}}计。");
    assert_eq!(paragraph.len(), 1);
    let decimals: Vec<usize> = paragraph[0]
        .split("万元")
        .filter_map(|part| part.rsplit(|ch: char| !ch.is_ascii_digit() && ch != '.').next())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.split_once('.').map_or(0, |(_, decimals)| decimals.len()))
        .collect();
    assert_eq!(decimals[0], decimals[1], "{paragraph:?}");
}

#[test]
fn an_empty_list_in_a_text_is_an_error_at_its_place_that_names_the_other_list() {
    use shenbao::diagnostic::{Format, code};
    let cases = [
        ("projects/1-network.toml", "cost.names", "subproject.names"),
        ("projects/1-network.toml", "cost.list", "subproject.list"),
        ("projects/2-wages.toml", "subproject.list", "cost.list"),
        ("projects/2-wages.toml", "subproject.names", "cost.names"),
    ];
    for (path, list, instead) in cases {
        let names = Files::good().names();
        let path =
            names.iter().find(|name| name.starts_with(&path[..11])).unwrap_or_else(|| panic!("{path}"));
        let text =
            Files::good().text(path).to_owned() + &format!("\n[narrative.plan]\nzh = '{{{{{list}}}}}'\n");
        let checked = Files::good().with(path, text).check();
        let found: Vec<_> =
            checked.diagnostics.iter().filter(|finding| finding.code == code::UNKNOWN_PATH).collect();
        assert_eq!(found.len(), 1, "{path} {list}: {}", checked.told(Format::Short, Lang::En));
        assert!(found[0].span().is_some());
        assert!(found[0].help.iter().any(|help| help.en.contains(instead)), "{list}: {:?}", found[0].help);
    }
}
