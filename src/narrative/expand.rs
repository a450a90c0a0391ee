//! Fills values into blocks and joins their lines.

use super::format::{self, FormatError};
use super::parse::{Piece, Placeholder, RawBlock, is_subheading};
use super::precision::Precision;
use super::values::{LINE_BREAK, Value, Values, paths};
use super::{Block, Item};
use crate::diagnostic::{Diagnostic, Diagnostics, code, nearest};
use crate::lang::{Lang, say};
use crate::reading::invisible::{all_invisible, invisible};

pub(super) fn expand(blocks: &[RawBlock], values: &Values<'_>, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let precision = Precision::of_text(blocks, values);
    let mut expander = Expander { values, precision, diagnostics };
    blocks.iter().map(|block| expander.block(block)).collect()
}

struct Expander<'e, 'v> {
    values: &'e Values<'v>,
    /// That of the whole text, where it has one.
    precision: Option<Precision>,
    diagnostics: &'e mut Diagnostics,
}

impl Expander<'_, '_> {
    fn block(&mut self, block: &RawBlock) -> Block {
        match block {
            RawBlock::Paragraph(pieces) => {
                if let [Piece::Value(placeholder)] = pieces.as_slice()
                    && placeholder.format.is_none()
                    && let Some(Value::List(items)) = self.values.resolve(&placeholder.path)
                    && !items.is_empty()
                {
                    return numbered(&items, self.values.lang, self.precision.as_ref());
                }
                let text = self.line(pieces);
                if is_subheading(&text) { Block::Subheading(text) } else { Block::Paragraph(text) }
            }
            RawBlock::List(items) => Block::List(
                items
                    .iter()
                    .map(|item| Item { marker: item.marker.clone(), text: self.line(&item.pieces) })
                    .collect(),
            ),
        }
    }

    fn line(&mut self, pieces: &[Piece]) -> String {
        let space = |before: &str, after: &str| if needs_space(before, after) { " " } else { "" };
        let own = || Precision::of_paragraph(pieces, self.values);
        let precision = self.precision.clone().unwrap_or_else(own);
        let line = joined(pieces, |value| self.value(value, &precision), space);
        match line.contains(LINE_BREAK) {
            true => line.split(LINE_BREAK).map(str::trim).collect::<Vec<_>>().join(LINE_BREAK),
            false => line,
        }
    }

    /// The printed value; empty after a finding.
    fn value(&mut self, placeholder: &Placeholder, precision: &Precision) -> String {
        let Some(value) = self.values.resolve(&placeholder.path) else {
            if !self.values.may_be_unread(&placeholder.path) {
                let finding = self.unknown(placeholder);
                self.diagnostics.push(finding);
            }
            return String::new();
        };
        if value.is_empty_list() {
            if !self.values.may_be_unread(&placeholder.path) {
                let finding = self.empty(placeholder);
                self.diagnostics.push(finding);
            }
            return String::new();
        }
        let wanted = placeholder.format.as_ref().map(|(name, _)| name.as_str());
        match format::print(&value, wanted, self.values, precision) {
            Ok(text) => text,
            Err(error) => {
                let (name, span) = match &placeholder.format {
                    Some((name, span)) => (name.as_str(), *span),
                    None => ("", placeholder.path_span),
                };
                let path = &placeholder.path;
                let list = format::names_for(&value, self.values.lang).join("  ");
                let words = match error {
                    _ if name.is_empty() => say!("| 后面没有写格式", "missing format after |"),
                    FormatError::Unknown => say!("未知的格式“{name}”", "unknown format `{name}`"),
                    FormatError::Unfit => {
                        say!("{path} 不支持“{name}”格式", "format `{name}` does not fit {path}")
                    }
                };
                let finding = Diagnostic::error(code::BAD_FORMAT, words).at(span);
                let meant =
                    nearest(name, format::names_for(&value, self.values.lang)).filter(|_| !name.is_empty());
                self.diagnostics.push(match meant {
                    Some(meant) => {
                        finding.help(say!("是否应为 {meant}？", "did you mean {meant}?")).suggest(span, meant)
                    }
                    None if list.is_empty() => {
                        finding.help(say!("删去 | 和格式", "delete the | and the format"))
                    }
                    None => finding.help(say!("可用的格式：{list}", "formats: {list}")),
                });
                String::new()
            }
        }
    }

