//! A target that is read says the same in its canonical shape and as it is printed; advice for one that is not can be read.
#![no_main]

use shenbao::lang::Lang;
use shenbao::model::Figure;
use shenbao::reading::target::{Reading, read};
use shenbao_fuzz::bundle::words;
use shenbao_fuzz::target;

fn again(text: &str) -> Reading {
    match read(text, &|_| false) {
        Some(Ok(reading)) => reading,
        other => panic!("`{text}` cannot be read: {other:?}"),
    }
}

target!(words, hold);

fn hold(input: &[u8]) {
    let text = &*String::from_utf8_lossy(input);
    match read(text, &|_| false) {
        Some(Ok(reading)) => {
            let canonical = again(&reading.canonical);
            assert_eq!(
                (canonical.figure, &canonical.unit),
                (reading.figure, &reading.unit),
                "{}",
                reading.canonical
            );
            assert_eq!(canonical.canonical, reading.canonical, "the canonical shape has another");
            for lang in Lang::ALL {
                for printed in [reading.figure.printed(lang), reading.figure.typed(lang)] {
                    let shown = format!("{printed} {}", reading.unit);
                    assert_eq!(again(&shown).figure, reading.figure, "printed as {shown}");
                }
            }
            if let Figure::Range(low, high) = reading.figure {
                assert!(low <= high, "{low} is more than {high}");
            }
        }
        Some(Err(misread)) => {
            if let Some(meant) = misread.meant {
                again(&meant);
            }
        }
        None => {}
    }
}
