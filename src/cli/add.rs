//! `shenbao add`

use std::path::Path;

use shenbao::diagnostic::nearest;
use shenbao::edit::{Addition, Sum, add, with_line_ends_of};
use shenbao::fix::{self, FixedFile};
use shenbao::form::{FormKind, Profile};
use shenbao::lang::{Words, say};
use shenbao::load::{FileKind, Loaded, Texts, load};
use shenbao::model::{Declaration, Project};
use shenbao::pipeline::prepare_with;
use shenbao::skeleton::start_department;
use shenbao::source::{Shown, Sources, create};

use super::args::{Add, AddedCost, AddedDepartment, AddedIndicator, AddedProject, AddedSubproject, Adding};
use super::failure::Failure;
use super::fixes::unwritten;
use super::hold::hold;
use super::start::{Wish, further_project, has_schemas, written};
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Add, ui: &Ui) -> Outcome {
    let folder = &match folders::one(&args.folder) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let _held = match hold(folder, ui) {
        Ok(held) => held,
        Err(failure) => return failure.told(ui),
    };
    let loaded = load(folder);
    let Some(declaration) = &loaded.declaration else {
        return ui.tell(loaded.diagnostics, &loaded.sources);
    };
    if loaded.diagnostics.has_errors() {
        return ui.tell(loaded.diagnostics, &loaded.sources);
    }
    let (target, addition) = match &args.what {
        Adding::Project(wish) => return project(folder, wish, &loaded, ui),
        Adding::Subproject(wish) => (&wish.project, subproject(wish)),
        Adding::Cost(wish) => (&wish.to, cost(wish)),
        Adding::Indicator(wish) => (&wish.project, indicator(wish)),
        Adding::Department(wish) => return department(folder, wish, &loaded, declaration, ui),
    };
    let id = target.split('/').next().unwrap_or(target);
    let found = declaration.projects.iter().find(|project| project.id.as_str() == id);
    match found {
        Some(project) => put(project, &addition, &loaded, folder, ui),
        None => {
            let ids: Vec<&str> = declaration.projects.iter().map(|project| project.id.as_str()).collect();
            Failure::usage(unknown(id, &ids)).told(ui)
        }
    }
}

fn unknown(id: &str, ids: &[&str]) -> Words {
    match nearest(id, ids.iter().copied()) {
        Some(meant) => say!("未知的编号 {id}，是否应为 {meant}？", "unknown id {id}; did you mean {meant}?"),
        None => {
            let all = ids.join("  ");
            say!("未知的编号 {id}，可写：{all}", "unknown id {id}; available: {all}")
        }
    }
}

/// Writes the file when the declaration loads and adds up with it.
fn put(project: &Project, addition: &Addition, loaded: &Loaded, folder: &Path, ui: &Ui) -> Outcome {
    if let Addition::Cost { of: Some(of), .. } = addition {
        let ids: Vec<&str> = project.subprojects.iter().map(|own| own.id.value.as_str()).collect();
        if !ids.contains(&of.as_str()) {
            return Failure::usage(unknown(of, &ids)).told(ui);
        }
    }
    let Some(source) = loaded.sources.get(project.span.file) else { return Outcome::Failed };
    let after = add(project, &loaded.sources, addition);
    let texts = Texts::from([(source.path.clone(), Some(after.clone()))]);
    let trial = prepare_with(folder, &texts, &mut |_| {});
    let total = trial.whole.as_ref().map(|whole| whole.ledger.stated_total());
    if trial.findings.has_errors() {
        ui.say(&say!(
            "没有改动文件：加上以后会有下列错误",
            "nothing was written: with the addition there would be errors"
        ));
        return ui.tell(trial.findings, &trial.sources);
    }
    let path = source.path.shown();
    let file = FixedFile { path: source.path.clone(), before: source.text.clone(), after, fixes: 1 };
    if let Err(error) = fix::write(&file) {
        return unwritten(&file.path, &error).told(ui);
    }
    let (zh, en) = total.map_or_else(Default::default, |total| (total.in_wan(Some(2)), total.english()));
    ui.say(&say!("{path} 已加上；合计 {zh}", "{path}: added; the total is {en}"));
    Outcome::Done
}

