//! What an amount says of the project: its total, a price, a bound, something else's money, or just some amount.

use std::ops::Range;

use super::sentences::{clause, follows, has_any, sentence, words_back};
use super::words::AMOUNTS;
use super::{Kind, Token};

/// What an amount says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A word beside it names a total.
    Total(Total),
    /// It is the price of one of something.
    Price,
    /// It is a bound, an end of a range, or money of something else: it states nothing of the project.
    Silent,
    /// Any other amount.
    Plain,
}

/// A total that a text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The word that names it.
    pub word: Range<usize>,
    /// Whether the word names the project's money as a whole; else it sums up what the sentence is about.
    pub strong: bool,
    /// Of what time.
    pub scope: Scope,
}

/// The time that a total is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Of one year.
    Year(i16),
    /// Of the year that is declared for.
    Annual,
    /// Of all years.
    Whole,
    /// The text does not say.
    Either,
}

/// The role of each amount among `tokens`; `None` for other tokens.
pub fn roles(text: &str, tokens: &[Token]) -> Vec<Option<Role>> {
    let mut roles: Vec<Option<Role>> = Vec::with_capacity(tokens.len());
    let mut before = None::<usize>;
    for (index, token) in tokens.iter().enumerate() {
        let role = token.amount().map(|_| {
            let last = before.and_then(|before| tokens.get(before)).map_or(0, |last| last.range.end);
            let restated = before.filter(|_| restates(text.get(last..token.range.start).unwrap_or("")));
            match restated.and_then(|before| roles.get(before).cloned().flatten()) {
                Some(role) => role,
                None => Reader { text, tokens, index, last }.role(token),
            }
        });
        if role.is_some() {
            before = Some(index);
        }
        roles.push(role);
    }
    roles
}

/// 1018万元（大写：壹仟零壹拾捌万元整）
fn restates(gap: &str) -> bool {
    let links = ["（", "(", "大写", "：", ":", "即", "人民币", " ", "折合"];
    let mut rest = gap;
    while let Some(word) = links.iter().find(|word| rest.starts_with(**word)) {
        rest = rest.get(word.len()..).unwrap_or("");
    }
    rest.is_empty() && (gap.contains(['（', '(', '即']) || gap.contains("大写"))
}

/// The year that the sentence names last before a token.
pub fn year_before(text: &str, tokens: &[Token], index: usize) -> Option<i16> {
    let start = sentence(text, tokens.get(index)?.range.start).start;
    let before = tokens.get(..index)?.iter().rev().take_while(|token| token.range.start >= start);
    before
        .filter_map(|token| match &token.kind {
            Kind::Year(year) => Some(*year),
            Kind::Date(date) => date.year,
            _ => None,
        })
        .next()
}

struct Reader<'r> {
    text: &'r str,
    tokens: &'r [Token],
    index: usize,
    /// Where the amount before this one ends.
    last: usize,
}

impl Reader<'_> {
    fn role(&self, token: &Token) -> Role {
        let Kind::Amount(amount) = &token.kind else { return Role::Plain };
        let at = token.range.start;
        let sentence = sentence(self.text, at);
        let clause = clause(self.text, at);
        let near = self.text.get(clause.start.max(self.last)..at).unwrap_or("");
        let after = self.text.get(token.range.end..).unwrap_or("");
        if amount.in_range || bounded(near, after) {
            return Role::Silent;
        }
        if AMOUNTS.foreign.any_in(near) || english_foreign(near) || self.foreign_year(sentence.start) {
            return Role::Silent;
        }
        if !amount.per.is_empty() {
            return Role::Price;
        }
        let from = sentence.start.max(self.last);
        let before = self.text.get(from..at).unwrap_or("");
        let Some((word, strong)) = total_word(before, after, from, token.range.end) else {
            return Role::Plain;
        };
        // 其中：一般公共预算资金40万元 names a part, unless a word sums the parts up.
        let part = self.text.get(sentence.start..word.start).is_some_and(|head| head.contains("其中"));
        if part && !strong && !has_any(self.text.get(word.clone()).unwrap_or(""), &["计", "共"]) {
            return Role::Plain;
        }
        let scope = self.scope(from, super::sentences::clause(self.text, word.start).start, &word);
        Role::Total(Total { word, strong, scope })
    }

    /// Whether the clause is about what was until some date: 截至2023年底.
    fn foreign_year(&self, from: usize) -> bool {
        let at = self.tokens.get(self.index).map_or(0, |token| token.range.start);
        let text = self.text.get(from..at).unwrap_or("");
        text.contains("截至") || text.contains("截止")
    }

    /// The time that a total is of, as its own clause says; what the sentence says elsewhere may be of something else.
    fn scope(&self, from: usize, clause: usize, word: &Range<usize>) -> Scope {
        let at = self.tokens.get(self.index).map_or(0, |token| token.range.start);
        let from = from.max(clause.min(word.start));
        let words = self.text.get(from..at.max(word.end)).unwrap_or("").to_ascii_lowercase();
        let whole = AMOUNTS.whole.any_in(&words);
        match (self.years(from, at).as_slice(), whole) {
            ([year], false) => Scope::Year(*year),
            ([], true) => Scope::Whole,
            ([], false) if AMOUNTS.annual.any_in(&words) => Scope::Annual,
            _ => Scope::Either,
        }
    }

    /// The years named in a stretch of the text, each once; 自2017年起 names when something began.
    fn years(&self, from: usize, to: usize) -> Vec<i16> {
        let tokens = self.tokens.get(..self.index).unwrap_or(&[]).iter().rev();
        let mut years = Vec::new();
        for token in
            tokens.take_while(|token| token.range.start >= from).filter(|token| token.range.end <= to)
        {
            let Kind::Year(year) = token.kind else { continue };
            let after = self.text.get(token.range.end..).unwrap_or("");
            let begins = ["起", "开始", "以来", "底", "末", "至", "—", "-", "～"]
                .iter()
                .any(|word| after.starts_with(word));
            let since = words_back(self.text.get(from..token.range.start).unwrap_or("")).next();
            if !begins
                && since.is_none_or(|(_, word)| !word.eq_ignore_ascii_case("since"))
                && !years.contains(&year)
            {
                years.push(year);
            }
        }
        years
    }
}

