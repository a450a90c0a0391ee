//! Form profiles: what a form is called, asks for and allows, read from `templates/forms/ID/form.toml`.

mod evaluation;
mod examine;
mod file;
mod funds;
mod grid;
mod kinds;
mod rows;
mod templates;

use serde::Deserialize;

pub use evaluation::{Band, Evaluation, TotalGrade};
pub use funds::{FundsPart, LineKind, SourceKind};
pub use grid::{Align, Cell, Grid, Part, Shares};
pub use kinds::{AmountStyle, AmountUnit, DateStyle, FormKind, TargetStyle, TextCount};
pub use rows::{Placed, placed, placed_row};
pub use templates::Templates;

use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Words};
use crate::source::Sources;

/// A form profile. Every text is there in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The folder's name, such as `shanghai-2024`.
    #[serde(skip)]
    pub id: String,
    /// What is filled in on it.
    #[serde(default)]
    pub kind: FormKind,
    /// The form's title.
    pub title: Words,
    /// The line under it; `{{year}}` stands for the year.
    pub year: Words,
    /// What follows a label that continues on the next page.
    pub continued: Words,
    /// Headings of the document.
    pub document: Headings,
    /// Font families by role, best first.
    #[serde(skip)]
    pub fonts: Fonts,
    /// The roles that the form sets differently from others.
    #[serde(rename = "fonts", default)]
    own_fonts: OwnFonts,
    /// The form itself.
    pub grid: Grid,
    /// Sections of the narrative, in printing order.
    #[serde(rename = "section", default)]
    pub sections: Vec<Section>,
    /// 项目性质 that the form lists.
    #[serde(rename = "nature", default)]
    pub natures: Vec<Words>,
    /// 项目类别 that the form lists.
    #[serde(rename = "category", default)]
    pub categories: Vec<Words>,
    /// 项目属性 that the form lists.
    #[serde(rename = "attribute", default)]
    pub attributes: Vec<Words>,
    /// 项目类型 that the form lists.
    #[serde(rename = "type", default)]
    pub types: Vec<Words>,
    /// Sources of funds that the form lists.
    #[serde(rename = "source", default)]
    pub sources: Vec<SourceKind>,
    /// 收入构成 that a form of departments lists.
    #[serde(default)]
    pub income: Vec<LineKind>,
    /// 支出构成 that it lists.
    #[serde(default)]
    pub outlay: Vec<LineKind>,
    /// Units of targets and quantities, for translation: the form's own, then those that forms share.
    #[serde(rename = "unit_name", default)]
    pub unit_names: Vec<Words>,
    /// Words that targets use, for translation, likewise.
    #[serde(rename = "word", default)]
    pub words: Vec<Words>,
    /// How an evaluation is scored, on forms for that.
    #[serde(default)]
    pub evaluation: Option<Evaluation>,
    /// What the form allows.
    pub limits: Limits,
    /// The tree of indicators; a form for evaluations takes that of the declaration's form.
    #[serde(default)]
    pub level1: Vec<Level1>,
}

/// Headings of the document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    /// The document's title; `{{unit.name}}` and `{{year}}` are filled in.
    pub title: Words,
    /// 绩效目标设置情况
    pub overview: Words,
    /// 项目经费情况说明
    pub project: Words,
}

/// Font families by role, best first, free ones last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Fonts {
    pub title: Vec<String>,
    pub heading: Vec<String>,
    pub subheading: Vec<String>,
    pub body: Vec<String>,
    pub table: Vec<String>,
    pub latin: Vec<String>,
    /// Families among these that stand in for the official faces.
    pub stand_ins: Vec<String>,
}

/// What a form says of fonts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFonts {
    title: Option<Vec<String>>,
    heading: Option<Vec<String>>,
    subheading: Option<Vec<String>>,
    body: Option<Vec<String>>,
    table: Option<Vec<String>>,
    latin: Option<Vec<String>>,
    stand_ins: Option<Vec<String>>,
}

impl OwnFonts {
    fn over(self, shared: Fonts) -> Fonts {
        Fonts {
            title: self.title.unwrap_or(shared.title),
            heading: self.heading.unwrap_or(shared.heading),
            subheading: self.subheading.unwrap_or(shared.subheading),
            body: self.body.unwrap_or(shared.body),
            table: self.table.unwrap_or(shared.table),
            latin: self.latin.unwrap_or(shared.latin),
            stand_ins: self.stand_ins.unwrap_or(shared.stand_ins),
        }
    }
}

/// `templates/shared/words.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedWords {
    unit_name: Vec<Words>,
    word: Vec<Words>,
}

/// What a section of the narrative has to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionRole {
    /// 项目概述
    Overview,
    /// 立项依据
    Basis,
    /// 实施主体
    Body,
    /// 实施方案
    Plan,
    /// 实施周期
    Period,
    /// 年度预算安排
    Budget,
    /// 绩效目标
    Goals,
    /// Anything else.
    #[default]
    Other,
}

impl SectionRole {
    /// Whether a few characters answer what the section asks: who, when, how much.
    pub fn is_brief(self) -> bool {
        matches!(self, SectionRole::Body | SectionRole::Period | SectionRole::Budget | SectionRole::Goals)
    }
}

/// A section of the narrative.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The key under `[narrative]`.
    pub id: String,
    /// What it has to say, by which rules know it.
    #[serde(default)]
    pub role: SectionRole,
    /// The heading, without its number.
    pub heading: Words,
    /// What is printed when a project leaves the section out.
    pub default: Option<Words>,
}

