//! What is answered to the browser.

use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;

use super::Answers;
use super::server::Body;
use super::sheets::Sheets;

/// The page itself, as it stands in the repository.
static PAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/preview/page");

/// Answers with this state, these places and these pages.
pub fn answers(state: &impl Serialize, places: &impl Serialize, sheets: Sheets) -> Answers {
    // Strings and numbers alone cannot fail to serialize.
    let json = |value: Result<Vec<u8>, _>| value.unwrap_or_default();
    let state = json(serde_json::to_vec(state));
    let places = json(serde_json::to_vec(places));
    Arc::new(move |path: &str| {
        let json = |bytes: &[u8]| Some(Body { mime: "application/json", bytes: bytes.to_vec() });
        match path {
            "state.json" => json(&state),
            "places.json" => json(&places),
            "" => page("index.html"),
            path => match path.strip_prefix("page/").and_then(|file| file.strip_suffix(".svg")) {
                Some(id) => Some(Body { mime: "image/svg+xml", bytes: sheets.picture(id)? }),
                None => page(path),
            },
        }
    })
}

/// A file of the page.
pub fn page(path: &str) -> Option<Body> {
    let bytes = PAGE.get_file(path)?.contents().to_vec();
    let mime = match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some(Body { mime, bytes })
}
