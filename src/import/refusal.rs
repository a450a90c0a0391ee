//! Why a file is not read.

use crate::lang::{Words, say};

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: Words,
    /// What to do about it.
    pub hint: Option<Words>,
}

/// A file that could run.
pub(super) fn macros() -> Refusal {
    Refusal {
        message: say!("文件含有宏，不读取", "it contains macros and is not read"),
        hint: Some(say!(
            "另存为不含宏的 .docx 或 .xlsx 后再导入",
            "save it as .docx or .xlsx without macros, and import that"
        )),
    }
}

/// A file that a password protects.
pub(super) fn protected() -> Refusal {
    Refusal {
        message: say!("文件有密码，不能读取", "it is protected by a password"),
        hint: Some(say!("取消密码后另存一份，再导入", "save a copy without the password, and import that")),
    }
}

/// The file is not whole, or not what it seems.
pub(super) fn damaged() -> Refusal {
    Refusal {
        message: say!("文件已损坏或不完整", "it is damaged or incomplete"),
        hint: Some(say!(
            "在 WPS 或 Office 中打开后另存一份，再导入",
            "open it in an office program, save a copy, and import that"
        )),
    }
}

/// What would take too much memory.
pub(super) fn too_large() -> Refusal {
    Refusal {
        message: say!(
            "展开后的内容过大，不读取：最多 100 MB、30 万个单元格、32 MB 文字",
            "its unpacked content is too large and is not read: at most 100 MB, 300,000 cells and 32 MB of text"
        ),
        hint: Some(say!(
            "只保留申报所需的表和文字，再导入",
            "keep the tables and texts of the declaration alone"
        )),
    }
}
