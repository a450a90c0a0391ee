//! What is said of an amount that cannot be read.

use crate::diagnostic::{Diagnostic, code};
use crate::lang::say;
use crate::model::AmountError;
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
    Diagnostic::error(code::NO_UNIT, say!("金额 {number} 没有单位", "the amount {number} has no unit"))
        .at(span)
        .help(say!(
            "写成 \"{number}万元\" 或 \"{number}元\"，连同引号",
            "write \"{number}万元\" or \"{number}元\", with the quotes"
        ))
}

/// The finding for an amount in quotes that cannot be read.
pub(super) fn finding(error: &AmountError, text: &str, span: Span) -> Diagnostic {
    let mend = |diagnostic: Diagnostic, meant: &str| {
        diagnostic.help(say!("写成 \"{meant}\"", "write \"{meant}\"")).fix(span, format!("\"{meant}\""))
    };
    match error {
        AmountError::Empty => Diagnostic::error(code::BAD_AMOUNT, say!("金额没有写", "the amount is empty"))
            .at(span)
            .help(say!("写成 \"80万元\"；没有就写 \"0元\"", "write \"80万元\"; if there is none, \"0元\"")),
        AmountError::NoUnit(number) => bare_number(number, span),
        AmountError::BadUnit(unit, meant) => {
            let base = Diagnostic::error(
                code::NO_UNIT,
                say!("“{unit}”不是金额的单位", "`{unit}` is no unit of an amount"),
            )
            .at(span);
            match meant {
                Some(meant) => mend(base, meant),
                None => base.help(say!(
                    "单位用 元、万元 或 亿元，如 \"80万元\"",
                    "the units are 元, 万元 and 亿元, as in \"80万元\""
                )),
            }
        }
        AmountError::FullWidth(meant) => mend(
            Diagnostic::error(
                code::BAD_AMOUNT,
                say!("金额里有全角数字或符号", "the amount has full-width digits or marks"),
            )
            .at(span),
            meant,
        ),
        AmountError::Negative => {
            Diagnostic::error(code::BAD_AMOUNT, say!("金额不能是负数", "an amount cannot be negative"))
                .at(span)
                .help(say!(
                    "写不小于 0 的金额，如 \"80万元\"",
                    "write an amount from 0 on, such as \"80万元\""
                ))
        }
        AmountError::FractionOfFen => Diagnostic::error(
            code::BAD_AMOUNT,
            say!("金额细于 1 分（0.01元）", "the amount is finer than one 分 (0.01元)"),
        )
        .at(span)
        .help(say!("写到分为止，如 \"1234.56元\"", "write it to the 分, such as \"1234.56元\"")),
        AmountError::BadGrouping(meant) => mend(
            Diagnostic::error(
                code::BAD_AMOUNT,
                say!("千位分隔号要每三位一个", "separators stand every three digits"),
            )
            .at(span),
            meant,
        ),
        AmountError::NotANumber => {
            Diagnostic::error(code::BAD_AMOUNT, say!("“{text}”不是金额", "`{text}` is no amount"))
                .at(span)
                .help(say!(
                    "用阿拉伯数字加单位，如 \"80万元\"、\"319369元\"、\"1.61万元\"",
                    "write digits and a unit, such as \"80万元\", \"319369元\", \"1.61万元\""
                ))
        }
        AmountError::TooLarge => {
            Diagnostic::error(code::TOO_LARGE, say!("金额过大", "the amount is too large"))
                .at(span)
                .help(say!("看看单位和小数点是否写错", "check its unit and decimal point"))
        }
    }
}
