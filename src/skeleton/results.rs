//! The results of a project to begin with: what is known of it is filled in, and comments say what to write.

use std::fmt::Write;

use crate::compute::{ProjectLedger, declared};
use crate::form::{Evaluation, Profile};
use crate::lang::{Lang, Words, say};
use crate::model::{Indicator, Project, Target, Text};

/// The text of `results/N-id.toml`, by the form of the evaluation.
pub fn start_results(project: &Project, ledger: &ProjectLedger, profile: &Profile, comments: Lang) -> String {
    let mut out = String::new();
    let mut note = |words: Words| {
        let _ = writeln!(out, "# {}", words.get(comments));
    };
    note(say!(
        "绩效自评：把 # 开头的各行填好，删去 #；得分、执行率和总分由程序计算",
        "Self-evaluation: fill in the lines that begin with #, and delete the #; scores, rates and the total are computed"
    ));
    out.push('\n');
    for (key, words) in [
        ("achieved", say!("年度目标实际完成情况", "what became of the goal of the year")),
        ("process", say!("实施内容及过程概述", "what was done, and how")),
        ("conclusion", say!("评价结论", "conclusion")),
        ("problems", say!("存在问题", "problems")),
        ("measures", say!("改进措施", "measures")),
    ] {
        if profile.grid.shows(key) {
            let _ = writeln!(out, "# {key} = \"\"   # {}", words.get(comments));
        }
    }
    for source in &profile.sources {
        let start = declared(project, ledger, &source.id);
        if start.is_some_and(|start| start.is_zero()) && source.id != "appropriation" {
            continue;
        }
        let _ =
            writeln!(out, "\n[[spending]]\nsource   = \"{}\"   # {}", source.id, source.name.get(comments));
        let written = start.map_or_else(|| "…".to_owned(), |start| start.in_wan(None));
        match start {
            None => {
                let _ = writeln!(
                    out,
                    "# start  = \"…万元\"   # {}",
                    say!("年初预算数", "budget at the start").get(comments)
                );
            }
            Some(_) => {
                let words = say!(
                    "年初预算数 {written}，全年有调整的填写",
                    "{written} at the start; write it if it was adjusted"
                );
                let _ = writeln!(out, "# adjusted = \"{written}\"   # {}", words.get(comments));
            }
        }
        let _ = writeln!(
            out,
            "# spent  = \"…万元\"   # {}",
            say!("全年执行数", "spent in the year").get(comments)
        );
    }
    let scheme = profile.evaluation.clone().unwrap_or_default();
    for indicator in project.indicators.iter().filter(|own| own.is_annual()) {
        of_indicator(&mut out, indicator, &scheme, comments);
    }
    out
}

fn of_indicator(out: &mut String, indicator: &Indicator, scheme: &Evaluation, comments: Lang) {
    let _ = writeln!(out, "\n[[indicator]]\nname   = {}", written(&indicator.name));
    let _ = writeln!(out, "target = {}", written(indicator.target.text()));
    if scheme.execution.is_some() && indicator.weight.is_none() {
        let _ = writeln!(out, "# weight = …   # {}", say!("分值", "weight").get(comments));
    }
    match &indicator.target {
        Target::Measured(measured) => {
            let unit = &measured.unit;
            let words = say!("实际完成值，带单位", "what was reached, with its unit");
            let _ = writeln!(out, "# actual = \"… {unit}\"   # {}", words.get(comments));
        }
        Target::Stated(_) => {
            let words = say!(
                "met 达成、partly 部分达成、not 未达成；后两种写 share，按分值的百分之几计分",
                "met, partly or not; with the latter two give `share`, in a hundred of the weight"
            );
            let _ = writeln!(out, "# grade  = \"met\"   # {}", words.get(comments));
        }
    }
    let words = say!("未达到指标值的原因和改进措施", "why the target was missed, and what is done about it");
    let _ = writeln!(out, "# reason = \"\"   # {}", words.get(comments));
}

/// A text as TOML writes it.
fn written(text: &Text) -> String {
    let quoted = |value: &str| toml::Value::String(value.trim().to_owned()).to_string();
    match (text.exactly(Lang::Zh), text.exactly(Lang::En)) {
        (Some(zh), Some(en)) => format!("{{ zh = {}, en = {} }}", quoted(&zh.value), quoted(&en.value)),
        (Some(one), None) => quoted(&one.value),
        (None, Some(one)) => format!("{{ en = {} }}", quoted(&one.value)),
        (None, None) => "\"\"".to_owned(),
    }
}
