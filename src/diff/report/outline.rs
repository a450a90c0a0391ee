//! A difference as people read it: a part for the declaration and each project, with amounts, remarks and texts.

use super::super::tree::{Amount, Difference, Fate, Field, Move, Node, Piece, Sum, TextChange, What};
use super::print::{Unit, print};
use crate::lang::{Lang, Words, say};

/// What changed in the declaration itself, or in one project.
pub(super) struct Part {
    /// The project's name; `None` for the declaration.
    pub(super) title: Option<String>,
    pub(super) rows: Vec<Row>,
    pub(super) remarks: Vec<String>,
    pub(super) texts: Vec<Passage>,
}

/// A line of the table of amounts.
pub(super) struct Row {
    pub(super) depth: usize,
    pub(super) label: String,
    pub(super) more: bool,
    /// Old, new, difference and percent.
    pub(super) cells: [String; 4],
}

/// A text that changed.
pub(super) struct Passage {
    pub(super) label: String,
    pub(super) sentences: Vec<Vec<Piece>>,
    /// What is to be said of the values in it.
    pub(super) values: Option<String>,
}

pub(super) fn outline(difference: &Difference, unit: Unit, lang: Lang) -> Vec<Part> {
    let writer = Writer { lang, unit };
    let root = &difference.root;
    if root.fate != Fate::Kept {
        let mut part = Part { title: None, rows: Vec::new(), remarks: Vec::new(), texts: Vec::new() };
        root.children.iter().for_each(|child| writer.rows(child, 0, &mut part.rows));
        return vec![part];
    }
    let own = Node { children: Vec::new(), ..root.clone() };
    let parts =
        std::iter::once((&own, None)).chain(root.children.iter().map(|project| (project, Some(project))));
    let parts = parts.map(|(node, project)| writer.part(node, project.map(|project| writer.title(project))));
    parts
        .filter(|part| {
            part.title.is_some()
                || !part.rows.is_empty()
                || !part.remarks.is_empty()
                || !part.texts.is_empty()
        })
        .collect()
}

/// A value that changed: `quantity 13 → 14`.
fn told(field: &Field) -> Words {
    let none = say!("（无）", "(none)");
    let (old, new) = (field.old.as_ref().unwrap_or(&none), field.new.as_ref().unwrap_or(&none));
    let (zh, en) = match &field.note {
        Some(note) => (format!("（{}）", note.zh), format!(" ({})", note.en)),
        None => (String::new(), String::new()),
    };
    Words {
        zh: format!("{} {} → {}{zh}", field.label.zh, old.zh, new.zh),
        en: format!("{} {} → {}{en}", field.label.en, old.en, new.en),
    }
}

/// A value that is too long to be shown twice.
fn follows(path: &str) -> Words {
    say!("{{{{{path}}}}} 随之变化", "{{{{{path}}}}} follows")
}

/// Whether a cost is all that changed in its sub-project, and says no more than that does.
fn repeats(parent: &Node, cost: &Node) -> bool {
    let alone = parent.children.len() == 1 && parent.what == What::Subproject && parent.fate == cost.fate;
    alone && cost.moved.is_none() && cost.amounts == parent.amounts
}

/// Texts in which the same values changed share a line.
fn merged(texts: Vec<Passage>, lang: Lang) -> Vec<Passage> {
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let mut out: Vec<Passage> = Vec::new();
    for text in texts {
        let alike = |one: &&mut Passage| one.sentences.is_empty() && one.values == text.values;
        match out.iter_mut().find(alike).filter(|_| text.sentences.is_empty()) {
            Some(first) => first.label = format!("{}{comma}{}", first.label, text.label),
            None => out.push(text),
        }
    }
    out
}

struct Writer {
    lang: Lang,
    unit: Unit,
}

impl Writer {
    fn get(&self, words: &Words) -> String {
        words.get(self.lang).to_owned()
    }

    /// A name, and whether it came or went.
    fn title(&self, node: &Node) -> String {
        let name = node.name.get(self.lang);
        if let Some(Move::Parent(from, to)) = node.moved.as_ref().filter(|_| node.fate != Fate::Kept) {
            let (from, to) = (from.get(self.lang), to.get(self.lang));
            return self.get(&match node.fate {
                Fate::Removed => say!("{name}（移到“{to}”）", "{name} (moved to “{to}”)"),
                _ => say!("{name}（由“{from}”移来）", "{name} (moved from “{from}”)"),
            });
        }
        let words = match node.fate {
            Fate::Kept => return name.to_owned(),
            Fate::Added => say!("{name}（新增）", "{name} (new)"),
            Fate::Removed => say!("{name}（删除）", "{name} (deleted)"),
            Fate::Unread => {
                say!("{name}（文件有错误，没有比较）", "{name} (not compared, for the errors of its file)")
            }
        };
        self.get(&words)
    }

