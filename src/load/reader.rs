//! Typed reading of TOML tables: each problem becomes a finding, and reading goes on.

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::amount;
use super::keys::Keys;
use super::unknown;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::lang::{Words, say};
use crate::model::{Id, Money, Placed, Prose, Text};
use crate::reading::invisible::shows_nothing;
use crate::source::{FileId, Place, Span};

/// One file being read, and the findings so far.
pub(super) struct Reader<'r> {
    pub file: FileId,
    /// The file as messages name it.
    name: &'r str,
    pub text: &'r str,
    pub diagnostics: &'r mut Diagnostics,
}

/// A table with the place to point to when a key is missing.
#[derive(Clone, Copy)]
pub(super) struct Table<'d> {
    map: &'d DeTable<'d>,
    pub span: Span,
    keys: Keys,
}

type Value<'d> = &'d Spanned<DeValue<'d>>;

impl<'r> Reader<'r> {
    /// A reader of one file, which messages call `name`.
    pub fn new(file: FileId, name: &'r str, text: &'r str, diagnostics: &'r mut Diagnostics) -> Reader<'r> {
        Reader { file, name, text, diagnostics }
    }
}

impl<'d> Reader<'_> {
    /// The table as messages name it: the keys above the first head by their file.
    fn shown(&self, keys: Keys) -> String {
        if keys.is_top() { self.name.to_owned() } else { keys.table.to_owned() }
    }

    /// Opens a table and reports the keys that it does not take.
    pub fn open(&mut self, map: &'d DeTable<'d>, span: Span, keys: Keys) -> Table<'d> {
        let here = self.shown(keys);
        unknown::report(map, self.file, keys, &here, self.diagnostics);
        Table { map, span, keys }
    }

