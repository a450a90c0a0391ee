//! The arguments of the commands that write documents.

use std::path::PathBuf;

use clap::Args;

use super::{LangArg, OutputFormat};

/// 生成 PDF · Build the PDF
///
/// 写出 out/文件夹名.pdf；指定 --lang 时为 out/文件夹名.语言.pdf。只有写完整的文件才会替换旧文件。一次生成多份申报时，没有改动的不重新生成，
/// 其余同时进行，其中一份有错误不影响其他。按 Ctrl-C 中断后，再次运行同一命令即接着做。
///
/// Writes out/<folder name>.pdf, or with --lang out/<folder name>.<lang>.pdf. A file is replaced only by a complete one.
/// Of several declarations, those that have not changed since they were built are left as they are; the others are built
/// side by side, and one with errors does not stop the rest. After Ctrl-C the same command goes on where it stopped.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao build data/songjiang-2024\n  shenbao build data/songjiang-2024 --lang zh --out 申报.pdf --open
  shenbao build 各单位/ --out 各单位PDF/
  shenbao build 'units/*-2025' --jobs 4 --fail-fast
  shenbao build 各单位/ --report 检查报告.xlsx"
)]
pub struct Build {
    /// 申报文件夹，可用 * 和 ?，不写则为当前文件夹；本身不是的，取其下全部 · Declaration folders, also as patterns; one that is none: all below it; default: this one
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    /// 与这个文件夹或 git 版本对照，标出改动 · Mark what changed since this folder or git revision
    #[arg(long, value_name = "REV|DIR")]
    pub against: Option<String>,
    /// 完成后打开 · Open the file when it is done
    #[arg(long)]
    pub open: bool,
    /// 显示各步用时；写明文件，则记下每一步，可在浏览器中查看 · Tell how long each step took; to a file, a trace for a browser
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub timings: Option<Option<PathBuf>>,
    /// 没有改动的申报也重新生成 · Of several declarations, build those too that have not changed
    #[arg(long)]
    pub force: bool,
    /// 同时生成几份，不写则与处理器核数相同 · How many declarations are built at a time; default: one a core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// 有一份不成，就不再开始别的 · Begin no further declaration after one that fails
    #[arg(long)]
    pub fail_fast: bool,
    /// 另写一份报告，一行一个单位，按结尾为 .xlsx、.html、.md 或 .csv · Also write a report with a row a unit: .xlsx, .html, .md or .csv
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// 把许多单位的申报装订成一册 · Bind the declarations of many units into one volume
///
/// 一个 PDF：封面、带页码的目录、汇总表（各单位、资金来源、项目类别、项目清单），然后是各单位的申报，每个单位另起一页，页码连续，页眉是单位名称。
/// 有一份没有通过检查，就不生成。
///
/// One PDF: cover, contents with page numbers, tables (by unit, by source of funds, by category, all projects), then each
/// unit on a page of its own, with page numbers through the volume and the unit's name above each page. Nothing is written
/// unless every declaration passes.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao book 各单位/ --out 汇编.pdf\n  shenbao book 'units/*-2026' --overview department-2026 --title 2026年绩效目标汇编"
)]
pub struct Book {
    /// 申报文件夹，可用 * 和 ?，按此次序；本身不是的，取其下全部 · Declaration folders in this order, also as patterns; one that is none: all below it
    pub folders: Vec<PathBuf>,
    /// 封面的题名，不写则用主管部门和年度 · Title on the cover; default: department and year
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// 主管部门的申报文件夹，其申报的总数与本册合计对照 · Folder of the department, whose stated sums are compared with those of the volume
    #[arg(long, value_name = "DIR")]
    pub overview: Option<PathBuf>,
    /// 汇总表另写成工作簿（.xlsx），以万元计 · The tables as a workbook besides, in CNY 10,000
    #[arg(long, value_name = "FILE")]
    pub tables: Option<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What is written, and where.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// 只印一种语言，不写则印申报所列的 · Print one language; default: those that the declaration lists
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// 输出文件或文件夹，不写则为 out/ · File or folder to write; default: out/
    #[arg(long, value_name = "FILE|DIR")]
    pub out: Option<PathBuf>,
    /// 输出格式 · Output; png and svg write one file a page
    #[arg(long, value_enum, default_value_t = OutputFormat::Pdf)]
    pub format: OutputFormat,
    /// 不检查，生成每页标明“草稿”的文件 · Leave the rules out, and mark each page as a draft
    #[arg(long)]
    pub no_check: bool,
    /// 印绩效自评表，不印申报 · Print the self-evaluation instead of the declaration
    #[arg(long)]
    pub evaluation: bool,
    /// 印部门整体绩效目标，不印各项目的申报 · Print the targets of the department as a whole instead
    #[arg(long, conflicts_with = "evaluation")]
    pub department: bool,
    /// 公开用的文件，不印负责人、联络员和电话 · For publication: leave persons and their telephones out
    #[arg(long)]
    pub public: bool,
    #[command(flatten)]
    pub fonts: FontArgs,
}

impl OutputArgs {
    /// Which document is printed.
    pub fn printed(&self) -> Printed {
        Printed::of(self.evaluation, self.department)
    }
}

/// Which document of a declaration is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// The declaration of its projects.
    Declaration,
    /// Their self-evaluation.
    Evaluation,
    /// The department as a whole.
    Department,
}

impl Printed {
    /// By the switches, of which at most one is given.
    pub fn of(evaluation: bool, department: bool) -> Printed {
        match (evaluation, department) {
            (true, _) => Printed::Evaluation,
            (_, true) => Printed::Department,
            _ => Printed::Declaration,
        }
    }
}

/// Where fonts are looked for.
#[derive(Debug, Clone, Args)]
pub struct FontArgs {
    /// 另外查找字体的文件夹 · Look for fonts here too; may be repeated
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// 不用系统字体 · Leave the system's fonts out
    #[arg(long)]
    pub ignore_system_fonts: bool,
}
