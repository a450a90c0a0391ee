//! Every rule of the checker against its fixture: `tests/rules/SBnnn.toml` changes lines of `tests/rules/base`.
//!
//! `RULE=SB312 cargo test --test rules` looks at one fixture; `INSTA_UPDATE=always` accepts what is printed now.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use common::{Checked, Files, repository};
use serde::Deserialize;
use shenbao::check::{self, Phrase, Rule, Standing};
use shenbao::diagnostic::{Code, Diagnostic, Diagnostics, Format, Severity, Target};
use shenbao::lang::Lang;

/// `tests/rules/SBnnn.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    case: Vec<Case>,
}

/// One change of the clean declaration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is wrong, or why it is near but right.
    name: String,
    /// How many findings of the fixture's code it gives.
    trips: usize,
    /// The place of the first, as `path:line:column`.
    line: Option<String>,
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    /// What the file holds once; empty for a file that is new.
    old: String,
    new: String,
}

impl Case {
    fn files(&self) -> Files {
        self.edit.iter().fold(Files::of("tests/rules/base"), |files, edit| {
            if edit.old.is_empty() {
                assert!(!files.names().contains(&edit.file), "{} is not new", edit.file);
                files.with(&edit.file, edit.new.as_str())
            } else {
                files.change(&edit.file, &edit.old, &edit.new)
            }
        })
    }
}

/// The fixtures by their codes, or the one that `RULE` names.
fn fixtures() -> BTreeMap<String, Fixture> {
    let wanted = std::env::var("RULE").ok();
    let mut fixtures = BTreeMap::new();
    for entry in fs::read_dir(repository("tests/rules")).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() || wanted.as_ref().is_some_and(|wanted| *wanted != code) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let fixture = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        fixtures.insert(code, fixture);
    }
    fixtures
}

/// Loads, computes and narrates the files, and runs the rules when that gave no error.
fn check(files: &Files) -> Checked {
    let folder = files.write();
    let mut checked = Checked::of(folder.path());
    if let (Some(declaration), Some(ledger), Some(profile), false) =
        (&checked.declaration, &checked.ledger, &checked.profile, checked.diagnostics.has_errors())
    {
        checked.diagnostics.extend(check::check(declaration, ledger, profile, checked.evaluation.as_ref()));
        if let Some(own) = &checked.department {
            let found = check::check_department(&own.declaration, &own.ledger, &own.profile);
            checked.diagnostics.extend(found);
        }
        checked.diagnostics.sort();
    }
    checked
}

/// The findings with this code.
fn with_code(checked: &Checked, code: &str) -> Vec<Diagnostic> {
    checked.diagnostics.iter().filter(|one| one.code.to_string() == code).cloned().collect()
}

/// What the user sees of some findings.
fn told(checked: &mut Checked, findings: Vec<Diagnostic>, lang: Lang) -> String {
    let mut list = Diagnostics::default();
    list.extend(findings);
    let all = std::mem::replace(&mut checked.diagnostics, list);
    let text = checked.told(Format::Human, lang);
    checked.diagnostics = all;
    text
}

#[test]
fn the_clean_declaration_has_no_finding() {
    let checked = check(&Files::of("tests/rules/base"));
    assert!(checked.diagnostics.is_empty(), "{}", checked.told(Format::Human, Lang::En));
}

#[test]
fn the_samples_have_no_error() {
    for sample in ["data/songjiang-2024", "data/linjiang-2023"] {
        let checked = check(&Files::of(sample));
        assert!(!checked.diagnostics.has_errors(), "{}", checked.told(Format::Human, Lang::En));
    }
}

