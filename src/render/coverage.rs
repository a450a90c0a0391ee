//! Finds characters that no font has: before layout by the texts, after it by the glyphs.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::Fonts;
use super::fonts::Role;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Input, texts_of_form};
use crate::lang::{Lang, Words, say};
use crate::model::{CostBasis, Prose, Text};
use crate::reading::invisible::{Invisible, invisible};

/// Checks every text that will be printed against the fonts of the roles that print it.
pub(super) fn check(input: Input<'_>, fonts: &Fonts) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    // A text may stand in several places, as the name of a project.
    let mut places = BTreeSet::new();
    for (text, roles) in texts(input) {
        for lang in printed(text, input.languages) {
            let prose = text.get(lang);
            let mut told = BTreeSet::new();
            for (at, ch) in prose.value.char_indices() {
                let forbidden = invisible(ch).filter(Invisible::is_forbidden);
                let missing = roles.iter().find(|role| !fonts.has(**role, ch));
                let finding = match (forbidden, missing) {
                    (Some(found), _) => forbidden_character(prose, at, found),
                    (None, Some(role)) => missing_character(prose, at, ch, role.name()),
                    (None, None) => continue,
                };
                let place = finding.span().map(|span| (span.file, span.start));
                if told.insert(ch) && places.insert(place) {
                    findings.push(finding);
                }
            }
        }
    }
    findings
}

/// The languages in which a text is really printed: one stands in for the other.
fn printed(text: &Text, languages: &[Lang]) -> Vec<Lang> {
    let mut printed = Vec::new();
    for lang in languages {
        let lang = if text.exactly(*lang).is_some() {
            *lang
        } else {
            Lang::ALL.into_iter().find(|other| other != lang).unwrap_or(*lang)
        };
        if !printed.contains(&lang) {
            printed.push(lang);
        }
    }
    printed
}

/// Every text of the declaration with the roles that print it.
fn texts(input: Input<'_>) -> Vec<(&Text, &'static [Role])> {
    const NAME: &[Role] = &[Role::Title, Role::Table, Role::Body];
    const TABLE: &[Role] = &[Role::Table];
    const BODY: &[Role] = &[Role::Body];
    let declaration = input.declaration;
    let mut texts = vec![(&declaration.unit.name, NAME), (&declaration.department.name, TABLE)];
    texts.extend(declaration.title.as_ref().map(|title| (title, NAME)));
    texts.extend(declaration.overview.text.as_ref().map(|text| (text, BODY)));
    for (index, project) in declaration.projects.iter().enumerate() {
        texts.push((&project.name, NAME));
        texts.extend(texts_of_form(input, index).into_iter().map(|text| (text, TABLE)));
        texts.extend(project.unit.iter().map(|unit| (&unit.name, NAME)));
        texts.extend(project.printed_heading().map(|heading| (heading, BODY)));
        texts.extend(project.subprojects.iter().map(|subproject| (&subproject.name, BODY)));
        let costs = project.subprojects.iter().flat_map(|subproject| &subproject.costs);
        for cost in project.costs.iter().chain(costs) {
            texts.push((&cost.name, BODY));
            if let CostBasis::Product { unit: Some(unit), .. } = &cost.amount {
                texts.push((unit, BODY));
            }
        }
        texts.extend(project.printed_sections().iter().map(|section| (&section.text, BODY)));
    }
    texts
}

/// What the layout engine would refuse without a place. A draft gets here without the rules, which find it too.
fn forbidden_character(prose: &Prose, at: usize, found: Invisible) -> Diagnostic {
    let Words { zh, en } = found.name();
    Diagnostic::error(
        code::INVISIBLE_CHARACTER,
        say!("PDF/A 不允许的字符：{zh}", "PDF/A does not allow this character: {en}"),
    )
    .at(prose.place.at(at..at + found.ch.len_utf8()))
    .help(say!("删去它", "delete it"))
}

fn missing_character(prose: &Prose, at: usize, ch: char, role: Words) -> Diagnostic {
    let point = format!("U+{:04X}", u32::from(ch));
    let span = prose.place.at(at..at + ch.len_utf8());
    let (zh, en) = (role.zh, role.en);
    if is_private(ch) {
        return Diagnostic::error(
            code::MISSING_GLYPH,
            say!(
                "{point} 是自造字，别的机器上显示不出来",
                "{point} is a private character that shows on no other machine"
            ),
        )
        .at(span)
        .help(say!("换成标准汉字", "use the standard character"));
    }
    if ch.is_control() {
        return Diagnostic::error(
            code::MISSING_GLYPH,
            say!("{point} 是控制字符，印不出来", "{point} is a control character and cannot be printed"),
        )
        .at(span)
        .help(say!("删去它", "delete it"));
    }
    Diagnostic::error(
        code::MISSING_GLYPH,
        say!("{zh}的字体里没有“{ch}”（{point}）", "no font for {en} has {ch} ({point})"),
    )
    .at(span)
    .help(say!(
        "换一个字，或用 --font-path 指定含有这个字的字体；shenbao fonts 列出现用的字体",
        "use another character, or name a font that has it with --font-path; `shenbao fonts` lists those in use"
    ))
}

fn is_private(ch: char) -> bool {
    matches!(ch, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Characters that were laid out as missing glyphs after all, each at a text that holds it.
pub(super) fn missing_in(document: &PagedDocument, input: Input<'_>) -> Vec<Diagnostic> {
    let mut missing = BTreeSet::new();
    for page in document.pages() {
        walk(&page.frame, &mut missing);
    }
    let texts = texts(input);
    missing
        .into_iter()
        .map(|ch| {
            let holder = texts
                .iter()
                .flat_map(|(text, _)| text.proses())
                .find_map(|(_, prose)| prose.value.find(ch).map(|at| (prose, at)));
            match holder {
                Some((prose, at)) => missing_character(prose, at, ch, say!("这里", "this text")),
                None => {
                    let point = format!("U+{:04X}", u32::from(ch));
                    Diagnostic::error(
                        code::MISSING_GLYPH,
                        say!(
                            "表样里的“{ch}”（{point}）没有字体",
                            "no font has {ch} ({point}), which the form holds"
                        ),
                    )
                    .help(say!(
                        "换一个字，或安装含有这个字的字体",
                        "use another character, or install a font that has it"
                    ))
                }
            }
        })
        .collect()
}

fn walk(frame: &Frame, missing: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, missing),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let range = usize::from(glyph.range.start)..usize::from(glyph.range.end);
                    missing.extend(text.text.get(range).unwrap_or("").chars());
                }
            }
            _ => {}
        }
    }
}
