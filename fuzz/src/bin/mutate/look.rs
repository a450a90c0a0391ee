//! What has to hold of a run, whatever it was given.

use serde_json::Value;

use super::run::{MOST, Run};

/// What to look at in a run by itself.
pub trait Look {
    /// What does not hold of any run.
    fn look(&self, command: &str) -> Vec<String>;
    /// Whether what was to be JSON is not.
    fn not_json(&self, command: &str) -> Option<String>;
}

impl Look for Run {
    fn look(&self, command: &str) -> Vec<String> {
        let mut broken = Vec::new();
        if self.hung {
            broken.push(format!("{command}: takes more than {MOST} s"));
        } else if !matches!(self.status, Some(0..=2)) {
            broken.push(format!("{command}: ends with {:?}", self.status));
        }
        if let Some(at) = self.stderr.find("panicked at") {
            let line: String = self.stderr.get(at..).unwrap_or_default().chars().take(300).collect();
            broken.push(format!("{command}: {line}"));
        }
        // Findings are the output of some commands, and go to stdout there.
        let silent = self.stderr.trim().is_empty() && self.stdout.iter().all(u8::is_ascii_whitespace);
        if matches!(self.status, Some(1 | 2)) && silent {
            broken.push(format!("{command}: fails and says nothing"));
        }
        broken
    }

    fn not_json(&self, command: &str) -> Option<String> {
        let wanted = self.status == Some(0) || !self.stdout.is_empty();
        let parsed = serde_json::from_slice::<Value>(&self.stdout);
        parsed.err().filter(|_| wanted).map(|error| format!("{command}: no JSON: {error}"))
    }
}

/// What does not hold of the findings: each error has its place, in a file that is one of the folder's, and both ways to
/// tell them tell as many.
pub fn findings(json: &Run, human: &Run) -> Vec<String> {
    let list = match serde_json::from_slice::<Value>(&json.stdout) {
        Ok(Value::Array(list)) => list,
        _ => return vec!["check --format json: no list".to_owned()],
    };
    let mut broken: Vec<String> = list.iter().filter_map(without_place).collect();
    let errors = list.iter().filter(|one| one["severity"] == "error").count();
    let expected = i32::from(errors > 0);
    if json.status != Some(2) && json.status != Some(expected) {
        broken.push(format!("check --format json: {errors} errors, and ends with {:?}", json.status));
    }
    if human.status != json.status {
        broken.push(format!("check: ends with {:?}, with JSON {:?}", human.status, json.status));
    }
    broken
}

/// A finding that points nowhere, or offers no help. A label without a line is about its file as a whole.
fn without_place(finding: &Value) -> Option<String> {
    let label = &finding["labels"][0];
    let number = |key: &str| label[key].as_u64().unwrap_or(0);
    let whole = label["line"].is_null() && label["path"].as_str().is_some_and(|path| !path.is_empty());
    let placed = whole || (number("line") > 0 && number("column") > 0);
    let helped = finding["help"].as_array().is_some_and(|help| !help.is_empty());
    let about = format!("{} {}", finding["code"], finding["message"]["en"]);
    match (placed, helped) {
        (false, _) => Some(format!("check --format json: no place: {about}")),
        (true, false) => Some(format!("check --format json: no help: {about}")),
        (true, true) => None,
    }
}
