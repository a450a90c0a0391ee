//! A product in the text that is not the amount stated for it.

use crate::check::{Findings, Phrase, ReadText, Rule, Standing, Subject, meets};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::lang::say;
use crate::model::Money;
use crate::reading::{Product, Role, sentence};

pub(super) static RULE: Rule = Rule {
    code: code::PRODUCT_DIFFERS,
    severity: Severity::Warning,
    standing: Standing::Seen,
    title: Phrase {
        zh: "正文中的数量乘单价与所写金额不符",
        en: "a product in the text differs from the amount stated beside it",
    },
    what: Phrase {
        zh: "“20人×24万元/年”一类的算式，或一段话里先写数量、再写每人（每家、每次）的单价，其乘积与后面写的金额不符；\
             算式后面没有写金额的，其乘积在测算中找不到。",
        en: "A formula such as `20 people × CNY 240,000`, or a number and then the price of one, gives another amount than \
             the text goes on to state; or, where none is stated, an amount that is not in the costs.",
    },
    why: Phrase {
        zh: "测算依据算不出所申请的金额，评审时一定会被问到。",
        en: "If the basis does not give the amount asked for, a reviewer will ask.",
    },
    bad: "[narrative]\nbudget = \"团队20人，人均24万元/年，总资金为800万元。\"",
    good: "[narrative]\nbudget = \"团队20人，人均24万元/年，总资金为480万元。\"",
    source: Phrase { zh: "已公开申报中的错误", en: "mistakes in published declarations" },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for text in &subject.texts {
        for product in &text.numbers.products {
            if let Some(finding) = written(subject, text, product, findings) {
                findings.push(finding);
            }
        }
        let tokens = &text.numbers.tokens;
        for implied in &text.numbers.implied {
            let places = [implied.count, implied.price, implied.stated].map(|index| tokens.get(index));
            let [Some(count), Some(price), Some(stated)] = places else { continue };
            if ![count, price, stated].into_iter().any(|token| text.is_typed(token)) {
                continue;
            }
            let Some(own) = stated.amount() else { continue };
            let formula = format!("{} × {}", text.says(count.range.clone()), text.says(price.range.clone()));
            let says = text.says(stated.range.clone());
            let finding = differs(findings, &formula, implied.value, own.money, says)
                .label(text.passage.span(stated.range.clone()), say!("所写的金额", "the amount stated"))
                .label(text.passage.span(count.range.clone()), say!("数量", "the number"))
                .label(text.passage.span(price.range.clone()), say!("单价", "the price"));
            findings.push(finding.help(help()));
        }
    }
}

/// A product written with ×, against the amount behind it or the ledger.
fn written(
    subject: &Subject<'_>,
    text: &ReadText<'_>,
    product: &Product,
    findings: &Findings<'_>,
) -> Option<Diagnostic> {
    let tokens = &text.numbers.tokens;
    let formula = text.says(product.range.clone());
    let stated = product.stated.or_else(|| total_behind(text, product));
    let factors = product.terms.iter().flat_map(|term| &term.tokens);
    let all = factors.copied().chain(stated).filter_map(|index| tokens.get(index));
    if !all.into_iter().any(|token| text.is_typed(token)) {
        return None;
    }
    if let Some(token) = stated.and_then(|index| tokens.get(index)) {
        let own = token.amount()?;
        if meets(own, product.value).is_some() {
            return None;
        }
        let says = text.says(token.range.clone());
        let finding = differs(findings, formula, product.value, own.money, says)
            .label(text.passage.span(token.range.clone()), say!("所写的金额", "the amount stated"))
            .label(text.passage.span(product.range.clone()), say!("算式", "the formula"));
        return Some(finding.help(help()));
    }
    let facts = subject.facts_of(text)?;
    let value = product.value;
    let known = facts.named.iter().any(|known| known.money == value) || facts.gives(value);
    if known {
        return None;
    }
    let nearest = facts.nearest(value).into_iter().next()?;
    let (zh, en, money) = (&nearest.name.zh, &nearest.name.en, nearest.money);
    let gap = money.apart(value);
    let finding = findings.finding(say!(
        "{formula} 得 {value}，在测算中找不到；最接近的是{zh} {money}，相差 {gap}",
        "{formula} gives {value}, which is not in the costs; the nearest is {money} ({en}), {gap} away"
    ));
    Some(finding.at(text.passage.span(product.range.clone())).help(help()))
}

/// 20人×24万元/年，合计480万元: the total that the sentence goes on to state, unless it sums up more than this.
fn total_behind(text: &ReadText<'_>, product: &Product) -> Option<usize> {
    let end = sentence(&text.passage.text, product.range.end).end;
    let start = sentence(&text.passage.text, product.range.start).start;
    let tokens = text.numbers.tokens.iter().enumerate();
    let here = tokens.filter(|(_, token)| token.range.start >= start && token.range.end <= end);
    let outside: Vec<usize> = here
        .filter(|(_, token)| token.amount().is_some())
        .filter(|(_, token)| token.range.end <= product.range.start || token.range.start >= product.range.end)
        .map(|(index, _)| index)
        .collect();
    match outside.as_slice() {
        [only] if text.numbers.tokens.get(*only)?.range.start >= product.range.end => {
            matches!(text.numbers.roles.get(*only), Some(Some(Role::Total(_)))).then_some(*only)
        }
        _ => None,
    }
}

fn differs(findings: &Findings<'_>, formula: &str, value: Money, own: Money, says: &str) -> Diagnostic {
    let gap = own.apart(value);
    findings.finding(say!(
        "{formula} 得 {value}，正文却写 {says}，相差 {gap}",
        "{formula} is {value}, but the text states {says}: a difference of {gap}"
    ))
}

fn help() -> crate::lang::Words {
    say!(
        "改正数量、单价或金额，或写明其余部分的用途",
        "correct number, price or amount, or say what the rest is for"
    )
}
