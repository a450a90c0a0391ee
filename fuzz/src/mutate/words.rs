//! What is put into files: texts, values and keys at the edge of what is allowed, and beyond.

use fastrand::Rng;
use toml_edit::{Array, InlineTable, Value};

/// Marks of TOML, of texts and of typing in Chinese.
pub const MARKS: [&str; 30] = [
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "[",
    "]]",
    "{",
    "}",
    "{{",
    "}}",
    "=",
    "#",
    "\\",
    "\\u12",
    "。",
    "＝",
    "“",
    "，",
    "元",
    "-1",
    "9999999999999999999999",
    "\r",
    "\u{0}",
    "\u{feff}",
    "\n\n",
    "|",
    ".",
    "（",
    "\u{200b}",
    "[[cost]]\n",
];

/// Amounts, targets and other values that are written as texts.
const VALUES: [&str; 52] = [
    "",
    " ",
    "80万元",
    "0元",
    "-1元",
    "800",
    "1e5元",
    "0.01元",
    "0.001元",
    "1,018万元",
    "10,18万元",
    "１００元",
    "99999999999亿元",
    "10000000000000000元",
    "10000000000000001元",
    "9999999999999999.99元",
    "八十万元",
    "80万",
    "80.00万元",
    "≥ 90.00 %",
    "≤ 5 次",
    "=100%",
    "4～6 次",
    "6～4 次",
    "≥ 1 000 人",
    "≥-5 %",
    "> 0.0001 亿元/平方公里",
    "≥ 99999999999999999999999999999999 次",
    "良好",
    "12月底前",
    "=2024年12月",
    "90%以上",
    "1/3",
    "-5～-2 ℃",
    "2024-13-01",
    "2024-02-30",
    "2024",
    "total",
    "annual",
    "a",
    "1-first",
    "A-B_c",
    "..",
    "../x",
    "con",
    "上海市",
    "zh",
    "narrative",
    "100元",
    "1亿元",
    "0.00000001亿元",
    "true",
];

/// Templates of values, whole and broken.
const TEMPLATES: [&str; 20] = [
    "{{total}}",
    "{{annual | 大写}}",
    "{{year}}",
    "{{project.list}}",
    "{{subproject.names}}",
    "{{cost.names}}",
    "{{break}}",
    "{{total | 万元,}}",
    "{{start | slash}}",
    "{{",
    "}}",
    "{{}}",
    "{{ | }}",
    "{{total | }}",
    "{{total",
    "{{{total}}}",
    "{{total}}{{",
    "{{project.x.total}}",
    "{{合计}}",
    "{{indicator.list | 元}}",
];

/// Characters that are rare, invisible, long, or mean something to the layout engine.
const ODD: [&str; 34] = [
    "\u{200b}",
    "\u{202e}cba",
    "e\u{301}\u{301}",
    "👩\u{200d}👩\u{200d}👧",
    "\u{e000}",
    "𠀀",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\r\n",
    "ﷺ",
    "İ",
    "ß",
    "ﬃ",
    "\u{0}",
    "\u{1f}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{fdd0}",
    "\u{ad}",
    "\t",
    "#set page(width: 0pt)",
    "<script>",
    "$x^2$",
    "*b*",
    "= h",
    "@ref",
    "\\",
    "`",
    "/*",
    "//",
    "\u{3164}",
    "ก็็็็็็",
    "مرحبا",
];

/// Sentences as they stand in declarations.
const SENTENCES: [&str; 12] = [
    "（一）总目标",
    "1.采购设备，每台3.5万元，共12台，合计42万元。",
    "2024年1月1日-2024年12月31日",
    "- 一\n- 二",
    "项目共计3个，涉及资金800万元。",
    "其中：甲40万元，乙10万元，丙3万元。",
    "依据《办法》（某府〔2024〕8号）。",
    "“未闭合",
    "《未闭合",
    "a b,c;d",
    "预算安排1.2.3万元",
    "同比增长-5%至8%，约200～300人次",
];

const KEYS: [&str; 34] = [
    "id",
    "name",
    "amount",
    "total",
    "price",
    "quantity",
    "unit",
    "of",
    "percent",
    "share",
    "start",
    "end",
    "year",
    "date",
    "form",
    "like",
    "zh",
    "en",
    "target",
    "kind",
    "weight",
    "funding",
    "cost",
    "subproject",
    "goal",
    "narrative",
    "indicator",
    "accept",
    "results",
    "名称",
    "金额",
    "a.b",
    "",
    "\u{200b}",
];

/// A text: a value, a template, a sentence, or several together.
pub fn string(rng: &mut Rng) -> String {
    let pick = |list: &[&'static str], rng: &mut Rng| list[rng.usize(..list.len())].to_owned();
    match rng.u8(..16) {
        0..=5 => pick(&VALUES, rng),
        6..=8 => pick(&TEMPLATES, rng),
        9 | 10 => pick(&ODD, rng),
        11 | 12 => pick(&SENTENCES, rng),
        13 => pick(&SENTENCES, rng).repeat(rng.usize(2..400)),
        14 => pick(&ODD, rng).repeat(rng.usize(2..2000)),
        _ => (0..rng.usize(2..6)).map(|_| string(rng)).collect(),
    }
}

/// Changes a text in one place.
pub fn edited(text: &str, rng: &mut Rng) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = rng.usize(..=chars.len());
    let (before, after) = chars.split_at(at);
    let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
    match rng.u8(..6) {
        0 => before,
        1 => after,
        2 => before + &after.chars().skip(1).collect::<String>(),
        3 => {
            let digit = char::from(b'0' + rng.u8(..10));
            let other = |ch: char| if ch.is_ascii_digit() { digit } else { ch };
            before + &after.chars().map(other).collect::<String>()
        }
        4 => before + MARKS[rng.usize(..MARKS.len())] + &after,
        _ => before + &string(rng) + &after,
    }
}

/// A value of any type.
pub fn value(rng: &mut Rng, depth: usize) -> Value {
    const WHOLE: [i64; 14] =
        [0, -1, 1, 2, 13, 100, 1900, 2024, 2100, 9999, 10_000, 1_000_000_000, i64::MAX, i64::MIN];
    // No amounts: values that a file may hold in place of one.
    #[allow(clippy::disallowed_types)]
    const FLOATS: [f64; 10] =
        [0.0, -0.0, 0.5, 33.333_333_333, 1e308, 1e-308, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -2.5];
    const DATES: [&str; 8] = [
        "0000-01-01",
        "9999-12-31",
        "2024-02-29",
        "2024-12-31",
        "2026-01-01",
        "2024-12-31T23:59:60Z",
        "12:00:00",
        "1979-05-27T07:32:00-23:59",
    ];
    match rng.u8(..if depth == 0 { 8 } else { 12 }) {
        0..=2 => string(rng).into(),
        3 | 4 => WHOLE[rng.usize(..WHOLE.len())].into(),
        5 => FLOATS[rng.usize(..FLOATS.len())].into(),
        6 => rng.bool().into(),
        7 => DATES[rng.usize(..DATES.len())].parse().unwrap_or_else(|_| Value::from("")),
        8 | 9 => (0..rng.usize(..4)).map(|_| value(rng, depth - 1)).collect::<Array>().into(),
        _ => (0..rng.usize(..4)).map(|_| (key(rng), value(rng, depth - 1))).collect::<InlineTable>().into(),
    }
}

/// A key, known or not.
pub fn key(rng: &mut Rng) -> String {
    match rng.u8(..10) {
        0 => string(rng),
        1 => rng.u16(..).to_string(),
        _ => KEYS[rng.usize(..KEYS.len())].to_owned(),
    }
}