    /// A list with nothing in it, and the one that the project has instead.
    fn empty(&self, placeholder: &Placeholder) -> Diagnostic {
        let path = &placeholder.path;
        let (zh, en) = match path.split('.').next() {
            Some("cost") => ("项目本身没有费用", "the project has no costs of its own"),
            Some("subproject") => ("项目没有子项目", "the project has no sub-projects"),
            _ => ("没有可列的内容", "there is nothing to list"),
        };
        let finding =
            Diagnostic::error(code::UNKNOWN_PATH, say!("{path} 是空的：{zh}", "{path} is empty: {en}"))
                .at(placeholder.path_span);
        match self.values.list_instead(path) {
            Some(instead) => finding
                .help(say!("写 {{{{{instead}}}}}", "write {{{{{instead}}}}}"))
                .suggest(placeholder.path_span, instead),
            None => finding.help(say!("删去 {{{{{path}}}}}", "delete {{{{{path}}}}}")),
        }
    }

    fn unknown(&self, placeholder: &Placeholder) -> Diagnostic {
        let path = &placeholder.path;
        let known = paths(self.values.declaration, self.values.scope);
        let has = |path: &str| known.iter().any(|known| known == path);
        let span = placeholder.path_span;
        if let Some((_, first)) = all_invisible(path).next() {
            let cleaned: String = path.chars().filter(|ch| invisible(*ch).is_none()).collect();
            let name = first.name();
            let (zh, en) = (&name.zh, &name.en);
            if has(&cleaned) {
                let words = say!("这里有看不见的字符：{zh}", "invisible character: {en}");
                let help = say!("删去看不见的字符", "delete the invisible character");
                return Diagnostic::error(code::UNKNOWN_PATH, words).at(span).help(help).fix(span, cleaned);
            }
        }
        let finding =
            Diagnostic::error(code::UNKNOWN_PATH, say!("未知的值“{path}”", "unknown value `{path}`"))
                .at(span);
        if let Some(meant) = meant_by(path).into_iter().find(|path| has(path)) {
            let help = say!("“{path}”写作 {{{{{meant}}}}}", "`{path}` is written {{{{{meant}}}}}");
            return finding.help(help).suggest(span, meant);
        }
        match self.near(path, &known) {
            Some(meant) => finding
                .help(say!("是否应为 {{{{{meant}}}}}？", "did you mean {{{{{meant}}}}}?"))
                .suggest(span, meant),
            None => finding.help(say!(
                "全部可用的值见 shenbao totals --values",
                "`shenbao totals --values` lists every value"
            )),
        }
    }

    /// The path that was probably meant. One that names a part by its id is not taken for the same of another part.
    fn near<'k>(&self, path: &str, known: &'k [String]) -> Option<&'k str> {
        let meant = nearest(path, known.iter().map(String::as_str))?;
        let part = |path: &str| {
            let mut steps = path.trim_start_matches("declaration.").split('.');
            let kind = steps.next().unwrap_or("").to_owned();
            let id = steps.next().filter(|_| steps.next().is_some() || path.matches('.').count() > 1);
            (kind, id.map(str::to_owned))
        };
        let ((kind, id), (other_kind, other)) = (part(path), part(meant));
        let related = match (&id, &other) {
            (Some(id), Some(other)) => kind != other_kind || nearest(id, [other.as_str()]).is_some(),
            (Some(_), None) => false,
            _ => true,
        };
        related.then_some(meant)
    }
}

