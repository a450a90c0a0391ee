//! Cost indicators beside the money that is asked for: above the year's request, below the prices behind it, or without
//! any figure.

use crate::check::indicator::{Item, Measure, items};
use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::diagnostic::{Severity, code};
use crate::lang::{Lang, say};
use crate::model::{Cost, CostBasis, Money, PlacedAmount, Project};
use crate::reading::words::indicators::WORDS;

pub(super) static ABOVE: Rule = Rule {
    code: code::COST_ABOVE_REQUEST,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "成本指标高于年度申请额", en: "a cost indicator is above the year's request"
    },
    what: Phrase {
        zh: "成本指标值的金额大于项目的年度资金申请总额；名称写明“总成本”“总投资”的跨年度项目，与项目资金总额比较。",
        en: "The amount of a cost target exceeds the project's annual request; in a project of several years, one named as the total is held against the total.",
    },
    why: Phrase {
        zh: "成本上限比申请的钱还多，等于没有约束；多半是单位写错了。",
        en: "A limit above all the money limits nothing; mostly the unit is wrong.",
    },
    bad: "# 年度申请 45 万元\nname = \"项目成本\"\ntarget = \"≤ 450.00 万元\"",
    good: "# 年度申请 45 万元\nname = \"项目成本\"\ntarget = \"≤ 45.00 万元\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: above,
};

pub(super) static BELOW: Rule = Rule {
    code: code::COST_BELOW_PRICE,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "成本指标低于预算所用的单价",
        en: "a cost indicator is below the price that the costs use",
    },
    what: Phrase {
        zh: "按人、次、家等计的成本指标值，小于同一计量单位的费用所用的单价（指标不超过20万元/人，预算却按24万元/人编列）。",
        en: "A cost target for one person, time or entity is below the price by which a cost of the same unit is computed.",
    },
    why: Phrase {
        zh: "预算按高的单价要钱，指标却承诺低的成本，两者必有一个不实，照此执行指标必然完不成。",
        en: "The budget asks for the higher price and the indicator promises the lower; one of them is wrong.",
    },
    bad: "[[cost]]\nname = \"驻场人员\"\nquantity = 20\nunit = \"人\"\nprice = \"24万元\"\n\n[[indicator]]\nkind = \"经济成本指标\"\nname = \"年人均成本\"\ntarget = \"≤ 20.00 万元\"",
    good: "[[indicator]]\nkind = \"经济成本指标\"\nname = \"年人均成本\"\ntarget = \"≤ 24.00 万元\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: below,
};

pub(super) static NOT_MEASURED: Rule = Rule {
    code: code::COST_NOT_MEASURED,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase { zh: "成本指标都没有数字", en: "no cost indicator has a figure" },
    what: Phrase {
        zh: "表样要求成本指标的，项目的成本指标全部只写文字（成本控制合理性：合理）。",
        en: "The form asks for cost indicators, and all that the project has are stated in words, such as a cost that is reasonable.",
    },
    why: Phrase {
        zh: "成本指标约束花多少钱，没有一个数字就没有约束。",
        en: "A cost indicator limits what is spent; without a figure nothing is limited.",
    },
    bad: "kind = \"经济成本指标\"\nname = \"成本控制合理性\"\ntarget = \"合理\"",
    good: "kind = \"经济成本指标\"\nname = \"项目总成本\"\ntarget = \"≤ 45.00 万元\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check: not_measured,
};

/// Cost indicators that limit an amount, with it.
fn costs<'s>(subject: &Subject<'s>) -> impl Iterator<Item = (Item<'s>, Measure<'s>, Money)> + use<'s> {
    items(subject).filter_map(|item| {
        let measure = item.measure().filter(|_| item.is_cost())?;
        let amount = measure.most_money()?;
        Some((item, measure, amount))
    })
}

fn not_measured(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let costs: Vec<Item<'_>> = items(subject).filter(Item::cost_is_asked).collect();
    for own in costs.chunk_by(|one, other| one.project.number == other.project.number) {
        let Some(first) = own.first().filter(|_| own.iter().all(|item| item.measure().is_none())) else {
            continue;
        };
        let Some((_, prose)) = first.stated() else { continue };
        findings.push(
            findings
                .finding(say!(
                    "成本指标只写文字，没有一个数字",
                    "the cost indicators are stated in words; none has a figure"
                ))
                .label(prose.place.span(), say!("这里没有数字", "no figure here"))
                .label(first.indicator.name.span(), say!("成本指标", "a cost indicator"))
                .help(say!(
                    "至少设一个有数字的成本指标，如 \"≤ 45.00 万元\"",
                    "give at least one cost indicator a figure, such as \"≤ 45.00 万元\""
                )),
        );
    }
}

