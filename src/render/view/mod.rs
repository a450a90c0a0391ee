//! Pages as they are shown on a screen: each by itself, with what stands where on it, and what of it is new.

mod places;
mod walk;

use rayon::prelude::*;
use typst::layout::{Abs, Frame};
use typst_layout::Page;

use super::{Pages, export};

pub use crate::document::Figure;
pub use places::{Region, places};

/// A rectangle on a page, from its upper left corner, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// From the left edge.
    pub left: i32,
    /// From the upper edge.
    pub top: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// A run of text on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub rect: Rect,
}

impl Pages {
    /// What tells the picture of each page apart from any other: two pages of the same mark look the same.
    pub fn marks(&self) -> Vec<String> {
        self.document.pages().par_iter().map(|page| format!("{:032x}", walk::hash(&page.frame))).collect()
    }

    /// Width and height of each page, in points.
    pub fn sizes(&self) -> Vec<(i32, i32)> {
        let size = |frame: &Frame| (points(frame.width()), points(frame.height()));
        self.frames().map(size).collect()
    }

    /// The texts of a page in the order in which they are read, its number last; empty when there is no such page.
    pub fn runs(&self, page: usize) -> Vec<Run> {
        let texts = self.page(page).map(|page| walk::texts(&page.frame)).unwrap_or_default();
        texts.iter().map(|text| Run { text: text.item.text.to_string(), rect: text.rect() }).collect()
    }

    /// A page as SVG; `None` when there is no such page.
    pub fn svg_of(&self, page: usize) -> Option<String> {
        self.page(page).map(export::svg_of)
    }

    fn page(&self, page: usize) -> Option<&Page> {
        self.document.pages().get(page)
    }

    fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.document.pages().iter().map(|page| &page.frame)
    }
}

/// Where the texts stand that `old` has not: what a reader should look at again.
pub fn news(old: &[Run], new: &[Run]) -> Vec<Rect> {
    let mut left: Vec<&str> = old.iter().map(|run| run.text.as_str()).collect();
    let mut found = Vec::new();
    for run in new {
        match left.iter().position(|text| *text == run.text) {
            Some(index) => drop(left.swap_remove(index)),
            None => found.push(run.rect),
        }
    }
    found
}

/// A length in whole points: what is shown on a screen needs no more.
fn points(length: Abs) -> i32 {
    length.to_pt().round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, top: i32) -> Run {
        Run { text: text.to_owned(), rect: Rect { left: 0, top, width: 10, height: 10 } }
    }

    #[test]
    fn only_texts_that_were_not_there_are_new() {
        let old = [run("甲", 0), run("6万元", 10), run("6万元", 20)];
        let new = [run("甲", 5), run("6万元", 10), run("8万元", 20)];
        assert_eq!(news(&old, &new), [new[2].rect]);
        assert_eq!(news(&old, &old), []);
    }

    #[test]
    fn a_text_that_comes_once_more_is_new_once() {
        let new = [run("甲", 0), run("甲", 10)];
        assert_eq!(news(&[run("甲", 0)], &new), [new[1].rect]);
    }
}
