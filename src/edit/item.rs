//! Repeated tables of a file as a whole: a cost, an indicator, a sub-project is deleted, copied or moved with its comments.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml_edit::{Document, Item as TomlItem, TableLike, Value};

use super::field::Refused;
use super::leaves::{Leaf, leaves};
use crate::lang::{Words, say};

/// What is done with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It goes, with what belongs to it.
    Delete,
    /// Another like it stands behind it, with ids of its own.
    Copy,
    /// It changes places with the one before it.
    Up,
    /// It changes places with the one behind it.
    Down,
}

/// The path of the item that a value belongs to, such as `subproject`, `0`, `cost`, `2`; `None` outside repeated tables.
pub fn item_of(path: &[String]) -> Option<&[String]> {
    let place = path.iter().rposition(|step| step.parse::<usize>().is_ok())?;
    // The amounts of years are no items: their keys are numbers, too.
    let is_year = path.get(place).is_some_and(|step| step.len() == 4);
    if is_year { item_of(path.get(..place)?) } else { path.get(..=place) }
}

/// What an item is called, by the key of its table; without one, it is the project of the file.
pub fn kind_of(item: &[String]) -> Words {
    let key = item.iter().rev().find(|step| step.parse::<usize>().is_err()).map_or("", String::as_str);
    match key {
        "" => say!("项目", "Project"),
        "subproject" => say!("子项目", "Sub-project"),
        "cost" => say!("费用", "Cost"),
        "indicator" => say!("绩效指标", "Indicator"),
        "schedule" => say!("实施步骤", "Step"),
        "source" => say!("资金来源", "Source of funds"),
        "spending" => say!("资金使用", "Spending"),
        "task" => say!("主要任务", "Task"),
        "income" => say!("收入", "Income"),
        "outlay" => say!("支出", "Outlay"),
        other => say!("{other}", "{other}"),
    }
}

/// The file with an item changed. `name` is what the item's `name` said when it was shown; the empty text for none.
///
/// # Errors
///
/// [`Refused`], also where the items do not stand in tables of their own, `[[cost]]`.
pub fn change_item(source: &str, path: &[String], name: &str, change: Change) -> Result<String, Refused> {
    let blocks = blocks(source);
    let wanted = path.join(".");
    let Some(block) = blocks.iter().find(|block| block.path == wanted) else {
        return Err(if is_inline(source, path) { unfit() } else { Refused::Gone });
    };
    let leaves = leaves(source);
    let own = own_name(&leaves, block).unwrap_or_default();
    if own != name {
        return Err(Refused::Changed(own));
    }
    let end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = source.to_owned();
    match change {
        Change::Delete => {
            let rest = source.get(block.range.end..).unwrap_or_default();
            // The empty lines behind it go, too; a remark behind those is of the file, and stays.
            let empty: usize =
                rest.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
            after.replace_range(block.range.start..block.range.end + empty, "");
            // An empty line that stood before what was the last is none at the end of the file.
            if empty == rest.len() {
                after.truncate(after.trim_end().len());
                after.push_str(end);
            }
        }
        Change::Copy => {
            let copy = with_new_ids(source, &leaves, block);
            after.insert_str(block.range.end, &format!("{end}{end}{copy}"));
        }
        Change::Up | Change::Down => {
            let sibling = sibling(&blocks, path, change).ok_or_else(at_an_end)?;
            let (first, second) = if change == Change::Up { (sibling, block) } else { (block, sibling) };
            after = swapped(source, first, second);
        }
    }
    Ok(after)
}

/// A table with the comments right above it and what belongs to it, up to the end of its last line.
#[derive(Debug)]
struct Block {
    /// Keys and places, joined by dots.
    path: String,
    range: Range<usize>,
}

fn text<'s>(source: &'s str, block: &Block) -> &'s str {
    source.get(block.range.clone()).unwrap_or_default()
}

