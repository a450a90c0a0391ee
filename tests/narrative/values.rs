//! The values that texts take, by path and format.

use shenbao::diagnostic::Diagnostics;
use shenbao::lang::Lang;
use shenbao::model::{Declaration, NarrativeSection, Prose, Text};
use shenbao::narrative::{Scope, narrate, paths};
use shenbao::source::Place;

use crate::common::{Checked, Files, repository};
use crate::{en, shown, zh};

const SAMPLES: [&str; 3] = ["tests/input/good", "data/songjiang-2024", "data/linjiang-2023"];

/// One text for both languages.
fn text(declaration: &Declaration, value: &str) -> Text {
    let place = Place::whole(declaration.projects[0].span);
    let prose = Prose { value: value.to_owned(), place };
    Text::Both { zh: prose.clone(), en: prose }
}

/// Each path in a paragraph of its own, with its name before it.
fn every(paths: &[String]) -> String {
    paths.iter().map(|path| format!("{path} → {{{{{path}}}}}\n\n")).collect()
}

/// Puts `text` into a scope, and gives what is printed for each of its paragraphs.
fn printed(checked: &Checked, scope: Scope, value: &str, lang: Lang) -> Vec<String> {
    let mut declaration = checked.declaration().clone();
    let text = text(&declaration, value);
    match scope {
        Scope::Overview => declaration.overview.text = Some(text),
        Scope::Project(index) => {
            declaration.projects[index].narrative =
                vec![NarrativeSection { id: "overview".to_owned(), text }];
        }
    }
    let mut diagnostics = Diagnostics::default();
    let profile = checked.profile.as_ref().unwrap();
    let narrative = narrate(&declaration, checked.ledger(), profile, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.iter().next());
    match scope {
        Scope::Overview => shown(narrative.overview.get(lang)),
        Scope::Project(index) => shown(narrative.projects[index].sections[0].1.get(lang)),
    }
}

#[test]
fn every_path_that_is_offered_has_a_value_in_both_languages() {
    for sample in SAMPLES {
        let checked = Checked::of(&repository(sample));
        let projects = (0..checked.declaration().projects.len()).map(Scope::Project);
        for scope in [Scope::Overview].into_iter().chain(projects) {
            let paths = paths(checked.declaration(), scope);
            assert!(paths.len() > 12, "{paths:?}");
            for lang in Lang::ALL {
                let lines = printed(&checked, scope, &every(&paths), lang);
                assert_eq!(lines.len(), paths.len(), "a path gives a paragraph: {lines:?}");
                for (line, path) in lines.iter().zip(&paths) {
                    let value = line.split_once(" → ").map_or("", |(_, value)| value);
                    // A project without sub-projects has no names of them.
                    let may_be_empty = path.ends_with("names") || path.ends_with("list") || path == "break";
                    assert!(!value.is_empty() || may_be_empty, "{sample} {lang}: {path} is empty");
                    assert!(!value.contains("{{"), "{line}");
                }
            }
        }
    }
}

