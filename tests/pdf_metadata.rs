//! What the samples' PDFs say about themselves: conformance, title, language, tags, bookmarks, fonts, date.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::collections::BTreeSet;

use common::{Checked, Files};
use lopdf::{Dictionary, Document, Object, decode_text_string};
use shenbao::lang::Lang;
use support::{PRINTS, Print, SAMPLES, build, sample, sample_pdf};

/// Runs a check on each sample in each print.
fn for_each(check: impl Fn(&str, Print, &Document)) {
    for name in SAMPLES {
        for print in PRINTS {
            check(name, print, &Document::load_mem(sample_pdf(name, print)).unwrap());
        }
    }
}

fn dictionary<'d>(pdf: &'d Document, of: &'d Dictionary, key: &str) -> &'d Dictionary {
    let object = of.get(key.as_bytes()).unwrap();
    pdf.dereference(object).unwrap().1.as_dict().unwrap()
}

fn string(pdf: &Document, of: &Dictionary, key: &str) -> String {
    let object = of.get(key.as_bytes()).unwrap_or_else(|_| panic!("no {key}"));
    decode_text_string(pdf.dereference(object).unwrap().1).unwrap()
}

fn xmp(pdf: &Document) -> String {
    let object = pdf.catalog().unwrap().get(b"Metadata").unwrap();
    let stream = pdf.dereference(object).unwrap().1.as_stream().unwrap();
    String::from_utf8(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())).unwrap()
}

#[test]
fn the_files_claim_both_standards() {
    for_each(|name, print, pdf| {
        let xmp = xmp(pdf);
        for claim in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
        ] {
            assert!(xmp.contains(claim), "{name} {print:?}: {claim}");
        }
    });
}

/// What the form of a sample calls itself.
fn kinds(sample: &str) -> (&'static str, &'static str) {
    if sample == SAMPLES[0] { ("申报表", "Declaration") } else { ("填报表", "Forms") }
}

#[test]
fn the_files_have_title_author_keywords_and_language_of_what_is_printed_first() {
    for_each(|name, print, pdf| {
        let checked = Checked::of(&sample(name));
        let declaration = checked.declaration();
        let lang = if print == Print::En { Lang::En } else { Lang::Zh };
        let unit = declaration.unit.name.str(lang);
        let year = declaration.year;
        let title = match lang {
            Lang::Zh => format!("{unit}{year}年财政支出项目绩效目标{}", kinds(name).0),
            Lang::En => format!("{unit}: Performance Target {} of Fiscal Projects, {year}", kinds(name).1),
        };
        let info = dictionary(pdf, &pdf.trailer, "Info");
        assert_eq!(string(pdf, info, "Title"), title);
        assert_eq!(string(pdf, info, "Author"), unit);
        for project in &declaration.projects {
            assert!(string(pdf, info, "Keywords").contains(project.name.str(lang)));
        }
        let catalog = pdf.catalog().unwrap();
        let tag = if lang == Lang::En { "en" } else { "zh-CN" };
        assert_eq!(string(pdf, catalog, "Lang"), tag, "{name} {print:?}");
        let preferences = dictionary(pdf, catalog, "ViewerPreferences");
        assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
        let xmp = xmp(pdf);
        assert!(xmp.contains(&title), "{name} {print:?}: {xmp}");
    });
}

#[test]
fn the_files_are_dated_by_the_declaration() {
    for_each(|name, _, pdf| {
        let (pdf_date, xmp_date) =
            if name == SAMPLES[0] { ("D:20231120", "2023-11-20") } else { ("D:20221118", "2022-11-18") };
        let info = dictionary(pdf, &pdf.trailer, "Info");
        for key in ["CreationDate", "ModDate"] {
            assert!(string(pdf, info, key).starts_with(pdf_date));
        }
        let xmp = xmp(pdf);
        assert!(xmp.contains(&format!("<xmp:CreateDate>{xmp_date}T00:00:00Z<")), "{xmp}");
    });
    let later = Files::of("data/linjiang-2023").change("declaration.toml", "2022-11-18", "2022-12-01");
    let pdf = Document::load_mem(&build(later.write().path(), &[])).unwrap();
    assert!(string(&pdf, dictionary(&pdf, &pdf.trailer, "Info"), "CreationDate").starts_with("D:20221201"));
}

