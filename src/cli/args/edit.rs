//! The arguments of the commands that write declarations.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use shenbao::model::{Id, Money};

use super::LangArg;

/// 新建一份申报 · Begin a declaration
///
/// 新建一个文件夹，内有示例费用、文字和指标；注释说明各处写什么，语言随 --ui。示例在替换之前，check 都会列出。在终端里运行时，没有给出的名称会逐项询问。
///
/// Writes a folder with example costs, texts and indicators, whose comments, in the language of --ui, say what to write
/// where. `check` reports the examples until they are replaced. In a terminal it asks for the names that are not given.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao new my-unit-2025\n  shenbao new my-unit-2025 --year 2025 --unit 某区图书馆 --department 某区文化和旅游局 --project 全民阅读推广"
)]
pub struct New {
    /// 新文件夹 · The new folder
    pub folder: PathBuf,
    /// 表样 · Form
    #[arg(long, default_value = "shanghai-2024")]
    pub form: String,
    /// 预算年度 · Budget year; default: the one in the folder's name, else the next
    #[arg(long, value_parser = crate::cli::new::year)]
    pub year: Option<i16>,
    /// 文件日期 · The document's date; default: today
    #[arg(long, value_parser = crate::cli::new::date)]
    pub date: Option<jiff::civil::Date>,
    /// 印哪些语言 · What is printed
    #[arg(long, value_enum, value_delimiter = ',', default_value = "zh")]
    pub languages: Vec<LangArg>,
    /// 申报单位名称 · Name of the unit
    #[arg(long, value_name = "NAME")]
    pub unit: Option<String>,
    /// 申报单位英文名称 · The same in English
    #[arg(long, value_name = "NAME")]
    pub unit_en: Option<String>,
    /// 主管部门名称 · Name of its department
    #[arg(long, value_name = "NAME")]
    pub department: Option<String>,
    /// 主管部门英文名称 · The same in English
    #[arg(long, value_name = "NAME")]
    pub department_en: Option<String>,
    /// 第一个项目的名称 · Name of the first project
    #[arg(long, value_name = "NAME")]
    pub project: Option<String>,
    /// 第一个项目的英文名称 · The same in English
    #[arg(long, value_name = "NAME")]
    pub project_en: Option<String>,
    /// 第一个项目的编号 · Id of the first project
    #[arg(long, default_value = "first", value_parser = crate::cli::start::id)]
    pub id: Id,
}

/// 加一个项目、子项目、费用或指标，或部门整体绩效目标 · Add a project, sub-project, cost, indicator, or the department as a whole
///
/// 加上以后申报能读取、能算出合计，才写入文件；文件里的其他内容不变。
///
/// A file is written only when the declaration loads and adds up with the addition; everything else in it stays.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao add cost portal --name 网站安全检测费 --amount 3万元\n  shenbao add cost big-data-network/security-review --name 复查 --quantity 3 --unit 家 --price 1万元\n  shenbao add indicator portal --kind 数量指标 --name 检测次数 --target '≥ 2.00 次'"
)]
pub struct Add {
    #[command(subcommand)]
    pub what: Adding,
    /// 申报文件夹 · Declaration folder
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum Adding {
    Project(AddedProject),
    Subproject(AddedSubproject),
    Cost(AddedCost),
    Indicator(AddedIndicator),
    Department(AddedDepartment),
}

/// 加一个项目 · Add a project: a file with comments that say what to write where
#[derive(Debug, Args)]
pub struct AddedProject {
    /// 编号 · Its id
    #[arg(value_parser = crate::cli::start::id)]
    pub id: Id,
    /// 名称 · Its name
    #[arg(long)]
    pub name: String,
    /// 英文名称 · The same in English
    #[arg(long)]
    pub name_en: Option<String>,
    /// 金额，先作为一项费用；不写则为示例费用 · Its amount, as one cost to begin with; default: example costs
    #[arg(long, value_parser = crate::cli::start::amount)]
    pub amount: Option<Money>,
}

/// 加部门整体绩效目标 · Add the targets of the department as a whole: department.toml with comments that say what to write
#[derive(Debug, Args)]
pub struct AddedDepartment {
    /// 部门整体用的表样 · Its form
    #[arg(long, value_name = "ID")]
    pub form: String,
}

/// 加一个子项目 · Add a sub-project
#[derive(Debug, Args)]
pub struct AddedSubproject {
    /// 项目的编号 · Id of the project
    pub project: String,
    /// 编号 · Its id
    #[arg(long)]
    pub id: String,
    /// 名称 · Its name
    #[arg(long)]
    pub name: String,
    /// 英文名称 · The same in English
    #[arg(long)]
    pub name_en: Option<String>,
    /// 金额 · Its sum, such as 3万元
    #[arg(long)]
    pub amount: String,
}

/// 加一项费用 · Add a cost
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("sum").required(true).args(["amount", "price", "percent"])))]
pub struct AddedCost {
    /// 项目的编号，或“项目/子项目” · Id of the project, or PROJECT/SUBPROJECT
    pub to: String,
    /// 编号，文字或占比要引用时才写 · Its id, where a text or a share names it
    #[arg(long)]
    pub id: Option<String>,
    /// 名称 · Its name
    #[arg(long)]
    pub name: String,
    /// 英文名称 · The same in English
    #[arg(long)]
    pub name_en: Option<String>,
    /// 金额 · Its amount, such as 3万元
    #[arg(long)]
    pub amount: Option<String>,
    /// 数量 · Quantity
    #[arg(long, requires = "price")]
    pub quantity: Option<String>,
    /// 数量的单位 · Unit of the quantity
    #[arg(long, requires = "price")]
    pub unit: Option<String>,
    /// 单价 · Price
    #[arg(long, requires = "quantity")]
    pub price: Option<String>,
    /// 按百分之几计取 · Percent of another cost or sub-project
    #[arg(long, requires = "of")]
    pub percent: Option<String>,
    /// 计取的基数 · Id of what it is a share of
    #[arg(long, requires = "percent")]
    pub of: Option<String>,
}

