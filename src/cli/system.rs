//! What the system says of a file, in the user's language, and what to do about it; where the program keeps its own.

use std::env;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use shenbao::lang::{Words, say};

/// Why the system refused something, without numbers and names that only programmers know.
pub fn reason(error: &io::Error) -> Words {
    match error.kind() {
        _ if is_in_use(error) => say!("文件正被别的程序占用", "another program is using the file"),
        ErrorKind::NotFound => say!("文件或文件夹不存在", "the file or folder does not exist"),
        ErrorKind::PermissionDenied => say!("没有权限", "permission denied"),
        ErrorKind::AlreadyExists => {
            say!("已经存在同名的文件或文件夹", "a file or folder of that name exists")
        }
        ErrorKind::NotADirectory => {
            say!("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder")
        }
        ErrorKind::IsADirectory => say!("这是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::DirectoryNotEmpty => say!("文件夹不是空的", "the folder is not empty"),
        ErrorKind::ReadOnlyFilesystem => say!("磁盘是只读的", "the disk is read-only"),
        ErrorKind::StorageFull => say!("磁盘已满", "the disk is full"),
        ErrorKind::QuotaExceeded => say!("磁盘配额已用完", "the disk quota is used up"),
        ErrorKind::FileTooLarge => say!("文件超过允许的大小", "the file is larger than is allowed"),
        ErrorKind::InvalidFilename if cfg!(windows) => {
            say!(
                "名称太长，含有 < > : \" | ? * 或以句点、空格结尾，或者是系统保留的名称（如 con、nul）",
                "the name is too long, has < > : \" | ? *, ends in a point or space, or is one that Windows keeps for itself, such as con or nul"
            )
        }
        ErrorKind::InvalidFilename => {
            say!(
                "文件名太长，或有不允许的字符",
                "the name is too long, or has characters that are not allowed"
            )
        }
        ErrorKind::TimedOut => say!("等待超时", "it took too long"),
        ErrorKind::OutOfMemory => say!("内存不足", "out of memory"),
        ErrorKind::BrokenPipe => {
            say!("接收输出的程序已经结束", "the program that takes the output has ended")
        }
        ErrorKind::UnexpectedEof => say!("文件不完整", "the file is incomplete"),
        _ => other(error),
    }
}

/// What to do about a file that another program has open.
pub fn in_use(error: &io::Error) -> Option<Words> {
    is_in_use(error).then(|| {
        say!(
            "在打开它的程序（如 PDF 阅读器、Excel）里关闭，再运行一次",
            "close it in the program that has it open (a PDF reader, Excel), then run the command again"
        )
    })
}

/// Whether another program keeps a file to itself; Windows has numbers for it.
fn is_in_use(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy)
        || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

/// What to do when a file was not written for this reason; it is as it was.
pub fn remedy(error: &io::Error) -> Words {
    if let Some(words) = in_use(error) {
        return words;
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => say!(
            "原有文件未改动；腾出空间后再运行本命令",
            "the files are as they were; free some space and run the command again"
        ),
        ErrorKind::PermissionDenied => say!(
            "原有文件未改动；请检查文件和文件夹的写入权限，或换一个位置",
            "the files are as they were; check the permissions of the file and its folder, or choose another place"
        ),
        ErrorKind::ReadOnlyFilesystem => say!(
            "请把文件夹复制到可写的磁盘，再运行本命令",
            "copy the folder to a disk that can be written to, and run the command there"
        ),
        ErrorKind::AlreadyExists | ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => {
            say!("请先把它移走或改名，再运行本命令", "move it away or rename it, and run the command again")
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => {
            say!("请检查路径的写法", "check the path")
        }
        _ => say!(
            "原有文件未改动；请检查磁盘，再运行本命令",
            "the files are as they were; check the disk and run the command again"
        ),
    }
}

/// Where the program keeps what it can find out again. Without a home it keeps nothing: to look one up in the system's list
/// of users, a program with a C library of its own would load parts of another, and may crash.
pub fn cache_folder() -> Option<PathBuf> {
    let homeless = cfg!(unix) && env::var_os("HOME").is_none_or(|home| home.is_empty());
    if homeless { None } else { dirs::cache_dir().map(|cache| cache.join("shenbao")) }
}

/// What has no kind of its own: links in a circle, too many open files; else the system's own words.
fn other(error: &io::Error) -> Words {
    match error.raw_os_error() {
        Some(40) if cfg!(target_os = "linux") => {
            say!("链接互相指向，成了循环", "its links lead in a circle")
        }
        Some(23 | 24) if cfg!(unix) => say!("打开的文件太多", "too many files are open"),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error ").next().unwrap_or(&text).to_lowercase();
            say!("系统报告：{text}", "the system says: {text}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_system_is_shown() {
        for number in 1..=133 {
            let Words { zh, en } = reason(&io::Error::from_raw_os_error(number));
            assert!(!zh.contains("os error") && !en.contains("os error"), "{number}: {zh}, {en}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_happens_to_files_is_worded_in_both_languages() {
        let cases = [
            (2, "文件或文件夹不存在", "the file or folder does not exist"),
            (13, "没有权限", "permission denied"),
            (20, "路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
            (21, "这是文件夹，不是文件", "it is a folder, not a file"),
            (24, "打开的文件太多", "too many files are open"),
            (28, "磁盘已满", "the disk is full"),
            (30, "磁盘是只读的", "the disk is read-only"),
            (
                36,
                "文件名太长，或有不允许的字符",
                "the name is too long, or has characters that are not allowed",
            ),
            (40, "链接互相指向，成了循环", "its links lead in a circle"),
        ];
        for (number, zh, en) in cases {
            let words = reason(&io::Error::from_raw_os_error(number));
            assert_eq!(words, Words { zh: zh.to_owned(), en: en.to_owned() });
        }
    }
}
