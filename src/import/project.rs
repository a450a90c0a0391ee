//! A sketch into the file of a project.

use jiff::civil::Date;

use super::block::{Found, plain};
use super::budget::{Budget, of_role, unit_of};
use super::context::Context;
use super::costs::{before, costs, yearly};
use super::indicators::{Indicator, indicators};
use super::note::{Kind, Note, OPEN};
use super::sketch::Sketch;
use super::toml::{Writer, body, english, quoted, words};
use super::values::{amount, choice, day, joined, last_day, period};
use crate::form::SectionRole;
use crate::lang::say;
use crate::model::Money;
use crate::paths::List;

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
    out.raw("name", &words(&name, sketch.name.as_ref().and_then(|found| found.en.as_deref())));
    if sketch.name.is_none() {
        notes.push(Note::new(Kind::Missing, say!("项目名称（name）", "the name of a project (name)")));
    }
    for path in NAMES {
        if let Some(found) = sketch.fields.get(path) {
            out.words(path, found);
        }
    }
    for path in ["nature", "category", "attribute", "type"] {
        let found = sketch.fields.get(path);
        let word = found.and_then(|found| Some((choice(&found.text, context.profile, path)?, found)));
        match word {
            // A word that the form lists has its English there.
            Some((word, found)) => {
                let listed = context.profile.choices(path).iter().any(|own| own.zh == word);
                out.raw(path, &words(&word, found.en.as_deref().filter(|_| !listed)));
            }
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
    let (start, end) = dates(sketch, own, context, &name, notes);
    out.raw("start", &start.to_string());
    out.raw("end", &end.to_string());
    print(&mut out, sketch, context);
    if let Some(unit) = sketch.fields.get("unit.name")
        && context.unit.as_ref().is_some_and(|own| plain(own) != plain(&unit.text))
    {
        out.table("[unit]");
        out.words("name", unit);
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
fn dates(
    sketch: &Sketch,
    own: &Budget,
    context: &Context<'_>,
    name: &str,
    notes: &mut Vec<Note>,
) -> (Date, Date) {
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
    // A total beyond the year's request takes another year.
    let further = own.total != own.annual || own.costs.iter().any(|cost| cost.total.is_some());
    let (year, last) = (context.year, context.year.saturating_add(i16::from(further)));
    let words = if year == last {
        say!(
            "“{name}”的起止日期，现按 {year} 年全年",
            "{name}: the period; the whole of {year} stands for it"
        )
    } else {
        say!(
            "“{name}”的起止日期：总额多于当年金额，现按 {year} 至 {last} 年",
            "{name}: the period; {year} and {last} stand for it, for the total is more than the request of the year"
        )
    };
    notes.push(Note::new(Kind::Missing, words));
    (Date::constant(year, 1, 1), Date::constant(last, 12, 31))
}

fn funding(out: &mut Writer, sketch: &Sketch, own: &Budget, context: &Context<'_>) {
    let unit = unit_of(sketch, context.profile);
    let field = |path: &str| sketch.fields.get(path).and_then(|found| amount(&found.text, unit));
    let listed = context.profile.sources.iter().filter_map(|source| {
        let value = |key: &str| {
            let path = format!("source.{}.{key}", source.id);
            // A dash says that there is nothing, a zero that there is the figure 0.
            let said =
                sketch.fields.get(&path).filter(|found| found.text.contains(|ch: char| ch.is_numeric()));
            said.and_then(|_| field(&path))
        };
        let earlier = before(
            &[("last_year", 1, value("last_year")), ("year_before", 2, value("year_before"))],
            value("last_year_spent"),
            context.year,
        );
        let said = value("amount").or_else(|| value("total")).is_some() || earlier.is_some();
        let annual = value("amount").unwrap_or(Money::ZERO);
        let total = value("total").unwrap_or(annual);
        said.then_some((source, yearly(total, annual, context.year), earlier))
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
            out.words(path, found);
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

fn sections(out: &mut Writer, sketch: &Sketch, context: &Context<'_>) {
    for section in &context.profile.sections {
        let told = sketch.sections.get(&section.id).filter(|own| !own.is_empty());
        let cell = sketch.fields.get(&format!("narrative.{}", section.id));
        let own: Vec<&Found> = match (told, cell) {
            (Some(own), _) => own.iter().collect(),
            (None, Some(found)) => vec![found],
            (None, None) => continue,
        };
        out.table(&format!("[narrative.{}]", section.id));
        out.body("zh", &body(&own));
        if let Some(english) = english(&own) {
            out.body("en", &english);
        }
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
    out.paragraphs("overall", &[first]);
    if let Some(annual) = annual.filter(|annual| plain(&annual.text) != plain(&first.text)) {
        out.paragraphs("annual", &[annual]);
    }
}

fn indicator(out: &mut Writer, own: &Indicator) {
    out.table("[[indicator]]");
    out.string("kind", &own.kind);
    out.raw("name", &words(&own.name, own.name_en.as_deref()));
    out.raw("target", &in_both(&own.target, own.target_en.as_deref()));
    if let Some(weight) = &own.weight {
        out.raw("weight", weight);
    }
    for (key, found) in &own.texts {
        out.words(key, found);
    }
    if let Some(term) = own.term {
        out.string("term", term);
    }
    if let Some((overall, english)) = &own.overall {
        out.raw("overall", &in_both(overall, english.as_deref()));
    }
    if !own.before.is_empty() {
        let years: Vec<String> = own
            .before
            .iter()
            .map(|(year, found)| format!("{year} = {}", words(&found.text, found.en.as_deref())))
            .collect();
        out.raw("before", &format!("{{ {} }}", years.join(", ")));
    }
}

/// A target; its English where that is more than the sign, the number and a unit that translates by itself.
fn in_both(target: &str, english: Option<&str>) -> String {
    match english {
        Some(english) => format!("{{ zh = {}, en = {} }}", quoted(target), quoted(english)),
        None => quoted(target),
    }
}

fn schedule(out: &mut Writer, sketch: &Sketch, (first, last): (Date, Date)) {
    for item in sketch.items.iter().filter(|item| item.list == List::Schedule) {
        let Some(task) = item.get("task") else { continue };
        let both = item.text("period").and_then(period);
        let start = item.text("start").and_then(day).or(both.map(|both| both.0)).unwrap_or(first);
        let end = item.text("end").and_then(last_day).or(both.map(|both| both.1)).unwrap_or(last);
        out.table("[[schedule]]");
        out.words("task", task);
        out.raw("start", &start.to_string());
        out.raw("end", &end.max(start).to_string());
        if let Some(note) = item.get("note") {
            out.words("note", note);
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
            out.words(key, found);
        }
    }
    if let Some(date) = date {
        out.raw("date", &date.to_string());
    }
}
