//! The parts of a budget that a text tells: which amount is whose, and whether they make up the whole.

use super::block::Found;
use crate::lang::Lang;
use crate::model::Money;
use crate::reading::markers::markers;
use crate::reading::{Role, Token, products, read, roles};

/// The steps to which a whole may have been rounded, in 元.
pub(super) const STEPS: [&str; 5] = ["1元", "10元", "100元", "1000元", "1万元"];
/// How many ways of choosing one amount from each part are tried.
const MOST_WAYS: usize = 20_000;

/// The longest text, in bytes, that is read for amounts; sections of published declarations have a twentieth of it.
pub(super) const MOST_TEXT: usize = 60_000;
/// How many amounts of a text are looked at for a run of parts.
const LONGEST: usize = 200;

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub name: String,
    pub amount: Money,
    pub found: Found,
}

/// A stretch of the text with amounts of one part.
struct Unit {
    text: String,
    found: Found,
    /// The amounts that it may mean, the likeliest last.
    amounts: Vec<Candidate>,
}

#[derive(Clone)]
struct Candidate {
    money: Money,
    /// Where its digits begin within the text of the unit.
    at: usize,
    total: bool,
}

/// The parts that the paragraphs of a budget section tell, `names` being those of an earlier list and `whole` what the form
/// requests. Nothing where the text gives no break-down.
pub(super) fn parts(budget: &[Found], names: &[String], whole: Option<Money>) -> Vec<Part> {
    if budget.iter().map(|found| found.text.len()).sum::<usize>() > MOST_TEXT {
        return Vec::new();
    }
    let ways = [numbered(budget), paragraphs(budget), statements(budget), clauses(budget)];
    if !names.is_empty() {
        for units in &ways {
            let fitting = fitting(units, names);
            if let Some(units) = fitting {
                let amounts = chosen(&units, whole);
                return named(names, &units, &amounts);
            }
        }
    }
    for (way, units) in ways.iter().enumerate() {
        let parts: Vec<&Unit> =
            units.iter().filter(|unit| units.len() == 1 || !tells_whole(unit, whole)).collect();
        if parts.len() < 2 {
            continue;
        }
        let parts = run(&parts, whole).unwrap_or(parts);
        let amounts = chosen(&parts, whole);
        let sum = Money::sum(amounts.iter().map(|one| one.money));
        let fits = sum.zip(whole).is_some_and(|(sum, whole)| rounding(sum, whole).is_some());
        let found: Vec<Part> = parts
            .iter()
            .zip(&amounts)
            .map(|(unit, one)| Part {
                name: name_before(&unit.text, one.at),
                amount: one.money,
                found: unit.found.clone(),
            })
            .collect();
        // Numbered items stand even where they do not make up the whole.
        if found.iter().all(|part| !part.name.is_empty()) && (fits || way == 0) {
            return found;
        }
    }
    Vec::new()
}

/// Whether all that a unit tells is a total, and of the whole where that is known: 24场共计12万元 is the total of a part.
fn tells_whole(unit: &Unit, whole: Option<Money>) -> bool {
    unit.amounts.iter().all(|one| {
        one.total && whole.is_none_or(|whole| one.money >= whole || rounding(one.money, whole).is_some())
    })
}

/// The step to which `exact` was rounded to give `stated`: nothing for equal amounts, `None` when none does.
pub(super) fn rounding(exact: Money, stated: Money) -> Option<Option<&'static str>> {
    if exact == stated {
        return Some(None);
    }
    let step = STEPS
        .into_iter()
        .find(|step| Money::parse(step).ok().and_then(|step| exact.round_to(step)) == Some(stated));
    step.map(Some)
}

