//! `shenbao export`

mod fill;
mod forms;
mod place;

use std::path::PathBuf;

use shenbao::export::sheet::{Book, trouble};
use shenbao::export::table::{self, Style, Table, csv};
use shenbao::form::AmountUnit;
use shenbao::lang::{Lang, Words, say};
use shenbao::pipeline::{Prepared, Whole, prepare};

use super::args::{Export, ExportFormat, ExportTable, MoneyUnit};
use super::failure::Failure;
use super::ui::Ui;
use super::{Outcome, folders};
use place::Place;
pub(super) use place::put;

/// The tables that are exported where none is named.
const LISTS: [ExportTable; 4] =
    [ExportTable::Indicators, ExportTable::Projects, ExportTable::Costs, ExportTable::Funding];

pub fn run(args: &Export, ui: &Ui) -> Outcome {
    match export(args, ui) {
        Ok(outcome) => outcome,
        Err(failure) => failure.told(ui),
    }
}

/// What was asked for.
struct Asked {
    /// The lists, each once.
    lists: Vec<ExportTable>,
    place: Place,
    format: ExportFormat,
    unit: AmountUnit,
}

impl Asked {
    fn new(args: &Export) -> Result<Asked, Failure> {
        let (place, format) = place::place(args.out.as_deref(), args.format)?;
        let all = args.table.is_empty();
        let lists: Vec<ExportTable> =
            LISTS.into_iter().filter(|list| all || args.table.contains(list)).collect();
        let of_forms = args.table.contains(&ExportTable::Forms);
        if (args.evaluation || args.public) && !of_forms {
            return Err(Failure::usage(say!(
                "--evaluation 和 --public 只用于表样：请加上 --table forms",
                "--evaluation and --public are for forms: add --table forms"
            )));
        }
        if format == ExportFormat::Csv && args.workbook {
            return Err(Failure::usage(say!(
                "填报工作簿只能是 .xlsx：请改 --out 的结尾",
                "a workbook to fill in is .xlsx: end --out in that"
            )));
        }
        if format == ExportFormat::Csv && of_forms {
            return Err(Failure::usage(say!(
                "表样有合并的单元格，CSV 放不下：请用 --format xlsx",
                "forms have merged cells, which CSV cannot hold: use --format xlsx"
            )));
        }
        if format == ExportFormat::Csv && lists.len() > 1 && !matches!(place, Place::Folder(_)) {
            return Err(Failure::usage(say!(
                "CSV 一个文件只放一张表：请用 --table 选一张，或把 --out 写成文件夹",
                "a CSV file holds one table: choose it with --table, or name a folder with --out"
            )));
        }
        Ok(Asked { lists, place, format, unit: unit(args.money) })
    }

    fn style(&self, lang: Lang) -> Style {
        Style { lang, unit: self.unit }
    }
}

fn export(args: &Export, ui: &Ui) -> Result<Outcome, Failure> {
    let asked = Asked::new(args)?;
    let folders = folders::resolve(&args.folders)?;
    let of_forms = args.table.contains(&ExportTable::Forms);
    let mut outcome = Outcome::Done;
    let mut read = Vec::with_capacity(folders.len());
    for folder in &folders {
        let mut prepared = prepare(folder);
        // Lists have no texts with values in them.
        let findings =
            if of_forms { prepared.take_findings() } else { std::mem::take(&mut prepared.findings) };
        let Prepared { sources, whole, .. } = prepared;
        let told = ui.tell(findings, &sources);
        outcome = outcome.max(told);
        read.extend(whole.filter(|_| told == Outcome::Done).map(|whole| (folder.clone(), whole)));
    }
    if outcome != Outcome::Done {
        ui.say(&say!(
            "申报有错误，什么都没有导出：改正后再运行",
            "nothing was exported, for there are errors: fix them and run this again"
        ));
        return Ok(outcome);
    }
    if args.workbook {
        return fill::run(args, &asked, &read, ui);
    }
    if of_forms {
        return forms::run(args, &asked, &read, ui);
    }
    let wholes: Vec<&Whole> = read.iter().map(|(_, whole)| whole).collect();
    let style = asked.style(language(args, &wholes));
    let tables: Vec<(ExportTable, Table)> =
        asked.lists.iter().map(|list| (*list, of(*list, &wholes, style))).collect();
    match asked.format {
        ExportFormat::Csv => Ok(separated(&tables, name(&read).as_deref(), &asked.place, style, ui)),
        ExportFormat::Xlsx => workbook(&tables, name(&read).as_deref(), &wholes, &asked.place, style, ui),
    }
}