#[test]
fn every_case_gives_as_many_findings_as_it_says_at_its_place() {
    let mut wrong = String::new();
    for (code, fixture) in fixtures() {
        for case in fixture.case {
            let mut checked = check(&case.files());
            let found = with_code(&checked, &code);
            if found.len() != case.trips {
                let all = checked.told(Format::Human, Lang::En);
                let (name, trips, count) = (&case.name, case.trips, found.len());
                writeln!(wrong, "{code} `{name}`: {count} findings instead of {trips}; all findings:\n{all}")
                    .unwrap();
                continue;
            }
            let Some(place) = &case.line else { continue };
            let short = {
                let mut list = Diagnostics::default();
                list.extend(found.into_iter().take(1));
                checked.diagnostics = list;
                checked.told(Format::Short, Lang::En)
            };
            if !short.starts_with(&format!("{place}: ")) {
                writeln!(wrong, "{code} `{}`: not at {place}: {short}", case.name).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_finding_reads_well_in_both_languages() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots/rules");
    for (code, fixture) in fixtures() {
        let mut text = String::new();
        for case in fixture.case.iter().filter(|case| case.trips > 0) {
            let mut checked = check(&case.files());
            let found = with_code(&checked, &code);
            writeln!(text, "## {}\n", case.name).unwrap();
            for lang in Lang::ALL {
                text.push_str(&told(&mut checked, found.clone(), lang));
            }
        }
        settings.bind(|| insta::assert_snapshot!(code.as_str(), text.trim_end()));
    }
}

#[test]
fn a_fix_leaves_a_file_that_loads_without_the_finding_and_without_a_new_one() {
    for (code, fixture) in fixtures() {
        for case in fixture.case {
            let files = case.files();
            let before = check(&files);
            for finding in with_code(&before, &code) {
                let Some(fix) = &finding.fix else { continue };
                let source = before.sources.get(fix.span.file).unwrap();
                let name = files.names().into_iter().find(|name| source.path.ends_with(name)).unwrap();
                let mut text = source.text.clone();
                text.replace_range(fix.span.range(), &fix.replacement);
                let after = check(&files.clone().with(&name, text));
                let (count_before, count_after) = (count(&before), count(&after));
                let context = format!("{code} `{}`:\n{}", case.name, after.told(Format::Human, Lang::En));
                for (other, number) in &count_after {
                    assert!(
                        number <= count_before.get(other).unwrap_or(&0),
                        "{other} is new after {context}"
                    );
                }
                let left = count_after.get(&finding.code).copied().unwrap_or(0);
                assert!(left < count_before[&finding.code], "still there after {context}");
            }
        }
    }
}

fn count(checked: &Checked) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for finding in checked.diagnostics.iter() {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}

#[test]
fn every_rule_has_a_case_that_trips_it_and_one_that_is_near_but_right() {
    let fixtures = fixtures();
    if std::env::var_os("RULE").is_none() {
        for rule in check::ALL {
            assert!(fixtures.contains_key(&rule.code.to_string()), "{} has no fixture", rule.code);
        }
    }
    for (code, fixture) in &fixtures {
        assert!(check::ALL.iter().any(|rule| rule.code.to_string() == *code), "{code} is no rule");
        assert!(fixture.case.iter().any(|case| case.trips > 0), "{code} has no case that trips it");
        assert!(fixture.case.iter().any(|case| case.trips == 0), "{code} has no near miss");
    }
}

#[test]
fn every_finding_points_to_a_place_and_every_error_says_how_to_fix_it() {
    for (code, fixture) in fixtures() {
        for case in fixture.case {
            let checked = check(&case.files());
            for finding in with_code(&checked, &code) {
                let name = &case.name;
                let first = finding.labels.first().map(|label| &label.target);
                assert!(matches!(first, Some(Target::Span(_))), "{code} `{name}` points nowhere");
                assert!(!finding.help.is_empty(), "{code} `{name}` says no way to fix it");
                assert!(!finding.message.zh.ends_with('。'), "{code} `{name}` ends in a full stop");
                assert!(!finding.message.en.ends_with('.'), "{code} `{name}` ends in a full stop");
            }
        }
    }
}

#[test]
fn every_rule_is_documented_in_both_languages() {
    assert!(check::ALL.windows(2).all(|pair| pair[0].code < pair[1].code), "the rules do not ascend");
    for rule in check::ALL {
        let Rule { code, title, what, why, source, bad, good, .. } = rule;
        for (name, Phrase { zh, en }) in [("title", title), ("what", what), ("why", why), ("source", source)]
        {
            assert!(zh.chars().any(is_han), "{code} has no Chinese {name}");
            assert!(en.chars().any(|ch| ch.is_ascii_alphabetic()), "{code} has no English {name}");
        }
        for example in [bad, good] {
            toml::from_str::<toml::Table>(example).unwrap_or_else(|error| panic!("{code}: {error}"));
        }
        assert_ne!(bad, good, "{code} fixes nothing");
        if rule.standing == Standing::General {
            assert_ne!(rule.severity, Severity::Error, "{code} rests on general knowledge");
        }
    }
}

fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}
