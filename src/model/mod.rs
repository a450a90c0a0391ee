//! A declaration as it was written: parsed once at the door, units inside, places kept.

mod capital;
mod declaration;
mod department;
mod ids;
mod money;
mod period;
mod result;
mod target;
mod text;

pub use declaration::{
    Acceptance, Agency, Cost, CostBasis, Declaration, Declared, Earlier, Funding, FundingSource, Goals,
    Indicator, NarrativeSection, Overview, People, PlacedAmount, Print, Project, Schedule, SignOff,
    Subproject, Term, YearlyAmount,
};
pub use department::{BudgetLine, Department, Task};
pub use ids::Id;
pub use money::{AmountError, Money, in_one_unit, with_separators};
pub use period::{Period, PeriodPlace, Year};
pub use result::{Execution, Grade, IndicatorOutcome, Outcome, Spending};
pub use target::{Figure, Measured, Sign, Target};
pub use text::{Placed, Prose, Text};
