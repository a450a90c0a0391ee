//! The scores of a self-evaluation, line by line with how each came about.

use rust_decimal::{Decimal, RoundingStrategy};

use super::wrap::wrap;
use crate::compute::{Evaluation, Scored, Scoring};
use crate::lang::{Lang, Words, say};
use crate::model::{Declaration, Outcome, Project};
use crate::narrative::Evaluated;

/// The scores of every project that has results; with `explain`, how each came about.
pub fn scores_text(declaration: &Declaration, evaluated: &Evaluated, lang: Lang, explain: bool) -> String {
    let mut writer = Writer { evaluated, lang, explain, out: String::new() };
    let projects = declaration.projects.iter().zip(&evaluated.projects).zip(1_usize..);
    for ((project, evaluation), number) in projects {
        if let (Some(outcome), Some(evaluation)) = (&project.outcome, evaluation) {
            writer.project(number, project, outcome, evaluation);
        }
    }
    writer.out
}

struct Writer<'w> {
    evaluated: &'w Evaluated,
    lang: Lang,
    explain: bool,
    out: String,
}

impl Writer<'_> {
    fn project(&mut self, number: usize, project: &Project, outcome: &Outcome, evaluation: &Evaluation) {
        let name = project.name.str(self.lang).trim();
        let title = say!("{number} {name}：自评", "{number} {name}: self-evaluation");
        self.out.push_str(&format!("\n{}", wrap(title.get(self.lang))));
        if let Some(execution) = &evaluation.execution {
            self.line(1, &say!("预算执行", "Execution of the budget"), execution);
        }
        for (result, scored) in outcome.indicators.iter().zip(&evaluation.indicators) {
            let name = result.name.str(self.lang).trim();
            self.line(1, &say!("{name}", "{name}"), scored);
        }
        let (total, lang) = (evaluation.total, self.lang);
        let grades = self.evaluated.profile.evaluation.as_ref().map(|scheme| scheme.grades.as_slice());
        let grade = evaluation.grade.and_then(|place| grades?.get(place)).map(|grade| grade.name.get(lang));
        let words = match total {
            Some(total) => {
                let total = total.normalize();
                let grade = grade.map(|grade| format!(" {grade}")).unwrap_or_default();
                say!("总分 {total}{grade}", "Total {total}{grade}")
            }
            None => say!("总分 —（尚缺得分）", "Total — (scores are missing)"),
        };
        if evaluation.execution.is_some() {
            self.out.push_str(&wrap(&format!("  {}", words.get(lang))));
        }
    }

    fn line(&mut self, depth: usize, name: &Words, scored: &Scored) {
        let score = scored.score.map_or_else(|| "—".to_owned(), |score| score.normalize().to_string());
        let how = if self.explain { how(scored, self.lang) } else { String::new() };
        let indent = "  ".repeat(depth);
        self.out.push_str(&wrap(&format!("{indent}{} {score}{how}", name.get(self.lang))));
    }
}

/// How a score came about: ` = 10 × 215457.6 ÷ 250000`.
fn how(scored: &Scored, lang: Lang) -> String {
    let weight = scored.weight.map_or_else(|| "—".to_owned(), |weight| weight.normalize().to_string());
    let short = |number: Decimal| {
        number.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
    };
    match scored.from {
        Scoring::Stated => say!("（文件所列）", " (as written)").get(lang).to_owned(),
        Scoring::Met => {
            say!("（达到指标值，分值 {weight}）", " (target met, weight {weight})").get(lang).to_owned()
        }
        Scoring::Ratio(part, base) => {
            let capped =
                if part > base { say!("，不超过分值", ", at most the weight") } else { say!("", "") };
            format!(" = {weight} × {} ÷ {}{}", short(part), short(base), capped.get(lang))
        }
        Scoring::Share(share) => format!(" = {weight} × {}%", short(share)),
        Scoring::Missing => say!("（缺少数据）", " (data are missing)").get(lang).to_owned(),
    }
}
