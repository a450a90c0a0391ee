//! The terminal: language, colours, width, and everything that is printed.

use std::io::{self, IsTerminal, Write};

use shenbao::diagnostic::{Diagnostics, Format, Severity, Style, code, emit};
use shenbao::lang::Lang;
#[cfg(feature = "render")]
use shenbao::lang::Words;
use shenbao::source::Sources;

use super::Outcome;
use super::args::{Colour, Common, LangArg, MessageFormat};

/// How to talk to the user.
pub struct Ui {
    style: Style,
    format: Format,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Lang {
        match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

impl Ui {
    /// From the options of the command line, else the environment.
    pub fn new(common: &Common) -> Ui {
        let lang = common.ui.map_or_else(system_language, Lang::from);
        let colour = match common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                io::stderr().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        let terminal = terminal_size::terminal_size_of(io::stderr());
        let width = terminal.map_or(120, |(width, _)| usize::from(width.0).max(40));
        let format = match common.message_format {
            MessageFormat::Human => Format::Human,
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
        };
        Ui { style: Style { lang, colour, width }, format }
    }

    /// The language of messages.
    pub fn lang(&self) -> Lang {
        self.style.lang
    }

    /// Says a line to the user, on stderr.
    #[cfg(feature = "render")]
    pub fn say(&self, words: &Words) {
        self.say_text(words.get(self.lang()));
    }

    /// Says a line that is the same in every language.
    #[cfg(feature = "render")]
    pub fn say_text(&self, line: &str) {
        // A closed stderr leaves nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Whether people read along; programs get findings as JSON and nothing else.
    #[cfg(feature = "render")]
    pub fn talks(&self) -> bool {
        self.format != Format::Json
    }

    /// Gives data, on stdout. A reader that has seen enough is no failure.
    pub fn give(&self, text: &str) -> Outcome {
        match io::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Outcome::Failed,
            _ => Outcome::Done,
        }
    }

    /// Tells all findings, and what they make of the command.
    pub fn tell(&self, mut diagnostics: Diagnostics, sources: &Sources) -> Outcome {
        diagnostics.sort();
        if !diagnostics.is_empty() || self.format == Format::Json {
            let text = emit(&diagnostics, sources, self.format, self.style);
            // A closed stderr leaves nobody to tell.
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
        let unreadable =
            diagnostics.iter().any(|one| one.severity == Severity::Error && one.code == code::UNREADABLE);
        match (unreadable, diagnostics.has_errors()) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Findings,
            (false, false) => Outcome::Done,
        }
    }
}

fn system_language() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}
