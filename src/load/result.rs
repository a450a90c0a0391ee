//! `results/N-id.toml`: what became of a project.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::files::ProjectFile;
use super::keys;
use super::reader::{Reader, Table};
use super::target::target;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::form::{Profile, SourceKind};
use crate::lang::{Lang, say};
use crate::model::{Execution, Grade, Indicator, IndicatorOutcome, Outcome, Placed, Project, Spending, Text};
use crate::source::Span;

/// Reads the results of a project, by the form of the evaluation where that could be read.
pub(super) fn read<'d>(
    reader: &mut Reader<'_>,
    tree: &'d Spanned<DeTable<'d>>,
    file: &ProjectFile,
    project: Option<&Project>,
    profile: Option<&Profile>,
) -> Outcome {
    let span = Span::new(file.file, 0..0);
    let table = reader.open(tree.get_ref(), span, keys::OUTCOME);
    Outcome {
        span,
        spending: spending(reader, table, profile),
        execution: execution(reader, table),
        achieved: reader.optional_text(table, "achieved"),
        process: reader.optional_text(table, "process"),
        conclusion: reader.optional_text(table, "conclusion"),
        problems: reader.optional_text(table, "problems"),
        measures: reader.optional_text(table, "measures"),
        indicators: indicators(reader, table, project, profile),
    }
}

fn execution<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Execution {
    let value = reader.optional(table, "execution");
    let Some(table) = value.and_then(|value| reader.table(value, keys::EXECUTION, "[execution]")) else {
        return Execution::default();
    };
    Execution { reason: reader.optional_text(table, "reason"), score: score(reader, table, "score") }
}

/// A number from 0 to 100.
fn score<'d>(reader: &mut Reader<'_>, table: Table<'d>, key: &str) -> Option<Placed<Decimal>> {
    let value = reader.optional(table, key)?;
    if let DeValue::Integer(number) = value.get_ref()
        && number.as_str() == "0"
    {
        return Some(Placed { value: Decimal::ZERO, span: reader.span(value) });
    }
    reader.decimal(value, Decimal::ONE_HUNDRED, &format!("{key} = …"))
}

fn spending<'d>(reader: &mut Reader<'_>, table: Table<'d>, profile: Option<&Profile>) -> Vec<Spending> {
    let kinds = profile.map(|profile| profile.sources.as_slice()).unwrap_or_default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut all = Vec::new();
    for table in reader.tables(table, "spending", keys::SPENDING) {
        let example = "source = \"…\"";
        let source =
            reader.required(table, "source", example).and_then(|value| reader.string(value, example));
        let start = reader.optional(table, "start").and_then(|value| reader.amount(value));
        let adjusted = reader.optional(table, "adjusted").and_then(|value| reader.amount(value));
        let spent = reader.optional(table, "spent").and_then(|value| reader.amount(value));
        let Some(source) = source else { continue };
        let listed = kinds.iter().find(|own| own.is_named(source.value.trim()));
        if listed.is_none() && profile.is_some() {
            let finding = unknown_source(source.value, source.span, kinds);
            reader.diagnostics.push(finding);
        }
        let id = listed.map_or(source.value.trim(), |own| own.id.as_str()).to_owned();
        if !seen.insert(id.clone()) {
            let words = say!("资金来源“{id}”写了两次", "the source `{id}` is given twice");
            let help = say!("合并为一项", "merge them into one");
            reader.diagnostics.push(Diagnostic::error(code::DUPLICATE_ID, words).at(source.span).help(help));
        }
        all.push(Spending { source: Placed { value: id, span: source.span }, start, adjusted, spent });
    }
    all
}

fn unknown_source(name: &str, span: Span, kinds: &[SourceKind]) -> Diagnostic {
    let list =
        kinds.iter().map(|own| format!("{}（{}）", own.id, own.name.zh)).collect::<Vec<_>>().join("、");
    let finding = Diagnostic::error(
        code::UNKNOWN_VALUE,
        say!(
            "自评表样没有列出资金来源“{name}”",
            "the form of the evaluation does not list the source `{name}`"
        ),
    )
    .at(span)
    .help(say!("表样列出的是：{list}", "it lists: {list}"));
    let names = kinds.iter().flat_map(|own| [own.id.as_str(), own.name.zh.as_str()]);
    match nearest(name, names) {
        Some(meant) => finding.suggest(span, format!("\"{meant}\"")),
        None => finding,
    }
}

