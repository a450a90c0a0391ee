//! Findings as workflow commands, which GitHub Actions shows beside the lines of a change.

use super::names::help_name;
use super::{Diagnostic, Label, Severity, Target};
use crate::lang::Lang;
use crate::source::{Shown, Sources, Span};

/// One line: `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=SB310::message`.
pub(super) fn command(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = match diagnostic.labels.first().map(|label| &label.target) {
        Some(Target::Span(span)) => range(*span, sources),
        Some(Target::Path(path)) => format!("file={},", property(&path.slashed())),
        None => String::new(),
    };
    let mut lines = vec![diagnostic.message.get(lang).to_owned()];
    lines.extend(diagnostic.labels.iter().skip(1).filter_map(|label| other_place(label, sources, lang)));
    let help = help_name(lang);
    lines.extend(diagnostic.help.iter().map(|words| match lang {
        Lang::Zh => format!("{help}：{}", words.get(lang)),
        Lang::En => format!("{help}: {}", words.get(lang)),
    }));
    format!("::{level} {place}title={}::{}\n", diagnostic.code, data(&lines.join("\n")))
}

fn range(span: Span, sources: &Sources) -> String {
    let file = property(&path(span, sources));
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    let place = format!("file={file},line={},col={},endLine={},", start.line, start.column, end.line);
    // Columns of different lines would be taken for a range of the first.
    if start.line == end.line { format!("{place}endColumn={},", end.column) } else { place }
}

/// What a further label says, with its place.
fn other_place(label: &Label, sources: &Sources, lang: Lang) -> Option<String> {
    let words = label.words.as_ref()?.get(lang);
    match &label.target {
        Target::Span(span) => {
            Some(format!("{}:{}: {words}", path(*span, sources), sources.position(*span).line))
        }
        Target::Path(path) => Some(format!("{}: {words}", path.slashed())),
    }
}

fn path(span: Span, sources: &Sources) -> String {
    let path = sources.get(span.file).map(|file| file.path.slashed()).unwrap_or_default();
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostic::code;
    use crate::lang::Words;

    #[test]
    fn a_command_escapes_what_would_end_it() {
        let mut sources = Sources::default();
        let file = sources.add(Path::new("./a,b:c/甲.toml"), "target = \"≥100%\"\n".into());
        let words = |text: &str| Words { zh: text.to_owned(), en: text.to_owned() };
        let finding = Diagnostic::warning(code::AT_LEAST_ALL, words("at least 100%::\nnever"))
            .at(Span::new(file, 9..9 + "\"≥100%\"".len()))
            .help(words("write =100%"));
        assert_eq!(
            command(&finding, &sources, Lang::En),
            "::warning file=a%2Cb%3Ac/甲.toml,line=1,col=10,endLine=1,endColumn=17,title=SB422::\
             at least 100%25::%0Anever%0Ahelp: write =100%25\n"
        );
    }
}
