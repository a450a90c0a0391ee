//! How each amount came about, line by line.

use super::wrap::wrap;
use crate::compute::{Derivation, Entry, Ledger, Node, Of, Source, tree};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Money};

/// The derivation of every amount, indented below what it is part of.
pub(super) fn derivations(declaration: &Declaration, ledger: &Ledger, lang: Lang) -> String {
    let mut writer = Writer::new(lang, true);
    writer.line(0, &say!("合计", "Sum"), &ledger.printed.total);
    writer.line(0, &say!("年度合计", "Annual sum"), &ledger.printed.annual);
    for (node, number) in tree(declaration, ledger).children.iter().zip(1_usize..) {
        writer.project(number, node);
    }
    writer.finish()
}

/// How an amount came about: `13 家 × 40,000.00`; `None` for one that says no more than the amount itself.
pub fn derivation(entry: &Entry) -> Option<Words> {
    let part = |lang| how(&entry.from, lang).trim_start_matches([' ', '=']).to_owned();
    let words = Words { zh: part(Lang::Zh), en: part(Lang::En) };
    (!words.zh.is_empty()).then_some(words)
}

/// Writes amounts line by line, each with how it came about where that is asked for.
pub(super) struct Writer {
    lang: Lang,
    explain: bool,
    out: String,
}

impl Writer {
    pub(super) fn new(lang: Lang, explain: bool) -> Writer {
        Writer { lang, explain, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// A title behind an empty line.
    pub(super) fn head(&mut self, title: &Words) {
        self.out.push_str(&format!("\n{}", wrap(title.get(self.lang))));
    }

    fn project(&mut self, number: usize, node: &Node<'_>) {
        let name = node.name().map_or("", |name| name.str(self.lang).trim());
        self.out.push_str(&format!("\n{}", wrap(&format!("{number} {name}"))));
        if let Of::Project(_, ledger) = node.of {
            if ledger.total.is_rounded() {
                self.line(1, &say!("精确合计", "Exact sum"), &ledger.total.exact);
            }
            self.line(1, &say!("项目资金总额", "Total funds"), &ledger.total.rounded);
            self.line(1, &say!("年度资金申请总额", "Annual request"), &ledger.annual);
            self.line(1, &say!("财政资金", "Fiscal funds"), &ledger.fiscal);
            self.line(1, &say!("当年财政拨款", "Current-year appropriation"), &ledger.appropriation);
            self.line(1, &say!("上年结转资金", "Carried over"), &ledger.carried_over);
            self.line(1, &say!("其他资金", "Other funds"), &ledger.other);
        }
        self.parts(1, node);
    }

    fn parts(&mut self, depth: usize, node: &Node<'_>) {
        for part in node.parts() {
            let name = part.name().map_or("", |name| name.str(self.lang).trim());
            self.amount(depth, name, part.total);
            self.parts(depth + 1, part);
        }
    }

    pub(super) fn line(&mut self, depth: usize, name: &Words, entry: &Entry) {
        self.amount(depth, name.get(self.lang), entry);
    }

    fn amount(&mut self, depth: usize, name: &str, entry: &Entry) {
        let indent = "  ".repeat(depth);
        let amount = entry.amount.exact_form();
        let how = if self.explain { how(&entry.from, self.lang) } else { String::new() };
        self.out.push_str(&wrap(&format!("{indent}{name} {amount}{how}")));
    }
}

fn how(from: &Derivation, lang: Lang) -> String {
    // As in the table above, so that the terms can be added up by eye.
    let money = |amount: &Money| amount.exact_form();
    match from {
        Derivation::Stated(_) => say!("（文件所列）", " (as written)").get(lang).to_owned(),
        Derivation::Absent => say!("（未列）", " (none named)").get(lang).to_owned(),
        Derivation::Product { quantity, unit, price } => {
            let unit = unit.as_ref().map_or("", |unit| unit.str(lang).trim());
            format!(" = {} {unit} × {}", quantity.normalize(), money(price)).replace("  ", " ")
        }
        Derivation::Share { percent, of, base } => {
            let (percent, of, base) = (percent.normalize(), of.str(lang).trim(), money(base));
            say!(" = {of} {base} × {percent}%", " = {percent}% of {of} {base}").get(lang).to_owned()
        }
        Derivation::Sum(terms) => sum(terms.iter().map(|term| money(&term.amount)).collect()),
        Derivation::Years(years) if years.len() < 2 => String::new(),
        Derivation::Years(years) => {
            let parts: Vec<String> =
                years.iter().map(|(year, amount)| format!("{year}: {}", money(amount))).collect();
            format!(" = {}", parts.join(" + "))
        }
        Derivation::Rounded { exact, step } => {
            let (exact, step) = (money(exact), money(step));
            say!(" = {exact} 取整到 {step}", " = {exact} rounded to {step}").get(lang).to_owned()
        }
        Derivation::Remainder { whole, less } => {
            let less: String = less
                .iter()
                .filter(|(_, amount)| !amount.is_zero())
                .map(|(source, amount)| format!(" − {} {}", source_name(*source).get(lang), money(amount)))
                .collect();
            format!(" = {}{less}", money(whole))
        }
    }
}

fn sum(terms: Vec<String>) -> String {
    if terms.len() < 2 { String::new() } else { format!(" = {}", terms.join(" + ")) }
}

fn source_name(source: Source) -> Words {
    match source {
        Source::Fiscal => say!("财政资金", "fiscal funds"),
        Source::Appropriation => say!("当年财政拨款", "current-year appropriation"),
        Source::CarriedOver => say!("上年结转", "carried over"),
        Source::Other => say!("其他资金", "other funds"),
    }
}
