//! What a form prints itself: the labels of its grid, each with the paths of the values that it leads to.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::block::plain;
use crate::form::{Part, Profile};
use crate::lang::Words;
use crate::paths::List;

/// A label with the cells that follow it in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// How it begins, plain.
    pub text: String,
    /// The paths of the cells behind it, up to the next label; `None` for an empty one.
    pub paths: Vec<Option<String>>,
    /// Whether the value stands in the same cell.
    pub within: bool,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How it begins, plain.
    pub texts: Vec<String>,
    /// The path of the values below it.
    pub path: String,
    /// Which part of the grid it belongs to.
    pub part: usize,
    /// The list that its part repeats rows for.
    pub repeat: Option<List>,
    /// The label beside its part, plain.
    pub side: Option<String>,
}

/// All labels of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// In the order of the grid.
    pub fields: Vec<Field>,
    /// In the order of the grid.
    pub heads: Vec<Head>,
    /// Labels beside or above others, which lead to no value of their own.
    pub sides: Vec<String>,
    /// The names of 一级指标, plain.
    pub level1: Vec<String>,
    /// The names of 二级指标, plain, as the form has them.
    pub kinds: Vec<(String, String)>,
    /// Further heads of indicator tables, plain, with their paths.
    pub synonyms: Vec<(String, String)>,
    /// The heads of lists with a row an indicator of many projects, plain, with the keys of their values.
    pub of_indicators: Vec<(String, String)>,
    /// The heads of lists with a row a project, plain, with their paths.
    pub of_projects: Vec<(String, String)>,
    /// The heads of lists with a row a cost, plain, with the keys of their values.
    pub of_costs: Vec<(String, String)>,
    /// The form's title, plain.
    pub title: String,
    /// The lines that say 绩效目标设置情况 and 项目经费情况说明.
    pub overview: String,
    /// The same of a project's statement.
    pub project: String,
}

/// `synonyms.toml`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Synonyms {
    indicator: BTreeMap<String, Vec<String>>,
    project: BTreeMap<String, Vec<String>>,
    cost: BTreeMap<String, Vec<String>>,
    pub sign: BTreeMap<String, Vec<String>>,
}

impl Synonyms {
    /// The file that comes with the program; a test reads it.
    pub fn read() -> Synonyms {
        toml::from_str(include_str!("synonyms.toml")).unwrap_or_default()
    }
}

impl Labels {
    /// The labels of a form.
    pub fn of(profile: &Profile) -> Labels {
        let mut labels = Labels {
            title: plain(&profile.title.zh),
            overview: plain(&profile.document.overview.zh),
            project: plain(&profile.document.project.zh),
            level1: profile.level1.iter().map(|level| plain(&level.zh)).collect(),
            kinds: profile.kind_names().map(|kind| (plain(kind), kind.to_owned())).collect(),
            ..Labels::default()
        };
        let Synonyms { indicator, project, cost, .. } = Synonyms::read();
        labels.synonyms = pairs(&indicator, "indicator.");
        labels.of_costs = pairs(&cost, "");
        labels.of_projects = pairs(&project, "");
        labels.of_projects.extend(profile.sources.iter().flat_map(|source| {
            let (name, path) = (plain(&source.name.zh), format!("source.{}.amount", source.id));
            [(format!("来源:{name}"), path.clone()), (name, path)]
        }));
        for (place, part) in profile.grid.parts.iter().enumerate() {
            labels.part(place, part);
        }
        let own = labels.heads.iter().flat_map(|head| head.texts.iter().map(|text| (text, &head.path)));
        let all = own.chain(labels.synonyms.iter().map(|(text, path)| (text, path)));
        let key = |(text, path): (&String, &String)| {
            Some((text.clone(), path.strip_prefix("indicator.")?.to_owned()))
        };
        labels.of_indicators = all.filter_map(key).collect();
        labels
    }

    fn part(&mut self, place: usize, part: &Part) {
        self.sides.extend(part.side.iter().map(|side| plain(&side.zh)));
        for cell in &part.columns {
            let (Some(label), Some((path, _))) = (&cell.label, cell.path()) else { continue };
            let texts = [Some(label), cell.years.as_ref()].into_iter().flatten().map(beginning).collect();
            let side = part.side.as_ref().map(|side| plain(&side.zh));
            self.heads.push(Head { texts, path: path.to_owned(), part: place, repeat: part.repeat, side });
        }
        for row in &part.rows {
            let cells = row.get_ref();
            for (at, cell) in cells.iter().enumerate() {
                let Some(label) = &cell.label else { continue };
                let text = beginning(label);
                if let Some((path, _)) = cell.path() {
                    self.fields.push(Field { text, paths: vec![Some(path.to_owned())], within: true });
                    continue;
                }
                let behind = cells.iter().skip(at + 1).take_while(|cell| cell.label.is_none());
                let paths: Vec<Option<String>> =
                    behind.map(|cell| cell.path().map(|(path, _)| path.to_owned())).collect();
                if paths.iter().all(Option::is_none) {
                    self.sides.push(text);
                } else {
                    self.fields.push(Field { text, paths, within: false });
                }
            }
        }
    }

