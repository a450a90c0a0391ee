//! Whether a profile holds together: its rows fill the columns, and each cell shows what there is to show.

use std::ops::Range;

use toml::Spanned;

use super::Profile;
use super::grid::{Cell, Part};
use super::kinds::FormKind;
use super::rows::{Uneven, placed};
use crate::diagnostic::nearest;
use crate::lang::{Words, say};
use crate::paths::{Format, List, Printed, is_body, is_of_form, of_form, of_overview, printed, split, taken};
use crate::source::example;

/// A mistake, where it stands, and what helps.
pub(super) struct Mistake {
    pub range: Range<usize>,
    pub words: Words,
    pub help: Words,
}

/// The first mistake of a profile, whose text is `text`.
pub(super) fn mistake(profile: &Profile, text: &str) -> Option<Mistake> {
    shares(profile, text)
        .or_else(|| sizes(profile, text))
        .or_else(|| {
            profile.grid.parts.iter().zip(1..).find_map(|(part, number)| widths(profile, part, number, text))
        })
        .or_else(|| profile.grid.parts.iter().find_map(|part| repeated(profile, part, text)))
        .or_else(|| profile.grid.parts.iter().find_map(|part| values(profile, part)))
        .or_else(|| labels(profile, text))
        .or_else(|| title(profile, text))
}

/// Where a key or word stands in the text, for mistakes whose place the reader of TOML does not tell.
fn place(text: &str, word: &str) -> Range<usize> {
    text.find(word).map_or(0..0, |start| start..start + word.len())
}

fn shares(profile: &Profile, text: &str) -> Option<Mistake> {
    let columns = &profile.grid.columns;
    let count = columns.count();
    let others = [&columns.both, &columns.en];
    let uneven = others.into_iter().flatten().find(|shares| shares.len() != count).map(Vec::len);
    let all = others.into_iter().flatten().chain([&columns.zh]);
    let not_positive = all.flatten().any(|share| *share == 0);
    let range = place(text, "columns");
    if let Some(other) = uneven {
        return Some(Mistake {
            range,
            words: say!(
                "各语言的栏数不一致：{count} 和 {other}",
                "the languages have {count} and {other} columns"
            ),
            help: say!("zh、both、en 各写同样多的宽度", "give zh, both and en as many widths each"),
        });
    }
    if count == 0 || not_positive {
        return Some(Mistake {
            range,
            words: say!("栏宽应为大于零的整数", "the widths of the columns are whole numbers above zero"),
            help: say!("写作 columns = {{ zh = [20, 30, 50] }}", "write columns = {{ zh = [20, 30, 50] }}"),
        });
    }
    let outside = profile.grid.gives_way.filter(|column| *column == 0 || *column > count)?;
    Some(Mistake {
        range: place(text, "gives_way"),
        words: say!(
            "未知的第 {outside} 栏：表格共 {count} 栏",
            "unknown column {outside}: the grid has {count}"
        ),
        help: say!("从 1 数起", "columns count from 1"),
    })
}

/// The most decimals: 万元 with six are exact to the 分.
const DECIMALS: u32 = 6;

/// The most lines of a cell: more would not fit on a page.
const LINES: u8 = 40;

/// Whether each number of the grid is one that can be laid out.
fn sizes(profile: &Profile, text: &str) -> Option<Mistake> {
    let grid = &profile.grid;
    let columns = 1..=grid.columns.count();
    let cells = || grid.parts.iter().flat_map(Part::cells);
    let (range, words, help) = if grid.parts.is_empty() {
        (
            place(text, "[grid]"),
            say!("表格没有任何部分", "the grid has no part"),
            say!("写上 [[grid.part]]", "add [[grid.part]]"),
        )
    } else if grid.money.decimals > DECIMALS {
        (
            place(text, "decimals"),
            say!("小数位数过多：至多 {DECIMALS} 位", "too many decimals: at most {DECIMALS}"),
            say!("写 0 至 {DECIMALS}", "write 0 to {DECIMALS}"),
        )
    } else if cells().any(|cell| !columns.contains(&cell.span))
        || grid.parts.iter().any(|part| !columns.contains(&part.side_span))
    {
        let most = columns.end();
        (
            place(text, "span"),
            say!("span 应为 1 至 {most}", "a span is 1 to {most}"),
            say!("写这一格占几栏", "write how many columns the cell takes"),
        )
    } else if grid.parts.iter().any(|part| {
        let rows = 1..=part.rows.len();
        part.columns.iter().any(|cell| cell.rows != 1)
            || part.rows.iter().flat_map(Spanned::get_ref).any(|cell| !rows.contains(&cell.rows))
    }) {
        (
            place(text, "rows = "),
            say!("一格的 rows 超出所在部分的行数", "the `rows` of a cell go beyond the rows of its part"),
            say!(
                "写 1 至该部分的行数；columns 里的格不写 rows",
                "write 1 to the rows of the part; cells in `columns` have none"
            ),
        )
    } else if cells().any(|cell| cell.lines > LINES) {
        (
            place(text, "lines"),
            say!("一格的高度超过一页", "a cell is higher than a page"),
            say!("lines 至多写 {LINES}", "`lines` is at most {LINES}"),
        )
    } else {
        return None;
    };
    Some(Mistake { range, words, help })
}

