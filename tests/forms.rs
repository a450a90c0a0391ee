//! Forms that stand in a folder beside a declaration: described in `form.toml` alone, and of other grids than the program's.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;
#[allow(dead_code)]
mod support;

use std::fs;

use common::{Checked, Files, repository};
use shenbao::diagnostic::{Diagnostics, Format};
use shenbao::form::Templates;
use shenbao::lang::Lang;
use shenbao::render::view::places;
use shenbao::render::{FontFolders, Fonts, Input, lay_out};
use support::boxes::assert_in_place;
use support::{Order, Print, bodies, body, build, pages, run, shenbao, squeezed};

const FORMS: [&str; 3] = ["approval", "application", "columns"];
const DIGITIZATION: &str = "projects/1-digitization.toml";

fn description(form: &str) -> String {
    fs::read_to_string(repository(&format!("tests/forms/{form}/form.toml"))).unwrap()
}

fn path_of(form: &str) -> String {
    format!("templates/forms/{form}/form.toml")
}

/// The declaration of an archive for one of the forms, whose description stands beside it.
fn unit(form: &str) -> Files {
    let files = Files::of("tests/forms/unit");
    let files = match form {
        "approval" => files,
        other => files.change("declaration.toml", "form = \"approval\"", &format!("form = \"{other}\"")),
    };
    files.with(&path_of(form), description(form))
}

/// The form of the first project, without white space.
fn first_form(form: &str) -> String {
    let bodies = bodies(&support::lay_out_with(unit(form).write().path(), Print::Zh));
    let title = ["项目支出绩效目标审批表", "项目绩效目标申请书", "项目预算与绩效目标表"];
    let begins: Vec<usize> =
        (0..bodies.len()).filter(|page| title.iter().any(|title| bodies[*page].starts_with(title))).collect();
    bodies[begins[0]..].concat()
}

#[track_caller]
fn says_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let found = rest.find(part).unwrap_or_else(|| panic!("`{part}` is not in\n{rest}"));
        rest = &rest[found + part.len()..];
    }
}

#[test]
fn a_form_shows_weights_explanations_and_sources_in_ten_thousands_with_a_row_for_seals() {
    says_in_order(
        &first_form("approval"),
        &[
            "项目支出绩效目标审批表",
            "（2026年度）预算单位编码：107001",
            "项目名称馆藏档案数字化项目编码330000260001",
            "项目类别□其他运转类■特定目标类",
            "项目性质□经常性项目■阶段性项目□一次性项目",
            "实施周期2025-03-01至2027-12-31",
            "项目概况本馆馆藏纸质档案46万卷",
            "项目总预算844.355当年预算376.355",
            "其中：财政资金824.355其中：当年财政拨款343.855",
            "其他资金20.00其他资金20.00",
            "实施期目标到2027年底",
            "年度目标年内扫描",
            "一级指标二级指标三级指标指标值分值指标解释数据来源",
            "扫描页数≥5800000页15当年验收合格的扫描页数验收单",
            "抽检合格率≥99.5%15合格页数占抽检页数的比例抽检记录",
            "年度任务完成时间12月15日前10",
            "合计90",
            "主管部门意见（盖章）财政部门意见（盖章）",
            "填报人：方晓负责人：程远电话：0570-0000000填报日期：2025年11月18日",
        ],
    );
}

#[test]
fn a_form_holds_sections_a_schedule_and_goals_side_by_side() {
    says_in_order(
        &first_form("application"),
        &[
            "项目绩效目标申请书",
            "项目名称馆藏档案数字化项目起止时间2025/3/1至2027/12/31",
            "主管部门及代码临江市委办公室107实施单位临江市档案馆",
            "资金总额：8,443,550当年资金总额：3,763,550",
            "其中：财政资金：8,243,550上年结转：125,000",
            "项目概况本馆馆藏纸质档案46万卷",
            "立项依据《中华人民共和国档案法》第三十九条",
            "实施内容开始时间完成时间",
            "完成当年采购2026/1/152026/3/31",
            "验收归档2026/12/12026/12/15",
            "长期目标（2025—2027年）年度目标",
            "指标类别指标内容指标值设定依据",
            "数量指标扫描页数≥5800000.00(页)三年总量的四成",
        ],
    );
}