/// The longest run of units that makes up the whole: what stands beside it are prices, sums and remarks.
fn run<'u>(units: &[&'u Unit], whole: Option<Money>) -> Option<Vec<&'u Unit>> {
    let whole = whole?;
    let money: Vec<Money> =
        units.iter().filter_map(|unit| unit.amounts.last().map(|one| one.money)).collect();
    let mut runs: Vec<(usize, usize)> = (0..units.len().min(LONGEST))
        .flat_map(|start| (start + 2..=units.len().min(LONGEST)).map(move |end| (start, end)))
        .collect();
    runs.sort_by_key(|(start, end)| std::cmp::Reverse(end - start));
    let sum = |(start, end): &(usize, usize)| Money::sum(money.get(*start..*end)?.iter().copied());
    let exact = runs.iter().find(|own| sum(own) == Some(whole));
    let rounded = || {
        runs.iter().find(|own| {
            sum(own).is_some_and(|sum| rounding(sum, whole).is_some_and(|step| step != Some("1万元")))
        })
    };
    let (start, end) = exact.or_else(rounded)?;
    units.get(*start..*end).map(<[&Unit]>::to_vec)
}

/// As many units as there are names, each of which speaks of its own.
fn fitting<'u>(units: &'u [Unit], names: &[String]) -> Option<Vec<&'u Unit>> {
    let all: Vec<&Unit> = units.iter().collect();
    let alike = |units: &[&Unit]| {
        units.iter().zip(names).filter(|(unit, name)| likeness(name, &unit.text) >= 50).count()
    };
    let mut tries = vec![all.clone()];
    // The first may only tell the whole.
    tries.extend(all.split_first().map(|(_, rest)| rest.to_vec()));
    tries.extend(all.split_last().map(|(_, rest)| rest.to_vec()));
    let exact = tries.into_iter().find(|units| units.len() == names.len() && alike(units) * 2 >= names.len());
    exact.or_else(|| {
        let own: Vec<&Unit> = names
            .iter()
            .filter_map(|name| all.iter().copied().find(|unit| likeness(name, &unit.text) >= 70))
            .collect();
        let apart = own.windows(2).all(|two| matches!(two, [one, other] if !std::ptr::eq(*one, *other)));
        (own.len() == names.len() && apart).then_some(own)
    })
}

/// How many in a hundred of the characters of a name stand in this order near the beginning of a text.
fn likeness(name: &str, text: &str) -> usize {
    let wanted: Vec<char> = name.chars().filter(|ch| ch.is_alphanumeric()).collect();
    let reach = wanted.len() * 2 + 12;
    let mut rest = text.chars().filter(|ch| ch.is_alphanumeric()).take(reach).collect::<Vec<_>>().into_iter();
    let mut same = 0;
    for ch in &wanted {
        let before = rest.clone();
        if rest.any(|other| other == *ch) {
            same += 1;
        } else {
            rest = before;
        }
    }
    same * 100 / wanted.len().max(1)
}

fn named(names: &[String], units: &[&Unit], amounts: &[Candidate]) -> Vec<Part> {
    let pairs = names.iter().zip(units).zip(amounts);
    pairs
        .map(|((name, unit), one)| Part { name: name.clone(), amount: one.money, found: unit.found.clone() })
        .collect()
}

/// One amount from each unit: the likeliest, unless others make up the whole.
fn chosen(units: &[&Unit], whole: Option<Money>) -> Vec<Candidate> {
    let usual: Vec<Candidate> = units.iter().filter_map(|unit| unit.amounts.last().cloned()).collect();
    let fits = |own: &[Candidate]| {
        let sum = Money::sum(own.iter().map(|one| one.money));
        whole.is_some_and(|whole| sum.is_some_and(|sum| rounding(sum, whole).is_some()))
    };
    if whole.is_none() || fits(&usual) {
        return usual;
    }
    if units.len() > LONGEST {
        return usual;
    }
    let mut ways: Vec<Vec<Candidate>> = vec![Vec::new()];
    for unit in units {
        let mut next = Vec::new();
        for way in &ways {
            for one in unit.amounts.iter().rev() {
                let mut way = way.clone();
                way.push(one.clone());
                next.push(way);
            }
        }
        if next.len() > MOST_WAYS {
            return usual;
        }
        ways = next;
    }
    ways.into_iter().find(|way| fits(way)).unwrap_or(usual)
}