/// Whether each row fills the columns beside the part's label.
fn widths(profile: &Profile, part: &Part, number: usize, text: &str) -> Option<Mistake> {
    let count = profile.grid.columns.count();
    let side = part.side.as_ref().map_or(0, |_| part.side_span);
    let (range, words) = if part.columns.is_empty() && part.rows.is_empty() {
        (place(text, "[[grid.part]]"), say!("第 {number} 部分没有内容", "part {number} is empty"))
    } else if !part.columns.is_empty() && side + spans(&part.columns) != count {
        let taken = side + spans(&part.columns);
        let range = part.columns.iter().find_map(|cell| cell.value.as_ref().map(Spanned::span));
        let words = say!(
            "第 {number} 部分的 columns 占 {taken} 栏，表格有 {count} 栏",
            "the columns of part {number} take {taken} of {count} columns"
        );
        (range.unwrap_or_default(), words)
    } else {
        let Uneven { row, taken, overlaps } = placed(&part.rows, side, count).err()?;
        let range = part.rows.get(row).map(Spanned::span).unwrap_or_default();
        let row = row + 1;
        let words = match overlaps {
            true => say!(
                "第 {number} 部分第 {row} 行有一格压住了从上面占下来的格",
                "a cell in row {row} of part {number} lies over one that reaches down from above"
            ),
            false => say!(
                "第 {number} 部分第 {row} 行占 {taken} 栏，表格有 {count} 栏",
                "row {row} of part {number} takes {taken} of {count} columns"
            ),
        };
        (range, words)
    };
    let help = say!(
        "调整各格的 span（占几栏）和 rows（占几行），每行合起来占满全部栏",
        "adjust `span` (columns) and `rows` of the cells: together they fill all columns of a row"
    );
    Some(Mistake { range, words, help })
}

fn spans(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.span).sum()
}

/// Whether what a part says of its repeated rows is what can be done with them.
fn repeated(profile: &Profile, part: &Part, text: &str) -> Option<Mistake> {
    let plain = part.columns.iter().position(|cell| !cell.group).unwrap_or(part.columns.len());
    let grouped = |cell: &&Cell| cell.group;
    let outside = match part.repeat {
        Some(_) => part.columns.iter().skip(plain).find(grouped),
        None => part.columns.iter().find(grouped),
    };
    let outside = outside.or_else(|| part.rows.iter().flat_map(Spanned::get_ref).find(grouped));
    if let Some(cell) = outside {
        return Some(Mistake {
            range: cell.value.as_ref().map_or_else(|| place(text, "group"), Spanned::span),
            words: say!("这里不能写 group", "`group` cannot stand here"),
            help: say!(
                "group 只用于有 repeat 的部分，写在 columns 的前几栏",
                "`group` is for the first of the `columns` of a part with `repeat`"
            ),
        });
    }
    let list = part.repeat?;
    if list.is_of_evaluation() && profile.kind != FormKind::Evaluation {
        return Some(Mistake {
            range: place(text, "repeat"),
            words: say!("只有自评表样才印完成情况", "only a form of evaluations shows results"),
            help: say!("自评表样写 kind = \"evaluation\"", "a form of evaluations has kind = \"evaluation\""),
        });
    }
    if list.is_of_department() && profile.kind != FormKind::Department {
        return Some(Mistake {
            range: place(text, "repeat"),
            words: say!(
                "只有部门整体表样才印任务、收支和项目",
                "only a form of departments shows tasks, income, outlay and projects"
            ),
            help: say!(
                "部门整体表样写 kind = \"department\"",
                "a form of departments has kind = \"department\""
            ),
        });
    }
    let body = |cell: &&Cell| cell.path().is_some_and(|(path, _)| is_body(path));
    if let Some(cell) = part.columns.iter().find(body) {
        return Some(Mistake {
            range: cell.value.as_ref().map(Spanned::span).unwrap_or_default(),
            words: say!("目标和正文各节不随清单重复", "goals and sections are not repeated with a list"),
            help: say!("写在没有 repeat 的部分", "show it in a part without `repeat`"),
        });
    }
    (!part.lines).then(|| Mistake {
        range: place(text, "lines = false"),
        words: say!("有 repeat 的部分不能没有框线", "a part with `repeat` has lines"),
        help: say!("删去 lines = false", "delete `lines = false`"),
    })
}

