//! A placeholder that was left in a text.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::check::{Findings, Phrase, Rule, Standing, Subject, skeleton_left};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::reading::chars::{after, before, is_han};
use crate::reading::quotes::Marks;
use crate::reading::sentence;
use crate::reading::words::HINTS;

pub(super) static RULE: Rule = Rule {
    code: code::PLACEHOLDER_LEFT,
    severity: Severity::Error,
    standing: Standing::Seen,
    title: Phrase { zh: "留有占位符或示例内容", en: "a placeholder or an example was left" },
    what: Phrase {
        zh: "文字里还有 XX、××、○○、某某、待定、（略）、TBD、TODO、下划线、？？、空括号，模板里请人填写的话（“请填写立项依据”“（包括总目标、年度目标等）”），或者一段里只有省略号、金额处写着省略号。新建申报（new）、添加项目（add project）时带的示例费用、示例文字和示例指标，没有改过的也算；对任何单位都成立的句子不算。乘号（5×8小时）、型号里的字母和列举之后的省略号不算。",
        en: "A text still has XX, ××, ○○, 某某, 待定, （略）, TBD, TODO, a line of underscores, ？？, empty brackets, what a template says to whoever fills it in (请填写立项依据, or a bracket that lists what belongs there), or an ellipsis in place of a paragraph or an amount. So do example costs, sentences and indicators of `new` and `add project` that nobody has replaced; sentences that hold for every unit may stay. Signs of multiplication, letters of codes and an ellipsis after a list are fine.",
    },
    why: Phrase {
        zh: "占位符说明文字没有写完，不能报送和公开。",
        en: "It shows that the text is not finished; it cannot be submitted or published.",
    },
    bad: "plan = \"委托XX公司实施，费用待定。\"",
    good: "plan = \"通过公开招标确定实施单位，费用{{total}}。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    skeleton_left::check(subject, findings);
    for writing in subject.writings() {
        let text = writing.text();
        for range in placeholders(text, writing.lang, &writing.marks()) {
            // A value that itself holds a placeholder is told where it is typed.
            if writing.is_computed(range.clone()) {
                continue;
            }
            let left = text.get(range.clone()).unwrap_or("").trim();
            let finding = findings
                .finding(say!("文字中留有占位符“{left}”", "the placeholder `{left}` was left in the text"));
            findings.push(finding.at(writing.span(range)).help(say!(
                "填上实际内容，或删去这一句",
                "fill in what belongs there, or delete the sentence"
            )));
        }
    }
}

/// Whether a word between these two characters is a placeholder.
type Stands = fn(Option<char>, Option<char>) -> bool;

/// Words that stand for others, and where.
const KINDS: [(&str, Stands); 18] = [
    ("某某", anywhere),
    ("请在此", anywhere),
    ("待定", pending),
    ("待填", pending),
    ("待填写", pending),
    ("待补", alone),
    ("待补充", alone),
    ("待完善", alone),
    ("待更新", alone),
    ("待明确", alone),
    ("TBD", latin),
    ("TBC", latin),
    ("TBA", latin),
    ("TODO", latin),
    ("FIXME", latin),
    ("to be filled in", latin),
    ("lorem ipsum", latin),
    ("Lorem ipsum", latin),
];

/// What a sentence that asks to be replaced begins with.
static STARTS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(&HINTS.sentence_starts).ok());

/// Finds all of them in one pass.
static WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(KINDS.map(|(word, _)| word)).ok());

fn anywhere(_: Option<char>, _: Option<char>) -> bool {
    true
}

/// Where nothing follows; 待定期检查 and 接待定点 hold them by chance.
fn pending(before: Option<char>, after: Option<char>) -> bool {
    !after.is_some_and(is_han) && !before.is_some_and(|ch| "接等对招期有亟尚".contains(ch))
}

/// Where it stands for itself; a shortage may well be 待补充.
fn alone(before: Option<char>, after: Option<char>) -> bool {
    !after.is_some_and(is_han) && !before.is_some_and(is_han)
}

fn latin(before: Option<char>, after: Option<char>) -> bool {
    let letter = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
    !letter(before) && !letter(after)
}

/// Every placeholder of a text, ascending, none overlapping another.
fn placeholders(text: &str, lang: Lang, marks: &Marks) -> Vec<Range<usize>> {
    let mut found = runs(text, lang);
    found.extend(WORDS.iter().flat_map(|words| words.find_overlapping_iter(text)).filter_map(|hit| {
        let (range, (_, stands)) = (hit.range(), KINDS.get(hit.pattern().as_usize())?);
        stands(before(text, range.start), after(text, range.end)).then_some(range)
    }));
    found.extend(marks.pairs.iter().filter(|pair| holds_nothing(text, pair)).cloned());
    found.extend(hints(text, marks));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in found {
        if kept.last().is_none_or(|last| last.end <= range.start) {
            kept.push(range);
        }
    }
    kept
}

/// Whether a pair of brackets stands around nothing, 略, or a request.
fn holds_nothing(text: &str, pair: &Range<usize>) -> bool {
    let both = text.get(pair.clone()).unwrap_or("");
    let Some(inner) = both.strip_prefix(['（', '(', '【', '《', '〔']) else { return false };
    let inner = inner.trim_end_matches(['）', ')', '】', '》', '〕']).trim();
    inner.is_empty() || HINTS.omitted.iter().any(|word| word == inner) || inner.starts_with("请填")
}

