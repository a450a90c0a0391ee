//! The arguments of `shenbao export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::LangArg;

/// 导出表格、表样工作簿和填报工作簿 · Export tables, forms as workbooks, and workbooks to fill in
///
/// 不写 --table 时，指标、项目汇总、费用明细和资金来源各占一张工作表。几份申报合成一套表；--table forms 则每份申报一个工作簿，
/// 每个项目一张表样，合计是公式。有错误的申报不导出，改正后再运行。
///
/// Without --table: indicators, projects, costs and funding, a sheet each. Several declarations make one set of tables;
/// --table forms makes a workbook for each declaration, with a form a project, whose totals are formulas. Nothing is
/// exported of declarations with errors.
#[derive(Debug, Args)]
#[command(after_help = "例 · Example:\n  shenbao export data/songjiang-2024
  shenbao export 各单位/ --table projects --money 万元 --out 汇总.xlsx
  shenbao export data/songjiang-2024 --table indicators --format csv
  shenbao export data/songjiang-2024 --table forms
  shenbao export data/songjiang-2024 --workbook")]
pub struct Export {
    /// 申报文件夹，可用 * 和 ?，不写则为当前文件夹或其下全部 · Declaration folders, also as patterns; default: this one, or all below it
    pub folders: Vec<PathBuf>,
    /// 导出哪些表，以逗号分隔 · Which tables, separated by commas; default: all but the forms
    #[arg(long, value_enum, value_delimiter = ',', value_name = "TABLE")]
    pub table: Vec<ExportTable>,
    /// 导出供填写的工作簿，每份申报一个 · A workbook to fill in for each declaration
    #[arg(long, conflicts_with_all = ["table", "format", "money", "evaluation", "public"])]
    pub workbook: bool,
    /// 输出文件或文件夹，- 为标准输出，不写则为 out/ · File or folder to write, - for stdout; default: out/
    #[arg(long, value_name = "FILE|DIR")]
    pub out: Option<PathBuf>,
    /// 输出格式，不写则看文件名结尾 · Output; default: by the ending of the file, else xlsx
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// 金额的单位，表样除外 · Unit of amounts, but not of forms
    #[arg(long, value_enum, default_value_t = MoneyUnit::Yuan)]
    pub money: MoneyUnit,
    /// 只用一种语言，不写则为申报所列的第一种，表样则为全部 · One language; default: the declaration's first, on forms all
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// 表样用绩效自评表，不用申报表 · Forms of the self-evaluation instead of the declaration
    #[arg(long)]
    pub evaluation: bool,
    /// 表样不写负责人、联络员和电话 · On forms, leave persons and their telephones out
    #[arg(long)]
    pub public: bool,
    /// 替换已有的填报工作簿 · Replace a workbook to fill in that exists
    #[arg(long, requires = "workbook")]
    pub force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportTable {
    /// 绩效指标，一行一个三级指标 · indicators, one a row
    Indicators,
    /// 项目汇总 · the summary of projects
    Projects,
    /// 费用明细 · costs
    Costs,
    /// 资金来源 · funds by source
    Funding,
    /// 表样，每个项目一张 · the form of each project
    Forms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Excel 工作簿 · workbook
    Xlsx,
    /// CSV，每张表一个文件 · CSV, a file a table
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MoneyUnit {
    /// 元 · CNY
    #[value(alias = "元")]
    Yuan,
    /// 万元 · CNY 10,000
    #[value(alias = "万元")]
    Wan,
}