impl Section {
    /// The section that a heading, or a part of one, names: 实施方案, 方案, `Annual budget`.
    pub fn named<'s>(sections: &'s [Section], name: &str) -> Option<&'s Section> {
        let plain =
            |text: &str| text.chars().filter(|ch| !ch.is_whitespace()).collect::<String>().to_lowercase();
        let name = plain(name);
        let is =
            |section: &&Section| plain(&section.heading.zh) == name || plain(&section.heading.en) == name;
        let mut part = sections.iter().filter(|section| section.heading.zh.contains(&name));
        match sections.iter().find(is) {
            Some(section) => Some(section),
            None if name.chars().count() > 1 => part.next().filter(|_| part.next().is_none()),
            None => None,
        }
    }
}

/// 一级指标 with its 二级指标.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level1 {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// Whether a project must have an indicator under it.
    #[serde(default)]
    pub need: Need,
    /// The 二级指标 below it.
    pub kinds: Vec<Kind>,
}

/// 二级指标
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// Whether a project must have an indicator of this kind.
    #[serde(default)]
    pub need: Need,
}

impl Kind {
    /// Its name in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// How much a form needs a part of its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// Every published form of this kind has it: without it, an error.
    Required,
    /// The rules of the ministry have it: without it, a warning.
    Expected,
    /// As the project has it.
    #[default]
    Optional,
}

/// What a form allows, for the checker. A limit that is not given is not checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The fewest characters of a section or goal.
    pub text_least: usize,
    /// The most of a section.
    pub text_most: Option<usize>,
    /// The most of a goal.
    pub goal_most: Option<usize>,
    /// What these two count.
    #[serde(default)]
    pub count: TextCount,
    /// The fewest indicators of a project.
    pub indicators_least: usize,
    /// The most indicators of a project.
    pub indicators_most: usize,
    /// The most indicators of one 二级指标.
    pub indicators_of_kind: usize,
    /// The least satisfaction in a hundred that a reviewer accepts.
    pub satisfaction_least: u32,
    /// What all weights add up to, for forms with weights.
    pub weight_sum: Option<u32>,
}

impl Profile {
    /// Reads the profile `id` with what forms share; a user's own file that is not right gives a finding with its place.
    pub fn read(id: &str, templates: &Templates, sources: &mut Sources) -> Result<Profile, Box<Diagnostic>> {
        let mut profile = file::profile(id, templates, sources)?;
        let shared: SharedWords = file::read("shared/words.toml", templates, sources)?;
        id.clone_into(&mut profile.id);
        profile.fonts = profile.own_fonts.clone().over(file::read("shared/fonts.toml", templates, sources)?);
        profile.unit_names.extend(shared.unit_name);
        profile.words.extend(shared.word);
        Ok(profile)
    }

    /// What a form for evaluations takes from that of the declaration: the tree, and the words of projects.
    #[must_use]
    pub fn filled_from(mut self, declared: &Profile) -> Profile {
        let words = [
            (&mut self.natures, &declared.natures),
            (&mut self.categories, &declared.categories),
            (&mut self.attributes, &declared.attributes),
            (&mut self.types, &declared.types),
        ];
        for (own, other) in words {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
        self.level1.clone_from(&declared.level1);
        self
    }

    /// The words of which the value at this path is one, where the form lists them.
    pub fn choices(&self, path: &str) -> &[Words] {
        match path {
            "nature" => &self.natures,
            "category" => &self.categories,
            "attribute" => &self.attributes,
            "type" => &self.types,
            _ => &[],
        }
    }

    /// The 一级 and 二级 places of a kind of indicator, by its Chinese or English name.
    pub fn kind(&self, name: &str) -> Option<(usize, usize)> {
        self.level1.iter().enumerate().find_map(|(first, level)| {
            let second = level.kinds.iter().position(|kind| kind.zh == name || kind.en == name)?;
            Some((first, second))
        })
    }

    /// The Chinese names of all kinds of indicator.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.level1.iter().flat_map(|level| level.kinds.iter().map(|kind| kind.zh.as_str()))
    }

    /// The section with this id, and its place in printing order.
    pub fn section(&self, id: &str) -> Option<(usize, &Section)> {
        self.sections.iter().enumerate().find(|(_, section)| section.id == id)
    }

    /// Whether the form lists a word as a unit, in either language.
    pub fn is_unit(&self, word: &str) -> bool {
        self.unit_names.iter().any(|unit| unit.zh == word || unit.en == word)
    }

    /// A word of the field in `lang`, by its Chinese or English name; the word itself when the profile has none.
    pub fn translate<'a>(&'a self, word: &'a str, lang: Lang) -> &'a str {
        let lists =
            [&self.natures, &self.categories, &self.attributes, &self.types, &self.unit_names, &self.words];
        let sources = self.sources.iter().map(|source| &source.name);
        let lines = self.income.iter().chain(&self.outlay).map(|line| &line.name);
        lists
            .into_iter()
            .flatten()
            .chain(sources)
            .chain(lines)
            .find(|entry| entry.zh == word || entry.en == word)
            .map_or(word, |entry| entry.get(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_replaces_the_roles_that_it_names() {
        let list = |name: &str| vec![name.to_owned()];
        let own: OwnFonts = toml::from_str("title = [\"甲\"]").unwrap();
        let shared = Fonts { title: list("乙"), body: list("丙"), ..Fonts::default() };
        let fonts = own.over(shared);
        assert_eq!((fonts.title, fonts.body), (list("甲"), list("丙")));
    }

    #[test]
    fn every_form_has_the_shared_words_behind_its_own() {
        let templates = Templates::default();
        for form in templates.forms() {
            let profile = Profile::read(&form, &templates, &mut Sources::default()).unwrap();
            assert_eq!(profile.translate("人次", Lang::En), "person-times");
            assert_eq!(profile.translate("良好", Lang::En), "good");
            assert!(!profile.fonts.title.is_empty() && profile.is_unit("次"));
        }
    }
}
