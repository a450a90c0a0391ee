//! Items that the page adds, as it sends them.

use serde::Deserialize;
use shenbao::edit::{Added, Addition, Rejected, Session, Sum, literal};
use shenbao::lang::{Lang, Words, say};
use shenbao::load::load;
use shenbao::model::{Id, Money};

use crate::cli::start::{Wish, further_project};

/// What is filled in; what an item does not take is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Adding {
    what: What,
    project: String,
    of: Option<String>,
    id: String,
    name: String,
    english: String,
    how: How,
    amount: String,
    quantity: String,
    unit: String,
    price: String,
    percent: String,
    base: String,
    kind: String,
    target: String,
    start: String,
    end: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    #[default]
    Project,
    Subproject,
    Cost,
    Indicator,
    Step,
    Source,
}

/// How the amount of a cost comes about.
#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum How {
    #[default]
    Amount,
    Product,
    Share,
}

impl Adding {
    /// Adds it; `comments` is the language of the comments in a new file.
    pub fn add_to(self, session: &mut Session, comments: Lang) -> Result<Added, Rejected> {
        let Adding { what, project, of, id, how, amount, kind, target, start, end, .. } = self;
        let name = (self.name.trim().to_owned(), given(self.english));
        let addition = match what {
            What::Project => return add_project(&id, name, &amount, comments, session),
            What::Subproject => Addition::Subproject { id, name, amount },
            What::Cost => {
                let sum = match how {
                    How::Amount => Sum::Amount(amount),
                    How::Product => Sum::Product(self.quantity, given(self.unit), self.price),
                    How::Share => Sum::Share(self.percent, self.base),
                };
                Addition::Cost { of, id: None, name, sum }
            }
            What::Indicator => Addition::Indicator { kind, name, target },
            What::Step => Addition::Step { task: name, start, end },
            What::Source => Addition::Source { kind, amount },
        };
        session.add(&project, &addition)
    }
}

fn given(text: String) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn add_project(
    id: &str,
    name: (String, Option<String>),
    amount: &str,
    comments: Lang,
    session: &mut Session,
) -> Result<Added, Rejected> {
    let id = Id::new(id).ok_or_else(|| {
        Rejected::Unfit(say!(
            "编号“{id}”只能用小写字母、数字和连字符",
            "the id `{id}` may have small letters, digits and hyphens only"
        ))
    })?;
    let amount = Some(amount.trim()).filter(|text| !text.is_empty()).map(money).transpose();
    let wish = Wish { id, name, amount: amount.map_err(Rejected::Unfit)?, comments };
    let folder = session.folder().to_path_buf();
    let (path, text) = further_project(&folder, &load(&folder), wish).map_err(Rejected::Unfit)?;
    let steps: Vec<_> = path.components().map(|step| step.as_os_str().to_string_lossy()).collect();
    session.create(&steps.join("/"), text)
}

/// An amount as a person fills it in.
fn money(text: &str) -> Result<Money, Words> {
    let value = literal::value(literal::Shape::Amount, text, None)?;
    let unknown = || say!("“{text}”不是金额", "`{text}` is not an amount");
    value.as_str().and_then(|text| Money::parse(text).ok()).ok_or_else(unknown)
}