/// Whether each value of a part is one that there is, in a format that there is.
fn values(profile: &Profile, part: &Part) -> Option<Mistake> {
    part.columns
        .iter()
        .map(|cell| (cell, part.repeat))
        .chain(part.rows.iter().flat_map(Spanned::get_ref).map(|cell| (cell, None)))
        .find_map(|(cell, repeat)| value(profile, cell, repeat))
}

fn value(profile: &Profile, cell: &Cell, repeat: Option<List>) -> Option<Mistake> {
    if let Some(check) = &cell.check
        && profile.choices(check.get_ref().trim()).is_empty()
    {
        return Some(Mistake {
            range: check.span(),
            words: say!("表样没有列出可供勾选的值", "the form lists no values to tick"),
            help: say!(
                "check 可写 nature、category、attribute 或 type，各值列在同名的列表里",
                "`check` is nature, category, attribute or type, whose values stand in the list of that name"
            ),
        });
    }
    let written = cell.value.as_ref().or(cell.check.as_ref())?;
    let (path, format) = split(written.get_ref());
    unknown(profile, path, repeat, written.span()).or_else(|| bad_format(path, format, written.span()))
}

fn unknown(profile: &Profile, path: &str, repeat: Option<List>, range: Range<usize>) -> Option<Mistake> {
    let sections = || profile.sections.iter().map(|section| section.id.as_str());
    let of_kind = profile.kind.paths();
    if is_of_form(path, of_kind, repeat, sections()) {
        return None;
    }
    let known: Vec<String> = of_form(of_kind, repeat, sections()).collect();
    let of_list = List::ALL.into_iter().flat_map(List::paths).any(|own| *own == path);
    let help = match nearest(path, known.iter().map(String::as_str)) {
        _ if of_list => {
            let list = path.split('.').next().unwrap_or("");
            say!(
                "只有 repeat = \"{list}\" 的部分才能用，写在 columns 里",
                "it belongs to a part with repeat = \"{list}\", in its `columns`"
            )
        }
        Some(meant) => say!("是否应为 {meant}？", "did you mean {meant}?"),
        None => {
            let page = example("docs/forms.md");
            say!("可用的值见 {page}", "{page} lists the values")
        }
    };
    Some(Mistake { range, words: say!("未知的值“{path}”", "unknown value `{path}`"), help })
}

fn bad_format(path: &str, format: Option<&str>, range: Range<usize>) -> Option<Mistake> {
    let format = format?;
    let fits = Format::parse(format).map(|known| known.of());
    let words = match fits {
        None => say!("未知的格式“{format}”", "unknown format `{format}`"),
        Some(kind) if printed(path) == Some(kind) => return None,
        Some(_) => say!("{path} 不支持“{format}”格式", "format `{format}` does not fit {path}"),
    };
    let help = match printed(path) {
        Some(Printed::Amount) => {
            say!("可用的格式：元  万元  万元.2  万元,.2  大写", "formats: 元  万元  万元.2  万元,.2  大写")
        }
        Some(Printed::Date) => {
            say!("可用的格式：day  month  year  iso  slash", "formats: day  month  year  iso  slash")
        }
        None => say!("删去 | 和格式", "delete the | and the format"),
    };
    Some(Mistake { range, words, help })
}

/// Whether each value in a label is one that there is.
fn labels(profile: &Profile, text: &str) -> Option<Mistake> {
    let cells = profile.grid.parts.iter().flat_map(Part::cells);
    let of_cells = cells.flat_map(|cell| [&cell.label, &cell.years]).flatten();
    let sides = profile.grid.parts.iter().filter_map(|part| part.side.as_ref());
    let all = of_cells.chain(sides).chain([&profile.year]);
    let texts = all.flat_map(|words| [&words.zh, &words.en]);
    texts.flat_map(|label| taken(label)).find_map(|written| {
        let (path, format) = split(written);
        let range = place(text, &format!("{{{{{written}}}}}"));
        unknown(profile, path, None, range.clone()).or_else(|| bad_format(path, format, range))
    })
}

/// Whether each value in the title of the document is one of the declaration as a whole.
fn title(profile: &Profile, text: &str) -> Option<Mistake> {
    let title = &profile.document.title;
    [&title.zh, &title.en].into_iter().flat_map(|title| taken(title)).find_map(|written| {
        let (path, format) = split(written);
        let range = place(text, &format!("{{{{{written}}}}}"));
        if of_overview().any(|known| known == path) {
            return bad_format(path, format, range);
        }
        Some(Mistake {
            range,
            words: say!("未知的值“{path}”", "unknown value `{path}`"),
            help: match nearest(path, of_overview()) {
                Some(meant) => say!("是否应为 {meant}？", "did you mean {meant}?"),
                None => say!(
                    "标题可用 year、unit.name、department.name",
                    "a title takes year, unit.name and department.name"
                ),
            },
        })
    })
}
