//! Writes declarations that no office would: as long, as large or as empty as the format allows.

use crate::common::Files;

/// A text in Chinese and English.
#[derive(Debug, Clone)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

/// A text in both languages.
pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Both {
    Both { zh: zh.into(), en: en.into() }
}

impl Both {
    fn toml(&self) -> String {
        format!("{{ zh = {}, en = {} }}", quoted(&self.zh), quoted(&self.en))
    }
}

/// A TOML string: JSON escapes what TOML does.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// What a project's file says.
#[derive(Debug, Clone)]
pub struct Project {
    pub name: Both,
    pub start: String,
    pub end: String,
    /// `[funding]` and the costs or sub-projects, as TOML.
    pub money: String,
    /// Sections by their id.
    pub narrative: Vec<(&'static str, Both)>,
    pub overall: Both,
    pub annual: Both,
    /// Kind, name and target.
    pub indicators: Vec<(&'static str, Both, Both)>,
}

impl Project {
    /// The least that a project can be.
    pub fn least() -> Project {
        Project {
            name: both("小", "S"),
            start: "2024-01-01".into(),
            end: "2024-12-31".into(),
            money: "[[cost]]\nname = \"费\"\namount = \"0元\"\n".into(),
            narrative: Vec::new(),
            overall: both("好。", "Good."),
            annual: both("好。", "Good."),
            indicators: vec![("数量指标", both("甲", "A"), both("好", "good"))],
        }
    }

    fn toml(&self) -> String {
        let (start, end) = (&self.start, &self.end);
        let mut toml = format!("name = {}\nnature = \"其他经常性项目\"\n", self.name.toml());
        toml += &format!("category = \"其他运转类\"\nstart = {start}\nend = {end}\n");
        for (section, text) in &self.narrative {
            toml += &format!("narrative.{section} = {}\n", text.toml());
        }
        toml += &self.money;
        toml += &format!("[goal]\noverall = {}\nannual = {}\n", self.overall.toml(), self.annual.toml());
        for (kind, name, target) in &self.indicators {
            let (name, target) = (name.toml(), target.toml());
            toml += &format!("[[indicator]]\nkind = \"{kind}\"\nname = {name}\ntarget = {target}\n");
        }
        toml
    }
}

/// A declaration of these projects.
pub fn declaration(unit: &Both, department: &Both, projects: &[Project]) -> Files {
    let overview =
        both("申报{{project.count}}个项目，{{total}}。", "Projects: {{project.count}}, {{total}}.");
    let head = format!(
        "form = \"shanghai-2024\"\nyear = 2024\nlanguages = [\"zh\", \"en\"]\ndate = 2023-11-20\n\
         [unit]\nname = {}\n[department]\nname = {}\n[overview]\nbudget_units = 1\ntext = {}\n",
        unit.toml(),
        department.toml(),
        overview.toml(),
    );
    let projects = projects.iter().zip(1..);
    projects.fold(Files::default().with("declaration.toml", head), |files, (project, number)| {
        files.with(&format!("projects/{number}-p{number}.toml"), project.toml())
    })
}

const CHINESE: &str =
    "根据全面实施预算绩效管理的要求统筹推进政务信息系统整合共享完善公共服务体系提升治理能力";
const ENGLISH: [&str; 12] = [
    "annual",
    "service",
    "of",
    "the",
    "district",
    "data",
    "network",
    "improvement",
    "and",
    "operation",
    "public",
    "security",
];

/// So many Chinese characters, other ones for another `seed`; a comma after every 16 unless `unbroken`.
pub fn chinese(count: usize, seed: usize, unbroken: bool) -> String {
    let mut characters = CHINESE.chars().cycle().skip(seed);
    let at = |place: usize| if place % 17 == 16 && !unbroken { Some('，') } else { None };
    (0..count).filter_map(|place| at(place).or_else(|| characters.next())).collect()
}

/// English words of about so many characters, other ones for another `seed`.
pub fn english(count: usize, seed: usize) -> String {
    let mut text = String::new();
    for word in ENGLISH.iter().cycle().skip(seed % ENGLISH.len()) {
        if text.len() + word.len() > count {
            break;
        }
        text += if text.is_empty() { "" } else { " " };
        text += word;
    }
    if text.is_empty() { "data".to_owned() } else { text }
}
