//! Amounts of which a part is smaller than the smallest coin.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::compute::CostLedger;
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::{Cost, CostBasis, Money};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: code::FINER_THAN_FEN,
    severity: Severity::Warning,
    standing: Standing::Firm,
    title: Phrase { zh: "金额不足一分", en: "an amount is finer than 0.01 元" },
    what: Phrase {
        zh: "按数量和单价、或按比例算出的费用，带有不足一分（0.01元）的零头。",
        en: "A cost that is computed from a price or a share has a fraction of 0.01 元.",
    },
    why: Phrase {
        zh: "表中金额精确到分：各项分别取整后，相加可能与合计差一分。",
        en: "Forms print amounts to 0.01 元: when each is rounded, they may miss their sum by as much.",
    },
    bad: "[[cost]]\nid = \"base\"\nname = \"设备费\"\namount = \"4790.53元\"\n\n[[cost]]\nname = \"监理费\"\npercent = 50\nof = \"base\"",
    good: "[[cost]]\nid = \"base\"\nname = \"设备费\"\namount = \"4790.53元\"\n\n[[cost]]\nname = \"监理费\"\namount = \"2395.27元\"",
    source: Phrase {
        zh: "人民币的最小单位是分", en: "the smallest unit of the currency is 0.01 元"
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, project, ledger) in subject.projects() {
        for (cost, own) in project.costs.iter().zip(&ledger.costs) {
            cost_of(cost, own, findings);
        }
        for (subproject, own) in project.subprojects.iter().zip(&ledger.subprojects) {
            for (cost, own) in subproject.costs.iter().zip(&own.costs) {
                cost_of(cost, own, findings);
            }
        }
    }
}

fn cost_of(cost: &Cost, ledger: &CostLedger, findings: &mut Findings<'_>) {
    let amounts = std::iter::once(ledger.total.amount).chain(ledger.years.known.values().copied());
    let Some(amount) = amounts.into_iter().find(|amount| amount.decimals_in(0) > 2) else { return };
    let fen = Money::from_yuan(rust_decimal::Decimal::new(1, 2)).and_then(|fen| amount.round_to(fen));
    let (Some(span), Some(rounded)) = (place(cost), fen) else { return };
    let (exact, rounded) = (amount.in_yuan(), rounded.in_yuan());
    let finding = findings.finding(say!(
        "算出的金额是{exact}，有不足一分的零头",
        "the computed amount is {exact}, finer than 0.01 元"
    ));
    findings.push(finding.at(span).help(say!(
        "改用整分的数量、单价或比例，或直接写 amount = \"{rounded}\"",
        "use a quantity, price or share that gives whole 分, or state amount = \"{rounded}\""
    )));
}

fn place(cost: &Cost) -> Option<Span> {
    match &cost.amount {
        CostBasis::Product { quantity, .. } => Some(quantity.span),
        CostBasis::Share { percent, .. } => Some(percent.span),
        CostBasis::Stated(_) => None,
    }
}
