//! The samples' PDFs read back: every figure of the published document, every name, every page.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use common::{Checked, Files};
use shenbao::lang::Lang;
use shenbao::model::{Figure, Target, Text};
use support::{
    Order, PRINTS, Print, SAMPLES, assert_in_pieces, bodies, body, pages, sample, sample_pdf, single_spaced,
    squeezed,
};

/// What a form must show of a project's money, in 元.
struct Funding {
    project: &'static str,
    total: &'static str,
    fiscal: &'static str,
    other: &'static str,
    annual: &'static str,
    appropriation: &'static str,
    carried_over: &'static str,
    other_annual: &'static str,
}

/// A year's project without other money: one sum stands in five places.
const fn plain(project: &'static str, sum: &'static str) -> Funding {
    let none = "0.00";
    Funding {
        project,
        total: sum,
        fiscal: sum,
        other: none,
        annual: sum,
        appropriation: sum,
        carried_over: none,
        other_annual: none,
    }
}

/// The figures of the declaration that was published for 2024.
const SONGJIANG: [Funding; 4] = [
    plain("大数据与网络信息", "10,180,000.00"),
    plain("门户网站管理", "526,000.00"),
    plain("网络信息系统运行与维护", "7,044,200.00"),
    plain("编外人员工作经费", "330,800.00"),
];

/// The first: 350.5 + 140.6 + 112.4万元 over the years, and 4% of 350.5; this year 118.5 + 46.2 + 58, and 4% of 118.5.
/// The second: 23.1 + 11.256 + 11.34 + 29 + 17.76 + 21.4万元.
const LINJIANG: [Funding; 2] = [
    Funding {
        project: "区图书馆地方文献数字化",
        total: "6,175,200.00",
        fiscal: "5,875,200.00",
        other: "300,000.00",
        annual: "2,274,400.00",
        appropriation: "1,998,400.00",
        carried_over: "96,000.00",
        other_annual: "180,000.00",
    },
    plain("公共文化场馆安全和无障碍设施更新", "1,138,560.00"),
];

fn facts(sample: &str) -> &'static [Funding] {
    if sample == SAMPLES[0] { &SONGJIANG } else { &LINJIANG }
}

/// The first page of each form, in the order of the projects.
fn forms(sample: &str, print: Print, order: Order) -> Vec<String> {
    let head = if print == Print::En { "Planned completion" } else { "计划完成日期" };
    let pages = pages(sample_pdf(sample, print), order);
    pages.into_iter().filter(|page| squeezed(page).contains(&squeezed(head))).collect()
}

#[test]
fn chinese_forms_show_each_amount_on_the_line_of_its_label() {
    for name in SAMPLES {
        let forms = forms(name, Print::Zh, Order::Layout);
        assert_eq!(forms.len(), facts(name).len());
        for (form, money) in forms.iter().zip(facts(name)) {
            let lines: Vec<String> = form.lines().map(single_spaced).collect();
            let Funding { total, fiscal, other, annual, appropriation, carried_over, other_annual, .. } =
                money;
            for line in [
                format!("项目资金总额 {total} 年度资金申请总额 {annual}"),
                format!("其中：当年财政拨款 {appropriation}"),
                format!("项目资金（元） 其中：财政资金 {fiscal}"),
                format!("上年结转资金 {carried_over}"),
                format!("其他资金 {other} 其他资金 {other_annual}"),
            ] {
                assert!(lines.contains(&line), "{}: `{line}` is not in\n{form}", money.project);
            }
        }
    }
}

