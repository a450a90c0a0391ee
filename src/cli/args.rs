//! The command line. Knows nothing of the rest of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// 用 TOML 写绩效目标申报，生成正式 PDF，金额全部由程序计算
///
/// Writes the official PDF of a performance-target declaration from TOML, with every amount computed.
#[derive(Debug, Parser)]
#[command(name = "shenbao", version, propagate_version = true, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// 提示信息的语言 · Language of messages; default: that of the system
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub ui: Option<LangArg>,
    /// 问题的输出格式 · Format of findings
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// 颜色 · Colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[cfg(feature = "render")]
    Build(Build),
    Check(Check),
    Explain(Explain),
    New(New),
    Add(Add),
    Rollover(Rollover),
    Totals(Totals),
    #[cfg(feature = "render")]
    Fonts(Fonts),
}

/// 生成 PDF · Build the PDF
///
/// Writes out/<folder name>.pdf, or with --lang out/<folder name>.<lang>.pdf. A file is replaced only by a complete one.
#[cfg(feature = "render")]
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao build data/songjiang-2024\n  shenbao build data/songjiang-2024 --lang zh --out 申报.pdf --open"
)]
pub struct Build {
    /// 申报文件夹 · Declaration folders; default: this one, or all below it
    pub folders: Vec<PathBuf>,
    /// 只印一种语言 · Print one language; default: those that the declaration lists
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// 输出文件或文件夹 · File or folder to write; default: out/
    #[arg(long, value_name = "FILE|DIR")]
    pub out: Option<PathBuf>,
    /// 输出格式 · Output; png and svg write one file a page
    #[arg(long, value_enum, default_value_t = OutputFormat::Pdf)]
    pub format: OutputFormat,
    /// 不检查，生成每页标明“草稿”的文件 · Leave the rules out, and mark each page as a draft
    #[arg(long)]
    pub no_check: bool,
    /// 完成后打开 · Open the file when it is done
    #[arg(long)]
    pub open: bool,
    /// 显示各步用时 · Tell how long each step took
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// 检查申报，找出审核时会被退回的问题 · Find what a reviewer would send back
///
/// Tells all findings of all files in one run, on stdout. Ends with 1 when there are errors, with --deny warnings also
/// when there are warnings. What is meant as it stands can be accepted in declaration.toml, with a reason.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao check data/songjiang-2024\n  shenbao check --deny warnings --skip SB336,SB421\n  shenbao check --format sarif > shenbao.sarif"
)]
pub struct Check {
    /// 申报文件夹 · Declaration folders; default: this one, or all below it
    pub folders: Vec<PathBuf>,
    /// 问题的输出格式，同 --message-format · Format of findings, the same as --message-format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<MessageFormat>,
    /// 有这类问题也算不通过 · Fail on these too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// 只看这些编号，读取文件的错误除外 · Tell only these codes, and errors of reading; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', num_args = 1)]
    pub only: Vec<String>,
    /// 不看这些编号，读取文件的错误除外 · Leave these codes out, but no errors of reading; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', num_args = 1)]
    pub skip: Vec<String>,
    /// 改正可以机械改正的问题，注释和排版不动 · Mend what can be mended mechanically; comments and layout stay
    #[arg(long)]
    pub fix: bool,
    /// 只显示会怎样改，不写文件 · With --fix: print the patch and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

/// 说明一个编号的含义，不写编号则列出全部 · Tell what a code means, or list all
#[derive(Debug, Args)]
#[command(after_help = "例 · Example:\n  shenbao explain SB310\n  shenbao explain --ui zh")]
pub struct Explain {
    /// 编号 · Code, such as SB310
    pub code: Option<String>,
}

/// 新建一份申报 · Begin a declaration
///
/// Writes a folder that builds at once and whose comments, in the language of --ui, say what to write where. In a
/// terminal it asks for the names that are not given.
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
    /// 预算年度 · Budget year; default: the next
    #[arg(long, value_parser = super::new::year)]
    pub year: Option<i16>,
    /// 文件日期 · The document's date; default: today
    #[arg(long, value_parser = super::new::date)]
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
    /// 第一个项目的代号 · Id of the first project
    #[arg(long, default_value = "first")]
    pub id: String,
}

/// 加一个项目、子项目、费用或指标 · Add a project, sub-project, cost or indicator
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
}

/// 加一个项目 · Add a project: a file with comments that say what to write where
#[derive(Debug, Args)]
pub struct AddedProject {
    /// 代号 · Its id
    pub id: String,
    /// 名称 · Its name
    #[arg(long)]
    pub name: String,
    /// 英文名称 · The same in English
    #[arg(long)]
    pub name_en: Option<String>,
}

/// 加一个子项目 · Add a sub-project
#[derive(Debug, Args)]
pub struct AddedSubproject {
    /// 项目的代号 · Id of the project
    pub project: String,
    /// 代号 · Its id
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
    /// 项目的代号，或“项目/子项目” · Id of the project, or PROJECT/SUBPROJECT
    pub to: String,
    /// 代号，文字或占比要引用时才写 · Its id, where a text or a share names it
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
    /// 项目的代号 · Id of the project
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
/// Writes a new folder; the old one stays. Periods, amounts by year and the years of texts move with the declaration,
/// carried-over funds are set to nothing. What a person must still look at is listed on stdout.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao rollover data/songjiang-2024\n  shenbao rollover data/songjiang-2024 --clear-amounts --out songjiang-2025"
)]
pub struct Rollover {
    /// 申报文件夹 · Declaration folder; default: this one
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

/// 查看各级合计 · Show every total
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao totals data/songjiang-2024 --explain\n  shenbao totals --format json | jq .total.amount"
)]
pub struct Totals {
    /// 申报文件夹 · Declaration folder; default: this one
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// 说明每个金额怎样算出 · Tell how each amount came about
    #[arg(long)]
    pub explain: bool,
    /// 输出格式 · Output
    #[arg(long, value_enum, default_value_t = TotalsFormat::Text)]
    pub format: TotalsFormat,
}

/// 查看各处使用的字体 · Show which font serves what
#[cfg(feature = "render")]
#[derive(Debug, Args)]
#[command(after_help = "例 · Example:\n  shenbao fonts data/songjiang-2024 --font-path ~/fonts")]
pub struct Fonts {
    /// 申报文件夹 · Declaration folder; default: this one, else the form shanghai-2024
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// Where fonts are looked for.
#[cfg(feature = "render")]
#[derive(Debug, Clone, Args)]
pub struct FontArgs {
    /// 另外查找字体的文件夹 · Look for fonts here too; may be repeated
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// 不用系统字体 · Leave the system's fonts out
    #[arg(long)]
    pub ignore_system_fonts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// 带出处的原文 · with the lines they come from
    Human,
    /// 每条一行 · one line each
    Short,
    /// JSON
    Json,
    /// GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// 警告 · warnings
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// 在终端里用 · in a terminal
    Auto,
    /// 总是 · always
    Always,
    /// 从不 · never
    Never,
}

#[cfg(feature = "render")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// PDF/A-2a, PDF/UA-1
    Pdf,
    /// 每页一张图片 · a picture a page
    Png,
    /// 每页一张矢量图 · a drawing a page
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TotalsFormat {
    /// 表格 · a table
    Text,
    /// JSON
    Json,
}
