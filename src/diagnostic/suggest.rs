//! What was probably meant.

/// The candidate nearest to `word`: equal but for case, separators, or about a third of its letters; or a word in it.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| {
            *distance <= allowed
                || (wanted.chars().count() > 2 && candidate.contains(word))
                || (candidate.len() > 3 && !word.contains('.') && wanted.contains(candidate))
        })
        // Of two that are as near, the one that has what was written.
        .min_by_key(|(distance, candidate)| (*distance, !candidate.contains(word)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered_and_no_far_one() {
        let keys = ["name", "amount", "carried_over", "quantity"];
        assert_eq!(nearest("ammount", keys), Some("amount"));
        assert_eq!(nearest("carried-over", keys), Some("carried_over"));
        assert_eq!(nearest("Name", keys), Some("name"));
        assert_eq!(nearest("total_amount", keys), Some("amount"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("亿", ["元", "万元", "亿元"]), Some("亿元"));
    }
}
