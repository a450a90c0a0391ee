//! What is said of fonts: that none serves, and that a file does not.

use super::index::Broken;
use super::reading::Defect;
use crate::diagnostic::{Diagnostic, code};
use crate::lang::{Words, say};
use crate::source::Shown;

/// The warning about a file that does not serve.
pub(super) fn broken(broken: &Broken) -> Diagnostic {
    Diagnostic::warning(code::BROKEN_FONT, words(broken))
}

/// One line that names the file, what is wrong with it and what to do.
fn words(broken: &Broken) -> Words {
    let path = broken.path.shown();
    match broken.defect {
        Defect::Unreadable => say!(
            "字体文件 {path} 无法读取，未使用；请检查文件权限",
            "font file {path} cannot be read and is not used; check its permissions"
        ),
        Defect::Empty => say!(
            "字体文件 {path} 已损坏（空文件），未使用；请重新复制",
            "font file {path} is damaged (it is empty) and is not used; copy it again"
        ),
        Defect::NoFont => say!(
            "{path} 不是字体文件，未使用；请换成 TTF、OTF、TTC 或 OTC 字体",
            "{path} is not a font file and is not used; replace it with a TTF, OTF, TTC or OTC font"
        ),
        Defect::Format => say!(
            "字体文件 {path} 的格式不受支持，未使用；请换成 TTF、OTF、TTC 或 OTC 格式",
            "font file {path} has an unsupported format and is not used; replace it with a TTF, OTF, TTC or OTC font"
        ),
        Defect::CutShort => say!(
            "字体文件 {path} 已损坏（文件不完整），未使用；请重新复制",
            "font file {path} is damaged (cut short) and is not used; copy it again"
        ),
        Defect::Damaged => say!(
            "字体文件 {path} 已损坏（字体表有误），未使用；请重新复制",
            "font file {path} is damaged (invalid font tables) and is not used; copy it again"
        ),
        Defect::NoOutlines => say!(
            "字体文件 {path} 没有轮廓字形，未使用；请换成轮廓字体",
            "font file {path} has no outlines and is not used; replace it with an outline font"
        ),
    }
}

/// The error when the file of a family cannot be loaded any more.
pub(super) fn gone(family: &str) -> Diagnostic {
    let words = say!(
        "字体 {family} 的文件刚才还在，现在无法读取",
        "the file of the font {family} was found, but cannot be read any more"
    );
    Diagnostic::error(code::BROKEN_FONT, words).help(say!(
        "如果正在安装或更新字体，请稍后再运行；否则请重新安装该字体",
        "if fonts are being installed, run this again later; otherwise install the font again"
    ))
}

/// The error when no font at all serves; what is broken may be why.
pub(super) fn no_font(broken: &[Broken]) -> Diagnostic {
    let finding = Diagnostic::error(code::NO_FONT, say!("未找到中文字体", "no Chinese font found"))
        .help(say!(
            "Debian、Ubuntu：sudo apt-get install fonts-noto-cjk",
            "Debian, Ubuntu: sudo apt-get install fonts-noto-cjk"
        ))
        .help(say!(
            "Fedora：sudo dnf install google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts",
            "Fedora: sudo dnf install google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts"
        ))
        .help(say!(
            "macOS：brew install --cask font-noto-serif-cjk-sc font-noto-sans-cjk-sc",
            "macOS: brew install --cask font-noto-serif-cjk-sc font-noto-sans-cjk-sc"
        ))
        .help(say!(
            "Windows：设置 → 应用 → 可选功能 → 简体中文补充字体",
            "Windows: Settings → Apps → Optional features → Chinese (Simplified) Supplemental Fonts"
        ))
        .help(say!(
            "或把字体文件放进申报文件夹的 fonts/，或用 --font-path 指定",
            "or put font files into fonts/ in the declaration's folder, or name a folder with --font-path"
        ));
    broken.iter().fold(finding, |finding, broken| finding.help(words(broken)))
}
