//! Headings of a declaration's text: the numbers of sections, the head of a project's statement.

use super::block::plain;
use crate::form::{Profile, Section, SectionRole};

/// The text of a heading behind its number: 一、项目概述, （一）…, 1、…; only the first level counts.
pub(super) fn section_number(text: &str) -> Option<&str> {
    let numerals = "〇零一二三四五六七八九十";
    let end = text.find(|ch: char| !numerals.contains(ch)).filter(|end| *end > 0)?;
    let rest = text.get(end..)?;
    let rest = rest.strip_prefix(['、', '.', '．', '，'])?;
    Some(rest.trim())
}

/// The headings of sections that a form knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Plain headings with the ids of their sections: the form's own, then those that other forms give the same role.
    headings: Vec<(String, String)>,
}

impl Outline {
    /// The headings of a form, and of others where they ask the same.
    pub fn of(profile: &Profile, others: &[Profile]) -> Outline {
        let own = profile.sections.iter().map(|section| (plain(&section.heading.zh), section.id.clone()));
        let same = |other: &Section| {
            let fits = |own: &&Section| own.role == other.role && own.role != SectionRole::Other;
            profile.sections.iter().find(fits).map(|own| (plain(&other.heading.zh), own.id.clone()))
        };
        let further = others.iter().flat_map(|other| other.sections.iter().filter_map(same));
        Outline { headings: own.chain(further).collect() }
    }

    /// The id of the section that a heading names, and what stands behind it on the same line.
    pub fn section(&self, text: &str) -> Option<(&str, String)> {
        let numbered = section_number(text.trim());
        let words = numbered.unwrap_or(text.trim());
        let (head, rest) = match words.find(['：', ':', '。']) {
            Some(at) => (words.get(..at)?, words.get(at..)?.trim_start_matches(['：', ':', '。']).trim()),
            None => (words, ""),
        };
        let head = plain(head);
        if head.chars().count() > 16 || (numbered.is_none() && !rest.is_empty()) {
            return None;
        }
        let exact = self.headings.iter().find(|(own, _)| *own == head);
        // 项目立项依据 for 立项依据: with a number before it, a part of the words is enough.
        let close = || {
            let near = self
                .headings
                .iter()
                .filter(|(own, _)| head.contains(own) || (head.chars().count() > 2 && own.contains(&head)));
            numbered.and_then(|_| near.max_by_key(|(own, _)| own.chars().count()))
        };
        exact.or_else(close).map(|(_, id)| (id.as_str(), rest.to_owned()))
    }
}

/// The head of a project's statement: its number, and its name, which may be empty.
pub(super) fn project_head(opening: &str, text: &str) -> Option<String> {
    let bare = text.trim();
    let mut seen = String::new();
    if opening.is_empty() {
        return None;
    }
    // Spaces may stand between the characters, but not many.
    let reach = opening.chars().count() * 2;
    let end = bare.char_indices().take(reach).find_map(|(at, ch)| {
        seen.push(ch);
        (plain(&seen) == opening).then_some(at + ch.len_utf8())
    })?;
    let rest = bare.get(end..)?;
    if rest.contains(['。', '，', '；']) && rest.chars().count() > 40 {
        return None;
    }
    let number = |ch: char| ch.is_ascii_digit() || "一二三四五六七八九十".contains(ch);
    let dash = |ch: char| ch.is_whitespace() || "-—–―－_.、：:（）()".contains(ch);
    let mut rest = rest.trim_start_matches(dash);
    let unnumbered = rest.trim_start_matches(number);
    if unnumbered.len() < rest.len() && (unnumbered.is_empty() || unnumbered.starts_with(dash)) {
        rest = unnumbered.trim_start_matches(dash);
    }
    Some(rest.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Templates;

    #[test]
    fn a_statement_is_headed_by_its_number_and_the_projects_name() {
        let head = |text| project_head("项目经费情况说明", text);
        assert_eq!(head("项目经费情况说明 1--大数据与网络信息").as_deref(), Some("大数据与网络信息"));
        assert_eq!(head("项目经费情况说明 2——").as_deref(), Some(""));
        assert_eq!(head("项目经费情况说明").as_deref(), Some(""));
        assert_eq!(head("项目经费情况说明（一）：三年行动计划").as_deref(), Some("三年行动计划"));
        assert_eq!(head("项目概述"), None);
    }

    #[test]
    fn sections_are_known_by_their_number_and_words() {
        let read = |form: &str| {
            Profile::read(form, &Templates::default(), &mut crate::source::Sources::default()).unwrap()
        };
        let outline = Outline::of(&read("shanghai-2024"), &[read("mof-2011")]);
        let id = |text: &str| outline.section(text).map(|(id, rest)| (id.to_owned(), rest));
        assert_eq!(id("二、立项依据"), Some(("basis".into(), String::new())));
        assert_eq!(id("六、 年度预算安排："), Some(("budget".into(), String::new())));
        assert_eq!(id("一、项目概况").unwrap().0, "overview");
        assert_eq!(id("二、项目立项依据").unwrap().0, "basis");
        assert_eq!(id("年度预算安排如下，共三项"), None);
    }
}
