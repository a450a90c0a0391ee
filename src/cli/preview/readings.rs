//! What is typed, read before it is saved: nothing is written.

use std::path::Path;

use serde::{Deserialize, Serialize};
use shenbao::edit::literal::{self, Shape, value};
use shenbao::lang::{Words, say};
use shenbao::load::{load, misread_target};
use shenbao::model::{Figure, Money};
use shenbao::reading::target;

use super::server::Body;
use super::state::TargetState;

/// What is typed into a control.
#[derive(Deserialize)]
struct Typed {
    control: String,
    text: String,
    /// What the file says.
    was: String,
}

/// How it is read.
#[derive(Default, Serialize)]
struct Read {
    /// Why it is not.
    refused: Option<Words>,
    /// In words.
    words: Option<Words>,
}

/// Reads what was sent; `None` for what is no such wish.
pub fn read(folder: &Path, body: &[u8]) -> Option<Body> {
    let Typed { control, text, was } = serde_json::from_slice(body).ok()?;
    let refused = |shape| Read { refused: value(shape, text.trim(), None).err(), words: None };
    let read = match control.as_str() {
        "amount" => {
            amount(&text, &was).unwrap_or_else(|refused| Read { refused: Some(refused), words: None })
        }
        "number" => refused(Shape::Number),
        "date" => refused(Shape::Date),
        "target" => Read { refused: misread(folder, &text), words: None },
        _ => Read::default(),
    };
    Some(Body { mime: "application/json", bytes: serde_json::to_vec(&read).unwrap_or_default() })
}

/// An amount as the file would have it, and in words.
fn amount(text: &str, was: &str) -> Result<Read, Words> {
    let written = value(Shape::Amount, text.trim(), Some(&was.into()))?;
    let written = written.as_str().unwrap_or_default();
    let words = Money::parse(written).ok().map(|money| {
        let (capital, english) = (money.capital(), money.english());
        say!("{written}，大写：{capital}", "{english}")
    });
    Ok(Read { refused: None, words })
}

fn misread(folder: &Path, text: &str) -> Option<Words> {
    let (why, help) = misread_target(text, load(folder).profile.as_ref()?)?;
    Some(Words { zh: format!("{}。{}", why.zh, help.zh), en: format!("{}. {}", why.en, help.en) })
}

/// A target's sign, number and unit; `None` for ranges and words.
pub fn parts(text: &str) -> Option<TargetState> {
    let canonical = literal::target(text);
    let reading = target::read(&canonical, &|_| true)?.ok()?;
    let Figure::One(sign, _) = reading.figure else { return None };
    let rest = reading.canonical.strip_prefix(sign.symbol())?;
    let number = rest.strip_suffix(reading.unit.as_str()).unwrap_or(rest).trim().to_owned();
    Some(TargetState { sign: sign.symbol(), number, unit: reading.unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_three_parts() {
        let of = |text: &str| parts(text).map(|own| (own.sign, own.number, own.unit));
        let three = |sign, number: &str, unit: &str| Some((sign, number.to_owned(), unit.to_owned()));
        assert_eq!(of("≥ 90.00 %"), three('≥', "90.00", "%"));
        assert_eq!(of("<=20.00万元/年"), three('≤', "20.00", "万元/年"));
        assert_eq!(of("= 1,200"), three('=', "1,200", ""));
        assert_eq!(of("4～6 次"), None);
        assert_eq!(of("良好"), None);
    }
}
