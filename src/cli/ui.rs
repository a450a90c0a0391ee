//! The terminal: language, colours, width, and everything that is printed.

use std::io::{self, IsTerminal, Write};

use shenbao::diagnostic::{Diagnostics, Format, Style, emit};
use shenbao::lang::{Lang, Words, say};
use shenbao::source::Sources;
use terminal_size::{Height, Width, terminal_size_of};

use super::Outcome;
use super::args::{Colour, Common, LangArg, MessageFormat};
use super::system::reason;

/// How to talk to the user.
pub struct Ui {
    /// Of stderr.
    style: Style,
    /// Of stdout.
    given: Style,
    format: Format,
    quiet: bool,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Lang {
        match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

impl From<MessageFormat> for Format {
    fn from(format: MessageFormat) -> Format {
        match format {
            MessageFormat::Human => Format::Human,
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
            MessageFormat::Github => Format::Github,
            MessageFormat::Sarif => Format::Sarif,
        }
    }
}

impl Ui {
    /// From the options of the command line, else the environment.
    pub fn new(common: &Common) -> Ui {
        let lang = common.ui.map_or_else(system_language, Lang::from);
        let style = style_of(lang, common.color, io::stderr().is_terminal(), terminal_size_of(io::stderr()));
        let given = style_of(lang, common.color, io::stdout().is_terminal(), terminal_size_of(io::stdout()));
        Ui { style, given, format: common.message_format.into(), quiet: common.quiet }
    }

    /// How findings that are given as data look, on stdout.
    pub fn given(&self) -> Style {
        self.given
    }

    /// The format of findings.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The language of messages.
    pub fn lang(&self) -> Lang {
        self.style.lang
    }

    /// Says a line to the user, on stderr: why something was not done, or what has to be done next.
    pub fn say(&self, words: &Words) {
        self.say_text(words.get(self.lang()));
    }

    /// Says what was done, which `--quiet` leaves out.
    pub fn report(&self, words: &Words) {
        if !self.quiet {
            self.say(words);
        }
    }

    /// Says lines that are ready, which `--quiet` leaves out.
    pub fn report_text(&self, text: &str) {
        if !self.quiet {
            text.lines().for_each(|line| self.say_text(line));
        }
    }

    /// Says a line that is the same in every language.
    pub fn say_text(&self, line: &str) {
        say_plainly(line);
    }

    /// Whether people read along; programs get findings as data and nothing else.
    #[cfg(feature = "render")]
    pub fn talks(&self) -> bool {
        !self.quiet && !matches!(self.format, Format::Json | Format::Sarif)
    }

    /// Whether there is a terminal to show on what is under way.
    #[cfg(feature = "render")]
    pub fn draws(&self) -> bool {
        self.talks() && io::stderr().is_terminal()
    }

    /// Takes away the ^C that a terminal itself has written.
    #[cfg(feature = "render")]
    pub fn clear_line(&self) {
        if io::stderr().is_terminal() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }

    /// Tells text that is ready, on stderr.
    #[cfg(feature = "render")]
    pub fn tell_text(&self, text: &str) {
        // A closed stderr leaves nobody to tell.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// How findings look, on stderr.
    #[cfg(feature = "render")]
    pub fn told(&self) -> Style {
        self.style
    }

    /// Gives data, on stdout. A reader that has seen enough is no failure.
    pub fn give(&self, text: &str) -> Outcome {
        self.give_bytes(text.as_bytes())
    }

    /// The same, of what need not be text.
    pub fn give_bytes(&self, bytes: &[u8]) -> Outcome {
        match to_stdout(bytes) {
            Err(error) => {
                self.say(&cannot_print(&error));
                Outcome::Failed
            }
            Ok(()) => Outcome::Done,
        }
    }

    /// Tells all findings, and what they make of the command.
    pub fn tell(&self, mut diagnostics: Diagnostics, sources: &Sources) -> Outcome {
        let outcome = Outcome::of(&diagnostics);
        diagnostics.sort();
        if !diagnostics.is_empty() || self.format == Format::Json {
            let (diagnostics, sources) = super::places::placed(&diagnostics, sources, self.format);
            let text = emit(&diagnostics, &sources, self.format, self.style);
            // A closed stderr leaves nobody to tell.
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
        outcome
    }
}

/// Writes to stdout, all of it: what is left for the end of the program would be lost without a word. A reader that has
/// seen enough is no failure.
pub fn to_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Why standard output takes no more.
pub fn cannot_print(error: &io::Error) -> Words {
    let Words { zh, en } = reason(error);
    say!("不能输出：{zh}", "the output cannot be written: {en}")
}

/// Says something on stderr before it is known how to talk to the user.
pub fn say_plainly(text: &str) {
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// How a stream wants it.
fn style_of(lang: Lang, choice: Colour, terminal: bool, size: Option<(Width, Height)>) -> Style {
    let colour = match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            let takes = || !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
            // Consoles of Windows show colours only to programs that ask for them.
            terminal && takes() && anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
        }
    };
    let width = size.map_or(120, |(width, _)| usize::from(width.0).max(40));
    Style { lang, colour, width }
}

pub fn system_language() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}
