//! The document that a template gets: computed, formatted, ready to print.

mod parts;

use super::{Fonts, Input};
use crate::compute::ProjectLedger;
use crate::form::Level1;
use crate::lang::{Lang, Words, say};
use crate::model::{Indicator, Project, Target, Text};
use crate::narrative::{Block, Expanded, ProjectNarrative};

pub use parts::Document;
use parts::{
    AmountPart, BlockPart, Blocks, Columns, DatePart, Field, Fields, FormPart, FundingPart, GoalPart,
    GoalsPart, HeadingPart, IndicatorsPart, ItemPart, Level1Part, Level2Part, Metadata, OverviewPart, Pair,
    ProjectPart, RowPart, SectionPart, Settings,
};

/// Builds the document of a declaration in the languages of `input`.
pub fn document(input: Input<'_>, fonts: &Fonts) -> Document {
    let builder = Builder { input };
    let Input { declaration, profile, narrative, .. } = input;
    let main = input.languages.first().copied().unwrap_or(Lang::Zh);
    let title = |lang| builder.title(lang);
    let projects = declaration.projects.iter().zip(&input.ledger.projects).zip(&narrative.projects);
    let titles = titles(&declaration.projects);
    Document {
        settings: Settings {
            form: profile.id.clone(),
            languages: input.languages.iter().map(|lang| lang.tag()).collect(),
            draft: mark(input).map(|words| builder.words(&words)),
            marks: input.against.map(|_| "changes"),
            fonts: fonts.roles().clone(),
        },
        title: builder.pair(title),
        pdf: Metadata {
            title: title(main),
            author: declaration.unit.name.str(main).trim().to_owned(),
            description: format!(
                "{}{}",
                profile.title.get(main),
                profile.year.fill(main, &[("year", &declaration.year.to_string())])
            ),
            keywords: keywords(declaration.projects.iter().map(|project| trimmed(&project.name, main))),
            date: DatePart {
                year: declaration.date.year(),
                month: declaration.date.month(),
                day: declaration.date.day(),
            },
        },
        overview: OverviewPart {
            heading: builder.words(&profile.document.overview),
            body: builder.blocks(&narrative.overview),
        },
        projects: projects
            .zip(titles)
            .zip(1..)
            .map(|((((project, ledger), narrative), titles), number)| {
                builder.project(project, ledger, narrative, number, titles)
            })
            .collect(),
    }
}

/// How a project is headed.
#[derive(Debug, Clone, Copy)]
struct Titles {
    /// Its number among those with a statement; `None` for the only one.
    number: Option<usize>,
    /// Whether a statement, its own or one before, is above its form.
    below: bool,
}

fn titles(projects: &[Project]) -> Vec<Titles> {
    let all = projects.iter().filter(|project| project.print.narrative).count();
    let mut before = 0;
    let of_project = |project: &Project| {
        before += usize::from(project.print.narrative);
        Titles { number: (all > 1).then_some(before), below: before > 0 }
    };
    projects.iter().map(of_project).collect()
}

/// What each page is marked with.
fn mark(input: Input<'_>) -> Option<Words> {
    match (input.against, input.draft) {
        (Some(_), _) => Some(say!("修订对照", "REDLINE")),
        (None, true) => Some(say!("草稿", "DRAFT")),
        (None, false) => None,
    }
}

