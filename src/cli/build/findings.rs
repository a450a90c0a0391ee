//! The findings of many declarations, on stderr: one after the other for people, as one list for programs.

use shenbao::check;
use shenbao::diagnostic::{Diagnostics, Format, JsonList, SarifLog, emit};
use shenbao::source::Sources;

use crate::cli::ui::Ui;

/// Where they go.
pub(super) struct Findings<'u> {
    ui: &'u Ui,
    written: Written,
}

enum Written {
    /// As they come.
    Text(Format),
    /// All at the end.
    Json(JsonList),
    /// All at the end.
    Sarif(SarifLog),
}

impl<'u> Findings<'u> {
    pub fn new(ui: &'u Ui) -> Findings<'u> {
        let written = match ui.format() {
            Format::Json => Written::Json(JsonList::default()),
            Format::Sarif => Written::Sarif(SarifLog::new(ui.lang())),
            format @ (Format::Human | Format::Short | Format::Github) => Written::Text(format),
        };
        Findings { ui, written }
    }

    /// Those of one declaration.
    pub fn tell(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let (diagnostics, sources) = &crate::cli::places::placed(diagnostics, sources, self.ui.format());
        match &mut self.written {
            Written::Json(list) => list.add(diagnostics, sources),
            Written::Sarif(log) => log.add(diagnostics, sources),
            Written::Text(format) => {
                self.ui.tell_text(&emit(diagnostics, sources, *format, self.ui.told()));
            }
        }
    }

    /// What is given at the end.
    pub fn finish(self) {
        let lang = self.ui.lang();
        match self.written {
            Written::Text(_) => {}
            Written::Json(list) => self.ui.tell_text(&list.write()),
            Written::Sarif(log) => self.ui.tell_text(&log.write(|code| check::about(code, lang))),
        }
    }
}
