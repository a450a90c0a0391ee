//! Random amounts, and declarations made of them.

use proptest::prelude::*;
use shenbao::model::Money;

use crate::common::Files;

/// An amount in 分, up to 100亿元.
pub fn fen() -> impl Strategy<Value = u64> {
    prop_oneof![0..100_u64, 0..100_000_000_u64, 0..1_000_000_000_000_u64]
}

/// 分 as money.
pub fn money(fen: u64) -> Money {
    Money::parse(&in_yuan(fen)).unwrap()
}

/// `1234.56元`
pub fn in_yuan(fen: u64) -> String {
    format!("{}.{:02}元", fen / 100, fen % 100)
}

/// The same amount as a person may write it: in 元, 万元 or 亿元, with separators or spaces.
pub fn written(fen: u64, style: u8) -> String {
    match style % 4 {
        0 => in_yuan(fen),
        1 => format!("{}.{:06} 万元", fen / 1_000_000, fen % 1_000_000),
        2 => format!("{}.{:010}亿元", fen / 10_000_000_000, fen % 10_000_000_000),
        _ => format!("{}元", money(fen).form()),
    }
}

/// An amount in 分 with a way to write it.
pub fn any_amount() -> impl Strategy<Value = (u64, String)> {
    (fen(), any::<u8>()).prop_map(|(fen, style)| (fen, written(fen, style)))
}

/// `[[cost]]` or `[[subproject.cost]]` of one amount.
pub fn cost(head: &str, amount: &str) -> String {
    format!("[[{head}]]\nname = \"费用\"\namount = {amount}\n")
}

/// An amount as a TOML value.
pub fn quoted(fen: u64) -> String {
    format!("\"{}\"", in_yuan(fen))
}

/// A project of 2024 from its `[funding]` lines and what stands below them.
pub fn project(years: &str, funding: &str, costs: &str) -> String {
    let (start, end) = years.split_once('-').unwrap();
    format!(
        "name = \"项目\"\nnature = \"其他经常性项目\"\ncategory = \"其他运转类\"\n\
         start = {start}-01-01\nend = {end}-12-31\n[funding]\n{funding}\n{costs}\n\
         [goal]\noverall = \"目标。\"\n[[indicator]]\nkind = \"数量指标\"\nname = \"次数\"\ntarget = \"≥ 1 次\"\n"
    )
}

/// A declaration of 2024 with these projects.
pub fn declaration(round_to: Option<&str>, projects: &[String]) -> Files {
    let round_to = round_to.map(|step| format!("round_to = \"{step}\"\n")).unwrap_or_default();
    let head = format!(
        "form = \"shanghai-2024\"\nyear = 2024\ndate = 2023-11-20\n{round_to}\
         unit.name = \"单位\"\ndepartment.name = \"部门\"\n\
         [overview]\nbudget_units = 1\ntext = \"共{{{{total}}}}。\"\n"
    );
    let files = Files::default().with("declaration.toml", head);
    projects.iter().zip(1..).fold(files, |files, (project, number)| {
        files.with(&format!("projects/{number}-p{number}.toml"), project.as_str())
    })
}

/// A declaration with one project of these costs in 2024.
pub fn of_costs(round_to: Option<&str>, costs: &str) -> Files {
    declaration(round_to, &[project("2024-2024", "", costs)])
}
