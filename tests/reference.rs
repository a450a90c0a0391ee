//! The mistakes of the published reference document, as one declaration: each is found once, at its line, and nothing
//! that is not there.
//!
//! `tests/reference/songjiang-published` has the document's facts and wrong figures in words of our own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use std::fmt::Write;

use common::{Checked, repository};
use shenbao::diagnostic::{Severity, Target};

const HEAD: &str = "declaration.toml";
const NETWORK: &str = "projects/1-big-data-network.toml";
const PORTAL: &str = "projects/2-portal.toml";
const OPERATIONS: &str = "projects/3-operations.toml";
const STAFF: &str = "projects/4-contract-staff.toml";

/// Code, file, line, and what is the matter there.
type Known = (u16, &'static str, usize, &'static str);

/// What is known to be wrong with the document.
const MISTAKES: &[Known] = &[
    (310, OPERATIONS, 116, "835.74 for 704.42"),
    (312, NETWORK, 72, "20 × 24 stated as 800"),
    (318, STAFF, 36, "330,769 beside 330,800"),
    (212, NETWORK, 11, "a sub-project ends in July 2025"),
    (336, NETWORK, 82, "the annual goal is copied"),
    (336, PORTAL, 58, "the annual goal is copied"),
    (336, OPERATIONS, 140, "the annual goal is copied"),
    (336, STAFF, 41, "the annual goal is copied"),
    (420, NETWORK, 103, "48小时内"),
    (423, STAFF, 51, "at most two persons"),
    (322, OPERATIONS, 105, "电子光纤租费, here and in line 126, for 电子政务光纤租费"),
    (322, OPERATIONS, 107, "电子政务光纤租用费, the third name"),
    (322, OPERATIONS, 106, "the same in 电子光纤租费其他费用"),
    (315, NETWORK, 46, "约 before the exact total"),
    (315, PORTAL, 30, "约 before the exact total"),
    (315, OPERATIONS, 85, "约 before the exact total"),
    (315, STAFF, 21, "约 before the exact total"),
    (316, NETWORK, 46, "1018万 without 元"),
    (316, NETWORK, 70, "6万 without 元"),
    (316, NETWORK, 70, "4万 without 元"),
    (316, NETWORK, 70, "58万 without 元"),
    (413, NETWORK, 88, "20万 without 元 in a target"),
    (341, NETWORK, 47, "管理辦法"),
    (341, NETWORK, 79, "管理辦法"),
    (341, NETWORK, 79, "行政部門"),
    (341, NETWORK, 79, "政務云"),
    (341, NETWORK, 79, "各部門"),
    (341, NETWORK, 82, "管理辦法, copied"),
    (341, NETWORK, 82, "行政部門, copied"),
    (341, NETWORK, 82, "政務云, copied"),
    (341, NETWORK, 82, "各部門, copied"),
    (322, HEAD, 7, "the document's title is 财政支出项目…, the form's 财政项目支出…"),
    (334, STAFF, 24, "a basis that cites nothing"),
    (335, OPERATIONS, 89, "[2007] 43号"),
];

/// What else a reviewer would agree with.
const BESIDES: &[Known] = &[
    // The document's first project cites nothing either.
    (334, NETWORK, 50, "a basis that tells the need, but no document"),
    // Its cost lines are exact, too: 115 + 45 = 160, and 97.
    (315, OPERATIONS, 105, "约 before 115万元"),
    (315, OPERATIONS, 105, "约 before 45万元"),
    (315, OPERATIONS, 106, "约 before 97万元"),
    (315, OPERATIONS, 126, "约 before 160万元"),
    // It has half-width commas in two goals and an overview.
    (339, OPERATIONS, 137, "a half-width comma"),
    (339, OPERATIONS, 141, "a half-width comma, copied"),
    (339, STAFF, 21, "a half-width comma"),
    (339, STAFF, 21, "a half-width comma"),
    (339, STAFF, 21, "a half-width comma"),
    // A change without a figure, and costs without one.
    (421, OPERATIONS, 167, "减少"),
    (421, STAFF, 66, "节省"),
    (429, PORTAL, 64, "成本合理性: 合理"),
    (429, OPERATIONS, 147, "成本合理性: 合理"),
    // Its indicators are of lines and faults, while most of the money goes elsewhere.
    (427, NETWORK, 20, "data security, data operations and their supervision have no indicator"),
    (427, OPERATIONS, 19, "ten of fourteen sub-projects, 光纤租费 among them, have no indicator"),
];

/// The findings as code, file and line.
fn found() -> Vec<(u16, String, usize, String)> {
    let folder = repository("tests/reference/songjiang-published");
    let checked = Checked::of(&folder);
    let examined = checked.examined();
    assert!(!examined.held_back, "an error keeps rules from looking");
    let place = |target: &Target| match target {
        Target::Span(span) => {
            let path = &checked.sources.get(span.file).unwrap().path;
            let path = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            (path, checked.sources.position(*span).line)
        }
        Target::Path(path) => panic!("a finding points to {} as a whole", path.display()),
    };
    let findings = examined.findings.iter().map(|finding| {
        let (path, line) = place(&finding.labels[0].target);
        (finding.code.0, path, line, finding.message.en.clone())
    });
    findings.collect()
}

#[test]
fn each_mistake_is_found_once_at_its_line_and_nothing_besides_what_a_reviewer_would_agree_with() {
    let mut left = found();
    let mut wrong = String::new();
    for (code, file, line, what) in MISTAKES.iter().chain(BESIDES) {
        let here =
            |one: &(u16, String, usize, String)| (one.0, one.1.as_str(), one.2) == (*code, *file, *line);
        match left.iter().position(here) {
            Some(index) => drop(left.remove(index)),
            None => writeln!(wrong, "not found: SB{code} {file}:{line} {what}").unwrap(),
        }
    }
    for (code, file, line, message) in left {
        writeln!(wrong, "not expected: SB{code} {file}:{line} {message}").unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_document_would_be_sent_back() {
    let folder = repository("tests/reference/songjiang-published");
    let checked = Checked::of(&folder);
    assert_eq!(checked.diagnostics.count(Severity::Error), 0, "it loads and adds up");
    assert!(found().iter().any(|(code, ..)| *code == 310), "and states a total that is not its own");
}
