//! What the page asks for besides pages: the PDF, workbooks and differences, from the program's own commands.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use shenbao::lang::{Lang, Words, say};

use super::server::Body;
use crate::cli::args::Preview;
use crate::cli::folders;
use crate::cli::system::reason;

/// What is wanted, in the language of the page.
#[derive(Deserialize)]
struct Wish {
    what: What,
    lang: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    /// The PDF, as `build` writes it.
    Pdf,
    /// The same with what changed since the last commit marked.
    Redline,
    /// The forms, as `export` writes them.
    Forms,
    /// What changed since the last commit, as `diff` tells it.
    Diff,
}

/// Why there is nothing.
#[derive(Serialize)]
struct Refusal {
    reason: Words,
}

/// The options of the preview that commands share.
pub struct Options {
    build: Vec<OsString>,
    export: Vec<OsString>,
}

impl Options {
    pub fn of(args: &Preview) -> Options {
        let mut export: Vec<OsString> = Vec::new();
        if let Some(lang) = args.lang {
            export.extend(["--lang".into(), Lang::from(lang).tag().into()]);
        }
        if args.evaluation {
            export.push("--evaluation".into());
        }
        let mut build = export.clone();
        let switches = [
            ("--department", args.department),
            ("--no-check", args.no_check),
            ("--ignore-system-fonts", args.fonts.ignore_system_fonts),
        ];
        build.extend(switches.into_iter().filter(|(_, given)| *given).map(|(name, _)| name.into()));
        for path in &args.fonts.font_path {
            build.extend(["--font-path".into(), path.into()]);
        }
        Options { build, export }
    }

    /// Makes what was sent for; `None` for what is no such wish.
    pub fn answer(&self, folder: &Path, body: &[u8]) -> Option<Body> {
        let Wish { what, lang } = serde_json::from_slice(body).ok()?;
        let lang = Lang::from_tag(&lang)?;
        Some(self.made(what, folder, lang).unwrap_or_else(|reason| {
            let bytes = serde_json::to_vec(&Refusal { reason }).unwrap_or_default();
            Body { mime: "application/json", bytes }
        }))
    }

    fn made(&self, what: What, folder: &Path, lang: Lang) -> Result<Body, Words> {
        let system = |error: std::io::Error| reason(&error);
        let place = tempfile::tempdir().map_err(system)?;
        let (ending, mime) = match what {
            What::Pdf | What::Redline => ("pdf", "application/pdf"),
            What::Forms => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            What::Diff => ("txt", "text/plain; charset=utf-8"),
        };
        let file = place.path().join(folders::name(folder)).with_extension(ending);
        let mut command = Command::new(std::env::current_exe().map_err(system)?);
        match what {
            What::Pdf => command.arg("build").arg(folder).args(&self.build),
            What::Redline => command.arg("build").arg(folder).args(&self.build).args(["--against", "HEAD"]),
            What::Forms => command.arg("export").arg(folder).args(["--table", "forms"]).args(&self.export),
            What::Diff => command.args(["diff", "HEAD"]).arg(folder),
        };
        if !matches!(what, What::Diff) {
            command.arg("--out").arg(&file);
        }
        command.args(["--ui", lang.tag(), "--color", "never", "--quiet"]).stdin(Stdio::null());
        let done = command.output().map_err(system)?;
        let bytes = match what {
            What::Diff => Some(done.stdout).filter(|_| done.status.success()),
            _ => fs::read(&file).ok(),
        };
        let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        let bytes = bytes.ok_or_else(|| say!("{said}", "{said}"))?;
        Ok(Body { mime, bytes })
    }
}
