//! Values that are a list of words, each once: languages, and the parts that are printed.

use toml::de::DeValue;

use super::reader::{Reader, Table};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::lang::{Lang, say};
use crate::model::{Placed, Print, Term};

/// A list of words that a key takes.
struct List<T: 'static> {
    key: &'static str,
    example: &'static str,
    /// What one of them is called.
    zh: &'static str,
    en: &'static str,
    /// Each with what it stands for, in Chinese, by which it is known as well.
    words: &'static [(&'static str, T, &'static str)],
}

/// `languages`; Chinese when it is left out.
pub(super) fn languages<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Vec<Lang> {
    let list = List {
        key: "languages",
        example: "languages = [\"zh\", \"en\"]",
        zh: "语言",
        en: "language",
        words: &[("zh", Lang::Zh, "中文"), ("en", Lang::En, "英文")],
    };
    read(reader, table, &list).unwrap_or_else(|| vec![Lang::Zh])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Printed {
    Narrative,
    Form,
}

/// `print`; `None` when it is left out.
pub(super) fn print<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<Print> {
    let list = List {
        key: "print",
        example: "print = [\"narrative\", \"form\"]",
        zh: "打印内容",
        en: "printed part",
        words: &[("narrative", Printed::Narrative, "说明"), ("form", Printed::Form, "申报表")],
    };
    let parts = read(reader, table, &list)?;
    let has = |part| parts.contains(&part);
    Some(Print { narrative: has(Printed::Narrative), form: has(Printed::Form) })
}

/// The words of a list that can be read; `None` for none.
fn read<'d, T: Copy + PartialEq>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    list: &List<T>,
) -> Option<Vec<T>> {
    let value = reader.optional(table, list.key)?;
    let (zh, en) = (list.zh, list.en);
    let DeValue::Array(items) = value.get_ref() else {
        let wanted = say!("{zh}的列表", "a list of {en}s");
        let finding = reader.wrong_type(value, &wanted, list.example);
        reader.diagnostics.push(finding);
        return None;
    };
    let known_zh: Vec<String> = list.words.iter().map(|(word, _, zh)| format!("{word}（{zh}）")).collect();
    let known_en: Vec<&str> = list.words.iter().map(|(word, ..)| *word).collect();
    let (known_zh, known_en) = (known_zh.join("、"), known_en.join(" and "));
    let mut found = Vec::new();
    for item in items.iter() {
        let Some(word) = reader.string(item, list.example) else { continue };
        let name = word.value;
        let wrong = match list.words.iter().find(|(known, ..)| *known == name) {
            Some((_, one, _)) if !found.contains(one) => {
                found.push(*one);
                continue;
            }
            Some(_) => say!("{zh} {name} 写了两次", "the {en} {name} is given twice"),
            None => say!("不支持的{zh}“{name}”", "unsupported {en} `{name}`"),
        };
        let help = say!("支持的{zh}：{known_zh}，各写一次", "supported {en}s: {known_en}, each once");
        let finding = Diagnostic::error(code::UNKNOWN_VALUE, wrong).at(word.span);
        let meant = list.words.iter().find(|(_, _, zh)| name.contains(zh)).map(|(meant, ..)| *meant);
        reader.diagnostics.push(
            match meant.or_else(|| nearest(name, list.words.iter().map(|(word, ..)| *word))) {
                Some(meant) if meant != name => finding
                    .help(say!("写成 \"{meant}\"", "write \"{meant}\""))
                    .help(help)
                    .suggest(word.span, format!("\"{meant}\"")),
                _ => finding.help(help),
            },
        );
    }
    if items.is_empty() {
        let span = reader.span(value);
        let finding = Diagnostic::error(code::UNKNOWN_VALUE, say!("{zh}列表为空", "empty list of {en}s"));
        let help = say!("支持的{zh}：{known_zh}", "supported {en}s: {known_en}");
        reader.diagnostics.push(finding.at(span).help(help));
    }
    (!found.is_empty()).then_some(found)
}

/// The ids that a key lists; none when it is left out.
pub(super) fn ids<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    key: &str,
    example: &str,
) -> Vec<Placed<String>> {
    let Some(value) = reader.optional(table, key) else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        let finding = reader.wrong_type(value, &say!("编号的列表", "a list of ids"), example);
        reader.diagnostics.push(finding);
        return Vec::new();
    };
    let words = items.iter().filter_map(|item| reader.string(item, example));
    words.map(|word| Placed { value: word.value.trim().to_owned(), span: word.span }).collect()
}

/// `term` of an indicator; the declaration's year when it is left out.
pub(super) fn term<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Term {
    const TERMS: [(&str, Term, &str); 3] = [
        ("annual", Term::Annual, "年度"),
        ("overall", Term::Overall, "中长期"),
        ("both", Term::Both, "两者"),
    ];
    let example = "term = \"overall\"";
    let value = reader.optional(table, "term");
    let Some(word) = value.and_then(|value| reader.string(value, example)) else { return Term::Annual };
    let name = word.value.trim();
    if let Some((_, term, _)) = TERMS.iter().find(|(known, ..)| *known == name) {
        return *term;
    }
    let finding = Diagnostic::error(code::UNKNOWN_VALUE, say!("未知的期限“{name}”", "unknown term `{name}`"))
        .at(word.span);
    let help = say!(
        "term 可写 annual（年度）、overall（中长期）或 both（两者同值）",
        "`term` is annual, overall, or both with one target"
    );
    let meant = TERMS.iter().find(|(_, _, zh)| name.contains(zh)).map(|(meant, ..)| *meant);
    let meant = meant.or_else(|| nearest(name, TERMS.iter().map(|(word, ..)| *word)));
    reader.diagnostics.push(match meant {
        Some(meant) => finding.help(help).suggest(word.span, format!("\"{meant}\"")),
        None => finding.help(help),
    });
    Term::Annual
}
