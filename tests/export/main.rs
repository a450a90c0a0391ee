//! What `shenbao export` writes, read back.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_types,
    clippy::cast_possible_truncation,
    reason = "a test that panics has failed"
)]

mod book;
#[allow(dead_code)]
#[path = "../common/mod.rs"]
mod common;
mod extreme;
mod filled;
#[allow(dead_code)]
#[path = "../fmt/made.rs"]
mod made;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_decimal::Decimal;
use shenbao::lang::Lang;
use shenbao::model::Money;
use shenbao::pipeline::{Whole, prepare};
use tempfile::TempDir;

use book::Book;
use common::{Files, repository};

/// Runs the program in a folder of its own.
fn shenbao(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shenbao"));
    command.args(args).current_dir(folder).env("LC_ALL", "en_US.UTF-8").output().unwrap()
}

/// Exports, which must succeed.
#[track_caller]
fn export(folder: &Path, args: &[&str]) {
    let output = shenbao(folder, &[&["export"], args].concat());
    assert!(output.status.success(), "{args:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// The samples of the repository.
fn samples() -> Vec<PathBuf> {
    let mut samples: Vec<PathBuf> = fs::read_dir(repository("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("declaration.toml").exists())
        .collect();
    samples.sort();
    samples
}

fn whole(folder: &Path) -> Whole {
    prepare(folder).whole.unwrap()
}

fn yuan(amount: Money) -> String {
    amount.yuan().normalize().to_string()
}

#[test]
fn the_indicator_table_is_that_of_the_platform() {
    let out = TempDir::new().unwrap();
    let sample = repository("data/songjiang-2024");
    export(out.path(), &[sample.to_str().unwrap(), "--table", "indicators", "--out", "a.xlsx"]);
    let book = Book::read(&fs::read(out.path().join("a.xlsx")).unwrap());
    assert_eq!(book.names, ["绩效指标"]);
    let sheet = book.sheet("绩效指标");
    let heads = [
        "项目代码",
        "项目名称",
        "一级指标",
        "二级指标",
        "三级指标",
        "计算符号",
        "指标值",
        "计量单位",
        "权重",
        "指标解释",
        "评（扣）分标准",
        "备注",
    ];
    assert_eq!(sheet.row(0), heads);
    let indicators: usize = whole(&sample).declaration.projects.iter().map(|own| own.indicators.len()).sum();
    assert_eq!(sheet.rows(), indicators + 1);
    // A measured value is a number, and its unit stands apart; words are 定性 and have no unit.
    let rows: Vec<Vec<String>> = (1..sheet.rows()).map(|row| sheet.row(row)).collect();
    let row = |name: &str| rows.iter().find(|row| row[4] == name).unwrap()[5..].to_vec();
    assert_eq!(row("年人均成本"), ["≤", "20", "万元"]);
    assert_eq!(row("使用人群满意度"), ["≥", "90", "%"]);
    assert_eq!(row("网络可扩展性"), ["定性", "健全"]);
    assert!(rows.iter().all(|row| !row[2].is_empty() && !row[3].is_empty()), "no level is left out");
}

#[test]
fn lists_of_many_declarations_are_one_table_with_the_sums_of_the_program() {
    let out = TempDir::new().unwrap();
    let samples = samples();
    let mut args: Vec<&str> = samples.iter().map(|path| path.to_str().unwrap()).collect();
    args.extend(["--out", "all.xlsx"]);
    export(out.path(), &args);
    let book = Book::read(&fs::read(out.path().join("all.xlsx")).unwrap());
    assert_eq!(book.names, ["绩效指标", "项目汇总", "费用明细", "资金来源"]);
    assert!(book.recomputed() > 100);
    let wholes: Vec<Whole> = samples.iter().map(|path| whole(path)).collect();
    let ledgers = || wholes.iter().flat_map(|whole| &whole.ledger.projects);
    let sum =
        |of: fn(&shenbao::compute::ProjectLedger) -> Money| yuan(Money::sum(ledgers().map(of)).unwrap());
    let (projects, last) = (book.sheet("项目汇总"), ledgers().count() + 1);
    assert_eq!(projects.rows(), last + 1);
    assert_eq!(
        projects.row(0)[..8],
        [
            "序号",
            "预算单位",
            "项目名称",
            "项目类别",
            "年度资金总额（元）",
            "其中：财政资金（元）",
            "其他资金（元）",
            "项目资金总额（元）"
        ]
    );
    assert_eq!(
        projects.row(last)[4..8],
        [
            sum(|own| own.annual.amount),
            sum(|own| own.fiscal_annual.amount),
            sum(|own| own.other_annual.amount),
            sum(|own| own.total.rounded.amount)
        ]
    );
    let funding = book.sheet("资金来源");
    assert_eq!(funding.text(last, 5), sum(|own| own.appropriation.amount));
    assert_eq!(funding.text(last, 6), sum(|own| own.carried_over.amount));
    let costs = book.sheet("费用明细");
    assert_eq!(costs.text(costs.rows() - 1, 9), sum(|own| own.total.exact.amount));
    assert_eq!(book.sheet("绩效指标").text(0, 0), "预算单位");
}

#[test]
fn amounts_in_ten_thousands_are_the_same_amounts() {
    let out = TempDir::new().unwrap();
    let sample = repository("data/songjiang-2024");
    let args = [sample.to_str().unwrap(), "--table", "costs,projects", "--money", "万元", "--out", "a.xlsx"];
    export(out.path(), &args);
    let book = Book::read(&fs::read(out.path().join("a.xlsx")).unwrap());
    assert!(book.recomputed() > 10);
    let projects = book.sheet("项目汇总");
    assert_eq!(projects.text(0, 4), "年度资金总额（万元）");
    let total = whole(&sample).ledger.printed.annual.amount.yuan() / Decimal::from(10_000);
    assert_eq!(projects.text(5, 4), total.normalize().to_string());
}

#[test]
fn a_form_has_the_figures_and_texts_of_the_page_and_formulas_for_its_totals() {
    for sample in samples() {
        let out = TempDir::new().unwrap();
        export(
            out.path(),
            &[sample.to_str().unwrap(), "--table", "forms", "--lang", "zh", "--out", "f.xlsx"],
        );
        let book = Book::read(&fs::read(out.path().join("f.xlsx")).unwrap());
        let whole = whole(&sample);
        let name = sample.display();
        assert!(book.recomputed() >= whole.ledger.projects.len(), "{name}");
        let projects = whole.declaration.projects.iter().zip(&whole.ledger.projects);
        for ((project, ledger), sheet) in projects.zip(&book.names) {
            let sheet = book.sheet(sheet);
            let all: Vec<String> = sheet.values.values().map(ToString::to_string).collect();
            assert_eq!(all[0], whole.profile.title.zh, "{name}");
            let has = |text: &str| all.iter().any(|own| own.contains(text));
            assert!(has(project.name.str(Lang::Zh).trim()), "{name}");
            for indicator in &project.indicators {
                assert!(has(indicator.name.str(Lang::Zh).trim()), "{name}: {:?}", indicator.name);
            }
            let power = match whole.profile.grid.money.unit {
                shenbao::form::AmountUnit::Yuan => Decimal::ONE,
                shenbao::form::AmountUnit::Wan => Decimal::from(10_000),
            };
            let annual = (ledger.annual.amount.yuan() / power).normalize();
            let computed = sheet.formulas.keys().map(|place| sheet.text(place.0, place.1));
            let computed: Vec<Decimal> = computed.map(|text| text.parse().unwrap()).collect();
            assert!(computed.contains(&annual), "{name}: {annual} is no formula among {computed:?}");
        }
    }
}

#[test]
fn forms_of_self_evaluations_add_up_their_scores() {
    let mut sums = 0;
    for sample in samples().iter().filter(|path| path.join("results").exists()) {
        let out = TempDir::new().unwrap();
        let args = [sample.to_str().unwrap(), "--table", "forms", "--evaluation", "--out", "f.xlsx"];
        export(out.path(), &args);
        let book = Book::read(&fs::read(out.path().join("f.xlsx")).unwrap());
        sums += book.recomputed();
        let whole = whole(sample);
        let evaluation = whole.evaluation.as_ref().unwrap();
        assert_eq!(book.names.len(), evaluation.projects.iter().flatten().count());
        for (own, sheet) in evaluation.projects.iter().flatten().zip(&book.names) {
            let sheet = book.sheet(sheet);
            let Some(total) = own.total else { continue };
            let shown = sheet.values.values().any(|value| value.to_string() == total.normalize().to_string());
            assert!(shown, "{}: {total}", sample.display());
        }
    }
    assert!(sums > 20, "{sums}");
}

/// The texts and amounts of a form, as the page prints them.
fn printed(value: &serde_json::Value, key: &str, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| printed(value, key, found)),
        serde_json::Value::Array(list) => list.iter().for_each(|value| printed(value, key, found)),
        serde_json::Value::String(text) if ["zh", "en", "text", "amount"].contains(&key) => {
            found.push(text.replace('\u{2028}', "\n"));
        }
        _ => {}
    }
}

#[test]
fn every_word_and_figure_of_the_page_is_on_the_sheet() {
    for sample in samples() {
        let whole = whole(&sample);
        for evaluation in [None, whole.evaluation.as_ref()] {
            let (languages, profile) =
                (&whole.declaration.languages, evaluation.map_or(&whole.profile, |own| &own.profile));
            let document = shenbao::document::document(shenbao::document::Input {
                declaration: &whole.declaration,
                ledger: &whole.ledger,
                narrative: &whole.narrative,
                profile,
                languages,
                draft: false,
                evaluation,
                public: false,
                against: None,
            });
            let mut made = shenbao::export::sheet::Book::new("", "", whole.declaration.date).unwrap();
            let forms =
                shenbao::export::form::Printed { whole: &whole, languages, evaluation, public: false };
            shenbao::export::form::forms(&mut made, forms).unwrap();
            let book = Book::read(&made.bytes().unwrap());
            let json: serde_json::Value =
                serde_json::from_slice(&document.json_in_parts(1000).concat()).unwrap();
            let projects = json["projects"].as_array().unwrap();
            let shown = projects.iter().filter(|project| !project["form"].is_null());
            for (project, sheet) in shown.zip(&book.names) {
                let cells: Vec<String> = book.sheet(sheet).values.values().map(ToString::to_string).collect();
                let mut form = project["form"].clone();
                form.as_object_mut().unwrap().remove("continued");
                let mut texts = Vec::new();
                printed(&form, "", &mut texts);
                assert!(texts.len() > 50);
                for text in texts.iter().filter(|text| !text.is_empty()) {
                    let figure =
                        text.replace(',', "").parse::<Decimal>().ok().map(|own| own.normalize().to_string());
                    let found = cells.iter().any(|cell| cell.contains(text) || Some(cell) == figure.as_ref());
                    assert!(found, "{sheet}: {text}");
                }
            }
        }
    }
}

/// The small declaration with what spreadsheets take for formulas, and names that no sheet may have.
fn hostile() -> Files {
    let (one, two) = ("projects/1-network.toml", "projects/2-wages.toml");
    let named = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with("name")).unwrap();
        text.replacen(line, &format!("name = {name}"), 1)
    };
    let files = Files::good();
    let texts = [
        named(files.text(one), "\"=HYPERLINK(\\\"http://x\\\",\\\"y\\\")/a[b]:c*?\""),
        named(files.text(two), "\"@SUM(A1),\\\"引号\\\"\""),
    ];
    let [first, second] = texts;
    files.with(one, first).with(two, second)
}

