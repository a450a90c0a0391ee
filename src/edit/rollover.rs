//! Next year's declaration out of this year's.

use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;

use super::earlier::{earlier, of_department};
use super::leaves::{Leaf, comments, leaves, replaced};
use super::years::years;
use crate::form::{Profile, Templates};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Department, Period, Project, Text, Year};
use crate::reading::read;
use crate::source::{FileId, Sources, Span};

/// What next year's declaration shall be.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Its year, after that of the old one.
    pub year: Year,
    /// Whether amounts and prices start from nothing.
    pub clear_amounts: bool,
}

/// Next year's files, and what a person must still look at.
#[derive(Debug)]
pub struct Rolled {
    /// The files that change: the path within the folder, and the new text.
    pub files: Vec<(PathBuf, String)>,
    /// In the order of files and lines.
    pub looks: Vec<Look>,
}

/// A place that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The path within the folder.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What to look at.
    pub words: Words,
}

/// What becomes of a project's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// A project within one year, which begins again.
    Again,
    /// It has money in the new year anyway.
    GoesOn,
    /// It took several years and is over.
    Over,
}

impl Course {
    fn of(period: Period, year: Year) -> Course {
        match () {
            () if period.end.year() >= year => Course::GoesOn,
            () if period.is_multi_year() => Course::Over,
            () => Course::Again,
        }
    }
}

/// Rolls a declaration that loaded over into another year. Periods, amounts by year and the years of texts move with
/// it; a project that goes on keeps its period and its amounts by year.
pub fn rollover(declaration: &Declaration, sources: &Sources, templates: &Templates, wish: Wish) -> Rolled {
    let mut rolled = Rolled { files: Vec::new(), looks: Vec::new() };
    let next = next_form(declaration, templates, wish.year);
    let head = declaration.year_place.file;
    for (file, source) in sources.iter() {
        let Ok(path) = source.path.strip_prefix(&declaration.folder) else { continue };
        let project = declaration.projects.iter().find(|project| project.span.file == file);
        let department = declaration.of_department.as_deref().filter(|own| own.own.span.file == file);
        if file != head && project.is_none() && department.is_none() {
            continue;
        }
        let course = project.map_or(Course::Again, |project| Course::of(project.period, wish.year));
        let mut roller = Roller {
            declaration,
            wish,
            course,
            next: next.as_ref(),
            file,
            path,
            sources,
            source: &source.text,
            edits: Vec::new(),
            looks: &mut rolled.looks,
        };
        match (project, department) {
            (Some(project), _) => roller.project(project),
            (None, Some(department)) => roller.department(department, wish.year),
            (None, None) => roller.head(),
        }
        roller.comments();
        rolled.files.push((path.to_path_buf(), replaced(&source.text, roller.edits)));
    }
    rolled.looks.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    rolled
}

/// The form of the new year, where there is one.
fn next_form(declaration: &Declaration, templates: &Templates, year: Year) -> Option<Profile> {
    let family = declaration.form.strip_suffix(&declaration.year.to_string())?;
    let next = format!("{family}{year}");
    let known = templates.forms().contains(&next);
    known.then(|| Profile::read(&next, templates, &mut Sources::default()).ok()).flatten()
}

struct Roller<'r> {
    declaration: &'r Declaration,
    wish: Wish,
    course: Course,
    next: Option<&'r Profile>,
    file: FileId,
    path: &'r Path,
    sources: &'r Sources,
    source: &'r str,
    edits: Vec<(Range<usize>, String)>,
    looks: &'r mut Vec<Look>,
}

