//! A workbook to fill in, taken back: what it would write can be read, keeps comments, and is taken back once.
#![no_main]

use std::sync::LazyLock;

use shenbao::filled::take;
use shenbao_fuzz::bundle::{parts, unpack};
use shenbao_fuzz::mutate::Files;
use shenbao_fuzz::packed::archive;
use shenbao_fuzz::place::Place;
use shenbao_fuzz::samples::{files, repository};
use shenbao_fuzz::sound::of_findings;
use shenbao_fuzz::target;
use shenbao_fuzz::written::comments;

static PLACE: LazyLock<Place> = LazyLock::new(Place::new);
static SAMPLE: LazyLock<Files> = LazyLock::new(|| files(&repository("tests/input/good")));

target!(parts, hold);

fn hold(input: &[u8]) {
    let book = archive(&unpack(input));
    let mut now = SAMPLE.clone();
    let folder = PLACE.hold(&now);
    let Ok(taken) = take(&book, folder) else { return };
    of_findings(&taken.findings, &taken.sources);
    for file in &taken.files {
        assert!(file.after.parse::<toml::Table>().is_ok(), "no TOML:\n{}", file.after);
        let kept = comments(&file.after);
        let lost: Vec<String> =
            comments(&file.before).into_iter().filter(|comment| !kept.contains(comment)).collect();
        // A row that was deleted takes its comments along.
        assert!(lost.len() <= file.fixes, "comments are lost: {lost:?}");
        let name =
            file.path.strip_prefix(folder).expect("a file of the folder").to_string_lossy().into_owned();
        now.insert(name, file.after.clone().into_bytes());
    }
    if taken.findings.has_errors() {
        return;
    }
    let again = take(&book, PLACE.hold(&now)).expect("what was taken back can be read");
    assert!(again.files.is_empty(), "a second time changes {:?}", again.files);
}
