//! Texts of several lines beside each other: where each begins, and which part of a line is whose.

use super::cells::Piece;
use super::segments::Segment;

/// How far the left edge of a text may be off from line to line.
const OFF: usize = 4;
/// How far off it may be where a text fills its column up to the next.
const FULL: usize = 6;

/// The left edges of texts below heads: the column in which most of their lines begin.
pub(super) fn edges(block: &[Vec<Segment>], heads: &[Piece]) -> Vec<usize> {
    let mut edges = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        if at == 0 {
            edges.push(0);
            continue;
        }
        let before = heads.get(at - 1).map_or(0, |head| (head.from + head.to) / 2);
        let starts: Vec<usize> = block
            .iter()
            .flat_map(|line| line.iter().map(|segment| segment.from))
            .filter(|from| *from > before && *from <= head.to)
            .collect();
        let votes = |edge: usize| starts.iter().filter(|from| from.abs_diff(edge) <= 1).count();
        let best = starts.iter().copied().max_by_key(|edge| (votes(*edge), usize::MAX - edge));
        edges.push(best.unwrap_or(head.from));
    }
    edges
}

/// The texts of a line by their columns.
pub(super) fn parted(line: &[Segment], edges: &[usize]) -> Vec<(usize, String)> {
    let mut texts = Vec::new();
    let column = |from: usize| edges.iter().rposition(|edge| from + OFF > *edge).unwrap_or(0);
    for segment in line {
        let mut own = column(segment.from);
        let mut text = segment.text.as_str();
        let mut from = segment.from;
        // A text that fills its column, one space before the next.
        while let Some(edge) = edges.get(own + 1).copied() {
            let gaps = text.char_indices().enumerate().filter(|(_, (_, ch))| *ch == ' ');
            let near = gaps
                .map(|(count, (at, _))| (from + count + 1, at))
                .filter(|(start, _)| start.abs_diff(edge) <= FULL)
                .min_by_key(|(start, _)| start.abs_diff(edge));
            let Some((start, at)) = near else { break };
            texts.push((own, text.get(..at).unwrap_or("").trim().to_owned()));
            text = text.get(at..).unwrap_or("").trim_start();
            from = start;
            own += 1;
        }
        texts.push((own, text.to_owned()));
    }
    texts
}