impl Roller<'_> {
    fn head(&mut self) {
        for leaf in leaves(self.source) {
            let (old, new) = (self.declaration.year, self.wish.year);
            match leaf.path.as_str() {
                "year" => self.put(leaf.value.clone(), new.to_string()),
                "form" => self.form(&leaf),
                "date" => self.date(&leaf),
                "overview.declared.amount" => {
                    self.look(
                        &leaf,
                        say!(
                            "部门申报的总数仍是{old}年的",
                            "what the department declares is still that of {old}"
                        ),
                    );
                }
                "accept[].code" => {
                    self.look(&leaf, say!("这条接受说明还成立吗", "does this acceptance still hold"));
                }
                "round_to" => {}
                path if path.starts_with("accept") => {}
                _ => self.text(&leaf),
            }
        }
    }

    fn form(&mut self, leaf: &Leaf) {
        let form = &self.declaration.form;
        if let Some(next) = self.next {
            let id = &next.id;
            self.put(leaf.value.clone(), format!("\"{id}\""));
            self.look(leaf, say!("表样由 {form} 改为 {id}", "the form was {form}, and is now {id}"));
        } else if form.ends_with(&self.declaration.year.to_string()) {
            self.look(
                leaf,
                say!("没有新年度的表样，仍用 {form}", "no form exists for the new year; {form} is kept"),
            );
        }
    }

    /// A kind of indicator that the new form calls by a longer name, or does not have.
    fn kind(&mut self, leaf: &Leaf) {
        let (Some(old), Some(next)) = (&leaf.text, self.next) else { return };
        if next.kind(old).is_some() {
            return;
        }
        let form = &next.id;
        match next.kind_names().find(|name| name.ends_with(old.as_str())) {
            Some(new) => {
                self.put(leaf.value.clone(), format!("\"{new}\""));
                self.look(
                    leaf,
                    say!("{form} 没有“{old}”，改为“{new}”", "{form} has no `{old}`; it is now `{new}`"),
                );
            }
            None => self.look(
                leaf,
                say!("{form} 没有“{old}”，请改用别的二级指标", "{form} has no `{old}`: choose another kind"),
            ),
        }
    }

    fn comments(&mut self) {
        if self.course == Course::GoesOn {
            return;
        }
        for comment in comments(self.source, &leaves(self.source)) {
            let text = self.source.get(comment.clone()).unwrap_or("");
            for found in years(text, self.declaration.year) {
                if found.moves {
                    let range = comment.start + found.range.start..comment.start + found.range.end;
                    self.put(range, self.later(found.year).to_string());
                }
            }
        }
    }

    fn project(&mut self, project: &Project) {
        let (start, end) = (project.period.start, project.period.end);
        let all = leaves(self.source);
        if let Some(leaf) = all.iter().find(|leaf| leaf.path == "start") {
            match self.course {
                Course::Again => {}
                Course::GoesOn => self.look(
                    leaf,
                    say!(
                        "跨年度项目，{start} 至 {end} 没有改",
                        "runs for several years: {start} to {end} was kept"
                    ),
                ),
                Course::Over => self.look(
                    leaf,
                    say!(
                        "项目已于 {end} 完成，不再申报的，删去这个文件",
                        "was over on {end}: delete this file unless it is declared again"
                    ),
                ),
            }
        }
        self.carried_forward(project, &all);
        self.edits.extend(earlier(self.source, self.declaration, project));
        all.iter().for_each(|leaf| self.project_leaf(leaf));
    }

    /// The amounts of the year become those of an earlier one; the new ones are to be written.
    fn department(&mut self, department: &Department, year: Year) {
        self.edits.extend(of_department(self.source, self.declaration, department));
        for leaf in &leaves(self.source) {
            let is_over = department.until.is_some_and(|until| until.value.year() < year);
            match leaf.path.as_str() {
                "form" => {}
                "until" if is_over => {
                    let words =
                        say!("长期目标已到期，请改写", "the long-term goals are over: write new ones");
                    self.look(leaf, words);
                }
                "until" => {}
                path if path.starts_with("task[].projects") => {}
                path if path == "goal.annual" || path == "goal.annual.zh" => {
                    let old = self.declaration.year;
                    let words = say!(
                        "年度目标是{old}年的，请改写",
                        "the annual goal is that of {old}: write the new year's"
                    );
                    self.look(leaf, words);
                    self.project_leaf(leaf);
                }
                "income[].amount" | "outlay[].amount" if !self.wish.clear_amounts => {
                    let old = self.declaration.year;
                    let words = say!(
                        "金额仍是{old}年的，请改写",
                        "the amount is still that of {old}: write the new one"
                    );
                    self.look(leaf, words);
                }
                _ => self.project_leaf(leaf),
            }
        }
    }

    /// What a project says of its one time or its past year, where it is carried into the next.
    fn carried_forward(&mut self, project: &Project, all: &[Leaf]) {
        let of = |key: &str| {
            let below = format!("{key}.");
            all.iter().find(|leaf| leaf.path == key || leaf.path.starts_with(&below))
        };
        match (self.course, of("nature"), of("name")) {
            (_, Some(leaf), _) if project.nature.as_ref().is_some_and(is_once) => self.one_off(leaf),
            (_, _, Some(leaf)) if names_one_purchase(&project.name) => self.one_off(leaf),
            (Course::Again, Some(leaf), _)
                if project.nature.as_ref().is_some_and(|nature| nature.str(Lang::Zh).contains("阶段性")) =>
            {
                let end = project.period.end;
                self.look(
                    leaf,
                    say!(
                        "阶段性项目，原定 {end} 完成，不再申报的，删去这个文件",
                        "a project of one stage that was to end on {end}: delete this file unless it is declared again"
                    ),
                );
            }
            _ => {}
        }
        if self.course == Course::GoesOn {
            self.money_of_the_new_year(all);
        }
        if let (Some(leaf), true) = (of("goal.annual"), project.period.is_multi_year()) {
            let old = self.declaration.year;
            self.look(
                leaf,
                say!("年度目标是{old}年的，请改写", "the annual goal is that of {old}: write the new year's"),
            );
        }
    }

    fn one_off(&mut self, leaf: &Leaf) {
        self.look(
            leaf,
            say!(
                "一次性项目，不再申报的，删去这个文件",
                "a one-off project: delete this file unless it is declared again"
            ),
        );
    }

    /// An amount without a year was the old year's and is now the new one's; with years alone, the new one may lack.
    fn money_of_the_new_year(&mut self, all: &[Leaf]) {
        let (old, new) = (self.declaration.year, self.wish.year);
        let (mut years, mut first) = (Vec::new(), None);
        for leaf in all {
            let year = leaf.name().parse::<Year>().ok();
            let key = if year.is_some() { leaf.parent() } else { &leaf.path };
            match (key.rsplit('.').next(), year) {
                (Some("amount"), Some(year)) => years.push((year, leaf)),
                (Some("amount" | "price"), None) => first = first.or(Some(leaf)),
                _ => {}
            }
        }
        match (first, years.first()) {
            (Some(leaf), _) => self.look(
                leaf,
                say!(
                    "没有写年份的金额原是{old}年的，现在算作{new}年的；{old}年的另写",
                    "amounts without a year were those of {old} and now count for {new}: state those of {old} by year"
                ),
            ),
            (None, Some((_, leaf))) if years.iter().all(|(year, _)| *year != new) => {
                self.look(leaf, say!("没有{new}年的金额", "{new} has no amount"));
            }
            _ => {}
        }
    }

    fn project_leaf(&mut self, leaf: &Leaf) {
        // What was is not moved.
        if leaf.path.contains(".before.") {
            return;
        }
        let moves = self.course != Course::GoesOn;
        let old = self.declaration.year;
        let by_year = leaf.name().parse::<Year>().ok();
        let whose = if by_year.is_some() { leaf.parent() } else { &leaf.path };
        let what = whose.rsplit('.').next().unwrap_or(whose);
        match what {
            "start" | "end" if moves => self.date(leaf),
            "date" => self.date(leaf),
            "carried_over" => self.carried_over(leaf, old),
            "kind" if leaf.path.starts_with("indicator") => self.kind(leaf),
            "amount" | "price" | "other" => {
                if let (Some(year), true) = (by_year, moves) {
                    self.put(leaf.key.clone(), self.later(year).to_string());
                }
                if self.wish.clear_amounts {
                    self.put(leaf.value.clone(), "\"0元\"".to_owned());
                }
            }
            "start" | "end" | "before" | "id" | "code" | "nature" | "category" | "unit" | "of" | "phone"
            | "leader_phone" | "contact_phone" | "subject" | "kind" | "term" => {}
            _ => self.text(leaf),
        }
    }

    fn carried_over(&mut self, leaf: &Leaf, old: Year) {
        self.put(leaf.value.clone(), "\"0元\"".to_owned());
        self.look(leaf, say!("填上{old}年结转到今年的资金", "fill in what is carried over from {old}"));
    }

    /// A date, as many years later.
    fn date(&mut self, leaf: &Leaf) {
        let raw = self.source.get(leaf.value.clone()).unwrap_or("");
        let years = i64::from(self.wish.year) - i64::from(self.declaration.year);
        let Ok(date) = raw.parse::<Date>() else { return };
        if let Ok(date) = date.checked_add(years.years()) {
            self.put(leaf.value.clone(), date.to_string());
        }
    }

    fn text(&mut self, leaf: &Leaf) {
        let Some(text) = &leaf.text else { return };
        self.amounts(leaf, text);
        for found in years(text, self.declaration.year) {
            let bytes = leaf.bytes(self.file, self.source, found.range);
            if found.moves && self.course != Course::GoesOn {
                self.put(bytes, self.later(found.year).to_string());
            } else if found.year >= self.declaration.year.saturating_sub(1) {
                let year = found.year;
                self.look_at(bytes.start, say!("{year}年没有改", "the year {year} was kept"));
            }
        }
    }

    /// Amounts typed in a text, which stay what they were.
    fn amounts(&mut self, leaf: &Leaf, text: &str) {
        for token in read(text).iter().filter(|token| token.amount().is_some()) {
            let amount = text.get(token.range.clone()).unwrap_or("").trim();
            let at = leaf.bytes(self.file, self.source, token.range.clone()).start;
            self.look_at(at, say!("金额 {amount} 没有改", "the amount {amount} was kept"));
        }
    }

    fn later(&self, year: Year) -> Year {
        year.saturating_add(self.wish.year.saturating_sub(self.declaration.year))
    }

    fn put(&mut self, range: Range<usize>, new: String) {
        self.edits.push((range, new));
    }

    fn look(&mut self, leaf: &Leaf, words: Words) {
        self.look_at(leaf.value.start, words);
    }

    fn look_at(&mut self, at: usize, words: Words) {
        let line = self.sources.position(Span::new(self.file, at..at)).line;
        self.looks.push(Look { file: self.path.to_path_buf(), line, words });
    }
}

fn is_once(nature: &Text) -> bool {
    let english = nature.str(Lang::En).to_lowercase();
    nature.str(Lang::Zh).contains("一次性")
        || ["one-off", "one-time", "non-recurring"].iter().any(|word| english.contains(word))
}

/// 一次性购置, but not what is used once: 一次性用品.
fn names_one_purchase(name: &Text) -> bool {
    let name = name.str(Lang::Zh);
    name.split("一次性")
        .skip(1)
        .any(|rest| !["用品", "耗材", "医用", "餐", "口罩", "手套"].iter().any(|used| rest.starts_with(used)))
}