fn unit(text: &str, found: &Found) -> Option<Unit> {
    let tokens = read(text);
    let roles = roles(text, &tokens);
    let mut amounts: Vec<Candidate> =
        tokens.iter().zip(&roles).filter_map(|(token, role)| candidate(token, role.as_ref()?)).collect();
    if amounts.len() > 1 {
        // What a price and a quantity multiply to is meant, not the price.
        let written = products(text, &tokens);
        let factor = |at: usize| written.iter().any(|product| product.range.contains(&at));
        if amounts.iter().any(|one| !factor(one.at)) {
            amounts.retain(|one| !factor(one.at));
        }
    }
    // A total that the words name is likelier than any other amount; of several, the last.
    amounts.sort_by_key(|one| one.total);
    let cut = text.trim().to_owned();
    let lead = text.len() - text.trim_start().len();
    amounts.iter_mut().for_each(|one| one.at = one.at.saturating_sub(lead));
    (!amounts.is_empty()).then(|| Unit {
        text: cut,
        found: Found::new(text.trim().to_owned(), found.place.clone()),
        amounts,
    })
}

fn candidate(token: &Token, role: &Role) -> Option<Candidate> {
    let amount = token.amount()?;
    let total = matches!(role, Role::Total(_));
    let counts = matches!(role, Role::Total(_) | Role::Plain) && !amount.in_range;
    counts.then_some(Candidate { money: amount.money, at: token.range.start, total })
}

/// Items with numbers or dots before them.
fn numbered(budget: &[Found]) -> Vec<Unit> {
    let mut units = Vec::new();
    for found in budget {
        let text = &found.text;
        let starts: Vec<usize> = markers(text, Lang::Zh).iter().map(|marker| marker.range.start).collect();
        let dotted = text.starts_with(['·', '•', '●', '-']);
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            units.extend(text.get(*start..end).and_then(|text| unit(text, found)));
        }
        if starts.is_empty() && dotted {
            units.extend(unit(text, found));
        }
    }
    units
}

fn paragraphs(budget: &[Found]) -> Vec<Unit> {
    budget.iter().filter_map(|found| unit(&found.text, found)).collect()
}

fn statements(budget: &[Found]) -> Vec<Unit> {
    split(budget, &['；', ';', '。'])
}

fn clauses(budget: &[Found]) -> Vec<Unit> {
    split(budget, &['；', ';', '。', '，', ',', '、'])
}

/// The stretches between marks; one that only tells the whole before a colon is cut off.
fn split(budget: &[Found], marks: &[char]) -> Vec<Unit> {
    let mut units = Vec::new();
    for found in budget {
        let text = found.text.as_str();
        let mut start = 0;
        let ends = text.char_indices().filter(|(at, ch)| {
            let digit = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
            let grouped = *ch == ','
                && digit(text.get(..*at).and_then(|own| own.chars().next_back()))
                && digit(text.get(at + 1..).and_then(|own| own.chars().next()));
            marks.contains(ch) && !grouped
        });
        let mut ends: Vec<(usize, usize)> = ends.map(|(at, ch)| (at, at + ch.len_utf8())).collect();
        ends.push((text.len(), text.len()));
        for (end, next) in ends {
            let own = text.get(start..end).unwrap_or("");
            let behind = own
                .rfind(['：', ':'])
                .and_then(|at| own.get(at..))
                .map(|own| own.trim_start_matches(['：', ':']));
            let listed = behind.and_then(|own| unit(own, found));
            units.extend(listed.or_else(|| unit(own, found)));
            start = next;
        }
    }
    units
}

