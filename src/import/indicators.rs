//! The rows of a project's indicator tables into indicators.

use super::block::{Found, plain};
use super::items::Item;
use super::labels::Labels;
use super::note::{Kind, Note};
use super::sketch::Sketch;
use super::values::{earlier, joined, same_target, target_of};
use crate::form::Profile;
use crate::lang::say;
use crate::model::Year;
use crate::paths::List;
use crate::reading::target;

/// An indicator as its table has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Indicator {
    pub kind: String,
    pub name: String,
    /// Its English, where the table has it.
    pub name_en: Option<String>,
    pub target: String,
    /// The English of the target, where its unit is none that the form translates.
    pub target_en: Option<String>,
    /// `overall` or `both`, where it is not of the year alone.
    pub term: Option<&'static str>,
    /// The target of the whole term, where it differs.
    pub overall: Option<(String, Option<String>)>,
    /// Texts by their keys, in the order of the format.
    pub texts: Vec<(&'static str, Found)>,
    pub weight: Option<String>,
    /// What was reached in earlier years.
    pub before: Vec<(String, Found)>,
}

/// The indicators of a project.
pub(super) fn indicators(
    sketch: &Sketch,
    profile: &Profile,
    labels: &Labels,
    year: Year,
    notes: &mut Vec<Note>,
) -> Vec<Indicator> {
    let mut reader = Reader { profile, labels, year, notes };
    let mut all: Vec<Indicator> = Vec::new();
    for item in &sketch.items {
        match item.list {
            List::Indicator => match item.text("term").map(plain) {
                Some(term) if term.contains("总体") && term.contains("年度") => {
                    reader.add(&mut all, item, true);
                    reader.add(&mut all, item, false);
                }
                term => reader.add(&mut all, item, term.is_some_and(|term| term.contains("总体"))),
            },
            List::OverallIndicator => reader.add(&mut all, item, true),
            List::IndicatorPair => {
                for (prefix, overall) in [("overall_indicator.", true), ("indicator.", false)] {
                    let side = reader.side(item, prefix);
                    if side.get("name").is_some() {
                        reader.add(&mut all, &side, overall);
                    }
                }
            }
            _ => {}
        }
    }
    all
}

struct Reader<'r> {
    profile: &'r Profile,
    labels: &'r Labels,
    year: Year,
    notes: &'r mut Vec<Note>,
}

