//! Words that are longer than a line: they stay in their cell and on their page, and keep every letter.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use support::boxes::assert_in_place;
use support::writer::{Project, both, declaration};
use support::{Order, PRINTS, lay_out, pages, squeezed};

const WORD: &str = "Pneumonoultramicroscopicsilicovolcanoconiosis";
const ADDRESS: &str = "https://www.songjiang.gov.cn/data/open/platform/index.html?id=20240101&lang=zh_CN";

#[test]
fn words_longer_than_a_line_stay_in_their_place() {
    let project = Project {
        name: both(format!("系统{WORD}"), format!("{WORD} of the district")),
        narrative: vec![(
            "overview",
            both(format!("见{}中{ADDRESS}", WORD.repeat(4)), format!("See {ADDRESS}{WORD}.")),
        )],
        overall: both(format!("{ADDRESS}，{WORD}"), format!("{ADDRESS} {WORD}")),
        annual: both(format!("- 一\n- {}", WORD.repeat(3)), format!("- one\n- {}", WORD.repeat(3))),
        indicators: vec![
            (
                "数量指标",
                both(format!("接口{WORD}数量"), format!("{WORD} interfaces")),
                both("≥ 3 次", "≥ 3 次"),
            ),
            ("质量指标", both(ADDRESS, ADDRESS), both("良好", WORD)),
        ],
        ..Project::least()
    };
    let unit = both(format!("单位{WORD}"), WORD);
    let folder = declaration(&unit, &both(format!("部门{WORD}"), WORD), &[project]).write();
    for print in PRINTS {
        let pdf = lay_out(folder.path(), print);
        assert_in_place(&pdf);
        let text = squeezed(&pages(&pdf, Order::Raw).join(""));
        // Hyphens at the ends of English lines are of the layout.
        assert!(text.replace('-', "").contains(WORD) && text.contains(&format!("{WORD}{WORD}")), "{print:?}");
        assert!(text.contains(ADDRESS), "{print:?}: {text}");
    }
}
