//! Fixed files can be read as before, keep their comments, and have nothing left to fix.
#![no_main]

use std::sync::LazyLock;

use shenbao::fix::fix;
use shenbao_fuzz::bundle::{files, unpack};
use shenbao_fuzz::place::Place;
use shenbao_fuzz::sound::sound;
use shenbao_fuzz::target;
use shenbao_fuzz::written::comments;

static PLACE: LazyLock<Place> = LazyLock::new(Place::new);

target!(files, hold);

fn hold(input: &[u8]) {
    let mut files = unpack(input);
    let folder = PLACE.hold(&files);
    fix(folder, true, |_| true);
    let fixed = fix(folder, false, |_| true);
    for file in fixed.files {
        let is_toml = |text: &str| text.parse::<toml::Table>().is_ok();
        if is_toml(&file.before) {
            assert!(is_toml(&file.after), "no longer TOML:\n{}", file.after);
            assert_eq!(comments(&file.before), comments(&file.after), "comments differ");
        }
        let name =
            file.path.strip_prefix(folder).expect("a file of the folder").to_string_lossy().into_owned();
        files.insert(name, file.after.into_bytes());
    }
    let folder = PLACE.hold(&files);
    let again = fix(folder, false, |_| true);
    assert!(again.files.is_empty(), "a second time changes {:?}", again.files);
    sound(folder);
}
