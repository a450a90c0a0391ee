//! Wrong usage, said in the user's language.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use shenbao::lang::{Lang, Words, say};

use super::args::Cli;
use super::ui::{cannot_print, say_plainly, system_language};

/// The language that a command line asks for, though it could not be read as a whole; else the system's.
pub fn language(args: &[OsString]) -> Lang {
    let mut args = args.iter().map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        let value = match arg.split_once('=') {
            Some(("--ui", value)) => Some(value.to_owned()),
            None if arg == "--ui" => args.next().map(|value| value.into_owned()),
            _ => None,
        };
        if let Some(lang) = value.and_then(|value| Lang::from_tag(&value)) {
            return lang;
        }
    }
    system_language()
}

/// Whether it is what was asked for: help or the version.
pub fn is_asked_for(error: &clap::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// Prints what was asked for.
pub fn print(asked: &clap::Error, lang: Lang) -> ExitCode {
    match asked.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say_plainly(cannot_print(&error).get(lang));
            ExitCode::from(2)
        }
        _ => ExitCode::from(u8::try_from(asked.exit_code()).unwrap_or(2)),
    }
}

/// The whole message: what is wrong, what to write, how the command is used.
pub fn message(error: &clap::Error, args: &[OsString], lang: Lang) -> String {
    let given = Given { error };
    let wrong = given.wrong();
    let mut lines = vec![match lang {
        Lang::Zh => format!("错误：{}", wrong.zh),
        Lang::En => format!("error: {}", wrong.en),
    }];
    let advice = given.advice();
    lines.extend(advice.iter().map(|words| match lang {
        Lang::Zh => format!("  建议：{}", words.zh),
        Lang::En => format!("  help: {}", words.en),
    }));
    let usage = given.usage();
    if let Some(usage) = &usage {
        lines.push(String::new());
        lines.push(match lang {
            Lang::Zh => format!("用法：{usage}"),
            Lang::En => format!("usage: {usage}"),
        });
    }
    let command = command(args);
    lines.push(match lang {
        Lang::Zh => format!("说明和例子：{command} --help"),
        Lang::En => format!("more, with an example: {command} --help"),
    });
    lines.join("\n")
}

/// `shenbao add cost` of a command line that begins so.
fn command(args: &[OsString]) -> String {
    let cli = Cli::command();
    let (mut own, mut names) = (&cli, vec![cli.get_name().to_owned()]);
    for arg in args.iter().skip(1) {
        if let Some(inner) = own.find_subcommand(arg) {
            names.push(inner.get_name().to_owned());
            own = inner;
        }
    }
    names.join(" ")
}

/// What clap knows of an error.
struct Given<'e> {
    error: &'e clap::Error,
}

impl Given<'_> {
    fn text(&self, kind: ContextKind) -> Option<String> {
        self.list(kind).into_iter().next()
    }

    fn list(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(one)) => vec![one.clone()],
            Some(ContextValue::Strings(all)) => all.clone(),
            Some(ContextValue::StyledStr(one)) => vec![one.to_string()],
            Some(ContextValue::Number(number)) => vec![number.to_string()],
            _ => Vec::new(),
        }
    }

    fn usage(&self) -> Option<String> {
        let usage = self.text(ContextKind::Usage)?;
        let line = usage.lines().find(|line| line.contains("shenbao"))?;
        Some(line.trim().trim_start_matches("Usage:").trim().to_owned())
    }

    fn wrong(&self) -> Words {
        let args = self.list(ContextKind::InvalidArg);
        let arg = args.first().cloned().unwrap_or_default();
        let value = self.text(ContextKind::InvalidValue).unwrap_or_default();
        match self.error.kind() {
            ErrorKind::UnknownArgument => say!("未知的参数 {arg}", "unknown argument {arg}"),
            ErrorKind::InvalidSubcommand => {
                let command = self.text(ContextKind::InvalidSubcommand).unwrap_or_default();
                say!("没有 {command} 这个命令", "unknown command `{command}`")
            }
            ErrorKind::InvalidValue if value.is_empty() => say!("{arg} 后面缺少值", "{arg} needs a value"),
            ErrorKind::InvalidValue => say!("{arg} 不能是 {value}", "{arg} cannot be `{value}`"),
            ErrorKind::ValueValidation => {
                say!("{arg} 的值 {value} 不对", "invalid value `{value}` for {arg}")
            }
            ErrorKind::TooManyValues => say!("{arg} 的值太多：{value}", "too many values for {arg}: {value}"),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                say!("{arg} 的值个数不对", "wrong number of values for {arg}")
            }
            ErrorKind::NoEquals => {
                say!("{arg} 的值要用等号相连", "{arg} takes its value behind an equals sign")
            }
            ErrorKind::ArgumentConflict => {
                let other = self.list(ContextKind::PriorArg).join(", ");
                say!("{arg} 不能与 {other} 同时使用", "{arg} cannot be used with {other}")
            }
            ErrorKind::MissingRequiredArgument => {
                let (zh, en) = (args.join("、"), args.join(", "));
                say!("缺少参数 {zh}", "missing argument: {en}")
            }
            ErrorKind::MissingSubcommand => say!("缺少命令", "a command is missing"),
            ErrorKind::InvalidUtf8 => say!("参数不是 UTF-8 文字", "an argument is not UTF-8 text"),
            _ => {
                let text = self.error.to_string();
                let first = text.lines().next().unwrap_or("").trim_start_matches("error: ");
                say!("命令行有误：{first}", "{first}")
            }
        }
    }

    fn advice(&self) -> Vec<Words> {
        let mut advice = Vec::new();
        let valid = self.list(ContextKind::ValidValue);
        if !valid.is_empty() {
            let (zh, en) = (valid.join("、"), valid.join(", "));
            advice.push(say!("可以写：{zh}", "write one of: {en}"));
        }
        for kind in [ContextKind::SuggestedValue, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        {
            // The nearest stands last.
            if let Some(meant) = self.list(kind).pop() {
                advice.push(say!("是不是 {meant}？", "did you mean {meant}?"));
            }
        }
        if self.error.kind() == ErrorKind::ValueValidation
            && let Some(source) = std::error::Error::source(self.error)
        {
            advice.push(why_not(&source.to_string()));
        }
        if self.error.kind() == ErrorKind::InvalidSubcommand && advice.is_empty() {
            advice.push(say!(
                "常用的命令：new、check、build、totals、diff；全部命令见 shenbao --help",
                "the commands used most are new, check, build, totals and diff"
            ));
        }
        advice
    }
}

/// Why clap's parsers of numbers refuse a value.
fn why_not(reason: &str) -> Words {
    if let Some((_, range)) = reason.split_once(" is not in ")
        && let Some((least, most)) = range.split_once("..")
    {
        let most = most.trim_start_matches('=');
        return match most.is_empty() {
            true => say!("不得小于 {least}", "write a number of at least {least}"),
            false => say!("取值范围是 {least} 至 {most}", "write a number from {least} to {most}"),
        };
    }
    if reason.contains("invalid digit") {
        return say!("只写阿拉伯数字", "write digits alone");
    }
    say!("{reason}", "{reason}")
}
