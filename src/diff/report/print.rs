//! Amounts as people read them.

use rust_decimal::Decimal;

use super::super::tree::Amount;
use super::Entry;
use crate::lang::Lang;
use crate::model::Money;

/// An amount before and after, its difference and that in a hundred; `—` where there is none, nothing where it is plain.
pub(super) struct Printed {
    pub(super) old: String,
    pub(super) new: String,
    pub(super) difference: String,
    pub(super) percent: String,
}

/// In what all amounts of a report are written, so that they can be compared by eye.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    lang: Lang,
    /// Whether Chinese amounts are in 万元: where two decimals are enough for each of them, and one comes to that much.
    wan: bool,
    /// Whether one has less than a whole unit.
    decimals: bool,
}

impl Unit {
    /// What serves every amount of these entries.
    pub(super) fn of(entries: &[Entry], lang: Lang) -> Unit {
        let mut amounts = Vec::new();
        for difference in entries.iter().filter_map(|entry| entry.difference.as_ref()) {
            let mut add = |amount: &Amount| amounts.extend([amount.old, amount.new].into_iter().flatten());
            difference.total.iter().for_each(&mut add);
            difference.root.walk(&mut |node| node.amounts.iter().for_each(&mut add));
        }
        let multiple = |of: u32| amounts.iter().all(|one| (one.yuan() % Decimal::from(of)).is_zero());
        let large = amounts.iter().any(|one| one.yuan() >= Decimal::from(WAN));
        let wan = lang == Lang::Zh && large && multiple(WAN / 100);
        Unit { lang, wan, decimals: !multiple(if wan { WAN } else { 1 }) }
    }

    fn write(self, money: Money) -> String {
        let wan = self.wan.then(|| money.yuan().checked_div(Decimal::from(WAN))).flatten();
        let full = wan.and_then(Money::from_yuan).unwrap_or(money).exact_form();
        let number = if self.decimals { &full } else { full.strip_suffix(".00").unwrap_or(&full) };
        match (self.lang, wan) {
            (Lang::En, _) => number.to_owned(),
            (Lang::Zh, Some(_)) => format!("{number}万元"),
            (Lang::Zh, None) => format!("{number}元"),
        }
    }
}

/// So many 元 are one 万元.
const WAN: u32 = 10_000;

pub(super) fn print(amount: &Amount, unit: Unit) -> Printed {
    let side = |side: Option<Money>| side.map_or_else(|| "—".to_owned(), |money| unit.write(money));
    let sign = if amount.is_more() { '+' } else { '−' };
    let percent = amount.percent().map(|percent| {
        format!("{sign}{:.*}%", usize::try_from(percent.scale()).unwrap_or(2).max(2), percent.abs())
    });
    let difference = if amount.apart().is_zero() {
        String::new()
    } else {
        format!("{sign}{}", unit.write(amount.apart()))
    };
    Printed { old: side(amount.old), new: side(amount.new), difference, percent: percent.unwrap_or_default() }
}

/// `800万元 → 750万元（−50万元，−6.25%）`
pub(super) fn sentence(amount: &Amount, unit: Unit) -> String {
    let Printed { old, new, difference, percent } = print(amount, unit);
    let lang = unit.lang;
    let change = [difference, percent].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let currency =
        |text: String| if lang == Lang::En && text != "—" { format!("CNY {text}") } else { text };
    match (amount.old, amount.new, lang) {
        (Some(_), None, _) => currency(old),
        (None, Some(_), _) => currency(new),
        _ if amount.old == amount.new => currency(new),
        (_, _, Lang::Zh) => format!("{old} → {new}（{}）", change.join("，")),
        (_, _, Lang::En) => format!("{} → {} ({})", currency(old), currency(new), change.join(", ")),
    }
}