#[test]
fn a_form_lists_costs_with_earlier_years_and_targets_in_three_columns() {
    says_in_order(
        &first_form("columns"),
        &[
            "项目预算与绩效目标表",
            "子项目项目前年上年全部本年测算依据及说明",
            "扫描加工150.0000180.0000633.6000243.6000每页0.42元",
            "著录标引36.0000126.755048.7550每件0.65元",
            "存储扩容磁盘阵列84.000084.0000三家供应商询价的平均数",
            "合计844.3550376.3550",
            "一级指标三级指标指标性质指标值度量单位权重备注",
            "扫描页数≥5800000页15",
            "年度任务完成时间定性12月15日前10",
            "扩容后在线查阅占比≥50%30",
            "审核意见",
        ],
    );
}

#[test]
fn every_form_prints_in_each_language_within_its_frame() {
    for form in FORMS {
        for print in [Print::Zh, Print::En, Print::Both] {
            let folder = unit(form).write();
            let pdf = build(folder.path(), &[print.options(), &["--no-check"]].concat());
            // The mark of a draft stands across the page.
            let undrafted = support::lay_out_with(folder.path(), print);
            assert_in_place(&undrafted);
            assert!(body(&pdf).len() > 1000);
        }
    }
}

#[test]
fn a_form_over_several_pages_repeats_its_heads_and_leaves_them_with_their_part() {
    let indicator = |number: usize| {
        format!(
            "\n[[indicator]]\nkind = \"质量指标\"\nname = \"第{number}项检查的合格率\"\ntarget = \"≥ 90 %\"\nexplanation = \"第{number}项\"\n"
        )
    };
    let files = unit("approval");
    let many: String = (1..=40).map(indicator).collect();
    let text = files.text(DIGITIZATION).replacen("\n[[schedule]]", &format!("{many}\n[[schedule]]"), 1);
    let files = files.with(DIGITIZATION, text);
    let pages = pages(&support::lay_out_with(files.write().path(), Print::Zh), Order::Raw);
    let forms: Vec<String> = pages.iter().map(|page| squeezed(page)).collect();
    let own: Vec<&String> = forms.iter().filter(|page| page.contains("审批表")).collect();
    let heads = own.iter().filter(|page| page.contains("三级指标指标值分值")).count();
    assert!(own.len() >= 4 && heads >= 3, "{forms:#?}");
    assert!(own[1].starts_with("项目支出绩效目标审批表（续）"), "{}", own[1]);
    assert!(own[1].contains("年度绩效指标（续）") && own[1].contains("产出指标（续）"), "{}", own[1]);
    // The rows below the indicators have no head of theirs above them.
    let seals = own.iter().find(|page| page.contains("（盖章）")).unwrap();
    assert!(!seals.contains("三级指标") || seals.contains("合计"), "{seals}");
}

/// Where each click leads: the texts of the files that regions of the pages come from.
fn clicks(form: &str) -> Vec<String> {
    let folder = unit(form).write();
    let mut checked = Checked::of(folder.path());
    let profile = checked.profile.clone().unwrap();
    let fonts = Fonts::find(&profile, &FontFolders { system: true, ..FontFolders::default() }).unwrap();
    let templates = Templates::beside(folder.path());
    let (declaration, ledger) = (checked.declaration().clone(), checked.ledger().clone());
    let narrative = checked.narrative().clone();
    let input = Input {
        declaration: &declaration,
        ledger: &ledger,
        narrative: &narrative,
        profile: &profile,
        languages: &[Lang::Zh],
        draft: false,
        public: false,
        evaluation: None,
        against: None,
    };
    let mut found = Diagnostics::default();
    let pages = lay_out(input, false, &templates, &fonts, &mut checked.sources, &mut found).unwrap();
    let regions = places(input, &templates, &fonts, &checked.sources, &pages).unwrap();
    regions.into_iter().flatten().map(|region| checked.sources.text(region.span).to_owned()).collect()
}

#[test]
fn what_a_form_shows_leads_to_its_line() {
    let leads = |form: &str, expected: &[&str]| {
        let clicks = clicks(form);
        for text in expected {
            assert!(clicks.iter().any(|own| own.contains(text)), "{form}: `{text}` is not in {clicks:#?}");
        }
    };
    leads(
        "approval",
        &["15", "当年验收合格的扫描页数", "抽检记录", "特定目标类", "20万元", "方晓", "46万卷"],
    );
    leads("application", &["完成当年采购", "12.5万元", "2026-11-30", "三年总量的四成", "第三十九条"]);
    leads("columns", &["180万元", "每页0.42元，按三年1509万页测算", "≥ 99.5 %", "磁盘阵列"]);
}

