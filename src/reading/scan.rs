//! One pass over a text that finds its numbers.

use std::ops::Range;

use super::money;
use super::numeral::{self, Numeral};
use super::price;
use super::{Kind, Mention, Token};

/// Reads every number of a text, in order.
pub fn read(text: &str) -> Vec<Token> {
    read_beside(text, &super::dates::mentions(text))
}

/// Reads every number of a text whose dates were read before, so that no part of one is taken for a count or an amount.
pub fn read_beside(text: &str, dates: &[Mention]) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0, tokens: Vec::new() };
    let mut dates = dates.iter().peekable();
    while let Some(ch) = scanner.rest().chars().next() {
        while dates.next_if(|date| date.range.start < scanner.at).is_some() {}
        match dates.next_if(|date| date.range.start == scanner.at) {
            Some(date) => scanner.push(date.range.clone(), kind(date)),
            None => scanner.step(ch),
        }
    }
    let mut tokens = scanner.tokens;
    mark_ranges(text, &mut tokens);
    price::mark(text, &mut tokens);
    tokens
}

/// A year by itself, or a date.
fn kind(date: &Mention) -> Kind {
    match date {
        Mention { year: Some(year), month: None, .. } => Kind::Year(*year),
        date => Kind::Date(date.clone()),
    }
}

