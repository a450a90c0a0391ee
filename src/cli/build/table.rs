//! What became of each declaration, as the table at the end of a run about many.

use std::time::Duration;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use shenbao::lang::{Lang, Words, say};
use shenbao::model::Money;

use super::records::Facts;
use super::tell::seconds;

/// A declaration's row.
pub(super) struct Row {
    /// The folder, as it was named.
    pub folder: String,
    /// The unit, or the folder where that could not be read.
    pub name: Words,
    pub facts: Option<Facts>,
    pub took: Option<Duration>,
    pub end: End,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Built,
    Unchanged,
    Errors,
    Failed,
    NotBegun,
}

impl End {
    const ALL: [End; 5] = [End::Built, End::Unchanged, End::Errors, End::Failed, End::NotBegun];

    pub fn words(self) -> Words {
        match self {
            End::Built => say!("已生成", "built"),
            End::Unchanged => say!("没有改动", "unchanged"),
            End::Errors => say!("有错误", "with errors"),
            End::Failed => say!("不能读写", "not read or written"),
            End::NotBegun => say!("没有生成", "not built"),
        }
    }
}

/// The column of units.
const NAMES: usize = 1;

/// The table, and below it the sum.
pub(super) fn text(rows: &[Row], took: Duration, lang: Lang, width: usize) -> String {
    let mut out = String::new();
    for line in table(rows, lang, width).lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out + "\n" + sum(rows, took).get(lang) + "\n"
}

fn table(rows: &[Row], lang: Lang, width: usize) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    let heads = [
        say!("文件夹", "Folder"),
        say!("单位", "Unit"),
        say!("项目", "Projects"),
        say!("页数", "Pages"),
        say!("合计", "Total"),
        say!("用时", "Time"),
        say!("结果", "Result"),
    ];
    table.set_header(heads.iter().map(|words| words.get(lang)));
    for row in rows {
        let facts = |shown: fn(&Facts, Lang) -> String| row.facts.map(|facts| shown(&facts, lang));
        table.add_row([
            row.folder.clone(),
            row.name.get(lang).to_owned(),
            facts(|facts, _| facts.projects.to_string()).unwrap_or_default(),
            facts(|facts, _| facts.pages.to_string()).unwrap_or_default(),
            facts(|facts, lang| amount(facts.total).get(lang).to_owned()).unwrap_or_default(),
            row.took.map(|took| seconds(took).get(lang).to_owned()).unwrap_or_default(),
            row.end.words().get(lang).to_owned(),
        ]);
    }
    // The names alone give way to a narrow terminal.
    let widths = table.column_max_content_widths();
    let others = widths.iter().zip(0..).filter(|(_, index)| *index != NAMES);
    let others: usize = others.map(|(width, _)| usize::from(*width)).sum();
    let padding = 2 * heads.len();
    let names = u16::try_from(width.saturating_sub(others + padding).max(12)).unwrap_or(u16::MAX);
    table.set_width(u16::MAX);
    for (column, index) in table.column_iter_mut().zip(0..) {
        column.set_constraint(match index {
            NAMES => ColumnConstraint::UpperBoundary(Width::Fixed(names + 2)),
            _ => ColumnConstraint::ContentWidth,
        });
        if (2..6).contains(&index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn amount(total: Money) -> Words {
    Words { zh: total.in_wan(Some(2)), en: total.english() }
}

/// `3 declarations: 2 built, 1 with errors; 8 projects, 61 pages, CNY 20.36 million in all, 1.20 s`
fn sum(rows: &[Row], took: Duration) -> Words {
    let counts: Vec<Words> = End::ALL
        .into_iter()
        .filter_map(|end| {
            let count = rows.iter().filter(|row| row.end == end).count();
            let Words { zh, en } = end.words();
            (count > 0).then(|| say!("{zh} {count} 份", "{count} {en}"))
        })
        .collect();
    let list =
        |lang: Lang, comma: &str| counts.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join(comma);
    let (zh, en, count) = (list(Lang::Zh, "，"), list(Lang::En, ", "), rows.len());
    let facts = || rows.iter().filter_map(|row| row.facts);
    let projects: usize = facts().map(|facts| facts.projects).sum();
    let pages: usize = facts().map(|facts| facts.pages).sum();
    let took = seconds(took);
    // Sums past any budget are left out and not made up.
    let total = Money::sum(facts().map(|facts| facts.total)).map(amount);
    let total = match &total {
        Some(Words { zh, en }) => say!("，合计 {zh}", ", {en} in all"),
        None => say!("", ""),
    };
    Words {
        zh: format!("{count} 份申报：{zh}；{projects} 个项目，{pages} 页{}，用时 {}", total.zh, took.zh),
        en: format!(
            "{count} declarations: {en}; {projects} projects, {pages} pages{}, {}",
            total.en, took.en
        ),
    }
}
