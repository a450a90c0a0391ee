//! Declarations as people leave them: keys in any order, remarks and blank lines anywhere, texts broken anyhow.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::common::Files;

const PIECES: &[&str] = &[
    "甲单位负责",
    "项目建设",
    "共{{total}}",
    "{{year}}年",
    "{{name}}",
    "（见附件。第2页。）",
    "“好。行！”",
    "《某法》",
    "1.5万元",
    "The unit",
    "builds it",
    "No. 3",
    "e.g. this",
    "(see A. B)",
    "\"Go. Now.\"",
    "{{annual}}",
    "it's",
    "U.S. law",
    "5%",
    "A. Smith",
    "（一）总体",
    "（二）经费安排",
    "- ",
    "(1) ",
    "1. ",
    "2、",
    "（",
    "”",
    "...",
    "……",
];
const JOINTS: &[&str] = &[
    "。",
    "！",
    "？",
    "；",
    "，",
    ". ",
    "! ",
    "? ",
    ", ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n\n\n",
    "。\n",
    ".\n",
    "\n- ",
    "\n(1) ",
    "\n（一）",
];

/// A text of paragraphs, which says something.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((select(PIECES), select(JOINTS)), 1..12).prop_map(|parts| {
        let text: String = parts.iter().map(|(piece, joint)| format!("{piece}{joint}")).collect();
        format!("文{text}")
    })
}

/// A text between quotes of one kind or another.
fn quoted(text: &str, style: u8) -> String {
    match style % 3 {
        0 => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")),
        1 => format!("'''\n{text}'''"),
        _ => format!("\"\"\"{}\"\"\"", text.replace('"', "”")),
    }
}

/// A key with a text in one language or both, inline or with dots.
fn prose(key: &'static str) -> impl Strategy<Value = Vec<String>> {
    (text(), text(), any::<u8>(), any::<u8>()).prop_map(move |(one, two, style, way)| match way % 4 {
        0 => vec![format!("{key} = {}", quoted(&one, style))],
        1 => vec![format!("{key}={{en={},zh={}}}", quoted(&one, style), quoted(&two, style / 3))],
        2 => vec![format!("{key}.en = {}", quoted(&one, style)), format!("{key}.zh={}", quoted(&two, style))],
        _ => vec![format!("{key}.zh  =  {}", quoted(&one, style))],
    })
}

/// Lines with remarks and blank lines strewn among them.
fn strewn(lines: Vec<String>) -> impl Strategy<Value = String> {
    let count = lines.len();
    prop::collection::vec(0..8_u8, count).prop_map(move |signs| {
        let mut text = String::new();
        for (line, sign) in lines.iter().zip(signs) {
            match sign {
                0 => text.push_str(&format!("\n\n{line}\n")),
                1 => text.push_str(&format!("# 说明{}\n{line}\n", line.len())),
                2 => text.push_str(&format!("\n# 说明{}\n\n{line}\n", line.len())),
                3 => text.push_str(&format!("  {line} # 行尾{}\n", line.len())),
                4 => text.push_str(&format!("{line}\n# 其后{}\n", line.len())),
                _ => text.push_str(&format!("{line}\n")),
            }
        }
        text
    })
}

/// A head and its keys in any order.
fn table(head: &'static str, keys: Vec<String>) -> impl Strategy<Value = String> {
    Just(keys).prop_shuffle().prop_flat_map(move |mut keys| {
        if !head.is_empty() {
            keys.insert(0, head.to_owned());
        }
        strewn(keys)
    })
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn cost(head: &'static str) -> impl Strategy<Value = String> {
    let ways: &[&[&str]] = &[
        &["name='甲'", "amount = \" 1,018 万元\"", "basis = { en = \"b\", zh = 'a' }"],
        &["name = { en=\"B\", zh=\"乙\" }", "quantity=4", "unit='人'", "price = '20万元 '"],
        &["name = \"丙\"", "amount={2025='2万元', 2024 = \"1万元\"}", "before = { 2022=\"3元\" }"],
        &["name.en = \"D\"", "name.zh='丁'", "amount.2024 = '5万元'"],
    ];
    select(ways).prop_flat_map(move |keys| table(head, lines(keys)))
}

fn project() -> impl Strategy<Value = String> {
    let heads = lines(&[
        "name='项目'",
        "nature = '一次性项目'",
        "category = \"特定目标类\"",
        "start = 2024-01-01",
        "end=2025-12-31",
    ]);
    let subproject = (
        table("[[subproject]]", lines(&["id='part'", "name=\"部分\""])),
        prop::collection::vec(cost("[[subproject.cost]]"), 1..3),
    )
        .prop_map(|(head, costs)| head + &costs.concat());
    let indicator = table(
        "[[indicator]]",
        lines(&["kind='数量指标'", "name = '次数'", "target=\"≥ 4.00 次\"", "weight = 10"]),
    );
    let sections = (prose("plan"), prose("overview"), prose("budget"))
        .prop_flat_map(|(one, two, three)| table("[narrative]", [one, two, three].concat()));
    let goal =
        (prose("overall"), prose("annual")).prop_flat_map(|(one, two)| table("[goal]", [one, two].concat()));
    let funding =
        table("[funding]", lines(&["other = { 2025 = '1元', 2024=\"0元\" }", "carried_over='0元'"]));
    let costs = prop_oneof![
        subproject.boxed(),
        prop::collection::vec(cost("[[cost]]"), 1..4).prop_map(|all| all.concat()).boxed()
    ];
    let tables = (costs, prop::collection::vec(indicator, 1..3), sections, goal, funding)
        .prop_map(|(costs, indicators, sections, goal, funding)| {
            vec![costs, indicators.concat(), sections, goal, funding]
        })
        .prop_shuffle();
    (table("", heads), tables).prop_map(|(head, tables)| head + &tables.concat())
}

/// Files that are shown as text when they fail.
#[derive(Clone)]
pub struct Made(pub Files);

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.names().iter().try_for_each(|name| write!(f, "\n==== {name}\n{}", self.0.text(name)))
    }
}

/// A declaration of one to three projects.
pub fn declaration() -> impl Strategy<Value = Made> {
    let head = table(
        "",
        lines(&[
            "year=2024",
            "form = 'shanghai-2024'",
            "date=2023-11-20",
            "languages = [ 'en','zh' ]",
            "round_to=' 100元'",
        ]),
    );
    let agency = "[unit]\nname='单位'\n# 部门\n[department] # 主管\nname = { en = \"D\", zh = '部门' }\n";
    let overview = prose("text").prop_flat_map(|text| {
        let text = text
            .into_iter()
            .map(|line| line.replace("{{annual}}", "{{total}}").replace("{{name}}", "{{unit.name}}"));
        table("[overview]", text.chain(lines(&["budget_units=1"])).collect())
    });
    let order = subsequence(vec![0, 1], 0..=1);
    (head, overview, order, prop::collection::vec(project(), 1..4)).prop_map(
        move |(head, overview, order, projects)| {
            let tables =
                if order.is_empty() { format!("{overview}{agency}") } else { format!("{agency}{overview}") };
            let files = Files::default().with("declaration.toml", head + &tables);
            Made(projects.into_iter().zip(1..).fold(files, |files, (text, number)| {
                files.with(&format!("projects/{number}-p{number}.toml"), text)
            }))
        },
    )
}
