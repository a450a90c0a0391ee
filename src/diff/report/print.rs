//! Amounts as people read them.

use rust_decimal::Decimal;

use super::super::tree::Amount;
use crate::lang::Lang;
use crate::model::Money;

/// An amount before and after, its difference and that in a hundred; `—` where there is none, nothing where it is plain.
pub(super) struct Printed {
    pub(super) old: String,
    pub(super) new: String,
    pub(super) difference: String,
    pub(super) percent: String,
}

pub(super) fn print(amount: &Amount, lang: Lang) -> Printed {
    let write = writer(amount, lang);
    let side = |side: Option<Money>| side.map_or_else(|| "—".to_owned(), |money| write(money, true));
    let sign = if amount.is_more() { '+' } else { '−' };
    let percent = amount.percent().map(|percent| {
        format!("{sign}{:.*}%", usize::try_from(percent.scale()).unwrap_or(2).max(2), percent.abs())
    });
    let difference = if amount.apart().is_zero() {
        String::new()
    } else {
        format!("{sign}{}", write(amount.apart(), false))
    };
    Printed { old: side(amount.old), new: side(amount.new), difference, percent: percent.unwrap_or_default() }
}

/// All numbers of a line in the same unit, the sides (`even`) with as many decimals: 万元 where two decimals are enough for each of them, else 元.
fn writer(amount: &Amount, lang: Lang) -> impl Fn(Money, bool) -> String {
    let fits = |one: Money| (one.yuan() % Decimal::ONE_HUNDRED).is_zero();
    let sides = || [amount.old, amount.new].into_iter().flatten();
    let wan = sides().all(fits) && sides().any(|one| one.yuan() >= Decimal::from(10_000));
    let decimals = |one: Money| {
        one.in_wan(None)
            .split_once('.')
            .map_or(0, |(_, rest)| rest.chars().filter(char::is_ascii_digit).count())
    };
    let most = sides().map(decimals).max().and_then(|most| u32::try_from(most).ok());
    move |money, even| match (lang, wan) {
        (Lang::En, _) => money.english_full().trim_start_matches("CNY ").to_owned(),
        (Lang::Zh, true) => money.in_wan(most.filter(|_| even && !money.is_zero())),
        (Lang::Zh, false) => money.in_yuan(),
    }
}

/// `800万元 → 750万元（−50万元，−6.25%）`
pub(super) fn sentence(amount: &Amount, lang: Lang) -> String {
    let Printed { old, new, difference, percent } = print(amount, lang);
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
