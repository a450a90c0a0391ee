//! Amounts that a text gives as all the parts of a whole: four quarters, two halves, every source of funds.

use std::collections::BTreeSet;

use super::implied::Implied;
use super::known::Known;
use super::{Facts, meets, names};
use crate::lang::Lang;
use crate::model::Money;
use crate::reading::words::AMOUNTS;
use crate::reading::{Product, Role, Token, line, sentence};

/// All parts of a whole.
#[derive(Debug, Clone)]
pub struct Group {
    /// The tokens of the parts.
    pub parts: Vec<usize>,
    /// What they add up to.
    pub sum: Money,
    /// What the whole is.
    pub whole: Whole,
    /// Whether the parts give the whole.
    pub adds_up: bool,
    /// Whether the parts are of time: the ledger does not know them, so that only their sum is judged.
    pub of_time: bool,
}

/// A whole, in the text or of the ledger.
#[derive(Debug, Clone)]
pub enum Whole {
    /// The token that states it.
    Stated(usize),
    /// The amount of the ledger.
    Known(Known),
}

/// Every group of a text.
pub fn groups(text: &str, tokens: &[Token], roles: &[Option<Role>], facts: &Facts, lang: Lang) -> Vec<Group> {
    if !["季度", "半年", "资金", "quarter", "half"].iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let finder = Finder { text, tokens, roles, facts, lang };
    let mut groups = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let here: Vec<(usize, &str)> = finder.amounts(&range);
        if here.len() < 2 {
            continue;
        }
        groups.extend(
            [&AMOUNTS.quarters, &AMOUNTS.halves].into_iter().filter_map(|set| finder.set(set, &here)),
        );
        groups.extend(finder.sources(&here));
    }
    groups
}

/// The factors of products, the parts of groups that are judged as a whole, and the prices of what is implied.
pub(super) fn parts(products: &[Product], implied: &[Implied], groups: &[Group]) -> BTreeSet<usize> {
    let terms = products.iter().flat_map(|product| &product.terms).filter(|term| term.tokens.len() > 1);
    let written = terms.flat_map(|term| term.tokens.iter().copied());
    let judged = groups.iter().filter(|group| group.of_time || !group.adds_up);
    let grouped = judged.flat_map(|group| group.parts.iter().copied());
    written.chain(grouped).chain(implied.iter().map(|implied| implied.price)).collect()
}

struct Finder<'f> {
    text: &'f str,
    tokens: &'f [Token],
    roles: &'f [Option<Role>],
    facts: &'f Facts,
    lang: Lang,
}

impl<'f> Finder<'f> {
    /// The amounts of a line, each with the text between it and the one before.
    fn amounts(&self, line: &std::ops::Range<usize>) -> Vec<(usize, &'f str)> {
        let mut last = line.start;
        let mut list = Vec::new();
        let from = self.tokens.partition_point(|token| token.range.start < line.start);
        for (index, token) in self.tokens.iter().enumerate().skip(from) {
            if token.range.end > line.end {
                break;
            }
            if token.amount().is_some() {
                list.push((index, self.text.get(last..token.range.start).unwrap_or("")));
                last = token.range.end;
            }
        }
        list
    }

    fn money(&self, index: usize) -> Option<Money> {
        self.tokens.get(index)?.amount().map(|amount| amount.money)
    }

    /// One amount for each of the words, all in one line.
    fn set(&self, set: &[Vec<String>], here: &[(usize, &str)]) -> Option<Group> {
        let mut parts = Vec::new();
        for words in set {
            let lower = |gap: &str| gap.to_ascii_lowercase();
            let mut found =
                here.iter().filter(|(_, gap)| words.iter().any(|word| lower(gap).contains(word.as_str())));
            let (index, _) = found.next()?;
            // The same words twice in a line: two wholes, and nobody can say which part is whose.
            if found.next().is_some() || parts.contains(index) {
                return None;
            }
            parts.push(*index);
        }
        let first = *parts.iter().min()?;
        let last = *parts.iter().max()?;
        let is_total = |index: &usize| matches!(self.roles.get(*index), Some(Some(Role::Total(_))));
        let begin = sentence(self.text, self.tokens.get(first)?.range.start).start;
        let same = |index: &usize| self.tokens.get(*index).is_some_and(|token| token.range.start >= begin);
        let before = here.iter().map(|(index, _)| *index).rfind(|index| *index < first);
        let before = before.filter(|index| is_total(index) || same(index));
        let after = here.iter().map(|(index, _)| *index).find(|index| *index > last);
        let after = after.filter(is_total);
        let whole = match before.or(after) {
            Some(index) => Whole::Stated(index),
            None => Whole::Known(self.annual(first)?),
        };
        self.group(parts, whole, true)
    }

    /// The year's request, where the line names no part of the project.
    fn annual(&self, index: usize) -> Option<Known> {
        let at = self.tokens.get(index)?.range.start;
        let around = self.text.get(line(self.text, at))?;
        let named = self.facts.parts.iter().any(|part| names(around, &part.name, self.lang));
        self.facts.annual.first().filter(|_| !named).cloned()
    }

    fn sources(&self, here: &[(usize, &str)]) -> Option<Group> {
        let find = |words: &[String]| {
            let mut found =
                here.iter().filter(|(_, gap)| words.iter().any(|word| gap.contains(word.as_str())));
            let one = found.next().map(|(index, _)| *index);
            one.filter(|_| found.next().is_none())
        };
        let other = find(&AMOUNTS.other_funds)?;
        let parts = match find(&AMOUNTS.fiscal) {
            Some(fiscal) => vec![fiscal, other],
            None => {
                let below: Vec<usize> = AMOUNTS.below_fiscal.iter().filter_map(|words| find(words)).collect();
                if below.len() < AMOUNTS.below_fiscal.len() {
                    return None;
                }
                below.into_iter().chain([other]).collect()
            }
        };
        let first = *parts.iter().min()?;
        let whole = here.iter().map(|(index, _)| *index).rfind(|index| *index < first)?;
        let is_whole = match self.roles.get(whole)? {
            Some(Role::Total(_)) => true,
            Some(Role::Plain) => {
                let between =
                    self.text.get(self.tokens.get(whole)?.range.end..self.tokens.get(first)?.range.start)?;
                between.contains("其中") || between.contains("来源")
            }
            _ => false,
        };
        if !is_whole {
            return None;
        }
        self.group(parts, Whole::Stated(whole), false)
    }

    fn group(&self, parts: Vec<usize>, whole: Whole, of_time: bool) -> Option<Group> {
        let sum = Money::sum(parts.iter().filter_map(|index| self.money(*index)))?;
        let silent =
            |index: &usize| !matches!(self.roles.get(*index), Some(Some(Role::Plain | Role::Total(_))));
        if parts.iter().any(silent) {
            return None;
        }
        let adds_up = match &whole {
            Whole::Stated(index) => meets(self.tokens.get(*index)?.amount()?, sum).is_some(),
            Whole::Known(known) => known.money == sum,
        };
        Some(Group { parts, sum, whole, adds_up, of_time })
    }
}