    fn part(&self, node: &Node, title: Option<String>) -> Part {
        let mut part = Part { title, rows: Vec::new(), remarks: Vec::new(), texts: Vec::new() };
        self.amounts(node, None, 0, &mut part.rows);
        node.children.iter().for_each(|child| self.rows(child, 1, &mut part.rows));
        let least = part.rows.iter().map(|row| row.depth).min().unwrap_or(0);
        part.rows.iter_mut().for_each(|row| row.depth -= least);
        self.remarks(node, None, &mut part);
        part.texts = merged(std::mem::take(&mut part.texts), self.lang);
        self.translations(node, &mut part.remarks);
        part
    }

    /// A node with its amounts and those below it.
    fn rows(&self, node: &Node, depth: usize, rows: &mut Vec<Row>) {
        let before = rows.len();
        let of_money = [
            What::Cost,
            What::Subproject,
            What::Project,
            What::Source,
            What::Spending,
            What::Task,
            What::BudgetLine,
        ];
        if of_money.contains(&node.what) {
            self.amounts(node, Some(self.title(node)), depth, rows);
        }
        let own = usize::from(rows.len() > before);
        for child in node.children.iter().filter(|child| !repeats(node, child)) {
            self.rows(child, depth + own, rows);
        }
    }

    /// Amounts of a node, those that are the same in one line. The first of a thing with a name bears it.
    fn amounts(&self, node: &Node, name: Option<String>, depth: usize, rows: &mut Vec<Row>) {
        let mut groups: Vec<(&Amount, Vec<Sum>)> = Vec::new();
        for amount in &node.amounts {
            match groups
                .iter_mut()
                .find(|(first, _)| first.old == amount.old && first.new == amount.new && name.is_none())
            {
                Some((_, sums)) => sums.push(amount.sum),
                None => groups.push((amount, vec![amount.sum])),
            }
        }
        let comma = if self.lang == Lang::Zh { "、" } else { ", " };
        for (amount, sums) in groups {
            let labels: Vec<String> = sums.iter().map(|sum| self.get(&sum.label())).collect();
            let (depth, label) = match (&name, amount.sum) {
                (Some(name), Sum::Total) => (depth, name.clone()),
                (Some(name), _) if !rows.iter().any(|row| row.depth == depth && row.label == *name) => {
                    let (name, label) = (name, labels.join(comma));
                    (depth, self.get(&say!("{name}：{label}", "{name}: {label}")))
                }
                (Some(_), _) => (depth + 1, labels.join(comma)),
                (None, _) => (depth, labels.join(comma)),
            };
            let printed = print(amount, self.unit);
            let cells = [printed.old, printed.new, printed.difference, printed.percent];
            rows.push(Row { depth, label, more: amount.is_more(), cells });
        }
    }

    /// What is to be said of a node and of those below it, besides amounts.
    fn remarks(&self, node: &Node, path: Option<&str>, part: &mut Part) {
        let whole =
            matches!(node.what, What::Indicator | What::Step | What::Result) && node.fate != Fate::Kept;
        if whole {
            part.remarks.push(self.came_or_went(node));
            return;
        }
        let kept = node.fate == Fate::Kept;
        part.remarks.extend(node.moved.as_ref().filter(|_| kept).map(|moved| self.moved(node, moved, path)));
        let fields = node.fields.iter().map(|field| self.below(path, self.get(&told(field))));
        part.remarks.extend(fields);
        part.texts.extend(self.texts(node, path));
        for child in &node.children {
            let name = child.name.get(self.lang);
            let path = path.map_or_else(|| name.to_owned(), |path| format!("{path} › {name}"));
            self.remarks(child, Some(&path), part);
        }
    }

    fn moved(&self, node: &Node, moved: &Move, path: Option<&str>) -> String {
        let (from, to) = match moved {
            Move::Place(from, to) => {
                let words = say!("由第 {from} 位移到第 {to} 位", "moved from place {from} to {to}");
                return self.below(path, self.get(&words));
            }
            Move::Parent(from, to) => (from.get(self.lang), to.get(self.lang)),
        };
        let name = node.name.get(self.lang);
        let words = say!("由“{from}”移到“{to}”", "moved from “{from}” to “{to}”");
        self.below(Some(name), self.get(&words))
    }

