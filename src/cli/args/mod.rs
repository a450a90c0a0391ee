//! The command line. Knows nothing of the rest of the program.

#[cfg(feature = "render")]
mod build;
mod edit;
mod export;
#[cfg(feature = "render")]
mod live;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

#[cfg(feature = "render")]
pub use build::*;
pub use edit::*;
pub use export::*;
#[cfg(feature = "render")]
pub use live::*;

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
    /// 提示信息的语言，不写则随系统 · Language of messages; default: that of the system
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub ui: Option<LangArg>,
    /// 问题的输出格式 · Format of findings
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// 只说出了什么问题，不说做了什么 · Say only what is wrong, not what was done
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// 颜色 · Colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[cfg(feature = "render")]
    Build(Build),
    #[cfg(feature = "render")]
    Watch(Watch),
    #[cfg(feature = "render")]
    Preview(Preview),
    #[cfg(feature = "render")]
    Book(Book),
    Check(Check),
    Diff(Diff),
    Explain(Explain),
    New(New),
    Add(Add),
    Rollover(Rollover),
    Evaluate(Evaluate),
    Export(Export),
    Import(Import),
    Fmt(Fmt),
    Totals(Totals),
    #[cfg(feature = "render")]
    Fonts(Fonts),
    Schema(Schema),
    Completions(Completions),
    #[command(hide = true)]
    Man(Man),
}

/// 检查申报，找出审核时会被退回的问题 · Find what a reviewer would send back
///
/// 一次列出各文件的全部问题，写到标准输出。有错误时以 1 结束，加 --deny warnings 则有警告也以 1 结束。确认无须改动的，可在 declaration.toml
/// 里写明理由，予以接受。
///
/// Reports all findings of all files in one run, on stdout. Ends with 1 when there are errors, with --deny warnings also
/// when there are warnings. What is meant as it stands can be accepted in declaration.toml, with a reason.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao check data/songjiang-2024\n  shenbao check --deny warnings --skip SB336,SB421\n  shenbao check --format sarif > shenbao.sarif\n  shenbao check 各单位/ --report 检查报告.xlsx --each-report html"
)]
pub struct Check {
    /// 申报文件夹，不写则为当前文件夹或其下全部 · Declaration folders; default: this one, or all below it
    pub folders: Vec<PathBuf>,
    /// 问题的输出格式，同 --message-format · Format of findings, the same as --message-format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<MessageFormat>,
    /// 有这类问题也算不通过 · Fail on these too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// 另写一份报告，一行一个单位，按结尾为 .xlsx、.html、.md 或 .csv · Also write a report with a row a unit: .xlsx, .html, .md or .csv
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// 在每份申报的文件夹旁各写一份问题清单 · Write the findings of each declaration into a file beside its folder
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub each_report: Option<ReportFormat>,
    /// 只看这些编号，读取文件的错误除外 · Tell only these codes, and errors of reading; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', num_args = 1)]
    pub only: Vec<String>,
    /// 不看这些编号，读取文件的错误除外 · Leave these codes out, but no errors of reading; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', num_args = 1)]
    pub skip: Vec<String>,
    /// 自动改正不改变原意的问题，注释和排版不动 · Apply the safe fixes; comments and layout stay
    #[arg(long)]
    pub fix: bool,
    /// 连同建议的改法一并改正，改后请核对 · With --fix: apply suggested fixes too; review the result
    #[arg(long, requires = "fix")]
    pub suggested: bool,
    /// 只显示补丁，不写文件 · With --fix: print the patch and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

/// 比较两个版本，看改动对金额、指标和文字的影响 · Tell what a change does to money, indicators and texts
///
/// 比较两个文件夹，或 git 里的两个版本；不指定时，比较当前文件与最近一次提交。按内容对应，移动和改名如实列出。有一个版本读不出来时以 1 结束。
///
/// Compares two folders, or two versions in git: by default the files as they are with the last commit. Things are matched
/// by what they are, so that moves and renames are reported as such. Ends with 1 when a version has errors.
#[derive(Debug, Args)]
#[command(after_help = "例 · Example:
  shenbao diff
  shenbao diff HEAD~3..HEAD data/songjiang-2024
  shenbao diff origin/main...HEAD --format markdown
  shenbao diff songjiang-2024 songjiang-2025")]
pub struct Diff {
    /// 两个文件夹，或 git 版本（REV、REV..REV、REV...REV）和文件夹 · Two folders; or a git revision or range, and a folder
    #[arg(value_name = "OLD NEW | [REV] [FOLDER]", num_args = 0..=2)]
    pub what: Vec<PathBuf>,
    /// 输出格式 · Output
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// 有差别时以 1 结束 · End with 1 when there are differences
    #[arg(long)]
    pub exit_code: bool,
}

/// 把文件整理成统一的写法，内容不变 · Put files into their one shape; what they say stays
///
/// 键和表按规定的次序排列，等号对齐，一句一行；注释跟着所注的内容走。有未知的键或语法错误的文件不改动。写 - 时从标准输入读取，写到标准输出。
///
/// Keys and tables in the order of the format, `=` aligned, one sentence a line; remarks stay with what they stand at. A
/// file with an unknown key or an error of syntax is left as it is. With - the text comes from stdin and goes to stdout.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao fmt data/songjiang-2024\n  shenbao fmt --check\n  shenbao fmt - < projects/1-portal.toml"
)]
pub struct Fmt {
    /// 申报文件夹或文件，- 为标准输入 · Folders, files, or - for stdin; default: this folder, or all below it
    #[arg(value_name = "FOLDER|FILE|-")]
    pub paths: Vec<PathBuf>,
    /// 不写文件，列出要改的，有则以 1 结束 · Write nothing, list the files that would change, and end with 1 if any
    #[arg(long)]
    pub check: bool,
    /// 不写文件，显示会怎样改 · Write nothing and print the patch
    #[arg(long)]
    pub diff: bool,
    /// 标准输入是项目文件；不写则看有哪些键 · What comes from stdin is a project; default: told by its keys
    #[arg(long)]
    pub project: bool,
}