#[test]
fn no_text_becomes_a_formula() {
    let folder = hostile().write();
    let out = TempDir::new().unwrap();
    let path = folder.path().to_str().unwrap();
    export(out.path(), &[path, "--format", "csv", "--out", "lists/"]);
    export(out.path(), &[path, "--table", "forms,projects", "--out", "f.xlsx"]);
    for entry in fs::read_dir(out.path().join("lists")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(bytes.starts_with(b"\xef\xbb\xbf"));
        let mut rows = csv::Reader::from_reader(&bytes[3..]);
        for field in rows.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let sign = field.chars().count() == 1;
            assert!(sign || !field.starts_with(['=', '+', '-', '@']), "{field}");
        }
    }
    let book = Book::read(&fs::read(out.path().join("f.xlsx")).unwrap());
    assert!(book.names.iter().all(|name| !name.contains(['[', ']', ':', '*', '?', '/', '\\'])));
    assert!(book.names.iter().all(|name| name.encode_utf16().count() <= 31), "{:?}", book.names);
    let list = book.sheet("项目汇总");
    assert!(list.text(1, 2).starts_with("=HYPERLINK(") && !list.formulas.contains_key(&(1, 2)));
    book.recomputed();
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let out = TempDir::new().unwrap();
    let sample = repository("data/linjiang-2023");
    for file in ["1.xlsx", "2.xlsx"] {
        export(out.path(), &[sample.to_str().unwrap(), "--table", "forms,indicators", "--out", file]);
    }
    let [first, second] = ["1.xlsx", "2.xlsx"].map(|file| fs::read(out.path().join(file)).unwrap());
    assert!(first == second);
}

