//! Where lines end: never between a number and its unit, and the text of the file stays as it was written.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fmt::Write;

use common::Files;
use support::writer::{Project, both, declaration};
use support::{Order, Print, lay_out, pages, squeezed};

/// A declaration whose section and goal have `joint` at every distance from the start of a line.
fn repeated(joint: &str) -> Files {
    let mut text = String::new();
    for count in 1..60 {
        let _ = write!(text, "{}{joint}，", "文".repeat(count % 28 + 1));
    }
    let text = format!("{}。", text.trim_end_matches('，'));
    let project = Project {
        narrative: vec![("basis", both(text.clone(), "Text."))],
        overall: both(text, "Text."),
        ..Project::least()
    };
    declaration(&both("甲单位", "Unit"), &both("甲局", "Bureau"), &[project])
}

fn lines(joint: &str) -> (Vec<String>, String) {
    let pdf = lay_out(repeated(joint).write().path(), Print::Zh);
    let text = pages(&pdf, Order::Layout).join("\n");
    (text.lines().map(squeezed).collect(), text)
}

#[test]
fn no_line_ends_between_a_number_and_its_unit() {
    for joint in [
        "2031年",
        "5月",
        "31日",
        "第 3 号",
        "〔2031〕26号",
        "1,018.5万元",
        "18.08亿元",
        "330800元",
        "95 %",
        "三年",
    ] {
        let (lines, text) = lines(joint);
        let whole = squeezed(joint);
        let found: usize = lines.iter().map(|line| line.matches(&whole).count()).sum();
        assert_eq!(found, 118, "{joint}\n{text}");
        assert!(!text.contains('\u{2060}'), "{joint}");
    }
}

// Places on a page; no money is near.
#[allow(clippy::disallowed_types)]
/// How wide a word is on the first page that has it, in hundredths of a point.
fn width(pdf: &[u8], word: &str) -> u32 {
    let html = support::poppler("pdftotext", pdf, &["-bbox"], &["-"]);
    let line =
        html.lines().find(|line| line.contains(&format!(">{word}<"))).unwrap_or_else(|| panic!("{html}"));
    let number = |name: &str| {
        let value = line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
        (value.parse::<f64>().unwrap() * 100.0) as u32
    };
    number("xMax") - number("xMin")
}

#[test]
fn an_apostrophe_between_latin_letters_is_as_narrow_as_they_are() {
    for (word, plain) in [("don’t", "dont"), ("O’Brien", "OBrien"), ("l’été", "lété")] {
        let pdf = |word: &str| {
            let text = both(format!("采购 {word} 系统。"), "Text.");
            let project = Project { narrative: vec![("basis", text)], ..Project::least() };
            let files = declaration(&both("甲单位", "Unit"), &both("甲局", "Bureau"), &[project]);
            lay_out(files.write().path(), Print::Zh)
        };
        // The text is 16 pt high, and so wide is a full-width mark.
        let mark = width(&pdf(word), word) - width(&pdf(plain), plain);
        assert!(mark < 800, "{word}: {mark}");
    }
}
