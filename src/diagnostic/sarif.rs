//! Findings as a SARIF 2.1.0 log, which code hosts and editors read.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::{Code, Diagnostic, Diagnostics, Fix, Label, Severity, Target, names};
use crate::lang::Lang;
use crate::source::{FileId, Shown, Sources, Span};

/// What a log says of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What is found, and why it is wrong.
    pub full: String,
    /// All of its documentation.
    pub help: String,
    /// Where that stands in `docs/`.
    pub page: String,
    /// How bad it is at worst.
    pub severity: Severity,
}

impl About {
    /// What is known of any code.
    pub fn of(code: Code, lang: Lang) -> About {
        let meaning = code.meaning().get(lang).to_owned();
        let page = "diagnostics.md".to_owned();
        About { full: meaning.clone(), help: meaning, page, severity: Severity::Error }
    }
}

/// The findings of a run, declaration by declaration.
#[derive(Debug)]
pub struct SarifLog {
    lang: Lang,
    codes: BTreeSet<Code>,
    results: Vec<Value>,
}

impl SarifLog {
    /// A log without findings, in a language.
    pub fn new(lang: Lang) -> SarifLog {
        SarifLog { lang, codes: BTreeSet::new(), results: Vec::new() }
    }

    /// Adds the findings of one declaration.
    pub fn add(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        for diagnostic in diagnostics.iter() {
            self.codes.insert(diagnostic.code);
            self.results.push(result(diagnostic, sources, self.lang));
        }
    }

    /// The log, with what `about` says of its codes.
    pub fn write(&self, about: impl Fn(Code) -> About) -> String {
        let rules: Vec<Value> = self.codes.iter().map(|code| rule(*code, &about(*code), self.lang)).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "language": match self.lang { Lang::Zh => "zh-CN", Lang::En => "en-US" },
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        // Strings and numbers alone cannot fail to serialize.
        serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn rule(code: Code, about: &About, lang: Lang) -> Value {
    let meaning = code.meaning();
    let mut rule = json!({
        "id": code.to_string(),
        "shortDescription": { "text": meaning.get(lang) },
        "fullDescription": { "text": about.full },
        "help": { "text": about.help },
        "defaultConfiguration": { "level": level(about.severity) },
    });
    if let (Some(uri), Some(rule)) = (help_uri(&about.page), rule.as_object_mut()) {
        rule.insert("helpUri".to_owned(), Value::String(uri));
    }
    rule
}

/// The page on the web; none as long as the package does not say where its repository is.
fn help_uri(page: &str) -> Option<String> {
    let repository = option_env!("CARGO_PKG_REPOSITORY").filter(|uri| !uri.is_empty())?;
    Some(format!("{repository}/blob/main/docs/{page}"))
}

fn result(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    let mut message = diagnostic.message.get(lang).to_owned();
    for help in &diagnostic.help {
        message.push('\n');
        message.push_str(help.get(lang));
    }
    let locations: Vec<Value> =
        diagnostic.labels.iter().take(1).map(|label| location(label, None, sources, lang)).collect();
    let related = diagnostic.labels.iter().zip(0_usize..).skip(1);
    let related: Vec<Value> =
        related.map(|(label, number)| location(label, Some(number), sources, lang)).collect();
    let mut result = json!({
        "ruleId": diagnostic.code.to_string(),
        "level": level(diagnostic.severity),
        "message": { "text": message },
        "locations": locations,
    });
    if let Some(result) = result.as_object_mut() {
        if !related.is_empty() {
            result.insert("relatedLocations".to_owned(), Value::Array(related));
        }
        if let Some(fix) = &diagnostic.fix {
            let title = diagnostic.help.first().unwrap_or(&diagnostic.message).get(lang);
            result.insert("fixes".to_owned(), json!([fix_of(fix, title, sources, lang)]));
        }
    }
    result
}

fn location(label: &Label, id: Option<usize>, sources: &Sources, lang: Lang) -> Value {
    let physical = match &label.target {
        Target::Span(span) => {
            json!({ "artifactLocation": artifact(span.file, sources), "region": region(*span, sources) })
        }
        Target::Path(path) => json!({ "artifactLocation": artifact_at(path) }),
    };
    let mut location = json!({ "physicalLocation": physical });
    if let Some(location) = location.as_object_mut() {
        if let Some(id) = id {
            location.insert("id".to_owned(), json!(id));
        }
        if let Some(words) = &label.words {
            location.insert("message".to_owned(), json!({ "text": words.get(lang) }));
        }
    }
    location
}

fn fix_of(fix: &Fix, title: &str, sources: &Sources, lang: Lang) -> Value {
    let note = names::safety_note(fix.safety, lang);
    json!({
        "description": { "text": format!("{title} {note}") },
        "properties": { "safety": fix.safety.name() },
        "artifactChanges": [{
            "artifactLocation": artifact(fix.span.file, sources),
            "replacements": [{
                "deletedRegion": region(fix.span, sources),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn region(span: Span, sources: &Sources) -> Value {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(file: FileId, sources: &Sources) -> Value {
    sources.get(file).map_or_else(|| json!({}), |source| artifact_at(&source.path))
}

/// A path as a URI: relative ones to the root of the sources, wherever that is checked out.
fn artifact_at(path: &Path) -> Value {
    let text = path.slashed();
    if path.is_absolute() {
        let rooted = if text.starts_with('/') { text } else { format!("/{text}") };
        json!({ "uri": format!("file://{}", encoded(&rooted)) })
    } else {
        let text = text.strip_prefix("./").unwrap_or(&text);
        json!({ "uri": encoded(text), "uriBaseId": "%SRCROOT%" })
    }
}

fn encoded(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(artifact_at(Path::new("./数据/a b.toml"))["uri"], "%E6%95%B0%E6%8D%AE/a%20b.toml");
        assert_eq!(artifact_at(Path::new("/x/a.toml")), json!({ "uri": "file:///x/a.toml" }));
    }
}
