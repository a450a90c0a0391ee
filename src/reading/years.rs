//! What a year of a text is the year of: a plan, a state of affairs, history, a document, a name.
//!
//! Decided here alone, for the rule on years, for amounts of other years, and for what moves to next year.

use std::ops::Range;

use super::Mention;
use super::quotes::{cited, holds};
use super::sentences::{phrase, sentence};
use super::words::DATES;
use crate::model::Year;

/// What a year is the year of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Work to be done, or money to be spent: the year of the declaration, or a mistake.
    Plan,
    /// Work, done or to be done: what the text is about decides.
    Work,
    /// A state of affairs at a day: 截至2024年底.
    State,
    /// Where something comes from: 自2017年起, 2019年建成.
    History,
    /// Results of an earlier year, or a row of years to compare: 2024年预算执行率98%.
    Comparison,
    /// The date of a document or a decision: 2024年9月12日批复.
    Document,
    /// A part of a title, a number or the name of a plan: “十四五”规划（2021—2025年）.
    Name,
    /// Nothing around it says.
    Open,
}

/// A year of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearOf {
    /// The date that names it.
    pub mention: Mention,
    /// The year.
    pub year: Year,
    /// What it is the year of.
    pub meaning: Meaning,
    /// The words that say so; empty where its place alone does.
    pub because: Range<usize>,
}

/// The years of a text, each with what it means in a declaration for the year `own`.
pub fn years(text: &str, mentions: &[Mention], own: Year) -> Vec<YearOf> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let cited = cited(text);
    let years = mentions.iter().filter_map(|mention| {
        let year = mention.year?;
        let reader = Reader { text, mentions, own, mention, year };
        let (meaning, because) = if holds(&cited, mention.range.start) {
            (Meaning::Name, mention.range.start..mention.range.start)
        } else {
            reader.meaning()
        };
        Some(YearOf { mention: mention.clone(), year, meaning, because })
    });
    years.collect()
}

struct Reader<'r> {
    text: &'r str,
    mentions: &'r [Mention],
    own: Year,
    mention: &'r Mention,
    year: Year,
}

impl Reader<'_> {
    fn meaning(&self) -> (Meaning, Range<usize>) {
        let at = self.mention.range.start;
        let phrase = phrase(self.text, at);
        let sentence = sentence(self.text, at);
        let before = self.text.get(phrase.start..at).unwrap_or("");
        let end = self.mention.range.end;
        let after = self.text.get(end..phrase.end.max(end)).unwrap_or("");
        let rest = self.text.get(end..sentence.end.max(end)).unwrap_or("");
        let found = |range: Option<Range<usize>>, from: usize| {
            range.map_or(at..at, |range| from + range.start..from + range.end)
        };
        let past = self.year < self.own;
        if in_plan_name(before) || is_numbered(before) {
            return (Meaning::Name, phrase.start..at);
        }
        if let Some(range) = DATES.state.first_in(before) {
            return (Meaning::State, found(Some(range), phrase.start));
        }
        if !past && before.trim_end().ends_with('到') {
            return (Meaning::State, at..at);
        }
        let led = before.trim_end().to_ascii_lowercase();
        if past && DATES.history_before.iter().any(|word| led.ends_with(word.as_str())) {
            return (Meaning::History, phrase.start..at);
        }
        if past && self.is_since(before, after) {
            return (Meaning::History, found(DATES.since.first_in(after), end));
        }
        if let Some(range) = self.document(before, rest) {
            return (Meaning::Document, found(Some(range), end));
        }
        if past {
            let whole = self.text.get(sentence.clone()).unwrap_or("");
            let done = is_done(before, after) || DATES.history.first_in(after).is_some();
            if done {
                return (Meaning::History, found(DATES.history.first_in(after), end));
            }
            if let Some(range) = DATES.comparison.first_in(whole).filter(|_| !self.has_own_words(whole)) {
                return (Meaning::Comparison, found(Some(range), sentence.start));
            }
            if self.in_a_row(&sentence) {
                return (Meaning::Comparison, sentence);
            }
        }
        if let Some(range) = DATES.plan_sure.first_in(after) {
            return (Meaning::Plan, found(Some(range), end));
        }
        match DATES.plan.first_in(after) {
            Some(range) => (Meaning::Work, found(Some(range), end)),
            None if DATES.plan.any_in(before) => (Meaning::Plan, phrase.start..at),
            None => (Meaning::Open, at..at),
        }
    }

    /// 自2017年起, since 2017, 2017年以来
    fn is_since(&self, before: &str, after: &str) -> bool {
        let before = before.trim_end();
        let led = DATES.since_before.iter().any(|word| before.to_ascii_lowercase().ends_with(word.as_str()));
        let goes_on = DATES.since.iter().any(|word| after.trim_start().starts_with(word.as_str()));
        // 自2025年1月起至12月 is a period.
        let ends = self.mentions.iter().any(|other| {
            other.range.start >= self.mention.range.end
                && other.range.start <= self.mention.range.end + after.len()
        });
        (led && before.to_ascii_lowercase().ends_with("since"))
            || (goes_on && !ends && (led || after.trim_start().starts_with("以来")))
    }

    /// The words behind a date that make it the date of a document or a decision.
    ///
    /// 依据2024年10月…《复函》: what the sentence rests on. 2024年9月12日批复: the word stands right behind, and nothing
    /// that is to be done stands before it.
    fn document(&self, before: &str, rest: &str) -> Option<Range<usize>> {
        let until = self.mentions.iter().map(|other| other.range.start);
        let next = until.filter(|at| *at >= self.mention.range.end).min();
        let reach = next.map_or(rest.len(), |next| next - self.mention.range.end).min(rest.len());
        let near = rest.get(..reach).unwrap_or("");
        let title = rest.find('《');
        let lower = before.to_ascii_lowercase();
        let rests_on = DATES.grounds.iter().any(|word| {
            lower.trim_end().ends_with(word.as_str()) || lower.contains(word.as_str()) && word.len() > 3
        });
        let word = DATES.document.first_in(near).filter(|range| !self.is_other(near, range));
        if rests_on {
            return title
                .map(|at| at..at + '《'.len_utf8())
                .or(word)
                .or_else(|| DATES.document.first_in(rest));
        }
        let to_do = DATES.plan.first_in(near).map(|range| range.start);
        let word = word.filter(|word| to_do.is_none_or(|to_do| word.start <= to_do))?;
        let exact = self.mention.month.is_some() || self.year < self.own;
        // Within the declaration's year, and in the year before it by its months, such steps are mostly planned.
        let planned = self.year >= self.own || self.mention.day.is_none() && to_do.is_some();
        (exact && !planned).then_some(word)
    }

    fn is_other(&self, near: &str, range: &Range<usize>) -> bool {
        DATES.not_document.iter().any(|word| {
            near.match_indices(word.as_str())
                .any(|(at, own)| at <= range.start && range.end <= at + own.len())
        })
    }

    /// Whether the sentence tells what this year brings; then a word for comparing says nothing of the date.
    fn has_own_words(&self, sentence: &str) -> bool {
        let exact = ["支出", "spent", "比", "较"];
        let words: Vec<&String> = DATES
            .comparison
            .iter()
            .filter(|word| sentence.to_ascii_lowercase().contains(word.as_str()))
            .collect();
        words.iter().all(|word| exact.contains(&word.as_str())) && !sentence.contains("实际")
    }

    /// Whether the sentence names further years, so that this one stands in a row of them.
    fn in_a_row(&self, sentence: &Range<usize>) -> bool {
        self.mentions.iter().any(|other| {
            other.range.start >= sentence.start
                && other.range.end <= sentence.end
                && other.year.is_some_and(|year| year != self.year && year <= self.own)
        })
    }
}

