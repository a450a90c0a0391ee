//! What is printed is what the declaration says: statements, forms or both, units and headings of a project's own.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use common::{Checked, Files};
use support::writer::{Project, both, declaration};
use support::{Order, build, pages, run, shenbao, squeezed};

const STATEMENT: &str = "项目经费情况说明";
const FORM: &str = "财政项目支出绩效目标申报表";

/// Two projects with a section each.
fn two() -> Files {
    let project = |name: &str| Project {
        name: both(name, "P"),
        narrative: vec![("basis", both(format!("{name}的依据是《某办法》。"), "The basis."))],
        ..Project::least()
    };
    declaration(&both("甲单位", "Unit"), &both("甲局", "Bureau"), &[project("巡查"), project("养护")])
}

/// The pages without spaces, in Chinese; rules are left out, for the texts are as short as can be.
fn printed(files: &Files) -> Vec<String> {
    let pdf = build(files.write().path(), &["--lang", "zh", "--no-check"]);
    pages(&pdf, Order::Raw).iter().map(|page| squeezed(page)).collect()
}

/// The findings of `check` with this code.
fn found(files: &Files, code: &str) -> Vec<String> {
    let folder = files.write();
    let output = run(shenbao(folder.path()).args(["check", "--ui", "en", "--message-format", "short"]));
    output.stdout.lines().filter(|line| line.contains(code)).map(str::to_owned).collect()
}

fn project(print: &str, rest: &str) -> String {
    format!(
        "name = \"巡查\"\n{print}\nstart = 2024-01-01\nend = 2024-12-31\n{rest}\n[[cost]]\nname = \"人工\"\namount = \"3万元\"\n"
    )
}

#[test]
fn statements_alone_need_no_goals_and_no_indicators() {
    let files = two()
        .change("declaration.toml", "year = 2024", "year = 2024\nprint = [\"narrative\"]")
        .with("projects/1-p1.toml", project("", "narrative.basis = \"依据《某办法》。\""));
    assert_eq!(Checked::of(files.write().path()).findings(), Vec::<String>::new());
    let text = printed(&files).join("");
    assert_eq!(text.matches(STATEMENT).count(), 2, "{text}");
    assert!(text.contains("一、立项依据依据《某办法》。") && !text.contains("一级指标"), "{text}");
    assert!(!text.contains("详见后附的"), "no form follows: {text}");
    for code in ["SB006", "SB410", "SB411", "SB415"] {
        assert_eq!(found(&files, code), Vec::<String>::new());
    }
}

#[test]
fn forms_alone_need_no_statement() {
    let files = two().change("declaration.toml", "year = 2024", "year = 2024\nprint = [\"form\"]");
    let pages = printed(&files);
    let text = pages.join("");
    assert!(!text.contains(STATEMENT) && !text.contains("立项依据"), "{text}");
    assert_eq!(text.matches(FORM).count(), 2, "{text}");
    // The overview and a page for each form.
    assert_eq!(pages.len(), 3);
    assert_eq!(found(&files, "SB331"), Vec::<String>::new());
    assert!(
        !found(&two(), "SB331").is_empty(),
        "a statement without its sections is an error where it is printed"
    );
}

#[test]
fn one_statement_serves_the_projects_behind_it() {
    let form = |text: &str| text.replacen("start =", "print = [\"form\"]\nstart =", 1);
    let second = form(two().text("projects/2-p2.toml"));
    let text = printed(&two().with("projects/2-p2.toml", second)).join("");
    assert_eq!(text.matches(STATEMENT).count(), 1, "{text}");
    assert!(text.contains("项目经费情况说明——巡查"), "the only statement has no number: {text}");
    assert_eq!(text.matches("一级指标").count(), 2, "{text}");
    let (statement, first) = (text.find(STATEMENT).unwrap(), text.find("项目名称巡查").unwrap());
    assert!(statement < first && first < text.find("项目名称养护").unwrap(), "{text}");
}

#[test]
fn several_statements_are_numbered_without_gaps() {
    let form = |text: &str| text.replacen("start =", "print = [\"form\"]\nstart =", 1);
    let files = two();
    let third = files.text("projects/2-p2.toml").replace("养护", "绿化");
    let files = files.clone().with("projects/2-p2.toml", form(files.text("projects/2-p2.toml")));
    let text = printed(&files.with("projects/3-p3.toml", third)).join("");
    assert!(text.contains("项目经费情况说明1——巡查") && text.contains("项目经费情况说明2——绿化"), "{text}");
}

#[test]
fn a_project_has_the_unit_and_the_heading_that_it_names() {
    let own = "unit = { name = \"乙中心\" }\nheading = \"养护专项经费情况说明\"\nstart =";
    let second = two().text("projects/2-p2.toml").replacen("start =", own, 1);
    let second = second.replace("养护的依据", "{{unit.name}}受{{declaration.unit.name}}委托，依据");
    let text = printed(&two().with("projects/2-p2.toml", second)).join("");
    assert!(text.contains("实施单位甲单位") && text.contains("实施单位乙中心"), "{text}");
    assert!(text.contains("乙中心受甲单位委托"), "{text}");
    assert!(text.contains("养护专项经费情况说明一、") && !text.contains("2——"), "{text}");
}

