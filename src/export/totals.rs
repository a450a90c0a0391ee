//! The totals as tables that stay aligned under Chinese and fit a terminal of 80 columns.

use unicode_width::UnicodeWidthStr;

use super::explain;
use super::wrap::{WIDTH, lines, wrap};
use crate::compute::{Entry, Ledger, Of, tree};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Project, Text};

/// What stands between two columns.
const GAP: &str = "  ";

/// So much of a name is shown beside the largest amounts.
const NARROWEST: usize = 4;

/// Writes a ledger for people: a table of all projects, and with `explain` how each amount came about.
pub fn totals_text(declaration: &Declaration, ledger: &Ledger, lang: Lang, explain: bool) -> String {
    let year = declaration.year;
    let unit = name(&declaration.unit.name, lang);
    let head = say!("{unit}　{year}年　单位：元", "{unit}, {year}, amounts in CNY");
    let mut out = wrap(head.get(lang)) + "\n";
    out.push_str(&table(&sums(declaration, ledger, lang)));
    out.push('\n');
    out.push_str(&table(&sources(declaration, ledger, lang)));
    let notes = notes(declaration, ledger, lang);
    if !notes.is_empty() {
        out.push('\n');
        notes.iter().for_each(|note| out.push_str(&wrap(note.get(lang))));
    }
    if explain {
        out.push('\n');
        out.push_str(&explain::derivations(declaration, ledger, lang));
    }
    out
}

/// What a reader of the tables has to know: what is declared beyond them, and what was rounded.
fn notes(declaration: &Declaration, ledger: &Ledger, lang: Lang) -> Vec<Words> {
    let mut notes = Vec::new();
    if let Some(declared) = declaration.overview.declared {
        let (count, amount) = (declared.projects.value, declared.amount.value.form());
        let printed = declaration.projects.len();
        notes.push(say!(
            "申报总数：{count} 个项目，{amount} 元（上表只列其中的 {printed} 个）",
            "declared in all: {count} projects, {amount} ({printed} of them above)"
        ));
    }
    for ((project, ledger), number) in declaration.projects.iter().zip(&ledger.projects).zip(1_usize..) {
        if ledger.total.is_rounded() {
            let title = title(number, project, lang);
            let (exact, rounded) =
                (ledger.total.exact.amount.exact_form(), ledger.total.rounded.amount.form());
            notes.push(say!(
                "{title}：精确合计 {exact}，取整为 {rounded}",
                "{title}: exact sum {exact}, rounded to {rounded}"
            ));
        }
    }
    notes
}

fn name(text: &Text, lang: Lang) -> &str {
    text.str(lang).trim()
}

/// A table of names and amounts, its heads first.
type Rows = Vec<(String, Vec<String>)>;

/// Every project and its parts, with the total and this year's request.
fn sums(declaration: &Declaration, ledger: &Ledger, lang: Lang) -> Rows {
    let mut rows = vec![heads(
        say!("项目", "Project"),
        &[say!("项目资金总额", "Total"), say!("年度资金申请总额", "Annual request")],
        lang,
    )];
    for (node, number) in tree(declaration, ledger).children.iter().zip(1_usize..) {
        let Of::Project(project, own) = node.of else { continue };
        rows.push((title(number, project, lang), vec![amount(node.total), amount(&own.annual)]));
        for part in node.parts() {
            let name = part.name().map_or("", |text| name(text, lang));
            rows.push((format!("  {name}"), vec![amount(part.total), String::new()]));
        }
    }
    let printed = &ledger.printed;
    let sum = say!("合计", "Sum").get(lang).to_owned();
    rows.push((sum, vec![amount(&printed.total), amount(&printed.annual)]));
    rows
}

/// Where each project's money comes from.
fn sources(declaration: &Declaration, ledger: &Ledger, lang: Lang) -> Rows {
    let mut rows = vec![heads(
        say!("资金来源", "Source of funds"),
        &[
            say!("财政资金", "Fiscal"),
            say!("当年财政拨款", "Appropriation"),
            say!("上年结转", "Carried over"),
            say!("其他资金", "Other"),
        ],
        lang,
    )];
    for ((project, ledger), number) in declaration.projects.iter().zip(&ledger.projects).zip(1_usize..) {
        let amounts = [&ledger.fiscal, &ledger.appropriation, &ledger.carried_over, &ledger.other];
        rows.push((title(number, project, lang), amounts.map(amount).to_vec()));
    }
    rows
}

fn heads(first: Words, amounts: &[Words], lang: Lang) -> (String, Vec<String>) {
    let amounts = amounts.iter().map(|words| words.get(lang).to_owned()).collect();
    (first.get(lang).to_owned(), amounts)
}

fn title(number: usize, project: &Project, lang: Lang) -> String {
    format!("{number} {}", name(&project.name, lang))
}

fn amount(entry: &Entry) -> String {
    entry.amount.form()
}

/// Names give way to amounts: a long one goes on in the next line, as far in as it began.
fn table(rows: &Rows) -> String {
    let columns = rows.first().map_or(0, |(_, amounts)| amounts.len());
    let widest = |column: usize| {
        rows.iter().filter_map(|(_, amounts)| Some(amounts.get(column)?.width())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let taken: usize = 1 + widths.iter().map(|width| width + GAP.len()).sum::<usize>();
    let names = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let names = names.min(WIDTH.saturating_sub(taken).max(NARROWEST));
    let mut out = String::new();
    for (name, amounts) in rows {
        let mut lines = lines(name, names).into_iter();
        let mut line = lines.next().unwrap_or_default();
        line.push_str(&" ".repeat(names.saturating_sub(line.width())));
        for (amount, width) in amounts.iter().zip(&widths) {
            line.push_str(GAP);
            line.push_str(&" ".repeat(width - amount.width()));
            line.push_str(amount);
        }
        out.push_str(&format!(" {}\n", line.trim_end()));
        lines.for_each(|rest| out.push_str(&format!(" {rest}\n")));
    }
    out
}
