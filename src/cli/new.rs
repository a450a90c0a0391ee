//! `shenbao new`

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use jiff::Zoned;
use jiff::civil::Date;
use shenbao::form::{FormKind, Profile, Templates};
use shenbao::lang::{Lang, Words, say};
use shenbao::load::FileKind;
use shenbao::model::Year;
use shenbao::skeleton::{Start, StartedProject, start, start_project};
use shenbao::source::{Shown, Sources};

use super::args::New;
use super::failure::Failure;
use super::start::{is_credible, schemas, written, wrong_clock};
use super::ui::Ui;
use super::{Outcome, folder, folders};

/// The forms that a declaration may be begun for.
fn available() -> Words {
    let forms = Templates::default().forms().join("  ");
    say!("可用的表样：{forms}", "available forms: {forms}")
}

pub fn run(args: &New, ui: &Ui) -> Outcome {
    let mut sources = Sources::default();
    let profile = match Profile::read(&args.form, &Templates::default(), &mut sources) {
        Ok(profile) if profile.kind != FormKind::Declaration => {
            let id = &profile.id;
            let hint = match profile.kind {
                FormKind::Department => say!(
                    "先新建申报，再在其中运行 shenbao add department --form {id}",
                    "begin the declaration first, then run shenbao add department --form {id} in it"
                ),
                _ => available(),
            };
            return Failure::usage(say!("{id} 不是申报用的表样", "{id} is no form of declarations"))
                .hint(hint)
                .told(ui);
        }
        Ok(profile) => profile,
        Err(finding) => {
            return Failure::usage(finding.message).hint(available()).told(ui);
        }
    };
    let today = Zoned::now().date();
    let (year, source) = budget_year(args, today);
    if (args.date.is_none() || matches!(source, YearSource::Next)) && !is_credible(today) {
        return wrong_clock(today)
            .hint(say!("请调整，或用 --year 和 --date 写明", "set it, or give --year and --date"))
            .told(ui);
    }
    let asker = Asker { ui, asks: io::stdin().is_terminal() && io::stderr().is_terminal() };
    let Some((declaration, project)) = asker.ask(args, year, today) else {
        return Failure::usage(say!(
            "还缺单位名称、主管部门或项目名称，请用 --unit、--department、--project 给出",
            "a name is missing: give --unit, --department and --project"
        ))
        .told(ui);
    };
    let head = PathBuf::from("declaration.toml");
    let text = written(&head, start(&declaration, &profile), FileKind::Declaration, true);
    let (path, project) = start_project(&project, &profile);
    let project = written(&path, project, FileKind::Project, true);
    let files: Vec<(PathBuf, String)> =
        [(head, text), (path, project)].into_iter().chain(schemas(&Templates::default())).collect();
    let target = &args.folder;
    if let Err(refusal) = folder::create(target, None, &files) {
        return refusal.failure(target).told(ui);
    }
    ui.say(&created(target, declaration.year, source));
    Outcome::Done
}

/// Where the budget year comes from.
#[derive(Clone, Copy)]
enum YearSource {
    Given,
    Folder,
    Next,
}

/// The budget year, and where it comes from: the command line, the folder's name, or the calendar.
fn budget_year(args: &New, today: Date) -> (Year, YearSource) {
    let named = year_in(&folders::name(&args.folder)).map(|year| (year, YearSource::Folder));
    let given = args.year.map(|year| (year, YearSource::Given));
    given.or(named).unwrap_or((today.year().saturating_add(1), YearSource::Next))
}

/// The one year that a name holds.
fn year_in(name: &str) -> Option<Year> {
    let mut years = name.split(|ch: char| !ch.is_ascii_digit()).filter(|run| run.len() == 4);
    let mut years = years.by_ref().filter_map(|run| year(run).ok());
    let first = years.next()?;
    years.all(|other| other == first).then_some(first)
}

fn created(target: &Path, year: Year, source: YearSource) -> Words {
    let folder = target.shown();
    let (zh, en) = match source {
        YearSource::Given => ("", ""),
        YearSource::Folder => ("（取自文件夹名称）", " (from the folder's name)"),
        YearSource::Next => ("（下一年，可用 --year 指定）", " (the next; --year sets another)"),
    };
    say!(
        "{folder} 已生成，预算年度 {year} 年{zh}；其中的费用、文字和指标是示例，运行 shenbao check {folder} 逐条查看，改成实际内容；改好以前可用 shenbao build --no-check {folder} 生成草稿",
        "created {folder} for the budget year {year}{en}; its costs, texts and indicators are examples: shenbao check {folder} lists what to replace, and until then shenbao build --no-check {folder} makes a draft"
    )
}

/// Asks for what the command line does not say, in a terminal.
struct Asker<'u> {
    ui: &'u Ui,
    asks: bool,
}

impl Asker<'_> {
    fn ask(&self, args: &New, year: Year, today: Date) -> Option<(Start, StartedProject)> {
        let comments = self.ui.lang();
        let languages: Vec<Lang> = args.languages.iter().map(|lang| Lang::from(*lang)).collect();
        let unit = self.name(args.unit.as_deref(), &say!("申报单位名称", "Name of the unit (申报单位)"))?;
        let department = self
            .name(args.department.as_deref(), &say!("主管部门名称", "Name of its department (主管部门)"))?;
        let project = self.name(
            args.project.as_deref(),
            &say!("第一个项目的名称", "Name of the first project (项目名称)"),
        )?;
        let start = Start {
            year,
            date: args.date.unwrap_or(today),
            unit: (unit, args.unit_en.clone()),
            department: (department, args.department_en.clone()),
            languages: languages.clone(),
            comments,
        };
        let name = (project, args.project_en.clone());
        Some((
            start,
            StartedProject { number: 1, id: args.id.clone(), name, amount: None, year, languages, comments },
        ))
    }

    fn name(&self, given: Option<&str>, question: &Words) -> Option<String> {
        if let Some(given) = given {
            return Some(given.trim().to_owned()).filter(|name| !name.is_empty());
        }
        if !self.asks {
            return None;
        }
        loop {
            // A closed stderr leaves nobody to ask; the line may be typed all the same.
            let _ = write!(io::stderr().lock(), "{}: ", question.get(self.ui.lang()));
            let mut line = String::new();
            match io::stdin().lock().read_line(&mut line) {
                Ok(1..) if !line.trim().is_empty() => return Some(line.trim().to_owned()),
                Ok(1..) => {}
                Ok(0) | Err(_) => return None,
            }
        }
    }
}

/// A year that a declaration may have.
pub fn year(text: &str) -> Result<Year, String> {
    let year = text.parse().ok().filter(|year| (2000..=2099).contains(year));
    year.ok_or_else(|| "2000 … 2099".to_owned())
}

/// A date as TOML has it.
pub fn date(text: &str) -> Result<Date, String> {
    let date: Option<Date> = text.parse().ok().filter(|date: &Date| (2000..=2099).contains(&date.year()));
    date.ok_or_else(|| "2024-11-20".to_owned())
}
