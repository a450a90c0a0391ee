//! The documentation of the codes for the terminal.

use std::fmt::Write;

use super::rule;
use super::rule::{Rule, Standing};
use crate::diagnostic::{About, Code, Severity, code};
use crate::lang::{Lang, Words, say};
use crate::paths;

/// All that is known of a code, for a terminal.
pub fn explain(code: Code, lang: Lang) -> String {
    match rule(code) {
        Some(rule) => rule_text(rule, lang),
        None => {
            let values = if code == code::UNKNOWN_PATH { known_values(lang) } else { String::new() };
            format!("{code}  {}\n\n{}\n{values}", code.meaning().get(lang), stage(code).get(lang))
        }
    }
}

/// Every value that a text may take.
fn known_values(lang: Lang) -> String {
    let list = |paths: &[&str]| {
        let lines = paths.iter().map(|path| format!("  {{{{{path}}}}}\n"));
        lines.collect::<String>()
    };
    let (overview, project) = (list(paths::OVERVIEW), list(paths::PROJECT));
    let words = say!(
        "\n概述可用的值（ID 是项目编号）\n{overview}\n项目正文可用的值（ID 是费用或子项目的编号；概述的值前加 declaration.）\n{project}\n\
         各值的当前内容：shenbao totals --values\n",
        "\nValues for the overview (ID is the id of a project)\n{overview}\nValues for the texts of a project (ID is the id \
         of a cost or\nsub-project; those of the overview with declaration. before them)\n{project}\n\
         Their present content: shenbao totals --values\n"
    );
    words.get(lang).to_owned()
}

/// What a log of findings says of a code.
pub fn about(code: Code, lang: Lang) -> About {
    let help = explain(code, lang);
    let Some(rule) = rule(code) else {
        return About { help, severity: plain_severity(code), ..About::of(code, lang) };
    };
    let (what, why) = (rule.what.get(lang), rule.why.get(lang));
    let full = match lang {
        Lang::Zh => format!("{what}{why}"),
        Lang::En => format!("{what} {why}"),
    };
    About { full, help, page: format!("checks.md#{code}").to_lowercase(), severity: rule.severity }
}

/// Every code with its title, a line each, by what it is about.
pub fn list(lang: Lang) -> String {
    let mut text = String::new();
    let mut group = None;
    for (code, _) in code::ALL {
        if group != Some(code.0 / 100) {
            group = Some(code.0 / 100);
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", subject(*code).get(lang));
        }
        let (severity, title) = match rule(*code) {
            Some(rule) => (severity_word(rule.severity), capital(rule.title.get(lang))),
            None => (severity_word(plain_severity(*code)), code.meaning().get(lang).to_owned()),
        };
        let _ = writeln!(text, "  {code}  {}  {title}", padded(severity.get(lang), lang));
    }
    text
}

fn rule_text(rule: &Rule, lang: Lang) -> String {
    let Rule { code, title, what, why, bad, good, source, .. } = rule;
    let severity = severity_word(rule.severity);
    let words = |zh, en| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut text = format!("{code}  {}  {}\n", severity.get(lang), capital(title.get(lang)));
    let mut part = |heading: &str, body: &str| {
        let _ = writeln!(text, "\n{heading}\n{}", indented(body));
    };
    part(words("查什么", "What it finds"), what.get(lang));
    part(words("为什么", "Why it is wrong"), why.get(lang));
    part(words("有问题的写法", "Example"), bad);
    part(words("改正以后", "Fixed"), good);
    let reservation = reservation(rule.standing).map(|words| format!("\n{}", words.get(lang)));
    part(
        words("依据", "Source"),
        &format!("{}{}", capital(source.get(lang)), reservation.unwrap_or_default()),
    );
    text
}

/// Titles begin with a small letter, as messages do; here they stand alone.
pub(super) fn capital(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn indented(text: &str) -> String {
    let lines = text.trim().lines();
    lines
        .map(|line| if line.is_empty() { String::new() } else { format!("  {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn severity_word(severity: Severity) -> Words {
    match severity {
        Severity::Error => say!("错误", "error"),
        Severity::Warning => say!("警告", "warning"),
        Severity::Note => say!("提示", "note"),
    }
}

/// The severity of a code that is no rule's.
fn plain_severity(code: Code) -> Severity {
    let warns =
        [code::UNLISTED_VALUE, code::STALE_ACCEPTANCE, code::LAYOUT, code::BROKEN_FONT].contains(&code);
    if warns { Severity::Warning } else { Severity::Error }
}

/// English severities are of different lengths, Chinese ones are not.
fn padded(word: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => word.to_owned(),
        Lang::En => format!("{word:7}"),
    }
}

/// What is to be said of how sure a rule is; the source itself says it of all others.
pub(super) fn reservation(standing: Standing) -> Option<Words> {
    (standing == Standing::General).then(|| {
        say!(
            "这一条依据的是一般业务知识，没有与正式文件核对，所以最多是警告。",
            "This rests on general knowledge of the field, not checked against the official text, and is a warning at most."
        )
    })
}

/// What finds a code that is no rule's.
fn stage(code: Code) -> Words {
    match code.0 {
        350 | 351 => say!(
            "由 declaration.toml 里的 [[accept]] 引起：code 写问题编号，where 写项目编号或 declaration，必要时再写那一行里的几个字，reason 写理由。",
            "It comes from an [[accept]] in declaration.toml: code is that of a rule, where is a project's id or `declaration`, followed if need be by words of the line, and reason says why."
        ),
        501.. => say!("排版时发现。", "Laying out the pages finds it."),
        _ => say!(
            "读取和计算申报文件时发现；提示信息写明位置和改法，改正以前不能生成文件。",
            "Reading and computing the declaration finds it. The message names the location and the fix; until then nothing is built."
        ),
    }
}

/// What the codes of a hundred are about.
fn subject(code: Code) -> Words {
    match code.0 / 100 {
        0 => say!("文件、键和类型", "Files, keys, types"),
        1 => say!("金额与合计", "Amounts and sums"),
        2 => say!("项目信息、周期和名称", "Project data, periods, names"),
        3 => say!("文字说明", "Texts"),
        4 => say!("绩效指标", "Indicators"),
        _ => say!("字体与排版", "Fonts and layout"),
    }
}
