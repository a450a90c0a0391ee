//! Findings that a unit has looked at and keeps: `[[accept]]` in `declaration.toml`.
//!
//! `where` names a file and, where it needs to, a line in it: a project's id (or `declaration`), then an excerpt of the
//! line that the finding points to. Line numbers would shift with every edit above; the words of the line stay.

use std::collections::BTreeSet;

use super::rule;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Target, code, nearest};
use crate::lang::say;
use crate::model::{Acceptance, Declaration};
use crate::source::{FileId, Sources};

/// What the acceptances of a declaration make of its findings.
pub(super) struct Judged {
    /// The findings that are left, and what is wrong with the acceptances.
    pub left: Diagnostics,
    /// How many findings were accepted.
    pub accepted: usize,
}

/// Takes out the one finding that each acceptance names. An acceptance that names none is reported, unless its file is
/// among `unsure`, whose findings are not all known.
pub(super) fn accept(
    declaration: &Declaration,
    sources: &Sources,
    found: Diagnostics,
    unsure: &BTreeSet<FileId>,
) -> Judged {
    let found: Vec<Diagnostic> = found.into_iter().collect();
    let mut taken = BTreeSet::new();
    let mut left = Diagnostics::default();
    for acceptance in &declaration.accept {
        let search = Search { declaration, sources, found: &found, taken: &taken };
        match search.find(acceptance) {
            Ok(Found::One(index)) => {
                taken.insert(index);
            }
            Ok(Found::None(file)) if unsure.contains(&file) => {}
            Ok(Found::None(_)) => left.push(stale(acceptance)),
            Err(finding) => left.push(*finding),
        }
    }
    let accepted = taken.len();
    left.extend(
        found.into_iter().enumerate().filter(|(index, _)| !taken.contains(index)).map(|(_, one)| one),
    );
    Judged { left, accepted }
}

enum Found {
    One(usize),
    /// None in this file.
    None(FileId),
}

struct Search<'s> {
    declaration: &'s Declaration,
    sources: &'s Sources,
    found: &'s [Diagnostic],
    taken: &'s BTreeSet<usize>,
}

impl Search<'_> {
    fn find(&self, acceptance: &Acceptance) -> Result<Found, Box<Diagnostic>> {
        let code = acceptable(acceptance)?;
        let (name, excerpt) = split(&acceptance.place.value);
        let file = self.file(name, acceptance)?;
        let here = |finding: &Diagnostic| {
            finding.code == code && finding.span().is_some_and(|span| span.file == file)
        };
        let all = self.found.iter().enumerate();
        let mut candidates: Vec<(usize, &Diagnostic)> = all
            .filter(|(index, one)| {
                !self.taken.contains(index) && here(one) && self.stands(one, excerpt) != Stands::Elsewhere
            })
            .collect();
        let pointed: Vec<_> = candidates
            .iter()
            .filter(|(_, one)| self.stands(one, excerpt) == Stands::Within)
            .copied()
            .collect();
        if candidates.len() > 1 && !pointed.is_empty() {
            candidates = pointed;
        }
        match candidates.as_slice() {
            [] => Ok(Found::None(file)),
            [(index, _)] => Ok(Found::One(*index)),
            several => Err(Box::new(self.ambiguous(acceptance, name, several))),
        }
    }

    /// The file that the first word of `where` names.
    fn file(&self, name: &str, acceptance: &Acceptance) -> Result<FileId, Box<Diagnostic>> {
        let project = self.declaration.projects.iter().find(|project| project.id.to_string() == name);
        match project {
            Some(project) => return Ok(project.span.file),
            None if name == "declaration" => return Ok(acceptance.place.span.file),
            None => {}
        }
        let department = self.declaration.of_department.as_ref().map(|own| &own.own);
        if let Some(own) = department.filter(|own| own.id.as_str() == name) {
            return Ok(own.span.file);
        }
        let mut names: Vec<String> = self.declaration.projects.iter().map(|one| one.id.to_string()).collect();
        names.push("declaration".to_owned());
        names.extend(department.map(|own| own.id.to_string()));
        let list = names.join("  ");
        let finding =
            Diagnostic::error(code::BAD_ACCEPTANCE, say!("未知的项目“{name}”", "unknown project `{name}`"))
                .at(acceptance.place.span);
        Err(Box::new(finding.help(match nearest(name, names.iter().map(String::as_str)) {
            Some(meant) => say!("是不是 {meant}？", "did you mean {meant}?"),
            None => say!("可写：{list}", "there are: {list}"),
        })))
    }

    /// Where the excerpt stands, seen from the place of a finding.
    fn stands(&self, finding: &Diagnostic, excerpt: &str) -> Stands {
        let Some(span) = finding.span() else { return Stands::Elsewhere };
        let text = self.sources.get(span.file).map_or("", |file| file.text.as_str());
        let (start, end) = (span.range().start, span.range().end.max(span.range().start + 1));
        let begin = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
        let line = text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or("");
        if excerpt.is_empty() {
            return Stands::OnLine;
        }
        let mut stands = Stands::Elsewhere;
        for (at, _) in line.match_indices(excerpt) {
            let (from, to) = (begin + at, begin + at + excerpt.len());
            stands = stands.max(if from < end && start < to { Stands::Within } else { Stands::OnLine });
        }
        stands
    }

    fn ambiguous(&self, acceptance: &Acceptance, name: &str, several: &[(usize, &Diagnostic)]) -> Diagnostic {
        let count = several.len();
        let mut finding = Diagnostic::error(
            code::BAD_ACCEPTANCE,
            say!(
                "这条说明对得上 {count} 个问题，一条只能接受一个",
                "this fits {count} findings, and accepts only one"
            ),
        )
        .at(acceptance.place.span);
        for (_, one) in several.iter().take(3) {
            if let Some(Target::Span(span)) = one.labels.first().map(|label| label.target.clone()) {
                finding = finding.label(span, say!("其中之一", "one of them"));
            }
        }
        finding.help(say!(
            "在编号后面写上那一行里的几个字，如 where = \"{name}: …\"",
            "add a few words of the line, as in where = \"{name}: …\""
        ))
    }
}