#[test]
fn what_cannot_be_exported_is_said_and_nothing_is_written() {
    let out = TempDir::new().unwrap();
    let sample = repository("data/linjiang-2023");
    let sample = sample.to_str().unwrap();
    let broken = Files::good().with("projects/2-wages.toml", "name = \n").write();
    let broken = broken.path().to_str().unwrap();
    let cases: [(&[&str], i32, &str); 8] = [
        (&[sample, "--out", "a.docx"], 2, "unknown ending .docx"),
        (&[sample, "--out", "a.csv"], 2, "choose it with --table"),
        (&[sample, "--table", "forms", "--format", "csv"], 2, "use --format xlsx"),
        (&[sample, "--format", "csv", "--out", "a.xlsx"], 2, "make them the same"),
        (&[sample, "--table", "forms", "--evaluation"], 2, "run `shenbao evaluate` first"),
        (&[sample, "--public"], 2, "add --table forms"),
        (&[sample, "--workbook", "--out", "w.csv"], 2, "is .xlsx"),
        (&[sample, broken], 1, "nothing was exported"),
    ];
    for (args, status, said) in cases {
        let output = shenbao(out.path(), &[&["export"], args].concat());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}\n{stderr}");
        assert!(stderr.contains(said), "{args:?}\n{stderr}");
    }
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
}