fn unit(money: MoneyUnit) -> AmountUnit {
    match money {
        MoneyUnit::Yuan => AmountUnit::Yuan,
        MoneyUnit::Wan => AmountUnit::Wan,
    }
}

fn language(args: &Export, wholes: &[&Whole]) -> Lang {
    let own = || wholes.first().and_then(|whole| whole.declaration.languages.first().copied());
    args.lang.map(Lang::from).or_else(own).unwrap_or(Lang::Zh)
}

fn of(list: ExportTable, wholes: &[&Whole], style: Style) -> Table {
    match list {
        ExportTable::Indicators => table::indicators(wholes, style),
        ExportTable::Projects => table::projects(wholes, style),
        ExportTable::Funding => table::funding(wholes, style),
        ExportTable::Costs | ExportTable::Forms => table::costs(wholes, style),
    }
}

/// What files begin with: the folder of the only declaration.
fn name(read: &[(PathBuf, Whole)]) -> Option<String> {
    match read {
        [(folder, _)] => Some(folders::name(folder)),
        _ => None,
    }
}

/// What a file is called: `songjiang-2024.costs`, of several declarations `costs`.
fn called(name: Option<&str>, what: &str) -> String {
    name.map_or_else(|| what.to_owned(), |name| format!("{name}.{what}"))
}

fn tag(list: ExportTable) -> &'static str {
    match list {
        ExportTable::Indicators => "indicators",
        ExportTable::Projects => "projects",
        ExportTable::Costs => "costs",
        ExportTable::Funding => "funding",
        ExportTable::Forms => "forms",
    }
}

fn separated(
    tables: &[(ExportTable, Table)],
    name: Option<&str>,
    place: &Place,
    style: Style,
    ui: &Ui,
) -> Outcome {
    let mut outcome = Outcome::Done;
    for (list, table) in tables {
        let path = place.file(&called(name, tag(*list)), ExportFormat::Csv);
        outcome = outcome.max(put(&path, csv(table, style).as_bytes(), &summary(&[table]), ui));
    }
    outcome
}

fn workbook(
    tables: &[(ExportTable, Table)],
    name: Option<&str>,
    wholes: &[&Whole],
    place: &Place,
    style: Style,
    ui: &Ui,
) -> Result<Outcome, Failure> {
    let what = match tables {
        [(only, _)] => tag(*only),
        _ => "tables",
    };
    let path = place.file(&called(name, what), ExportFormat::Xlsx);
    let tables: Vec<&Table> = tables.iter().map(|(_, table)| table).collect();
    let bytes = book(&tables, wholes, style)?;
    Ok(put(&path, &bytes, &summary(&tables), ui))
}

/// The tables as the sheets of one workbook, which is of the unit and date of the first declaration.
pub(super) fn book(tables: &[&Table], wholes: &[&Whole], style: Style) -> Result<Vec<u8>, Failure> {
    let Some(first) = wholes.first().map(|whole| &whole.declaration) else {
        return Err(Failure::usage(say!("没有申报可以导出", "there is no declaration to export")));
    };
    let title = tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>().join("、");
    let of_tables = || {
        let mut book = Book::new(&title, first.unit.name.str(style.lang).trim(), first.date)?;
        for table in tables {
            book.table(table, style)?;
        }
        book.bytes()
    };
    of_tables().map_err(|error| Failure::system(trouble(&error)))
}

/// `项目汇总 4 行、费用明细 31 行`
pub(super) fn summary(tables: &[&Table]) -> Words {
    let rows = |table: &&Table| table.rows.len() - usize::from(table.has_sum);
    let zh = tables.iter().map(|table| format!("{} {} 行", table.name, rows(table)));
    let en = tables.iter().map(|table| {
        let count = rows(table);
        format!("{}, {count} row{}", table.name, if count == 1 { "" } else { "s" })
    });
    Words { zh: zh.collect::<Vec<_>>().join("、"), en: en.collect::<Vec<_>>().join("; ") }
}
