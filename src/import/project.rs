//! A sketch into the file of a project.

use jiff::civil::Date;

use super::block::{Found, continue_with, plain};
use super::budget::{Budget, Cost, of_role, unit_of};
use super::draft::Sketch;
use super::indicators::{Indicator, indicators};
use super::labels::Labels;
use super::note::{Kind, Note, OPEN};
use super::toml::{Writer, body, quoted};
use super::values::{amount, choice, day, earlier, joined, last_day, period};
use crate::form::{Profile, SectionRole};
use crate::lang::say;
use crate::model::{Money, Year};
use crate::paths::List;

/// What a project takes from the declaration.
pub(super) struct Context<'c> {
    pub profile: &'c Profile,
    pub labels: &'c Labels,
    pub year: Year,
    pub unit: &'c Option<String>,
    /// What all projects print, where it is not both.
    pub printed: Option<&'static str>,
}

/// Fields that are written as they are read.
const NAMES: [&str; 5] = ["code", "leader", "leader_phone", "contact", "contact_phone"];

/// The text of a project's file, and how many indicators it has.
pub(super) fn project(
    sketch: &Sketch,
    own: &Budget,
    context: &Context<'_>,
    notes: &mut Vec<Note>,
) -> (String, usize) {
    let mut out = Writer::default();
    let name = sketch.name.as_ref().map_or_else(|| OPEN.to_owned(), |found| joined(&found.text));
    out.string("name", &name);
    if sketch.name.is_none() {
        notes.push(Note::new(Kind::Missing, say!("项目名称（name）", "the name of a project (name)")));
    }
    for path in NAMES {
        if let Some(found) = sketch.fields.get(path) {
            out.string(path, &joined(&found.text));
        }
    }
    for path in ["nature", "category", "attribute", "type"] {
        let found = sketch.fields.get(path);
        let word = found.and_then(|found| choice(&found.text, context.profile, path));
        match word {
            Some(word) => out.string(path, &word),
            None if sketch.formed && context.profile.grid.shows(path) => {
                let label =
                    context.profile.grid.label_of(path).map_or(path.to_owned(), |label| label.zh.clone());
                notes.push(Note::new(
                    Kind::Missing,
                    say!("“{name}”的{label}（{path}）", "{name}: {label} ({path})"),
                ));
            }
            None => {}
        }
    }
    let (start, end) = dates(sketch, context, &name, notes);
    out.raw("start", &start.to_string());
    out.raw("end", &end.to_string());
    print(&mut out, sketch, context);
    if let Some(unit) = sketch.fields.get("unit.name").map(|found| joined(&found.text))
        && context.unit.as_ref().is_some_and(|own| plain(own) != plain(&unit))
    {
        out.table("[unit]");
        out.string("name", &unit);
    }
    funding(&mut out, sketch, own, context);
    costs(&mut out, own, context, notes, &name);
    sections(&mut out, sketch, context);
    goals(&mut out, sketch, notes, &name);
    let indicators = indicators(sketch, context.profile, context.labels, context.year, notes);
    indicators.iter().for_each(|own| indicator(&mut out, own));
    schedule(&mut out, sketch, (start, end));
    sign_off(&mut out, sketch);
    (out.finish(), indicators.len())
}

/// `print`, where the project differs from the declaration.
fn print(out: &mut Writer, sketch: &Sketch, context: &Context<'_>) {
    let own = match (sketch.narrated, sketch.formed) {
        (true, false) => "narrative",
        (false, true) => "form",
        _ => return,
    };
    if context.printed != Some(own) {
        out.raw("print", &format!("[{}]", quoted(own)));
    }
}

