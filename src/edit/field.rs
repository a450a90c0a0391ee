//! The values of a file that a person edits one by one, each with what it takes, and the file with one of them changed.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_edit::Value;

use super::literal::{Shape, target, value};
use super::with_line_ends_of;
use crate::lang::{Lang, Words};
use crate::load::{Table, Type};

/// What a value takes, and so by what it is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// A text of one line.
    Line,
    /// A text of paragraphs, in which `{{…}}` stands for a computed value.
    Paragraphs,
    /// A number.
    Number,
    /// An amount with its unit, such as `"30万元"`.
    Amount,
    /// A date.
    Date,
    /// Yes or no.
    Switch,
    /// 指标值, such as `"≥ 98 %"`.
    Target,
    /// 二级指标, one of the form's.
    Kind,
    /// One of a list of the form, by its name.
    Listed(&'static str),
}

impl Control {
    fn of(takes: Type) -> Option<Control> {
        Some(match takes {
            Type::Amount | Type::Yearly | Type::Earlier => Control::Amount,
            Type::Date => Control::Date,
            Type::Text | Type::String | Type::YearTexts | Type::Term => Control::Line,
            Type::Prose | Type::Sections => Control::Paragraphs,
            Type::Count | Type::Decimal(_) | Type::Score(_) => Control::Number,
            Type::Switch => Control::Switch,
            Type::Target => Control::Target,
            Type::Kind => Control::Kind,
            Type::Listed(list) => Control::Listed(list),
            // What other values refer to, what decides the form, and lists.
            Type::Form
            | Type::EvaluationForm
            | Type::DepartmentForm
            | Type::Year
            | Type::Languages
            | Type::Print
            | Type::Source
            | Type::SpendingSource
            | Type::Grade
            | Type::Id
            | Type::Ids
            | Type::IncomeLine
            | Type::OutlayLine
            | Type::One(_)
            | Type::Many(_) => return None,
        })
    }

    fn shape(self) -> Shape {
        match self {
            Control::Line | Control::Paragraphs | Control::Target | Control::Kind | Control::Listed(_) => {
                Shape::Text
            }
            Control::Number => Shape::Number,
            Control::Amount => Shape::Amount,
            Control::Date => Shape::Date,
            Control::Switch => Shape::Switch,
        }
    }
}

/// A value of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The keys and places that lead to it, such as `subproject`, `0`, `cost`, `2`, `amount`. Places count from 0.
    pub path: Vec<String>,
    /// What it means.
    pub label: Words,
    /// What it takes.
    pub control: Control,
    /// The language of a text that is written in several.
    pub lang: Option<Lang>,
    /// What it says, without quotes; amounts and targets as they are written.
    pub text: String,
    /// The bytes of the file that it takes, with its quotes.
    pub range: Range<usize>,
}

/// Why a value was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file has no such value any more.
    Gone,
    /// The file says this by now, and not what was to be changed.
    Changed(String),
    /// What was filled in is not what the value takes.
    Unfit(Words),
}

/// The values of a file of this kind, in the order of the file; none for a text that is not TOML.
pub fn fields(source: &str, table: Table) -> Vec<Field> {
    let mut found = Vec::new();
    if let Ok(root) = DeTable::parse(source) {
        of_table(root.get_ref(), table, &[], source, &mut found);
    }
    found.sort_by_key(|field| field.range.start);
    found
}

/// The file with `to` in the place of a value that says `was`. Every other byte stays as it is.
///
/// # Errors
///
/// [`Refused`], and the file is to be left as it is.
pub fn set(source: &str, table: Table, path: &[String], was: &str, to: &str) -> Result<String, Refused> {
    let now = fields(source, table).into_iter().find(|field| field.path == path).ok_or(Refused::Gone)?;
    if now.text != was {
        return Err(Refused::Changed(now.text));
    }
    let token = source.get(now.range.clone()).unwrap_or_default();
    let old: Option<Value> = token.parse().ok();
    // A text area has one kind of line end, and a file may have the other.
    let to = to.replace("\r\n", "\n");
    let to = if now.control == Control::Target { target(&to) } else { to };
    let new = value(now.control.shape(), &to, old.as_ref()).map_err(Refused::Unfit)?.to_string();
    let mut after = source.to_owned();
    after.replace_range(now.range, &with_line_ends_of(source, new.trim()));
    Ok(after)
}

fn of_table(found: &DeTable<'_>, table: Table, path: &[String], source: &str, fields: &mut Vec<Field>) {
    for (key, item) in found {
        let Some(own) = table.fields().iter().find(|own| own.key == key.get_ref().as_ref()) else { continue };
        let below = joined(path, own.key);
        match (own.takes, item.get_ref()) {
            (Type::One(inner), DeValue::Table(own)) => of_table(own, inner, &below, source, fields),
            (Type::Many(inner), DeValue::Array(items)) => {
                for (place, item) in items.iter().enumerate() {
                    if let DeValue::Table(own) = item.get_ref() {
                        of_table(own, inner, &joined(&below, &place.to_string()), source, fields);
                    }
                }
            }
            (takes, _) => {
                let Some(control) = Control::of(takes) else { continue };
                let label = Words { zh: own.zh.to_owned(), en: own.en.to_owned() };
                of_value(item, &Kept { control, label, lang: None }, &below, source, fields);
            }
        }
    }
}

