//! Random damage to good declarations: whatever a file holds, it ends in findings or in success.

use proptest::prelude::*;
use proptest::sample::Index;
use shenbao::diagnostic::{Format, Target};
use shenbao::lang::Lang;

use crate::common::{Checked, Files};

/// What may happen to a file in an editor, in a mail or on a disk.
#[derive(Debug, Clone)]
enum Damage {
    DeleteBytes(Index, usize),
    InsertBytes(Index, Vec<u8>),
    InsertMark(Index, &'static str),
    SwapBytes(Index, Index),
    DeleteLine(Index),
    DuplicateLine(Index),
    SwapLines(Index, Index),
    CutOff(Index),
}

const MARKS: [&str; 24] = [
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "[",
    "]]",
    "{",
    "}",
    "{{",
    "}}",
    "=",
    "#",
    "\\",
    "\\u12",
    "。",
    "＝",
    "“",
    "，",
    "元",
    "-1",
    "9999999999999999999999",
    "\r",
    "\u{0}",
    "\u{feff}",
];

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1..40_usize).prop_map(|(at, count)| Damage::DeleteBytes(at, count)),
        (at(), prop::collection::vec(any::<u8>(), 1..4))
            .prop_map(|(at, bytes)| Damage::InsertBytes(at, bytes)),
        (at(), prop::sample::select(&MARKS[..])).prop_map(|(at, mark)| Damage::InsertMark(at, mark)),
        (at(), at()).prop_map(|(one, other)| Damage::SwapBytes(one, other)),
        at().prop_map(Damage::DeleteLine),
        at().prop_map(Damage::DuplicateLine),
        (at(), at()).prop_map(|(one, other)| Damage::SwapLines(one, other)),
        at().prop_map(Damage::CutOff),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    let insert = |bytes: &mut Vec<u8>, at: &Index, new: &[u8]| {
        let at = at.index(length);
        bytes.splice(at..at, new.iter().copied());
    };
    match damage {
        Damage::DeleteBytes(at, count) => {
            let at = at.index(length);
            bytes.drain(at..(at + count).min(length));
        }
        Damage::InsertBytes(at, new) => insert(bytes, at, new),
        Damage::InsertMark(at, mark) => insert(bytes, at, mark.as_bytes()),
        Damage::SwapBytes(one, other) => bytes.swap(one.index(length), other.index(length)),
        Damage::CutOff(at) => bytes.truncate(at.index(length)),
        Damage::DeleteLine(_) | Damage::DuplicateLine(_) | Damage::SwapLines(..) => {
            let mut lines: Vec<Vec<u8>> =
                bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let count = lines.len();
            match damage {
                Damage::DeleteLine(at) => drop(lines.remove(at.index(count))),
                Damage::DuplicateLine(at) => lines.insert(at.index(count), lines[at.index(count)].clone()),
                Damage::SwapLines(one, other) => lines.swap(one.index(count), other.index(count)),
                _ => {}
            }
            *bytes = lines.concat();
        }
    }
}

/// A text for a declaration's file that is no more than letters and marks.
fn noise() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(&MARKS[..]);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_declaration_ends_in_findings_or_success(
        sample in prop::sample::select(&["tests/input/good", "data/songjiang-2024", "data/linjiang-2023"][..]),
        file in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let files = Files::of(sample);
        let names = files.names();
        let name = &names[file.index(names.len())];
        let mut bytes = files.bytes(name).to_vec();
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        assert_sound(&files.with(name, bytes).check());
    }

    #[test]
    fn noise_in_place_of_a_file_ends_in_findings(file in any::<Index>(), text in noise()) {
        let files = Files::good();
        let names = files.names();
        let checked = files.with(&names[file.index(names.len())], text).check();
        assert_sound(&checked);
        prop_assert!(checked.diagnostics.has_errors());
    }
}
