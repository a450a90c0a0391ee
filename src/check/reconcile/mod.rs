//! What each amount of a text is, by the ledger: known, explained by others, or wrong.

mod equal;
mod explained;
mod groups;
mod implied;
mod known;
mod names;
mod wholes;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lang::{Lang, say};
use crate::model::Money;
use crate::narrative::{Passage, Scope as Whose};
use crate::reading::{self, Amount, Mention, Product, Role, Scope, Token, Total, clause, line, sentence};

pub use equal::{Meets, meets};
pub use groups::{Group, Whole};
pub use implied::Implied;
pub use known::{Facts, Known};
pub use names::names;
pub use wholes::Wholes;

/// How many bytes of its line before an amount may name what it is of; published lines are shorter.
const LOOKED_BACK: usize = 6_000;

/// The numbers of a text, and what its amounts are.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// Every date, in order.
    pub dates: Vec<Mention>,
    /// Every number, in order.
    pub tokens: Vec<Token>,
    /// What each amount says; `None` for other tokens.
    pub roles: Vec<Option<Role>>,
    /// The products written out.
    pub products: Vec<Product>,
    /// Counts and prices that do not give the amount stated for them.
    pub implied: Vec<Implied>,
    /// Amounts given as all parts of a whole.
    pub groups: Vec<Group>,
    /// What each amount is; `None` for other tokens.
    pub verdicts: Vec<Option<Verdict>>,
}

/// What an amount is.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It is computed, so it cannot be wrong.
    Computed,
    /// It states nothing of the project.
    Silent,
    /// It is a factor of a product or a part of a sum that is judged as a whole.
    Part,
    /// The ledger has it.
    Known(Meets),
    /// It is the whole before rounding, and the form shows the rounded one.
    Unrounded {
        /// The unrounded whole.
        exact: Known,
        /// What the form shows.
        rounded: Known,
    },
    /// Other amounts of the text or of the declaration give it.
    Explained,
    /// It sums up amounts before it, and they give another sum.
    PartsDiffer {
        /// The tokens that it sums up.
        parts: Vec<usize>,
        /// Their sum.
        sum: Money,
    },
    /// It stands for the whole, which is another amount.
    TotalDiffers {
        /// What it should be.
        expected: Known,
    },
    /// Nothing gives it.
    Unknown,
}

/// Reads the numbers of a passage and judges its amounts.
pub fn read(passage: &Passage<'_>, facts: &Facts) -> Numbers {
    let text = passage.text.as_str();
    let dates = reading::dates::mentions(text);
    let tokens = reading::read_beside(text, &dates);
    if tokens.is_empty() {
        return Numbers::default();
    }
    let roles = reading::roles(text, &tokens);
    let products = reading::products(text, &tokens);
    let implied = implied::implied(text, &tokens, &roles);
    let groups = groups::groups(text, &tokens, &roles, facts, passage.lang);
    let mut values: Vec<Money> = products.iter().map(|product| product.value).collect();
    values.sort_unstable();
    let judge = Judge {
        passage,
        facts,
        text,
        tokens: &tokens,
        roles: &roles,
        values,
        parts: groups::parts(&products, &implied, &groups),
        stated: implied.iter().map(|implied| implied.stated).collect(),
    };
    let verdicts = (0..tokens.len()).map(|index| judge.verdict(index)).collect();
    Numbers { dates, tokens, roles, products, implied, groups, verdicts }
}

struct Judge<'j> {
    passage: &'j Passage<'j>,
    facts: &'j Facts,
    text: &'j str,
    tokens: &'j [Token],
    roles: &'j [Option<Role>],
    /// What the products of the text come to, in order.
    values: Vec<Money>,
    /// The tokens that are judged as parts of something.
    parts: BTreeSet<usize>,
    /// The tokens of amounts that a count and a price do not give.
    stated: BTreeSet<usize>,
}