/// The first and last day, of the form or the text; else those of the year.
fn dates(sketch: &Sketch, context: &Context<'_>, name: &str, notes: &mut Vec<Note>) -> (Date, Date) {
    let field = |path: &str| sketch.fields.get(path).map(|found| found.text.as_str());
    let of_form = field("start").and_then(day).zip(field("end").and_then(last_day));
    let of_form = of_form.or_else(|| field("period").and_then(period)).filter(|(start, end)| start <= end);
    if let Some(dates) = of_form {
        return dates;
    }
    let texts = of_role(sketch, context.profile, SectionRole::Period);
    if let Some((dates, found)) = texts.iter().find_map(|found| Some((period(&found.text)?, *found))) {
        let (start, end) = dates;
        let words = say!(
            "“{name}”的起止日期取自文字：{start} 至 {end}",
            "{name}: the period {start} to {end} is that of the text"
        );
        notes.push(Note::at(Kind::Assumed, words, found));
        return dates;
    }
    let year = context.year;
    notes.push(Note::new(
        Kind::Missing,
        say!(
            "“{name}”的起止日期，现按 {year} 年全年",
            "{name}: the period; the whole of {year} stands for it"
        ),
    ));
    (Date::constant(year, 1, 1), Date::constant(year, 12, 31))
}

/// An amount of the year, with that of all years where it is another.
fn yearly(total: Money, annual: Money, year: Year) -> String {
    if total == annual {
        return quoted(&annual.to_string());
    }
    format!("{{ total = {}, {year} = {} }}", quoted(&total.to_string()), quoted(&annual.to_string()))
}

fn funding(out: &mut Writer, sketch: &Sketch, own: &Budget, context: &Context<'_>) {
    let unit = unit_of(sketch, context.profile);
    let field = |path: &str| sketch.fields.get(path).and_then(|found| amount(&found.text, unit));
    let listed = context.profile.sources.iter().filter_map(|source| {
        let value = |key: &str| field(&format!("source.{}.{key}", source.id));
        let earlier = before(
            &[("last_year", 1, value("last_year")), ("year_before", 2, value("year_before"))],
            value("last_year_spent"),
            context.year,
        );
        let annual = value("amount").unwrap_or(Money::ZERO);
        let total = value("total").unwrap_or(annual);
        (!total.is_zero() || earlier.is_some()).then_some((
            source,
            yearly(total, annual, context.year),
            earlier,
        ))
    });
    let listed: Vec<_> = listed.collect();
    let others = listed.iter().any(|(source, ..)| !source.is_fiscal());
    let annual = field("other_annual").or(field("other"));
    let other = field("other").or(annual).zip(annual).filter(|_| !others);
    let carried = field("carried_over");
    let words = ["subject", "class"].map(|path| (path, sketch.fields.get(path)));
    if carried.is_none()
        && other.is_none()
        && listed.is_empty()
        && words.iter().all(|(_, found)| found.is_none())
    {
        return;
    }
    out.table("[funding]");
    if let Some(carried) = carried {
        out.string("carried_over", &carried.to_string());
    }
    if let Some((total, annual)) = other {
        let same = own.total == own.annual;
        out.raw("other", &yearly(if same { annual } else { total }, annual, context.year));
    }
    for (path, found) in words {
        if let Some(found) = found {
            out.string(path, &joined(&found.text));
        }
    }
    for (source, amount, earlier) in listed {
        out.table("[[funding.source]]");
        out.string("kind", &source.name.zh);
        out.raw("amount", &amount);
        if let Some(earlier) = earlier {
            out.raw("before", &earlier);
        }
    }
}

