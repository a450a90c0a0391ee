//! What on one side is what on the other, and what changed its place.

use std::cmp::Reverse;

/// Indices of the old and the new list.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Those on both sides, by their new index.
    pub(super) kept: Vec<(usize, usize)>,
    /// Old ones without a new one, ascending.
    pub(super) removed: Vec<usize>,
    /// New ones without an old one, ascending.
    pub(super) added: Vec<usize>,
}

/// One way to recognise a thing: how alike an old and a new one are, `None` for not at all.
pub(super) type Likeness<'l> = &'l dyn Fn(usize, usize) -> Option<usize>;

/// Pairs two lists. Each way is tried on what the ways before it left over, the most alike first.
pub(super) fn pair(old: usize, new: usize, ways: &[Likeness<'_>]) -> Pairs {
    let mut pairs = Pairs { kept: Vec::new(), removed: (0..old).collect(), added: (0..new).collect() };
    for way in ways {
        let mut found = Vec::new();
        for &before in &pairs.removed {
            for &after in &pairs.added {
                found.extend(
                    way(before, after).map(|score| (Reverse(score), before.abs_diff(after), before, after)),
                );
            }
        }
        found.sort_unstable();
        for (_, _, before, after) in found {
            if pairs.removed.contains(&before) && pairs.added.contains(&after) {
                pairs.removed.retain(|one| *one != before);
                pairs.added.retain(|one| *one != after);
                pairs.kept.push((before, after));
            }
        }
    }
    pairs.kept.sort_by_key(|(_, after)| *after);
    pairs
}

/// A way that knows only yes and no.
pub(super) fn when(same: bool) -> Option<usize> {
    same.then_some(1)
}

/// The pairs, in the order of the new side, that left the order of the others: the fewest that explain it.
pub(super) fn moved(kept: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Longest ascending run of old places; the rest was moved.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(kept.len());
    for (index, (old, _)) in kept.iter().enumerate() {
        let before = kept.iter().zip(&best).take(index).enumerate();
        let before =
            before.filter(|(_, ((other, _), _))| other < old).map(|(at, (_, (length, _)))| (*length, at));
        let longest = before.max_by_key(|(length, at)| (*length, Reverse(*at)));
        best.push((longest.map_or(1, |(length, _)| length + 1), longest.map(|(_, at)| at)));
    }
    let mut at =
        best.iter().enumerate().max_by_key(|(at, (length, _))| (*length, Reverse(*at))).map(|(at, _)| at);
    let mut stayed = Vec::new();
    while let Some(index) = at {
        stayed.push(index);
        at = best.get(index).and_then(|(_, before)| *before);
    }
    kept.iter().enumerate().filter(|(index, _)| !stayed.contains(index)).map(|(_, pair)| *pair).collect()
}

/// How alike two names are, in a hundred; `None` below sixty.
pub(super) fn alike(old: &str, new: &str) -> Option<usize> {
    let longest = old.chars().count().max(new.chars().count());
    if longest == 0 {
        return None;
    }
    let score = 100 - strsim::levenshtein(old, new).min(longest) * 100 / longest;
    (score >= 60).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_tried_in_their_order_and_the_most_alike_first() {
        let (old, new) = (["a", "bcdef", "x"], ["bcdeg", "a", "bcdef?"]);
        let pairs = pair(3, 3, &[&|a, b| when(old[a] == new[b]), &|a, b| alike(old[a], new[b])]);
        assert_eq!(pairs.kept, [(0, 1), (1, 2)]);
        assert_eq!((pairs.removed, pairs.added), (vec![2], vec![0]));
    }

    #[test]
    fn what_moved_is_the_fewest_that_explain_the_order() {
        assert_eq!(moved(&[(0, 0), (1, 1), (2, 2)]), []);
        assert_eq!(moved(&[(3, 0), (0, 1), (1, 2), (2, 3)]), [(3, 0)]);
        assert_eq!(moved(&[(1, 0), (0, 1)]).len(), 1);
    }
}