/// The paths that a Chinese word for a value may stand for, in the order in which they are tried.
fn meant_by(word: &str) -> Vec<&'static str> {
    let paths: &[&'static str] = match word.trim() {
        "合计" | "总计" | "总额" | "总金额" | "预算" | "预算合计" | "预算总额" | "资金合计" | "项目资金"
        | "金额" => &["total"],
        "年度合计" | "年度资金" | "本年度合计" | "当年金额" | "年度预算" | "年度资金申请总额" => {
            &["annual"]
        }
        "财政资金" => &["fiscal"],
        "财政拨款" | "当年财政拨款" => &["appropriation"],
        "上年结转" | "上年结转资金" => &["carried_over"],
        "其他资金" => &["other"],
        "年度" | "年份" | "预算年度" => &["year"],
        "单位" | "单位名称" | "申报单位" | "预算单位" => &["unit.name"],
        "主管部门" | "部门" => &["department.name"],
        "预算单位数" => &["budget_units", "declaration.budget_units"],
        "换行" => &["break"],
        "项目数" | "项目个数" | "项目数量" => &["project.count", "declaration.project.count"],
        "项目清单" | "项目列表" => &["project.list", "declaration.project.list"],
        "项目名称" | "名称" => &["name", "project.names"],
        "项目性质" | "性质" => &["nature"],
        "项目类别" | "类别" => &["category"],
        "开始日期" | "计划开始日期" => &["start"],
        "结束日期" | "完成日期" | "计划完成日期" => &["end"],
        "实施周期" | "项目周期" | "周期" | "期限" => &["period"],
        "子项目数" | "子项目个数" => &["subproject.count"],
        "子项目清单" | "子项目列表" => &["subproject.list"],
        "费用清单" | "明细" | "费用列表" => &["cost.list"],
        "指标数" | "指标个数" => &["indicator.count"],
        _ => &[],
    };
    paths.to_vec()
}

/// A list of names and amounts; each amount with the decimals that it needs where the text has no precision of its own.
pub(super) fn numbered(
    items: &[(String, crate::model::Money)],
    lang: Lang,
    precision: Option<&Precision>,
) -> Block {
    let exact = Precision::default();
    let precision = precision.unwrap_or(&exact);
    let last = items.len();
    let items =
        items.iter().zip(1..).map(|((name, amount), number)| match (lang, precision.print(*amount, lang)) {
            (Lang::Zh, amount) => {
                let end = if number == last { '。' } else { '；' };
                Item { marker: format!("（{number}）"), text: format!("{name}{amount}{end}") }
            }
            (Lang::En, amount) => {
                let end = if number == last { '.' } else { ';' };
                Item { marker: format!("({number})"), text: format!("{name}: {amount}{end}") }
            }
        });
    Block::List(items.collect())
}

/// A line of text: its words and values, with what `between` says at each line break.
pub(super) fn joined(
    pieces: &[Piece],
    mut value: impl FnMut(&Placeholder) -> String,
    between: impl Fn(&str, &str) -> &'static str,
) -> String {
    let mut out = String::new();
    let mut broken = false;
    for piece in pieces {
        let text = match piece {
            Piece::Break => {
                broken = true;
                continue;
            }
            Piece::Text(text, _) => text.clone(),
            Piece::Value(placeholder) => value(placeholder),
        };
        if std::mem::take(&mut broken) {
            out.push_str(between(&out, &text));
        }
        out.push_str(&text);
    }
    out
}

/// A line break becomes a space between words that are written with spaces, and nothing beside Chinese.
pub(super) fn needs_space(before: &str, after: &str) -> bool {
    let spaced = |ch: Option<char>| ch.is_some_and(|ch| !ch.is_whitespace() && !is_wide(ch));
    spaced(before.chars().next_back()) && spaced(after.chars().next())
}

pub(super) fn is_wide(ch: char) -> bool {
    matches!(ch, '“' | '”' | '‘' | '’' | '…' | '—')
        || matches!(ch, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_with_spaces_are_joined_by_one() {
        assert!(needs_space("the", "unit"));
        assert!(needs_space("end.", "(New)"));
        assert!(!needs_space("共", "4个"));
        assert!(!needs_space("4", "个"));
        assert!(!needs_space("done。", "Next"));
        assert!(!needs_space("", "a"));
    }
}
