//! What an overview counts.

/// Whether a paragraph before the first project is what the declaration says of all of them: it counts units or projects.
pub(super) fn is_overview(text: &str) -> bool {
    counted(text, "个预算单位").is_some() || count_of_projects(text).is_some()
}

/// 项目4个, 项目共4个, 4个项目
pub(super) fn count_of_projects(text: &str) -> Option<usize> {
    let before = text.match_indices("项目").find_map(|(at, word)| {
        let rest = text.get(at + word.len()..)?.trim_start();
        let words = ["共计", "总计", "合计", "共", "数", "为", "计"];
        let rest = words.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
        let end = rest.find(|ch: char| !ch.is_ascii_digit())?;
        let behind = rest.get(end..)?.trim_start();
        behind.starts_with(['个', '项']).then(|| rest.get(..end)?.parse().ok())?
    });
    before.or_else(|| counted(text, "个项目"))
}

/// The number that stands before a word.
pub(super) fn counted(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).find_map(|(at, _)| {
        let head = text.get(..at)?.trim_end();
        let start = head.char_indices().rev().take_while(|(_, ch)| ch.is_ascii_digit()).last()?.0;
        head.get(start..)?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_and_units_are_counted_as_overviews_word_it() {
        let text =
            "本单位 1 个预算单位开展了编报工作，编报绩效目标的项目 4 个，涉及项目预算资金 1808.10 万元。";
        assert_eq!((counted(text, "个预算单位"), count_of_projects(text)), (Some(1), Some(4)));
        assert_eq!(count_of_projects("编报绩效目标的项目共12个"), Some(12));
        assert_eq!(count_of_projects("申报3个项目"), Some(3));
        assert!(is_overview("本局申报项目2个，资金38万元。") && !is_overview("2025年12月编制"));
    }
}