/// `before`: what was approved, and what was spent where both are told.
fn before(years: &[(&str, i16, Option<Money>)], spent: Option<Money>, year: Year) -> Option<String> {
    let told = years.iter().filter_map(|(key, back, approved)| {
        let approved = approved.filter(|money| !money.is_zero() || spent.is_some())?;
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

fn costs(out: &mut Writer, own: &Budget, context: &Context<'_>, notes: &mut Vec<Note>, name: &str) {
    let exact = own.exact().unwrap_or(Money::ZERO);
    // What the whole term costs besides this year.
    let further = own
        .total
        .zip(own.annual)
        .and_then(|(total, annual)| total.minus(annual))
        .filter(|money| !money.is_zero());
    for (cost, number) in own.costs.iter().zip(1..) {
        if own.subprojects {
            out.table("[[subproject]]");
            out.string("id", &format!("part-{number}"));
        } else {
            out.table("[[cost]]");
        }
        out.string("name", &cost.name);
        let whole = further.filter(|_| own.costs.len() == 1).and_then(|further| cost.amount.plus(further));
        out.raw("amount", &yearly(whole.unwrap_or(cost.amount), cost.amount, context.year));
        if !own.subprojects {
            row(out, cost, context);
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
}

/// What the form's table says of a cost besides.
fn row(out: &mut Writer, cost: &Cost, context: &Context<'_>) {
    let Some(row) = &cost.row else { return };
    if let Some(basis) = row.text("basis") {
        out.string("basis", &joined(basis));
    }
    let unit = context.profile.grid.money.unit;
    let value = |key: &str| row.text(key).and_then(|text| amount(text, unit));
    let years = [("last_year", 1, value("last_year")), ("year_before", 2, value("year_before"))];
    if let Some(earlier) = before(&years, value("last_year_spent"), context.year) {
        out.raw("before", &earlier);
    }
}

fn sections(out: &mut Writer, sketch: &Sketch, context: &Context<'_>) {
    for section in &context.profile.sections {
        let told = sketch.sections.get(&section.id).filter(|own| !own.is_empty());
        let cell = sketch.fields.get(&format!("narrative.{}", section.id));
        let text = match (told, cell) {
            (Some(own), _) => body(&own.iter().collect::<Vec<_>>()),
            (None, Some(found)) => body(&[found]),
            (None, None) => continue,
        };
        out.table(&format!("[narrative.{}]", section.id));
        out.body("zh", &text);
    }
}

fn goals(out: &mut Writer, sketch: &Sketch, notes: &mut Vec<Note>, name: &str) {
    let (overall, annual) = (sketch.fields.get("goal.overall"), sketch.fields.get("goal.annual"));
    let Some(first) = overall.or(annual) else {
        if sketch.formed {
            notes.push(Note::new(
                Kind::Missing,
                say!("“{name}”的绩效目标（[goal]）", "{name}: its goals ([goal])"),
            ));
        }
        return;
    };
    out.table("[goal]");
    out.body("overall", &body(&[first]));
    if let Some(annual) = annual.filter(|annual| plain(&annual.text) != plain(&first.text)) {
        out.body("annual", &body(&[annual]));
    }
}

fn indicator(out: &mut Writer, own: &Indicator) {
    out.table("[[indicator]]");
    out.string("kind", &own.kind);
    out.string("name", &own.name);
    out.string("target", &own.target);
    if let Some(weight) = &own.weight {
        out.raw("weight", weight);
    }
    for (key, text) in &own.texts {
        out.string(key, text);
    }
    if let Some(term) = own.term {
        out.string("term", term);
    }
    if let Some(overall) = &own.overall {
        out.string("overall", overall);
    }
    if !own.before.is_empty() {
        let years: Vec<String> =
            own.before.iter().map(|(year, text)| format!("{year} = {}", quoted(text))).collect();
        out.raw("before", &format!("{{ {} }}", years.join(", ")));
    }
}

fn schedule(out: &mut Writer, sketch: &Sketch, (first, last): (Date, Date)) {
    for item in sketch.items.iter().filter(|item| item.list == List::Schedule) {
        let Some(task) = item.text("task") else { continue };
        let both = item.text("period").and_then(period);
        let start = item.text("start").and_then(day).or(both.map(|both| both.0)).unwrap_or(first);
        let end = item.text("end").and_then(last_day).or(both.map(|both| both.1)).unwrap_or(last);
        out.table("[[schedule]]");
        out.string("task", &joined(task));
        out.raw("start", &start.to_string());
        out.raw("end", &end.max(start).to_string());
        if let Some(note) = item.text("note") {
            out.string("note", &joined(note));
        }
    }
}

fn sign_off(out: &mut Writer, sketch: &Sketch) {
    let keys = ["preparer", "reviewer", "head", "finance", "phone"];
    let value = |key: &str| -> Option<&Found> { sketch.fields.get(&format!("sign_off.{key}")) };
    let date = value("date").and_then(|found| day(&found.text));
    if date.is_none() && keys.iter().all(|key| value(key).is_none()) {
        return;
    }
    out.table("[sign_off]");
    for key in keys {
        if let Some(found) = value(key) {
            let mut text = String::new();
            continue_with(&mut text, &joined(&found.text));
            out.string(key, &text);
        }
    }
    if let Some(date) = date {
        out.raw("date", &date.to_string());
    }
}
