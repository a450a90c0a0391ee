//! Whatever a text holds prints as it is: no markup, no code, no reference.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use support::writer::{Project, both, declaration, quoted};
use support::{Order, PRINTS, body, lay_out, pages, squeezed};

/// Markup, code and references of Typst, and of what else people paste.
const MARKUP: [&str; 8] = [
    "#set page(width: 1cm)",
    "#panic() #{1+1} #sys.version",
    "*bold* _em_ `raw` ~ -- --- ...",
    "$x^2$ @ref <label> https://a.cn",
    "\\ \\u{41} \\# \\\\ // x /* y */",
    "[x] {y} (z) \"q\" 'r' = h + i / j: k",
    "&lt; &amp; <b>t</b> %s %d \\n ${HOME}",
    "<<=>> |> => -> != :=",
];

#[test]
fn markup_prints_as_it_is_everywhere() {
    let text = |zh: &str, en: &str| {
        both(format!("{zh}{}", MARKUP.join("；")), format!("{en} {}", MARKUP.join("; ")))
    };
    let indicator = |markup: &&'static str| {
        (
            "数量指标",
            both(format!("数{markup}"), format!("n {markup}")),
            both(format!("好{markup}"), format!("g {markup}")),
        )
    };
    let project = Project {
        name: both("项目 #set *a* $x$ @b <c>", "Project #set *a* $x$ @b <c>"),
        narrative: vec![("overview", text("述", "Told")), ("basis", text("据", "Based"))],
        overall: text("总", "Overall"),
        annual: text("年", "Annual"),
        indicators: MARKUP.iter().map(indicator).collect(),
        money: format!("[[subproject]]\nid = \"a\"\nname = {}\namount = \"1万元\"\n", quoted("子 #let $ *")),
        ..Project::least()
    };
    let unit = both("单位 #e *f* $y$", "Unit #e *f* $y$");
    let folder = declaration(&unit, &both("部门 @g", "Department @g"), &[project]).write();
    for print in PRINTS {
        let text = body(&lay_out(folder.path(), print));
        for one in MARKUP {
            // In each language: two sections, two goals, an indicator and its target.
            let languages = usize::from(print.chinese()) + usize::from(print.english());
            let count = text.matches(&squeezed(one)).count();
            assert_eq!(count, 6 * languages, "{print:?}: {one}\n{text}");
        }
        for one in ["#set*a*$x$@b<c>", "#e*f*$y$", "@g"] {
            assert!(text.contains(one), "{print:?}: {one}");
        }
    }
}

#[test]
fn spaces_around_a_text_and_line_breaks_in_it_do_not_print() {
    let project = Project {
        narrative: vec![(
            "overview",
            both("\n\n 第一行\n第二行，\n\n\n　另起一段 \n", "\n one\n two \n\n three\n"),
        )],
        ..Project::least()
    };
    let folder = declaration(&both(" 甲 ", " A "), &both("乙", "B"), &[project]).write();
    for print in PRINTS {
        let text = pages(&lay_out(folder.path(), print), Order::Raw).join("\n");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        if print.chinese() {
            assert!(lines.contains(&"第一行第二行，") && lines.contains(&"另起一段"), "{text}");
        }
        if print.english() {
            assert!(lines.contains(&"one two") && lines.contains(&"three"), "{text}");
        }
    }
}
