//! What the system refuses, in words.

use std::io;

use shenbao::lang::{Words, say};

/// Why the server does not start at the port that was asked for.
pub fn cannot_start(error: &io::Error, port: Option<u16>) -> Words {
    let number = error
        .raw_os_error()
        .map_or(say!("", ""), |number| say!("（系统错误 {number}）", " (system error {number})"));
    let Some(port) = port else {
        let Words { zh, en } = number;
        return say!(
            "无法开始预览：系统不允许在本机（127.0.0.1）提供网页{zh}",
            "the preview cannot start: the system does not allow serving pages at 127.0.0.1{en}"
        );
    };
    let Words { zh, en } = match error.kind() {
        io::ErrorKind::AddrInUse => {
            say!("端口 {port} 已被其他程序占用", "port {port} is in use by another program")
        }
        io::ErrorKind::PermissionDenied if port < 1024 => say!(
            "使用端口 {port} 需要管理员权限（1024 以下的端口都是如此）",
            "port {port} requires administrator rights, as every port below 1024"
        ),
        io::ErrorKind::PermissionDenied => {
            say!("没有使用端口 {port} 的权限", "using port {port} is not permitted")
        }
        _ => {
            let Words { zh, en } = number;
            say!("端口 {port} 不可用{zh}", "port {port} is not available{en}")
        }
    };
    say!(
        "无法开始预览：{zh}；请用 --port 指定其他端口，或省略 --port，由程序选择空闲端口",
        "the preview cannot start: {en}; choose another --port, or leave it out for a free one"
    )
}

/// Why no browser was opened at the address above.
pub fn no_browser(error: &io::Error) -> Words {
    let Words { zh, en } = match error.kind() {
        io::ErrorKind::NotFound => say!(
            "未找到用于打开网址的程序（如 xdg-open）",
            "no program for opening web addresses, such as xdg-open, was found"
        ),
        _ => say!("系统未能打开浏览器", "the system did not open a browser"),
    };
    say!("{zh}；请将上面的地址复制到浏览器中打开", "{en}; copy the address above into a browser")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_worded(words: &Words) {
        for text in [&words.zh, &words.en] {
            assert!(!text.contains("os error") && !text.contains("status"), "{text}");
        }
        assert!(!words.zh.is_empty() && !words.en.is_empty());
    }

    #[test]
    fn a_port_in_use_is_named_in_both_languages() {
        let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap_err();
        let words = cannot_start(&error, Some(port));
        is_worded(&words);
        assert!(words.zh.contains(&format!("端口 {port} 已被其他程序占用")), "{}", words.zh);
        assert!(words.en.contains(&format!("port {port} is in use by another program")), "{}", words.en);
    }

    #[test]
    fn a_port_without_permission_names_the_rights_it_takes() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let low = cannot_start(&denied, Some(80));
        let high = cannot_start(&denied, Some(8080));
        assert!(low.zh.contains("管理员") && low.en.contains("administrator"));
        assert!(!high.zh.contains("管理员") && !high.en.contains("administrator"));
        [low, high].iter().for_each(is_worded);
    }

    #[test]
    fn any_other_refusal_keeps_its_number() {
        let error = io::Error::from_raw_os_error(24);
        for port in [None, Some(8080)] {
            let words = cannot_start(&error, port);
            is_worded(&words);
            assert!(words.zh.contains("系统错误 24") && words.en.contains("system error 24"));
        }
    }

    #[test]
    fn without_a_browser_the_address_is_left_to_the_user() {
        let missing = no_browser(&io::Error::from(io::ErrorKind::NotFound));
        let failed = no_browser(&io::Error::other("Launcher failed with exit status: 3"));
        for words in [&missing, &failed] {
            is_worded(words);
            assert!(words.zh.contains("上面的地址") && words.en.contains("the address above"));
        }
        assert_ne!(missing.zh, failed.zh);
    }
}
