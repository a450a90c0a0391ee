//! `shenbao rollover`

use std::path::{Path, PathBuf};

use shenbao::edit::{Wish, rollover};
use shenbao::lang::Words;
use shenbao::model::{Money, Year};
use shenbao::pipeline::prepare;
use shenbao::source::Shown;

use super::args::Rollover;
use super::failure::Failure;
use super::hold::hold;
use super::ui::Ui;
use super::{Outcome, folder, folders};

pub fn run(args: &Rollover, ui: &Ui) -> Outcome {
    let from = match folders::one(&args.folder) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let _held = match hold(&from, ui) {
        Ok(held) => held,
        Err(failure) => return failure.told(ui),
    };
    let prepared = prepare(&from);
    let Some(whole) = prepared.whole.as_ref().filter(|_| !prepared.findings.has_errors()) else {
        return ui.tell(prepared.findings, &prepared.sources);
    };
    let (declaration, total) = (&whole.declaration, whole.ledger.stated_total());
    let year = args.year.unwrap_or(declaration.year.saturating_add(1));
    if year <= declaration.year || year > 2099 {
        return Failure::usage(wrong_year(declaration.year)).told(ui);
    }
    let wish = Wish { year, clear_amounts: args.clear_amounts };
    let rolled = rollover(declaration, &prepared.sources, &prepared.templates, wish);
    let target = args.out.clone().unwrap_or_else(|| renamed(&from, declaration.year, year));
    if let Err(refusal) = folder::create(&target, Some(&from), &rolled.files) {
        return refusal.failure(&target).told(ui);
    }
    let mut looks = String::new();
    for look in &rolled.looks {
        let path = target.join(&look.file);
        looks.push_str(&format!("{}:{}: {}\n", path.shown(), look.line, look.words.get(ui.lang())));
    }
    let given = ui.give(&looks);
    ui.report(&summary(&target, total, rolled.looks.len()));
    given.max(told(&target, ui))
}

/// What is wrong with the new declaration's files, if anything.
fn told(target: &Path, ui: &Ui) -> Outcome {
    let prepared = prepare(target);
    ui.tell(prepared.findings, &prepared.sources)
}

/// The folder's name with the new year in the place of the old one, or behind it.
fn renamed(folder: &Path, old: Year, new: Year) -> PathBuf {
    let name = folders::name(folder);
    let (old, new) = (old.to_string(), new.to_string());
    let name = if name.contains(&old) { name.replacen(&old, &new, 1) } else { format!("{name}-{new}") };
    let absolute = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    match folder.parent() {
        // The name of `.` or `..` is not in the path.
        Some(parent) if folder.file_name().is_some() => parent.join(name),
        _ => absolute.with_file_name(name),
    }
}

fn wrong_year(old: Year) -> Words {
    Words {
        zh: format!("新的年度应在 {old} 年之后、2100 年之前"),
        en: format!("the new year has to be after {old} and before 2100"),
    }
}

fn summary(target: &Path, total: Money, looks: usize) -> Words {
    let (folder, zh, en) = (target.shown(), total.in_wan(Some(2)), total.english());
    let places = if looks == 1 { "place" } else { "places" };
    Words {
        zh: format!(
            "{folder} 已生成；上年合计 {zh}；有 {looks} 处要人看一看，改好后运行 shenbao check {folder}"
        ),
        en: format!(
            "{folder} is there; last year's total was {en}; look at {looks} {places}, then run shenbao check {folder}"
        ),
    }
}