/// What a template says to whoever fills it in: a sentence that asks for something, or a bracket that lists what belongs
/// into the section.
fn hints(text: &str, marks: &Marks) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for hit in STARTS.iter().flat_map(|words| words.find_iter(text)) {
        let begins = before(text, hit.start()).is_none_or(|ch| "\n。；！？：，、 （(【[".contains(ch));
        if begins {
            found.push(hit.start()..sentence(text, hit.start()).end.max(hit.end()));
        }
    }
    for pair in &marks.pairs {
        let inner =
            text.get(pair.clone()).unwrap_or("").trim_matches(|ch: char| "（）()【】［］[]".contains(ch));
        if inner.len() < text.get(pair.clone()).map_or(0, str::len) && is_hint(inner.trim()) {
            found.push(pair.clone());
        }
    }
    found
}

/// Whether what a bracket holds is advice, or a list of what a declaration has to tell.
fn is_hint(inner: &str) -> bool {
    let lower = inner.to_ascii_lowercase();
    let advises = HINTS.bracket_starts.iter().any(|word| lower.starts_with(word.as_str())) && asks(inner)
        || HINTS.bracket_ends.iter().any(|word| inner.ends_with(word.as_str()));
    let listed = || HINTS.subjects.iter().filter(|word| inner.contains(word.as_str())).count() >= 2;
    advises || (HINTS.list_marks.iter().any(|mark| inner.contains(mark.as_str())) && listed())
}

/// Whether advice says that something is to be written; 限本单位职工 and 请假 do not.
fn asks(inner: &str) -> bool {
    HINTS.asks.any_in(inner)
}

/// Runs of one sign that stand for something: XX ×× ○○ □□ ** __ ？？, and an ellipsis where it stands alone.
fn runs(text: &str, lang: Lang) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut signs = text.match_indices(is_sign).peekable();
    while let Some((start, sign)) = signs.next() {
        let mut end = start + sign.len();
        while signs.next_if(|(at, own)| *at == end && *own == sign).is_some() {
            end += sign.len();
        }
        let length = (end - start) / sign.len();
        let Some(sign) = sign.chars().next() else { continue };
        // Of these signs only an ellipsis stands for something by itself.
        if length < 2 && sign != '…' {
            continue;
        }
        let (left, right) = (before(text, start), after(text, end));
        let code = |ch: Option<char>| {
            ch.is_some_and(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '/' | '.'))
        };
        let coded =
            code(left) || right.is_some_and(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '/'));
        let stands = match sign {
            '×' | '○' | '◯' | '□' | '△' | '＊' | '*' | 'Ｘ' | 'ｘ' | '＿' => length >= 2,
            '_' => length >= 3 || length == 2 && !coded,
            'X' | 'x' => length >= 2 && !coded && (lang == Lang::Zh || length >= 3 || !named(text, start)),
            '？' | '?' => length >= 2,
            '…' => stands_alone(text, start, end),
            _ => false,
        };
        // 二○○九年 is a year.
        let numeral = |ch: Option<char>| ch.is_some_and(|ch| "一二三四五六七八九".contains(ch));
        if stands && !(sign == '○' && (numeral(left) || numeral(right))) {
            found.push(start..end);
        }
    }
    found
}

/// The signs that stand for something in a run.
fn is_sign(ch: char) -> bool {
    matches!(
        ch,
        '×' | '○'
            | '◯'
            | '□'
            | '△'
            | '＊'
            | '*'
            | 'Ｘ'
            | 'ｘ'
            | '＿'
            | '_'
            | 'X'
            | 'x'
            | '？'
            | '?'
            | '…'
    )
}

/// Whether an English word with a capital stands before: Article XX, Part XX.
fn named(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    let word = before.rsplit(|ch: char| !ch.is_ascii_alphabetic()).next().unwrap_or("");
    word.starts_with(|ch: char| ch.is_ascii_uppercase())
}

/// Whether an ellipsis stands for a whole paragraph, or where an amount or a name belongs.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let head = before(text, start).is_none_or(|ch| matches!(ch, '\n' | '：' | ':' | '《' | '“'));
    let rest = text.get(end..).unwrap_or("");
    // An ellipsis before 元件 ends a list.
    let unit =
        rest.starts_with("万元") || rest.strip_prefix('元').is_some_and(|rest| !rest.starts_with(is_han));
    let tail = after(text, end).is_none_or(|ch| matches!(ch, '\n' | '。' | '》' | '”'));
    head && tail || unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::quotes::marks;

    fn found(text: &str) -> Vec<&str> {
        placeholders(text, Lang::Zh, &marks(text)).iter().map(|range| &text[range.clone()]).collect()
    }

    #[test]
    fn what_stands_for_something_is_found() {
        assert_eq!(found("委托XX公司和××公司，费用待定。"), ["XX", "××", "待定"]);
        assert_eq!(found("预算……万元（略），见《》第__页，？？"), ["……", "（略）", "《》", "__", "？？"]);
        assert_eq!(found("联系某某，TBD，xxx"), ["某某", "TBD", "xxx"]);
        assert_eq!(placeholders("……", Lang::Zh, &marks("……")).len(), 1);
    }

    #[test]
    fn products_codes_lists_and_chance_are_not() {
        for text in [
            "7×24小时，5×8小时，4人×20万元",
            "型号DXX-100、XXL、MAXX",
            "摄像机、存储、布线……共96台",
            "电阻、电容……元件齐全，部分设备陈旧待更新，缺口待补充。",
            "有待定期检查，接待定点单位",
            "二○○九年，能否完成？能。",
            "文件名a_b_c，f(x)",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
        let text = "World War XX and Article XX";
        assert!(placeholders(text, Lang::En, &marks(text)).is_empty());
    }
}