#[test]
fn every_amount_follows_its_label_in_each_language() {
    for name in SAMPLES {
        for print in [Print::En, Print::Both] {
            let forms = forms(name, print, Order::Raw);
            assert_eq!(forms.len(), facts(name).len());
            for (form, money) in forms.iter().zip(facts(name)) {
                let form = squeezed(form);
                for (zh, en, amount) in [
                    ("项目资金总额", "Total funds", money.total),
                    ("其中：财政资金", "of which fiscal funds", money.fiscal),
                    ("其他资金", "Other funds", money.other),
                    ("年度资金申请总额", "Annual request", money.annual),
                    ("其中：当年财政拨款", "of which current-year appropriation", money.appropriation),
                    ("上年结转资金", "Carried over", money.carried_over),
                    ("其他资金", "Other funds", money.other_annual),
                ] {
                    let zh = if print.chinese() { zh } else { "" };
                    let wanted = format!("{zh}{}{amount}", squeezed(en));
                    assert!(form.contains(&wanted), "{}: no `{wanted}` in\n{form}", money.project);
                }
            }
        }
    }
}

#[test]
fn the_overviews_tell_counts_and_sums() {
    let first = |name: &str, print| squeezed(&pages(sample_pdf(name, print), Order::Raw)[0]);
    for print in [Print::Zh, Print::Both] {
        let overview = first("songjiang-2024", print);
        for fact in ["共1个预算单位", "2024年度", "项目4个", "1808.10万元"] {
            assert!(overview.contains(fact), "{fact}: {overview}");
        }
        let overview = first("linjiang-2023", print);
        for fact in ["6个预算单位", "2023年度", "项目23个", "5862.47万元", "2个项目", "341.30万元"]
        {
            assert!(overview.contains(fact), "{fact}: {overview}");
        }
    }
    let overview = first("songjiang-2024", Print::En);
    assert!(
        overview.contains(&squeezed("4 projects with a combined budget of CNY 18.081 million")),
        "{overview}"
    );
    let overview = first("linjiang-2023", Print::En);
    assert!(
        overview.contains(&squeezed("23 projects with a combined budget of CNY 58.6247 million")),
        "{overview}"
    );
}

#[test]
fn the_texts_state_the_parts_that_the_published_document_states() {
    let text = body(sample_pdf("songjiang-2024", Print::Zh));
    for fact in [
        "区政务外网驻场运维服务项目80万元",
        "数据安全专项检查项目58万元",
        "数据运营服务项目800万元",
        "数据运营第三方监管服务项目80万元",
        "门户网站测评费用8万元",
        "网站英日文翻译费12.6万元",
        "网站普查费12万元",
        "网站视频新闻服务费20万元",
        "web应用系统iGuardV5防篡改软件（运维）1.61万元",
        "松江区大数据资源平台（运维）167.7万元",
        "电子政务光纤租费160万元",
        "主用链路租用费115万元",
        "备用链路租用费45万元",
        "非编人员工资319369元，餐费9600元，体检费1800元",
        "三项实数之和为330769元",
        "2024年申请预算330800元",
    ] {
        assert!(text.contains(fact), "{fact}");
    }
}

/// A text in the languages of a print; one stands in for the other.
fn printed(text: &Text, print: Print) -> Vec<String> {
    let get = |lang| text.get(lang).value.trim().to_owned();
    let zh = print.chinese().then(|| get(Lang::Zh));
    zh.into_iter().chain(print.english().then(|| get(Lang::En))).collect()
}

#[test]
fn every_name_and_every_target_is_read_back() {
    for name in SAMPLES {
        let checked = Checked::of(&sample(name));
        let declaration = checked.declaration();
        for print in PRINTS {
            let text = body(sample_pdf(name, print));
            let mut wanted: Vec<String> = Vec::new();
            for agency in [&declaration.unit, &declaration.department] {
                wanted.extend(printed(&agency.name, print));
            }
            for project in &declaration.projects {
                wanted.extend(printed(&project.name, print));
                wanted.extend(project.subprojects.iter().flat_map(|part| printed(&part.name, print)));
                for indicator in &project.indicators {
                    wanted.extend(printed(&indicator.name, print));
                    match &indicator.target {
                        Target::Stated(text) if print.chinese() => wanted.extend(printed(text, Print::Zh)),
                        Target::Stated(_) => {}
                        Target::Measured(measured) => wanted.push(match measured.figure {
                            Figure::One(sign, number) => format!("{}{number:.2}(", sign.symbol()),
                            Figure::Range(low, high) => format!("{low:.2}～{high:.2}("),
                        }),
                    }
                }
            }
            for one in wanted {
                assert!(text.contains(&squeezed(&one)), "{name} {print:?}: {one}");
            }
        }
    }
}

