//! `shenbao import`

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use jiff::civil::Date;
use shenbao::filled::is_one;
use shenbao::fix::{self, FixedFile};
use shenbao::form::{FormKind, Profile, Templates};
use shenbao::import::{self, Choice, Draft, Given, Kind, Labels, Made, Note, Outline, Source};
use shenbao::lang::{Lang, Words, say};
use shenbao::model::Year;
use shenbao::pipeline::prepare;
use shenbao::source::{self, Before, Shown, Sources};

use super::args::Import;
use super::failure::Failure;
use super::hold::hold;
use super::start::{is_credible, schemas, wrong_clock};
use super::system::reason;
use super::ui::Ui;
use super::unfinished::Unfinished;
use super::{Outcome, folder, folders, taken};

/// The largest file that is read.
const MOST: u64 = 64 << 20;

pub fn run(args: &Import, ui: &Ui) -> Outcome {
    match imported(args, ui) {
        Ok(outcome) => outcome,
        Err(failure) => failure.told(ui),
    }
}

fn imported(args: &Import, ui: &Ui) -> Result<Outcome, Failure> {
    // One that does not exist yet may have any name.
    let folder = match folders::expanded(std::slice::from_ref(&args.folder)).as_slice() {
        [only] => only.clone(),
        _ => folders::single(&args.folder)?,
    };
    let args = &Import { folder, ..args.clone() };
    let files = folders::spelled_out(&args.files, Path::is_file)?;
    let read = files.iter().map(|path| Ok((path, bytes_of(path)?))).collect::<Result<Vec<_>, Failure>>()?;
    let sources = read.iter().map(|(path, bytes)| open(path, bytes)).collect::<Result<Vec<_>, Failure>>()?;
    // Only what was opened is known to unpack within bounds.
    if let [(_, bytes)] = read.as_slice()
        && is_one(bytes)
    {
        return taken::run(bytes, &args.folder, args.dry_run, ui);
    }
    let _held = if args.dry_run { None } else { Some(hold(&args.folder, ui)?) };
    let existing = Existing::of(&args.folder);
    let templates = Templates::beside(&args.folder);
    let profiles = profiles(&templates)?;
    let mut notes: Vec<Note> = sources.iter().flat_map(|source| source.notes.clone()).collect();
    let profile = form(args, &existing, &sources, &profiles, &mut notes)?;
    let labels = Labels::of(profile);
    let outline = Outline::of(profile, &profiles);
    let blocks = sources.into_iter().flat_map(|source| import::blocks_of(source, &labels)).collect();
    let draft = import::recognise(blocks, &labels, &outline);
    if draft.projects.is_empty() {
        return Err(nothing(&files, &profile.id, &draft));
    }
    let today = Zoned::now().date();
    if args.date.is_none() && existing.date.is_none() && !is_credible(today) {
        return Err(wrong_clock(today).hint(say!(
            "请调整，或用 --date 写明文件日期",
            "set it, or give the document's date with --date"
        )));
    }
    let given = given(args, &existing, profile, today);
    let Some(mut files) = import::write(&draft, profile, &labels, &given, &mut notes) else {
        return Err(Failure::usage(say!("文件中未找到年度", "the files name no year"))
            .hint(say!("用 --year 写明预算年度", "give it with --year")));
    };
    if args.date.is_none() && existing.files.is_empty() {
        let date = given.date;
        notes.push(Note::new(
            Kind::Assumed,
            say!("文件日期按今天（{date}）（date）", "the document's date is today, {date} (date)"),
        ));
    }
    existing.place(&draft, &mut files);
    let kept: Vec<Made> = if args.force {
        let needless =
            |made: &Made| made.project.is_none() && draft.overview.is_empty() && !existing.files.is_empty();
        files.extract_if(.., |made| needless(made)).collect()
    } else {
        files.extract_if(.., |made| args.folder.join(&made.path).exists()).collect()
    };
    let report = report(&profile.id, &files, &kept, &notes, &args.folder, ui.lang());
    if args.dry_run {
        return Ok(ui.give(&(shown(&args.folder, &files) + &report)));
    }
    if files.is_empty() {
        let given = ui.give(&report);
        let folder = args.folder.shown();
        let all = say!(
            "{folder} 已有这些项目，什么都没有写",
            "{folder} has these projects already, and nothing was written"
        );
        let failure = Failure::usage(all).hint(say!("要替换，加上 --force", "--force replaces them"));
        return Ok(given.max(failure.told(ui)));
    }
    put(&args.folder, files, &templates, !existing.files.is_empty())?;
    let given = ui.give(&report);
    let prepared = prepare(&args.folder);
    Ok(given.max(ui.tell(prepared.findings, &prepared.sources)))
}

