//! Texts that take no values: names, titles, targets.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::say;
use crate::model::{Cost, Declaration, Outcome, Project, Target, Text};

/// Reports `{{…}}` in a text where it would be printed as it stands.
pub(super) fn check(declaration: &Declaration, diagnostics: &mut Diagnostics) {
    let head = [&declaration.unit.name, &declaration.department.name];
    let texts =
        head.into_iter().chain(&declaration.title).chain(declaration.projects.iter().flat_map(of_project));
    for (_, prose) in texts.flat_map(Text::proses) {
        if let Some(at) = prose.value.find("{{") {
            let end =
                prose.value.get(at..).and_then(|rest| rest.find("}}")).map_or(at + 2, |close| at + close + 2);
            diagnostics.push(
                Diagnostic::error(
                    code::BAD_PLACEHOLDER,
                    say!("此处不能使用 {{{{…}}}}", "{{{{…}}}} is not allowed here"),
                )
                .at(prose.place.at(at..end))
                .help(say!(
                    "{{{{…}}}} 只用在概述、各节说明和绩效目标里；名称和指标值照写",
                    "{{{{…}}}} is allowed in the overview, the sections and the goals; spell out names and targets"
                )),
            );
        }
    }
}

fn of_project(project: &Project) -> impl Iterator<Item = &Text> {
    let costs = project.subprojects.iter().flat_map(|subproject| &subproject.costs);
    let costs = project.costs.iter().chain(costs).flat_map(of_cost);
    // A sub-project of one sum has its name as that of its cost.
    let subprojects = project.subprojects.iter().filter(|subproject| !subproject.single);
    let indicators = project.printed_indicators().iter().flat_map(|indicator| {
        let targets = [&indicator.target].into_iter().chain(&indicator.overall).map(Target::text);
        [&indicator.name].into_iter().chain(targets).chain(indicator.remarks())
    });
    let steps = project.schedule.iter().flat_map(|step| [&step.task].into_iter().chain(&step.note));
    [&project.name]
        .into_iter()
        .chain(project.printed_kinds())
        .chain(project.form_texts())
        .chain(project.printed_heading())
        .chain(project.unit.iter().map(|unit| &unit.name))
        .chain(subprojects.map(|subproject| &subproject.name))
        .chain(costs)
        .chain(indicators)
        .chain(steps)
        .chain(project.outcome.iter().flat_map(Outcome::texts))
}

fn of_cost(cost: &Cost) -> impl Iterator<Item = &Text> {
    [&cost.name].into_iter().chain(&cost.basis)
}