/// Whether an excerpt is on a finding's line, and whether it has any of what the finding points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Elsewhere,
    OnLine,
    Within,
}

/// `portal: 约80万元` and `portal 约80万元` into the name and the excerpt, which may be empty.
fn split(place: &str) -> (&str, &str) {
    let end = place.find([' ', ':', '：']).unwrap_or(place.len());
    let (name, rest) = place.split_at_checked(end).unwrap_or((place, ""));
    (name, rest.trim_start_matches([' ', ':', '：']).trim_end())
}

/// The code, when it is that of a rule; a file that cannot be read cannot be accepted.
fn acceptable(acceptance: &Acceptance) -> Result<Code, Box<Diagnostic>> {
    let written = &acceptance.code.value;
    let finding = |words| Diagnostic::error(code::BAD_ACCEPTANCE, words).at(acceptance.code.span);
    let Some(code) = Code::parse(written) else {
        let codes: Vec<String> = super::ALL.iter().map(|rule| rule.code.to_string()).collect();
        let finding = finding(say!("未知的问题编号“{written}”", "unknown code `{written}`"));
        return Err(Box::new(finding.help(match nearest(written, codes.iter().map(String::as_str)) {
            Some(meant) => say!("是不是 {meant}？", "did you mean {meant}?"),
            None => say!("用 shenbao explain 查看全部编号", "`shenbao explain` lists all codes"),
        })));
    };
    // The one finding of reading a file that only warns.
    if rule(code).is_some() || code == code::UNLISTED_VALUE {
        return Ok(code);
    }
    let finding = finding(say!("{code} 不能接受，只能改正", "{code} cannot be accepted"));
    Err(Box::new(
        finding
            .help(say!("删去这条说明，改正 {code} 指出的问题", "delete this, and fix what {code} reports")),
    ))
}

fn stale(acceptance: &Acceptance) -> Diagnostic {
    let code = &acceptance.code.value;
    Diagnostic::warning(
        code::STALE_ACCEPTANCE,
        say!("这里接受的 {code} 已经没有了", "no {code} is left here to accept"),
    )
    .at(acceptance.place.span)
    .help(say!(
        "问题已改正的，删去这条说明；那一行改过文字的，照现在的文字写",
        "delete this if the finding was fixed; if the line has changed, quote it as it is now"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_name_and_an_excerpt() {
        assert_eq!(split("portal"), ("portal", ""));
        assert_eq!(split("portal: 约80万元"), ("portal", "约80万元"));
        assert_eq!(split("portal 约 80 万元"), ("portal", "约 80 万元"));
        assert_eq!(split("portal：约80万元"), ("portal", "约80万元"));
    }
}
