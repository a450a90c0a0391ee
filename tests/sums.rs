//! What holds of every sum, whatever the amounts are.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "sums/capital.rs"]
mod capital;
#[allow(dead_code)]
mod common;
#[path = "sums/made.rs"]
mod made;
#[path = "sums/money.rs"]
mod of_money;

use common::Checked;
use made::{any_amount, cost, declaration, fen, money, of_costs, project, quoted};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use shenbao::compute::ProjectLedger;
use shenbao::export::{Beside, totals_json};
use shenbao::model::Money;

fn only_project(checked: &Checked) -> &ProjectLedger {
    &checked.ledger().projects[0]
}

fn total(files: &common::Files) -> Money {
    only_project(&files.check()).total.rounded.amount
}

fn sum(amounts: &[u64]) -> Money {
    money(amounts.iter().sum())
}

/// `fen` rounded half up to a multiple of `step`; amounts are never negative.
fn rounded(fen: u64, step: u64) -> u64 {
    (fen + step / 2) / step * step
}

const STEPS: [(&str, u64); 5] =
    [("1元", 100), ("100元", 10_000), ("1000元", 100_000), ("1万元", 1_000_000), ("250元", 25_000)];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_grouping_nor_unit_changes_a_total(
        amounts in prop::collection::vec(any_amount(), 1..10),
        groups in prop::collection::vec(0..3_usize, 10),
        seed in any::<u64>(),
    ) {
        let fen: Vec<u64> = amounts.iter().map(|(fen, _)| *fen).collect();
        let flat: String = amounts.iter().map(|(_, text)| cost("cost", &format!("\"{text}\""))).collect();
        prop_assert_eq!(total(&of_costs(None, &flat)), sum(&fen));

        let mut turned = amounts.clone();
        let by = usize::try_from(seed % 10).unwrap() % turned.len();
        turned.rotate_left(by);
        turned.reverse();
        let mut grouped = String::new();
        for group in 0..3 {
            let here = turned.iter().zip(&groups).filter(|(_, own)| **own == group);
            let costs: String =
                here.map(|((_, text), _)| cost("subproject.cost", &format!("\"{text}\""))).collect();
            if !costs.is_empty() {
                grouped.push_str(&format!("[[subproject]]\nid = \"g{group}\"\nname = \"部分\"\n{costs}"));
            }
        }
        prop_assert_eq!(total(&of_costs(None, &grouped)), sum(&fen));
    }

    #[test]
    fn splitting_a_cost_keeps_the_total(whole in 2..1_000_000_000_000_u64, at in any::<prop::sample::Index>()) {
        let first = u64::try_from(at.index(usize::try_from(whole).unwrap())).unwrap();
        let one = of_costs(None, &cost("cost", &quoted(whole)));
        let two = of_costs(None, &(cost("cost", &quoted(first)) + &cost("cost", &quoted(whole - first))));
        prop_assert_eq!(total(&one), total(&two));
    }

    #[test]
    fn a_total_is_rounded_once_half_away_from_zero(
        amounts in prop::collection::vec(fen(), 1..8),
        (step, size) in prop::sample::select(&STEPS[..]),
    ) {
        let costs: String = amounts.iter().map(|fen| cost("cost", &quoted(*fen))).collect();
        let checked = of_costs(Some(step), &costs).check();
        let ledger = only_project(&checked);
        prop_assert_eq!(ledger.total.exact.amount, sum(&amounts));
        prop_assert_eq!(ledger.total.rounded.amount, money(rounded(amounts.iter().sum(), size)));
        prop_assert_eq!(ledger.annual.amount, ledger.total.rounded.amount);
    }

    #[test]
    fn the_declaration_adds_up_the_rounded_totals(
        projects in prop::collection::vec(fen(), 1..5),
        (step, size) in prop::sample::select(&STEPS[..]),
    ) {
        let files: Vec<String> =
            projects.iter().map(|fen| project("2024-2024", "", &cost("cost", &quoted(*fen)))).collect();
        let checked = declaration(Some(step), &files).check();
        let expected = projects.iter().map(|fen| rounded(*fen, size)).sum();
        prop_assert_eq!(checked.ledger().printed.total.amount, money(expected));
    }

    #[test]
    fn a_share_is_exact(base in 1..1_000_000_000_000_u64, percent in 1..10_000_000_u64) {
        let of = cost("cost", &quoted(base)).replace("[[cost]]", "[[cost]]\nid = \"base\"");
        let (whole, decimals) = (percent / 10_000, percent % 10_000);
        let share = format!("[[cost]]\nname = \"费\"\npercent = {whole}.{decimals:04}\nof = \"base\"\n");
        let checked = of_costs(None, &(of + &share)).check();
        // 分 × 0.0001 % of 元
        let exact = Decimal::from_i128_with_scale(i128::from(base) * i128::from(percent), 8);
        prop_assert_eq!(only_project(&checked).costs[1].total.amount.yuan(), exact);
    }

    #[test]
    fn a_product_is_exact(quantity in 1..1_000_000_u64, price in fen()) {
        let (whole, decimals) = (quantity / 100, quantity % 100);
        let costs = format!(
            "[[cost]]\nname = \"费\"\nquantity = {whole}.{decimals:02}\nprice = {}\n",
            quoted(price)
        );
        let checked = of_costs(None, &costs).check();
        let exact = Decimal::from_i128_with_scale(i128::from(quantity) * i128::from(price), 4);
        prop_assert_eq!(only_project(&checked).costs[0].total.amount.yuan(), exact);
    }

    #[test]
    fn the_years_add_up_to_the_total_and_one_of_them_is_requested(years in prop::array::uniform3(fen())) {
        let amount = format!(
            "{{ 2023 = {}, 2024 = {}, 2025 = {} }}",
            quoted(years[0]), quoted(years[1]), quoted(years[2])
        );
        let files = declaration(None, &[project("2023-2025", "", &cost("cost", &amount))]);
        let checked = files.check();
        let ledger = only_project(&checked);
        prop_assert_eq!(ledger.total.rounded.amount, sum(&years));
        prop_assert_eq!(ledger.annual.amount, money(years[1]));
    }

    #[test]
    fn a_whole_of_which_only_the_year_is_known_keeps_both(own in fen(), rest in fen(), percent in 1_u32..100) {
        let amount = format!("{{ total = {}, 2024 = {} }}", quoted(own + rest), quoted(own));
        let costs = format!(
            "[[cost]]\nid = \"a\"\nname = \"建设\"\namount = {amount}\n\
             [[cost]]\nname = \"监理\"\npercent = {percent}\nof = \"a\"\n"
        );
        let checked = declaration(None, &[project("2023-2026", "", &costs)]).check();
        let costs = &only_project(&checked).costs;
        prop_assert_eq!(costs[0].total.amount, sum(&[own, rest]));
        prop_assert_eq!(costs[0].annual, money(own));
        prop_assert_eq!(costs[0].years.undated, money(rest));
        // A share is of the same years.
        let share = |fen| money(fen).percent(percent.into()).unwrap();
        prop_assert_eq!(costs[1].annual, share(own));
        prop_assert_eq!(costs[1].years.undated, share(rest));
    }

    #[test]
    fn the_sources_add_up_to_the_whole(
        carried in fen(), other in fen(), more in fen(), next_year in fen(), rest in fen(),
        (step, size) in prop::sample::select(&STEPS[..]),
    ) {
        // What is named of a year never exceeds what is requested for it, also after rounding.
        let named = rounded(carried + other, size) + rounded(rest, size);
        let amount = format!("{{ 2024 = {}, 2025 = {} }}", quoted(named), quoted(next_year + more + size));
        let funding = format!(
            "carried_over = {}\nother = {{ 2024 = {}, 2025 = {} }}",
            quoted(carried), quoted(other), quoted(next_year)
        );
        let enough = rounded(named, size) >= carried + other;
        prop_assume!(enough);
        let files = declaration(Some(step), &[project("2024-2025", &funding, &cost("cost", &amount))]);
        let checked = files.check();
        let ledger = only_project(&checked);
        let add = |parts: &[&shenbao::compute::Entry]| Money::sum(parts.iter().map(|part| part.amount)).unwrap();
        prop_assert_eq!(add(&[&ledger.fiscal, &ledger.other]), ledger.total.rounded.amount);
        let sources = [&ledger.appropriation, &ledger.carried_over, &ledger.other_annual];
        prop_assert_eq!(add(&sources), ledger.annual.amount);
        prop_assert_eq!(ledger.other.amount, money(other + next_year));
        prop_assert_eq!(ledger.other_annual.amount, money(other));
    }

    #[test]
    fn the_json_of_the_totals_says_what_the_ledger_says(amounts in prop::collection::vec(fen(), 1..6)) {
        let costs: String = amounts.iter().map(|fen| cost("cost", &quoted(*fen))).collect();
        let checked = of_costs(Some("100元"), &costs).check();
        let ledger = only_project(&checked);
        let json = totals_json(checked.declaration(), checked.ledger(), Beside::default());
        let json: Value = serde_json::from_str(&json).unwrap();
        let read = |value: &Value| Money::parse(&format!("{}元", value["amount"].as_str().unwrap())).unwrap();
        let told = &json["projects"][0];
        prop_assert_eq!(read(&told["exact"]), ledger.total.exact.amount);
        prop_assert_eq!(read(&told["total"]), ledger.total.rounded.amount);
        prop_assert_eq!(read(&told["annual"]), ledger.annual.amount);
        prop_assert_eq!(read(&told["fiscal"]), ledger.fiscal.amount);
        prop_assert_eq!(read(&told["appropriation"]), ledger.appropriation.amount);
        prop_assert_eq!(read(&json["total"]), checked.ledger().printed.total.amount);
        for (cost, fen) in told["costs"].as_array().unwrap().iter().zip(&amounts) {
            prop_assert_eq!(read(&cost["total"]), money(*fen));
        }
    }

    #[test]
    fn what_is_too_large_is_told_and_never_panics(
        amounts in prop::collection::vec((1..1_000_000_000_u64, 1..=100_000_000_u64), 1..40),
    ) {
        let costs: String = amounts
            .iter()
            .map(|(quantity, price)| {
                format!("[[cost]]\nname = \"费\"\nquantity = {quantity}.0001\nprice = \"{price}亿元\"\n")
            })
            .collect();
        let checked = of_costs(None, &costs).check();
        let found = checked.findings();
        prop_assert!(found.iter().all(|finding| finding.starts_with("SB103")), "{:?}", found);
        if found.is_empty() {
            let exact = amounts.iter().map(|(quantity, price)| {
                Decimal::from_i128_with_scale(
                    (i128::from(*quantity) * 10_000 + 1) * i128::from(*price) * 100_000_000, 4)
            });
            prop_assert_eq!(only_project(&checked).total.exact.amount.yuan(), exact.sum::<Decimal>());
        }
    }
}

#[test]
fn a_sum_that_does_not_fit_is_an_error() {
    let huge = "[[cost]]\nname = \"费\"\nquantity = 999999999.9999\nprice = \"100000000亿元\"\n";
    let found = of_costs(None, huge).check().findings();
    assert_eq!(found, ["SB103 projects/1-p1.toml:11:9"]);
}
