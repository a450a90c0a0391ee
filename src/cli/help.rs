//! Help in the language of the user: the comments in `args` hold both, `中文 · English` in a line, or in paragraphs of
//! their own.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use shenbao::lang::{Lang, is_han};

/// A command line whose help is in one language.
pub fn in_language(command: Command, lang: Lang) -> Command {
    let mut command = headed(command, lang).disable_help_subcommand(true);
    let ids: Vec<_> = command.get_arguments().map(|arg| arg.get_id().clone()).collect();
    for id in ids {
        command = command.mut_arg(id, |arg| argument(arg, lang));
    }
    let names: Vec<String> = command.get_subcommands().map(|own| own.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |own| in_language(own, lang));
    }
    command
}

/// `shenbao help build` as `shenbao build --help`.
pub fn asked(given: Vec<OsString>) -> Vec<OsString> {
    match given.as_slice() {
        [program, help, rest @ ..] if help == "help" => {
            let rest = rest.iter().cloned().chain([OsString::from("--help")]);
            std::iter::once(program.clone()).chain(rest).collect()
        }
        _ => given,
    }
}

/// What a command says of itself, and the words around its lists.
fn headed(command: Command, lang: Lang) -> Command {
    let whole =
        command.get_long_about().or(command.get_about()).map(|text| paragraphs(&text.to_string(), lang));
    let example = match lang {
        Lang::Zh => "例：",
        Lang::En => "Example:",
    };
    let after = command.get_after_help().map(|text| text.to_string().replace("例 · Example:", example));
    let mut command = command;
    if let Some(whole) = whole {
        let first = whole.split("\n\n").next().unwrap_or_default().to_owned();
        command = command.about(first).long_about(whole);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    let (help, version) = match lang {
        Lang::En => return command,
        Lang::Zh => ("显示说明", "显示版本"),
    };
    let versioned = command.get_version().is_some();
    command = command
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help));
    if versioned {
        let flag = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(version);
        command = command.disable_version_flag(true).arg(flag);
    }
    command
}

fn argument(arg: Arg, lang: Lang) -> Arg {
    let mut help = arg.get_help().map(|text| line(&text.to_string(), lang)).unwrap_or_default();
    let values: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|_| arg.get_action().takes_values())
        .map(|value| {
            let name = value.get_name();
            let meaning = value.get_help().map(|text| line(&text.to_string(), lang)).unwrap_or_default();
            match (meaning.is_empty() || meaning.eq_ignore_ascii_case(name), lang) {
                (true, _) => name.to_owned(),
                (false, Lang::Zh) => format!("{name}（{meaning}）"),
                (false, Lang::En) => format!("{name} ({meaning})"),
            }
        })
        .collect();
    let default = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let default = default.filter(|_| arg.get_action().takes_values());
    match lang {
        Lang::Zh => {
            if !values.is_empty() {
                help += &format!("；可选 {}", values.join("、"));
            }
            help += &default.map(|value| format!("；默认 {value}")).unwrap_or_default();
        }
        Lang::En => {
            if !values.is_empty() {
                help += &format!("; one of {}", values.join(", "));
            }
            help += &default.map(|value| format!("; default: {value}")).unwrap_or_default();
        }
    }
    let heading = match (lang, arg.is_positional()) {
        (Lang::En, _) => None,
        (Lang::Zh, true) => Some("参数"),
        (Lang::Zh, false) => Some("选项"),
    };
    let takes = arg.get_action().takes_values();
    let arg = arg.help(help).hide_possible_values(takes).hide_default_value(takes);
    if heading.is_some() { arg.help_heading(heading) } else { arg }
}

/// The part of `中文 · English` in one language; a text without it is for both.
fn line(text: &str, lang: Lang) -> String {
    match (text.split_once(" · "), lang) {
        (Some((zh, _)), Lang::Zh) => zh.to_owned(),
        (Some((_, en)), Lang::En) => en.to_owned(),
        (None, _) => text.to_owned(),
    }
}

/// The paragraphs in one language.
fn paragraphs(text: &str, lang: Lang) -> String {
    let own = text.split("\n\n").filter_map(|paragraph| match paragraph.contains(" · ") {
        true => Some(line(paragraph, lang)),
        false => (paragraph.contains(is_han) == (lang == Lang::Zh)).then(|| paragraph.to_owned()),
    });
    own.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    /// The help of every command, in one language.
    fn every(command: &mut Command, found: &mut Vec<String>) {
        found.push(command.render_long_help().to_string());
        command.get_subcommands_mut().for_each(|own| every(own, found));
    }

    #[test]
    fn english_help_has_no_chinese_but_in_examples() {
        let mut found = Vec::new();
        every(&mut in_language(Cli::command(), Lang::En), &mut found);
        for help in found {
            let head = help.split("Example:").next().unwrap();
            let chinese: Vec<&str> = head.lines().filter(|line| line.contains(is_han)).collect();
            // An amount is written with its unit, and the languages are called by their own names.
            assert!(
                chinese.iter().all(|line| line.contains("3万元") || line.contains("zh (中文)")),
                "{chinese:?}"
            );
        }
    }

    #[test]
    fn chinese_help_has_no_sentence_in_english() {
        let mut found = Vec::new();
        every(&mut in_language(Cli::command(), Lang::Zh), &mut found);
        for help in found {
            let head = help.split("例：").next().unwrap();
            for line in head.lines().filter(|line| !line.contains(is_han)) {
                let words =
                    line.split_whitespace().filter(|word| word.chars().all(|ch| ch.is_ascii_lowercase()));
                assert!(words.count() < 3, "{line}");
            }
        }
    }
}
