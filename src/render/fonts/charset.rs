//! A set of characters that answers at once: fonts tell their coverage in runs.

const PLANES: usize = 0x4_0000;

/// A set of characters up to U+3FFFF, which holds all Chinese ones.
#[derive(Debug, Clone, Default)]
pub(super) struct CharSet {
    words: Vec<u64>,
}

impl CharSet {
    pub fn extend(&mut self, points: impl Iterator<Item = u32>) {
        self.words.resize(PLANES / 64, 0);
        for point in points {
            let (word, bit) = split(point);
            if let Some(word) = self.words.get_mut(word) {
                *word |= bit;
            }
        }
    }

    pub fn contains(&self, ch: char) -> bool {
        let (word, bit) = split(u32::from(ch));
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// How many Chinese characters it has.
    pub fn count_han(&self) -> usize {
        let ranges = ['\u{3400}'..='\u{9fff}', '\u{f900}'..='\u{faff}', '\u{20000}'..='\u{323af}'];
        ranges.into_iter().flatten().filter(|ch| self.contains(*ch)).count()
    }
}

fn split(point: u32) -> (usize, u64) {
    let word = usize::try_from(point / 64).unwrap_or(usize::MAX);
    (word, 1 << (point % 64))
}

/// Chinese characters and the marks that Chinese fonts own, for which no Latin font steps in.
pub(super) fn is_han(ch: char) -> bool {
    matches!(ch, '\u{b7}' | '\u{2013}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}'
        | '\u{2025}'..='\u{2027}' | '\u{2e3a}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}' | '\u{3007}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_into_it() {
        let mut set = CharSet::default();
        assert!(!set.contains('一'));
        set.extend(['一', '龥', 'A', '\u{20000}'].into_iter().map(u32::from));
        for ch in ['一', '龥', 'A', '\u{20000}'] {
            assert!(set.contains(ch));
        }
        assert!(!set.contains('丁'));
        assert!(!set.contains('\u{10ffff}'));
        assert_eq!(set.count_han(), 3);
    }
}
