//! `shenbao completions` and `shenbao man`: what grows from the arguments.

use std::path::Path;

use clap::CommandFactory;
use shenbao::source::replace;

use super::Outcome;
use super::args::{Cli, Completions, Man};
use super::failure::Failure;
use super::ui::Ui;

/// Gives the script that completes the command line in a shell, on stdout.
pub fn completions(args: &Completions, ui: &Ui) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "shenbao", &mut script);
    ui.give(&String::from_utf8_lossy(&script))
}

/// Writes the man pages of all commands to a folder.
pub fn man(args: &Man, ui: &Ui) -> Outcome {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let written =
        std::fs::create_dir_all(&args.dir).and_then(|()| page(command.clone(), "shenbao", &args.dir));
    let pages = command.get_subcommands().filter(|own| !own.is_hide_set());
    let written = pages.fold(written, |written, own| {
        written.and_then(|()| page(own.clone(), &format!("shenbao-{}", own.get_name()), &args.dir))
    });
    match written {
        Ok(()) => Outcome::Done,
        Err(error) => Failure::unwritten(&args.dir, &error).told(ui),
    }
}

fn page(command: clap::Command, name: &str, dir: &Path) -> std::io::Result<()> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.display_name(name.to_owned())).render(&mut text)?;
    replace(&dir.join(format!("{name}.1")), &[text.as_slice()], true)
}