/// The paths that `docs` of the format promise, on the declaration that has them all.
#[test]
fn the_values_of_a_project_are_the_computed_ones() {
    let cases = [
        ("{{total}}", "214万元", "CNY 2.14 million"),
        ("{{exact}}", "214万元", "CNY 2.14 million"),
        ("{{annual}}", "148万元", "CNY 1.48 million"),
        ("{{fiscal}}", "209万元", "CNY 2.09 million"),
        ("{{appropriation}}", "145万元", "CNY 1.45 million"),
        ("{{carried_over}}", "1万元", "CNY 10,000"),
        ("{{other}}", "5万元", "CNY 50,000"),
        ("{{other_annual}}", "2万元", "CNY 20,000"),
        ("{{name}}", "政务外网运维", "Government network"),
        ("{{nature}}", "其他经常性项目", "Other recurring project"),
        ("{{category}}", "其他运转类", "Other operations"),
        ("{{code}}", "31011724", "31011724"),
        ("{{start}}", "2024年1月1日", "1 January 2024"),
        ("{{period}}", "2024年1月至2025年12月", "January 2024 to December 2025"),
        ("{{year}}", "2024", "2024"),
        ("{{unit.name}}", "临江区数据中心", "Linjiang Data Center"),
        ("{{indicator.count}}", "2", "2"),
        ("{{subproject.count}}", "3", "3"),
        ("{{subproject.names}}", "驻场运维、线路租用、第三方监管", "驻场运维, 线路租用, and 第三方监管"),
        ("{{subproject.lines.annual}}", "60万元", "CNY 600,000"),
        ("{{subproject.operation.period}}", "2024年8月至2025年7月", "August 2024 to July 2025"),
        ("{{subproject.lines.start}}", "2024年1月1日", "1 January 2024"),
        ("{{subproject.operation.cost.count}}", "1", "1"),
        ("{{cost.team.name}}", "驻场团队", "On-site team"),
        ("{{cost.team.quantity}}", "4人", "4 persons"),
        ("{{cost.team.price}}", "20万元", "CNY 200,000"),
        ("{{cost.team.formula}}", "4人×20万元", "4 persons × CNY 200,000"),
        ("{{cost.fee.percent}}", "10%", "10%"),
        ("{{cost.fee.formula}}", "10%×80万元", "10% of CNY 800,000"),
        ("{{subproject.supervision.cost.fee.amount}}", "8万元", "CNY 80,000"),
        ("{{declaration.total}}", "300万元", "CNY 3 million"),
        ("{{declaration.project.count}}", "3", "3"),
        ("{{declaration.printed.count}}", "2", "2"),
        ("{{declaration.project.wages.total}}", "33.38万元", "CNY 333,800"),
    ];
    let all = |index: fn(&(&'static str, &'static str, &'static str)) -> String| {
        cases.iter().map(index).collect::<Vec<_>>()
    };
    let text = all(|case| case.0.to_owned()).join("\n\n");
    assert_eq!(zh(&text), all(|case| format!("¶ {}", case.1)));
    assert_eq!(en(&text), all(|case| format!("¶ {}", case.2)));
}

#[test]
fn a_format_says_how_a_value_is_printed() {
    let cases = [
        ("{{total | 元}}", "2140000元"),
        ("{{total|元}}", "2140000元"),
        ("{{ total  |  万元 }}", "214万元"),
        ("{{total | 万元.2}}", "214.00万元"),
        ("{{total | 万元.0}}", "214万元"),
        ("{{total | 亿元}}", "0.0214亿元"),
        ("{{total | 亿元.2}}", "0.02亿元"),
        ("{{total | 大写}}", "贰佰壹拾肆万元整"),
        ("{{total | form}}", "2,140,000.00"),
        ("{{total | 元,}}", "2,140,000元"),
        ("{{total | 万元,.2}}", "214.00万元"),
        ("{{start | slash}}", "2024/1/1"),
        ("{{start | day}}", "2024年1月1日"),
        ("{{start | month}}", "2024年1月"),
        ("{{start | iso}}", "2024-01-01"),
        ("{{period | day}}", "2024年1月1日至2025年12月31日"),
        ("{{period | iso}}", "2024-01-01至2025-12-31"),
    ];
    let text = cases.map(|(text, _)| text).join("\n\n");
    assert_eq!(zh(&text), cases.map(|(_, printed)| format!("¶ {printed}")));
    let cases = [
        ("{{total | 元}}", "CNY 2,140,000"),
        ("{{total | form}}", "2,140,000.00"),
        ("{{start | month}}", "January 2024"),
        ("{{start | iso}}", "2024-01-01"),
        ("{{period | day}}", "1 January 2024 to 31 December 2025"),
    ];
    let text = cases.map(|(text, _)| text).join("\n\n");
    assert_eq!(en(&text), cases.map(|(_, printed)| format!("¶ {printed}")));
}

#[test]
fn the_overview_states_the_declared_whole_with_two_decimals() {
    let text =
        "{{project.count}}个{{total}}，列{{printed.count}}个{{printed.total}}，当年{{printed.annual | 万元}}";
    let overview = |files: Files| {
        let files =
            files.change("declaration.toml", "申报项目{{project.count}}个，预算资金合计{{total}}。", text);
        shown(files.check().narrative().overview.get(Lang::Zh))
    };
    assert_eq!(overview(Files::good()), ["¶ 3个300.00万元，列2个247.38万元，当年181.38万元"]);
    let undeclared =
        Files::good().change("declaration.toml", "declared = { projects = 3, amount = \"300万元\" }\n", "");
    assert_eq!(overview(undeclared), ["¶ 2个247.38万元，列2个247.38万元，当年181.38万元"]);
}