#[test]
fn a_form_is_checked_by_its_own_tree_weights_and_limits() {
    let told = |files: &Files| {
        let folder = files.write();
        let output = run(shenbao(folder.path()).args(["check", ".", "--message-format", "short"]));
        output.stdout + &output.stderr
    };
    assert!(told(&unit("approval")).contains("warning[SB411]: no indicator of timeliness"));
    let heavier = unit("approval").change(DIGITIZATION, "weight = 30", "weight = 40");
    assert!(told(&heavier).contains("the weights add up to 100; the form asks for 90"), "{}", told(&heavier));
    let unknown = unit("columns").change(DIGITIZATION, "kind = \"社会效益指标\"", "kind = \"生态效益指标\"");
    assert!(told(&unknown).contains("[SB4"), "{}", told(&unknown));
    let long = "扫描".repeat(300);
    let text = format!("overview = {{ zh = \"{long}。项目分三年扫描并著录馆藏档案，");
    let long = unit("application").change(
        DIGITIZATION,
        "overview = { zh = \"本馆馆藏纸质档案46万卷，其中民国档案11万卷纸张老化，查阅一次损一次。项目分三年扫描并著录馆藏档案，",
        &text,
    );
    assert!(told(&long).contains("bytes, more than 1500"), "{}", told(&long));
    let empty = unit("approval").change(
        DIGITIZATION,
        "source = { zh = \"抽检记录\", en = \"Records of checks\" }\n",
        "",
    );
    assert!(
        told(&empty)
            .contains("warning[SB430]: the form shows `source` of indicators, and 1 of them has none"),
        "{}",
        told(&empty)
    );
}

/// Neither a cell nor a label that takes it has a telephone in what is published.
#[test]
fn what_is_published_has_no_telephones() {
    let path = path_of("approval");
    let files = unit("approval");
    let form = files.text(&path).replacen("zh = \"合计\"", "zh = \"合计{{sign_off.phone}}\"", 1);
    let folder = files.with(&path, form).write();
    let printed = |options: &[&str]| body(&build(folder.path(), options));
    assert_eq!(printed(&["--lang", "zh"]).matches("0570-0000000").count(), 2);
    let public = printed(&["--lang", "zh", "--public"]);
    assert!(!public.contains("0570") && public.contains("电话：") && public.contains("方晓"), "{public}");
}

#[test]
fn what_a_form_does_not_show_is_not_asked_for() {
    let folder = unit("columns")
        .change(DIGITIZATION, "nature = \"阶段性项目\"\n", "")
        .change(DIGITIZATION, "category = \"特定目标类\"\n", "")
        .write();
    let findings = Checked::of(folder.path()).findings();
    assert_eq!(findings, [""; 0]);
    let folder = unit("approval").change(DIGITIZATION, "nature = \"阶段性项目\"\n", "").write();
    assert_eq!(Checked::of(folder.path()).findings(), [format!("SB006 {DIGITIZATION}:1:1")]);
}

#[test]
fn the_schema_of_a_folder_has_its_forms() {
    let folder = unit("columns").write();
    let schema = |below: &[&str]| {
        run(shenbao(folder.path()).args(["schema", "declaration"]).args(below)).ended_with(0).stdout
    };
    assert!(schema(&["."]).contains("\"columns\""));
    let other = tempfile::TempDir::new().unwrap();
    let plain = run(shenbao(other.path()).args(["schema", "declaration"])).ended_with(0).stdout;
    assert!(!plain.contains("\"columns\""));
}

/// What is said of a form that was changed so.
fn refused(form: &str, old: &str, new: &str) -> String {
    let files = unit(form);
    let path = path_of(form);
    let text = files.text(&path).replacen(old, new, 1);
    assert_ne!(text, files.text(&path), "`{old}` is not in {form}");
    let folder = files.with(&path, text).write();
    let checked = Checked::of(folder.path());
    checked.told(Format::Human, Lang::En)
}