#[test]
fn every_sentence_without_a_value_is_read_back() {
    for name in SAMPLES {
        let files = Files::of(&format!("data/{name}"));
        for print in PRINTS {
            let bodies = bodies(sample_pdf(name, print));
            let names = files.names();
            let lines: Vec<&str> =
                names.iter().flat_map(|file| prose_lines(files.text(file), print)).collect();
            assert!(lines.len() >= 15, "{name} {print:?}: {}", lines.len());
            for line in lines {
                assert_in_pieces(&bodies, line);
            }
        }
    }
}

/// The lines of the multi-line texts in a print's languages, without lists and lines that hold a value.
fn prose_lines(toml: &str, print: Print) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut inside = None;
    for line in toml.lines() {
        if let Some(key) = line.strip_suffix("= '''") {
            inside = Some(if key.trim().ends_with("en") { print.english() } else { print.chinese() });
        } else if line == "'''" {
            inside = None;
        } else if inside == Some(true) && !line.contains("{{") && !line.starts_with(['-', '（', '(']) {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn headings_come_in_the_order_of_the_form() {
    for (name, print) in SAMPLES.into_iter().flat_map(|name| PRINTS.map(|print| (name, print))) {
        let text = body(sample_pdf(name, print));
        let checked = Checked::of(&sample(name));
        let mut wanted = vec!["绩效目标设置情况".to_owned()];
        for (project, number) in checked.declaration().projects.iter().zip(1..) {
            wanted.push(format!("项目经费情况说明{number}——{}", project.name.str(Lang::Zh)));
            let sections = ["一、项目概述", "二、立项依据", "三、实施主体", "四、实施方案", "五、实施周期"];
            wanted
                .extend(sections.into_iter().chain(["六、年度预算安排", "七、绩效目标"]).map(str::to_owned));
            wanted.extend(
                ["财政项目支出绩效目标", "项目名称", "项目资金（元）", "一级指标"].map(str::to_owned),
            );
        }
        if print == Print::En {
            wanted = english_headings(checked.declaration().projects.len());
        }
        let mut rest = text.as_str();
        for heading in wanted {
            let at = rest.find(&squeezed(&heading));
            let at = at.unwrap_or_else(|| panic!("{name} {print:?}: {heading} is missing or out of order"));
            rest = &rest[at..];
        }
    }
}

fn english_headings(projects: usize) -> Vec<String> {
    let sections = ["1. Overview", "2. Basis", "3. Implementing body", "4. Plan", "5. Period"];
    let after = ["6. Annual budget", "7. Performance targets", "Project", "Nature", "Total funds", "Level 1"];
    let mut wanted = vec!["Performance targets at a glance".to_owned()];
    for number in 1..=projects {
        wanted.push(format!("Project funding statement {number} —"));
        wanted.extend(sections.into_iter().chain(after).map(str::to_owned));
    }
    wanted
}

#[test]
fn every_page_carries_its_number_last() {
    for (name, print) in SAMPLES.into_iter().flat_map(|name| PRINTS.map(|print| (name, print))) {
        let pages = pages(sample_pdf(name, print), Order::Raw);
        assert!(pages.len() >= 5);
        for (page, number) in pages.iter().zip(1..) {
            let last = page.trim().lines().last().unwrap();
            assert_eq!(squeezed(last), format!("—{number}—"), "{name} {print:?}");
        }
    }
}
