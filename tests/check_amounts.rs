//! Amounts, counts and products in the text against the ledger: sentences as published declarations write them, and
//! random declarations whose text takes every value from the ledger.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code)]
mod common;

use common::{Checked, Files};
use proptest::prelude::*;
use shenbao::check::check;
use shenbao::diagnostic::Format;
use shenbao::lang::Lang;

/// The codes of findings about amounts, counts and products.
const OWN: [u16; 11] = [111, 310, 311, 312, 313, 314, 315, 316, 317, 318, 320];

fn checked(files: &Files) -> Checked {
    let folder = files.write();
    let mut checked = Checked::of(folder.path());
    assert!(!checked.diagnostics.has_errors(), "{}", checked.told(Format::Human, Lang::En));
    let (declaration, ledger, profile) =
        (checked.declaration.as_ref(), checked.ledger.as_ref(), checked.profile.as_ref());
    let mut found = check(declaration.unwrap(), ledger.unwrap(), profile.unwrap(), None);
    found.sort();
    checked.diagnostics = found;
    checked
}

/// `SB310 835.74万元`: the code and what its first label covers, for each finding of ours.
fn told(checked: &Checked) -> Vec<String> {
    let ours = checked.diagnostics.iter().filter(|finding| OWN.contains(&finding.code.0));
    ours.map(|finding| format!("{} {}", finding.code, checked.sources.text(finding.span().unwrap())))
        .collect()
}

/// The sample with the text of a section, in one language, put in place of its own.
fn with_text(file: &str, section: &str, lang: &str, text: &str) -> Files {
    let files = Files::of("data/songjiang-2024");
    let source = files.text(file).to_owned();
    let head = source.find(&format!("[narrative.{section}]")).unwrap();
    let begin = head + source[head..].find(&format!("{lang} = '''\n")).unwrap() + lang.len() + 7;
    let end = begin + source[begin..].find("'''").unwrap();
    files.with(file, format!("{}{text}\n{}", &source[..begin], &source[end..]))
}

const DATA: &str = "projects/1-big-data-network.toml";
const PORTAL: &str = "projects/2-portal.toml";
const OPERATIONS: &str = "projects/3-operations.toml";
const STAFF: &str = "projects/4-contract-staff.toml";

