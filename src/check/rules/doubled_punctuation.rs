//! Two marks where one belongs.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::is_han;

pub(super) static RULE: Rule = Rule {
    code: code::DOUBLED_PUNCTUATION,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "标点重复", en: "punctuation is doubled" },
    what: Phrase {
        zh: "两个以上的句号、逗号、顿号、分号、冒号连在一起，如“。。”“，，”“；。”。省略号、破折号和连用的叹号、问号不算。",
        en: "Two or more full stops, commas, semicolons or colons stand side by side, as in 。。 or ，。. Ellipses, dashes and repeated ! or ? are fine.",
    },
    why: Phrase {
        zh: "多半是修改时留下的；自动填入的内容后面再加一个标点，也会这样。",
        en: "Most are left over from editing, or follow a computed value that ends with a mark of its own.",
    },
    bad: "period = \"本项目自2024年1月起实施，，至12月结束。。\"",
    good: "period = \"本项目自2024年1月起实施，至12月结束。\"",
    source: Phrase {
        zh: "GB/T 15834-2011《标点符号用法》",
        en: "GB/T 15834-2011, General rules for punctuation",
    },
    check,
};

/// The marks that stand alone, the weightiest first.
const WIDE: [char; 5] = ['。', '；', '：', '，', '、'];

fn is_mark(ch: char) -> bool {
    WIDE.contains(&ch) || matches!(ch, ',' | ';' | ':' | '.')
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for writing in subject.writings() {
        let text = writing.text();
        let mut chars = text.char_indices().peekable();
        let mut last = None;
        while let Some((start, ch)) = chars.next() {
            let left = last.replace(ch);
            if !is_mark(ch) {
                continue;
            }
            let mut run = vec![ch];
            while let Some((_, ch)) = chars.next_if(|(_, ch)| is_mark(*ch)) {
                run.push(ch);
            }
            let end = start + run.iter().map(|ch| ch.len_utf8()).sum::<usize>();
            let chinese = writing.lang == Lang::Zh
                && (left.is_some_and(is_han) || run.iter().any(|ch| WIDE.contains(ch)));
            let Some(one) = fixed(&run, chinese) else { continue };
            if writing.is_computed(start..end) && writing.is_computed(end.saturating_sub(1)..end) {
                continue;
            }
            let typed: String = run.iter().collect();
            let finding = findings.finding(say!("标点“{typed}”重复", "the punctuation `{typed}` is doubled"));
            let finding = finding.at(writing.span(start..end)).help(say!("只留 {one}", "keep only {one}"));
            findings.push(match writing.fixable(start..end) {
                Some(span) => finding.fix(span, one),
                None => finding,
            });
        }
    }
}

/// What a run of marks should be; `None` when it is right.
fn fixed(run: &[char], chinese: bool) -> Option<String> {
    let first = *run.first()?;
    let same = run.iter().all(|ch| *ch == first);
    if run.len() < 2 {
        return None;
    }
    if !chinese {
        // "etc.," and "...": of Latin marks only a mark beside itself is wrong, and three points are an ellipsis.
        return (same && (first != '.' || run.len() == 2)).then(|| first.to_string());
    }
    if same && matches!(first, '。' | '.') && run.len() > 2 {
        return Some("……".to_owned());
    }
    let wide = |ch: char| match ch {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '.' => '。',
        other => other,
    };
    WIDE.into_iter().find(|mark| run.iter().any(|ch| wide(*ch) == *mark)).map(|mark| mark.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_mark_stays() {
        assert_eq!(fixed(&['。', '。'], true).as_deref(), Some("。"));
        assert_eq!(fixed(&[',', '。'], true).as_deref(), Some("。"));
        assert_eq!(fixed(&['、', '，'], true).as_deref(), Some("，"));
        assert_eq!(fixed(&['。', '。', '。'], true).as_deref(), Some("……"));
    }

    #[test]
    fn latin_ellipses_and_abbreviations_are_right() {
        assert_eq!(fixed(&['.', '.', '.'], false), None);
        assert_eq!(fixed(&['.', ','], false), None);
        assert_eq!(fixed(&[',', ','], false).as_deref(), Some(","));
        assert_eq!(fixed(&['，'], true), None);
    }
}