/// The bytes of a file, or of a pipe that was named.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = path.shown();
    File::open(path).and_then(|file| source::read_from(file, MOST)).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => {
            let most = MOST >> 20;
            Failure::usage(say!(
                "{shown} 超过 {most} MB，不读取",
                "{shown} is larger than {most} MB and not read"
            ))
            .hint(say!(
                "只保留申报所需的表和文字，再导入",
                "keep the tables and texts of the declaration alone"
            ))
        }
        _ => {
            let Words { zh, en } = reason(&error);
            Failure::system(say!("{shown} 不能读取：{zh}", "{shown} cannot be read: {en}"))
        }
    })
}

fn open(path: &Path, bytes: &[u8]) -> Result<Source, Failure> {
    let shown = path.shown();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    import::open(&name, bytes).map_err(|refusal| {
        let Words { zh, en } = refusal.message;
        let failure = Failure::usage(say!("{shown} 不能导入：{zh}", "{shown} cannot be imported: {en}"));
        Failure { hint: refusal.hint, ..failure }
    })
}

fn profiles(templates: &Templates) -> Result<Vec<Profile>, Failure> {
    let read = |id: &String| {
        Profile::read(id, templates, &mut Sources::default())
            .map_err(|finding| Failure::usage(finding.message))
    };
    templates.forms().iter().map(read).collect()
}

/// The form that is asked for, that of the declaration, the one that the files look like, or the usual one.
fn form<'p>(
    args: &Import,
    existing: &Existing,
    sources: &[Source],
    profiles: &'p [Profile],
    notes: &mut Vec<Note>,
) -> Result<&'p Profile, Failure> {
    let named =
        |id: &str| profiles.iter().find(|profile| profile.id == id && profile.kind == FormKind::Declaration);
    if let Some(id) = args.form.as_deref().or(existing.form.as_deref()) {
        let list = profiles.iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join("  ");
        return named(id).ok_or_else(|| {
            Failure::usage(say!("未知的表样“{id}”", "unknown form `{id}`"))
                .hint(say!("可用的表样：{list}", "available forms: {list}"))
        });
    }
    let usual = Templates::USUAL;
    if let Some(Choice { profile, titled }) = import::choose(sources, profiles, usual) {
        let id = &profile.id;
        let words = say!(
            "表样按内容推定为 {id}；可用 --form 指定",
            "the form is taken to be {id}, by the content; --form names another"
        );
        notes.extend((!titled).then(|| Note::new(Kind::Assumed, words)));
        return Ok(profile);
    }
    notes.push(Note::new(
        Kind::Assumed,
        say!(
            "未能识别表样，按 {usual}；可用 --form 指定",
            "no form was recognised, {usual} is taken; --form names another"
        ),
    ));
    named(usual).ok_or_else(|| Failure::usage(say!("未知的表样“{usual}”", "unknown form `{usual}`")))
}

fn nothing(files: &[PathBuf], form: &str, draft: &Draft) -> Failure {
    let (left, files) = (draft.left.len(), files.iter().map(|file| file.shown()).collect::<Vec<_>>());
    let (zh, en) = (files.join("、"), files.join(", "));
    Failure::usage(say!(
        "{zh}：按表样 {form} 未找到任何项目（有 {left} 段内容未能识别）",
        "{en}: no project was found by the form {form} ({left} pieces of content were not recognised)"
    ))
    .hint(say!(
        "请确认文件含有申报表或“一、……”各部分，或用 --form 指定表样",
        "the file needs a form, or sections headed 一、…; or name its form with --form"
    ))
}

fn given(args: &Import, existing: &Existing, profile: &Profile, today: Date) -> Given {
    Given {
        year: args.year.or(existing.year),
        date: args.date.or(existing.date).unwrap_or(today),
        unit: args.unit.clone().or_else(|| existing.unit.clone()),
        department: args.department.clone().or_else(|| existing.department.clone()),
        first: existing.last + 1,
        sections: profile.sections.iter().map(|section| section.id.clone()).collect(),
    }
}

/// What the folder has already.
#[derive(Default)]
struct Existing {
    /// The files of projects by their names, for comparing.
    files: BTreeMap<String, PathBuf>,
    /// The last number of a project.
    last: u32,
    form: Option<String>,
    year: Option<Year>,
    date: Option<Date>,
    unit: Option<String>,
    department: Option<String>,
}

