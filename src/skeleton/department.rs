//! `department.toml` to begin with: what the declaration tells is filled in, and comments say what to write.

use std::fmt::Write;

use super::words::GOAL;
use super::{example_name, indicators, quoted, sections, text};
use crate::form::{LineKind, Profile};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Year};
use crate::paths::List;

/// The text of `department.toml`, by its form.
pub fn start_department(declaration: &Declaration, profile: &Profile, comments: Lang) -> String {
    let languages = &declaration.languages;
    let mut out = String::new();
    let said = |words: Words| words.get(comments).to_owned();
    let _ = writeln!(
        out,
        "# {}\n\nform = \"{}\"\n",
        said(say!(
            "部门整体绩效目标：各项目的金额取自 projects，合计、占比由程序计算",
            "Targets of the department as a whole: amounts of projects come from projects/, sums and shares are computed"
        )),
        profile.id
    );
    if profile.grid.label_takes("until") {
        let (end, words) = (
            declaration.year.saturating_add(2),
            said(say!("长期目标的截止日期", "when the long-term goals are to be met")),
        );
        let _ = writeln!(out, "# until = {end}-12-31   # {words}\n");
    }
    if profile.grid.repeats(List::Task) {
        let _ = writeln!(
            out,
            "# ── {} ──\n# {}\n",
            said(say!("年度主要任务", "Main tasks of the year")),
            said(say!(
                "一项任务一段：projects 写列入的项目的编号；项目以外另需的金额写 amount，其中的其他资金写 other",
                "one block a task: `projects` has the ids of its projects; `amount` is what it takes besides, and `other` what other funds are of that"
            ))
        );
        for project in &declaration.projects {
            let name = |lang| project.name.str(lang).trim();
            let name = example_name(name(Lang::Zh), name(Lang::En), languages);
            let _ = writeln!(out, "[[task]]\nname     = {name}");
            let _ = writeln!(out, "# content = \"\"   # {}", said(say!("主要内容", "what it consists of")));
            let _ = writeln!(out, "projects = [{}]\n", quoted(project.id.as_str()));
        }
    }
    for (key, kinds) in [("income", &profile.income), ("outlay", &profile.outlay)] {
        budget(&mut out, key, kinds, declaration.year, comments);
    }
    let texts = sections(profile, comments, languages);
    if !texts.is_empty() {
        let _ = writeln!(out, "{texts}");
    }
    if profile.grid.shows("sign_off") {
        let _ = writeln!(
            out,
            "# [sign_off]\n# preparer = \"\"   # {}\n",
            said(say!("填报人，另可写 phone、date", "who prepared it; besides: phone, date"))
        );
    }
    let goal = text("overall", (GOAL.zh, GOAL.en), languages);
    let _ = writeln!(out, "[goal]\n{goal}");
    let kinds = profile.kind_names().collect::<Vec<_>>().join("、");
    let lead = said(say!("可选的类别：", "kinds of indicator: "));
    let _ = writeln!(out, "# {lead}{kinds}\n\n{}", indicators(profile, languages));
    out
}

/// The lines that a form lists, as comments to fill in; those that the projects give need none.
fn budget(out: &mut String, key: &str, kinds: &[LineKind], year: Year, comments: Lang) {
    let last = year.saturating_sub(1);
    for kind in kinds.iter().filter(|kind| !kind.of_projects) {
        let words = say!(
            "当年金额，另可写 before = {{ {last} = \"…万元\" }}",
            "of the year; besides: before = {{ {last} = \"…万元\" }}"
        );
        let _ = writeln!(
            out,
            "# [[{key}]]\n# kind   = \"{}\"\n# amount = \"…万元\"   # {}\n",
            kind.name.zh,
            words.get(comments)
        );
    }
}
