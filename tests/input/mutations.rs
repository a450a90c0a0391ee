//! Changes to good declarations, and noise: whatever a file holds, it ends in findings or in success.

use fastrand::Rng;
use proptest::prelude::*;
use proptest::sample::Index;
use shenbao::diagnostic::{Format, Target};
use shenbao::lang::Lang;

use crate::common::{Checked, Files};

#[allow(dead_code)]
#[path = "../../fuzz/src/mutate/mod.rs"]
mod mutate;

/// How many declarations are changed here; `make mutate` runs the whole program on thousands.
const COUNT: u64 = 400;

/// A text for a declaration's file that is no more than letters and marks.
fn noise() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(&mutate::MARKS[..]);
    prop::collection::vec(prop_oneof![mark.prop_map(str::to_owned), "[a-z =\n\\[\\]{}\"']{1,12}"], 0..60)
        .prop_map(|parts| parts.concat())
}

/// Findings point into their files, can be told in every way, and are there when nothing was made of the folder.
fn assert_sound(checked: &Checked) {
    for finding in checked.diagnostics.iter() {
        for label in &finding.labels {
            if let Target::Span(span) = label.target {
                let file = checked.sources.get(span.file).expect("a finding about a file that was not read");
                let length = file.text.len();
                assert!(
                    span.range().end <= length,
                    "{span:?} is outside a file of {length} bytes: {finding:?}"
                );
                assert!(span.range().start <= span.range().end, "{finding:?}");
            }
        }
        assert!(!finding.labels.is_empty(), "a finding without a place: {finding:?}");
        assert!(!finding.help.is_empty(), "a finding without help: {finding:?}");
    }
    for lang in Lang::ALL {
        for format in [Format::Human, Format::Short, Format::Json] {
            checked.told(format, lang);
        }
    }
    assert!(checked.diagnostics.has_errors() || checked.narrative.is_some(), "neither findings nor success");
}

#[test]
fn a_changed_declaration_ends_in_findings_or_success() {
    const SAMPLES: [&str; 4] =
        ["tests/input/good", "tests/rules/base", "data/linjiang-2023", "data/qingxi-2026"];
    for number in 0..COUNT {
        let mut rng = Rng::with_seed(number);
        let sample = Files::of(SAMPLES[rng.usize(..SAMPLES.len())]);
        let mut files: mutate::Files =
            sample.names().into_iter().map(|name| (name.clone(), sample.bytes(&name).to_vec())).collect();
        let said = mutate::mutate(&mut files, &mut rng);
        let files = files.into_iter().fold(Files::default(), |all, (name, bytes)| all.with(&name, bytes));
        let found = std::panic::catch_unwind(|| assert_sound(&files.check()));
        assert!(found.is_ok(), "number {number}: {said}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_in_place_of_a_file_ends_in_findings(file in any::<Index>(), text in noise()) {
        let files = Files::good();
        let names = files.names();
        let checked = files.with(&names[file.index(names.len())], text).check();
        assert_sound(&checked);
        prop_assert!(checked.diagnostics.has_errors());
    }
}