/// 已于2023年完成, 2023年完成了, 2023年已完成
fn is_done(before: &str, after: &str) -> bool {
    let already = |text: &str| text.contains('已') || text.contains("曾");
    already(before)
        || already(after)
        || after.contains("完成了")
        || after.contains('了')
        || after.contains("already")
}

/// Whether an open bracket follows the name of a plan: “十四五”规划（2021—2025年）.
fn in_plan_name(before: &str) -> bool {
    let Some((name, inner)) = before.rsplit_once(['（', '(']) else { return false };
    !inner.contains(['）', ')'])
        && (name.ends_with(['》', '”'])
            || DATES.plan_names.iter().any(|word| name.to_ascii_lowercase().ends_with(word.as_str())))
}

/// `No. 43 of 2007`
fn is_numbered(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let number = lower.trim_end().strip_suffix("of").map(str::trim_end);
    number.is_some_and(|head| {
        let digits = head.trim_end_matches(|ch: char| ch.is_ascii_digit());
        digits.len() < head.len() && digits.trim_end().ends_with("no.")
    })
}

#[cfg(test)]
mod tests {
    use super::super::dates::mentions;
    use super::*;

    fn means(text: &str, own: Year) -> Vec<Meaning> {
        years(text, &mentions(text), own).into_iter().map(|one| one.meaning).collect()
    }

    #[test]
    fn the_plan_of_a_year_is_told_from_what_was() {
        use Meaning::{Comparison, Document, History, Name, Plan, State, Work};
        let cases: &[(&str, &[Meaning])] = &[
            ("2025年度预算安排300万元。", &[Plan]),
            ("2025年完成12次巡检。", &[Work]),
            ("2025年3月完成招标，4月至11月实施，12月竣工。", &[Work]),
            ("截至2025年底，共有藏书30万册。", &[State]),
            ("该系统自2019年起运行。", &[History]),
            ("展厅于2021年建成，原馆建于2009年。", &[History, History]),
            ("2025年已完成一期改造。", &[History]),
            ("2024年投入120万元、2025年投入135万元。", &[History, History]),
            ("2025年预算执行率为98.5%。", &[Comparison]),
            ("2024年预算110万元，2025年预算120万元，2026年预算130万元。", &[Comparison, Comparison, Plan]),
            ("依据2024年10月15日区财政局《关于明确经费渠道的复函》（财〔2024〕26号）。", &[Document, Name]),
            ("2025年9月12日批复同意立项。", &[Document]),
            ("2025年12月5日区政府专题会议纪要明确由本单位实施。", &[Document]),
            ("《2021年工作要点》和“十四五”规划（2021—2025年）。", &[Name, Name, Name]),
        ];
        for (text, expected) in cases {
            let wanted: Vec<Meaning> = expected.to_vec();
            let found: Vec<Meaning> = means(text, 2026);
            // 〔2024〕 is a number and no date of its own.
            let wanted = if found.len() < wanted.len() { wanted[..found.len()].to_vec() } else { wanted };
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn english_years_are_told_apart_likewise() {
        use Meaning::{Document, History, Plan, State};
        assert_eq!(means("The budget for 2025 is CNY 3 million.", 2026), [Plan]);
        assert_eq!(means("By the end of 2024, 42 units were connected.", 2026), [State]);
        assert_eq!(means("It has run since 2017.", 2026), [History]);
        assert_eq!(means("The system was opened in 2019.", 2026).len(), 1);
        assert_eq!(means("The letter of 12 September 2025 approved the project.", 2026), [Document]);
    }
}