/// Where the pass has come to.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn step(&mut self, ch: char) {
        match ch {
            '《' => self.skip_to('》'),
            '〔' => self.skip_to('〕'),
            '[' | '［' | '(' | '（' if self.document_year(ch) => {}
            '¥' | '￥' => {
                let begin = self.at;
                self.at += ch.len_utf8();
                self.currency(begin);
            }
            _ if ch.is_ascii_alphabetic() => self.letters(),
            _ if numeral::digit(ch).is_some() => self.digits(None),
            _ if numeral::begins_chinese(ch) => self.chinese(),
            _ => self.at += ch.len_utf8(),
        }
    }

    /// Titles and document numbers hold years and figures that say nothing of the project.
    fn skip_to(&mut self, close: char) {
        let rest = self.rest();
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let line = rest.find('\n').unwrap_or(rest.len());
        self.at += match rest.get(..line).and_then(|line| line.find(close)) {
            Some(end) => end + close.len_utf8(),
            None => first,
        };
    }

    /// [2007] or (2007) of a document number; a number of the document follows.
    fn document_year(&mut self, open: char) -> bool {
        let inner = self.rest().get(open.len_utf8()..).unwrap_or("");
        let digits = |text: &str| text.find(|ch: char| numeral::digit(ch).is_none()).unwrap_or(text.len());
        let len = digits(inner);
        let behind = inner.get(len..).unwrap_or("");
        let Some(close) = behind.chars().next().filter(|ch| [']', '］', ')', '）'].contains(ch)) else {
            return false;
        };
        let number = behind.get(close.len_utf8()..).unwrap_or("").trim_start_matches(' ');
        let number_len = digits(number);
        let is_number = number_len > 0
            && number.get(number_len..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with('号'));
        if len >= 4 && is_number {
            self.at += open.len_utf8() + len + close.len_utf8();
        }
        len >= 4 && is_number
    }

    /// An amount behind CNY, RMB or ¥, which begins at `begin`.
    fn currency(&mut self, begin: usize) {
        let spaces = self.rest().len() - self.rest().trim_start_matches([' ', '\u{a0}']).len();
        if self.rest().get(spaces..).and_then(|rest| rest.chars().next()).and_then(numeral::digit).is_some() {
            self.at += spaces;
            self.digits(Some(begin));
        }
    }

    /// A Latin word: a currency, a number word, or the head of a standard's number or a name such as IPv6.
    fn letters(&mut self) {
        let rest = self.rest();
        let begin = self.at;
        let len = numeral::word(rest);
        let word = rest.get(..len).unwrap_or("");
        if ["CNY", "RMB"].contains(&word) {
            self.at += len;
            self.currency(begin);
            return;
        }
        if let Some(numeral) = numeral::english(rest) {
            self.at += numeral.len;
            self.plain(begin, &numeral);
            return;
        }
        let name = rest.find(|ch: char| !ch.is_ascii_alphanumeric() && !matches!(ch, '/' | '.' | '-' | '_'));
        let name = name.unwrap_or(rest.len());
        let end = if rest.get(len..name).is_some_and(|tail| tail.contains(|ch: char| ch.is_ascii_digit())) {
            name
        } else {
            len
        };
        self.at += end;
        let capitals = rest.get(..name).is_some_and(|name| {
            name.len() > 1 && name.chars().all(|ch| ch.is_ascii_uppercase() || ch == '/')
        });
        if capitals {
            self.at = begin + name;
            self.standard();
        }
    }

    /// ` 22239-2019` behind GB/T, ` 9001:2015` behind ISO.
    fn standard(&mut self) {
        let rest = self.rest();
        let body = rest.trim_start_matches(' ');
        let is_part = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | '-' | '—' | '–' | ':');
        let len = body.find(|ch: char| !is_part(ch)).unwrap_or(body.len());
        let number = body.get(..len).unwrap_or("");
        let year = number.rsplit(['-', '—', '–', ':']).next().unwrap_or("");
        if number.starts_with(|ch: char| ch.is_ascii_digit()) && year.len() == 4 && year.len() < number.len()
        {
            self.at += rest.len() - body.len() + len;
        }
    }

    fn digits(&mut self, currency: Option<usize>) {
        let rest = self.rest();
        match numeral::arabic(rest) {
            Ok(numeral) => self.number(&numeral, currency),
            Err(len) => self.at += len.max(1),
        }
    }

    fn chinese(&mut self) {
        let rest = self.rest();
        match numeral::chinese(rest) {
            Some(numeral) => self.number(&numeral, None),
            None => self.at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    fn number(&mut self, numeral: &Numeral, currency: Option<usize>) {
        let begin = self.at;
        let digits = begin..begin + numeral.len;
        let after = self.text.get(digits.end..).unwrap_or("");
        if let Some((amount, end)) = money::amount(self.text, digits.clone(), numeral, currency) {
            self.push(currency.unwrap_or(begin)..end, Kind::Amount(amount));
            return;
        }
        let spaced = after.trim_start_matches(' ');
        let spaces = after.len() - spaced.len();
        for sign in ["%", "％", "percent", "per cent"] {
            if spaced.starts_with(sign) {
                self.push(begin..digits.end + spaces + sign.len(), Kind::Percent(numeral.value));
                return;
            }
        }
        let times = after.strip_prefix(['x', 'X']).is_some_and(|rest| {
            rest.trim_start().starts_with(|ch: char| numeral::digit(ch).is_some() || ch == '¥')
        });
        if after.starts_with(|ch: char| ch.is_ascii_alphabetic()) && !times {
            // 700M, 100G, 3D: a unit or name that is not ours to judge.
            let name = after.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(after.len());
            self.at = digits.end + name;
            return;
        }
        if currency.is_some() {
            self.at = digits.end;
            return;
        }
        self.plain(begin, numeral);
    }

    fn plain(&mut self, begin: usize, numeral: &Numeral) {
        self.push(begin..begin + numeral.len, Kind::Number(numeral.value));
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        self.at = range.end.max(self.at + 1);
        self.tokens.push(Token { range, kind });
    }
}

/// Marks both ends of 3–5万元 and 3万元至5万元; the number of the first becomes part of no amount.
fn mark_ranges(text: &str, tokens: &mut [Token]) {
    for index in 1..tokens.len() {
        let (Some(before), Some(own)) = (tokens.get(index - 1), tokens.get(index)) else { continue };
        let gap = text.get(before.range.end..own.range.start).unwrap_or("").trim();
        let joined = ["-", "–", "—", "~", "～", "－", "至", "到", "to"].contains(&gap);
        let money = own.amount().is_some();
        let begins = before.amount().is_some() || before.number().is_some();
        if !(joined && money && begins) {
            continue;
        }
        for at in [index - 1, index] {
            if let Some(Token { kind: Kind::Amount(amount), .. }) = tokens.get_mut(at) {
                amount.in_range = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(text: &str) -> Vec<(String, String)> {
        let of =
            |token: &Token| Some((text[token.range.clone()].to_owned(), token.amount()?.money.in_yuan()));
        read(text).iter().filter_map(of).collect()
    }

    #[test]
    fn amounts_are_read_in_every_writing() {
        let cases = [
            ("总额1,018万元。", "1,018万元", "10180000元"),
            ("总额 1018 万元", "1018 万元", "10180000元"),
            ("１０．５亿元", "１０．５亿元", "1050000000元"),
            ("共3百万元", "3百万元", "3000000元"),
            ("共2.5千元", "2.5千元", "2500元"),
            ("一百一十五万元", "一百一十五万元", "1150000元"),
            ("壹仟零壹拾捌万元整", "壹仟零壹拾捌万元整", "10180000元"),
            ("（大写：叁元伍角整）", "叁元伍角整", "3.5元"),
            ("（大写：伍角叁分）", "伍角叁分", "0.53元"),
            ("（大写：壹分）", "壹分", "0.01元"),
            ("1亿2000万元", "1亿2000万元", "120000000元"),
            ("5万3000元", "5万3000元", "53000元"),
            ("1000余万元", "1000余万元", "10000000元"),
            ("资金约58万。", "58万", "580000元"),
            ("资金约五十八万，", "五十八万", "580000元"),
            ("¥330,769.50元", "¥330,769.50元", "330769.5元"),
            ("人民币33.08万元", "33.08万元", "330800元"),
            ("of CNY 10.18 million,", "CNY 10.18 million", "10180000元"),
            ("RMB 61,000.", "RMB 61,000", "61000元"),
            ("10.18 million yuan", "10.18 million yuan", "10180000元"),
            ("40,000 yuan each", "40,000 yuan", "40000元"),
        ];
        for (text, stated, yuan) in cases {
            assert_eq!(amounts(text), [(stated.to_owned(), yuan.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_gives_none() {
        for text in [
            "服务50万人次",
            "用户数达到500万。",
            "下载12万次，",
            "100万美元",
            "多元化、二元结构、一元化管理",
            "几十万元",
            "GB/T 22239-2019",
            "《财预〔2021〕101号》",
            "（公通字[2007] 43 号）",
            "提供5×8小时、7×24小时服务",
            "带宽不少于700M，100G通道6条",
            "元数据30元素",
            "10,18万元",
            "USD 5 million",
            "5 million people",
        ] {
            assert_eq!(amounts(text), [], "{text}");
        }
    }

    fn kinds(text: &str) -> Vec<Kind> {
        read(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn years_dates_and_percentages_are_told_apart() {
        let kinds = |text: &str| -> Vec<Kind> {
            let unplaced = |kind| match kind {
                Kind::Date(date) => Kind::Date(Mention { range: 0..0, ..date }),
                other => other,
            };
            kinds(text).into_iter().map(unplaced).collect()
        };
        let date =
            |year, month, day| Kind::Date(Mention { range: 0..0, year: Some(year), month: Some(month), day });
        assert_eq!(kinds("2024年、2024年度"), [Kind::Year(2024), Kind::Year(2024)]);
        assert_eq!(kinds("2024年8月"), [date(2024, 8, None)]);
        assert_eq!(kinds("2024 年 8 月 1 日"), [date(2024, 8, Some(1))]);
        assert_eq!(kinds("2024-08-01"), [date(2024, 8, Some(1))]);
        assert_eq!(kinds("二〇二四年"), [Kind::Year(2024)]);
        assert_eq!(kinds("in 2024, since 2017."), [Kind::Year(2024), Kind::Year(2017)]);
        assert_eq!(kinds("from August 2024"), [date(2024, 8, None)]);
        assert_eq!(kinds("10%、5％"), [Kind::Percent(10.into()), Kind::Percent(5.into())]);
        assert_eq!(kinds("《2024年通知》、〔2021〕、GB/T 22239-2019、iGuardV5、IPv6"), []);
    }

    #[test]
    fn counts_are_read_as_numbers() {
        let number = |value: u32| Kind::Number(value.into());
        assert_eq!(kinds("十四个子项目"), [number(14)]);
        assert_eq!(kinds("两名"), [number(2)]);
        assert_eq!(kinds("14个，13家"), [number(14), number(13)]);
        assert_eq!(kinds("fourteen sub-projects"), [number(14)]);
    }

    #[test]
    fn words_for_about_are_found_on_both_sides() {
        let about = |text: &str| {
            let found = read(text).into_iter().find_map(|token| token.amount().cloned()?.about);
            found.map(|about| (text[about.range].to_owned(), about.sense))
        };
        use super::super::Sense::{Above, Below, Near};
        assert_eq!(about("约1018万元"), Some(("约".into(), Near)));
        assert_eq!(about("大约为1018万元"), Some(("大约".into(), Near)));
        assert_eq!(about("1018万元左右"), Some(("左右".into(), Near)));
        assert_eq!(about("近100万元"), Some(("近".into(), Below)));
        assert_eq!(about("100余万元"), Some(("余".into(), Above)));
        assert_eq!(about("about CNY 5,000"), Some(("about".into(), Near)));
        assert_eq!(about("节约100万元"), None);
        assert_eq!(about("合约100万元"), None);
        assert_eq!(about("100万元余额"), None);
    }

    #[test]
    fn a_range_marks_both_ends() {
        let ranged = |text: &str| -> Vec<bool> {
            read(text).iter().filter_map(|token| token.amount().map(|amount| amount.in_range)).collect()
        };
        assert_eq!(ranged("3–5万元"), [true]);
        assert_eq!(ranged("3万元至5万元"), [true, true]);
        assert_eq!(ranged("3万元，5万元"), [false, false]);
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for text in [
            "《",
            "¥",
            "CNY",
            "(2007",
            "[",
            "1.",
            "十",
            "万",
            "2024年13月",
            "９９９９９９９９９９９９９９９９９９９９９９９９９９９９９９９９万元",
        ] {
            let _ = read(text);
        }
    }
}