/// 加一个指标 · Add an indicator
#[derive(Debug, Args)]
pub struct AddedIndicator {
    /// 项目的编号 · Id of the project
    pub project: String,
    /// 二级指标 · Its kind
    #[arg(long)]
    pub kind: String,
    /// 名称 · Its name
    #[arg(long)]
    pub name: String,
    /// 英文名称 · The same in English
    #[arg(long)]
    pub name_en: Option<String>,
    /// 指标值 · Its target
    #[arg(long)]
    pub target: String,
}

/// 由今年的申报生成下一年的 · Make next year's declaration out of this year's
///
/// 写出一个新文件夹，原有的不动。周期、分年度金额和文字里的年份顺延一年，结转资金清零。还需要人工核对的地方列在标准输出。
///
/// Writes a new folder; the old one stays. Periods, amounts by year and the years of texts move with the declaration,
/// carried-over funds are set to nothing. What a person must still look at is listed on stdout.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao rollover data/songjiang-2024\n  shenbao rollover data/songjiang-2024 --clear-amounts --out songjiang-2025"
)]
pub struct Rollover {
    /// 申报文件夹，不写则为当前文件夹 · Declaration folder; default: this one
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// 新的年度 · The new year; default: the next
    #[arg(long)]
    pub year: Option<i16>,
    /// 金额和单价清零，重新填写 · Set amounts and prices to nothing, to be filled in
    #[arg(long)]
    pub clear_amounts: bool,
    /// 新文件夹 · The new folder; default: the old one's name with the new year
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// 开始绩效自评 · Begin the self-evaluation
///
/// 在 results/ 给每个项目写一个自评文件，已知的金额和指标值已填好，其余照注释填写；已有的文件不动。自评表样写入 declaration.toml。
///
/// Writes a file of results for each project into results/, with the amounts and targets that are known; its comments say
/// what to fill in. Files that are there stay as they are. The form is written into declaration.toml.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao evaluate data/songjiang-2024 --form evaluation-shanghai-2022\n  shenbao build data/songjiang-2024 --evaluation"
)]
pub struct Evaluate {
    /// 申报文件夹，不写则为当前文件夹 · Declaration folder; default: this one
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// 自评用的表样，不写则用 declaration.toml 里的 · The form; default: the one that declaration.toml names
    #[arg(long, value_name = "ID")]
    pub form: Option<String>,
}

/// 由 Word、Excel 或文本文件生成申报 · Make a declaration from Word, Excel or text files
///
/// 按标题和表中的标签识别各部分，写成 TOML 文件，并列出不一致、推定和未能归入的内容。文件夹已有申报的，只加入新的项目；已有的文件，加 --force 才替换。
///
/// Recognises headings and the labels of forms, and writes TOML files. What disagrees, what was concluded and what could
/// not be placed is listed on stdout. A folder with a declaration gets the projects that it does not have; files that exist
/// are replaced with --force only.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao import 2024年申报.docx songjiang-2025\n  shenbao import 说明.txt 指标.xlsx my-unit-2025 --form shanghai-2024 --dry-run"
)]
pub struct Import {
    /// 要读取的文件 · Files to read: .docx, .xlsx, .xls, .et, .csv, text
    #[arg(value_name = "FILE", required = true, num_args = 1..)]
    pub files: Vec<PathBuf>,
    /// 申报文件夹 · The declaration's folder
    #[arg(value_name = "DIR", required = true)]
    pub folder: PathBuf,
    /// 表样，不写则按标签识别 · Form; default: told by its labels
    #[arg(long, value_name = "ID")]
    pub form: Option<String>,
    /// 预算年度，不写则取自文件 · Budget year; default: that of the files
    #[arg(long, value_parser = crate::cli::new::year)]
    pub year: Option<i16>,
    /// 文件日期，不写则为今天 · The document's date; default: today
    #[arg(long, value_parser = crate::cli::new::date)]
    pub date: Option<jiff::civil::Date>,
    /// 申报单位名称 · Name of the unit, in place of the one that is read
    #[arg(long, value_name = "NAME")]
    pub unit: Option<String>,
    /// 主管部门名称 · Name of its department, likewise
    #[arg(long, value_name = "NAME")]
    pub department: Option<String>,
    /// 替换已有的文件 · Replace files that exist
    #[arg(long)]
    pub force: bool,
    /// 不写文件，显示会写什么 · Write nothing and print what would be written
    #[arg(long)]
    pub dry_run: bool,
}