/// Checks sentences in the plan of a project, where no rule asks for anything.
fn in_plan(file: &str, lang: &str, cases: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found = told(&checked(&with_text(file, "plan", lang, text)));
        if found != *expected {
            wrong.push_str(&format!("{text}\n  found    {found:?}\n  expected {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn totals_are_compared_with_the_ledger() {
    in_plan(
        OPERATIONS,
        "zh",
        &[
            ("本项目总预算为835.74万元，按合同支付。", &["SB310 835.74万元"]),
            ("本项目总预算为704.42万元，按合同支付。", &[]),
            ("2024年度预算资金总额：人民币7,044,200.00元。", &["SB317 7,044,200.00元"]),
            ("预算资金合计七百零四万四千二百元。", &[]),
            ("项目资金总额704.43万元。", &["SB310 704.43万元"]),
            ("各项费用共计704.42万元。", &[]),
            ("该项目各项费用共计700万元。", &["SB310 700万元"]),
            ("电子政务光纤租费预算总额为160万元。", &[]),
            ("电子政务光纤租费预算总额为165万元。", &["SB310 165万元"]),
            ("2023年预算总额为690万元，已全部执行。", &[]),
            ("项目总预算不超过800万元。", &[]),
            ("工资总额为90万元的单位不在此列。", &["SB311 90万元"]),
            ("本单位2024年4个项目预算总额为1808.10万元，本项目为704.42万元。", &[]),
        ],
    );
}

#[test]
fn other_amounts_are_looked_for_in_the_ledger() {
    in_plan(
        OPERATIONS,
        "zh",
        &[
            ("主用链路租用费115万元/年，备用链路45万元/年。", &[]),
            ("主用链路租用费125万元/年。", &["SB311 125万元"]),
            ("光纤租费和其他费用两项为257万元。", &[]),
            ("除光纤租费外，其余各项为544.42万元。", &[]),
            ("平台运维167.7万元，其中人员100万元、设备67.7万元。", &[]),
            ("平台运维167.7万元，其中人员100万元、设备50万元。", &["SB311 100万元", "SB311 50万元"]),
            ("平台运维167.7万元，合同签订后支付50%，即83.85万元。", &[]),
            ("单价100万元以上的设备须论证，采购限额为50万元。", &[]),
            ("自2017年起累计服务用户50万人次，访问量达到300万。", &[]),
            ("上年支出62万元，带动社会投资500万元。", &[]),
            ("按GB/T 22239-2019执行，带宽700M，开通100G通道6条、10G通道1条，提供7×24小时值守。", &[]),
            ("依据《云服务（2024年500万元以下）目录》和沪府办〔2023〕12号。", &[]),
            ("测评费按每个系统3–5万元市场价估算。", &[]),
            ("翻译1000元/千字。", &[]),
        ],
    );
}

#[test]
fn products_are_multiplied() {
    in_plan(
        DATA,
        "zh",
        &[
            (
                "服务商派驻不少于20人的团队，其中一人为组长。提供7×24小时值守，按市场价人均约24万元/年，项目总资金为800万元。",
                &["SB312 800万元"],
            ),
            ("运维团队不少于4人，人均约20万元/年，预测项目总资金为80万元。", &[]),
            (
                "数据安全检查：中心内部单次6万；街道园区不少于13家，单次4万，项目资金共计为58万。",
                &["SB316 6万", "SB316 4万", "SB316 58万"],
            ),
            ("驻场4人×20万元/年=80万元。", &[]),
            ("驻场4人×20万元/年=90万元。", &["SB311 90万元", "SB312 90万元"]),
            ("检查费：6万元+13家×4万元=58万元。", &[]),
            ("监管费按800万元×10%计算，为80万元。", &[]),
            ("驻场6人×20万元/年。", &["SB312 6人×20万元"]),
        ],
    );
}

#[test]
fn words_and_units_beside_amounts_are_checked() {
    in_plan(
        DATA,
        "zh",
        &[
            ("预算资金总额约为1018万元。", &["SB315 约"]),
            ("预算资金总额为1018万元左右。", &["SB315 左右"]),
            ("预算资金总额约为1018万，", &["SB315 约", "SB316 1018万"]),
            ("预算资金总额约为{{total}}。", &["SB315 约"]),
            ("预算资金约1000万元。", &[]),
            ("总预算1,018万元，即10180000元。", &["SB317 1,018万元"]),
        ],
    );
    in_plan(
        STAFF,
        "zh",
        &[
            ("工资为319369元，餐费为9600元，体检费为1800元，总计330769元。", &["SB318 330769元"]),
            ("工资为319369元，餐费为9600元，体检费为1800元，总计330769元，取整为330800元。", &[]),
            ("工资为319369元，餐费为9600元，体检费为1800元，总计340769元。", &["SB111 340769元"]),
            ("预算资金约33.08万元。", &["SB315 约"]),
            ("预算资金33.08万元（大写：叁拾叁万零捌佰元整）。", &[]),
            ("一季度8万元、二季度8万元、三季度8万元、四季度9.08万元。", &[]),
            (
                "一季度8万元、二季度8万元、三季度8万元、四季度8万元。",
                &["SB111 8万元、二季度8万元、三季度8万元、四季度8万元"],
            ),
        ],
    );
}

#[test]
fn counts_are_compared() {
    in_plan(
        DATA,
        "zh",
        &[
            ("本项目包括4个子项目。", &[]),
            ("本项目由五个子项目组成。", &["SB320 五"]),
            ("其中两个子项目跨年度实施，前3个子项目已招标。", &[]),
            ("另有2个子项目由区里安排。", &[]),
            ("共4个平台，覆盖42个委办局。", &[]),
            ("项目设置7个绩效指标。", &["SB320 7"]),
        ],
    );
    in_plan(
        DATA,
        "en",
        &[
            ("The project consists of five sub-projects.", &["SB320 five"]),
            ("The project has four sub-projects, and two of the sub-projects run on.", &[]),
        ],
    );
}

#[test]
fn english_amounts_are_reconciled() {
    in_plan(
        DATA,
        "en",
        &[
            ("The total budget is CNY 10.18 million.", &[]),
            ("The total budget is CNY 11.18 million.", &["SB310 CNY 11.18 million"]),
            ("The budget for 2024 totals 10,180,000 yuan.", &[]),
            ("Each unit is reviewed at CNY 40,000 each, CNY 520,000 in all.", &[]),
            ("The data service costs CNY 8.2 million.", &["SB311 CNY 8.2 million"]),
            ("The data service costs about CNY 8 million.", &["SB315 about"]),
            ("Contracts over CNY 1 million are put out to tender.", &[]),
        ],
    );
}

#[test]
fn the_budget_section_names_the_years_money_and_every_item() {
    let found = |file, text| told(&checked(&with_text(file, "budget", "zh", text)));
    assert_eq!(found(PORTAL, "按合同据实支付。"), ["SB313 按合同据实支付"]);
    assert_eq!(found(PORTAL, "本项目2024年预算52.6万元。"), Vec::<String>::new());
    let published = "测评按每月一次，一年12次共计8万元；英日文翻译费中翻英1000元/千字，中翻日500元/千字共计12.6万元；\
                     网站普查费每月二次，共计12万元；网站视频新闻服务费共计20万元。";
    assert_eq!(found(PORTAL, published), Vec::<String>::new());
    let short = "门户网站测评费用8万元；网站普查费12万元；网站视频新闻服务费20万元。";
    assert_eq!(
        found(PORTAL, short),
        ["SB314 门户网站测评费用8万元；网站普查费12万元；网站视频新闻服务费20万元"]
    );
}

/// A cost of a random declaration.
#[derive(Debug, Clone)]
enum Cost {
    Stated(String),
    Yearly(Vec<String>),
    Product(u32, &'static str, String),
    Share(u8),
}

/// A random declaration of one project; every text takes its values by `{{…}}`.
#[derive(Debug, Clone)]
struct Random {
    years: usize,
    round_to: Option<&'static str>,
    other: u32,
    /// Whether each cost stands in a sub-project of its own.
    nested: bool,
    costs: Vec<(usize, Cost)>,
    /// Which sentences each text has, and in which format each value is printed.
    sentences: Vec<(usize, usize)>,
}

/// Names that hold numbers, units and words that rules go by.
const NAMES: [&str; 8] = [
    "三个平台运维",
    "5G网络租用费（一期）",
    "2024年网站普查费",
    "十四个街道巡检总费用",
    "数据安全专项检查项目",
    "预算资金绩效评价",
    "百万元以上设备维保",
    "第三方监管，约20人",
];

const FORMATS: [&str; 7] = ["", " | 元", " | 万元", " | 万元.2", " | 亿元", " | 大写", " | form"];

const SENTENCES: [&str; 16] = [
    "本项目总预算{T}，其中财政资金{F}，其他资金{O}。",
    "{{year}}年度预算资金合计为{A}，资金来源为当年财政拨款{P}、上年结转资金{C}和其他资金{OA}。",
    "各项费用总计{E}，取整后为{T}（大写：{{total | 大写}}）。",
    "由{{subproject.count}}个子项目和{{cost.count}}项费用组成：{{subproject.names}}；{{cost.names}}。",
    "共设置{{indicator.count}}个绩效指标。",
    "{{cost.c0.name}}按{{cost.c0.formula}}计算，共计{X}。",
    "{{cost.c0.name}}每人每年{X}，20人，7×24小时值守。",
    "第一季度{X}，第二季度{A}，第三季度{X}，第四季度{A}。",
    "{{cost.c0.name}}{X}，{{cost.c1.name}}{Y}，合计{T}，占总投资的10%。",
    "\n\n{{subproject.list}}\n\n",
    "\n\n{{cost.list}}\n\n",
    "全单位{{declaration.project.count}}个项目，预算总额{{declaration.total}}。",
    "测算依据：{{cost.c0.formula}}；{{cost.c0.name}}。",
    "2023年支出{X}，2025年计划{Y}。",
    "总额{X}以上的除外，每家{Y}，共{T}。",
    "实施周期为{{period}}，按GB/T 22239-2019执行。",
];

const ENGLISH: [&str; 4] = [
    "The total budget is {{total}}, of which {{fiscal}} are fiscal funds and {{other}} other funds.",
    "The project has {{subproject.count}} sub-projects and costs {{annual}} in {{year}}, {{exact}} in all.",
    "Experts are paid {{cost.c0.amount}} each, {{total | form}} in total.",
    "It has {{cost.count}} costs: {{cost.list}}.",
];

impl Random {
    fn files(&self) -> Files {
        let mut declaration = Files::of("tests/rules/base").text("declaration.toml").to_owned();
        if let Some(step) = self.round_to {
            declaration = declaration.replace("[unit]", &format!("round_to = \"{step}\"\n\n[unit]"));
        }
        let end = 2023 + self.years;
        let mut project = format!(
            "name = \"随机项目\"\nnature = \"经常性项目\"\ncategory = \"特定目标类\"\nstart = 2024-01-01\n\
             end = {end}-12-31\n\n[funding]\ncarried_over = \"0元\"\nother = \"{}元\"\n\n",
            self.other
        );
        for (index, (name, cost)) in self.costs.iter().enumerate() {
            // A name may come twice: two costs are then told apart by their numbers only.
            let name = format!("{}{}", NAMES[*name], ["", "甲", "乙", "丙", "丁", "戊"][index % 6]);
            let table = if self.nested { "subproject.cost" } else { "cost" };
            if self.nested {
                project.push_str(&format!("[[subproject]]\nid = \"s{index}\"\nname = \"{name}\"\n"));
            }
            project.push_str(&format!("[[{table}]]\nid = \"c{index}\"\nname = \"{name}\"\n"));
            project.push_str(&match cost {
                Cost::Stated(amount) => format!("amount = \"{amount}\"\n\n"),
                Cost::Yearly(amounts) => {
                    let years = (2024..).zip(amounts).take(self.years);
                    let list = years.map(|(year, amount)| format!("{year} = \"{amount}\""));
                    format!("amount = {{ {} }}\n\n", list.collect::<Vec<_>>().join(", "))
                }
                Cost::Product(quantity, unit, price) => {
                    format!("quantity = {quantity}\nunit = \"{unit}\"\nprice = \"{price}\"\n\n")
                }
                Cost::Share(_) if index == 0 => "amount = \"12万元\"\n\n".to_owned(),
                Cost::Share(percent) => format!("percent = {percent}\nof = \"c0\"\n\n"),
            });
        }
        let list = if self.nested { "{{subproject.list}}" } else { "{{cost.list}}" };
        // A list of nothing is an error.
        let (own, none) = if self.nested { ("subproject", "cost") } else { ("cost", "subproject") };
        let listed = |text: &str| {
            let names = text.replace(&format!("{{{{{none}.names}}}}"), &format!("{{{{{own}.names}}}}"));
            names.replace(&format!("{{{{{none}.list}}}}"), list)
        };
        let text = listed(&self.text());
        project.push_str(&format!(
            "[narrative.overview]\nzh = '''\n{text}\n'''\nen = '''\n{}\n'''\n",
            listed(&ENGLISH.join("\n"))
        ));
        project.push_str(&format!("[narrative.plan]\nzh = '''\n{text}\n'''\n"));
        project.push_str(&format!(
            "[narrative.budget]\nzh = '''\n年度预算{{{{annual}}}}：\n\n{list}\n\n{text}\n'''\n"
        ));
        project.push_str("\n[goal]\noverall = \"按期完成。\"\n\n[[indicator]]\nkind = \"数量指标\"\nname = \"次数\"\ntarget = \"≥ 4 次\"\n");
        Files::default().with("declaration.toml", declaration).with("projects/1-random.toml", project)
    }

    fn text(&self) -> String {
        let last = self.costs.len() - 1;
        let mut out = String::new();
        for (sentence, format) in &self.sentences {
            let format = FORMATS[*format];
            let mut text = SENTENCES[*sentence].to_owned();
            for (mark, path) in [
                ("{T}", "total"),
                ("{A}", "annual"),
                ("{E}", "exact"),
                ("{F}", "fiscal"),
                ("{P}", "appropriation"),
                ("{C}", "carried_over"),
                ("{O}", "other"),
                ("{OA}", "other_annual"),
                ("{X}", "cost.c0.amount"),
                ("{Y}", &format!("cost.c{last}.annual")),
            ] {
                text = text.replace(mark, &format!("{{{{{path}{format}}}}}"));
            }
            out.push_str(&text.replace("{{cost.c1.name}}", &format!("{{{{cost.c{last}.name}}}}")));
            out.push('\n');
        }
        out
    }
}

fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        (1_u32..2000, 0_u32..10_000).prop_map(|(whole, rest)| format!("{whole}.{rest:04}万元")),
        (10_000_u32..90_000_000).prop_map(|yuan| format!("{yuan}元")),
        (10_000_u32..9_000_000, 0_u32..100).prop_map(|(yuan, fen)| format!("{yuan}.{fen:02}元")),
        (1_u32..900).prop_map(|wan| format!("{wan}万元")),
    ]
}

fn cost() -> impl Strategy<Value = Cost> {
    prop_oneof![
        amount().prop_map(Cost::Stated),
        proptest::collection::vec(amount(), 3).prop_map(Cost::Yearly),
        (1_u32..500, prop_oneof![Just("人"), Just("家"), Just("次")], amount())
            .prop_map(|(quantity, unit, price)| Cost::Product(quantity, unit, price)),
        (1_u8..100).prop_map(Cost::Share),
    ]
}

fn declaration() -> impl Strategy<Value = Random> {
    let step = prop_oneof![Just(None), Just(Some("100元")), Just(Some("1万元"))];
    let costs = proptest::collection::vec((0..NAMES.len(), cost()), 1..6);
    let sentences = proptest::collection::vec((0..SENTENCES.len(), 0..FORMATS.len()), 1..8);
    (1_usize..4, step, 0_u32..5000, any::<bool>(), costs, sentences).prop_map(
        |(years, round_to, other, nested, costs, sentences)| Random {
            years,
            round_to,
            other,
            nested,
            costs,
            sentences,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_of_computed_values_has_no_amount_finding(random in declaration()) {
        let files = random.files();
        let checked = checked(&files);
        let found = told(&checked);
        prop_assert!(found.is_empty(), "{:?}\n{}\n{}", found, checked.told(Format::Human, Lang::En), files.text("projects/1-random.toml"));
    }
}
