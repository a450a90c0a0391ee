//! `shenbao new` and `shenbao add`: declarations to begin with, and files that grow in place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use common::{Checked, Files};
use shenbao::form::Templates;
use tempfile::TempDir;

fn shenbao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

const NAMES: [&str; 12] = [
    "--unit",
    "某区图书馆",
    "--unit-en",
    "A District Library",
    "--department",
    "某区文化和旅游局",
    "--department-en",
    "A District Bureau of Culture",
    "--project",
    "全民阅读推广",
    "--project-en",
    "Reading for all",
];

/// A new declaration in a folder of its own.
fn begun(arguments: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let all = [&["new", "unit", "--year", "2025", "--date", "2024-11-20"], &NAMES[..], arguments].concat();
    let output = shenbao(folder.path(), &all);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

/// Every finding of a declaration, also of the rules.
fn findings(folder: &Path) -> Vec<String> {
    let mut checked = Checked::of(folder);
    checked.diagnostics = checked.examined().findings;
    checked.findings()
}

/// The findings that are no remark on what `new` invents, by code.
fn others(folder: &Path) -> Vec<String> {
    findings(folder).into_iter().filter(|finding| !finding.starts_with("SB330 ")).collect()
}

/// Puts each replacement in the place of its text in a file, wherever it stands.
fn edit(path: &Path, edits: &[(&str, &str)]) {
    let text = fs::read_to_string(path).unwrap();
    let edited = edits.iter().fold(text, |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    fs::write(path, edited).unwrap();
}

/// What a unit would write in the place of what a new declaration invents.
const REPLACED: [(&str, &str); 10] = [
    ("\"会议费\"", "\"阅读推广讲座费\""),
    ("\"资料印制费\"", "\"阅读手册印制费\""),
    ("《中华人民共和国预算法》和本单位职责设立", "《中华人民共和国公共图书馆法》第三十三条设立"),
    ("年初制定方案，明确任务和时间", "一季度确定讲座题目和讲师"),
    ("按方案组织会议，每季度检查一次进度", "每季度举办一次讲座"),
    ("年末总结，对照绩效目标自评", "四季度汇总读者意见"),
    ("按计划完成各项工作，资金使用合规，参加人员满意", "全年面向本区居民举办4次阅读推广讲座，参加的读者满意"),
    ("\"会议次数\"", "\"讲座次数\""),
    ("\"会议按期召开率\"", "\"讲座按期举办率\""),
    ("\"参会人员满意度\"", "\"读者满意度\""),
];

#[test]
fn a_new_declaration_has_its_examples_as_findings_and_no_other() {
    for form in ["shanghai-2024", "shanghai-2023"] {
        for languages in ["zh", "zh,en", "en"] {
            for ui in ["zh", "en"] {
                let folder = begun(&["--form", form, "--languages", languages, "--ui", ui]);
                let unit = folder.path().join("unit");
                assert_eq!(others(&unit), [""; 0], "{form} {languages} {ui}");
                let found = findings(&unit);
                assert!(found.len() >= 8, "{form} {languages} {ui}: {found:?}");
            }
        }
    }
}

/// What a form lists is filled in, and what it does not list is left to the unit: no file begins with an empty text.
#[test]
fn a_declaration_begins_for_every_form() {
    for form in Templates::default().forms() {
        let folder = begun(&["--form", &form]);
        let findings = Checked::of(&folder.path().join("unit")).findings();
        let unreadable = findings.iter().filter(|finding| finding.starts_with("SB0"));
        // That form shows a category and lists none.
        let expected: &[&str] = if form == "daqing" { &["SB006 projects/1-first.toml:1:1"] } else { &[] };
        assert_eq!(unreadable.collect::<Vec<_>>(), expected, "{form}");
    }
}

#[test]
fn a_form_of_evaluations_begins_no_declaration() {
    let folder = TempDir::new().unwrap();
    let all = [&["new", "unit", "--ui", "en", "--form", "evaluation-general"], &NAMES[..]].concat();
    let output = shenbao(folder.path(), &all);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("evaluation-general is no form of declarations"), "{}", said(&output));
    assert!(!folder.path().join("unit").exists());
}

#[test]
fn examples_that_are_replaced_are_no_findings() {
    let folder = begun(&[]);
    let unit = folder.path().join("unit");
    let project = unit.join("projects/1-first.toml");
    edit(&project, &REPLACED);
    edit(&project, &[("\"单次会议成本\"", "\"单次讲座成本\""), ("≥ 100.00 人", "≥ 400.00 人")]);
    assert_eq!(findings(&unit), [""; 0]);
}

#[test]
fn each_example_that_is_left_is_a_finding_at_its_line() {
    let folder = begun(&[]);
    let unit = folder.path().join("unit");
    let path = unit.join("projects/1-first.toml");
    edit(&path, &REPLACED);
    edit(&path, &[("\"单次会议成本\"", "\"单次讲座成本\""), ("≥ 100.00 人", "≥ 400.00 人")]);
    let edited = fs::read_to_string(&path).unwrap();
    for (example, own) in REPLACED {
        fs::write(&path, edited.replace(own, example)).unwrap();
        let line = 1 + edited[..edited.find(own).unwrap()].matches('\n').count();
        let found = findings(&unit);
        assert_eq!(found.len(), 1, "{example}: {found:?}");
        assert!(
            found[0].starts_with(&format!("SB330 projects/1-first.toml:{line}:")),
            "{example}: {found:?}"
        );
    }
}

#[test]
fn an_example_cost_is_found_in_a_sub_project_and_however_its_amount_is_written() {
    let folder = begun(&[]);
    let unit = folder.path().join("unit");
    let path = unit.join("projects/1-first.toml");
    let text = fs::read_to_string(&path).unwrap();
    let head = "[[subproject]]\nid = \"talks\"\nname = \"讲座\"\n\n[[subproject.cost]]";
    let text = text.replacen("[[cost]]", head, 1).replace("[[cost]]", "[[subproject.cost]]");
    let text = text.replace("cost.names", "subproject.names").replace("cost.list", "subproject.list");
    fs::write(&path, text.replace("\"2万元\"", "\"20000元\"")).unwrap();
    let costs = |found: Vec<String>| found.iter().filter(|one| one.contains("SB330")).count();
    let before = costs(findings(&unit));
    edit(&path, &[("\"20000元\"", "\"20001元\"")]);
    assert_eq!(costs(findings(&unit)), before - 1);
}

#[test]
fn an_added_project_has_its_examples_as_findings() {
    let folder = begun(&[]);
    let unit = folder.path().join("unit");
    let before = findings(&unit).len();
    let output = shenbao(&unit, &["add", "project", "second", "--name", "流动图书车", "--ui", "zh"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("示例"), "{}", said(&output));
    assert_eq!(findings(&unit).len(), before * 2);
    let check = shenbao(&unit, &["check"]);
    assert_eq!(check.status.code(), Some(1), "{}", said(&check));
}

#[test]
fn the_year_of_a_text_goes_with_the_amount_of_that_year() {
    let folder = begun(&["--languages", "zh,en"]);
    let text = fs::read_to_string(folder.path().join("unit/projects/1-first.toml")).unwrap();
    assert!(text.contains("{{year}}年预算合计{{annual}}"), "{text}");
    assert!(!text.contains("{{total}}"), "{text}");
}

#[test]
fn sub_projects_in_the_place_of_costs_give_no_empty_list_when_the_comment_is_followed() {
    for (ui, said) in
        [("zh", "改为 {{subproject.names}}、{{subproject.list}}"), ("en", "with {{subproject.names}} and")]
    {
        let folder = begun(&["--ui", ui]);
        let unit = folder.path().join("unit");
        let path = unit.join("projects/1-first.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(said), "{text}");
        let (start, end) = (text.find("[[cost]]").unwrap(), text.rfind("\n# ──").unwrap());
        let end = start + text[start..end].find("\n# ──").unwrap();
        let own = "[[subproject]]\nid = \"talks\"\nname = \"讲座\"\namount = \"4万元\"\n\n[[subproject]]\nid = \"books\"\nname = \"图书\"\namount = \"3万元\"\n";
        let text = format!("{}{own}{}", &text[..start], &text[end..]);
        fs::write(
            &path,
            text.replace("cost.names", "subproject.names").replace("cost.list", "subproject.list"),
        )
        .unwrap();
        let checked = Checked::of(&unit);
        let narrative = format!("{:?}", checked.narrative());
        assert!(narrative.contains("包括讲座和图书") || narrative.contains("包括讲座、图书"), "{narrative}");
    }
}

#[test]
fn the_year_comes_from_the_folder_and_is_said() {
    for (name, year, said_of_it) in [
        ("临江图书馆-2026", 2026, "取自文件夹名称"),
        ("2031年绩效目标", 2031, "取自文件夹名称"),
        ("unit-20260101", 0, "下一年"),
        ("2024-2026", 0, "下一年"),
        ("馆", 0, "下一年"),
    ] {
        let parent = TempDir::new().unwrap();
        let output = shenbao(parent.path(), &[&["new", name, "--ui", "zh"], &NAMES[..]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(said(&output).contains(said_of_it), "{name}: {}", said(&output));
        let declaration = Checked::of(&parent.path().join(name));
        let own = declaration.declaration().year;
        assert!(said(&output).contains(&format!("预算年度 {own} 年")), "{name}: {}", said(&output));
        assert!(year == 0 || year == own, "{name}: {own}");
    }
    let parent = TempDir::new().unwrap();
    let output = shenbao(parent.path(), &[&["new", "unit-2026", "--year", "2027"], &NAMES[..]].concat());
    assert_eq!(Checked::of(&parent.path().join("unit-2026")).declaration().year, 2027, "{}", said(&output));
}

#[test]
fn its_files_are_in_their_shape_and_name_the_schemas_beside_them() {
    let folder = begun(&["--languages", "zh,en"]);
    let shaped = shenbao(folder.path(), &["fmt", "unit", "--check"]);
    assert_eq!(shaped.status.code(), Some(0), "{}", said(&shaped));
    let unit = folder.path().join("unit");
    let first = |path: &str| fs::read_to_string(unit.join(path)).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(first("declaration.toml"), "#:schema declaration.schema.json");
    assert_eq!(first("projects/1-first.toml"), "#:schema ../project.schema.json");
    for name in ["declaration.schema.json", "project.schema.json"] {
        let text = fs::read_to_string(unit.join(name)).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["properties"].is_object());
    }
}

#[test]
fn its_files_say_what_to_write_where() {
    for (ui, languages) in [("zh", "zh"), ("en", "zh,en")] {
        let folder = begun(&["--languages", languages, "--ui", ui]);
        let read = |name: &str| fs::read_to_string(folder.path().join("unit").join(name)).unwrap();
        let text = format!("{}━━\n{}", read("declaration.toml"), read("projects/1-first.toml"));
        insta::with_settings!({ omit_expression => true, snapshot_suffix => ui }, { insta::assert_snapshot!("new", text) });
    }
}

#[test]
fn names_with_quotes_are_written_so_that_they_load() {
    let folder = TempDir::new().unwrap();
    let names = ["--unit", "甲\"乙'丙\\", "--department", "丁@unit@", "--project", "戊"];
    let output = shenbao(folder.path(), &[&["new", "unit"], &names[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let checked = Checked::of(&folder.path().join("unit"));
    assert_eq!(checked.declaration().unit.name.str(shenbao::lang::Lang::Zh), "甲\"乙'丙\\");
    assert_eq!(checked.declaration().department.name.str(shenbao::lang::Lang::Zh), "丁@unit@");
}

#[test]
fn what_is_missing_or_there_already_is_told_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let output = shenbao(folder.path(), &["new", "unit", "--unit", "甲", "--ui", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("--department"), "{}", said(&output));
    for arguments in [["--form", "shanghai-2030"], ["--id", "Über"], ["--year", "24"], ["--date", "soon"]] {
        let output = shenbao(folder.path(), &[&["new", "unit"], &NAMES[..], &arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::create_dir(folder.path().join("unit")).unwrap();
    fs::write(folder.path().join("unit/mine.txt"), "mine").unwrap();
    let output = shenbao(folder.path(), &[&["new", "unit", "--ui", "en"], &NAMES[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("unit exists already"));
    assert_eq!(fs::read_dir(folder.path().join("unit")).unwrap().count(), 1);
}

/// What a command adds to a file of the sample: each added line, and `-` before each that is gone.
fn added(file: &str, arguments: &[&str]) -> String {
    let files = Files::of("data/songjiang-2024");
    let folder = files.write();
    let output = shenbao(folder.path(), &[&["add"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let after = fs::read_to_string(folder.path().join(file)).unwrap();
    assert!(!Checked::of(folder.path()).diagnostics.has_errors());
    let mut text = String::new();
    for change in similar::TextDiff::from_lines(files.text(file), &after).iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Insert => text.push_str(change.value()),
            similar::ChangeTag::Delete => text.push_str(&format!("-{change}")),
            similar::ChangeTag::Equal => {}
        }
    }
    text
}

#[test]
fn a_cost_goes_behind_the_last_of_its_table() {
    let file = "projects/1-big-data-network.toml";
    let to = "big-data-network/security-review";
    let product =
        added(file, &["cost", to, "--name", "复查", "--quantity", "3", "--unit", "家", "--price", "1万元"]);
    assert_eq!(
        product.trim(),
        "[[subproject.cost]]\nname     = \"复查\"\nquantity = 3\nunit     = \"家\"\nprice    = \"1万元\""
    );
    let share = added(
        file,
        &["cost", to, "--name", "管理费", "--name-en", "Fee", "--percent", "5", "--of", "data-operations"],
    );
    assert_eq!(
        share.trim(),
        "[[subproject.cost]]\nname    = { zh = \"管理费\", en = \"Fee\" }\npercent = 5\nof      = \"data-operations\""
    );
    let own = added(
        "projects/4-contract-staff.toml",
        &["cost", "contract-staff", "--name", "交通费", "--amount", "1200元"],
    );
    assert_eq!(own.trim(), "[[cost]]\nname   = \"交通费\"\namount = \"1200元\"");
}

#[test]
fn a_subproject_and_an_indicator_go_behind_the_last() {
    let file = "projects/2-portal.toml";
    let subproject =
        added(file, &["subproject", "portal", "--id", "audit", "--name", "审计", "--amount", "1万元"]);
    assert_eq!(
        subproject.trim(),
        "[[subproject]]\nid     = \"audit\"\nname   = \"审计\"\namount = \"1万元\""
    );
    let indicator = added(
        file,
        &["indicator", "portal", "--kind", "数量指标", "--name", "审计次数", "--target", "≥ 1.00 次"],
    );
    assert_eq!(
        indicator.trim(),
        "[[indicator]]\nkind   = \"数量指标\"\nname   = \"审计次数\"\ntarget = \"≥ 1.00 次\""
    );
}

#[test]
fn a_project_gets_the_next_number() {
    let folder = Files::of("data/songjiang-2024").write();
    let output =
        shenbao(folder.path(), &["add", "project", "training", "--name", "培训", "--name-en", "Training"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(folder.path().join("projects/5-training.toml").is_file());
    assert!(!Checked::of(folder.path()).diagnostics.has_errors());
    let again = shenbao(folder.path(), &["add", "project", "training", "--name", "培训", "--ui", "en"]);
    assert_eq!((again.status.code(), said(&again)), (Some(2), "the id training is taken\n"));
}

#[test]
fn an_addition_with_a_mistake_leaves_the_file_as_it_is() {
    let files = Files::of("data/songjiang-2024");
    let folder = files.write();
    for (arguments, status, message) in [
        (&["cost", "portal", "--name", "甲", "--amount", "3万"][..], 1, "SB102"),
        (&["cost", "portal", "--name", "甲", "--quantity", "三", "--price", "3万元"], 1, "SB"),
        (&["indicator", "portal", "--kind", "数量", "--name", "甲", "--target", "3 次"], 1, "SB401"),
        (&["cost", "portel", "--name", "甲", "--amount", "3万元"], 2, "did you mean portal?"),
        (&["cost", "big-data-network/security", "--name", "甲", "--amount", "3万元"], 2, "security-review"),
        (&["cost", "portal", "--name", "甲"], 2, "--amount"),
    ] {
        let output = shenbao(folder.path(), &[&["add"], arguments, &["--ui", "en"]].concat());
        assert_eq!(output.status.code(), Some(status), "{arguments:?} {}", said(&output));
        assert!(said(&output).contains(message), "{arguments:?} {}", said(&output));
    }
    for name in files.names() {
        assert_eq!(fs::read(folder.path().join(&name)).unwrap(), files.bytes(&name), "{name}");
    }
}

#[test]
fn an_addition_keeps_the_line_ends_of_its_file() {
    let project = "projects/4-contract-staff.toml";
    let files = Files::of("data/songjiang-2024");
    let windows = files.text(project).replace('\n', "\r\n");
    let cases = [
        (windows.clone(), true, true),
        (windows.trim_end().to_owned(), true, false),
        (files.text(project).trim_end().to_owned(), false, false),
        (files.text(project).to_owned(), false, true),
    ];
    let cost = ["cost", "contract-staff", "--name", "检测费", "--amount", "3万元"];
    let indicator =
        ["indicator", "contract-staff", "--kind", "数量指标", "--name", "检测次数", "--target", "≥ 2.00 次"];
    for (text, returns, ended) in cases {
        for arguments in [&cost[..], &indicator] {
            let folder = files.clone().with(project, text.clone()).write();
            let output = shenbao(folder.path(), &[&["add"], arguments].concat());
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            let after = fs::read_to_string(folder.path().join(project)).unwrap();
            let (lines, pairs) = (after.matches('\n').count(), after.matches("\r\n").count());
            assert_eq!(pairs, if returns { lines } else { 0 }, "{arguments:?}");
            assert_eq!(after.ends_with('\n'), ended, "{arguments:?}");
            assert!(after.contains("检测"), "{after}");
        }
    }
}

#[test]
fn an_added_project_has_the_line_ends_of_the_declaration() {
    let files = Files::of("data/songjiang-2024");
    let head = files.text("declaration.toml").replace('\n', "\r\n");
    let folder = files.with("declaration.toml", head).write();
    let output = shenbao(folder.path(), &["add", "project", "training", "--name", "培训"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = fs::read_to_string(folder.path().join("projects/5-training.toml")).unwrap();
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
}

#[test]
fn the_comments_show_straight_quotes() {
    for (ui, said) in [("zh", "不能用中文的 “ ”"), ("en", "the curly ones (“ ”) do not work")] {
        let folder = begun(&["--ui", ui]);
        let text = fs::read_to_string(folder.path().join("unit/declaration.toml")).unwrap();
        assert!(text.contains(said) && text.contains("\"80万元\""), "{text}");
        assert_eq!(text.matches('“').count(), 1, "{text}");
    }
}
