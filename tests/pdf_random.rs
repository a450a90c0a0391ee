//! Declarations that nobody wrote: whatever the texts, amounts and counts, they lay out and nothing is lost.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::writer::{Both, Project, both, declaration};
use support::{PRINTS, Print, body, lay_out, squeezed};

const KINDS: [&str; 5] = ["经济成本指标", "数量指标", "质量指标", "可持续影响指标", "服务对象满意度指标"];

/// Words of either script, some with marks that layout treats in a special way.
fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = Both> {
    let chinese = "[一-龥]{1,6}[，；：、“”（）《》—…·～0-9A-Za-z]{0,2}";
    let english = "[A-Za-z]{1,12}[0-9,;:'\"()%/&#*$@<>-]{0,2}";
    (prop::collection::vec(chinese, words.clone()), prop::collection::vec(english, words))
        .prop_map(|(zh, en)| both(format!("文{}", zh.concat()), format!("Text {}", en.join(" "))))
}

fn project() -> impl Strategy<Value = Project> {
    let cost = (1_u64..400_000_000_000, 0_u64..100);
    let indicator = (0..KINDS.len(), text(1..5), 0_u64..2_000_000);
    let texts = (text(1..8), text(1..120), text(1..60), text(1..60));
    (texts, prop::collection::vec(cost, 1..9), prop::collection::vec(indicator, 1..30)).prop_map(
        |((name, overview, overall, annual), costs, indicators)| Project {
            name,
            narrative: vec![("overview", overview)],
            overall,
            annual,
            money: costs.iter().map(|(yuan, fen)| cost_toml(*yuan, *fen)).collect(),
            indicators: indicators
                .into_iter()
                .map(|(kind, name, target)| indicator_of(kind, name, target))
                .collect(),
            ..Project::least()
        },
    )
}

fn cost_toml(yuan: u64, fen: u64) -> String {
    format!("[[cost]]\nname = \"费\"\namount = \"{yuan}.{fen:02}元\"\n")
}

fn indicator_of(kind: usize, name: Both, target: u64) -> (&'static str, Both, Both) {
    let target = format!("≥ {target} 次");
    (KINDS[kind], name, both(target.clone(), target))
}

fn texts(projects: &[Project], print: Print) -> Vec<String> {
    let mut texts = Vec::new();
    for project in projects {
        let names = project.indicators.iter().map(|(_, name, _)| name);
        for text in [&project.name].into_iter().chain(names) {
            texts.extend(print.chinese().then(|| text.zh.clone()));
            texts.extend(print.english().then(|| text.en.clone()));
        }
    }
    texts
}

#[test]
fn random_declarations_lay_out_without_a_finding_and_lose_no_name() {
    let config = Config { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    // The same cases on each run: a failure is there for everyone.
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let cases = (text(1..6), text(1..6), prop::collection::vec(project(), 1..4), 0..PRINTS.len());
    let result = runner.run(&cases, |(unit, department, projects, print)| {
        let print = PRINTS[print];
        let folder = declaration(&unit, &department, &projects).write();
        let text = body(&lay_out(folder.path(), print));
        for one in texts(&projects, print) {
            prop_assert!(text.contains(&squeezed(&one)), "{one} is not in {text}");
        }
        Ok(())
    });
    result.unwrap();
}