/// What an amount is for: the words before it, without number, verb and mark.
fn name_before(text: &str, at: usize) -> String {
    let head = text.get(..at).unwrap_or("");
    let mark = markers(text, Lang::Zh).first().filter(|own| own.leads).map_or(0, |own| own.range.end);
    let head = head.get(mark.min(head.len())..).unwrap_or("");
    let head = head.trim_start_matches(['·', '•', '●', '-', ' ', '.', '、', '（', '）']);
    let head = head.split(['，', ',', '：', ':']).next().unwrap_or(head);
    // 讲座费每场5000元 is 讲座费.
    let price = head.char_indices().find(|(at, ch)| {
        let rest = head.get(*at..).unwrap_or("");
        *ch == '每' && rest.contains('元') && rest.chars().skip(1).take(4).any(|ch| ch.is_ascii_digit())
    });
    let mut name = price.and_then(|(at, _)| head.get(..at)).unwrap_or(head).trim();
    let words = ["其中", "包括"];
    name = words.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    loop {
        let ends = [
            "约为",
            "共计",
            "合计",
            "预算",
            "金额",
            "需要",
            "安排",
            "为",
            "约",
            "按",
            "共",
            "需",
            "计",
            "是",
            "人民币",
            "￥",
            "¥",
        ];
        let trimmed = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).trim();
        if trimmed.len() == name.len() {
            return name.to_owned();
        }
        name = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::{At, Place};

    fn budget(texts: &[&str]) -> Vec<Found> {
        let place = Place { file: "甲.txt".into(), at: At::File };
        texts.iter().map(|text| Found::new((*text).into(), place.clone())).collect()
    }

    fn read(texts: &[&str], names: &[&str], whole: &str) -> Vec<(String, String)> {
        let names: Vec<String> = names.iter().map(|name| (*name).into()).collect();
        let parts = parts(&budget(texts), &names, Money::parse(whole).ok());
        parts.into_iter().map(|part| (part.name, part.amount.to_string())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(name, amount)| ((*name).into(), (*amount).into())).collect()
    }

    #[test]
    fn a_paragraph_a_part_gives_its_total_and_not_its_prices() {
        let texts = [
            "驻场运维参考原有项目，不少于4人，市场预估人均约20万元/年，预测项目总资金为80万元。",
            "专项检查包括内部检查，单次6万；街道检查不少于13家，单次4万，预测项目资金共计为58万。",
        ];
        assert_eq!(
            read(&texts, &["驻场运维服务项目", "数据安全专项检查"], "138万元"),
            pairs(&[("驻场运维服务项目", "80万元"), ("数据安全专项检查", "58万元")])
        );
    }

    #[test]
    fn items_are_told_from_their_sum() {
        let texts = ["工资为 319369 元,餐费为 9600 元,体检费为 1800 元,总计 330769 元。"];
        assert_eq!(
            read(&texts, &[], "330800元"),
            pairs(&[("工资", "319369元"), ("餐费", "9600元"), ("体检费", "1800元")])
        );
    }

    #[test]
    fn the_total_of_a_part_is_no_whole() {
        let texts = ["讲座组织费每场5000元，24场共计12万元；图书采购26万元。"];
        assert_eq!(read(&texts, &[], "38万元"), pairs(&[("讲座组织费", "12万元"), ("图书采购", "26万元")]));
    }

    #[test]
    fn numbered_items_stand_beside_a_whole_that_differs() {
        let texts = ["该项目总预算为90万元。1.系统运维50万元；2.光纤租费约为30万元。"];
        assert_eq!(read(&texts, &[], "80万元"), pairs(&[("系统运维", "50万元"), ("光纤租费", "30万元")]));
        assert_eq!(read(&texts, &[], "70万元"), pairs(&[("系统运维", "50万元"), ("光纤租费", "30万元")]));
    }

    #[test]
    fn sums_and_the_rounded_request_beside_the_items_are_no_items() {
        let texts = [
            "本项目各项费用如下：工资 319369 元，餐费 9600 元，体检费 1800 元。三项实数之和为 330769 元，取整到百元，2024 年申请预算 330800 元。",
        ];
        let all = [("工资", "319369元"), ("餐费", "9600元"), ("体检费", "1800元")];
        assert_eq!(read(&texts, &[], "330800元"), pairs(&all));
        let texts =
            ["预算 12.5 万元，包括：设备 3.5 万元；网络 9 万元。", "其中，单台设备 1.75 万元；存储 2 万元。"];
        assert_eq!(read(&texts, &[], "12.5万元"), pairs(&[("设备", "3.5万元"), ("网络", "9万元")]));
    }

    #[test]
    fn amounts_that_make_up_no_whole_are_no_parts() {
        assert_eq!(read(&["参考市场价格，每次2万元，另有押金3万元。"], &[], "80万元"), pairs(&[]));
    }
}