/// The items of repeated tables that stand below heads of their own, in the order of the file.
fn blocks(source: &str) -> Vec<Block> {
    let values = values(source);
    let heads = heads(source, &values);
    let mut blocks = Vec::new();
    for (index, head) in heads.iter().enumerate().filter(|(_, head)| head.repeated) {
        let below = format!("{}.", head.path);
        let own = heads.iter().skip(index + 1).take_while(|next| next.path.starts_with(&below));
        let next = index + 1 + own.clone().count();
        let limit = heads.get(next).map_or(source.len(), |next| next.start);
        let inside = values.iter().filter(|value| (head.at..limit).contains(&value.start));
        let last = inside.map(|value| value.end).chain(own.map(|own| own.at)).fold(head.at, usize::max);
        let rest = source.get(last..limit).unwrap_or_default();
        let line = rest.lines().next().map_or(0, str::len);
        blocks.push(Block { path: head.path.clone(), range: head.start..last + line });
    }
    blocks
}

/// The head of a table, `[a]` or `[[a]]`.
struct Head {
    path: String,
    repeated: bool,
    /// Where its comments begin, or itself.
    start: usize,
    /// Where it stands itself.
    at: usize,
}

fn heads(source: &str, values: &[Range<usize>]) -> Vec<Head> {
    let (mut heads, mut counts): (Vec<Head>, BTreeMap<String, usize>) = (Vec::new(), BTreeMap::new());
    let (mut at, mut comments) = (0, None);
    for line in source.split_inclusive('\n') {
        let (start, trimmed) = (at, line.trim());
        at += line.len();
        if values.iter().any(|value| value.start < start && start < value.end) {
            continue;
        }
        if trimmed.starts_with('#') {
            comments = comments.or(Some(start));
            continue;
        }
        if trimmed.starts_with('[') {
            let inner = trimmed.split('#').next().unwrap_or_default().trim();
            let repeated = inner.starts_with("[[");
            let keys: Vec<String> = inner
                .trim_matches(['[', ']'])
                .split('.')
                .map(|key| key.trim().trim_matches(['"', '\'']).to_owned())
                .collect();
            let path = resolved(&keys, repeated, &mut counts);
            heads.push(Head { path, repeated, start: comments.unwrap_or(start), at: start });
        }
        comments = None;
    }
    heads
}

/// A table's keys with the place of each repeated one; a repeated table is one more of its kind.
fn resolved(keys: &[String], repeated: bool, counts: &mut BTreeMap<String, usize>) -> String {
    let mut path = String::new();
    for (index, key) in keys.iter().enumerate() {
        let dot = if path.is_empty() { "" } else { "." };
        path.push_str(&format!("{dot}{key}"));
        if repeated && index + 1 == keys.len() {
            *counts.entry(path.clone()).or_default() += 1;
        }
        if let Some(count) = counts.get(&path) {
            path.push_str(&format!(".{}", count - 1));
        }
    }
    path
}

/// Where values stand, arrays and inline tables as a whole: what begins a line there is no head.
fn values(source: &str) -> Vec<Range<usize>> {
    fn of(table: &dyn TableLike, found: &mut Vec<Range<usize>>) {
        for (_, item) in table.iter() {
            match item {
                TomlItem::Value(value) => found.extend(value.span()),
                TomlItem::Table(table) => of(table, found),
                TomlItem::ArrayOfTables(tables) => tables.iter().for_each(|table| of(table, found)),
                TomlItem::None => {}
            }
        }
    }
    let mut found = Vec::new();
    if let Ok(document) = Document::parse(source) {
        of(document.as_table(), &mut found);
    }
    found
}

/// What the item's own `name` says, in Chinese where it is in both languages.
fn own_name(leaves: &[Leaf], block: &Block) -> Option<String> {
    let kind: Vec<&str> = block.path.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
    let name = format!("{}[].name", kind.join("[]."));
    [name.clone(), format!("{name}.zh"), format!("{name}.en")].iter().find_map(|wanted| {
        let own = |leaf: &&Leaf| block.range.contains(&leaf.value.start) && leaf.path == *wanted;
        leaves.iter().find(own).and_then(|leaf| leaf.text.clone())
    })
}

