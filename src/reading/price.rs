//! Which amounts are the price of one of something: 24万元/年·人, 每家4万元, 单次6万元, CNY 40,000 each.

use super::sentences::clause;
use super::{Kind, Token};

/// Marks every price.
pub(super) fn mark(text: &str, tokens: &mut [Token]) {
    let mut begin = 0;
    for token in tokens {
        let range = token.range.clone();
        let Kind::Amount(amount) = &mut token.kind else { continue };
        let clause = clause(text, range.start);
        let before = text.get(clause.start.max(begin)..range.start).unwrap_or("");
        let mut units = behind(text.get(range.end..).unwrap_or(""));
        // 每月普查2次，共计12万元: what sums up is no price, whatever is counted before it.
        if units.is_empty() && !sums_up(before) {
            units = ahead(before);
        }
        amount.per = units;
        begin = range.end;
    }
}

fn sums_up(before: &str) -> bool {
    ["共", "合计", "总计", "总额", "小计", "累计", "total"].iter().any(|word| before.contains(word))
}

/// The units behind an amount.
fn behind(after: &str) -> Vec<String> {
    let after = after.trim_start_matches(' ');
    let end = |ch: char| {
        ch.is_whitespace() || ch.is_ascii_digit() || "，。；、：,.;:)）（(=＝×*✕！？左右为是至".contains(ch)
    };
    if let Some(rest) = after.strip_prefix(['/', '／', '每']) {
        let len = rest.find(end).unwrap_or(rest.len());
        let list = rest.get(..len).unwrap_or("");
        let parts = list.split(['/', '／', '·', '•', '.', '每', '*', '-']);
        return parts.filter_map(unit).collect();
    }
    let mut words = after.split(|ch: char| !ch.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    match (words.next(), words.next()) {
        (Some("each" | "apiece"), _) if after.starts_with(['e', 'a']) => vec!["each".to_owned()],
        (Some("per" | "a" | "an"), Some(what)) if after.starts_with(['p', 'a']) => {
            unit(what).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The units before an amount in its clause.
fn ahead(before: &str) -> Vec<String> {
    let mut units = Vec::new();
    for (at, mark) in before.match_indices(['每', '均', '单']) {
        let prior = before.get(..at).and_then(|before| before.chars().next_back());
        let next = before.get(at + mark.len()..).and_then(|after| after.chars().next());
        match (mark, prior, next) {
            ("每", _, Some(next)) => units.extend(unit(&next.to_string())),
            ("均", Some(prior), _) if "人户台次家套辆月".contains(prior) => {
                units.push(prior.to_string())
            }
            ("均", _, Some('价')) => units.push(String::new()),
            ("单", _, Some('价')) => units.push(String::new()),
            ("单", _, Some(next)) if "次人台家套户件篇场期".contains(next) => {
                units.push(next.to_string())
            }
            _ => {}
        }
    }
    let mut words =
        before.split(|ch: char| !ch.is_ascii_alphabetic()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        match word {
            "each" => units.push("each".to_owned()),
            "per" => units.extend(words.peek().and_then(|what| unit(what))),
            "unit"
                if words.peek().is_some_and(|next| next.starts_with("price") || next.starts_with("cost")) =>
            {
                units.push(String::new());
            }
            _ => {}
        }
    }
    units
}

/// A unit that makes a price; a sum for a year is none.
fn unit(word: &str) -> Option<String> {
    let word = word.trim();
    let bare = word.strip_suffix("年").unwrap_or(word);
    (!bare.is_empty() && !["年度", "year", "annum", "total", "combined", "the"].contains(&bare))
        .then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::reading::read;

    fn units(text: &str) -> Vec<String> {
        read(text).iter().filter_map(|token| token.amount()).flat_map(|amount| amount.per.clone()).collect()
    }

    #[test]
    fn prices_are_told_from_sums() {
        assert_eq!(units("24万元/年·人"), ["人"]);
        assert_eq!(units("每人每年24万元"), ["人"]);
        assert_eq!(units("1000元/千字"), ["千字"]);
        assert_eq!(units("人均约20万元/年"), ["人"]);
        assert_eq!(units("检查13家，单次4万，资金共计为58万。"), ["次"]);
        assert_eq!(units("thirteen reviews at CNY 40,000 each"), ["each"]);
        assert_eq!(units("CNY 500 per thousand characters"), ["thousand"]);
        assert!(units("租用费约115万元/年").is_empty());
        assert!(units("每月普查2次，共计12万元").is_empty());
        assert!(units("每月普查二次共计12万元").is_empty());
        assert!(units("rented at CNY 1.15 million a year").is_empty());
    }
}