fn subproject(wish: &AddedSubproject) -> Addition {
    Addition::Subproject {
        id: wish.id.clone(),
        name: (wish.name.clone(), wish.name_en.clone()),
        amount: wish.amount.clone(),
    }
}

fn cost(wish: &AddedCost) -> Addition {
    let sum = match (&wish.amount, &wish.price, &wish.of) {
        (Some(amount), ..) => Sum::Amount(amount.clone()),
        (_, Some(price), _) => {
            Sum::Product(wish.quantity.clone().unwrap_or_default(), wish.unit.clone(), price.clone())
        }
        _ => Sum::Share(wish.percent.clone().unwrap_or_default(), wish.of.clone().unwrap_or_default()),
    };
    let of = wish.to.split_once('/').map(|(_, subproject)| subproject.to_owned());
    Addition::Cost { of, id: wish.id.clone(), name: (wish.name.clone(), wish.name_en.clone()), sum }
}

fn indicator(wish: &AddedIndicator) -> Addition {
    Addition::Indicator {
        kind: wish.kind.clone(),
        name: (wish.name.clone(), wish.name_en.clone()),
        target: wish.target.clone(),
    }
}

/// A new file, behind those that are there.
fn project(folder: &Path, wish: &AddedProject, loaded: &Loaded, ui: &Ui) -> Outcome {
    let name = (wish.name.clone(), wish.name_en.clone());
    let wish = Wish { id: wish.id.clone(), name, amount: wish.amount, comments: ui.lang() };
    let (path, text) = match further_project(folder, loaded, wish) {
        Ok(file) => file,
        Err(words) => return Failure::usage(words).told(ui),
    };
    put_new(
        &folder.join(path),
        &text,
        |shown| {
            say!(
                "{shown} 已生成；其中的费用、文字和指标是示例，改成实际内容以前，check 会逐条指出",
                "created {shown}; its costs, texts and indicators are examples, which check reports until they are replaced"
            )
        },
        ui,
    )
}

/// `department.toml`, where there is none yet.
fn department(
    folder: &Path,
    wish: &AddedDepartment,
    loaded: &Loaded,
    declaration: &Declaration,
    ui: &Ui,
) -> Outcome {
    let known = loaded.templates.of_kind(FormKind::Department);
    let form = &wish.form;
    if !known.contains(form) {
        let list = known.join("  ");
        return Failure::usage(match nearest(form, known.iter().map(String::as_str)) {
            Some(meant) => say!(
                "未知的部门整体表样 {form}，是否应为 {meant}？",
                "unknown form of departments {form}; did you mean {meant}?"
            ),
            None => say!(
                "未知的部门整体表样 {form}，可写：{list}",
                "unknown form of departments {form}; available: {list}"
            ),
        })
        .told(ui);
    }
    let profile = match Profile::read(form, &loaded.templates, &mut Sources::default()) {
        Ok(profile) => profile,
        Err(finding) => return Failure::usage(finding.message).told(ui),
    };
    let path = folder.join("department.toml");
    let text = start_department(declaration, &profile, ui.lang());
    let text = written(&path, text, FileKind::Department, has_schemas(folder));
    let head = loaded.sources.get(declaration.year_place.file).map_or("", |file| file.text.as_str());
    put_new(
        &path,
        &with_line_ends_of(head, &text),
        |shown| {
            say!(
                "{shown} 已生成；其中的文字和指标是示例，填好后运行 shenbao build --department",
                "created {shown}; its texts and indicators are examples: replace them, then run shenbao build --department"
            )
        },
        ui,
    )
}

/// Writes a file that was not there.
fn put_new(path: &Path, text: &str, done: impl Fn(String) -> Words, ui: &Ui) -> Outcome {
    match create(path, &[text.as_bytes()]) {
        Ok(()) => {
            ui.say(&done(path.shown()));
            Outcome::Done
        }
        Err(error) => Failure::unwritten(path, &error).told(ui),
    }
}
