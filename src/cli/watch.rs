//! `shenbao watch`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shenbao::lang::{Words, say};
use shenbao::model::Money;
use shenbao::render::forget;
use shenbao::render::worker::side_by_side;
use shenbao::source::Shown;

use super::args::Watch;
use super::build::{Made, Options, Written, jobs, make, summary};
use super::failure::Failure;
use super::live::{self, Live};
use super::ui::Ui;
use super::{Outcome, folders};

pub fn run(args: &Watch, ui: &Ui) -> Outcome {
    let options = Options::of(&args.output, false, None);
    let folders = match folders::resolve(&args.folders) {
        Ok(found) => found,
        Err(failure) => return failure.told(ui),
    };
    if args.output.out.as_deref() == Some(Path::new("-")) {
        return Failure::usage(say!(
            "watch 每次都重写文件，--out 请写文件或文件夹",
            "watch writes its files again and again: name a file or a folder with --out"
        ))
        .told(ui);
    }
    let mut live = Live::new(&args.folders, folders, options, &args.output.fonts, args.polling.interval());
    let mut watch = Watching { args, options, ui, totals: BTreeMap::new(), told: None };
    let Some(mut files) = watch.files(&live) else { return Outcome::Failed };
    if let Some(remark) = live.remark() {
        ui.say(&remark);
    }
    let many = files.len();
    let s = if many == 1 { "" } else { "s" };
    ui.say(&say!(
        "正在监视 {many} 份申报，保存即重新生成；按 Ctrl-C 结束",
        "watching {many} declaration{s}, built again at each save; Ctrl-C ends"
    ));
    while let Some(due) = live.next() {
        if due.iter().any(|folder| !files.contains_key(folder)) {
            let Some(now) = watch.files(&live) else { return Outcome::Failed };
            files = now;
        }
        watch.build(&due, &files, &mut live);
    }
    ui.clear_line();
    Outcome::Done
}

struct Watching<'a> {
    args: &'a Watch,
    options: Options<'a>,
    ui: &'a Ui,
    /// What each declaration came to when it was last built.
    totals: BTreeMap<PathBuf, Money>,
    /// What was said of fonts.
    told: Option<Words>,
}

impl Watching<'_> {
    /// Where each declaration goes; `None`, and the user knows why, if two would be written over each other.
    fn files(&self, live: &Live<'_>) -> Option<BTreeMap<PathBuf, PathBuf>> {
        let folders: Vec<PathBuf> = live.folders().map(Path::to_path_buf).collect();
        let jobs = jobs(folders, self.args.output.out.as_deref(), self.options, self.ui)?;
        Some(jobs.into_iter().map(|job| (job.folder, job.file)).collect())
    }

    /// Builds what is due, several side by side, and tells what became of each.
    fn build(&mut self, due: &[PathBuf], files: &BTreeMap<PathBuf, PathBuf>, live: &mut Live<'_>) {
        let (options, fonts) = (self.options, live.fonts());
        let mut failed = BTreeMap::new();
        let jobs: Vec<_> = due.iter().filter_map(|folder| files.get_key_value(folder)).collect();
        let make = |(folder, file): &(&PathBuf, &PathBuf)| {
            (folder.to_path_buf(), make(folder, file, options, &fonts))
        };
        let tell = |(folder, made): (PathBuf, Made)| {
            forget(live::KEPT);
            if made.written.is_some() {
                self.tell(&folder, made);
            } else {
                failed.insert(folder, made);
            }
            !live.is_stopped()
        };
        side_by_side(&jobs, make, tell);
        // A file that was seen half written is no mistake.
        for folder in live.settled(failed.keys().cloned().collect()) {
            if let Some(made) = failed.remove(&folder) {
                self.tell(&folder, made);
            }
        }
    }

    fn tell(&mut self, folder: &Path, made: Made) {
        let Made { diagnostics, sources, written, .. } = made;
        let errors = diagnostics.count(shenbao::diagnostic::Severity::Error);
        self.ui.tell(diagnostics, &sources);
        if !self.ui.talks() {
            return;
        }
        let time = live::clock();
        let Some(written) = written else {
            let name = folder.shown();
            self.ui.say(&say!(
                "{time}  {name}  有 {errors} 处错误，没有重新生成，上次的文件还在",
                "{time}  {name}  errors: {errors}; not built, the last file stays"
            ));
            return;
        };
        if let Some(note) = &written.stand_in
            && self.told.as_ref() != Some(note)
        {
            self.ui.say(note);
            self.told = Some(note.clone());
        }
        let before = self.totals.insert(folder.to_path_buf(), written.total);
        self.ui.say(&line(&time, &written, before));
    }
}

/// `14:03:22  out/songjiang-2024.pdf  19 页  343 KB  0.03 秒  合计 1808.10万元（+5万元）`
fn line(time: &str, written: &Written, before: Option<Money>) -> Words {
    let Words { zh, en } = summary(written);
    let more = live::change(before, written.total);
    let more = more.map_or(say!("", ""), |Words { zh, en }| say!("（{zh}）", " ({en})"));
    Words { zh: format!("{time}  {zh}{}", more.zh), en: format!("{time}  {en}{}", more.en) }
}
