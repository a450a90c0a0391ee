//! `shenbao import`: declarations out of text, Word files and workbooks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
#[path = "../common/mod.rs"]
mod common;

mod claims;
mod office;
mod returned;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use common::{Checked, repository};
use office::{Content, archive, body, content, document, old_workbook, paragraph, text, word, workbook};
use proptest::prelude::*;
use shenbao::import;
use tempfile::TempDir;

/// What a run left: its status, stdout and stderr.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

/// Runs `import` in a folder that has these files.
fn imported(folder: &Path, files: &[(&str, Vec<u8>)], arguments: &[&str]) -> Run {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder).arg("import").args(files.iter().map(|(name, _)| *name));
    let output =
        command.args(["unit", "--ui", "en", "--date", "2024-11-20"]).args(arguments).output().unwrap();
    let said = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), stdout: said(output.stdout), stderr: said(output.stderr) }
}

fn file(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("unit").join(name)).unwrap()
}

fn published() -> Vec<u8> {
    fs::read(repository("tests/import/lanyuan-2025.txt")).unwrap()
}

#[test]
fn a_published_text_gives_the_figures_of_its_forms() {
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.txt", published())], &[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let checked = Checked::of(&folder.path().join("unit"));
    let ledger = checked.ledger();
    let totals: Vec<String> =
        ledger.projects.iter().map(|project| project.total.rounded.amount.form()).collect();
    assert_eq!(totals, ["1,520,000.00", "756,900.00", "303,200.00"]);
    let declaration = checked.declaration();
    let parts: Vec<usize> =
        declaration.projects.iter().map(|project| project.subprojects.len() + project.costs.len()).collect();
    assert_eq!(parts, [3, 4, 3]);
    let targets: Vec<&str> = declaration
        .projects
        .iter()
        .flat_map(|project| &project.indicators)
        .map(|own| own.target.text().str(shenbao::lang::Lang::Zh))
        .collect();
    assert_eq!(
        targets,
        [
            "≤ 20.00 万元",
            "≥ 12.00 家",
            "≤ 5.00 %",
            "24小时内",
            "良好",
            "≥ 90.00 %",
            "合理",
            "≥ 2.00 次",
            "稳定",
            "健全",
            "≥ 90.00 %",
            "≤ 15.17 万元",
            "≤ 2.00 人"
        ]
    );
    // The one disagreement has both figures and its place; nothing was left out.
    assert!(
        run.stdout.contains("line 81") && run.stdout.contains("96.4万元") && run.stdout.contains("75.69万元")
    );
    assert!(!run.stdout.contains("not placed") && run.stdout.contains("round to 100元"), "{}", run.stdout);
}

#[test]
fn what_a_page_broke_is_joined_and_texts_stay_as_they_are() {
    let folder = TempDir::new().unwrap();
    imported(folder.path(), &[("a.txt", published())], &[]);
    let first = file(folder.path(), "projects/1-project-1.toml");
    assert!(first.contains("业务逐步迁入，安全保障任务日益加重。"), "{first}");
    assert!(first.contains("按照前两项的一定比例计取，服务费为 18 万。"), "{first}");
    assert!(first.contains("保障机房和重点单位的数据安全，风险及时处置。"), "{first}");
    let second = file(folder.path(), "projects/2-project-2.toml");
    assert!(second.contains("该项目总预算为 96.40 万元。"), "{second}");
}

#[test]
fn files_are_in_the_canonical_shape() {
    let folder = TempDir::new().unwrap();
    imported(folder.path(), &[("a.txt", published())], &[]);
    let mut command = Command::cargo_bin("shenbao").unwrap();
    command.current_dir(folder.path()).args(["fmt", "--check", "unit"]).assert().success();
}

