//! Where the words of a PDF stand.

// Places on a page are no money.
#![allow(clippy::disallowed_types)]

use super::{poppler, squeezed};

/// A word and its box in points from the upper left corner of the page.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// The words of each page.
pub fn words(pdf: &[u8]) -> Vec<Vec<Word>> {
    let html = poppler("pdftotext", pdf, &["-bbox", "-enc", "UTF-8"], &["-"]);
    html.split("<page ").skip(1).map(|page| page.split("<word ").skip(1).map(word).collect()).collect()
}

fn word(html: &str) -> Word {
    let number = |name: &str| {
        let (_, rest) = html.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse::<f32>().unwrap()
    };
    let text = html.split_once('>').unwrap().1.split_once("</word>").unwrap().0;
    let text = ["&lt;<", "&gt;>", "&quot;\"", "&amp;&"].iter().fold(text.to_owned(), |text, pair| {
        let (escaped, plain) = pair.split_at(pair.len() - 1);
        text.replace(escaped, plain)
    });
    Word { text, left: number("xMin"), top: number("yMin"), right: number("xMax"), bottom: number("yMax") }
}

/// A millimetre in points.
const MILLIMETRE: f32 = 72.0 / 25.4;

/// A4 in points.
const PAGE: (f32, f32) = (210.0 * MILLIMETRE, 297.0 * MILLIMETRE);

/// Margins of a form and of text; the smaller of the two sides.
const FORM_MARGIN: f32 = 18.0 * MILLIMETRE;
const TEXT_MARGIN: f32 = 26.0 * MILLIMETRE;

/// How much of its height a word may overhang: of a full-width mark, the empty half is cut, but counts in its box.
const OVERHANG: f32 = 0.6;

/// Checks that no word leaves the page's type area, or a form its frame, and that no two stand on each other.
#[track_caller]
pub fn assert_in_place(pdf: &[u8]) {
    for (page, number) in words(pdf).iter().zip(1..) {
        let text: String = page.iter().map(|word| squeezed(&word.text)).collect();
        let is_form = ["（2024年度）", "（2026年度）", "(Fiscalyear2024)", "(Fiscalyear2026)"]
            .iter()
            .any(|year| text.contains(year));
        let margin = if is_form { FORM_MARGIN } else { TEXT_MARGIN } - 0.5;
        for word in page {
            let overhang = OVERHANG * (word.bottom - word.top);
            let inside = word.left >= margin
                && word.right <= PAGE.0 - margin + overhang
                && word.top >= 24.0 * MILLIMETRE
                && word.bottom <= PAGE.1 - 20.0 * MILLIMETRE;
            assert!(inside, "page {number}: {word:?} is outside");
        }
        for (at, one) in page.iter().enumerate() {
            for other in &page[at + 1..] {
                assert!(!overlap(one, other), "page {number}: {one:?} stands on {other:?}");
            }
        }
    }
}

/// Whether the cores of two words share a place: boxes are higher than what they hold.
fn overlap(one: &Word, other: &Word) -> bool {
    let core = |word: &Word| {
        let shrink = 0.3 * (word.bottom - word.top);
        (word.top + shrink, word.bottom - shrink)
    };
    let ((top, bottom), (other_top, other_bottom)) = (core(one), core(other));
    let overhang = OVERHANG * (one.bottom - one.top).min(other.bottom - other.top);
    one.left.max(other.left) + overhang < one.right.min(other.right)
        && top.max(other_top) < bottom.min(other_bottom)
}
