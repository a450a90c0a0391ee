//! The rules, a file each. To add one: write its file, list it here, and give it a fixture in `tests/rules/`.

mod about_exact;
mod actual_unit;
mod basis_cites_nothing;
mod budget_section;
mod cost_indicators;
mod counts;
mod declared_exceeded;
mod department_budget;
mod document_number;
mod doubled_punctuation;
mod duplicate_name;
mod english;
mod exact_not_rounded;
mod finer_than_fen;
mod foreign_year;
mod form_asks;
mod goals_equal;
mod half_width;
mod indicator_names;
mod indicator_tree;
mod indicator_weights;
mod invisible;
mod mixed_grouping;
mod name_varies;
mod names;
mod numbering;
mod part_outside_period;
mod period_differs;
mod personal_data;
mod placeholder_left;
mod printed_parts;
mod product_differs;
mod reason_missing;
mod result_too_long;
mod results_missing;
mod scores_differ;
mod section_missing;
mod short_names;
mod sign_against_sense;
mod sources_differ;
mod spent_above_budget;
mod stated_parts;
mod subproject_untouched;
mod target_changed;
mod target_rates;
mod target_without_unit;
mod target_words;
mod text_length;
mod title_varies;
mod total_differs;
mod total_for_year;
mod traditional;
mod unknown_amount;
mod unpaired_mark;
mod wan_without_yuan;
mod year_outside_period;
mod years_without_money;

use super::Rule;

/// Every rule, ascending by code.
pub static ALL: &[&Rule] = &[
    &declared_exceeded::RULE,
    &years_without_money::RULE,
    &stated_parts::RULE,
    &sources_differ::RULE,
    &department_budget::UNBALANCED,
    &department_budget::OUTLAY,
    &department_budget::TASKS,
    &year_outside_period::RULE,
    &duplicate_name::RULE,
    &part_outside_period::RULE,
    &period_differs::RULE,
    &total_differs::RULE,
    &unknown_amount::RULE,
    &product_differs::RULE,
    &budget_section::WITHOUT_AMOUNT,
    &budget_section::INCOMPLETE,
    &about_exact::RULE,
    &wan_without_yuan::RULE,
    &mixed_grouping::RULE,
    &exact_not_rounded::RULE,
    &counts::RULE,
    &foreign_year::RULE,
    &name_varies::RULE,
    &placeholder_left::RULE,
    &section_missing::RULE,
    &text_length::SHORT,
    &text_length::LONG,
    &basis_cites_nothing::RULE,
    &document_number::RULE,
    &goals_equal::RULE,
    &numbering::JUMPS,
    &numbering::MIXED,
    &half_width::RULE,
    &doubled_punctuation::RULE,
    &traditional::RULE,
    &personal_data::RULE,
    &english::MISSING,
    &english::CHINESE,
    &invisible::RULE,
    &printed_parts::RULE,
    &finer_than_fen::RULE,
    &total_for_year::RULE,
    &unpaired_mark::RULE,
    &indicator_tree::LEVEL,
    &indicator_tree::KIND,
    &indicator_names::REPEATED,
    &target_without_unit::RULE,
    &target_rates::OUT_OF_RANGE,
    &indicator_weights::RULE,
    &indicator_tree::COUNT,
    &indicator_tree::CROWDED,
    &indicator_names::DUPLICATE,
    &target_words::WITHOUT_NUMBER,
    &target_words::IN_WORDS,
    &target_words::VAGUE,
    &target_rates::AT_LEAST_ALL,
    &sign_against_sense::RULE,
    &cost_indicators::ABOVE,
    &cost_indicators::BELOW,
    &target_rates::LOW_SATISFACTION,
    &subproject_untouched::RULE,
    &indicator_names::COST_AND_BENEFIT,
    &cost_indicators::NOT_MEASURED,
    &form_asks::RULE,
    &results_missing::RULE,
    &reason_missing::RULE,
    &actual_unit::RULE,
    &spent_above_budget::RULE,
    &scores_differ::RULE,
    &target_changed::RULE,
    &result_too_long::RULE,
];