/// The item of the same kind and owner before or behind one.
fn sibling<'b>(blocks: &'b [Block], path: &[String], change: Change) -> Option<&'b Block> {
    let (place, before) = path.split_last()?;
    let place: usize = place.parse().ok()?;
    let other = if change == Change::Up { place.checked_sub(1)? } else { place + 1 };
    let wanted = format!("{}.{other}", before.join("."));
    blocks.iter().find(|block| block.path == wanted)
}

/// Two blocks in each other's place; what stands between and behind them stays where it is.
fn swapped(source: &str, first: &Block, second: &Block) -> String {
    let between = source.get(first.range.end..second.range.start).unwrap_or_default();
    let mut after = source.to_owned();
    let both = format!("{}{between}{}", text(source, second), text(source, first));
    after.replace_range(first.range.start..second.range.end, &both);
    after
}

/// A block in which every id is one that the file does not have yet, and what referred to them does still.
fn with_new_ids(source: &str, leaves: &[Leaf], block: &Block) -> String {
    let mut taken: BTreeSet<String> =
        leaves.iter().filter(|leaf| leaf.name() == "id").filter_map(|leaf| leaf.text.clone()).collect();
    let inside: Vec<&Leaf> = leaves.iter().filter(|leaf| block.range.contains(&leaf.value.start)).collect();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for id in inside.iter().filter(|leaf| leaf.name() == "id").filter_map(|leaf| leaf.text.clone()) {
        let mut numbers = 2_usize..;
        let new = numbers.find_map(|number| {
            let new = format!("{id}-{number}");
            taken.insert(new.clone()).then_some(new)
        });
        renamed.extend(new.map(|new| (id, new)));
    }
    let mut copy = text(source, block).to_owned();
    for leaf in inside.iter().rev().filter(|leaf| ["id", "of"].contains(&leaf.name())) {
        let new = leaf.text.as_ref().and_then(|text| renamed.get(text));
        if let Some(new) = new {
            let range = leaf.value.start - block.range.start..leaf.value.end - block.range.start;
            copy.replace_range(range, &Value::from(new.as_str()).to_string());
        }
    }
    copy
}

fn is_inline(source: &str, path: &[String]) -> bool {
    let [key, ..] = path else { return false };
    let document = Document::parse(source).ok();
    document.is_some_and(|document| document.get(key).is_some_and(|item| !item.is_array_of_tables()))
}

pub(super) fn at_an_end() -> Refused {
    Refused::Unfit(say!("它已经在最前或最后", "it is the first or the last already"))
}

