//! The arguments of the commands that stay and watch.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{FontArgs, LangArg, OutputArgs};

/// 保存后随即重新生成 · Build again whenever a file is saved
///
/// 先把各份申报生成一遍，此后其文件、模板或字体一有改动就重新生成。出错时保留上一次的文件，并显示错误。
///
/// Builds each declaration at first, and again when one of its files, templates or fonts changes. With a mistake the last
/// good file stays, and the mistake is shown.
#[derive(Debug, Args)]
#[command(after_help = "例 · Example:\n  shenbao watch data/songjiang-2024\n  shenbao watch 各单位/ --poll")]
pub struct Watch {
    /// 申报文件夹，不写则为当前文件夹或其下全部 · Declaration folders; default: this one, or all below it
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub polling: Polling,
}

/// 在浏览器里预览，保存即更新 · Preview in the browser, following every save
///
/// 显示与打印结果一致的页面、各级合计和检查结果。点击数字或段落，可看到它在哪个文件的哪一行。页面只有本机可以打开，也不访问其他地址。
///
/// Shows the pages as they will print, the totals and what `check` finds. A click on a figure or a paragraph tells its file
/// and line. Only this machine can open the page, and it asks for no address elsewhere.
#[derive(Debug, Args)]
#[command(
    after_help = "例 · Example:\n  shenbao preview data/songjiang-2024\n  shenbao preview --no-open --port 8080"
)]
pub struct Preview {
    /// 申报文件夹，不写则为当前文件夹；下有多份申报的，先列出 · Declaration folder; default: this one; several below it are listed
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// 只印一种语言，不写则印申报所列的 · Print one language; default: those that the declaration lists
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// 端口，0 为任一空闲的 · Port, 0 for any that is free; default: 3210, or one that is free
    #[arg(long)]
    pub port: Option<u16>,
    /// 不打开浏览器，只显示地址 · Show the address, and open no browser
    #[arg(long)]
    pub no_open: bool,
    /// 可以在页面上改：写进 TOML 文件 · Edit on the page; changes are written to the TOML files
    #[arg(long)]
    pub edit: bool,
    /// 看绩效自评表，不看申报 · Show the self-evaluation instead of the declaration
    #[arg(long)]
    pub evaluation: bool,
    /// 看部门整体绩效目标，不看各项目的申报 · Show the targets of the department as a whole instead
    #[arg(long, conflicts_with = "evaluation")]
    pub department: bool,
    /// 每页标明“草稿” · Mark each page as a draft
    #[arg(long)]
    pub no_check: bool,
    #[command(flatten)]
    pub polling: Polling,
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// How changes are noticed.
#[derive(Debug, Clone, Args)]
pub struct Polling {
    /// 每隔多少毫秒看一次文件，供网络驱动器用 · Look for changes every so many ms, as network drives need it
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "1000",
        value_parser = clap::value_parser!(u64).range(50..=600_000))]
    poll: Option<u64>,
}

impl Polling {
    /// How often to look, where the system is not asked to tell.
    pub fn interval(&self) -> Option<Duration> {
        self.poll.map(Duration::from_millis)
    }
}
