//! Declarations at the limits of the form: nothing is lost, nothing leaves its place, labels go on over pages.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::sync::LazyLock;

use support::boxes::assert_in_place;
use support::writer::{Both, Project, both, chinese, declaration, english};
use support::{Order, PRINTS, Print, assert_in_pieces, bodies, body, lay_out, pages, squeezed};

/// 二级指标 with their 一级指标, in the order of the form.
const KINDS: [(&str, &str); 11] = [
    ("成本指标", "经济成本指标"),
    ("成本指标", "社会成本指标"),
    ("成本指标", "生态环境成本指标"),
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "经济效益指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "生态效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
];

/// How many indicators each kind has: 40 in all, one group longer than a page is high.
const COUNTS: [usize; 11] = [1, 2, 1, 17, 6, 2, 1, 1, 1, 2, 6];

fn unit() -> Both {
    both(chinese(40, 3, true), english(110, 3))
}

fn department() -> Both {
    both(chinese(40, 9, true), english(100, 5))
}

/// Everything at its longest: names of 40 characters, goals of 600, 40 indicators, 100 sub-projects, a sum of
/// 3,140,769,000元, a paragraph of 5,000 characters without a comma.
fn largest() -> Project {
    let mut indicators = Vec::new();
    for ((_, kind), count) in KINDS.iter().zip(COUNTS) {
        for number in 1..=count {
            let place = indicators.len() + 1;
            let (zh, en) = (chinese(6 + number, number, true), english(15 + 3 * number, number));
            let name = both(format!("第{place}项{zh}"), format!("No. {place}: {en}"));
            let target = format!("≥ {}.00 万元", 1000 * number);
            let target = both(target.clone(), target);
            indicators.push((*kind, name, target));
        }
    }
    assert_eq!(indicators.len(), 40);
    let mut money = String::new();
    for number in 1..=100_u64 {
        // 1 + … + 99 hundreds are 495,000.
        let amount = if number == 100 { 3_140_769_000 - 495_000 } else { 100 * number };
        let (zh, en) = (chinese(5, number as usize, true), english(20, number as usize));
        money += &format!(
            "[[subproject]]\nid = \"s{number}\"\nname = {{ zh = \"子项目{number}号{zh}\", en = \"Part {number} {en}\" }}\n\
             amount = \"{amount}元\"\n"
        );
    }
    Project {
        name: both(chinese(40, 1, true), english(120, 1)),
        money,
        narrative: vec![
            ("overview", both("{{subproject.names}}，共{{total}}。", "{{subproject.names}}: {{total}}.")),
            ("basis", both(chinese(5000, 0, true), english(5000, 0))),
            ("budget", both("{{subproject.list}}", "{{subproject.list}}")),
        ],
        overall: both(chinese(600, 0, false), english(1200, 0)),
        annual: both(chinese(600, 7, false), english(1300, 7)),
        indicators,
        ..Project::least()
    }
}

/// Several years, other funds and money carried over, all in hundreds of millions and to the 分.
fn richest() -> Project {
    Project {
        name: both("跨年度项目", "A project of several years"),
        start: "2022-07-01".into(),
        end: "2026-12-31".into(),
        money:
            "[funding]\ncarried_over = \"123456789.01元\"\nother = { 2023 = \"3亿元\", 2024 = \"2亿元\" }\n\
                [[cost]]\nname = \"a\"\namount = { 2023 = \"987654321元\", 2024 = \"3140769000元\" }\n"
                .into(),
        ..Project::least()
    }
}

/// The three projects in one declaration, built in each language.
static BUILT: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let files = declaration(&unit(), &department(), &[largest(), richest(), Project::least()]);
    let folder = files.write();
    PRINTS.map(|print| lay_out(folder.path(), print))
});

fn built(print: Print) -> &'static [u8] {
    &BUILT[print as usize]
}

fn printed(text: &Both, print: Print) -> Vec<String> {
    let zh = print.chinese().then(|| squeezed(&text.zh));
    zh.into_iter().chain(print.english().then(|| squeezed(&text.en))).collect()
}

#[test]
fn no_short_text_is_lost() {
    for print in PRINTS {
        let text = body(built(print));
        let project = largest();
        let mut wanted = vec![unit(), department(), project.name.clone()];
        wanted.extend(project.indicators.iter().map(|(_, name, _)| name.clone()));
        for number in 1..=100 {
            let (zh, en) = (chinese(5, number, true), english(20, number));
            wanted.push(both(format!("子项目{number}号{zh}"), format!("Part {number} {en}")));
        }
        for one in wanted.iter().flat_map(|text| printed(text, print)) {
            assert!(text.contains(&one), "{print:?}: {one}");
        }
        for number in [1, 5, 17] {
            let target = format!("≥{}.00(", 1000 * number);
            assert!(text.contains(&target), "{print:?}: {target}");
        }
    }
}