/// 说明一个编号的含义，不写编号则列出全部 · Tell what a code means, or list all
#[derive(Debug, Args)]
#[command(after_help = "例 · Example:\n  shenbao explain SB310\n  shenbao explain --ui zh")]
pub struct Explain {
    /// 编号 · Code, such as SB310
    pub code: Option<String>,
}

/// 查看各级合计 · Show every total
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao totals data/songjiang-2024 --explain\n  shenbao totals --format json | jq .total.amount\n  shenbao totals 各单位/"
)]
pub struct Totals {
    /// 申报文件夹，不写则为当前文件夹或其下全部 · Declaration folders; default: this one, or all below it
    pub folders: Vec<PathBuf>,
    /// 说明每个金额怎样算出 · Tell how each amount came about
    #[arg(long)]
    pub explain: bool,
    /// 列出正文可用的 {{…}} 及其当前值 · List every {{…}} that texts may use, with its present value
    #[arg(long, conflicts_with = "explain")]
    pub values: bool,
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

/// 输出 JSON Schema，供编辑器补全和检查 · Print the JSON Schema that editors complete and check by
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao schema declaration > declaration.schema.json\n  shenbao schema project units/park-2025 > project.schema.json"
)]
pub struct Schema {
    /// 哪一种文件 · Which kind of file
    #[arg(value_enum)]
    pub file: SchemaFile,
    /// 申报文件夹，自有表样的内容也写入 · Declaration folder, whose own forms are in the schema too; default: this one
    pub folder: Option<PathBuf>,
}

/// 输出命令行补全脚本 · Print the script that completes the command line in a shell
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao completions bash > ~/.local/share/bash-completion/completions/shenbao\n  shenbao completions fish > ~/.config/fish/completions/shenbao.fish"
)]
pub struct Completions {
    /// 命令行解释器 · Shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// 写出手册页 · Write the man pages
#[derive(Debug, Args)]
pub struct Man {
    /// 写到哪个文件夹 · Folder to write to
    pub dir: PathBuf,
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
pub enum ReportFormat {
    /// Excel 工作簿 · workbook
    Xlsx,
    /// 网页，一个文件 · a page in one file
    Html,
    /// Markdown
    Md,
    /// Without the findings, which the report of one declaration is all about.
    #[value(skip)]
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// 警告 · warnings
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaFile {
    /// declaration.toml
    Declaration,
    /// projects/N-id.toml
    Project,
    /// results/N-id.toml
    Result,
    /// department.toml
    Department,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// 供人阅读 · for people
    Human,
    /// 供合并请求的评论 · for a comment on a pull request
    Markdown,
    /// JSON
    Json,
}
