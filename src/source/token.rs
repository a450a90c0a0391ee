//! From a character of a decoded TOML string back to its place in the file.

use super::{FileId, Span};

/// Where a string value stands, and how its decoded text maps back onto the file.
///
/// A literal string maps byte for byte; escapes and line continuations of a basic string shift what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    span: Span,
    /// `(decoded, raw)` offsets from which on both advance together, ascending; `raw` counts from the file's start.
    runs: Vec<(u32, u32)>,
}

impl Place {
    /// Maps the string token `raw` that stands at `span`.
    pub fn of_token(span: Span, raw: &str) -> Place {
        let (open, basic) = if raw.starts_with("'''") || raw.starts_with("\"\"\"") {
            (3, raw.starts_with('"'))
        } else {
            (1, raw.starts_with('"'))
        };
        let body = raw.get(open..raw.len().saturating_sub(open)).unwrap_or("");
        // TOML drops a line break right after the opening of a multi-line string.
        let skipped = if open == 3 {
            if body.starts_with("\r\n") { 2 } else { usize::from(body.starts_with('\n')) }
        } else {
            0
        };
        let mut runs = vec![(0, offset(span, open + skipped))];
        if basic {
            escapes(body, skipped, |decoded, raw_at| {
                runs.push((u32::try_from(decoded).unwrap_or(u32::MAX), offset(span, open + raw_at)));
            });
        }
        Place { span, runs }
    }

    /// A place for a value that is no string token: all of it maps to `span`.
    pub fn whole(span: Span) -> Place {
        Place { span, runs: Vec::new() }
    }

    /// The whole token, with its quotes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The file that holds the token.
    pub fn file(&self) -> FileId {
        self.span.file
    }

    /// The span in the file of a range of the decoded text.
    pub fn at(&self, range: std::ops::Range<usize>) -> Span {
        match (self.raw(range.start), self.raw(range.end)) {
            (Some(start), Some(end)) => Span { file: self.span.file, start, end: end.max(start) },
            _ => self.span,
        }
    }

    fn raw(&self, decoded: usize) -> Option<u32> {
        let decoded = u32::try_from(decoded).ok()?;
        let run = self.runs.partition_point(|(from, _)| *from <= decoded).checked_sub(1)?;
        let (from, raw) = self.runs.get(run)?;
        Some((raw + (decoded - from)).min(self.span.end))
    }
}

fn offset(span: Span, within: usize) -> u32 {
    span.start.saturating_add(u32::try_from(within).unwrap_or(u32::MAX)).min(span.end)
}

/// Calls `shift(decoded, raw)` after each escape of a basic string's `body`, read from byte `from` on.
fn escapes(body: &str, from: usize, mut shift: impl FnMut(usize, usize)) {
    let mut decoded = 0;
    let mut chars = body.char_indices().skip_while(|(at, _)| *at < from).peekable();
    while let Some((_, ch)) = chars.next() {
        if ch != '\\' {
            decoded += ch.len_utf8();
            continue;
        }
        let Some((_, escape)) = chars.next() else { break };
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            ' ' | '\t' | '\r' | '\n' => {
                while chars.next_if(|(_, ch)| ch.is_ascii_whitespace()).is_some() {}
                0
            }
            _ => 0,
        };
        let mut value = 0_u32;
        for _ in 0..digits {
            let digit = chars.next().and_then(|(_, ch)| ch.to_digit(16)).unwrap_or(0);
            value = value.wrapping_mul(16).wrapping_add(digit);
        }
        decoded += match escape {
            'x' | 'u' | 'U' => char::from_u32(value).map_or(0, char::len_utf8),
            ' ' | '\t' | '\r' | '\n' => 0,
            _ => 1,
        };
        let next = chars.peek().map_or(body.len(), |(at, _)| *at);
        shift(decoded, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// What the file holds at the place of `needle` in the decoded text.
    fn found(token: &str, decoded: &str, needle: &str) -> String {
        let mut sources = Sources::default();
        let text = format!("key = {token}\n");
        let file = sources.add("a.toml".as_ref(), text);
        let place = Place::of_token(Span::new(file, 6..6 + token.len()), token);
        let at = decoded.find(needle).unwrap();
        sources.text(place.at(at..at + needle.len())).to_owned()
    }

    #[test]
    fn literal_strings_map_byte_for_byte() {
        assert_eq!(found("'共{{total}}元'", "共{{total}}元", "{{total}}"), "{{total}}");
        assert_eq!(found("'''\n一\n二{{x}}'''", "一\n二{{x}}", "{{x}}"), "{{x}}");
        assert_eq!(found("'''\r\n一{{x}}'''", "一{{x}}", "{{x}}"), "{{x}}");
    }

    #[test]
    fn escapes_shift_what_follows() {
        assert_eq!(found(r#""a\tb\u4e00c{{x}}""#, "a\tb一c{{x}}", "{{x}}"), "{{x}}");
        assert_eq!(found("\"\"\"a \\\n   b{{x}}\"\"\"", "a b{{x}}", "{{x}}"), "{{x}}");
    }
}