#[test]
fn the_files_are_tagged_with_tables_headings_and_lists() {
    for_each(|name, print, pdf| {
        let catalog = pdf.catalog().unwrap();
        assert!(dictionary(pdf, catalog, "MarkInfo").get(b"Marked").unwrap().as_bool().unwrap());
        assert_eq!(
            dictionary(pdf, catalog, "StructTreeRoot").get(b"Type").unwrap().as_name().unwrap(),
            b"StructTreeRoot"
        );
        let roles: Vec<String> = pdf
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
            .map(|role| String::from_utf8_lossy(role).into_owned())
            .collect();
        let count = |wanted: &str| roles.iter().filter(|role| *role == wanted).count();
        let projects = Checked::of(&sample(name)).declaration().projects.len();
        assert_eq!(count("Table"), projects, "{name} {print:?}");
        assert!(count("TH") > 20 * projects && count("TD") > 20 * projects, "{name} {print:?}");
        // Overview and projects; in each project its sections and its form.
        assert_eq!(count("H1"), 1 + projects);
        assert!(count("H2") >= 8 * projects);
        assert!(count("L") >= 1 && count("LI") >= 3 && count("P") > 20);
    });
}

/// Titles of the bookmarks, those below another indented by a tab.
fn bookmarks(pdf: &Document) -> Vec<String> {
    let mut found = Vec::new();
    walk(pdf, dictionary(pdf, pdf.catalog().unwrap(), "Outlines"), "", &mut found);
    found
}

fn walk(pdf: &Document, parent: &Dictionary, indent: &str, found: &mut Vec<String>) {
    if !parent.has(b"First") {
        return;
    }
    let mut item = dictionary(pdf, parent, "First");
    loop {
        found.push(format!("{indent}{}", string(pdf, item, "Title")));
        walk(pdf, item, &format!("{indent}\t"), found);
        if !item.has(b"Next") {
            return;
        }
        item = dictionary(pdf, item, "Next");
    }
}

#[test]
fn the_bookmarks_name_each_project_with_its_sections_and_its_form_once() {
    for_each(|name, print, pdf| {
        let checked = Checked::of(&sample(name));
        let lang = if print == Print::En { Lang::En } else { Lang::Zh };
        let mut wanted = Vec::new();
        let words = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
        wanted.push(words("绩效目标设置情况", "Performance targets at a glance"));
        for (project, number) in checked.declaration().projects.iter().zip(1..) {
            let project = project.name.str(lang);
            wanted.push(match lang {
                Lang::Zh => format!("项目经费情况说明 {number}——{project}"),
                Lang::En => format!("Project funding statement {number} — {project}"),
            });
            for (zh, en) in [
                ("一、项目概述", "1. Overview"),
                ("二、立项依据", "2. Basis"),
                ("三、实施主体", "3. Implementing body"),
                ("四、实施方案", "4. Plan"),
                ("五、实施周期", "5. Period"),
                ("六、年度预算安排", "6. Annual budget"),
                ("七、绩效目标", "7. Performance targets"),
            ] {
                wanted.push(format!("\t{}", words(zh, en)));
            }
            let (zh, en) = kinds(name);
            let (zh, en) = (
                format!("财政项目支出绩效目标{zh}"),
                format!("Performance Target {}", en.trim_end_matches('s')),
            );
            wanted.push(format!("\t{}", words(&zh, &format!("{en} for a Fiscal Project"))));
        }
        assert_eq!(bookmarks(pdf), wanted, "{name} {print:?}");
    });
}

#[test]
fn every_font_is_embedded() {
    for_each(|name, print, pdf| {
        let typed = |object: &Object, wanted: &[u8]| {
            object.as_dict().is_ok_and(|dictionary| dictionary.has_type(wanted))
        };
        let fonts: BTreeSet<String> = pdf
            .objects
            .values()
            .filter(|object| typed(object, b"FontDescriptor"))
            .map(|object| {
                let descriptor = object.as_dict().unwrap();
                let embedded = [&b"FontFile2"[..], b"FontFile3", b"FontFile"];
                assert!(embedded.iter().any(|key| descriptor.has(key)), "{descriptor:?}");
                String::from_utf8_lossy(descriptor.get(b"FontName").unwrap().as_name().unwrap()).into_owned()
            })
            .collect();
        let described = pdf.objects.values().filter(|object| typed(object, b"Font")).all(|object| {
            let font = object.as_dict().unwrap();
            font.has(b"DescendantFonts") || font.has(b"FontDescriptor")
        });
        assert!(described && fonts.len() >= 2, "{name} {print:?}: {fonts:?}");
        // A subset's name begins with six letters and a plus.
        assert!(fonts.iter().all(|font| font.as_bytes()[6] == b'+'), "{fonts:?}");
    });
}