/// The first names, as many as a PDF can hold in one string: PDF/A allows 32,767 bytes, and a character takes up to
/// four.
fn keywords(names: impl Iterator<Item = String>) -> Vec<String> {
    const MOST: usize = 8000;
    let mut length = 0;
    names
        .take_while(|name| {
            length += name.chars().count() + ", ".len();
            length <= MOST
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Builder<'b> {
    input: Input<'b>,
}

fn trimmed(text: &Text, lang: Lang) -> String {
    text.str(lang).trim().to_owned()
}

impl Builder<'_> {
    fn pair(self, mut text: impl FnMut(Lang) -> String) -> Pair {
        let mut printed = |lang| self.input.languages.contains(&lang).then(|| text(lang));
        Pair { zh: printed(Lang::Zh), en: printed(Lang::En) }
    }

    fn words(self, words: &Words) -> Pair {
        self.pair(|lang| words.get(lang).to_owned())
    }

    fn text(self, text: &Text) -> Pair {
        self.pair(|lang| trimmed(text, lang))
    }

    /// A text that the profile may translate.
    fn word(self, text: Option<&Text>) -> Pair {
        let word = |lang| text.map_or("", |text| text.str(lang).trim());
        self.pair(|lang| self.input.profile.translate(word(lang), lang).to_owned())
    }

    fn blocks(self, expanded: &Expanded) -> Blocks {
        let printed = |lang| {
            let blocks = || expanded.get(lang).iter().map(block).collect();
            self.input.languages.contains(&lang).then(blocks)
        };
        Blocks { zh: printed(Lang::Zh), en: printed(Lang::En) }
    }

    fn title(self, lang: Lang) -> String {
        let declaration = self.input.declaration;
        match &declaration.title {
            Some(title) => trimmed(title, lang),
            None => self.input.profile.document.title.fill(
                lang,
                &[
                    ("unit.name", declaration.unit.name.str(lang).trim()),
                    ("year", &declaration.year.to_string()),
                ],
            ),
        }
    }

    fn project(
        self,
        project: &Project,
        ledger: &ProjectLedger,
        narrative: &ProjectNarrative,
        number: usize,
        titles: Titles,
    ) -> ProjectPart {
        ProjectPart {
            number,
            id: project.id.to_string(),
            name: self.text(&project.name),
            heading: project.print.narrative.then(|| self.heading(project, titles.number)),
            sections: self.sections(narrative),
            form: project.print.form.then(|| self.form(project, ledger, narrative, titles)),
        }
    }

    /// `项目经费情况说明 2——` and the project's name, or the project's own heading alone.
    fn heading(self, project: &Project, number: Option<usize>) -> HeadingPart {
        if let Some(heading) = &project.heading {
            return HeadingPart { lead: self.text(heading), name: None };
        }
        let words = &self.input.profile.document.project;
        let number = number.map(|number| format!(" {number}")).unwrap_or_default();
        let lead = self.pair(|lang| match lang {
            Lang::Zh => format!("{}{number}——", words.zh),
            Lang::En => format!("{}{number} —", words.en),
        });
        HeadingPart { lead, name: Some(self.text(&project.name)) }
    }

    fn sections(self, narrative: &ProjectNarrative) -> Vec<SectionPart> {
        let sections = narrative.sections.iter().zip(1_usize..);
        sections
            .filter_map(|((id, body), number)| {
                let (_, section) = self.input.profile.section(id)?;
                let heading = self.pair(|lang| match lang {
                    Lang::Zh => format!("{}、{}", chinese_number(number), section.heading.zh),
                    Lang::En => format!("{number}. {}", section.heading.en),
                });
                Some(SectionPart { id: id.clone(), heading, body: self.blocks(body) })
            })
            .collect()
    }

    fn form(
        self,
        project: &Project,
        ledger: &ProjectLedger,
        narrative: &ProjectNarrative,
        titles: Titles,
    ) -> FormPart {
        let Input { declaration, profile, .. } = self.input;
        let year = declaration.year.to_string();
        FormPart {
            level: if titles.below { 2 } else { 1 },
            title: self.words(&profile.title),
            year: self.pair(|lang| profile.year.fill(lang, &[("year", &year)])),
            fields: self.fields(project),
            funding: self.funding(ledger),
            goals: self.goals(project, narrative),
            indicators: self.indicators(project),
            continued: self.words(&profile.continued),
        }
    }

    fn fields(self, project: &Project) -> Fields {
        let Input { declaration, profile, .. } = self.input;
        let labels = &profile.labels;
        let field = |label: &Words, value: Pair| Field { label: self.words(label), value };
        let date = |date: jiff::civil::Date| self.pair(|_| date.to_string());
        Fields {
            name: field(&labels.name, self.text(&project.name)),
            nature: field(&labels.nature, self.word(project.nature.as_ref())),
            category: field(&labels.category, self.word(project.category.as_ref())),
            department: field(&labels.department, self.text(&declaration.department.name)),
            unit: field(&labels.unit, self.text(&project.unit(declaration).name)),
            start: field(&labels.start, date(project.period.start)),
            end: field(&labels.end, date(project.period.end)),
        }
    }

    fn funding(self, ledger: &ProjectLedger) -> FundingPart {
        let labels = &self.input.profile.labels;
        let part = |label: &Words, entry: &crate::compute::Entry| AmountPart {
            label: self.words(label),
            amount: entry.amount.form(),
        };
        FundingPart {
            label: self.words(&labels.funding),
            total: part(&labels.total, &ledger.total.rounded),
            fiscal: part(&labels.fiscal, &ledger.fiscal),
            other: part(&labels.other, &ledger.other),
            annual: part(&labels.annual, &ledger.annual),
            appropriation: part(&labels.appropriation, &ledger.appropriation),
            carried_over: part(&labels.carried_over, &ledger.carried_over),
            other_annual: part(&labels.other_annual, &ledger.other_annual),
        }
    }

    fn goals(self, project: &Project, narrative: &ProjectNarrative) -> GoalsPart {
        let labels = &self.input.profile.labels;
        let overall = if project.period.is_multi_year() {
            let (start, end) =
                (project.period.start.year().to_string(), project.period.end.year().to_string());
            self.pair(|lang| labels.overall_years.fill(lang, &[("start", &start), ("end", &end)]))
        } else {
            self.words(&labels.overall)
        };
        GoalsPart {
            label: self.words(&labels.goals),
            overall: GoalPart { label: overall, body: self.blocks(&narrative.overall) },
            annual: GoalPart { label: self.words(&labels.annual_goal), body: self.blocks(&narrative.annual) },
        }
    }

    fn indicators(self, project: &Project) -> IndicatorsPart {
        let labels = &self.input.profile.labels;
        let groups = self.input.profile.level1.iter().enumerate().filter_map(|(first, level)| {
            let groups = self.level2(project, first, level);
            let rows = groups.iter().map(|group| group.rows.len()).sum();
            let name = self.pair(|lang| match lang {
                Lang::Zh => level.zh.clone(),
                Lang::En => level.en.clone(),
            });
            (rows > 0).then_some(Level1Part { name, rows, groups })
        });
        IndicatorsPart {
            label: self.words(&labels.indicators),
            columns: Columns {
                level1: self.words(&labels.level1),
                level2: self.words(&labels.level2),
                level3: self.words(&labels.level3),
                target: self.words(&labels.target),
            },
            groups: groups.collect(),
        }
    }

    fn level2(self, project: &Project, first: usize, level: &Level1) -> Vec<Level2Part> {
        let profile = self.input.profile;
        let groups = level.kinds.iter().enumerate().map(|(second, kind)| {
            let here = |indicator: &&Indicator| profile.kind(&indicator.kind.value) == Some((first, second));
            let rows = project.indicators.iter().filter(here).map(|indicator| RowPart {
                name: self.text(&indicator.name),
                target: self.pair(|lang| self.target(&indicator.target, lang)),
            });
            Level2Part { name: self.pair(|lang| kind.get(lang).to_owned()), rows: rows.collect() }
        });
        groups.filter(|group| !group.rows.is_empty()).collect()
    }

    /// `≥90.00(%)`, `4.00～6.00(次)`, or the words.
    fn target(self, target: &Target, lang: Lang) -> String {
        let profile = self.input.profile;
        match target {
            Target::Stated(text) => profile.translate(text.str(lang).trim(), lang).to_owned(),
            Target::Measured(measured) => {
                let unit = profile.translate(measured.unit_in(lang), lang);
                let figure = measured.figure.printed(lang);
                if unit.is_empty() { figure } else { format!("{figure}({unit})") }
            }
        }
    }
}

fn block(block: &Block) -> BlockPart {
    match block {
        Block::Paragraph(text) => BlockPart::Paragraph { text: text.clone() },
        Block::Subheading(text) => BlockPart::Subheading { text: text.clone() },
        Block::List(items) => BlockPart::List {
            items: items
                .iter()
                .map(|item| ItemPart { marker: item.marker.clone(), text: item.text.clone() })
                .collect(),
        },
    }
}

/// 一 to 九十九; forms have seven sections, a user's own may have more.
fn chinese_number(number: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| digits.get(at).copied().unwrap_or("");
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) if tens < 10 => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_count_in_chinese() {
        let numbers = [1, 7, 10, 11, 20, 35, 100].map(chinese_number);
        assert_eq!(numbers, ["一", "七", "十", "十一", "二十", "三十五", "100"]);
    }
}
