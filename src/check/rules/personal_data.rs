//! Telephone and identity numbers in texts that are published.

use std::ops::Range;

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Words, say};

pub(super) static RULE: Rule = Rule {
    code: code::PERSONAL_DATA,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "文字中有电话号码或身份证号",
        en: "a telephone or identity number would be published",
    },
    what: Phrase {
        zh: "文字里有11位手机号码、带区号的固定电话，或校验码正确的18位身份证号。[sign_off] 的联系电话由表样决定是否印出，不在此列。",
        en: "A text holds a mobile number of 11 digits, a landline with its area code, or an identity number of 18 digits whose checksum is right. The telephone of [sign_off] is for forms that ask for it.",
    },
    why: Phrase {
        zh: "申报材料要在网上公开，个人信息不应出现在公开的文本里。",
        en: "The declaration is published, and personal data does not belong in the public version.",
    },
    bad: "body = \"项目由信息科负责，联系人手机13812345678。\"",
    good: "body = \"项目由信息科负责。\"",
    source: Phrase {
        zh: "公开文本不含个人信息的要求；已公开申报中的错误",
        en: "personal data stays out of the public version; mistakes in published declarations",
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for writing in subject.writings() {
        let text = writing.text();
        for range in numbers(text) {
            let after = text.get(range.end..).unwrap_or("");
            let digits: Vec<u8> =
                text.get(range.clone()).unwrap_or("").bytes().filter(u8::is_ascii_alphanumeric).collect();
            let Some(Words { zh, en }) = kind(text.get(range.clone()).unwrap_or(""), &digits, after) else {
                continue;
            };
            if writing.is_computed(range.clone()) {
                continue;
            }
            let finding = findings.finding(say!("文字中有{zh}", "the text has {en}"));
            findings.push(finding.at(writing.span(range)).help(say!(
                "删去个人信息；需要留联系方式的，写单位名称",
                "delete it; where a contact is needed, name the unit"
            )));
        }
    }
}

/// What a number is, when it is personal.
fn kind(typed: &str, digits: &[u8], after: &str) -> Option<Words> {
    let money = ["元", "万", "亿", "%", "％", "."].iter().any(|unit| after.starts_with(unit));
    match digits {
        _ if money => None,
        [b'1', b'3'..=b'9', ..] if digits.len() == 11 && digits.iter().all(u8::is_ascii_digit) => {
            Some(say!("手机号码", "a mobile number"))
        }
        [b'0', b'1'..=b'9', ..] if (10..=12).contains(&digits.len()) && is_landline(typed) => {
            Some(say!("电话号码", "a telephone number"))
        }
        _ => is_identity(digits).then(|| say!("身份证号", "an identity number")),
    }
}

/// `021-12345678`: an area code of three or four digits, and seven or eight of the line.
fn is_landline(typed: &str) -> bool {
    let Some((area, line)) = typed.split_once(['-', ' ', ')', '）']) else { return false };
    let line = line.trim_start_matches(['-', ' ']);
    let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (3..=4).contains(&area.len()) && (7..=8).contains(&line.len()) && all(area) && all(line)
}

/// Whether 18 characters are an identity number: a date of birth inside, and the checksum of GB 11643-1999.
fn is_identity(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let (Some(body), Some(last), 18) = (digits.get(..17), digits.get(17), digits.len()) else { return false };
    let century = digits.get(6..8).is_some_and(|two| matches!(two, b"19" | b"20"));
    let mut sum = 0;
    for (digit, weight) in body.iter().zip(WEIGHTS) {
        if !digit.is_ascii_digit() {
            return false;
        }
        sum += u32::from(digit - b'0') * weight;
    }
    let check = usize::try_from(sum % 11).ok().and_then(|index| CHECKS.get(index));
    century && check == Some(&last.to_ascii_uppercase())
}

/// Runs of digits that may have single hyphens or spaces inside, and a last X.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || matches!(bytes.get(at), Some(b'-' | b' ')) && digit(at + 1) {
            at += 1;
        }
        let end = at + usize::from(matches!(bytes.get(at), Some(b'X' | b'x')));
        let letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
        };
        if end - start >= 10
            && !letter(start.checked_sub(1))
            && !letter(Some(end).filter(|end| bytes.get(*end) != Some(&b'.')))
        {
            found.push(start..end);
        }
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let all = numbers(text).into_iter().filter_map(|range| {
            let digits: Vec<u8> = text[range.clone()].bytes().filter(u8::is_ascii_alphanumeric).collect();
            kind(&text[range.clone()], &digits, &text[range.end..])
        });
        all.map(|words| words.en).collect()
    }

    #[test]
    fn telephones_and_identity_numbers_are_told() {
        assert_eq!(found("手机13812345678，138-1234-5678"), ["a mobile number", "a mobile number"]);
        assert_eq!(found("电话021-12345678。"), ["a telephone number"]);
        assert_eq!(found("身份证11010519491231002X，"), ["an identity number"]);
    }

    #[test]
    fn amounts_codes_and_wrong_checksums_are_not() {
        for text in [
            "13812345678元",
            "编码110105194912310021",
            "2024-01-01",
            "12345热线",
            "A13812345678",
            "1 234 567 890 12",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