    /// The value of a key that must be there; `example` shows how to write the line.
    pub fn required(&mut self, table: Table<'d>, key: &str, example: &str) -> Option<Value<'d>> {
        let value = table.map.get(key);
        if value.is_none() && !table.misspells(key) && !unknown::below(table.map, table.keys, key) {
            let name = self.shown(table.keys);
            let help = match table.keys.is_top() && !example.starts_with('[') {
                true => {
                    say!("在第一个 [ ] 之前加上一行 {example}", "add the line {example} before the first [ ]")
                }
                false => say!("加上一行 {example}", "add the line {example}"),
            };
            self.diagnostics.push(
                Diagnostic::error(
                    code::MISSING_KEY,
                    say!("{name} 缺少 `{key}`", "`{key}` is missing in {name}"),
                )
                .at(table.span)
                .help(help),
            );
        }
        value
    }

    /// The value of a key that may be left out.
    pub fn optional(&self, table: Table<'d>, key: &str) -> Option<Value<'d>> {
        table.map.get(key)
    }

    /// The span of a value.
    pub fn span(&self, value: Value<'d>) -> Span {
        Span::new(self.file, value.span())
    }

    /// Reports a value of another type than the key takes.
    pub fn wrong_type(&mut self, value: Value<'d>, wanted: &Words, example: &str) -> Diagnostic {
        let found = type_name(value.get_ref());
        let (zh, en) = (&wanted.zh, &wanted.en);
        let (found_zh, found_en) = (found.zh, found.en);
        Diagnostic::error(
            code::WRONG_TYPE,
            say!("这里要写{zh}，不能写{found_zh}", "expected {en}, found {found_en}"),
        )
        .at(self.span(value))
        .help(say!("写法：{example}", "format: {example}"))
    }

    /// A string.
    pub fn string(&mut self, value: Value<'d>, example: &str) -> Option<Placed<&'d str>> {
        match value.get_ref() {
            DeValue::String(text) => {
                let span = self.span(value);
                self.fits(text, span).then(|| Placed { value: text.as_ref(), span })
            }
            _ => {
                let finding = self.wrong_type(value, &say!("引号里的文字", "text in quotes"), example);
                self.diagnostics.push(finding);
                None
            }
        }
    }

    /// A text: a string in Chinese, or `{ zh, en }`. An empty one is reported.
    pub fn text(&mut self, value: Value<'d>, example: &str) -> Option<Text> {
        match value.get_ref() {
            DeValue::String(text) => self.prose(text, value).map(Text::Zh),
            DeValue::Table(map) => {
                let span = self.span(value);
                let table = self.open(map, span, super::keys::TEXT);
                let mut read = |key| {
                    let value = self.optional(table, key)?;
                    match value.get_ref() {
                        DeValue::String(text) => self.prose(text, value),
                        _ => {
                            let finding = self.wrong_type(
                                value,
                                &say!("引号里的文字", "text in quotes"),
                                "{ zh = \"…\", en = \"…\" }",
                            );
                            self.diagnostics.push(finding);
                            None
                        }
                    }
                };
                match (read("zh"), read("en")) {
                    (Some(zh), Some(en)) => Some(Text::Both { zh, en }),
                    (Some(zh), None) => Some(Text::Zh(zh)),
                    (None, Some(en)) => Some(Text::En(en)),
                    (None, None) => {
                        if map.is_empty() {
                            self.diagnostics.push(empty_text(span));
                        }
                        None
                    }
                }
            }
            _ => {
                let wanted = say!("文字，或 {{ zh, en }} 两种文字", "text, or {{ zh, en }}");
                let finding = self.wrong_type(value, &wanted, example);
                self.diagnostics.push(finding);
                None
            }
        }
    }

    fn prose(&mut self, text: &str, value: Value<'d>) -> Option<Prose> {
        let span = self.span(value);
        if shows_nothing(text) {
            self.diagnostics.push(empty_text(span));
        } else if self.fits(text, span) {
            let token = self.text.get(value.span()).unwrap_or("");
            return Some(Prose { value: text.to_owned(), place: Place::of_token(span, token) });
        }
        None
    }

    /// A text that must be there.
    pub fn required_text(&mut self, table: Table<'d>, key: &str, example: &str) -> Option<Text> {
        let value = self.required(table, key, example)?;
        self.text(value, example)
    }

    /// A text that may be left out.
    pub fn optional_text(&mut self, table: Table<'d>, key: &str) -> Option<Text> {
        let value = self.optional(table, key)?;
        self.text(value, &format!("{key} = \"…\""))
    }

    /// A string that may be left out.
    pub fn optional_string(&mut self, table: Table<'d>, key: &str) -> Option<String> {
        let value = self.optional(table, key)?;
        let text = self.string(value, &format!("{key} = \"…\""))?;
        if text.value.trim().is_empty() {
            self.diagnostics.push(empty_text(text.span));
            return None;
        }
        Some(text.value.to_owned())
    }

    /// An amount with its unit.
    pub fn amount(&mut self, value: Value<'d>) -> Option<Placed<Money>> {
        let span = self.span(value);
        match value.get_ref() {
            DeValue::String(text) => match Money::parse(text) {
                Ok(value) => Some(Placed { value, span }),
                Err(error) => {
                    self.diagnostics.push(amount::finding(&error, text, span));
                    None
                }
            },
            DeValue::Integer(number) => {
                self.diagnostics.push(amount::bare_number(number.as_str(), span));
                None
            }
            DeValue::Float(number) => {
                self.diagnostics.push(amount::bare_number(number.as_str(), span));
                None
            }
            _ => {
                let finding =
                    self.wrong_type(value, &say!("带单位的金额", "an amount with its unit"), "\"…万元\"");
                self.diagnostics.push(finding);
                None
            }
        }
    }

    /// A whole number of at least `least`.
    pub fn integer(&mut self, value: Value<'d>, least: u32, example: &str) -> Option<Placed<u32>> {
        let span = self.span(value);
        if let DeValue::Integer(number) = value.get_ref() {
            let parsed = u32::from_str_radix(number.as_str(), number.radix()).ok();
            if let Some(value) = parsed.filter(|value| *value >= least) {
                return Some(Placed { value, span });
            }
            self.diagnostics.push(
                Diagnostic::error(
                    code::BAD_QUANTITY,
                    say!("要写不小于 {least} 的整数", "expected a whole number of at least {least}"),
                )
                .at(span)
                .help(say!("写法：{example}", "format: {example}")),
            );
            return None;
        }
        let finding =
            self.wrong_type(value, &say!("整数，不加引号", "a whole number without quotes"), example);
        self.diagnostics.push(finding);
        None
    }

    /// An exact decimal number above zero, at most `most`, with at most four decimals.
    pub fn decimal(&mut self, value: Value<'d>, most: Decimal, example: &str) -> Option<Placed<Decimal>> {
        let span = self.span(value);
        let digits = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                let finding =
                    self.wrong_type(value, &say!("数字，不加引号", "a number without quotes"), example);
                self.diagnostics.push(finding);
                return None;
            }
        };
        let parsed = Decimal::from_str_exact(digits).ok().map(|number| number.normalize());
        match parsed {
            Some(value) if value > Decimal::ZERO && value <= most && value.scale() <= 4 => {
                Some(Placed { value, span })
            }
            _ => {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::BAD_QUANTITY,
                        say!(
                            "数字要大于 0、不超过 {most}、至多四位小数",
                            "expected a number above 0, at most {most}, with at most four decimals"
                        ),
                    )
                    .at(span)
                    .help(say!("写法：{example}", "format: {example}")),
                );
                None
            }
        }
    }

    /// An id.
    pub fn id(&mut self, value: Value<'d>) -> Option<Placed<Id>> {
        let text = self.string(value, "id = \"…\"")?;
        let id = Id::new(text.value);
        if id.is_none() {
            let name = text.value;
            let general = say!(
                "id 由小写英文字母、数字和连字符组成",
                "an id consists of small letters, digits and hyphens"
            );
            let finding = Diagnostic::error(code::BAD_ID, say!("id“{name}”写法有误", "invalid id `{name}`"))
                .at(text.span);
            self.diagnostics.push(match Id::suggest(name) {
                Some(id) => finding
                    .help(say!("写成 \"{id}\"", "write \"{id}\""))
                    .help(general)
                    .suggest(text.span, format!("\"{id}\"")),
                None => finding.help(general),
            });
        }
        id.map(|value| Placed { value, span: text.span })
    }

    /// A table under a key.
    pub fn table(&mut self, value: Value<'d>, keys: Keys, example: &str) -> Option<Table<'d>> {
        match value.get_ref() {
            DeValue::Table(map) => Some(self.open(map, self.span(value), keys)),
            _ => {
                let finding = self.wrong_type(value, &say!("一个表", "a table"), example);
                self.diagnostics.push(finding);
                None
            }
        }
    }

    /// The tables of a repeated head such as `[[cost]]`; none when the key is left out.
    pub fn tables(&mut self, table: Table<'d>, key: &str, keys: Keys) -> Vec<Table<'d>> {
        let Some(value) = self.optional(table, key) else { return Vec::new() };
        let example = format!("[[{key}]]");
        let wanted = say!("可重复的表（两对方括号）", "a repeated table (two pairs of brackets)");
        let DeValue::Array(items) = value.get_ref() else {
            let finding = self.wrong_type(value, &wanted, &example);
            let span = self.span(value);
            let single = self.text.get(span.range()) == Some(&format!("[{key}]"));
            self.diagnostics.push(match single {
                true => finding.help(say!("写成 {example}", "write {example}")).fix(span, example),
                false => finding,
            });
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(map) if map.is_empty() => {
                    let (span, table) = (self.span(item), keys.table);
                    self.diagnostics.push(
                        Diagnostic::error(
                            code::MISSING_KEY,
                            say!("{table} 下面没有内容", "{table} is empty"),
                        )
                        .at(span)
                        .help(say!("补上各个键，或删去这一行", "add its keys, or delete the line")),
                    );
                }
                DeValue::Table(map) => tables.push(self.open(map, self.span(item), keys)),
                _ => {
                    let finding = self.wrong_type(item, &wanted, &example);
                    self.diagnostics.push(finding);
                }
            }
        }
        tables
    }
}