#[test]
fn word_workbook_and_text_of_the_same_content_give_the_same_files() {
    let sources = [
        ("a.docx", word(&document(&content()))),
        ("a.xlsx", workbook(&content())),
        ("a.txt", text(&content()).into_bytes()),
        ("b.txt", encoding_rs::GBK.encode(&text(&content())).0.into_owned()),
    ];
    let made = sources.map(|source| {
        let folder = TempDir::new().unwrap();
        let run = imported(folder.path(), &[source], &[]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
        assert!(!run.stdout.contains("not placed"), "{}", run.stdout);
        ["declaration.toml", "projects/1-project-1.toml"].map(|name| file(folder.path(), name))
    });
    assert!(made.iter().all(|own| *own == made[0]), "{made:#?}");
    assert!(made[0][1].contains("carried_over = \"1万元\"") && made[0][1].contains("name   = \"巡检次数\""));
}

#[test]
fn a_list_of_the_platform_completes_the_indicators_of_a_form() {
    let list = "项目代码,项目名称,一级指标,二级指标,三级指标,计算符号,指标值,计量单位,权重,评（扣）分标准\n\
                P1,数据安全保障,产出指标,数量指标,检查家数,≥,12,家,20,每少1家扣1分\n\
                P1,数据安全保障,效益指标,社会效益指标,公众反响,定性,良好,,10,\n";
    let folder = TempDir::new().unwrap();
    let sources = [("a.docx", word(&document(&content()))), ("b.csv", list.as_bytes().to_vec())];
    let run = imported(folder.path(), &sources, &[]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let project = file(folder.path(), "projects/1-project-1.toml");
    assert!(
        project.contains("target  = \"≥ 12.00 家\"\nweight  = 20\nscoring = \"每少1家扣1分\""),
        "{project}"
    );
    assert!(
        project.contains("code     = \"P1\"") && project.contains("target = \"良好\"\nweight = 10"),
        "{project}"
    );
}

#[test]
fn lists_of_a_bureau_make_a_declaration_each_figure_of_which_is_told() {
    let projects = "某局2026年项目汇总表（单位：万元）,,,,,,\n序号,单位,项目名称,项目类别,金额（万元）,负责人,备注\n\
                    1,信息中心,门户网站运维,其他运转类,12.5,张三,续签\n2,档案馆,档案数字化,特定目标类,45.8,王五,\n,合计,,,58.3,,\n";
    let costs = "项目名称,支出内容,数量,单位,单价（元）,金额（元）,测算依据\n门户网站运维,服务器托管,12,月,5000,60000,合同\n\
                 ,等保测评,1,次,65000,65000,询价\n档案数字化,扫描,200000,页,2.29,458001,\n";
    let folder = TempDir::new().unwrap();
    let sources = [("a.csv", projects.as_bytes().to_vec()), ("b.csv", costs.as_bytes().to_vec())];
    let run = imported(folder.path(), &sources, &["--year", "2026"]);
    let told: Vec<&str> = run.stdout.lines().filter(|line| line.contains(".csv")).map(str::trim).collect();
    assert_eq!(
        told,
        [
            "b.csv, line 4, column 3: 扫描: 200000 times 2.29元 is 45.8万元, the amount is 458001元, which is taken",
            "a.csv, line 3, column 7: 续签",
        ]
    );
    let portal = file(folder.path(), "projects/1-project-1.toml");
    assert!(portal.contains("quantity = 12\nunit     = \"月\"\nprice    = \"5000元\""), "{portal}");
    let archive = file(folder.path(), "projects/2-project-2.toml");
    assert!(
        archive.contains("amount = \"458001元\"") && archive.contains("leader   = \"王五\""),
        "{archive}"
    );
}

#[test]
fn amounts_of_a_list_take_the_unit_above_it_and_costs_of_one_name_stay_apart() {
    let projects =
        "某局2026年项目汇总表（单位：万元）,,\n项目名称,项目类别,金额\n门户网站运维,其他运转类,12.5\n";
    let costs = "项目名称,支出内容,金额（元）\n门户网站运维,培训费,50000\n,培训费,50000\n,差旅费,25000\n";
    let folder = TempDir::new().unwrap();
    let sources = [("a.csv", projects.as_bytes().to_vec()), ("b.csv", costs.as_bytes().to_vec())];
    let run = imported(folder.path(), &sources, &[]);
    let project = file(folder.path(), "projects/1-project-1.toml");
    assert_eq!(project.matches("name   = \"培训费\"\namount = \"5万元\"").count(), 2, "{project}");
    assert!(
        run.stdout.contains("门户网站运维, 12.5万元, costs: 3") && !run.stdout.contains(".csv"),
        "{}",
        run.stdout
    );
    let declaration = file(folder.path(), "declaration.toml");
    assert!(declaration.contains("year = 2026"), "{declaration}");
    let without = projects.replace("（单位：万元）", "：");
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.csv", without.into_bytes())], &["--year", "2026"]);
    assert!(
        run.stdout.contains("line 2, column 3: the list states no unit of amounts; 元"),
        "{}",
        run.stdout
    );
}

#[test]
fn nothing_that_exists_is_replaced_without_force() {
    let folder = TempDir::new().unwrap();
    let source = [("a.docx", word(&document(&content())))];
    imported(folder.path(), &source, &[]);
    let name = "projects/1-project-1.toml";
    let edited = file(folder.path(), name).replace("80万元", "81万元");
    fs::write(folder.path().join("unit").join(name), &edited).unwrap();

    let again = imported(folder.path(), &source, &[]);
    assert_eq!((again.status, file(folder.path(), name)), (2, edited.clone()), "{}", again.stderr);
    assert!(again.stderr.contains("--force replaces them"), "{}", again.stderr);

    let dry = imported(folder.path(), &source, &["--force", "--dry-run"]);
    assert!(dry.stdout.contains("-amount = \"81万元\"\n+amount = \"80万元\""), "{}", dry.stdout);
    assert_eq!(file(folder.path(), name), edited);

    assert_eq!(imported(folder.path(), &source, &["--force"]).status, 0);
    assert!(file(folder.path(), name).contains("80万元"));
}

#[test]
fn further_projects_are_added_to_a_declaration() {
    let folder = TempDir::new().unwrap();
    imported(folder.path(), &[("a.docx", word(&document(&content())))], &[]);
    let before = file(folder.path(), "declaration.toml");
    let run = imported(folder.path(), &[("b.txt", published())], &[]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let names =
        ["projects/2-project-2.toml", "projects/3-project-3.toml"].map(|name| file(folder.path(), name));
    assert!(names[0].contains("系统运行维护") && names[1].contains("编外人员经费"));
    assert_eq!(file(folder.path(), "declaration.toml"), before);
}

#[test]
fn word_structures_are_read() {
    let numbers = "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"chineseCounting\"/>\
                   <w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";
    let numbered = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let changed = "<w:p><w:r><w:t>采购设备</w:t></w:r><w:ins><w:r><w:t>和软件</w:t></w:r></w:ins><w:del><w:r>\
                   <w:delText>及办公用品</w:delText></w:r></w:del><w:r><w:t>，全年实施。</w:t></w:r></w:p>";
    let boxed = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>文本框里的说明。</w:t></w:r></w:p></w:txbxContent>\
                 </mc:Choice><mc:Fallback><w:p><w:r><w:t>文本框里的说明。</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let inner = document(&Content { text: Vec::new(), ..content() });
    let table = &inner[inner.find("<w:tbl>").unwrap()..inner.find("</w:body>").unwrap()];
    let nested = format!("<w:tbl><w:tr><w:tc>{table}<w:p/></w:tc></w:tr></w:tbl>");
    let content = [
        paragraph("项目经费情况说明1--数据安全保障"),
        numbered("项目概述"),
        paragraph("概述一段&amp;二段。"),
        boxed.to_owned(),
        numbered("立项依据"),
        changed.to_owned(),
        nested,
    ];
    let bytes = archive(&[("word/document.xml", &body(&content.concat())), ("word/numbering.xml", numbers)]);
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.docx", bytes)], &[]);
    let project = file(folder.path(), "projects/1-project-1.toml");
    assert!(project.contains("概述一段&二段。\n\n文本框里的说明。\n'''"), "{project}");
    assert!(project.contains("采购设备和软件，全年实施。"), "{project}");
    assert!(run.stdout.contains("deleted by a tracked change, not taken: 及办公用品"), "{}", run.stdout);
    assert!(project.contains("target = \"≥ 12.00 家\""), "{project}");
}

#[test]
fn content_without_a_place_is_listed_with_its_source() {
    let mut content = content();
    content.form[4] =
        vec![("计划开始日期", 2, 1), ("2025-01-01", 2, 1), ("审批文号", 1, 1), ("岚数〔2025〕3号", 3, 1)];
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.docx", word(&document(&content)))], &[]);
    assert!(run.stdout.contains("a.docx, table 1, row 5, column 6: 岚数〔2025〕3号"), "{}", run.stdout);
}

#[test]
fn a_figure_that_follows_from_nothing_is_told() {
    let mut content = content();
    // Without the totals and the text of the costs, 财政资金 follows from nothing.
    content.text.clear();
    (content.form[5][2].0, content.form[5][4].0) = ("", "");
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.docx", word(&document(&content)))], &[]);
    assert!(
        run.stdout.contains("the form states 134万元 for 其中：财政资金, its other lines give 0元"),
        "{}",
        run.stdout
    );
}

#[test]
fn other_funds_of_all_years_that_this_year_has_not_are_told() {
    let mut content = content();
    assert_eq!(content.form[8][1].0, "0.00");
    content.form[8][1].0 = "50,000.00";
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.docx", word(&document(&content)))], &[]);
    let told = "the form states 5万元 for 其他资金, its other lines give 0元";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    // The form of a project of one year has them once.
    assert!(file(folder.path(), "projects/1-project-1.toml").contains("other        = \"0元\""));
    assert!(!run.stdout.contains("134万元 for"), "{}", run.stdout);
}

#[test]
fn an_overview_that_counts_twice_is_told_once() {
    let text = String::from_utf8(published()).unwrap();
    let whole = text.replacen(
        "项目 3 个，涉及项目预算资金 258.01 万元",
        "项目 9 个，涉及项目预算资金 555.55 万元",
        1,
    );
    let (_, rest) = whole.split_once("根据区级").unwrap();
    let line = format!("根据区级{}", rest.lines().next().unwrap());
    let other = line.replace("项目 9 个", "项目 8 个");
    let folder = TempDir::new().unwrap();
    let run = imported(
        folder.path(),
        &[("a.txt", whole.replacen(&line, &format!("{line}\n\n{other}"), 1).into_bytes())],
        &[],
    );
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let declaration = file(folder.path(), "declaration.toml");
    assert_eq!(declaration.matches("declared").count(), 1, "{declaration}");
    assert!(
        run.stdout.contains("counts 9 projects and 555.55万元, and 8 projects and 555.55万元"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_line_that_follows_from_a_total_which_does_not_stand_is_told() {
    let mut content = content();
    // Both totals and what follows from them are off by as much, so that they agree among themselves.
    for cell in content.form.iter_mut().flatten() {
        cell.0 = match cell.0 {
            "1,340,000.00" => "1,440,000.00",
            other => other,
        };
    }
    let folder = TempDir::new().unwrap();
    let run = imported(folder.path(), &[("a.docx", word(&document(&content)))], &[]);
    assert!(
        run.stdout.contains("the form states 144万元 for 其中：财政资金, its other lines give 134万元"),
        "{}",
        run.stdout
    );
}

#[test]
fn files_that_cannot_be_read_are_refused_with_a_reason() {
    let huge = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "甲".repeat(40 << 20));
    let rows: String =
        (1..=1_000_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>")).collect();
    let entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><w:document>&x;</w:document>";
    let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(500), "</w:tc></w:tr></w:tbl>".repeat(500));
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("bomb.docx", word(&body(&huge)), "too large"),
        ("entity.docx", word(entity), "declares entities"),
        ("macro.docx", archive(&[("word/document.xml", "<a/>"), ("word/vbaProject.bin", "x")]), "macros"),
        ("deep.docx", word(&body(&deep)), "too large"),
        (
            "rows.xlsx",
            archive(&[("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", &sheet)]),
            "too large",
        ),
        ("a.pdf", b"%PDF-1.7 ...".to_vec(), "pdftotext -layout"),
        ("a.docx", b"PK\x03\x04 cut short".to_vec(), "damaged"),
        ("a.bin", vec![0, 1, 2, 3], "unknown"),
        ("a.txt", "没有申报内容。".into(), "no project was found"),
    ];
    for (name, bytes, reason) in cases {
        let folder = TempDir::new().unwrap();
        let run = imported(folder.path(), &[(name, bytes)], &[]);
        assert_eq!(run.status, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{name}: {}", run.stderr);
        assert!(!folder.path().join("unit").exists(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Cut short, overwritten or with pieces taken out, a file is read or refused.
    #[test]
    fn damaged_files_never_panic(kind in 0_usize..4, at: prop::sample::Index, length in 0_usize..400, byte: u8) {
        let mut bytes = match kind {
            0 => word(&document(&content())),
            1 => workbook(&content()),
            2 => old_workbook(),
            _ => text(&content()).into_bytes(),
        };
        let at = at.index(bytes.len());
        let end = (at + length).min(bytes.len());
        if byte % 2 == 0 { bytes[at..end].fill(byte) } else { bytes.drain(at..end); }
        prop_assert!(!shenbao::filled::is_one(&bytes));
        if let Ok(source) = import::open("a", &bytes) {
            let templates = shenbao::form::Templates::default();
            let read = |id: &str| shenbao::form::Profile::read(id, &templates, &mut shenbao::source::Sources::default()).unwrap();
            let profile = read("shanghai-2024");
            let labels = import::Labels::of(&profile);
            let draft = import::recognise(import::blocks_of(source, &labels), &labels, &import::Outline::of(&profile, &[]));
            prop_assert!(draft.projects.len() < 20);
        }
    }
}
