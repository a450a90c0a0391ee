//! One sentence a line, without a change to what is printed.

use super::sentence;
use crate::narrative::{LineKind, join, line_kind};

/// How often a text is read anew; published ones settle at once.
const ROUNDS: usize = 8;

/// The lines of a text: a sentence each, list items and sub-headings for themselves, one blank line at most.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines = once(text);
    // Odd marks at the joint of two lines read otherwise once they are apart.
    for _ in 0..ROUNDS {
        let again = once(&lines.join("\n"));
        if again == lines {
            break;
        }
        lines = again;
    }
    lines
}

fn once(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut unit: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        let kind = line_kind(line);
        if line.is_empty() || kind != LineKind::Plain {
            out.extend(sentences(&unit));
            unit.clear();
        }
        match (line.is_empty(), kind) {
            (true, _) => {
                if out.last().is_some_and(|line| !line.is_empty()) {
                    out.push(String::new());
                }
            }
            (false, LineKind::Heading) => out.push(line.to_owned()),
            (false, _) => unit.push(line),
        }
    }
    out.extend(sentences(&unit));
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// The lines of one paragraph or list item, broken anew.
fn sentences(lines: &[&str]) -> Vec<String> {
    let whole = lines.join("\n");
    if whole.is_empty() {
        return Vec::new();
    }
    if whole.matches("{{").count() != whole.matches("}}").count() {
        return lines.iter().map(|line| (*line).to_owned()).collect();
    }
    joined(lines).iter().flat_map(|line| broken(line)).collect()
}

/// The lines joined as they print; those whose joint depends on a value, or may end a sentence, stay apart.
fn joined(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let joint = out.last().and_then(|last| {
            let joint = join(last, line)?;
            let stays = sentence::may_end(last)
                || line_kind(&format!("{last}{joint}{line}")) != line_kind(last)
                || (last.ends_with(['{', '}']) && !last.ends_with("}}"));
            (!stays).then_some(joint)
        });
        match (joint, out.last_mut()) {
            (Some(joint), Some(last)) => {
                last.push_str(joint);
                last.push_str(line);
            }
            _ => out.push((*line).to_owned()),
        }
    }
    out
}

/// A line into its sentences. What would begin an item or be a heading by itself stays where it is.
fn broken(line: &str) -> Vec<String> {
    let kind = line_kind(line);
    let mut out: Vec<String> = Vec::new();
    let mut glue = "";
    for (sentence, joint) in sentence::split(line, if let LineKind::Item(marker) = kind { marker } else { 0 })
    {
        let first_changes = out.len() == 1 && out.first().is_some_and(|first| line_kind(first) != kind);
        match out.last_mut() {
            Some(last) if first_changes || line_kind(sentence) != LineKind::Plain => {
                last.push_str(glue);
                last.push_str(sentence);
            }
            _ => out.push(sentence.to_owned()),
        }
        glue = joint;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::flow;

    fn becomes(text: &str, wanted: &[&str]) {
        let got = lines(text);
        assert_eq!(got, wanted, "{text}");
        assert_eq!(lines(&got.join("\n")), got, "{text}");
        assert_eq!(flow(text), flow(&got.join("\n")), "{text}");
    }

    #[test]
    fn a_sentence_ends_where_its_mark_stands() {
        becomes("甲。乙！丙？丁；戊", &["甲。", "乙！", "丙？", "丁；戊"]);
        becomes("真的？！是。", &["真的？！", "是。"]);
        becomes("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]);
        becomes("甲{{total}}。{{annual}}乙。", &["甲{{total}}。", "{{annual}}乙。"]);
    }

    #[test]
    fn pairs_are_never_broken() {
        becomes("他说：“好。走吧。”然后走了。完。", &["他说：“好。走吧。”然后走了。", "完。"]);
        becomes(
            "依据《某法。释义》（见附件。第2页。）办理。再办。",
            &["依据《某法。释义》（见附件。第2页。）办理。", "再办。"],
        );
        becomes(
            "He said \"Go. Now.\" and (see A. B) left. Then",
            &["He said \"Go. Now.\" and (see A. B) left.", "Then"],
        );
        becomes("未闭合（甲。乙。", &["未闭合（甲。", "乙。"]);
    }

    #[test]
    fn abbreviations_and_numbers_end_no_sentence() {
        for line in [
            "合计1.5万元，占3.0%",
            "see No. 3 of the list, e.g. A. Smith at 3.5 p.m. today",
            "Art. 5 of U.S. Code vs. Dr. Li",
            "wait... Then",
        ] {
            becomes(line, &[line]);
        }
    }

    #[test]
    fn lines_are_joined_as_they_print() {
        becomes("根据上海市\n的部署，\nIt is", &["根据上海市的部署，It is"]);
        becomes("It is\na line.", &["It is a line."]);
        becomes("it costs\n{{total}}\na year", &["it costs", "{{total}}", "a year"]);
        becomes("他说：“好。”\n然后走了。", &["他说：“好。”", "然后走了。"]);
        becomes("甲。 乙。", &["甲。 乙。"]);
        becomes("Stop.  Go. {{total}} is.", &["Stop.  Go. {{total}} is."]);
    }

    #[test]
    fn lists_headings_and_blank_lines_are_kept() {
        becomes(
            "\n\n（一）总体安排\n甲。乙。\n\n\n（1）丙。丁。\n戊\n- 己\n\n庚",
            &["（一）总体安排", "甲。", "乙。", "", "（1）丙。", "丁。", "戊", "- 己", "", "庚"],
        );
        becomes("甲。（1）乙。1、丙", &["甲。（1）乙。1、丙"]);
        becomes("（一）甲！乙。", &["（一）甲！乙。"]);
        becomes("1. First. Second.", &["1. First.", "Second."]);
    }

    #[test]
    fn a_text_with_a_broken_value_is_left() {
        becomes("甲{{total。乙。\n丙", &["甲{{total。乙。", "丙"]);
    }
}
