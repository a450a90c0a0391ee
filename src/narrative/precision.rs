//! How many decimals the computed amounts of a paragraph have.

use std::collections::BTreeMap;

use super::parse::{Piece, RawBlock};
use super::values::{Scope, Value, Values};
use crate::lang::Lang;
use crate::model::Money;

/// 万元, as a power of ten.
const WAN: u32 = 4;

/// The decimals that a reader expects of 万元.
const USUAL: u32 = 2;

/// 万元 with six decimals is exact to the 分.
const MOST: u32 = 6;

/// Decimals by unit, a power of ten; amounts in a unit that is not here print the decimals that they need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Precision(BTreeMap<u32, u32>);

impl Precision {
    /// That of a text whose amounts all have one, which is the overview; its 万元 have two decimals in every published
    /// declaration, and more only where its amounts need them.
    pub fn of_text(blocks: &[RawBlock], values: &Values<'_>) -> Option<Precision> {
        if values.scope != Scope::Overview {
            return None;
        }
        let mut precision = Precision::default();
        if values.lang == Lang::Zh {
            precision.0.insert(WAN, 2);
        }
        for block in blocks {
            match block {
                RawBlock::Paragraph(pieces) => precision.include(pieces, values),
                RawBlock::List(items) => {
                    items.iter().for_each(|item| precision.include(&item.pieces, values))
                }
            }
        }
        Some(precision)
    }

    /// That of a paragraph or a list item in which an amount needs more than two decimals: what that one needs. With two and
    /// fewer each prints those that it has, 12万元 beside a price of 0.5万元.
    pub fn of_paragraph(pieces: &[Piece], values: &Values<'_>) -> Precision {
        let mut precision = Precision::default();
        precision.include(pieces, values);
        precision.0.retain(|_, decimals| *decimals > USUAL);
        precision
    }

    fn include(&mut self, pieces: &[Piece], values: &Values<'_>) {
        for piece in pieces {
            let Piece::Value(placeholder) = piece else { continue };
            if placeholder.format.is_some() {
                continue;
            }
            match values.resolve(&placeholder.path) {
                Some(Value::Money(amount)) => self.add(amount, values.lang),
                Some(Value::List(items)) => {
                    items.iter().for_each(|(_, amount)| self.add(*amount, values.lang))
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, amount: Money, lang: Lang) {
        let (unit, decimals) = match lang {
            Lang::Zh => (WAN, amount.decimals_in(WAN).min(MOST)),
            Lang::En => amount.english_unit(),
        };
        let most = self.0.entry(unit).or_default();
        *most = decimals.max(*most);
    }

    /// An amount without a format.
    pub fn print(&self, amount: Money, lang: Lang) -> String {
        match lang {
            Lang::Zh => amount.in_wan(self.0.get(&WAN).copied()),
            Lang::En => amount.english_with(self.0.get(&amount.english_unit().0).copied().unwrap_or(0)),
        }
    }
}