impl Judge<'_> {
    fn verdict(&self, index: usize) -> Option<Verdict> {
        let token = self.tokens.get(index)?;
        let amount = token.amount()?;
        let role = self.roles.get(index)?.as_ref()?;
        if self.passage.is_computed(token.range.clone()) {
            return Some(Verdict::Computed);
        }
        if self.parts.contains(&index) {
            return Some(Verdict::Part);
        }
        Some(match role {
            Role::Silent => Verdict::Silent,
            Role::Price => self.price(token, amount),
            Role::Total(total) => self.total(index, token, amount, total),
            Role::Plain if self.is_of_other_year(index) => Verdict::Silent,
            Role::Plain => self.plain(index, amount),
        })
    }

    fn known(&self, amount: &Amount) -> Option<Meets> {
        self.facts.named.iter().filter_map(|known| meets(amount, known.money)).min()
    }

    /// A price that the ledger doesn't have is wrong only where the text names what has another price.
    fn price(&self, token: &Token, amount: &Amount) -> Verdict {
        if let Some(how) = self.known(amount) {
            return Verdict::Known(how);
        }
        if self.facts.gives(amount.money) {
            return Verdict::Explained;
        }
        let around = self.text.get(sentence(self.text, token.range.start)).unwrap_or("");
        let lang = self.passage.lang;
        let mut named = self.facts.parts.iter().filter(|part| names(around, &part.name, lang));
        let same_unit = |part: &known::Part| {
            part.price
                .as_ref()
                .is_some_and(|(_, unit)| amount.per.iter().any(|per| per == unit || per.is_empty()))
        };
        match (named.next(), named.next()) {
            (Some(part), None) if same_unit(part) => Verdict::Unknown,
            _ => Verdict::Silent,
        }
    }

    /// Whether its sentence gives it to a year whose money the ledger does not have: 2022年投入120万元.
    fn is_of_other_year(&self, index: usize) -> bool {
        let year = reading::year_before(self.text, self.tokens, index);
        year.is_some_and(|year| year != self.facts.year && !self.facts.years.contains_key(&year))
    }

    fn plain(&self, index: usize, amount: &Amount) -> Verdict {
        if let Some(unrounded) = self.unrounded(amount) {
            return unrounded;
        }
        if let Some(how) = self.known(amount) {
            return Verdict::Known(how);
        }
        if self.explained(index, amount) { Verdict::Explained } else { Verdict::Unknown }
    }

    fn total(&self, index: usize, token: &Token, amount: &Amount, total: &Total) -> Verdict {
        let facts = self.facts;
        if let Scope::Year(year) = total.scope
            && year != facts.year
            && !facts.years.contains_key(&year)
        {
            return Verdict::Silent;
        }
        if let Some(unrounded) = self.unrounded(amount) {
            return unrounded;
        }
        let wholes = self.wholes(total.scope);
        if let Some(how) = wholes.iter().filter_map(|known| meets(amount, known.money)).min() {
            return Verdict::Known(how);
        }
        let span = sentence(self.text, token.range.start);
        let before = self.text.get(span.start..token.range.start).unwrap_or("");
        let named = self.named(before, token);
        let own = named.iter().flat_map(|part| part.own.iter().copied());
        let sum = Money::sum(named.iter().filter_map(|part| part.own.first().copied()));
        if let Some(how) = own.chain(sum).filter_map(|money| meets(amount, money)).min() {
            return Verdict::Known(how);
        }
        if total.strong {
            if self.is_other_whole(before, amount, total) {
                return Verdict::Explained;
            }
            return self.total_differs(before, &named, wholes);
        }
        if named.is_empty() && (self.is_of_whole(total) || self.list_gives(index, &wholes)) {
            return self.total_differs(before, &named, wholes);
        }
        let parts = self.summed_up(index, &span);
        let sum = Money::sum(parts.iter().filter_map(|at| Some(self.tokens.get(*at)?.amount()?.money)));
        // As many parts as there are items: what sums them up is the whole.
        if let Some(sum) = sum.filter(|_| parts.len() > 1 && parts.len() == facts.items)
            && meets(amount, sum).is_none()
        {
            let wrong_sum = wholes.iter().any(|whole| whole.money == sum);
            return if wrong_sum {
                Verdict::PartsDiffer { parts, sum }
            } else {
                self.total_differs(before, &[], wholes)
            };
        }
        if let Some(how) = self.known(amount) {
            return Verdict::Known(how);
        }
        if self.explained(index, amount) {
            return Verdict::Explained;
        }
        if let Some(sum) = sum.filter(|_| parts.len() > 1) {
            return Verdict::PartsDiffer { parts, sum };
        }
        let about_project =
            ["本项目", "该项目", "项目预算", "年预算", "project", "budget"].iter().any(|word| {
                before.contains(word)
                    || self.text.get(total.word.clone()).is_some_and(|own| own.contains(word))
            });
        if about_project && named.is_empty() {
            return self.total_differs(before, &named, wholes);
        }
        Verdict::Unknown
    }

    /// Whether nothing but the year and the project itself stands before a total's word in its clause, so that it speaks
    /// of the whole: 本项目2026年预算资金, 涉及预算资金. In the overview every total does.
    fn is_of_whole(&self, total: &Total) -> bool {
        let word = self.text.get(total.word.clone()).unwrap_or("");
        if self.passage.scope == Whose::Overview {
            return true;
        }
        let head = self.text.get(clause(self.text, total.word.start).start..total.word.start).unwrap_or("");
        reading::names_whole(head, word)
    }

    /// Whether the amounts that are listed behind a total give the whole, which it therefore should be.
    fn list_gives(&self, index: usize, wholes: &[Known]) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        let end = line(self.text, token.range.start).end;
        let mut parts: Vec<Money> = Vec::new();
        let mut last = token.range.end;
        for (at, token) in self.tokens.iter().enumerate().skip(index + 1) {
            if token.range.end > end {
                break;
            }
            let Some(amount) = token.amount() else { continue };
            let gap = self.text.get(last..token.range.start).unwrap_or("");
            if parts.is_empty() && !reading::opens_list(gap) || self.roles.get(at) != Some(&Some(Role::Plain))
            {
                return false;
            }
            parts.push(amount.money);
            last = token.range.end;
        }
        let sum = Money::sum(parts.iter().copied());
        parts.len() > 1 && wholes.iter().any(|whole| Some(whole.money) == sum)
    }

    /// Whether a total is that of the whole declaration, which the sentence speaks of, or that of a sub-project which the
    /// sentence does not name in a way that can be read: only words with 预算 are sure to speak of the project.
    fn is_other_whole(&self, before: &str, amount: &Amount, total: &Total) -> bool {
        let says = |words: &[&str]| words.iter().any(|word| before.contains(word));
        if says(&["单位", "部门", "各项目", "个项目", "department", "projects"])
            && self.facts.may_give(amount)
        {
            return true;
        }
        let word = self.text.get(total.word.clone()).unwrap_or("");
        let of_project =
            word.contains("预算") || word.contains("budget") || says(&["本项目", "该项目", "the project"]);
        !of_project && self.known(amount).is_some()
    }

    /// The wholes that a total of this time may be; each year's where the text doesn't say.
    fn wholes(&self, scope: Scope) -> Vec<Known> {
        let facts = self.facts;
        let overview = self.passage.scope == Whose::Overview;
        let of_year = |year: i16| {
            let name = say!("{year}年的资金", "the money of {year}");
            facts.years.get(&year).map(|money| Known {
                name,
                money: *money,
                span: facts.whole.first().and_then(|whole| whole.span),
            })
        };
        match scope {
            _ if overview => facts.whole.iter().chain(&facts.annual).cloned().collect(),
            Scope::Year(year) if year != facts.year => of_year(year).into_iter().collect(),
            Scope::Year(_) | Scope::Annual => facts.annual.clone(),
            Scope::Whole => facts.whole.clone(),
            Scope::Either => {
                let years = facts.years.keys().filter_map(|year| of_year(*year));
                facts.whole.iter().chain(&facts.annual).cloned().chain(years).collect()
            }
        }
    }

    /// The sub-projects and costs that a sentence names before its amount; else the one that its line was last about.
    fn named(&self, before: &str, token: &Token) -> Vec<&known::Part> {
        let lang = self.passage.lang;
        let find = |text: &str| -> Vec<&known::Part> {
            self.facts.parts.iter().filter(|part| names(text, &part.name, lang)).collect()
        };
        let here = find(before);
        if !here.is_empty() || ["本项目", "该项目", "the project"].iter().any(|word| before.contains(word))
        {
            return here;
        }
        let line = line(self.text, token.range.start);
        let floor = self.text.floor_char_boundary(token.range.start.saturating_sub(LOOKED_BACK));
        let earlier = find(self.text.get(line.start.max(floor)..token.range.start).unwrap_or(""));
        // A line that has named every item is about the whole.
        if earlier.len() > 1 && earlier.len() >= self.facts.items {
            return Vec::new();
        }
        if !earlier.is_empty() || line.start == 0 {
            return earlier;
        }
        // （一）数据安全专项检查 stands in a line of its own.
        let heading = self.text.get(reading::line(self.text, line.start - 1)).unwrap_or("");
        if heading.starts_with('（') && heading.chars().count() <= 40 { find(heading) } else { Vec::new() }
    }

    fn total_differs(&self, before: &str, named: &[&known::Part], wholes: Vec<Known>) -> Verdict {
        let of_part = match named {
            [part] if !before.contains("本项目") && !before.contains("该项目") => {
                let (zh, en) = (part.name.str(Lang::Zh).trim(), part.name.str(Lang::En).trim());
                let name = say!("{zh}的金额", "the amount of {en}");
                part.own.first().map(|money| Known { name, money: *money, span: Some(part.span) })
            }
            _ => None,
        };
        match of_part.or_else(|| wholes.into_iter().next()) {
            Some(expected) => Verdict::TotalDiffers { expected },
            None => Verdict::Silent,
        }
    }

    /// Whether it is the whole before rounding, and not the rounded one nor another amount of the ledger.
    fn unrounded(&self, amount: &Amount) -> Option<Verdict> {
        let facts = self.facts;
        let exact = facts.unrounded.iter().find(|known| known.money == amount.money)?;
        let rounded = facts.whole.iter().chain(&facts.annual).find(|known| known.money != exact.money)?;
        let wholes = facts.whole.iter().chain(&facts.annual);
        let other = facts.parts.iter().any(|part| part.own.contains(&amount.money))
            || wholes.into_iter().any(|known| known.money == amount.money);
        (!other).then(|| Verdict::Unrounded { exact: exact.clone(), rounded: rounded.clone() })
    }

    /// The amounts of a sentence before one that sums up, back to the sum before it.
    fn summed_up(&self, index: usize, span: &Range<usize>) -> Vec<usize> {
        let before = (0..index)
            .rev()
            .take_while(|at| self.tokens.get(*at).is_some_and(|token| token.range.start >= span.start));
        let mut parts: Vec<usize> = Vec::new();
        for at in before {
            match self.roles.get(at) {
                Some(Some(Role::Plain)) => parts.push(at),
                // A bound, a price or another total among them: nobody can say what is summed up.
                Some(Some(_)) => return Vec::new(),
                _ => {}
            }
        }
        parts.reverse();
        parts
    }
}