#[test]
fn a_mistake_in_a_grid_is_told_at_its_place_with_what_to_write() {
    let cases = [
        ("{ value = \"code\", span = 2 }", "{ value = \"code\" }", "row 1 of part 1 takes 7 of 8 columns"),
        ("rows = 3 }", "rows = 4 }", "row 8 of part 1 takes"),
        ("value = \"indicator.weight\"", "value = \"indicator.wieght\"", "did you mean indicator.weight?"),
        (
            "value = \"annual\"",
            "value = \"indicator.name\"",
            "it belongs to a part with repeat = \"indicator\"",
        ),
        ("sign_off.date | day", "sign_off.date | dya", "unknown format `dya`"),
        ("{{unit.code}}", "{{unit.cod}}", "did you mean unit.code?"),
        ("check = \"nature\"", "check = \"name\"", "the form lists no values to tick"),
        ("zh = [12, 10, 12, 18, 12, 8, 16, 12]", "zh = [12, 10]", "the languages have 2 and 8 columns"),
        ("gives_way = 4", "gives_way = 9", "unknown column 9: the grid has 8"),
        ("repeat = \"indicator\"", "repeat = \"indikator\"", "unknown variant"),
        ("span = 3, lines = 4", "span = 30, lines = 4", "a span is 1 to 8"),
        ("span = 3, lines = 4", "span = 0, lines = 4", "a span is 1 to 8"),
        ("span = 3, lines = 4", "span = 4, lines = 4", "row 1 of part 4 takes 9 of 8 columns"),
        ("span = 3, lines = 4", "span = 3, lines = 200", "a cell is higher than a page"),
        ("decimals = 2", "decimals = 4000000000", "too many decimals: at most 6"),
        ("rows = 3 }", "rows = 0 }", "go beyond the rows of its part"),
        ("rows = 3 }", "rows = 3, group = true }", "`group` cannot stand here"),
        (
            "value = \"indicator.explanation\"",
            "value = \"indicator.explanation\", group = true",
            "`group` cannot stand here",
        ),
        (
            "value = \"indicator.source\"",
            "value = \"goal.annual\"",
            "goals and sections are not repeated with a list",
        ),
        ("repeat = \"indicator\"", "repeat = \"indicator\"\nlines = false", "a part with `repeat` has lines"),
        ("sign_off.date | day", "sign_off.date | 万元", "format `万元` does not fit sign_off.date"),
        ("value = \"annual\"", "value = \"annual | 元xyz\"", "unknown format `元xyz`"),
        ("value = \"annual\"", "value = \"annual | 万元.99\"", "unknown format `万元.99`"),
        ("{{unit.name}}", "{{sign_off.phone}}", "unknown value `sign_off.phone`"),
        ("[grid]", "like = \"shanghai-2042\"\n[grid]", "unknown field"),
        (
            "title = { zh = \"项目支",
            "like = \"shanghai-2042\"\ntitle = { zh = \"项目支",
            "unknown form `shanghai-2042`",
        ),
        (
            "title = { zh = \"项目支",
            "like = \"approval\"\ntitle = { zh = \"项目支",
            "like each other in a circle",
        ),
    ];
    for (old, new, said) in cases {
        let told = refused("approval", old, new);
        assert!(told.contains("error[SB013]") && told.contains("approval/form.toml:"), "{new}: {told}");
        assert!(told.contains(said), "{new}: {told}");
    }
}

#[test]
fn a_form_of_evaluations_is_none_for_a_declaration() {
    let told = refused("approval", "continued = {", "kind = \"evaluation\"\ncontinued = {");
    assert!(told.contains("error[SB009]: approval is a form of evaluations"), "{told}");
}

#[test]
fn cells_do_not_lie_over_those_that_reach_down() {
    let part = r#"
[[grid.part]]
rows = [
    [{ label = { zh = "甲", en = "A" }, span = 2 }, { label = { zh = "乙", en = "B" }, span = 4, rows = 2 }, { label = { zh = "丙", en = "C" }, span = 2 }],
    [{ value = "total", span = 4 }],
]
"#;
    let form = description("approval");
    let with = form.replacen("\n[[grid.part]]", &format!("{part}\n[[grid.part]]"), 1);
    let folder = unit("approval").with(&path_of("approval"), with).write();
    let told = Checked::of(folder.path()).told(Format::Human, Lang::En);
    assert!(told.contains("a cell in row 2 of part 1 lies over one that reaches down from above"), "{told}");
}

/// Of a form that another is like, a mistake is reported in its own file.
#[test]
fn a_mistake_in_the_form_that_another_is_like_is_told_there() {
    let wrong = description("approval").replacen("span = 3, lines = 4", "span = 4, lines = 4", 1);
    let folder = unit("approval")
        .with(&path_of("approval"), wrong)
        .with(&path_of("district"), "like = \"approval\"\n")
        .change("declaration.toml", "form = \"approval\"", "form = \"district\"")
        .write();
    let told = Checked::of(folder.path()).told(Format::Human, Lang::En);
    assert!(told.contains("approval/form.toml:") && told.contains("takes 9 of 8 columns"), "{told}");
}

