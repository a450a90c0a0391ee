//! Sources of fiscal funds that do not add up to them.

use crate::check::{Findings, Phrase, Rule, Standing, Subject};
use crate::compute::SourceLedger;
use crate::diagnostic::{Severity, code};
use crate::lang::say;
use crate::model::{Money, in_one_unit};

pub(super) static RULE: Rule = Rule {
    code: code::SOURCES_DIFFER,
    severity: Severity::Error,
    standing: Standing::Firm,
    title: Phrase {
        zh: "各财政资金来源之和与财政资金不符",
        en: "the sources of fiscal funds do not add up to them",
    },
    what: Phrase {
        zh: "[[funding.source]] 列出的财政资金，当年之和加上年结转资金，不等于年度资金申请总额减去其他资金，或各年之和加上年结转资金，不等于项目资金总额减去其他资金。",
        en: "The fiscal funds under [[funding.source]] and what is carried over do not add up to the annual request less other funds, or over all years not to the total less other funds.",
    },
    why: Phrase {
        zh: "财政资金由费用合计减其他资金得出，各来源是它的组成部分，两者必须相等。",
        en: "Fiscal funds are what the costs come to less other funds, and their sources are its parts.",
    },
    bad: "[[funding.source]]\nkind = \"本级财政资金\"\namount = \"30万元\"  # 费用合计38万元，没有其他资金",
    good: "[[funding.source]]\nkind = \"本级财政资金\"\namount = \"38万元\"",
    source: Phrase { zh: "算术", en: "arithmetic" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, project, ledger) in subject.projects() {
        let fiscal =
            || project.funding.sources.iter().zip(&ledger.sources).filter(|(source, _)| source.is_fiscal);
        let Some((first, _)) = fiscal().next() else { continue };
        let carried_over = ledger.carried_over.amount;
        let added = |of: fn(&SourceLedger) -> Money| {
            Money::sum(fiscal().map(|(_, own)| of(own)).chain([carried_over]))
        };
        let sums = added(|own| own.annual.amount).zip(added(|own| own.total.amount));
        let Some(((annual, total), of_year)) =
            sums.zip(ledger.annual.amount.minus(ledger.other_annual.amount))
        else {
            continue;
        };
        let (term_zh, term_en, sum, whole) = if annual != of_year {
            ("当年", "of the year", annual, of_year)
        } else if total != ledger.fiscal.amount {
            ("各年", "of all years", total, ledger.fiscal.amount)
        } else {
            continue;
        };
        let (more_zh, more_en) = if sum > whole { ("多", "too much") } else { ("少", "too little") };
        let [sum, whole, apart] = in_one_unit([sum, whole, sum.apart(whole)]);
        let finding = findings.finding(say!(
            "{term_zh}各财政资金来源合计 {sum}，财政资金是 {whole}，{more_zh} {apart}",
            "the sources of fiscal funds {term_en} add up to {sum}; fiscal funds are {whole}, {apart} {more_en}"
        ));
        findings.push(finding.at(first.amount.span()).help(say!(
            "核对各来源的金额；财政资金等于费用合计减其他资金",
            "check the amount of each source; fiscal funds are what the costs come to less other funds"
        )));
    }
}
