//! The documentation of the rules as the pages `docs/checks.md` and `docs/zh/checks.md`.

use std::fmt::Write;

use super::ALL;
use super::explain::{capital, reservation, severity_word};
use super::rule::Rule;
use crate::lang::Lang;

/// How well the rules do on declarations whose mistakes are known.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// How many declarations there are.
    pub declarations: usize,
    /// How many projects these have.
    pub projects: usize,
    /// How many mistakes are known.
    pub known: usize,
    /// How many of these are found.
    pub found: usize,
    /// How many findings are about nothing that is wrong.
    pub false_alarms: usize,
}

impl Rates {
    /// A sentence for the page.
    pub fn sentence(self, lang: Lang) -> String {
        let Rates { declarations, projects, known, found, false_alarms } = self;
        match lang {
            Lang::Zh => format!(
                "按已公开申报的写法另拟 {declarations} 份申报（`tests/published`）测得：已知的 {known} 处错误查出 {found} 处，\
                 {projects} 个项目误报 {false_alarms} 处。"
            ),
            Lang::En => format!(
                "Measured on {declarations} declarations written after the shapes of published ones (`tests/published`):\n\
                 {found} of {known} known mistakes found, {false_alarms} false alarms in {projects} projects."
            ),
        }
    }
}

/// The page that lists every rule in a language.
pub fn markdown(rates: Rates, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => HEAD_ZH,
        Lang::En => HEAD,
    };
    let mut text = format!("{head}\n{}\n\n", rates.sentence(lang));
    text.push_str(match lang {
        Lang::Zh => "| 问题编号 | 级别 | 内容 |\n|---|---|---|\n",
        Lang::En => "| Code | Severity | What it finds | 名称 |\n|---|---|---|---|\n",
    });
    for rule in ALL {
        let Rule { code, title, .. } = rule;
        let anchor = code.to_string().to_lowercase();
        let severity = severity_word(rule.severity);
        let _ = match lang {
            Lang::Zh => writeln!(text, "| [{code}](#{anchor}) | {} | {} |", severity.zh, title.zh),
            Lang::En => {
                let en = capital(title.en);
                writeln!(text, "| [{code}](#{anchor}) | {} | {en} | {} |", severity.en, title.zh)
            }
        };
    }
    for rule in ALL {
        let _ = write!(text, "\n{}", entry(rule, lang));
    }
    text
}

/// One rule on that page.
fn entry(rule: &Rule, lang: Lang) -> String {
    let Rule { code, title, what, why, bad, good, source, .. } = rule;
    let severity = severity_word(rule.severity);
    let reservation = reservation(rule.standing).map(|words| words.get(lang).to_owned()).unwrap_or_default();
    let (what, why, bad, good) = (what.get(lang), why.get(lang), bad.trim(), good.trim());
    match lang {
        Lang::Zh => {
            let (title, severity, source) = (title.zh, severity.zh, source.zh.trim_end_matches('。'));
            format!(
                "## {code}\n\n**{title}**（{severity}）\n\n{what}\n\n{why}\n\n```toml\n{bad}\n```\n\n改正以后：\n\n\
                 ```toml\n{good}\n```\n\n依据：{source}。{reservation}\n"
            )
        }
        Lang::En => {
            let (title, chinese, severity) = (capital(title.en), title.zh, severity.en);
            let source = capital(source.en);
            let source = source.trim_end_matches('.');
            let reservation = if reservation.is_empty() { reservation } else { format!(" {reservation}") };
            format!(
                "## {code}\n\n**{title}** · {chinese} · {severity}\n\n{what}\n\n{why}\n\n```toml\n{bad}\n```\n\n\
                 Fixed:\n\n```toml\n{good}\n```\n\nSource: {source}.{reservation}\n"
            )
        }
    }
}

const HEAD: &str = "\
# Rules

`shenbao check` finds what a reviewer would send back. This page is generated from the rules themselves; `shenbao explain
SB310` prints an entry in the terminal, in English or Chinese.

An *error* keeps `shenbao build` from writing the document, unless `--no-check` asks for a draft. A *warning* is what a
reviewer would ask about, a *note* is good to know. A finding that is meant to stay can be accepted with a reason, in
`declaration.toml`:

```toml
[[accept]]
code   = \"SB312\"
where  = \"portal: 24 × 5000元\"
reason = \"the price includes a discount that was agreed on\"
```

`where` is the id of a project, or `declaration`; where the file has several findings with this code, words of the line
that is meant follow. An acceptance silences one finding, and is reported (SB350) once it fits none.
";

const HEAD_ZH: &str = "\
# 检查规则

`shenbao check` 查出审核时会退回的问题。本页由程序的规则生成；`shenbao explain SB310` 在终端里显示其中一条。

有“错误”时，`shenbao build` 不生成文件（`--no-check` 生成草稿）。“警告”是审核人会提出的问题，“提示”供参考。
确需保留的写法，在 `declaration.toml` 里注明理由：

```toml
[[accept]]
code   = \"SB312\"
where  = \"portal: 24 × 5000元\"
reason = \"单价已含约定的优惠\"
```

`where` 写项目编号，或写 `declaration`；同一文件里这条规则有几处问题的，冒号后面再写那一行里的几个字。一条只保留一处；
不再对应任何问题时会报告（SB350）。
";
