//! Large declarations, laid out in parts: nobody can tell from the pages.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use common::{Checked, Files};
use shenbao::diagnostic::Diagnostics;
use shenbao::form::Templates;
use shenbao::render::view::{Region, places};
use shenbao::render::{FontFolders, Fonts, Input, Pages, lay_out};

/// How many projects are laid out at once, as `src/render/parts.rs` has it.
const A_PART: usize = 12;

/// A declaration of so many projects, with texts that are long enough for some to take two pages.
fn large(projects: usize) -> Checked {
    let good = Files::good();
    let (text, rest) = (good.text("projects/1-network.toml"), good.clone());
    let declared = good.text("declaration.toml").lines().find(|line| line.starts_with("declared")).unwrap();
    let rest = rest.change("declaration.toml", declared, "");
    let mut files = rest.without("projects/1-network.toml").without("projects/2-wages.toml");
    for number in 1..=projects {
        let more = format!("第{number}个项目还有一段说明。").repeat(number % 7 * 40);
        let text = text.replacen("zh = '''\n", &format!("zh = '''\n{more}\n\n"), 1);
        files = files.with(&format!("projects/{number}-network-{number}.toml"), text);
    }
    files.check()
}

fn fonts(checked: &Checked) -> Fonts {
    Fonts::find(checked.profile.as_ref().unwrap(), &FontFolders { system: true, ..FontFolders::default() })
        .unwrap()
}

fn input(checked: &Checked) -> Input<'_> {
    Input {
        declaration: checked.declaration(),
        ledger: checked.ledger(),
        narrative: checked.narrative(),
        profile: checked.profile.as_ref().unwrap(),
        languages: &checked.declaration().languages,
        draft: false,
        public: false,
        evaluation: None,
        against: None,
    }
}

fn pages(checked: &Checked, once: bool) -> Pages {
    let (mut sources, mut found) = (checked.sources.clone(), Diagnostics::default());
    let pages =
        lay_out(input(checked), once, &Templates::default(), &fonts(checked), &mut sources, &mut found);
    assert!(found.is_empty(), "{found:?}");
    pages.unwrap()
}

#[test]
fn pages_in_parts_look_as_those_in_one_piece_and_make_the_same_file() {
    let checked = large(60);
    let (parts, whole) = (pages(&checked, true), pages(&checked, false));
    assert!(whole.count() > 120, "{}", whole.count());
    assert_eq!(parts.marks(), whole.marks());
    // Parts begin on left pages and on right ones, or this says nothing about margins.
    let regions =
        places(input(&checked), &Templates::default(), &fonts(&checked), &checked.sources, &whole).unwrap();
    let begins = |project: usize| {
        let of_project =
            |region: &Region<'_>| region.figure.as_ref().is_some_and(|own| own.project == Some(project));
        regions.iter().position(|page| page.iter().any(of_project)).unwrap()
    };
    let left = (1..60 / A_PART).filter(|part| begins(part * A_PART) % 2 == 1).count();
    assert!((1..60 / A_PART - 1).contains(&left), "{left} parts begin on a left page");
    let pdf = |pages: &Pages| pages.pdf(&mut Diagnostics::default()).unwrap();
    assert!(pdf(&parts) == pdf(&whole), "the files differ");
}

#[test]
fn what_a_page_says_leads_to_its_line() {
    let checked = Files::of("data/songjiang-2024").check();
    let shown = pages(&checked, false);
    let regions =
        places(input(&checked), &Templates::default(), &fonts(&checked), &checked.sources, &shown).unwrap();
    assert_eq!(regions.len(), shown.count());
    let all = || regions.iter().flatten();
    // What is typed leads to itself, a computed amount to the path that takes it.
    let line = |text: &str| {
        let region = all().find(|region| checked.sources.text(region.span).contains(text)).unwrap();
        (
            checked.sources.position(region.span).line,
            region.figure.as_ref().map(|figure| figure.name.zh.clone()),
        )
    };
    let (_, source) =
        checked.sources.iter().find(|(_, file)| file.path.ends_with("1-big-data-network.toml")).unwrap();
    let place = |text: &str| source.text.lines().position(|line| line.contains(text)).unwrap() + 1;
    assert_eq!(line("上述任务在松江"), (place("上述任务在松江"), None));
    assert_eq!(
        line("subproject.names"),
        (place("{{subproject.names}}"), Some("subproject.names".to_owned()))
    );
    // The form's total has its entry in the ledger, and the place of what it comes from.
    let total = &checked.ledger().projects[0].total.rounded;
    let of_form = all()
        .filter_map(|region| region.figure.as_ref())
        .find(|figure| figure.name.zh == "项目资金总额" && figure.project == Some(0))
        .unwrap();
    assert_eq!(of_form.entry, Some(total));
}
