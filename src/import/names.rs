//! The names of parts that a text lists: 包括4个子项目，分别为甲、乙、丙和丁.

use crate::reading::chars::is_numeral;
use crate::reading::{Kind, read};

/// Words that count parts.
const COUNTED: [&str; 6] = ["个子项目", "个分项目", "个项目", "个部分", "项内容", "项费用"];
/// Words after which their names follow.
const OPENERS: [&str; 7] = ["分别为", "分别是", "分别包括", "包括", "包含", "：", "即"];
/// The last two names may stand without a mark between them.
const LAST: [&str; 4] = ["以及", "和", "及", "与"];

/// The names that a text counts and lists, when there are as many as it says.
pub(super) fn listed(text: &str) -> Option<Vec<String>> {
    COUNTED.iter().find_map(|word| {
        text.match_indices(word).find_map(|(at, _)| {
            let count = count_before(text.get(..at)?)?;
            let rest = text.get(at + word.len()..)?;
            let sentence = rest.get(..rest.find('。').unwrap_or(rest.len()))?;
            let (opener, length) =
                OPENERS.iter().filter_map(|opener| Some((sentence.find(opener)?, opener.len()))).min()?;
            if opener > 30 {
                return None;
            }
            parted(before_money(sentence.get(opener + length..)?), count)
        })
    })
}

fn count_before(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let start = text.char_indices().rev().take_while(|(_, ch)| is_numeral(*ch)).last()?.0;
    let digits = text.get(start..)?;
    let count = digits.parse().ok().or_else(|| {
        let numeral = crate::reading::numeral::chinese(digits)?;
        usize::try_from(numeral.value.trunc().mantissa()).ok()
    })?;
    (2..=200).contains(&count).then_some(count)
}

/// The list without the clause that goes on to its amount.
fn before_money(list: &str) -> &str {
    let list = list.trim_start_matches(['：', ':']);
    let amount = read(list).into_iter().find(|token| matches!(token.kind, Kind::Amount(_)));
    let Some(amount) = amount else { return list.trim_end_matches(['，', '；']) };
    let head = list.get(..amount.range.start).unwrap_or(list);
    head.rfind(['，', '；', ',']).and_then(|at| head.get(..at)).unwrap_or(head)
}

/// A list in so many pieces, by the first mark that gives them.
fn parted(list: &str, count: usize) -> Option<Vec<String>> {
    for mark in ['；', '，', '、', ';', ','] {
        let mut pieces = split(list, mark);
        if pieces.len() + 1 == count
            && let Some(last) = pieces.pop()
        {
            let two = LAST.iter().find_map(|word| {
                let (first, second) = last.split_once(word)?;
                (first.chars().count() > 1 && second.chars().count() > 1)
                    .then(|| [first.to_owned(), second.to_owned()])
            });
            match two {
                Some(two) => pieces.extend(two),
                None => pieces.push(last),
            }
        }
        if pieces.len() == count {
            let bare = pieces.into_iter().map(|piece| tidy(&piece)).collect::<Vec<_>>();
            return bare.iter().all(|piece| !piece.is_empty()).then_some(bare);
        }
    }
    None
}

/// Pieces between marks outside brackets and quotes.
fn split(list: &str, mark: char) -> Vec<String> {
    let mut depth = 0_i32;
    let mut pieces = vec![String::new()];
    for ch in list.chars() {
        match ch {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => depth -= 1,
            _ => {}
        }
        if ch == mark && depth <= 0 {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(ch);
        }
    }
    pieces
}

/// A name without the word that joins it to the one before.
fn tidy(piece: &str) -> String {
    let piece = piece.trim();
    let bare = ["以及", "和", "及"].iter().find_map(|word| piece.strip_prefix(word)).unwrap_or(piece);
    bare.trim_end_matches(['等', '。', '，', '；']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_names_are_taken_as_the_text_counts() {
        let names = |text| listed(text).unwrap_or_default();
        assert_eq!(
            names(
                "该项目包括4个子项目，分别为驻场运维、专项检查、运营服务项目和监管服务项目，预算资金总额约为1018万。"
            ),
            ["驻场运维", "专项检查", "运营服务项目", "监管服务项目"]
        );
        assert_eq!(
            names(
                "包括 3 个子项目，分别为智能平台、引导搜索两个平台运维，光纤租费（含备线，扩容），测评费。资金总额30万元。"
            ),
            ["智能平台、引导搜索两个平台运维", "光纤租费（含备线，扩容）", "测评费"]
        );
        assert_eq!(names("本项目设三个子项目：检查、培训以及宣传，共12万元。"), ["检查", "培训", "宣传"]);
        assert_eq!(listed("该项目包括4个子项目，分别为甲、乙。"), None);
    }
}