impl Reader<'_> {
    /// One half of a row with the indicators of two terms side by side.
    fn side(&self, item: &Item, prefix: &str) -> Item {
        let own = |path: &String| {
            let key = path.strip_prefix(prefix).or_else(|| path.strip_prefix("indicator_pair."))?;
            Some(key.to_owned())
        };
        let values = item.values.iter().filter_map(|(path, found)| Some((own(path)?, found.clone())));
        Item { list: item.list, values: values.collect() }
    }

    fn add(&mut self, all: &mut Vec<Indicator>, item: &Item, overall: bool) {
        let Some(own) = self.indicator(item, overall) else { return };
        let alike = |known: &&mut Indicator| known.kind == own.kind && plain(&known.name) == plain(&own.name);
        let Some(known) = all.iter_mut().find(alike) else {
            all.push(own);
            return;
        };
        if known.term == Some("overall") && !overall {
            // Set for both terms.
            let of_term = std::mem::take(&mut known.target);
            let texts = std::mem::take(&mut known.texts);
            let equal = same_target(&of_term, &own.target);
            *known = Indicator {
                term: equal.then_some("both"),
                overall: (!equal).then_some((of_term, known.target_en.take())),
                texts: if own.texts.is_empty() { texts } else { own.texts.clone() },
                ..own
            };
        } else if known.term.is_none() && known.overall.is_none() && overall {
            // The same the other way round.
            let equal = same_target(&known.target, &own.target);
            known.term = equal.then_some("both");
            known.overall = (!equal).then_some((own.target, own.target_en));
        } else if overall || !self.is_again(known, &own, item) {
            all.push(own);
        }
    }

    /// Whether an indicator is told once more, in another table: what that says besides is added, another target reported.
    fn is_again(&mut self, known: &mut Indicator, own: &Indicator, item: &Item) -> bool {
        // Two rows of one table may have the same name.
        let second = item.get("project_name").is_some() || known.texts.is_empty() != own.texts.is_empty();
        if !second {
            return false;
        }
        if let Some(found) = item.get("target").filter(|_| !equal_targets(&known.target, &own.target)) {
            let (name, one, other) = (&own.name, &known.target, &own.target);
            let words = say!(
                "指标“{name}”的指标值两处不同：{one}、{other}；采用前者",
                "indicator `{name}` has two targets, {one} and {other}; the former is taken"
            );
            self.notes.push(Note::at(Kind::Differs, words, found));
        }
        for (key, text) in &own.texts {
            if known.texts.iter().all(|(other, _)| other != key) {
                known.texts.push((key, text.clone()));
            }
        }
        known.weight = known.weight.take().or_else(|| own.weight.clone());
        true
    }

    fn indicator(&mut self, item: &Item, overall: bool) -> Option<Indicator> {
        let Some(name) = item.get("name") else {
            let levels = ["level1", "level2", "project_name", "project_code"];
            let left = item.values.iter().filter(|(key, _)| !levels.contains(&key.as_str()));
            self.notes.extend(left.map(|(_, found)| unplaced(found)));
            return None;
        };
        let Some((target, reads)) = target_of(item, "target", self.profile) else {
            let text = &name.text;
            self.notes.push(Note::at(
                Kind::Left,
                say!("指标“{text}”没有指标值", "indicator `{text}` has no target"),
                name,
            ));
            return None;
        };
        if !reads {
            let (name, typed) = (&name.text, &target.text);
            let words = say!(
                "“{name}”的指标值 {typed} 不能读作符号、数值和单位",
                "the target {typed} of `{name}` cannot be read as sign, number and unit"
            );
            self.notes.push(Note::at(Kind::Differs, words, &target));
        }
        let keys = ["explanation", "basis", "source", "scoring", "note"];
        let texts = keys.into_iter().filter_map(|key| Some((key, item.get(key)?.clone())));
        let before = [("last_year", 1), ("year_before", 2)]
            .into_iter()
            .filter_map(|(key, back)| Some((earlier(self.year, back), item.get(key)?.clone())));
        let (texts, before) = (texts.collect(), before.collect());
        Some(Indicator {
            kind: self.kind(item, name),
            name: joined(&name.text),
            name_en: name.en.clone(),
            target: target.text,
            target_en: target.en,
            term: overall.then_some("overall"),
            overall: None,
            texts,
            weight: item.text("weight").and_then(weight),
            before,
        })
    }

    /// 二级指标 as the form has it.
    fn kind(&mut self, item: &Item, name: &Found) -> String {
        let written = item.text("level2").map(joined);
        let bare = written.as_deref().map(plain).unwrap_or_default();
        if let Some(kind) = self.labels.kind(&bare) {
            return kind.to_owned();
        }
        let level1 = item.text("level1").map(plain).unwrap_or_default();
        let below = |level: &&crate::form::Level1| {
            let own = plain(&level.zh);
            own.split('(').next() == level1.split('(').next()
        };
        let level = self.profile.level1.iter().find(below);
        if let Some([only]) = level.map(|level| level.kinds.as_slice()) {
            return only.zh.clone();
        }
        let (typed, name_text) = (written.unwrap_or_else(|| level1.clone()), &name.text);
        let words = say!(
            "指标“{name_text}”的二级指标“{typed}”不在表样的指标体系中",
            "the kind `{typed}` of indicator `{name_text}` is not in the form's tree"
        );
        self.notes.push(Note::at(Kind::Differs, words, item.get("level2").unwrap_or(name)));
        typed
    }
}

/// Whether two targets say the same, whatever decimals they are written with.
fn equal_targets(one: &str, other: &str) -> bool {
    let read = |text: &str| match target::read(text, &|_| true) {
        Some(Ok(reading)) => Some((reading.figure, reading.unit)),
        _ => None,
    };
    same_target(one, other) || (read(one).is_some() && read(one) == read(other))
}

/// A value of a row that is no indicator.
pub(super) fn unplaced(found: &Found) -> Note {
    let text = &found.text;
    Note::at(Kind::Left, say!("{text}", "{text}"), found)
}

/// A weight without what stands behind it: 10 of 10分.
fn weight(text: &str) -> Option<String> {
    let bare = plain(text);
    let digits = bare.trim_end_matches(['分', '%']);
    let number: rust_decimal::Decimal = digits.parse().ok()?;
    Some(number.normalize().to_string())
}
