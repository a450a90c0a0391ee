//! What a bureau asks of many declarations: a row a unit, and the findings of each, as a workbook, a page or text.

mod html;
mod markdown;

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

pub use html::html;
pub use markdown::markdown;

use super::sheet::Book;
use super::table::{Column, ColumnKind, Datum, Style, Table, csv, with_sums};
use crate::diagnostic::{Diagnostics, Severity, Target};
use crate::form::AmountUnit;
use crate::lang::{Lang, Words, say};
use crate::model::Money;
use crate::source::{Shown, Sources};

/// A declaration in the report.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its folder, as it was named.
    pub folder: String,
    /// Its unit; the folder again where that could not be read.
    pub unit: Words,
    /// What it declares; `None` where that could not be read.
    pub facts: Option<Facts>,
    /// The pages of its document, where that was built.
    pub pages: Option<usize>,
    /// How many findings it accepts.
    pub accepted: usize,
    /// What became of it.
    pub result: Words,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a declaration declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// How many projects.
    pub projects: usize,
    /// Of all years, the sum of the projects.
    pub total: Money,
    /// Of the declaration's year.
    pub annual: Money,
}

/// A finding, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// `SB212`
    pub code: String,
    /// `projects/1-portal.toml:12:8`
    pub place: String,
    /// What is wrong.
    pub message: Words,
    /// What to do about it, a line each.
    pub help: Vec<Words>,
}

/// Findings with their places in words.
pub fn findings(found: &Diagnostics, sources: &Sources) -> Vec<Finding> {
    let place = |target: &Target| match target {
        Target::Path(path) => path.shown(),
        Target::Span(span) => {
            let path = sources.get(span.file).map(|file| file.path.shown()).unwrap_or_default();
            let position = sources.position(*span);
            format!("{path}:{}:{}", position.line, position.column)
        }
    };
    let one = |found: &crate::diagnostic::Diagnostic| Finding {
        severity: found.severity,
        code: found.code.to_string(),
        place: found.labels.first().map(|label| place(&label.target)).unwrap_or_default(),
        message: found.message.clone(),
        help: found.help.clone(),
    };
    found.iter().map(one).collect()
}

impl Unit {
    /// How many findings of a severity it has.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|found| found.severity == severity).count()
    }
}

/// The amounts of reports are in 元.
fn style(lang: Lang) -> Style {
    Style { lang, unit: AmountUnit::Yuan }
}

/// A row a unit, and their sum.
pub fn units(units: &[Unit], lang: Lang) -> Table {
    let paged = units.iter().any(|unit| unit.pages.is_some());
    with_sums(rows(units, paged, lang), &say!("合计", "Sum"), lang)
}

/// A row a unit as CSV, always with the same head and without a sum, so that the reports of several machines join.
pub fn separated(units: &[Unit], lang: Lang) -> String {
    csv(&rows(units, true, lang), style(lang))
}

fn rows(units: &[Unit], paged: bool, lang: Lang) -> Table {
    let style = style(lang);
    let mut columns = vec![
        style.text(say!("文件夹", "Folder")),
        style.text(say!("单位", "Unit")),
        style.count(say!("项目", "Projects")),
    ];
    if paged {
        columns.push(style.count(say!("页数", "Pages")));
    }
    columns.extend([
        style.amount(say!("资金总额", "Total")),
        style.amount(say!("年度申请", "Annual request")),
        style.count(say!("错误", "Errors")),
        style.count(say!("警告", "Warnings")),
        style.count(say!("提示", "Notes")),
        style.count(say!("已接受", "Accepted")),
        style.text(say!("结果", "Result")),
    ]);
    let row = |unit: &Unit| {
        let Unit { facts, .. } = unit;
        let mut cells = vec![
            Datum::text(unit.folder.clone()),
            Datum::text(unit.unit.get(lang)),
            facts.map_or(Datum::Empty, |facts| Datum::count(facts.projects)),
        ];
        if paged {
            cells.push(unit.pages.map_or(Datum::Empty, Datum::count));
        }
        cells.extend([
            facts.map_or(Datum::Empty, |facts| Datum::Amount(facts.total)),
            facts.map_or(Datum::Empty, |facts| Datum::Amount(facts.annual)),
            Datum::count(unit.count(Severity::Error)),
            Datum::count(unit.count(Severity::Warning)),
            Datum::count(unit.count(Severity::Note)),
            Datum::count(unit.accepted),
            Datum::text(unit.result.get(lang)),
        ]);
        cells
    };
    let name = say!("各单位", "Units").get(lang).to_owned();
    Table { name, columns, rows: units.iter().map(row).collect(), has_sum: false }
}

