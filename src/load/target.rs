//! 指标值: read by `reading::target`, in both languages, with advice made of what was typed.

use super::reader::Reader;
use crate::diagnostic::{Diagnostic, code};
use crate::form::Profile;
use crate::lang::{Lang, Words, say};
use crate::model::{Measured, Prose, Target, Text};
use crate::reading::target::{self, Misread, Reading, Why};

/// Reads a target; one that is neither read whole nor words gets a finding.
pub(super) fn target(reader: &mut Reader<'_>, text: Text, profile: Option<&Profile>) -> Option<Target> {
    let known = |unit: &str| profile.is_some_and(|profile| profile.is_unit(unit));
    let read = |prose: &Prose| target::read(&prose.value, &known);
    let (first, prose) = text.proses().next()?;
    // A target takes no values, which is reported where texts are read.
    let takes_value = prose.value.contains("{{");
    let measured = match read(prose).filter(|_| !takes_value) {
        None => return Some(Target::Stated(text)),
        Some(Ok(measured)) => measured,
        Some(Err(misread)) => {
            reader.diagnostics.push(refusal(prose, misread));
            return None;
        }
    };
    let english = text.exactly(Lang::En).filter(|_| first != Lang::En);
    let unit_en = match english.and_then(|prose| Some((prose, read(prose)?))) {
        // Words without a number: the Chinese figure is printed, and the unit in translation.
        None | Some((_, Err(Misread { why: Why::NoNumber, .. }))) => None,
        Some((_, Ok(english))) if english.figure == measured.figure => Some(english.unit),
        Some((english, Ok(_))) => {
            reader.diagnostics.push(differ(prose, english));
            return None;
        }
        Some((english, Err(misread))) => {
            reader.diagnostics.push(refusal(english, misread));
            return None;
        }
    };
    let Reading { figure, unit, .. } = measured;
    Some(Target::Measured(Measured { figure, unit, unit_en, text }))
}

/// Why a target cannot be read, and what to write; `None` for one that can, and for words.
pub fn misread_target(text: &str, profile: &Profile) -> Option<(Words, Words)> {
    let read = target::read(text, &|unit| profile.is_unit(unit))?;
    read.err().map(|misread| words(text.trim(), &misread.why))
}

fn differ(one: &Prose, other: &Prose) -> Diagnostic {
    let (zh, en) = (one.value.trim(), other.value.trim());
    Diagnostic::error(
        code::BAD_TARGET,
        say!(
            "中英文的指标值不同：“{zh}”与“{en}”",
            "the targets in Chinese and English differ: `{zh}` and `{en}`"
        ),
    )
    .label(other.place.span(), say!("英文指标值", "the English target"))
    .label(one.place.span(), say!("中文指标值", "the Chinese target"))
    .help(say!(
        "改正其中一个；数字和符号相同的，英文只需写单位的译法不同",
        "correct one of them; sign and numbers have to be the same in both languages"
    ))
}

fn refusal(prose: &Prose, misread: Misread) -> Diagnostic {
    let typed = prose.value.trim();
    let (message, advice) = words(typed, &misread.why);
    let finding = Diagnostic::error(code::BAD_TARGET, message).at(prose.place.span());
    let start = prose.value.len() - prose.value.trim_start().len();
    match misread.meant {
        Some(meant) => finding
            .help(say!("写作“{meant}”", "write `{meant}`"))
            .help(advice)
            .suggest(prose.place.at(start..start + typed.len()), meant),
        None => finding.help(advice),
    }
}

/// What is wrong, and what to write.
fn words(typed: &str, why: &Why) -> (Words, Words) {
    match why {
        Why::NoNumber => (
            say!("指标值“{typed}”的符号后面缺数字", "no number follows the sign of the target `{typed}`"),
            say!(
                "符号后面写阿拉伯数字和单位，如 \"≥ 90.00 %\"；没有数字的只写文字，如 \"良好\"",
                "write a number in figures and a unit after the sign, such as \"≥ 90.00 %\", or words alone, such as \"良好\""
            ),
        ),
        Why::BadNumber(number) => (
            say!("指标值“{typed}”中的“{number}”不是数", "`{number}` in the target `{typed}` is not a number"),
            say!(
                "小数点写作“.”，千位分隔符每三位一个，如 4.5、1,200",
                "write a point before decimals and separators every three digits, such as 4.5 or 1,200"
            ),
        ),
        Why::Parted(number) => (
            say!(
                "指标值“{typed}”中的数字“{number}”断开了",
                "the number `{number}` in the target `{typed}` is broken up"
            ),
            say!(
                "一个数字连着写；有两个数字的，写成范围（如 4～6 次）或分成两个指标",
                "write one number without gaps; for two numbers, write a range such as 4～6 次, or two indicators"
            ),
        ),
        Why::SignedRange(sign) => {
            let sign = sign.symbol();
            (
                say!(
                    "指标值“{typed}”是范围，不能再带符号“{sign}”",
                    "the target `{typed}` is a range and takes no sign `{sign}`"
                ),
                say!("只有一个限值的，只留那个数字", "if there is only one limit, keep that number alone"),
            )
        }
        Why::Descending => (
            say!(
                "指标值“{typed}”的范围不是从小到大",
                "the range `{typed}` does not go from the lower to the higher number"
            ),
            say!("范围先写小的数字，后写大的数字", "write the lower number first"),
        ),
        Why::Date => (
            say!("指标值“{typed}”是时间，不能带符号", "the target `{typed}` is a date and takes no sign"),
            say!(
                "时间只写文字，如 \"12月底前\"",
                "write a date in words without a sign, such as \"12月底前\""
            ),
        ),
        Why::NoUnit(rest) => (
            say!(
                "指标值“{typed}”数字后面的“{rest}”不是计量单位",
                "`{rest}` after the number of the target `{typed}` is not a unit"
            ),
            say!(
                "数字后面只写单位，如 次、%、元/人；条件写进指标名称，比例等不是单个数字的不写符号",
                "write only a unit after the number, such as 次, % or 元/人; put conditions into the name, and write a ratio without a sign"
            ),
        ),
    }
}
