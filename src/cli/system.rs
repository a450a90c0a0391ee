//! What the system says of a file, in the user's language.

use std::io::{self, ErrorKind};

use shenbao::lang::{Words, say};

/// Why the system refused something, without numbers and names that only programmers know.
pub fn reason(error: &io::Error) -> Words {
    match error.kind() {
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
        ErrorKind::FileTooLarge => say!("文件太大", "the file is too large"),
        ErrorKind::InvalidFilename => {
            say!(
                "文件名太长，或有不允许的字符",
                "the name is too long, or has characters that are not allowed"
            )
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            say!("文件正被别的程序占用", "another program is using the file")
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

/// What has no kind of its own: Windows' locks, links in a circle, too many open files; else the system's own words.
fn other(error: &io::Error) -> Words {
    match error.raw_os_error() {
        Some(32 | 33) if cfg!(windows) => {
            say!("文件正被别的程序占用", "another program is using the file")
        }
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