/// Whether `word`, with `head` before it in its clause, names the whole of a project: nothing else is named there.
pub fn names_whole(head: &str, word: &str) -> bool {
    if !["预算", "项目", "申请", "年度"].iter().any(|own| word.contains(own)) {
        return false;
    }
    let bare = |text: &'_ str| text.trim_end_matches(|ch: char| ch == ' ' || ch.is_ascii_digit()).len();
    let mut rest = head.get(..bare(head)).unwrap_or("");
    while let Some(word) = AMOUNTS.whole_heads.iter().find(|word| rest.ends_with(word.as_str())) {
        rest = rest.get(..rest.len() - word.len()).unwrap_or("");
        rest = rest.get(..bare(rest)).unwrap_or("");
    }
    rest.is_empty()
}

/// Whether what stands between a total and the next amount says that its parts follow.
pub fn opens_list(gap: &str) -> bool {
    let lower = gap.to_ascii_lowercase();
    AMOUNTS.list_openers.iter().any(|word| lower.contains(word.as_str()))
}

fn bounded(near: &str, after: &str) -> bool {
    let near = near.trim_end_matches([' ', '为', '在', '于', '到', '约', '过']);
    let ends = |word: &String| near.ends_with(word.trim_end_matches(['过', '于', '在']));
    if AMOUNTS.bound_before.iter().any(ends) || follows(after, &AMOUNTS.bound_after).is_some() {
        return true;
    }
    let lower = near.to_ascii_lowercase();
    let lower = lower.trim_end_matches([' ', 'a']);
    AMOUNTS.bound_english.iter().any(|word| {
        lower
            .strip_suffix(word.as_str())
            .is_some_and(|rest| !rest.ends_with(|ch: char| ch.is_ascii_alphabetic()))
    })
}

fn english_foreign(near: &str) -> bool {
    near.contains(|ch: char| ch.is_ascii_alphabetic()) && AMOUNTS.foreign_english.any_in(near)
}

/// The word that makes an amount a total, and whether it is one for the project as a whole.
fn total_word(before: &str, after: &str, from: usize, end: usize) -> Option<(Range<usize>, bool)> {
    if let Some((range, _)) = follows(after, &AMOUNTS.total_after) {
        return Some((end + range.start..end + range.end, false));
    }
    chinese_total(before)
        .or_else(|| english_total(before))
        .map(|(range, strong)| (from + range.start..from + range.end, strong))
}

