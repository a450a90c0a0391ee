//! A declaration to begin with: its comments say what to write where, and its invented costs and sentences are known, so
//! that `check` finds those that nobody has replaced.

mod department;
mod results;
mod words;

use std::path::PathBuf;

use jiff::civil::Date;

use self::words::{ANNEXED, COSTS, Example, ExampleSum, GENERAL, GOAL, Line, SECTIONS, examples};
pub use department::start_department;
pub use results::start_results;

use crate::form::{Need, Profile};
use crate::lang::Lang;
use crate::model::{Id, Indicator, Money, Text, Year};

/// What is known of a declaration at its beginning.
#[derive(Debug, Clone)]
pub struct Start {
    /// The budget year.
    pub year: Year,
    /// The document's date.
    pub date: Date,
    /// 申报单位, in Chinese and, if there is one, in English.
    pub unit: (String, Option<String>),
    /// 主管部门
    pub department: (String, Option<String>),
    /// What is printed.
    pub languages: Vec<Lang>,
    /// The language of the comments.
    pub comments: Lang,
}

/// A project to begin with.
#[derive(Debug, Clone)]
pub struct StartedProject {
    /// Its place, from 1.
    pub number: u32,
    /// Its id.
    pub id: Id,
    /// Its name, in Chinese and, if there is one, in English.
    pub name: (String, Option<String>),
    /// What it costs, as one cost with its name; examples where it is not known.
    pub amount: Option<Money>,
    /// The budget year, in which it begins and ends.
    pub year: Year,
    /// What the declaration prints.
    pub languages: Vec<Lang>,
    /// The language of the comments.
    pub comments: Lang,
}

/// The text of `declaration.toml`.
pub fn start(start: &Start, profile: &Profile) -> String {
    let template = match start.comments {
        Lang::Zh => include_str!("declaration.zh.toml"),
        Lang::En => include_str!("declaration.en.toml"),
    };
    let languages: Vec<String> = start.languages.iter().map(|lang| format!("\"{lang}\"")).collect();
    let overview = (
        "{{year}}年本单位编报绩效目标的项目{{project.count}}个，涉及预算资金{{annual}}。",
        "For {{year}} the unit declares performance targets for {{project.count}} projects with a budget of {{annual}}.",
    );
    filled(
        template,
        &[
            ("form", &profile.id),
            ("year", &start.year.to_string()),
            ("date", &start.date.to_string()),
            ("languages", &languages.join(", ")),
            ("unit", &name(&start.unit)),
            ("department", &name(&start.department)),
            ("overview", &text("text", overview, &start.languages)),
        ],
    )
}

/// The file of a project: its path within the folder, and its text.
pub fn start_project(project: &StartedProject, profile: &Profile) -> (PathBuf, String) {
    let template = match project.comments {
        Lang::Zh => include_str!("project.zh.toml"),
        Lang::En => include_str!("project.en.toml"),
    };
    let languages = &project.languages;
    let text = filled(
        template,
        &[
            ("name", &name(&project.name)),
            ("year", &project.year.to_string()),
            ("listed", &listed(profile, project.comments)),
            ("examples", &examples_below(project)),
            ("costs", &costs(project)),
            ("sections", &sections(profile, project.comments, languages)),
            ("goal", &self::text("overall", (GOAL.zh, GOAL.en), languages)),
            ("kinds", &profile.kind_names().collect::<Vec<_>>().join("、")),
            ("indicators", &indicators(profile, languages)),
        ],
    );
    (PathBuf::from(format!("projects/{}-{}.toml", project.number, project.id)), text)
}

