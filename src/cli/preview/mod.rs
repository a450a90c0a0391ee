//! `shenbao preview`

mod access;
mod adding;
mod answers;
mod edits;
mod files;
mod fixes;
mod list;
mod made;
mod offers;
mod output;
mod places;
mod readings;
mod server;
mod sheets;
mod state;
mod totals;
mod trouble;
mod values;

use std::io;
use std::sync::Arc;

use shenbao::lang::{Lang, say};
use shenbao::render::forget;

use super::args::{OutputFormat, Preview, Printed};
use super::build::Options;
use super::failure::Failure;
use super::live::{self, Live};
use super::ui::Ui;
use super::{Outcome, folders};
use access::secret;
use edits::Edits;
use made::Shown;
use output::Options as Output;
use server::{Server, Writes};
use trouble::{cannot_start, no_browser};

pub fn run(args: &Preview, ui: &Ui) -> Outcome {
    let named = std::slice::from_ref(&args.folder);
    let found = match folders::resolve(named) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    let options = Options {
        lang: args.lang.map(Lang::from),
        format: OutputFormat::Svg,
        draft: args.no_check,
        public: false,
        printed: Printed::of(args.evaluation, args.department),
        once: false,
        against: None,
    };
    if found.len() > 1 {
        return list::run(args, named, found, options, ui);
    }
    let edits = args
        .edit
        .then(|| found.first().map(|folder| Arc::new(Edits::new(folder, ui.lang(), Output::of(args)))))
        .flatten();
    let mut live = Live::new(named, found, options, &args.fonts, args.polling.interval());
    let (mut shown, server) = match start(args, options, edits, ui) {
        Ok(started) => started,
        Err(error) => {
            return Failure::system(cannot_start(&error, args.port)).told(ui);
        }
    };
    let mut told = false;
    while let Some(due) = live.next() {
        for folder in due {
            shown.make(&folder, &mut live, &|answers| server.publish(answers));
        }
        forget(live::KEPT);
        // Nobody has to wait for pages that are not there yet.
        if !std::mem::replace(&mut told, true) && !tell(&server.url(), &live, args, ui) {
            return Outcome::Failed;
        }
    }
    ui.clear_line();
    Outcome::Done
}

fn start<'o>(
    args: &Preview,
    options: Options<'o>,
    edits: Option<Arc<Edits>>,
    ui: &Ui,
) -> io::Result<(Shown<'o>, Server)> {
    let shown = Shown::new(ui.lang(), options, edits.clone(), secret()?);
    let writes =
        edits.map(|edits| Arc::new(move |path: &str, body: &[u8]| edits.answer(path, body)) as Arc<Writes>);
    let server = Server::start(args.port, shown.answers(), writes)?;
    Ok((shown, server))
}

/// Reports the address and opens it.
fn tell(url: &str, live: &Live<'_>, args: &Preview, ui: &Ui) -> bool {
    if let Some(remark) = live.remark() {
        ui.say(&remark);
    }
    ui.say(&say!(
        "预览地址如下，只有本机能打开；保存即更新，按 Ctrl-C 结束",
        "the preview is at this address, for this machine alone; it follows every save; Ctrl-C ends"
    ));
    if ui.give(&format!("{url}\n")) == Outcome::Failed {
        return false;
    }
    if !args.no_open
        && let Err(error) = open::that_detached(url)
    {
        ui.say(&no_browser(&error));
    }
    true
}

type Answers = Arc<server::Answers>;