/// A row a finding.
pub fn listed(units: &[Unit], lang: Lang) -> Table {
    let style = style(lang);
    let columns = vec![
        style.text(say!("文件夹", "Folder")),
        style.text(say!("单位", "Unit")),
        style.text(say!("级别", "Severity")),
        style.text(say!("编号", "Code")),
        style.text(say!("位置", "Location")),
        style.text(say!("问题", "Finding")),
        style.text(say!("建议", "Help")),
    ];
    let rows = units.iter().flat_map(|unit| {
        unit.findings.iter().map(move |found| {
            let help: Vec<&str> = found.help.iter().map(|words| words.get(lang)).collect();
            vec![
                Datum::text(unit.folder.clone()),
                Datum::text(unit.unit.get(lang)),
                Datum::text(severity(found.severity).get(lang)),
                Datum::text(found.code.clone()),
                Datum::text(found.place.clone()),
                Datum::text(found.message.get(lang)),
                Datum::text(help.join("\n")),
            ]
        })
    });
    let name = say!("问题清单", "Findings").get(lang).to_owned();
    Table { name, columns, rows: rows.collect(), has_sum: false }
}

fn severity(severity: Severity) -> Words {
    match severity {
        Severity::Error => say!("错误", "error"),
        Severity::Warning => say!("警告", "warning"),
        Severity::Note => say!("提示", "note"),
    }
}

/// What the report is called.
pub fn title(lang: Lang) -> String {
    say!("绩效目标申报检查报告", "Report on performance-target declarations").get(lang).to_owned()
}

/// The report as a workbook of two sheets.
///
/// # Errors
///
/// Texts longer than a cell may be.
pub fn workbook(all: &[Unit], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    // The same report gives the same bytes on any day.
    let mut book = Book::new(&title(lang), "", Date::constant(2000, 1, 1))?;
    book.table(&units(all, lang), style(lang))?;
    book.table(&listed(all, lang), style(lang))?;
    book.bytes()
}

/// A cell as pages and Markdown show it.
fn shown(cell: &Datum) -> String {
    match cell {
        Datum::Empty => String::new(),
        Datum::Text(text) => text.clone(),
        Datum::Number(number) | Datum::Counted(_, number) => number.to_string(),
        Datum::Amount(amount) | Datum::Computed(_, amount) => amount.form(),
    }
}

/// Whether a column stands on the right.
fn is_right(column: &Column) -> bool {
    column.kind != ColumnKind::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(folder: &str, text: &str) -> Unit {
        let words = |text: &str| Words { zh: text.to_owned(), en: text.to_owned() };
        Unit {
            folder: folder.to_owned(),
            unit: words(text),
            facts: Some(Facts { projects: 2, total: Money::parse("3万元").unwrap(), annual: Money::ZERO }),
            pages: None,
            accepted: 1,
            result: words("完成"),
            findings: vec![Finding {
                severity: Severity::Warning,
                code: "SB303".to_owned(),
                place: "a|b.toml:1:2".to_owned(),
                message: words("“<b>甲</b>”\n乙"),
                help: vec![words("一"), words("二")],
            }],
        }
    }

    #[test]
    fn what_is_written_cannot_change_the_page_or_the_table() {
        let all = [unit("甲/", "<script>alert(1)</script>"), unit("b", "乙 & \"丙\"")];
        let page = html(&all, Lang::Zh);
        assert!(
            page.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                && page.contains("乙 &amp; &quot;丙&quot;")
        );
        assert!(!page.contains("<script") && !page.contains("<b>甲") && !page.contains("http"));
        assert!(page.contains("prefers-color-scheme: dark"));
        let text = markdown(&all, Lang::Zh);
        assert!(text.contains("a\\|b.toml:1:2") && text.contains("\\<script\\>"), "{text}");
        assert!(text.contains("| 合计 | | 4 | 60,000.00 | 0.00 | 0 | 2 | 0 | 2 | |"), "{text}");
    }
}
