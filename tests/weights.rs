//! Weights, for forms that have them; those that come with the program have none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use common::{Checked, Files};
use shenbao::check::check;
use shenbao::diagnostic::{Severity, code};

/// What the rule on weights says when the form asks for 90, and the indicators have these.
fn told(weights: &[u32]) -> Vec<(Severity, String)> {
    let files = Files::of("tests/rules/base");
    let project = "projects/1-reading.toml";
    let mut parts = files.text(project).split("[[indicator]]\n").map(str::to_owned).collect::<Vec<_>>();
    for (part, weight) in parts.iter_mut().skip(1).zip(weights) {
        *part = format!("weight = {weight}\n{part}");
    }
    let folder = files.with(project, parts.join("[[indicator]]\n")).write();
    let checked = Checked::of(folder.path());
    let mut profile = checked.profile.clone().unwrap();
    profile.limits.weight_sum = Some(90);
    let found = check(checked.declaration(), checked.ledger(), &profile, None);
    let found = found.iter().filter(|finding| finding.code == code::WEIGHTS_DIFFER);
    found.map(|finding| (finding.severity, finding.message.en.clone())).collect()
}

#[test]
fn a_form_with_weights_wants_its_sum() {
    assert_eq!(told(&[20, 10, 10, 10, 10, 20, 10]), []);
    assert_eq!(
        told(&[20, 10, 10, 10, 10, 30, 10]),
        [(Severity::Error, "the weights add up to 100; the form asks for 90, 10 too much".to_owned())]
    );
    assert_eq!(
        told(&[20, 10, 10, 10, 10, 20]),
        [(
            Severity::Error,
            "the weights add up to 80; the form asks for 90, 10 too little; without a weight: 1".to_owned()
        )]
    );
}

#[test]
fn a_form_with_weights_wants_some() {
    let told = told(&[]);
    assert_eq!(told, [(Severity::Error, "no weights are given; the form asks for 90 in all".to_owned())]);
}
