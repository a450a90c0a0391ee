//! What is left open in a text that is no TOML: brackets and texts of several lines.

use std::ops::Range;

/// A bracket of a value, and what would close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bracket {
    /// Where it stands.
    pub at: usize,
    /// `[` or `{`.
    pub open: char,
    /// `]` or `}`.
    pub close: char,
}

/// The innermost bracket that is still open at `end`; the heads of tables do not count.
pub(super) fn open_bracket(text: &str, end: usize) -> Option<Bracket> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..end).filter(|rest| !rest.is_empty()) {
        let line_starts = text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
        if line_starts && open.is_empty() && rest.trim_start().starts_with('[') {
            at += line_length(rest);
            continue;
        }
        let ch = rest.chars().next().unwrap_or(' ');
        match ch {
            '#' => at += line_length(rest),
            '"' | '\'' => at += string_length(rest),
            '[' => {
                open.push(Bracket { at, open: '[', close: ']' });
                at += 1;
            }
            '{' => {
                open.push(Bracket { at, open: '{', close: '}' });
                at += 1;
            }
            ']' | '}' => {
                open.pop();
                at += 1;
            }
            _ => at += ch.len_utf8(),
        }
    }
    open.pop()
}

/// The opening mark of a text of several lines that is not closed where it should be: never, or only where the next
/// such text opens.
pub(super) fn unclosed_text(text: &str) -> Option<Range<usize>> {
    let mut open: Option<(Range<usize>, &str)> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        match &open {
            Some((range, mark)) if content.contains(mark) => {
                if content.strip_suffix(mark).is_some_and(is_assignment) {
                    return Some(range.clone());
                }
                open = None;
            }
            Some(_) => {}
            None => {
                for mark in ["'''", "\"\"\""] {
                    if let Some(before) = content.split(mark).next().filter(|before| is_assignment(before))
                        && content.matches(mark).count() == 1
                    {
                        let start = offset + before.len();
                        open = Some((start..start + mark.len(), mark));
                    }
                }
            }
        }
        offset += line.len();
    }
    open.map(|(range, _)| range)
}

/// Whether a line up to its value is `key =`.
fn is_assignment(before: &str) -> bool {
    let key = before.trim().strip_suffix('=').map(str::trim_end);
    key.is_some_and(|key| {
        !key.is_empty() && key.chars().all(|ch| ch.is_alphanumeric() || "_-. ".contains(ch))
    })
}

fn line_length(rest: &str) -> usize {
    rest.find('\n').map_or(rest.len(), |newline| newline + 1)
}

/// The length of the string that `rest` begins with; one that is not closed ends with its line.
fn string_length(rest: &str) -> usize {
    for mark in ["'''", "\"\"\""] {
        if let Some(inner) = rest.strip_prefix(mark) {
            return inner.find(mark).map_or(rest.len(), |close| close + 2 * mark.len());
        }
    }
    let quote = rest.chars().next().unwrap_or('"');
    let mut escaped = false;
    for (at, ch) in rest.char_indices().skip(1) {
        match ch {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if ch == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_bracket_is_found_past_strings_comments_and_heads() {
        let text = "[unit]\na = [\"]\", 'x'] # [\nb = { c = \"{\",\nd = 1\n";
        let open = open_bracket(text, text.len());
        assert_eq!(open.map(|open| (open.at, open.close)), Some((text.find("{ c").unwrap(), '}')));
        assert_eq!(open_bracket(text, text.find("b =").unwrap()), None);
    }

    #[test]
    fn a_text_that_the_next_one_closes_by_accident_is_the_unclosed_one() {
        let text = "zh = '''\n一\n\nen = '''\ntwo\n'''\n";
        assert_eq!(unclosed_text(text), Some(5..8));
        assert_eq!(unclosed_text("zh = '''\n一\n'''\nen = \"\"\"\ntwo\n"), Some(22..25));
        assert_eq!(unclosed_text("zh = '''\n一\n'''\nen = '''two'''\n"), None);
    }
}