fn indicators<'d>(
    reader: &mut Reader<'_>,
    table: Table<'d>,
    project: Option<&Project>,
    profile: Option<&Profile>,
) -> Vec<IndicatorOutcome> {
    let mut all = Vec::new();
    let mut taken = BTreeSet::new();
    for table in reader.tables(table, "indicator", keys::INDICATOR_OUTCOME) {
        let name = reader.required_text(table, "name", "name = \"…\"");
        let text = reader.optional_text(table, "target");
        let target = text.and_then(|text| target(reader, text, profile));
        let weight = reader.optional(table, "weight");
        let weight = weight.and_then(|value| reader.decimal(value, Decimal::ONE_HUNDRED, "weight = …"));
        let outcome = IndicatorOutcome {
            index: None,
            target,
            weight,
            actual: reader.optional_text(table, "actual"),
            grade: grade(reader, table),
            share: score(reader, table, "share"),
            score: score(reader, table, "score"),
            reason: reader.optional_text(table, "reason"),
            name: match name {
                Some(name) => name,
                None => continue,
            },
        };
        let indicators = project.map(|project| project.indicators.as_slice()).unwrap_or_default();
        let index = (0..indicators.len()).find(|index| {
            let own = indicators.get(*index).filter(|own| own.is_annual());
            !taken.contains(index) && own.is_some_and(|own| is_called(&own.name, &outcome.name))
        });
        if let Some(index) = index {
            taken.insert(index);
        } else if project.is_some() {
            let finding = unknown_indicator(&outcome.name, indicators);
            reader.diagnostics.push(finding);
        }
        all.push(IndicatorOutcome { index, ..outcome });
    }
    all
}

fn is_called(name: &Text, other: &Text) -> bool {
    name.str(Lang::Zh).trim() == other.str(Lang::Zh).trim()
}

fn unknown_indicator(name: &Text, indicators: &[Indicator]) -> Diagnostic {
    let (zh, en) = (name.str(Lang::Zh).trim(), name.str(Lang::En).trim());
    let finding = Diagnostic::error(
        code::UNKNOWN_INDICATOR,
        say!("项目没有指标“{zh}”", "the project has no indicator `{en}`"),
    )
    .at(name.span());
    let names = || indicators.iter().map(|own| own.name.str(Lang::Zh).trim());
    match nearest(zh, names()) {
        Some(meant) => {
            let help = say!("是否应为“{meant}”？", "did you mean `{meant}`?");
            finding.help(help).suggest(name.span(), format!("\"{meant}\""))
        }
        None => finding.help(say!(
            "名称与项目文件里的 [[indicator]] 一致；申报后改了名的，这里一并改",
            "name it as [[indicator]] of the project's file does; if that was renamed, rename it here"
        )),
    }
}

fn grade<'d>(reader: &mut Reader<'_>, table: Table<'d>) -> Option<Placed<Grade>> {
    const GRADES: [(&str, Grade, &str); 3] =
        [("met", Grade::Met, "达成"), ("partly", Grade::Partly, "部分达成"), ("not", Grade::Not, "未达成")];
    let word = reader.optional(table, "grade").and_then(|value| reader.string(value, "grade = \"met\""))?;
    let name = word.value.trim();
    if let Some((_, grade, _)) = GRADES.iter().find(|(known, ..)| *known == name) {
        return Some(Placed { value: *grade, span: word.span });
    }
    let finding =
        Diagnostic::error(code::UNKNOWN_VALUE, say!("未知的等级“{name}”", "unknown grade `{name}`"))
            .at(word.span);
    let help =
        say!("grade 可写 met（达成）、partly（部分达成）或 not（未达成）", "`grade` is met, partly or not");
    let meant = GRADES.iter().rev().find(|(_, _, zh)| name.starts_with(zh)).map(|(meant, ..)| *meant);
    let meant = meant.or_else(|| nearest(name, GRADES.iter().map(|(word, ..)| *word)));
    reader.diagnostics.push(match meant {
        Some(meant) => finding.help(help).suggest(word.span, format!("\"{meant}\"")),
        None => finding.help(help),
    });
    None
}
