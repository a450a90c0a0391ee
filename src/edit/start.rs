//! A declaration to begin with: it builds at once, and its comments say what to write where.

use std::path::PathBuf;

use jiff::civil::Date;

use super::words::{Example, SECTIONS, examples};
use crate::form::{Need, Profile};
use crate::lang::Lang;
use crate::model::{Id, Year};

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
        Lang::Zh => include_str!("start/declaration.zh.toml"),
        Lang::En => include_str!("start/declaration.en.toml"),
    };
    let languages: Vec<String> = start.languages.iter().map(|lang| format!("\"{lang}\"")).collect();
    let overview = (
        "本单位编报绩效目标的项目{{project.count}}个，涉及预算资金{{total}}。",
        "The unit declares performance targets for {{project.count}} projects with a budget of {{total}}.",
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
        Lang::Zh => include_str!("start/project.zh.toml"),
        Lang::En => include_str!("start/project.en.toml"),
    };
    let words =
        |words: &[crate::lang::Words]| words.iter().map(|one| one.zh.as_str()).collect::<Vec<_>>().join("、");
    let first = |words: &[crate::lang::Words]| words.first().map_or("", |one| one.zh.as_str()).to_owned();
    let languages = &project.languages;
    let goal = (
        "按计划完成各项工作，资金使用合规，参加人员满意。",
        "All work is done as planned, the money is used as the rules say, and those who take part are satisfied.",
    );
    let text = filled(
        template,
        &[
            ("name", &name(&project.name)),
            ("year", &project.year.to_string()),
            ("nature", &first(&profile.natures)),
            ("natures", &words(&profile.natures)),
            ("category", &first(&profile.categories)),
            ("categories", &words(&profile.categories)),
            ("sections", &sections(profile, project)),
            ("goal", &self::text("overall", goal, languages)),
            ("kinds", &profile.kind_names().collect::<Vec<_>>().join("、")),
            ("indicators", &indicators(profile, languages)),
        ],
    );
    (PathBuf::from(format!("projects/{}-{}.toml", project.number, project.id)), text)
}

fn sections(profile: &Profile, project: &StartedProject) -> String {
    let wanted = profile.sections.iter().filter(|section| section.default.is_none());
    let written = wanted.map(|section| {
        let known = SECTIONS.iter().find(|(id, _)| *id == section.id).map(|(_, texts)| *texts);
        let texts = known.unwrap_or(("{{name}}的有关情况见附件。", "Details of {{name}} are annexed."));
        let (zh, en) = texts;
        let heading = section.heading.get(project.comments);
        let mut table =
            format!("{:<40}# {heading}\nzh = '''\n{zh}\n'''\n", format!("[narrative.{}]", section.id));
        if project.languages.contains(&Lang::En) {
            table.push_str(&format!("en = '''\n{en}\n'''\n"));
        }
        table
    });
    written.collect::<Vec<_>>().join("\n")
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
        let Example { zh, en, target } = examples(kind).unwrap_or(Example {
            zh: "任务完成率",
            en: "Rate of tasks completed",
            target: "= 100.00 %",
        });
        let name = if languages.contains(&Lang::En) {
            format!("{{ zh = \"{zh}\", en = \"{en}\" }}")
        } else {
            format!("\"{zh}\"")
        };
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

/// A name as a TOML value.
pub(super) fn name((zh, en): &(String, Option<String>)) -> String {
    match en {
        Some(en) => format!("{{ zh = {}, en = {} }}", quoted(zh), quoted(en)),
        None => quoted(zh),
    }
}

/// A string as a TOML value.
pub(super) fn quoted(text: &str) -> String {
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
