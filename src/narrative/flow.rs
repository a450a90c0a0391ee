//! What of a text's lines is seen on the page, before values are known.

use super::expand::{is_wide, joined, needs_space};
use super::parse::{Piece, Placeholder, RawBlock, RawItem, is_heading_line, marker, parse};
use crate::diagnostic::Diagnostics;
use crate::model::Prose;
use crate::source::{Place, Sources, Span};

/// What a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A sub-heading, which stands for itself.
    Heading,
    /// A list item, whose marker has this many bytes.
    Item(usize),
    /// Nothing: it goes on with what stands above.
    Plain,
}

/// What a line, without spaces around it, begins.
pub fn line_kind(line: &str) -> LineKind {
    if is_heading_line(line) {
        return LineKind::Heading;
    }
    marker(line).map_or(LineKind::Plain, |marker| LineKind::Item(marker.len()))
}

/// What a line break between two lines prints as: nothing, a space, or `None` where that depends on a value.
pub fn join(before: &str, after: &str) -> Option<&'static str> {
    if before.is_empty() {
        return Some("");
    }
    let (from_value, to_value) = (before.ends_with("}}"), after.starts_with("{{"));
    let wide = |known: bool, ch: Option<char>| known && ch.is_some_and(is_wide);
    if wide(!from_value, before.chars().next_back()) || wide(!to_value, after.chars().next()) {
        return Some("");
    }
    match from_value || to_value {
        true => None,
        false => Some(if needs_space(before, after) { " " } else { "" }),
    }
}

/// A text as it will be printed, block by block and item by item: the marker, and the words with values as they are
/// written. A line break that could print in two ways stays one.
pub fn flow(text: &str) -> Vec<Vec<(String, String)>> {
    let mut sources = Sources::default();
    let file = sources.add(std::path::Path::new("text"), String::new());
    let prose = Prose { value: text.to_owned(), place: Place::whole(Span::new(file, 0..0)) };
    let blocks = parse(&prose, &mut Diagnostics::default());
    let item = |item: &RawItem| (item.marker.clone(), words(&item.pieces));
    blocks
        .iter()
        .map(|block| match block {
            RawBlock::Paragraph(pieces) => vec![(String::new(), words(pieces))],
            RawBlock::List(items) => items.iter().map(item).collect(),
        })
        .collect()
}

fn words(pieces: &[Piece]) -> String {
    let value = |value: &Placeholder| {
        let format = value.format.as_ref().map_or("", |(format, _)| format);
        format!("{{{{{}|{format}}}}}", value.path)
    };
    joined(pieces, value, |before, after| join(before, after).unwrap_or("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_beside_a_value_prints_as_the_value_wants_it() {
        assert_eq!(join("的", "{{total}}"), Some(""));
        assert_eq!(join("is", "{{total}}"), None);
        assert_eq!(join("{{total}}", "。"), Some(""));
        assert_eq!(join("is", "it"), Some(" "));
    }

    #[test]
    fn texts_that_print_the_same_flow_the_same() {
        assert_eq!(flow("甲。\n乙{{total}}。\n\n\n(1) a\nb"), flow("\n甲。乙{{ total }}。\n\n(1)a b\n"));
        assert_ne!(flow("甲\n\n乙"), flow("甲\n乙"));
        assert_ne!(flow("it is\n{{total}}"), flow("it is {{total}}"));
    }
}
