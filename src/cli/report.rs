//! Reports on many declarations, and the table of them on the terminal.

use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table as Drawn, Width, presets};
use shenbao::check::Examined;
#[cfg(feature = "render")]
use shenbao::check::examine;
use shenbao::diagnostic::{Diagnostics, Severity};
use shenbao::export::report::{self, Facts, Unit, findings};
use shenbao::export::sheet::trouble;
use shenbao::export::table::{ColumnKind, Datum, Table};
use shenbao::lang::{Words, say};
use shenbao::pipeline::Prepared;
#[cfg(feature = "render")]
use shenbao::pipeline::prepare;
use shenbao::source::{Shown, replace};

use super::Outcome;
use super::args::ReportFormat;
use super::failure::Failure;
use super::folders;
use super::system::reason;
use super::ui::Ui;

/// What is left at least of the names of units in a narrow terminal.
const NARROWEST: usize = 12;

impl ReportFormat {
    fn extension(self) -> &'static str {
        match self {
            ReportFormat::Xlsx => "xlsx",
            ReportFormat::Html => "html",
            ReportFormat::Md => "md",
            ReportFormat::Csv => "csv",
        }
    }
}

/// The format that a file's ending names.
///
/// # Errors
///
/// What to say of another ending.
pub fn format_of(file: &Path) -> Result<ReportFormat, Failure> {
    let ending = file.extension().map(|own| own.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xlsx" => Ok(ReportFormat::Xlsx),
        "html" | "htm" => Ok(ReportFormat::Html),
        "md" | "markdown" => Ok(ReportFormat::Md),
        "csv" => Ok(ReportFormat::Csv),
        _ => {
            let file = file.shown();
            Err(Failure::usage(say!(
                "--report {file} 的结尾不能识别：请写 .xlsx、.html、.md 或 .csv 结尾的文件",
                "--report {file} has an unknown ending: name a file that ends in .xlsx, .html, .md or .csv"
            )))
        }
    }
}

/// A declaration for the report, after it was examined; `found` are the findings that were asked for.
pub fn unit(folder: &Path, prepared: &Prepared, examined: &Examined, found: &Diagnostics) -> Unit {
    let whole = prepared.whole.as_ref();
    let name = whole.map(|whole| whole.declaration.unit.name.words()).filter(|words| !words.zh.is_empty());
    let shown = folder.shown();
    let result = match (found.count(Severity::Error), found.count(Severity::Warning)) {
        (1.., _) => say!("有错误", "with errors"),
        (0, 1..) => say!("有警告", "with warnings"),
        (0, 0) => say!("通过", "passed"),
    };
    let facts = |whole: &shenbao::pipeline::Whole| Facts {
        projects: whole.declaration.projects.len(),
        total: whole.ledger.printed.total.amount,
        annual: whole.ledger.printed.annual.amount,
    };
    Unit {
        folder: shown.to_string(),
        unit: name.unwrap_or_else(|| say!("{shown}", "{shown}")),
        // With errors in its files, amounts are stand-ins.
        facts: whole.filter(|_| !found.has_errors()).map(facts),
        pages: None,
        accepted: examined.accepted,
        result,
        findings: findings(found, &prepared.sources),
    }
}

/// A declaration that `build` has taken on.
#[cfg(feature = "render")]
pub struct Built {
    pub folder: PathBuf,
    /// The pages of its document; `None` where there is none.
    pub pages: Option<usize>,
    /// What became of it.
    pub result: Words,
}

/// Writes the report of a run of `build`: what the rules find, of those too that were left as they are.
#[cfg(feature = "render")]
pub fn write_built(all: &[Built], file: &Path, ui: &Ui) -> Outcome {
    let format = match format_of(file) {
        Ok(format) => format,
        Err(failure) => return failure.told(ui),
    };
    let of_folder = |built: &Built| {
        let mut prepared = prepare(&built.folder);
        let mut examined = examine(&mut prepared);
        let found = std::mem::take(&mut examined.findings);
        let unit = unit(&built.folder, &prepared, &examined, &found);
        Unit { pages: built.pages, result: built.result.clone(), ..unit }
    };
    let units: Vec<Unit> = all.iter().map(of_folder).collect();
    write(&units, file, format, ui)
}

/// Writes a report, and says so.
pub fn write(units: &[Unit], file: &Path, format: ReportFormat, ui: &Ui) -> Outcome {
    let lang = ui.lang();
    let bytes = match format {
        ReportFormat::Xlsx => match report::workbook(units, lang) {
            Ok(bytes) => bytes,
            Err(error) => return Failure::system(trouble(&error)).told(ui),
        },
        ReportFormat::Html => report::html(units, lang).into_bytes(),
        ReportFormat::Md => report::markdown(units, lang).into_bytes(),
        ReportFormat::Csv => report::separated(units, lang).into_bytes(),
    };
    let shown = file.shown();
    match replace(file, &[&bytes], false) {
        Ok(()) => {
            let count = units.iter().map(|unit| unit.findings.len()).sum::<usize>();
            ui.report(&say!("已写出 {shown}：{count} 条问题", "wrote {shown}: {count} findings"));
            Outcome::Done
        }
        Err(error) => {
            let Words { zh, en } = reason(&error);
            Failure::system(say!("{shown} 不能写入：{zh}", "{shown} cannot be written: {en}")).told(ui)
        }
    }
}

/// The file beside a folder for its own findings: `units/a.check.html` for `units/a`.
pub fn beside(folder: &Path, format: ReportFormat) -> PathBuf {
    let name = format!("{}.check.{}", folders::name(folder), format.extension());
    match (folder.file_name(), folder.parent()) {
        (Some(_), Some(parent)) => parent.join(name),
        // `.` and `..` have their names above them.
        _ => folder.join("..").join(name),
    }
}

/// A table for a terminal of so many columns, in which the names of a column give way.
pub fn drawn(table: &Table, width: usize, giving: usize) -> String {
    let mut drawn = Drawn::new();
    drawn.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    drawn.set_header(table.columns.iter().map(|column| column.head.clone()));
    for row in &table.rows {
        drawn.add_row(row.iter().map(text));
    }
    let widths = drawn.column_max_content_widths();
    let others: usize = widths
        .iter()
        .zip(0..)
        .filter(|(_, index)| *index != giving)
        .map(|(width, _)| usize::from(*width) + 2)
        .sum();
    let names = u16::try_from(width.saturating_sub(others).max(NARROWEST)).unwrap_or(u16::MAX);
    drawn.set_width(u16::MAX);
    for ((column, own), index) in drawn.column_iter_mut().zip(&table.columns).zip(0..) {
        column.set_constraint(match index == giving {
            true => ColumnConstraint::UpperBoundary(Width::Fixed(names)),
            false => ColumnConstraint::ContentWidth,
        });
        if own.kind != ColumnKind::Text {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = drawn.lines().map(|line| line.trim_end().to_owned() + "\n");
    lines.collect()
}

fn text(cell: &Datum) -> String {
    match cell {
        Datum::Empty => String::new(),
        Datum::Text(text) => text.clone(),
        Datum::Number(number) | Datum::Counted(_, number) => number.to_string(),
        Datum::Amount(amount) | Datum::Computed(_, amount) => amount.form(),
    }
}