impl<'d> Table<'d> {
    /// Whether a key that the table does not take was probably meant to be `key`: its own finding says so.
    pub fn misspells(self, key: &str) -> bool {
        unknown::misspells(self.map, self.keys, key)
    }

    /// Whether the key is there.
    pub fn has(self, key: &str) -> bool {
        self.map.get(key).is_some()
    }

    /// The span of a key, when it is there.
    pub fn key_span(self, key: &str, file: FileId) -> Option<Span> {
        self.map.get_key_value(key).map(|(key, _)| Span::new(file, key.span()))
    }
}

/// A text in place of one that could not be read. A finding says so, and nothing is printed from it.
pub(super) fn stand_in(file: FileId) -> Text {
    Text::Zh(Prose { value: "？".to_owned(), place: Place::whole(Span::new(file, 0..0)) })
}

pub(super) fn empty_text(span: Span) -> Diagnostic {
    Diagnostic::error(code::EMPTY_TEXT, say!("文字为空", "empty text"))
        .at(span)
        .help(say!("写上文字，或删去这一行", "fill in the text, or delete the line"))
}

struct TypeName {
    zh: &'static str,
    en: &'static str,
}

fn type_name(value: &DeValue<'_>) -> TypeName {
    let (zh, en) = match value {
        DeValue::String(_) => ("文字", "text"),
        DeValue::Integer(_) => ("整数", "a whole number"),
        DeValue::Float(_) => ("小数", "a decimal number"),
        DeValue::Boolean(_) => ("布尔值（true/false）", "a boolean (true/false)"),
        DeValue::Datetime(_) => ("日期", "a date"),
        DeValue::Array(_) => ("列表", "a list"),
        DeValue::Table(_) => ("表", "a table"),
    };
    TypeName { zh, en }
}