/// What the values below a key have in common.
#[derive(Clone)]
struct Kept {
    control: Control,
    label: Words,
    lang: Option<Lang>,
}

/// A value, or those of a table of languages, years or sections.
fn of_value(
    item: &Spanned<DeValue<'_>>,
    kept: &Kept,
    path: &[String],
    source: &str,
    fields: &mut Vec<Field>,
) {
    let text = match item.get_ref() {
        DeValue::Table(inner) => {
            for (key, item) in inner {
                let lang = [Lang::Zh, Lang::En].into_iter().find(|lang| lang.tag() == key.get_ref().as_ref());
                let kept = Kept { lang: lang.or(kept.lang), ..kept.clone() };
                of_value(item, &kept, &joined(path, key.get_ref()), source, fields);
            }
            return;
        }
        DeValue::Array(_) => return,
        DeValue::String(text) => text.replace("\r\n", "\n"),
        _ => source.get(item.span()).unwrap_or_default().to_owned(),
    };
    let Kept { control, label, lang } = kept.clone();
    fields.push(Field { path: path.to_vec(), label, control, lang, text, range: item.span() });
}

fn joined(path: &[String], step: &str) -> Vec<String> {
    path.iter().cloned().chain([step.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# 一个项目\nname = { zh = \"运维\", en = \"Upkeep\" }\nstart = 2025-01-01 # 起\n\n\
                        [[subproject]]\nid = \"a\"\nname = \"机房\"\n\n[[subproject.cost]]\nname = \"值守\"\n\
                        amount = { 2025 = '8万元', 2026 = \"9万元\" }\n\n[[cost]]\nname = \"a.b\"\n\
                        quantity = 1_000\nprice = \"1.5元\"\n\n[narrative.overview]\nzh = '''\n甲。\n乙{{total}}。\n'''\n";

    fn path(steps: &str) -> Vec<String> {
        steps.split('.').map(str::to_owned).collect()
    }

    fn changed(steps: &str, was: &str, to: &str) -> String {
        set(FILE, Table::Project, &path(steps), was, to).unwrap()
    }

    #[test]
    fn every_value_has_its_path_and_what_it_takes() {
        let found: Vec<String> = fields(FILE, Table::Project)
            .iter()
            .map(|field| format!("{} {:?} {}", field.path.join("."), field.control, field.text.trim()))
            .collect();
        assert_eq!(
            found,
            [
                "name.zh Line 运维",
                "name.en Line Upkeep",
                "start Date 2025-01-01",
                "subproject.0.name Line 机房",
                "subproject.0.cost.0.name Line 值守",
                "subproject.0.cost.0.amount.2025 Amount 8万元",
                "subproject.0.cost.0.amount.2026 Amount 9万元",
                "cost.0.name Line a.b",
                "cost.0.quantity Number 1_000",
                "cost.0.price Amount 1.5元",
                "narrative.overview.zh Paragraphs 甲。\n乙{{total}}。",
            ]
        );
    }

    #[test]
    fn a_change_leaves_every_other_byte() {
        let after = changed("subproject.0.cost.0.amount.2025", "8万元", "85000");
        assert_eq!(after, FILE.replace("'8万元'", "\"8.5万元\""));
        let after = changed("start", "2025-01-01", "2025年2月1日");
        assert_eq!(after, FILE.replace("2025-01-01 # 起", "2025-02-01 # 起"));
        let after = changed("narrative.overview.zh", "甲。\n乙{{total}}。\n", "甲。\r\n丙。");
        assert_eq!(after, FILE.replace("乙{{total}}。", "丙。"));
        assert_eq!(changed("cost.0.quantity", "1_000", "1,200"), FILE.replace("1_000", "1200"));
    }

    #[test]
    fn line_ends_of_the_file_stay() {
        let file = FILE.replace('\n', "\r\n");
        let after =
            set(&file, Table::Project, &path("narrative.overview.zh"), "甲。\n乙{{total}}。\n", "丙。\n丁。");
        assert_eq!(after.unwrap(), file.replace("甲。\r\n乙{{total}}。", "丙。\r\n丁。"));
    }

    #[test]
    fn what_has_changed_meanwhile_or_does_not_fit_is_refused() {
        let of = |steps: &str, was: &str, to: &str| set(FILE, Table::Project, &path(steps), was, to);
        assert_eq!(of("cost.1.name", "", "甲"), Err(Refused::Gone));
        assert_eq!(of("cost.0.name", "甲", "乙"), Err(Refused::Changed("a.b".to_owned())));
        assert!(matches!(of("cost.0.price", "1.5元", "很多"), Err(Refused::Unfit(_))));
        assert!(matches!(of("start", "2025-01-01", "明年"), Err(Refused::Unfit(_))));
    }
}