    /// Whether a text, plain, is a label of any kind.
    pub fn is_label(&self, plain: &str) -> bool {
        !plain.is_empty()
            && (self.fields.iter().any(|field| is(&field.text, plain))
                || self.sides.iter().any(|side| side == plain)
                || self.head(plain).is_some())
    }

    /// The first head that a text, plain, is.
    pub fn head(&self, plain: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.texts.iter().any(|text| is(text, plain)))
    }

    /// The path of an indicator's column by its head, that of the grid before any synonym.
    pub fn column(&self, plain: &str) -> Option<&str> {
        let own = self.heads.iter().filter(|head| head.path.starts_with("indicator."));
        let own = own.into_iter().find(|head| head.texts.iter().any(|text| is(text, plain)));
        own.map(|head| head.path.as_str())
            .or_else(|| self.synonyms.iter().find(|(word, _)| word == plain).map(|(_, path)| path.as_str()))
    }

    /// Whether a text, plain, is part of a label that stands beside a part of the grid: 绩效 of 绩效指标.
    pub fn is_side_piece(&self, plain: &str) -> bool {
        !plain.is_empty() && self.sides.iter().any(|side| side.contains(plain))
    }

    /// Whether a text, plain, is all or part of a label that could go over several lines.
    pub fn is_piece(&self, plain: &str) -> bool {
        let long = plain.chars().count() > 1;
        long && (self.fields.iter().any(|field| field.text.contains(plain))
            || self.sides.iter().any(|side| side.contains(plain))
            || self.heads.iter().any(|head| head.texts.iter().any(|text| text.contains(plain)))
            || self.kinds.iter().any(|(kind, _)| kind.contains(plain)))
    }

    /// The name of 二级指标 as the form has it.
    pub fn kind(&self, plain: &str) -> Option<&str> {
        let named =
            |wanted: &str| self.kinds.iter().find(|(kind, _)| kind == wanted).map(|(_, name)| name.as_str());
        // Forms differ in whether the word 指标 ends the name.
        named(plain).or_else(|| named(&format!("{plain}指标"))).or_else(|| named(plain.strip_suffix("指标")?))
    }

    /// Whether a text, plain, names 一级指标; a share of the score may stand behind it.
    pub fn is_level1(&self, plain: &str) -> bool {
        let bare = plain.split('(').next().unwrap_or(plain);
        self.level1.iter().any(|level| level.split('(').next() == Some(bare))
    }

    /// How many labels of the form stand in these plain texts, and how many there are.
    pub fn found_in(&self, texts: &[String]) -> (usize, usize) {
        let mut words: Vec<&str> = self.fields.iter().map(|field| field.text.as_str()).collect();
        words.extend(self.heads.iter().flat_map(|head| head.texts.iter().map(String::as_str)));
        words.extend(self.sides.iter().map(String::as_str));
        words.sort_unstable();
        words.dedup();
        let found = words.iter().filter(|word| texts.iter().any(|text| text.contains(**word))).count();
        (found, words.len())
    }
}

/// Words, plain, each with its path.
fn pairs(words: &BTreeMap<String, Vec<String>>, before: &str) -> Vec<(String, String)> {
    let all = words.iter().flat_map(|(path, words)| words.iter().map(move |word| (path, word)));
    all.map(|(path, word)| (plain(word), format!("{before}{path}"))).collect()
}

/// Whether a text, plain, is a label: itself, or with years or a unit in brackets behind it.
pub fn is(label: &str, plain: &str) -> bool {
    plain.strip_prefix(label).is_some_and(|rest| {
        rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')') && rest.chars().count() <= 16)
    })
}

/// A label before its first placeholder, plain.
fn beginning(label: &Words) -> String {
    let head = label.zh.split("{{").next().unwrap_or("");
    plain(head).trim_end_matches('(').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Templates;
    use crate::source::Sources;

    fn labels(form: &str) -> Labels {
        Labels::of(&Profile::read(form, &Templates::default(), &mut Sources::default()).unwrap())
    }

    #[test]
    fn labels_come_from_the_grid_of_each_form() {
        let shanghai = labels("shanghai-2024");
        let total = shanghai.fields.iter().find(|field| field.text == "项目资金总额").unwrap();
        assert_eq!(total.paths, [Some("total".to_owned())]);
        assert!(shanghai.sides.contains(&"项目资金(元)".to_owned()));
        assert_eq!(shanghai.head("项目总目标(2024年-2026年)").unwrap().path, "goal.overall");
        let sources = labels("yueyanglou-2021");
        let own = sources.fields.iter().find(|field| field.text == "自有资金").unwrap();
        let paths: Vec<_> = own.paths.iter().flatten().map(String::as_str).collect();
        assert_eq!(paths, ["source.own.last_year", "source.own.amount"]);
    }

    #[test]
    fn synonyms_are_readable_and_lead_to_paths_of_indicators() {
        let synonyms = Synonyms::read();
        assert_eq!(synonyms.sign.len(), 6);
        let shanghai = labels("shanghai-2024");
        assert_eq!(shanghai.column("运算符号"), Some("indicator.sign"));
        assert_eq!(shanghai.column("年度(/项目)指标值"), Some("indicator.target"));
        assert_eq!(shanghai.kind("服务对象满意度"), Some("服务对象满意度指标"));
    }
}
