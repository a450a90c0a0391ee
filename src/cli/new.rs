//! `shenbao new`

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use jiff::Zoned;
use jiff::civil::Date;
use shenbao::edit::{Start, StartedProject, start, start_project};
use shenbao::form::{Profile, Templates};
use shenbao::lang::{Lang, Words, say};
use shenbao::load::FileKind;
use shenbao::model::Year;
use shenbao::source::Sources;

use super::args::New;
use super::start::{schemas, written};
use super::ui::Ui;
use super::{Outcome, folder};

pub fn run(args: &New, ui: &Ui) -> Outcome {
    let mut sources = Sources::default();
    let profile = match Profile::read(&args.form, &Templates::default(), &mut sources) {
        Ok(profile) => profile,
        Err(finding) => {
            let forms = Templates::default().forms().join("  ");
            ui.say(&finding.message);
            ui.say(&say!("可用的表样：{forms}", "the forms there are: {forms}"));
            return Outcome::Failed;
        }
    };
    let asker = Asker { ui, asks: io::stdin().is_terminal() && io::stderr().is_terminal() };
    let Some((declaration, project)) = asker.ask(args) else {
        ui.say(&say!(
            "还缺单位名称、主管部门或项目名称，请用 --unit、--department、--project 给出",
            "a name is missing: give --unit, --department and --project"
        ));
        return Outcome::Failed;
    };
    let head = PathBuf::from("declaration.toml");
    let text = written(&head, start(&declaration, &profile), FileKind::Declaration, true);
    let (path, project) = start_project(&project, &profile);
    let project = written(&path, project, FileKind::Project, true);
    let files: Vec<(PathBuf, String)> =
        [(head, text), (path, project)].into_iter().chain(schemas()).collect();
    let target = &args.folder;
    if let Err(refusal) = folder::create(target, None, &files) {
        ui.say(&refusal.words(target));
        return Outcome::Failed;
    }
    let folder = target.display();
    ui.say(&say!(
        "{folder} 已生成，可以马上运行 shenbao build {folder}；按文件里的说明改成自己的内容",
        "{folder} is there, and shenbao build {folder} builds it at once; its comments say what to write where"
    ));
    Outcome::Done
}

/// Asks for what the command line does not say, in a terminal.
struct Asker<'u> {
    ui: &'u Ui,
    asks: bool,
}

impl Asker<'_> {
    fn ask(&self, args: &New) -> Option<(Start, StartedProject)> {
        let today = Zoned::now().date();
        let comments = self.ui.lang();
        let languages: Vec<Lang> = args.languages.iter().map(|lang| Lang::from(*lang)).collect();
        let unit = self.name(args.unit.as_deref(), &say!("申报单位名称", "Name of the unit (申报单位)"))?;
        let department = self
            .name(args.department.as_deref(), &say!("主管部门名称", "Name of its department (主管部门)"))?;
        let project = self.name(
            args.project.as_deref(),
            &say!("第一个项目的名称", "Name of the first project (项目名称)"),
        )?;
        let year = args.year.unwrap_or_else(|| today.year().saturating_add(1));
        let start = Start {
            year,
            date: args.date.unwrap_or(today),
            unit: (unit, args.unit_en.clone()),
            department: (department, args.department_en.clone()),
            languages: languages.clone(),
            comments,
        };
        let name = (project, args.project_en.clone());
        Some((start, StartedProject { number: 1, id: args.id.clone(), name, year, languages, comments }))
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
