//! Goes through what stands on a page.

use std::ops::Range;

use typst::layout::{Abs, Em, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::utils::hash128;

use super::{Rect, points};

/// A text on a page, with the place where its first glyph stands on the line.
pub(super) struct Text<'f> {
    pub item: &'f TextItem,
    at: Point,
}

/// The texts of a page, in the order in which they were laid out. What stands turned, as the word of a draft, is no text.
pub(super) fn texts(frame: &Frame) -> Vec<Text<'_>> {
    let mut found = Vec::new();
    collect(frame, Point::zero(), &mut found);
    found
}

fn collect<'f>(frame: &'f Frame, at: Point, found: &mut Vec<Text<'f>>) {
    for (place, item) in frame.items() {
        let at = at + *place;
        match item {
            FrameItem::Group(group) => {
                let Transform { tx, ty, kx, ky, .. } = group.transform;
                if kx.is_zero() && ky.is_zero() {
                    collect(&group.frame, at + Point::new(tx, ty), found);
                }
            }
            FrameItem::Text(item) => found.push(Text { item, at }),
            _ => {}
        }
    }
}

impl Text<'_> {
    /// The box around it.
    pub fn rect(&self) -> Rect {
        self.boxed(self.at.x, self.item.width())
    }

    /// Its glyphs, each with the characters that it stands for and the box around it.
    pub fn glyphs(&self) -> impl Iterator<Item = (&str, Rect)> {
        let mut x = Em::zero();
        self.item.glyphs.iter().map(move |glyph| {
            let left = self.at.x + x.at(self.item.size);
            x += glyph.x_advance;
            let range: Range<usize> = glyph.range.start.into()..glyph.range.end.into();
            let text = self.item.text.get(range).unwrap_or("");
            (text, self.boxed(left, glyph.x_advance.at(self.item.size)))
        })
    }

    /// As high as the characters of a Chinese face.
    fn boxed(&self, left: Abs, width: Abs) -> Rect {
        let top = self.at.y - Em::new(0.88).at(self.item.size);
        let (left, right) = (points(left), points(left + width));
        Rect { left, top: points(top), width: right - left, height: points(self.item.size) }
    }
}

/// A hash of all that is seen on a page. Marks that only the layout engine sees come and go without changing it.
pub(super) fn hash(frame: &Frame) -> u128 {
    let mut parts: Vec<u128> = vec![hash128(&frame.size())];
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                parts.push(hash128(&(place, group.transform, &group.clip, hash(&group.frame))));
            }
            FrameItem::Tag(_) => {}
            item => parts.push(hash128(&(place, item))),
        }
    }
    hash128(&parts)
}
