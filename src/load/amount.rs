//! What is said of an amount that cannot be read.

use crate::diagnostic::{Diagnostic, code};
use crate::lang::say;
use crate::model::{AmountError, Money, with_separators};
use crate::source::Span;

/// A number without quotes and unit, such as `80` or `80.5`.
pub(super) fn bare_number(number: &str, span: Span) -> Diagnostic {
    let number = number.replace('_', "");
    if number.starts_with('-') {
        return finding(&AmountError::Negative, &number, span);
    }
    if !number.contains(|ch: char| ch.is_ascii_digit()) {
        return finding(&AmountError::NotANumber, &number, span);
    }
    Diagnostic::error(code::NO_UNIT, say!("金额 {number} 没有单位", "amount {number} has no unit"))
        .at(span)
        .help(say!(
            "加上引号和单位：\"{number}元\" 或 \"{number}万元\"",
            "add quotes and the unit: \"{number}元\" or \"{number}万元\""
        ))
}

/// The finding for an amount in quotes that cannot be read. What was meant is found by trying.
pub(super) fn finding(error: &AmountError, text: &str, span: Span) -> Diagnostic {
    let error_at = |code, words| Diagnostic::error(code, words).at(span);
    match error {
        AmountError::Empty => error_at(code::BAD_AMOUNT, say!("没有写金额", "empty amount")).help(say!(
            "写上金额和单位；没有就删去这一行",
            "fill in the amount with its unit, or delete the line"
        )),
        AmountError::NoUnit(number) => bare_number(number, span),
        AmountError::BadUnit(unit, _) => error_at(
            code::NO_UNIT,
            say!("不支持的金额单位“{unit}”", "`{unit}` is not a supported unit of money"),
        )
        .help(say!("单位用 元、万元 或 亿元", "the units are 元, 万元 and 亿元")),
        AmountError::FullWidth(_) => {
            error_at(code::BAD_AMOUNT, say!("金额里有全角数字或符号", "full-width characters in an amount"))
                .help(say!("改用半角数字和符号", "use plain digits and marks"))
        }
        AmountError::Negative => {
            error_at(code::BAD_AMOUNT, say!("金额不能是负数：“{text}”", "negative amount `{text}`"))
                .help(say!("请核对符号；金额不小于 0", "check the sign; amounts are 0 or more"))
        }
        AmountError::FractionOfFen => error_at(
            code::BAD_AMOUNT,
            say!("金额“{text}”细于 1 分（0.01 元）", "amount `{text}` is finer than 0.01元"),
        )
        .help(say!("四舍五入到分", "round it to 0.01元")),
        AmountError::BadGrouping(_) => error_at(
            code::BAD_AMOUNT,
            say!("“{text}”的千位分隔号位置有误", "misplaced separators in `{text}`"),
        )
        .help(say!(
            "分隔号每三位一个；小数点用 .；也可以不写分隔号",
            "put a separator every three digits or none; a decimal point is ."
        )),
        AmountError::NotANumber => {
            error_at(code::BAD_AMOUNT, say!("金额“{text}”写法有误", "invalid amount `{text}`"))
                .help(say!("用阿拉伯数字加单位 元、万元 或 亿元", "use digits and a unit: 元, 万元 or 亿元"))
        }
        AmountError::TooLarge => {
            let most = with_separators(&format!("{}元", Money::MAX_YUAN));
            error_at(code::TOO_LARGE, say!("金额超过上限 {most}", "amount is above the limit of {most}"))
                .help(say!("请核对单位和小数点", "check its unit and decimal point"))
        }
    }
}