fn chinese_total(before: &str) -> Option<(Range<usize>, bool)> {
    let mut rest = before;
    // More links than this never stand in a row.
    for _ in 0..12 {
        let strong = AMOUNTS
            .total_strong
            .iter()
            .filter(|word| rest.ends_with(word.as_str()))
            .max_by_key(|word| word.len());
        if let Some(word) = strong {
            let start = rest.len() - word.len();
            let other = AMOUNTS
                .other_whole
                .iter()
                .any(|own| rest.get(..start).is_some_and(|head| head.ends_with(own.as_str())));
            return (!other).then_some((start..rest.len(), true));
        }
        let weak = AMOUNTS
            .total_weak
            .iter()
            .filter(|word| rest.ends_with(word.as_str()))
            .max_by_key(|word| word.len());
        if let Some(word) = weak {
            let start = rest.len() - word.len();
            let head = rest.get(..start).unwrap_or("");
            // 预算资金合计: two words of which the first says of what.
            let strong =
                ["预算资金", "项目预算", "项目资金", "资金", "预算"].iter().any(|own| head.ends_with(*own))
                    && ["合计", "共计", "总计"].contains(&word.as_str());
            let range = if strong { start - tail_len(head)..rest.len() } else { start..rest.len() };
            return Some((range, strong));
        }
        let link = AMOUNTS
            .links
            .iter()
            .filter(|link| rest.ends_with(link.as_str()))
            .max_by_key(|link| link.len())?;
        rest = rest.get(..rest.len() - link.len())?;
    }
    None
}

fn tail_len(head: &str) -> usize {
    let heads = ["预算资金", "项目预算", "预算"];
    heads.iter().filter(|own| head.ends_with(**own)).map(|own| own.len()).max().unwrap_or(0)
}

fn english_total(before: &str) -> Option<(Range<usize>, bool)> {
    let lower = before.to_ascii_lowercase();
    for (at, word) in words_back(&lower).take(12) {
        let end = at + word.len();
        let head = lower.get(..end)?;
        let found = AMOUNTS.total_english.iter().find(|(own, _)| {
            head.strip_suffix(own.as_str())
                .is_some_and(|rest| !rest.ends_with(|ch: char| ch.is_ascii_alphabetic()))
        });
        if let Some((own, strong)) = found {
            // `The budget for 2024 totals CNY …`
            let named = own.starts_with("total") && head.contains("budget");
            return Some((end - own.len()..end, *strong || named));
        }
        let year = word.len() == 4 && word.chars().all(|ch| ch.is_ascii_digit());
        if !AMOUNTS.links_english.iter().any(|link| link == word) && !year {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::read;

    fn role(text: &str) -> Role {
        let tokens = read(text);
        roles(text, &tokens).into_iter().flatten().next_back().unwrap()
    }

    fn total(text: &str) -> Option<(String, bool, Scope)> {
        match role(text) {
            Role::Total(total) => Some((text[total.word].to_owned(), total.strong, total.scope)),
            _ => None,
        }
    }

    #[test]
    fn a_word_beside_the_amount_makes_it_a_total() {
        let cases = [
            ("该项目总预算为835.74万元。", "项目总预算", true, Scope::Whole),
            ("预算资金总额约为1018万。", "预算资金总额", true, Scope::Either),
            ("本项目2024年预算资金合计1018万元", "预算资金合计", true, Scope::Year(2024)),
            ("体检费1800元，总计330769元", "总计", false, Scope::Either),
            ("全年12次共计8万元", "共计", false, Scope::Annual),
            ("年度预算安排：1018万元", "年度预算安排", true, Scope::Annual),
            ("预测项目总资金为80万元", "总资金", true, Scope::Whole),
            ("Its total budget is CNY 10.18 million.", "total budget", true, Scope::Either),
            ("The budget for 2024 totals CNY 10.18 million.", "totals", true, Scope::Year(2024)),
            ("with a combined budget of CNY 1,000 yuan", "combined budget", true, Scope::Either),
            ("thirteen at that price, CNY 520,000 in all", "in all", false, Scope::Either),
            ("总预算33.08万元（大写：叁拾叁万零捌佰元整）", "总预算", true, Scope::Either),
        ];
        for (text, word, strong, scope) in cases {
            assert_eq!(total(text), Some((word.to_owned(), strong, scope)), "{text}");
        }
    }

    #[test]
    fn what_stands_between_takes_the_total_away() {
        for text in [
            "年度预算安排：网站普查费12万元",
            "总预算中设备费80万元",
            "合同总额为80万元",
            "the budget includes CNY 5,000",
        ] {
            assert_eq!(total(text), None, "{text}");
        }
    }

    #[test]
    fn bounds_and_other_money_state_nothing() {
        for text in [
            "单价100万元以上的设备",
            "总预算不超过100万元",
            "控制在50万元以内",
            "上年支出62万元",
            "带动消费500万元",
            "人均3–5万元",
            "截至2023年底，已到位300万元",
            "no more than CNY 5,000",
            "contracts over CNY 1 million",
        ] {
            assert_eq!(role(text), Role::Silent, "{text}");
        }
    }
}