    fn below(&self, path: Option<&str>, text: String) -> String {
        match (path, self.lang) {
            (None, _) => text,
            (Some(path), Lang::Zh) => format!("{path}：{text}"),
            (Some(path), Lang::En) => format!("{path}: {text}"),
        }
    }

    /// An indicator or a step that is new or gone, in one line.
    fn came_or_went(&self, node: &Node) -> String {
        let (name, added) = (&node.name, node.fate == Fate::Added);
        let values = |lang| {
            let values = node.fields.iter().filter_map(|field| field.new.as_ref().or(field.old.as_ref()));
            values.map(|value| value.get(lang).to_owned()).collect::<Vec<_>>().join(if lang == Lang::Zh {
                "，"
            } else {
                ", "
            })
        };
        let (zh, en) = (values(Lang::Zh), values(Lang::En));
        let thing = if node.what == What::Result {
            say!("自评", "result")
        } else if node.what == What::Indicator {
            say!("指标", "indicator")
        } else {
            say!("实施进度", "step")
        };
        let verb = if added { say!("新增", "new") } else { say!("删除", "deleted") };
        let (zh, en) = (
            if zh.is_empty() { zh } else { format!("（{zh}）") },
            if en.is_empty() { en } else { format!(" ({en})") },
        );
        self.get(&Words {
            zh: format!("{}{}：{}{zh}", verb.zh, thing.zh, name.zh),
            en: format!("{} {}: {}{en}", verb.en, thing.en, name.en),
        })
    }

    fn texts(&self, node: &Node, path: Option<&str>) -> Vec<Passage> {
        let mut passages = Vec::new();
        for text in &node.texts {
            // What is computed is the same in each language: once is enough.
            let other = |one: &&TextChange| one.label == text.label && one.lang == self.lang;
            let values = (text.lang == self.lang || !node.texts.iter().any(|one| other(&one)))
                .then(|| self.values(text))
                .flatten();
            if text.sentences.is_empty() && values.is_none() {
                continue;
            }
            let label = text.label.get(self.lang);
            let label = match (text.sentences.is_empty(), text.lang) {
                (true, _) => label.to_owned(),
                (false, Lang::Zh) => self.get(&say!("{label}", "{label} (Chinese)")),
                (false, Lang::En) => self.get(&say!("{label}（英文）", "{label}")),
            };
            let label = self.below(path, label);
            passages.push(Passage { label, sentences: text.sentences.clone(), values });
        }
        passages
    }

    fn values(&self, text: &TextChange) -> Option<String> {
        if text.values.is_empty() {
            return None;
        }
        let is_short = |value: &str| value.chars().count() <= 30 && !value.contains('\n');
        let all: Vec<String> = text
            .values
            .iter()
            .map(|value| match is_short(&value.old) && is_short(&value.new) {
                true => format!("{{{{{}}}}} {} → {}", value.path, value.old, value.new),
                false => self.get(&follows(&value.path)),
            })
            .collect();
        let all = all.join(if self.lang == Lang::Zh { "；" } else { "; " });
        Some(self.get(&match text.sentences.is_empty() {
            true => say!("文字未变；{all}", "text unchanged; {all}"),
            false => say!("其中{all}", "in it, {all}"),
        }))
    }

    /// Languages that came or went, with the number of texts.
    fn translations(&self, node: &Node, remarks: &mut Vec<String>) {
        for (lang, added) in [(Lang::Zh, true), (Lang::Zh, false), (Lang::En, true), (Lang::En, false)] {
            let mut labels: Vec<(String, usize)> = Vec::new();
            node.walk(&mut |node| {
                for one in node.translations.iter().filter(|one| one.lang == lang && one.added == added) {
                    let label = self.get(&one.label);
                    match labels.iter_mut().find(|(known, _)| *known == label) {
                        Some((_, count)) => *count += 1,
                        None => labels.push((label, 1)),
                    }
                }
            });
            if labels.is_empty() {
                continue;
            }
            let names = labels
                .into_iter()
                .map(|(label, count)| if count > 1 { format!("{label} ×{count}") } else { label });
            let names = names.collect::<Vec<_>>().join(if self.lang == Lang::Zh { "、" } else { ", " });
            let language =
                if lang == Lang::Zh { say!("中文", "Chinese") } else { say!("英文", "English") };
            let (zh, en) = (language.zh, language.en);
            remarks.push(self.get(&match added {
                true => say!("新增{zh}：{names}", "{en} added: {names}"),
                false => say!("删去{zh}：{names}", "{en} taken out: {names}"),
            }));
        }
    }
}