impl Existing {
    fn of(folder: &Path) -> Existing {
        if !folder.join("declaration.toml").is_file() {
            return Existing::default();
        }
        let Some(whole) = prepare(folder).whole else { return Existing::default() };
        let declaration = &whole.declaration;
        let name = |text: &shenbao::model::Text| import::block::plain(text.str(Lang::Zh));
        let files = declaration.projects.iter().map(|project| {
            let path = PathBuf::from(format!("projects/{}-{}.toml", project.number, project.id));
            (name(&project.name), path)
        });
        Existing {
            files: files.collect(),
            last: declaration.projects.iter().map(|project| project.number).max().unwrap_or(0),
            form: Some(whole.profile.id.clone()),
            year: Some(declaration.year),
            date: Some(declaration.date),
            unit: Some(declaration.unit.name.str(Lang::Zh).to_owned()),
            department: Some(declaration.department.name.str(Lang::Zh).to_owned()),
        }
    }

    /// Gives projects that exist the paths of their files, and numbers the others anew.
    fn place(&self, draft: &Draft, files: &mut [Made]) {
        let known = import::named_alike(draft, &self.files);
        let mut next = self.last;
        let projects = files.iter_mut().filter(|made| made.project.is_some());
        for (made, known) in projects.zip(known) {
            made.path = known.unwrap_or_else(|| {
                next += 1;
                PathBuf::from(format!("projects/{next}-project-{next}.toml"))
            });
        }
    }
}

fn put(folder: &Path, files: Vec<Made>, templates: &Templates, exists: bool) -> Result<(), Failure> {
    if !exists {
        let own = files.into_iter().map(|made| {
            let schema =
                if made.project.is_some() { "../project.schema.json" } else { "declaration.schema.json" };
            (made.path, format!("#:schema {schema}\n{}", made.text))
        });
        let files: Vec<(PathBuf, String)> = own.chain(schemas(templates)).collect();
        return folder::create(folder, None, &files).map_err(|refusal| refusal.failure(folder));
    }
    let files = files.into_iter().map(|made| (folder.join(made.path), made.text)).collect::<Vec<_>>();
    let ready = folder::ready(&files)?;
    let _note = Unfinished::begin(folder);
    folder::put(ready, Before::Anything)
}

/// What would be written: new files whole, others as patches.
fn shown(folder: &Path, files: &[Made]) -> String {
    let mut out = String::new();
    for made in files {
        let path = folder.join(&made.path);
        match fs::read_to_string(&path) {
            Ok(before) => {
                out.push_str(&fix::patch(&FixedFile { path, before, after: made.text.clone(), fixes: 0 }))
            }
            Err(_) => out.push_str(&format!("==> {} <==\n{}\n", path.shown(), made.text)),
        }
    }
    out
}

fn report(form: &str, files: &[Made], kept: &[Made], notes: &[Note], folder: &Path, lang: Lang) -> String {
    let mut out = String::new();
    let mut line = |words: Words| out.push_str(&format!("{}\n", words.get(lang)));
    let count = files.iter().filter(|made| made.project.is_some()).count();
    line(say!("表样 {form}，项目 {count} 个", "form {form}, projects: {count}"));
    for made in files {
        let Some(name) = &made.project else { continue };
        let (path, (costs, indicators, amount)) = (folder.join(&made.path), &made.parts);
        let path = path.shown();
        line(say!(
            "  {path}：{name}，{amount}，费用 {costs} 项，指标 {indicators} 个",
            "  {path}: {name}, {amount}, costs: {costs}, indicators: {indicators}"
        ));
    }
    for made in kept {
        let path = folder.join(&made.path);
        let path = path.shown();
        line(say!(
            "  {path} 已有，未改动（--force 替换）",
            "  {path} exists and was left as it is (--force replaces it)"
        ));
    }
    for kind in Kind::ALL {
        let own: Vec<&Note> = notes.iter().filter(|note| note.kind == kind).collect();
        let (count, Words { zh, en }) = (own.len(), kind.title());
        if count > 0 {
            line(say!("{zh}（{count}）：", "{en} ({count}):"));
        }
        for note in own {
            let Words { zh, en } = &note.words;
            match note.place.as_ref().map(import::block::Place::words) {
                Some(place) => {
                    let Words { zh: zh_place, en: en_place } = place;
                    line(say!("  {zh_place}：{zh}", "  {en_place}: {en}"));
                }
                None => line(say!("  {zh}", "  {en}")),
            }
        }
    }
    out
}