fn unfit() -> Refused {
    Refused::Unfit(say!(
        "这里写成了一行的列表，请先用 shenbao fmt 整理文件",
        "this is written as a list in one line: put the file in order with `shenbao fmt` first"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "name = \"运维\"\n\n# 机房\n[[subproject]]\nid = \"a\"\nname = \"机房\"\n\n[[subproject.cost]]\n\
                        id = \"x\"\nname = \"值守\"\namount = \"8万元\"\n\n# 按比例\n[[subproject.cost]]\nname = \"监理\"\n\
                        percent = 5\nof = \"x\"\n\n[[subproject]]\nid = \"b\"\nname = \"检查\"\namount = '''1万元'''\n\n\
                        [narrative.overview]\nzh = '''\n[[cost]]\n# 不是注释\n'''\n\n[[indicator]]\nname = { zh = \"家数\" }\n";

    fn of(path: &str, name: &str, change: Change) -> Result<String, Refused> {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        change_item(FILE, &path, name, change)
    }

    #[test]
    fn an_item_goes_with_its_comments_and_what_belongs_to_it() {
        let cost = "# 按比例\n[[subproject.cost]]\nname = \"监理\"\npercent = 5\nof = \"x\"\n\n";
        assert_eq!(of("subproject.0.cost.1", "监理", Change::Delete), Ok(FILE.replace(cost, "")));
        let after = of("subproject.0", "机房", Change::Delete).unwrap();
        assert!(
            after.starts_with("name = \"运维\"\n\n[[subproject]]\nid = \"b\"") && !after.contains("值守")
        );
        let last = "\n[[indicator]]\nname = { zh = \"家数\" }\n";
        assert_eq!(of("indicator.0", "家数", Change::Delete), Ok(FILE.replace(last, "")));
    }

    #[test]
    fn a_copy_has_ids_of_its_own() {
        let after = of("subproject.0", "机房", Change::Copy).unwrap();
        let copy = "# 机房\n[[subproject]]\nid = \"a-2\"\nname = \"机房\"\n\n[[subproject.cost]]\nid = \"x-2\"\nname = \"值守\"\n\
                    amount = \"8万元\"\n\n# 按比例\n[[subproject.cost]]\nname = \"监理\"\npercent = 5\nof = \"x-2\"\n\n";
        let at = FILE.find("[[subproject]]\nid = \"b\"").unwrap();
        assert_eq!(after, format!("{}{copy}{}", &FILE[..at], &FILE[at..]));
        let after = of("indicator.0", "家数", Change::Copy).unwrap();
        assert!(after.ends_with(
            "\n\n[[indicator]]\nname = { zh = \"家数\" }\n\n[[indicator]]\nname = { zh = \"家数\" }\n"
        ));
    }

    #[test]
    fn items_change_places_and_back() {
        let after = of("subproject.0", "机房", Change::Down).unwrap();
        assert!(after.starts_with(
            "name = \"运维\"\n\n[[subproject]]\nid = \"b\"\nname = \"检查\"\namount = '''1万元'''\n\n# 机房\n"
        ));
        let back = change_item(&after, &["subproject".to_owned(), "1".to_owned()], "机房", Change::Up);
        assert_eq!(back.as_deref(), Ok(FILE));
        assert!(matches!(of("subproject.1", "检查", Change::Down), Err(Refused::Unfit(_))));
    }

    #[test]
    fn remarks_of_the_file_stay_where_they_are() {
        let file = "[[cost]]\nname = { en = \"A\", zh = \"甲\" }\nids = [\n  1,\n] # 一\n\n# 以下待核\n\n[[cost]]\nname = \"乙\"\n\n# 完\n";
        let of = |place: &str, name: &str, change| {
            change_item(file, &["cost".to_owned(), place.to_owned()], name, change).unwrap()
        };
        assert_eq!(of("0", "甲", Change::Delete), "# 以下待核\n\n[[cost]]\nname = \"乙\"\n\n# 完\n");
        assert_eq!(of("1", "乙", Change::Delete), file.replace("[[cost]]\nname = \"乙\"\n\n", ""));
        let copied = "[[cost]]\nname = \"乙\"\n\n[[cost]]\nname = \"乙\"\n\n# 完\n";
        assert!(of("1", "乙", Change::Copy).ends_with(copied));
        assert!(
            of("0", "甲", Change::Down)
                .starts_with("[[cost]]\nname = \"乙\"\n\n# 以下待核\n\n[[cost]]\nname = { en")
        );
    }

    #[test]
    fn what_is_not_there_or_another_by_now_is_refused() {
        assert_eq!(of("cost.0", "", Change::Delete), Err(Refused::Gone));
        assert_eq!(of("subproject.1", "机房", Change::Delete), Err(Refused::Changed("检查".to_owned())));
        let inline = change_item(
            "cost = [{ name = \"a\" }]\n",
            &["cost".to_owned(), "0".to_owned()],
            "a",
            Change::Copy,
        );
        assert!(matches!(inline, Err(Refused::Unfit(_))));
    }

    #[test]
    fn a_value_knows_its_item() {
        let item = |path: &str| {
            let path: Vec<String> = path.split('.').map(str::to_owned).collect();
            item_of(&path).map(|own| own.join("."))
        };
        assert_eq!(item("subproject.0.cost.2.amount.2025").as_deref(), Some("subproject.0.cost.2"));
        assert_eq!(item("subproject.0.name.zh").as_deref(), Some("subproject.0"));
        assert_eq!(item("other.2025"), None);
    }
}