fn above(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (item, measure, amount) in costs(subject) {
        let of_all_years = item.project.period.is_multi_year() && item.name(Lang::Zh).contains('总');
        let (limit, limit_zh, limit_en) = if of_all_years {
            (item.ledger.total.rounded.amount, "项目资金总额", "the project's total")
        } else {
            (item.ledger.annual.amount, "年度资金申请总额", "the annual request")
        };
        if amount <= limit || limit.is_zero() {
            continue;
        }
        let over = amount.minus(limit).unwrap_or(Money::ZERO);
        findings.push(
            findings
                .finding(say!(
                    "成本指标 {amount} 高于{limit_zh} {limit}，多 {over}",
                    "the cost target of {amount} is {over} above {limit_en} of {limit}"
                ))
                .label(measure.prose.place.span(), say!("指标值 {amount}", "a target of {amount}"))
                .label(item.project.span, say!("{limit_zh} {limit}", "{limit_en} is {limit}"))
                .help(say!("看看指标值的数字和单位", "check the target's number and unit")),
        );
    }
}

fn below(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (item, measure, amount) in costs(subject) {
        let Some(counted) = Counted::of(&item, &measure) else { continue };
        let dearer = prices(item.project).filter(|(cost, unit, price)| {
            *unit == counted.unit && price.value > amount && counted.is_about(cost)
        });
        for (cost, _, price) in dearer {
            let (zh, en) = (cost.name.str(Lang::Zh), cost.name.str(Lang::En));
            let stated = price.value;
            let difference = stated.minus(amount).unwrap_or(Money::ZERO);
            findings.push(
                findings
                    .finding(say!(
                        "成本指标不超过 {amount}，预算却按单价 {stated} 编列，差 {difference}",
                        "the cost target is {amount}, but the budget uses a price of {stated}, {difference} more"
                    ))
                    .label(measure.prose.place.span(), say!("指标值 {amount}", "a target of {amount}"))
                    .label(price.span, say!("“{zh}”的单价 {stated}", "the price of `{en}` is {stated}"))
                    .help(say!(
                        "使指标值不低于单价，或改正单价",
                        "raise the target to the price, or correct the price"
                    )),
            );
        }
    }
}

/// Costs of quantity × price, with their unit of counting.
fn prices(project: &Project) -> impl Iterator<Item = (&Cost, &str, &PlacedAmount)> {
    let all = project.costs.iter().chain(project.subprojects.iter().flat_map(|own| &own.costs));
    all.filter_map(|cost| match &cost.amount {
        CostBasis::Product { unit: Some(unit), price, .. } => Some((cost, unit.str(Lang::Zh).trim(), price)),
        _ => None,
    })
}

/// What a cost indicator counts: a unit, and of what.
struct Counted {
    unit: String,
    /// What is left of the name without the words of counting and cost; empty when it is of all costs of the unit.
    thing: String,
}

impl Counted {
    /// From the unit (`万元/人`), else from the name: 年人均成本, 单场讲座成本.
    fn of(item: &Item<'_>, measure: &Measure<'_>) -> Option<Counted> {
        let name = item.name(Lang::Zh);
        let after = |mark: &str| name.split_once(mark).map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
        let single = || {
            ["单", "每"]
                .iter()
                .find_map(|mark| after(mark))
                .and_then(|rest| rest.get(..rest.chars().next()?.len_utf8()))
        };
        let unit = match measure.unit.split_once('/') {
            Some((_, per)) => per.trim().trim_end_matches('年'),
            None if name.contains("人均") => "人",
            None => single()?,
        };
        let mut thing = name.to_owned();
        let counting = [format!("单{unit}"), format!("每{unit}"), format!("{unit}均")];
        for word in counting.iter().chain(&WORDS.cost.zh) {
            thing = thing.replace(word.as_str(), "");
        }
        Some(Counted { unit: unit.to_owned(), thing })
    }

    /// Whether the name speaks of this cost: of all, or by two characters that they share.
    fn is_about(&self, cost: &Cost) -> bool {
        let name = cost.name.str(Lang::Zh);
        let chars: Vec<char> = self.thing.chars().collect();
        chars.is_empty() || chars.windows(2).any(|pair| name.contains(&pair.iter().collect::<String>()))
    }
}
