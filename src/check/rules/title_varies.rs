//! The form's title with its words in another order: 财政支出项目 for 财政项目支出. A part of the rule on names.

use crate::check::{Findings, Subject};
use crate::lang::{Lang, say};
use crate::narrative::Passage;
use crate::source::Span;

/// How much of the form's title must stand at the end of another for the two to be compared.
const ENDING: usize = 3;

/// Compares the document's own title, and the form's title where a text gives it, with the form's.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let form = subject.profile.title.zh.as_str();
    let own = subject.declaration.title.as_ref().and_then(|title| title.exactly(Lang::Zh));
    if let Some(prose) = own
        && let Some((at, written)) = scrambled(&prose.value, form)
    {
        tell(written, form, prose.place.at(at..at + written.len()), findings);
    }
    for passage in subject.texts.iter().map(|text| &text.passage).filter(|passage| passage.lang == Lang::Zh) {
        if let Some((at, written)) = scrambled(&passage.text, form)
            && !passage.is_computed(at..at + written.len())
        {
            tell(written, form, place(passage, at, written), findings);
        }
    }
}

fn place(passage: &Passage<'_>, at: usize, written: &str) -> Span {
    passage.span(at..at + written.len())
}

fn tell(written: &str, form: &str, place: Span, findings: &mut Findings<'_>) {
    findings.push(
        findings
            .finding(say!(
                "“{written}”与表样的标题“{form}”不一致",
                "`{written}` differs from the form's title `{form}`"
            ))
            .at(place)
            .help(say!("两处用同一个标题：{form}", "write the same title in both places: {form}"))
            .fix(place, form),
    );
}

/// The first place where the characters of the form's title stand in another order.
fn scrambled<'t>(text: &'t str, form: &str) -> Option<(usize, &'t str)> {
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let length = form.chars().count();
    let (from, _) = form.char_indices().nth(length.checked_sub(ENDING)?)?;
    let ending = form.get(from..)?;
    let wanted = letters(form);
    text.match_indices(ending).find_map(|(at, _)| {
        let end = at + ending.len();
        let (start, _) = text.get(..end)?.char_indices().rev().nth(length.checked_sub(1)?)?;
        let written = text.get(start..end)?;
        (written != form && letters(written) == wanted).then_some((start, written))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_with_its_words_in_another_order_is_found() {
        let form = "财政项目支出绩效目标申报表";
        let title = "某中心2024年财政支出项目绩效目标申报表";
        assert_eq!(scrambled(title, form).map(|(_, written)| written), Some("财政支出项目绩效目标申报表"));
        for right in ["某中心2024年财政项目支出绩效目标申报表", "申报表", "某区2024年部门预算申报表"]
        {
            assert_eq!(scrambled(right, form), None, "{right}");
        }
    }
}
