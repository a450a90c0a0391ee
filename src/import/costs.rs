//! The costs of a project as TOML: in sub-projects where the source groups them, as products where quantity and price make
//! up the amount.

use rust_decimal::Decimal;

use super::budget::{Budget, Cost};
use super::context::Context;
use super::note::{Kind, Note};
use super::toml::{Writer, quoted, words};
use super::values::{amount, earlier, joined};
use crate::lang::say;
use crate::model::{Money, Year};

/// Writes the costs of the project with this name.
pub(super) fn costs(
    out: &mut Writer,
    own: &Budget,
    context: &Context<'_>,
    notes: &mut Vec<Note>,
    name: &str,
) {
    let further = own.further().filter(|money| !money.is_zero());
    let mut last = None;
    for (cost, number) in own.costs.iter().zip(1..) {
        let group = cost.row.as_ref().and_then(|row| row.get("subproject"));
        if own.subprojects || group.is_some_and(|group| last != Some(joined(&group.text))) {
            out.table("[[subproject]]");
            out.string("id", &format!("part-{number}"));
        }
        if let Some(group) = group {
            if last != Some(joined(&group.text)) {
                out.words("name", group);
                last = Some(joined(&group.text));
            }
            out.table("[[subproject.cost]]");
        } else if !own.subprojects {
            out.table("[[cost]]");
        }
        let en = cost.row.as_ref().and_then(|row| row.get("name")?.en.as_deref());
        out.raw("name", &words(&cost.name, en));
        let rest = further.filter(|_| own.costs.len() == 1);
        let whole = rest.and_then(|further| cost.amount.plus(further)).or(cost.total).unwrap_or(cost.amount);
        money(out, cost, whole, context, notes);
        if !own.subprojects {
            besides(out, cost, context);
        }
    }
    if own.costs.is_empty() {
        out.table("[[cost]]");
        out.string("name", name);
        out.string("amount", "0元");
        notes.push(Note::new(
            Kind::Missing,
            say!("“{name}”的金额，现为 0 元", "{name}: its amount; 0元 stands for it"),
        ));
    }
    if let Some(further) = further.filter(|_| own.costs.len() > 1) {
        of_other_years(out, own, further, context, notes, name);
    }
}

/// A product where quantity and price give the amount to the fen; the amount otherwise.
fn money(out: &mut Writer, cost: &Cost, whole: Money, context: &Context<'_>, notes: &mut Vec<Note>) {
    let factors = factors(cost, context);
    if let Some((quantity, unit, price)) = &factors
        && let Some(product) = price.yuan().checked_mul(*quantity).and_then(Money::from_yuan)
    {
        if product == cost.amount && whole == cost.amount {
            out.raw("quantity", &quantity.to_string());
            if let Some(unit) = unit {
                out.string("unit", unit);
            }
            out.string("price", &price.to_string());
            return;
        }
        if product != cost.amount && product != whole {
            let (name, stated) = (&cost.name, cost.amount);
            let words = say!(
                "“{name}”的数量 {quantity} 乘单价 {price} 为 {product}，金额写 {stated}；采用金额",
                "{name}: {quantity} times {price} is {product}, the amount is {stated}, which is taken"
            );
            let place = cost.row.as_ref().and_then(|row| row.get("quantity"));
            notes.extend(place.map(|found| Note::at(Kind::Differs, words, found)));
        }
    }
    out.raw("amount", &yearly(whole, cost.amount, context.year));
}

/// Quantity, its unit, and price of a cost, where its row has them.
fn factors(cost: &Cost, context: &Context<'_>) -> Option<(Decimal, Option<String>, Money)> {
    let row = cost.row.as_ref()?;
    let quantity: Decimal = row.text("quantity")?.replace(',', "").trim().parse().ok()?;
    let price = amount(row.text("price")?, context.profile.grid.money.unit)?;
    Some((quantity.normalize(), row.text("unit").map(joined), price))
}

/// What the form's table says of a cost besides.
fn besides(out: &mut Writer, cost: &Cost, context: &Context<'_>) {
    let Some(row) = &cost.row else { return };
    if let Some(basis) = row.get("basis") {
        out.words("basis", basis);
    }
    let unit = context.profile.grid.money.unit;
    let value = |key: &str| row.text(key).and_then(|text| amount(text, unit));
    let years = [("last_year", 1, value("last_year")), ("year_before", 2, value("year_before"))];
    if let Some(earlier) = before(&years, value("last_year_spent"), context.year) {
        out.raw("before", &earlier);
    }
}

fn of_other_years(
    out: &mut Writer,
    own: &Budget,
    further: Money,
    context: &Context<'_>,
    notes: &mut Vec<Note>,
    name: &str,
) {
    let exact = own.exact().unwrap_or(Money::ZERO);
    out.table(if own.subprojects { "[[subproject]]" } else { "[[cost]]" });
    if own.subprojects {
        out.string("id", "other-years");
    }
    out.string("name", "其他年度安排");
    out.raw("amount", &yearly(further, Money::ZERO, context.year));
    notes.push(Note::new(
        Kind::Assumed,
        say!(
            "“{name}”当年费用 {exact}，其他年度的 {further} 未见明细，列为“其他年度安排”",
            "{name}: {exact} of costs are of the year; {further} of other years, without a break-down, are one cost"
        ),
    ));
}

/// An amount of the year, with that of all years where it is another.
pub(super) fn yearly(total: Money, annual: Money, year: Year) -> String {
    if total == annual {
        return quoted(&annual.to_string());
    }
    format!("{{ total = {}, {year} = {} }}", quoted(&total.to_string()), quoted(&annual.to_string()))
}

/// `before`: what was approved, and what was spent where the source gives both.
pub(super) fn before(
    years: &[(&str, i16, Option<Money>)],
    spent: Option<Money>,
    year: Year,
) -> Option<String> {
    let told = years.iter().filter_map(|(key, back, approved)| {
        let approved = (*approved)?;
        let amount = match spent.filter(|_| *key == "last_year") {
            Some(spent) => format!(
                "{{ approved = {}, spent = {} }}",
                quoted(&approved.to_string()),
                quoted(&spent.to_string())
            ),
            None => quoted(&approved.to_string()),
        };
        Some(format!("{} = {amount}", earlier(year, *back)))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("{{ {} }}", told.join(", ")))
}