#[test]
fn what_is_not_printed_is_not_checked() {
    let long = "x".repeat(20);
    let section = format!("narrative.basis = \"XX待定{long}，{{{{nothing}}}}\"");
    let files = two().change("declaration.toml", "year = 2024", "year = 2024\nprint = [\"form\"]").change(
        "projects/1-p1.toml",
        "[[cost]]",
        &format!("[[cost]]\n# {section}"),
    );
    assert_eq!(found(&files, "SB330"), Vec::<String>::new());
    let printed = two().change("projects/1-p1.toml", "巡查的依据是", "XX待定，{{nothing}}");
    assert!(!found(&printed, "SB302").is_empty());
    let hidden = printed.change("declaration.toml", "year = 2024", "year = 2024\nprint = [\"form\"]");
    assert_eq!(found(&hidden, "SB302"), Vec::<String>::new());
    assert_eq!(found(&hidden, "SB330"), Vec::<String>::new());
}

#[test]
fn what_belongs_to_a_form_is_not_checked_without_one() {
    let odd = two()
        .change("projects/1-p1.toml", "nature = \"其他经常性项目\"", "nature = \"一般项目\"")
        .change("projects/1-p1.toml", "name = { zh = \"甲\", en = \"A\" }", "name = \"甲{{total}}\"");
    let statements =
        odd.clone().change("declaration.toml", "year = 2024", "year = 2024\nprint = [\"narrative\"]");
    for code in ["SB205", "SB301"] {
        assert_eq!(found(&odd, code).len(), 1, "{code}");
        assert_eq!(found(&statements, code), Vec::<String>::new());
    }
}

#[test]
fn examples_of_a_form_are_not_reported_without_one() {
    let folder = tempfile::TempDir::new().unwrap();
    let begin =
        ["new", "unit", "--year", "2025", "--date", "2024-11-20", "--unit", "甲馆", "--department", "甲局"];
    run(shenbao(folder.path()).args(begin).args(["--project", "阅读推广"])).ended_with(0);
    let files = Files::of(folder.path().join("unit").to_str().unwrap());
    let indicators =
        |files: &Files| found(files, "SB330").iter().filter(|line| line.contains("indicator")).count();
    assert!(indicators(&files) > 0);
    assert_eq!(indicators(&files.change("declaration.toml", "# print", "print")), 0);
}

#[test]
fn a_list_of_parts_that_cannot_be_read_is_an_error_at_its_place() {
    for (print, said) in [
        ("[]", "empty list of printed parts"),
        ("[\"forms\"]", "unsupported printed part `forms`"),
        ("[\"form\", \"form\"]", "is given twice"),
        ("\"form\"", "a list of printed parts"),
    ] {
        let files = two().change("declaration.toml", "year = 2024", &format!("year = 2024\nprint = {print}"));
        let folder = files.write();
        let output = run(shenbao(folder.path()).args(["check", "--ui", "en"]));
        let told = output.ended_with(1).stdout;
        assert!(told.contains("declaration.toml:3:") && told.contains(said), "{told}");
    }
}

#[test]
fn a_line_break_that_is_asked_for_stays() {
    let text = "施工单位：甲公司；{{break}}\n设计单位：乙院；{{ 换行 }}";
    let broken = two().change("projects/1-p1.toml", "巡查的依据是《某办法》。", &text.replace('\n', "\\n"));
    assert!(found(&broken, "SB302")[0].contains("换行"));
    let text = "施工单位：甲公司；{{break}}设计单位：乙院；{{break}} 监理单位：丙公司。";
    let files = two().change("projects/1-p1.toml", "巡查的依据是《某办法》。", text);
    let folder = files.write();
    for options in [&["--lang", "zh", "--no-check"][..], &["--no-check"]] {
        let pdf = build(folder.path(), options);
        let lines: Vec<String> =
            pages(&pdf, Order::Layout).iter().flat_map(|page| page.lines()).map(squeezed).collect();
        for line in ["施工单位：甲公司；", "设计单位：乙院；", "监理单位：丙公司。"]
        {
            assert!(lines.iter().any(|own| own == line), "{line}: {lines:?}");
        }
    }
}

#[test]
fn a_title_ends_its_lines_between_bodies_and_before_its_year() {
    for (unit, lines) in [
        (
            "某市公安局松江分局交通警察支队勤务管理大队",
            &["某市公安局松江分局交通警察支队", "勤务管理大队", "2024年财政支出项目绩效目标申报表"][..],
        ),
        (
            "某某市某区市场监督管理局综合行政执法大队",
            &["某某市某区市场监督管理局综合行政执法大队", "2024年财政支出项目绩效目标申报表"],
        ),
        ("某区图书馆", &["某区图书馆2024年", "财政支出项目绩效目标申报表"]),
    ] {
        let files = declaration(&both(unit, "Unit"), &both("甲局", "Bureau"), &[Project::least()]);
        let pdf = build(files.write().path(), &["--lang", "zh", "--no-check"]);
        let page = pages(&pdf, Order::Layout).remove(0);
        let found: Vec<String> =
            page.lines().map(squeezed).filter(|line| !line.is_empty()).take(lines.len()).collect();
        assert_eq!(found, lines);
    }
}

#[test]
fn a_nature_of_five_characters_stands_on_one_line() {
    for nature in ["经常性项目", "一次性项目"] {
        let text = two().text("projects/1-p1.toml").replace("其他经常性项目", nature);
        let pdf =
            build(two().with("projects/1-p1.toml", text).write().path(), &["--lang", "zh", "--no-check"]);
        let lines: Vec<String> =
            pages(&pdf, Order::Layout).iter().flat_map(|page| page.lines()).map(squeezed).collect();
        assert!(lines.iter().any(|line| line.contains(&format!("项目性质{nature}项目类别"))), "{lines:?}");
    }
}