/// What the form lists and shows of a project, each with the first of the words and all of them behind it.
fn listed(profile: &Profile, comments: Lang) -> String {
    let lines = ["nature", "category", "attribute", "type"].into_iter().filter_map(|key| {
        let words = profile.choices(key);
        let first = words.first().filter(|_| profile.grid.shows(key)).map(|one| format!("\"{}\"", one.zh))?;
        let all = words.iter().map(|one| one.zh.as_str()).collect::<Vec<_>>().join("、");
        let lead = if comments == Lang::Zh { "可选：" } else { "one of " };
        Some(format!("{key:<8} = {first:<30}# {lead}{all}"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn sections(profile: &Profile, comments: Lang, languages: &[Lang]) -> String {
    let wanted = profile.sections.iter().filter(|section| section.default.is_none());
    let written = wanted.map(|section| {
        let known = SECTIONS.iter().find(|(id, _)| *id == section.id).map(|(_, texts)| *texts);
        let lines = known.unwrap_or(&[ANNEXED]);
        let joined = |lang: fn(&Line) -> &'static str| lines.iter().map(lang).collect::<Vec<_>>().join("\n");
        let (zh, en) = (joined(|line| line.zh), joined(|line| line.en));
        let heading = section.heading.get(comments);
        let mut table =
            format!("{:<40}# {heading}\nzh = '''\n{zh}\n'''\n", format!("[narrative.{}]", section.id));
        if languages.contains(&Lang::En) {
            table.push_str(&format!("en = '''\n{en}\n'''\n"));
        }
        table
    });
    written.collect::<Vec<_>>().join("\n")
}

/// The comment that says what the costs below are, unless they are known.
fn examples_below(project: &StartedProject) -> String {
    let line = match project.comments {
        Lang::Zh => "# 下面的费用是示例，改成实际的费用以前，check 会指出来。",
        Lang::En => "# The costs below are examples: check reports them until they are replaced.",
    };
    project.amount.map_or_else(|| format!("\n{line}"), |_| String::new())
}

fn costs(project: &StartedProject) -> String {
    let languages = &project.languages;
    if let Some(amount) = project.amount {
        return format!("[[cost]]\nname = {}\namount = \"{amount}\"\n", name(&project.name));
    }
    let written = COSTS.iter().map(|cost| {
        let name = example_name(cost.zh, cost.en, languages);
        let sum = match cost.sum {
            ExampleSum::Product(quantity, unit, price) => {
                format!("quantity = {quantity}\nunit = \"{unit}\"\nprice = \"{price}\"\n")
            }
            ExampleSum::Stated(amount) => format!("amount = \"{amount}\"\n"),
        };
        format!("[[cost]]\nname = {name}\n{sum}")
    });
    written.collect::<Vec<_>>().join("\n")
}

/// What is typed of a sentence that a unit has to replace.
#[derive(Debug, Clone, Copy)]
pub struct Invented {
    /// The sentence without its list marker, or what stands behind its value.
    pub text: &'static str,
    /// Whether a value stands before it.
    pub behind_value: bool,
}

/// The sentences that a unit has to replace, in both languages.
pub fn invented_sentences() -> impl Iterator<Item = Invented> {
    let texts = words::invented_lines().flat_map(|line| [line.zh, line.en]);
    texts.map(|text| match text.rsplit_once("}}") {
        Some((_, text)) => Invented { text, behind_value: true },
        None => {
            let marker = |ch: char| "（()） ".contains(ch) || ch.is_ascii_digit();
            Invented { text: text.trim_start_matches(marker), behind_value: false }
        }
    })
}

/// Whether a cost is one of those that a new project has, by name and amount.
pub fn is_invented_cost(name: &Text, amount: Money) -> bool {
    COSTS.iter().any(|cost| has(name, cost.zh, cost.en) && cost.amount() == Some(amount))
}

/// Whether an indicator is one of those that a new project has, and tells of another's work.
pub fn is_invented_indicator(indicator: &Indicator) -> bool {
    examples(&indicator.kind.value).is_some_and(|example| {
        let target = indicator.target.text().str(Lang::Zh).split_whitespace();
        example.invented
            && has(&indicator.name, example.zh, example.en)
            && target.eq(example.target.split_whitespace())
    })
}

fn has(text: &Text, zh: &str, en: &str) -> bool {
    text.proses().any(|(lang, prose)| prose.value.trim() == if lang == Lang::Zh { zh } else { en })
}

/// An indicator of each kind that the form needs, and of each first level that it needs one of.
fn indicators(profile: &Profile, languages: &[Lang]) -> String {
    let mut wanted: Vec<&str> = Vec::new();
    for level in &profile.level1 {
        let kinds = || level.kinds.iter();
        let needed: Vec<&str> =
            kinds().filter(|kind| kind.need != Need::Optional).map(|kind| kind.zh.as_str()).collect();
        let usual = kinds().map(|kind| kind.zh.as_str()).filter(|kind| examples(kind).is_some());
        wanted.extend(if needed.is_empty() { usual.collect() } else { needed });
    }
    let written = wanted.into_iter().map(|kind| {
        let Example { zh, en, target, .. } = examples(kind).unwrap_or(GENERAL);
        let name = example_name(zh, en, languages);
        format!("[[indicator]]\nkind   = \"{kind}\"\nname   = {name}\ntarget = \"{target}\"\n")
    });
    written.collect::<Vec<_>>().join("\n")
}

/// A text of several lines under `key`, in the languages that are printed.
fn text(key: &str, (zh, en): (&str, &str), languages: &[Lang]) -> String {
    if languages.contains(&Lang::En) {
        format!("{key}.zh = '''\n{zh}\n'''\n{key}.en = '''\n{en}\n'''\n")
    } else {
        format!("{key} = '''\n{zh}\n'''\n")
    }
}

/// The name of an example, in the languages that are printed.
fn example_name(zh: &str, en: &str, languages: &[Lang]) -> String {
    let en = languages.contains(&Lang::En).then(|| en.to_owned());
    name(&(zh.to_owned(), en))
}

/// A name as a TOML value.
pub(crate) fn name((zh, en): &(String, Option<String>)) -> String {
    match en {
        Some(en) => format!("{{ zh = {}, en = {} }}", quoted(zh), quoted(en)),
        None => quoted(zh),
    }
}

/// A string as a TOML value.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The template with each `@key@` replaced.
fn filled(template: &str, values: &[(&str, &String)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('@') {
        let value = after.split_once('@').and_then(|(key, tail)| {
            values.iter().find(|(own, _)| *own == key).map(|(_, value)| (value.as_str(), tail))
        });
        text.push_str(before);
        match value {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('@');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    format!("{}\n", text.trim_end())
}