#[test]
fn no_character_of_a_long_text_is_lost() {
    let project = largest();
    for print in PRINTS {
        let bodies = bodies(built(print));
        for basis in printed(&project.narrative[1].1, print) {
            assert!(bodies.concat().contains(&basis), "{print:?}");
        }
        for goal in [&project.overall, &project.annual].into_iter().flat_map(|goal| printed(goal, print)) {
            assert_in_pieces(&bodies, &goal);
        }
    }
}

#[test]
fn no_word_leaves_its_page_or_stands_on_another() {
    for print in PRINTS {
        assert_in_place(built(print));
    }
}

#[test]
fn large_amounts_are_whole_and_beside_their_labels() {
    for print in PRINTS {
        let text = body(built(print));
        let labels = |zh: &str, en: &str| {
            let zh = if print.chinese() { zh } else { "" };
            let en = if print.english() { en } else { "" };
            format!("{zh}{}", squeezed(en))
        };
        for (label, amount) in [
            (labels("项目资金总额", "Total funds"), "3,140,769,000.00"),
            (labels("年度资金申请总额", "Annual request"), "3,140,769,000.00"),
            (labels("项目资金总额", "Total funds"), "4,128,423,321.00"),
            (labels("其中：财政资金", "of which fiscal funds"), "3,628,423,321.00"),
            (labels("其中：当年财政拨款", "of which current-year appropriation"), "2,817,312,210.99"),
            (labels("上年结转资金", "Carried over"), "123,456,789.01"),
            (labels("其他资金", "Other funds"), "500,000,000.00"),
            (labels("其他资金", "Other funds"), "200,000,000.00"),
        ] {
            assert!(text.contains(&format!("{label}{amount}")), "{print:?}: {label}{amount}");
        }
    }
}

/// The pages of the first project's form, squeezed.
fn form_pages(print: Print) -> Vec<String> {
    let title = if print.chinese() {
        "财政项目支出绩效目标申报表"
    } else {
        "PerformanceTargetDeclarationforaFiscalProject"
    };
    let forms: Vec<String> =
        bodies(built(print)).into_iter().filter(|page| page.starts_with(title)).collect();
    let further = |page: &&String| {
        page[title.len()..].starts_with(if print.chinese() { "（续）" } else { "(cont.)" })
    };
    assert!(!further(&&forms[0]));
    let count = forms[1..].iter().take_while(further).count();
    assert!(count >= 2, "{print:?}: the form has {} pages", count + 1);
    forms.into_iter().take(count + 1).collect()
}

#[test]
fn every_page_of_a_form_repeats_its_head() {
    for page in form_pages(Print::Zh) {
        assert!(page.contains("（2024年度）"));
        let has = |word: &str| page.contains(word);
        assert_eq!(has("≥"), has("一级指标二级指标三级指标年度(/项目)指标值"), "{page}");
    }
    for page in form_pages(Print::En) {
        assert!(page.contains("(Fiscalyear2024)"));
        let has = |word: &str| page.contains(word);
        assert_eq!(has("≥"), has("Level1Level2Level3Target(year/project)"), "{page}");
    }
}

#[test]
fn spanning_labels_say_on_each_page_what_goes_on_there() {
    for print in [Print::Zh, Print::Both] {
        let forms = form_pages(print);
        let mut before: Option<(usize, &str)> = None;
        let mut count = 0;
        for (kind, name, _) in &largest().indicators {
            let at = forms.iter().position(|page| page.contains(&squeezed(&name.zh))).unwrap();
            let (level1, level2) = *KINDS.iter().find(|(_, level2)| level2 == kind).unwrap();
            let goes_on = |same: bool| before.is_some_and(|(page, _)| page < at) && same;
            let former = before.map(|(_, kind)| KINDS.iter().find(|(_, other)| *other == kind).unwrap());
            for (label, same) in [
                ("绩效指标", former.is_some()),
                (level1, former.is_some_and(|(other, _)| *other == level1)),
                (level2, former.is_some_and(|(_, other)| *other == level2)),
            ] {
                let page = &forms[at];
                assert!(page.contains(label), "{print:?}, page {at}: {label} is missing beside {}", name.zh);
                if goes_on(same) {
                    count += 1;
                    assert!(
                        page.contains(&format!("{label}（续）")),
                        "{print:?}, page {at}: {label} goes on"
                    );
                }
            }
            before = Some((at, kind));
        }
        assert!(count >= 4, "{print:?}: {count} labels go on");
    }
}

#[test]
fn the_least_project_has_a_whole_form() {
    let folder = declaration(&both("甲", "A"), &both("乙", "B"), &[Project::least()]).write();
    for print in PRINTS {
        let pdf = lay_out(folder.path(), print);
        assert_in_place(&pdf);
        assert_eq!(pages(&pdf, Order::Raw).len(), 2);
        let text = body(&pdf);
        let label = if print.chinese() { "项目资金总额" } else { "Totalfunds" };
        assert!(text.contains(label) && text.contains("0.00"), "{text}");
    }
}