/// A section that the form alone shows is looked through for characters that cannot be printed.
#[test]
fn a_character_without_a_font_is_told_at_its_line_in_a_section_of_the_form() {
    let files = unit("approval");
    let text = files.text(DIGITIZATION);
    let line = text.lines().position(|line| line.contains("本馆馆藏纸质档案")).unwrap() + 1;
    let folder = files
        .change("declaration.toml", "form = \"approval\"", "print = [\"form\"]\nform = \"approval\"")
        .change(DIGITIZATION, "本馆馆藏纸质档案", "本馆\u{1f3f0}馆藏纸质档案")
        .write();
    let said =
        run(shenbao(folder.path()).args(["build", ".", "--no-check", "--ui", "en"])).ended_with(1).stderr;
    assert!(said.contains("SB502") && said.contains(&format!("{DIGITIZATION}:{line}:")), "{said}");
}

/// The walk-through of `docs/forms.md`, done as it says.
#[test]
fn the_walk_through_adds_columns_of_weights_and_sources() {
    let page = fs::read_to_string(repository("docs/forms.md")).unwrap();
    let blocks: Vec<&str> =
        page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let lines = |block: &str| block.lines().map(|line| format!("{line}\n")).collect::<Vec<String>>();
    let form = fs::read_to_string(repository("templates/forms/shanghai-2024/form.toml")).unwrap();
    assert!(form.contains(blocks[0]), "the part is no longer as the page shows it");
    let old: String = lines(blocks[0])[6..8].concat();
    let form = form
        .replace(&old, &lines(blocks[1]).concat())
        .replace("[limits]\n", &format!("[limits]\n{}", blocks[2]));
    let files = Files::of("tests/forms/unit")
        .change("declaration.toml", "form = \"approval\"", "form = \"district-2025\"")
        .with("templates/forms/district-2025/form.toml", form);
    // That form has a kind of cost, which the indicators of the archive have not.
    let text = body(&support::lay_out_with(files.write().path(), Print::Zh));
    assert!(text.contains("三级指标指标值分值权重数据来源"), "{text}");
    assert!(text.contains("扫描页数≥5800000.00(页)15验收单"), "{text}");
}

#[test]
fn a_redline_marks_what_changed_in_any_form() {
    let files = unit("columns").change(DIGITIZATION, "2024 = \"150万元\"", "2024 = \"160万元\"");
    let (old, new) = (unit("columns").write(), files.write());
    let out = new.path().join("redline.pdf");
    let mut command = shenbao(new.path());
    command
        .args(["build", ".", "--lang", "zh", "--no-check", "--out", "redline.pdf", "--against"])
        .arg(old.path());
    run(&mut command).ended_with(0);
    let text = body(&fs::read(out).unwrap());
    assert!(text.contains("150.0000160.0000180.0000"), "{text}");
}

/// A long goal beside a short one would run on to a page of which half is empty.
#[test]
fn a_long_goal_takes_the_columns_that_a_short_one_leaves() {
    let whole = |annual: &str| {
        let files =
            unit("approval").change("declaration.toml", "form = \"approval\"", "form = \"shanghai-2024\"");
        let text = files.text(DIGITIZATION);
        let goal = text.lines().find(|line| line.starts_with("annual = ")).unwrap().to_owned();
        let files = files.change(DIGITIZATION, &goal, &format!("annual = \"{annual}\""));
        let bodies = bodies(&support::lay_out_with(files.write().path(), Print::Zh));
        bodies.iter().any(|page| page.contains(annual))
    };
    let sentence = "扫描民国档案并逐页检查。";
    assert!(whole(&sentence.repeat(50)), "the goal runs over two pages");
}

/// A form of which the last row has labels alone, on a page of its own.
#[test]
fn a_row_of_labels_alone_ends_a_form_of_two_pages() {
    let path = path_of("columns");
    let files = unit("columns").change(
        &path,
        "        { span = 10 },\n    ],\n]",
        "        { label = { zh = \"盖章\", en = \"Seal\" }, span = 10, lines = 40 },\n    ],\n]",
    );
    let bodies = bodies(&support::lay_out_with(files.write().path(), Print::Zh));
    let seals: Vec<&String> = bodies.iter().filter(|page| page.contains("盖章")).collect();
    assert_eq!(seals.len(), 2, "{bodies:#?}");
    assert!(seals[0].starts_with("项目预算与绩效目标表（续表）"), "{}", seals[0]);
}
