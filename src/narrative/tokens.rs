//! A text cut into what a reader takes as one: the unit of comparisons.

use crate::lang::is_han;

/// Placeholders, amounts and dates, Latin words and numbers whole; Chinese by characters. Nothing is left out.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' if rest.starts_with("{{") => rest.find("}}").map_or(2, |end| end + 2),
            'C' if rest.starts_with("CNY ") => english_amount(rest),
            '0'..='9' => number(rest),
            _ if is_latin(first) => {
                rest.find(|ch| !is_latin(ch) && !matches!(ch, '-' | '’' | '\'')).unwrap_or(rest.len())
            }
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(length.max(first.len_utf8())).unwrap_or((rest, ""));
        found.push(token);
        rest = after;
    }
    found
}

fn is_latin(ch: char) -> bool {
    ch.is_alphanumeric() && !is_han(ch)
}

/// The length of a number with its unit: `704.42万元`, `1,018元`, `90%`, `2024年`.
fn number(text: &str) -> usize {
    let digits = text.find(|ch: char| !ch.is_ascii_digit() && !matches!(ch, '.' | ',')).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    let kept = number.trim_end_matches(['.', ',']).len();
    if kept < digits {
        return kept;
    }
    let units =
        ["亿元", "万元", "元", "%", "％", "年", "月", "日", "家", "人", "次", "个", "名", "项", "小时"];
    kept + units.iter().find(|unit| rest.starts_with(**unit)).map_or(0, |unit| unit.len())
}

/// The length of `CNY 10.18 million`.
fn english_amount(text: &str) -> usize {
    let head = "CNY ".len();
    let number = head + text.get(head..).map_or(0, number);
    let unit = [" million", " billion"]
        .into_iter()
        .find(|unit| text.get(number..).is_some_and(|rest| rest.starts_with(unit)));
    number + unit.map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_words_and_placeholders_are_whole() {
        let text = "共{{count}}项，704.42万元。CNY 10.18 million, 1,018 for OTN";
        let cut = tokens(text);
        assert_eq!(cut.concat(), text);
        for whole in ["{{count}}", "704.42万元", "CNY 10.18 million", "1,018", "OTN"] {
            assert!(cut.contains(&whole), "{whole} in {cut:?}");
        }
    }
}
