//! Who is answered: requests to the secret path of this run that name this machine; what is to be written also has to come
//! from the page itself.
//!
//! A page elsewhere in the same browser does not know the path. One whose name was made to resolve to this machine (DNS
//! rebinding) gives that name as the host.

use std::io;
use std::net::SocketAddr;

use hyper::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use hyper::{Method, Request};

/// The port that addresses leave out.
const DEFAULT_PORT: u16 = 80;

/// The address of this run.
pub struct Access {
    secret: String,
    address: SocketAddr,
}

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// A path below the secret one; the page itself has the empty path.
    Page(String),
    /// A wish of the page, by its path below the secret one.
    Write(String),
    /// The secret path without its last `/`, and where it leads with it.
    Above(String),
    /// Nothing that is answered.
    Nothing,
}

impl Access {
    /// A new secret for a server at `address`.
    pub fn new(address: SocketAddr) -> io::Result<Access> {
        Ok(Access { secret: secret()?, address })
    }

    /// The address to open.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.secret)
    }

    pub fn asked<B>(&self, request: &Request<B>) -> Asked {
        let is_write = request.method() == Method::POST;
        if !(is_write || request.method() == Method::GET) || !self.is_meant(request) {
            return Asked::Nothing;
        }
        if is_write && !self.is_from_the_page(request) {
            return Asked::Nothing;
        }
        let path = request.uri().path();
        let below = path.strip_prefix('/').and_then(|path| path.strip_prefix(self.secret.as_str()));
        match below.map(|below| (below, below.strip_prefix('/'))) {
            Some((_, Some(below))) if is_write => Asked::Write(below.to_owned()),
            Some((_, Some(below))) => Asked::Page(below.to_owned()),
            Some(("", None)) if !is_write => Asked::Above(format!("{path}/")),
            _ => Asked::Nothing,
        }
    }

    /// Whether a request names this machine as its only host.
    fn is_meant<B>(&self, request: &Request<B>) -> bool {
        only(request, HOST).is_some_and(|host| self.is_own(host))
    }

    /// Whether a request comes from a page of this machine, and in a way that a form of another page cannot take: browsers ask
    /// before they send JSON elsewhere.
    fn is_from_the_page<B>(&self, request: &Request<B>) -> bool {
        let origin = only(request, ORIGIN).and_then(|origin| origin.strip_prefix(b"http://"));
        origin.is_some_and(|host| self.is_own(host))
            && only(request, CONTENT_TYPE).is_some_and(|kind| kind == b"application/json")
    }

    fn is_own(&self, host: &[u8]) -> bool {
        let port = self.address.port();
        let known = [self.address.ip().to_string(), "localhost".to_owned()];
        known.iter().any(|name| {
            let is = |known: &str| host.eq_ignore_ascii_case(known.as_bytes());
            is(&format!("{name}:{port}")) || (port == DEFAULT_PORT && is(name))
        })
    }
}

/// A header that is there once.
fn only<B>(request: &Request<B>, name: HeaderName) -> Option<&[u8]> {
    let mut values = request.headers().get_all(name).into_iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    Some(value.as_bytes())
}

/// 128 bits from the random source of the system, as hexadecimal digits.
pub fn secret() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(access: &Access, method: &str, path: &str, hosts: &[&str]) -> Asked {
        let request = Request::builder().method(method).uri(path);
        let request = hosts.iter().fold(request, |request, host| request.header(HOST, *host));
        access.asked(&request.body(()).unwrap())
    }

    fn access(port: u16) -> (Access, String) {
        let access = Access::new(SocketAddr::from(([127, 0, 0, 1], port))).unwrap();
        let page = format!("/{}/", access.secret);
        (access, page)
    }

    #[test]
    fn a_host_is_this_machine_at_this_port() {
        for (port, hosts) in [
            (3210, &["127.0.0.1:3210", "localhost:3210", "LocalHost:3210"][..]),
            (80, &["127.0.0.1", "localhost", "LOCALHOST", "127.0.0.1:80", "localhost:80"]),
        ] {
            let (access, page) = access(port);
            for host in hosts {
                assert_eq!(asked(&access, "GET", &page, &[host]), Asked::Page(String::new()), "{host}");
            }
        }
    }

    #[test]
    fn any_other_host_is_refused() {
        let (access, page) = access(3210);
        for hosts in [
            &["example.org"][..],
            &["example.org:3210"],
            &["127.0.0.1"],
            &["localhost"],
            &["127.0.0.1:80"],
            &["localhost:3210.example.org"],
            &["127.0.0.1:3210@example.org"],
            &["localhost:3210", "example.org"],
            &[""],
            &[],
        ] {
            assert_eq!(asked(&access, "GET", &page, hosts), Asked::Nothing, "{hosts:?}");
        }
    }

    #[test]
    fn only_the_secret_path_is_answered() {
        let (access, page) = access(3210);
        let get = |path: &str| asked(&access, "GET", path, &["127.0.0.1:3210"]);
        let short = page.trim_end_matches('/');
        assert_eq!(get(&format!("{page}state.json?again#here")), Asked::Page("state.json".to_owned()));
        assert_eq!(get(short), Asked::Above(page.clone()));
        assert_eq!(get(&format!("{short}?again")), Asked::Above(page.clone()));
        for path in ["/", "/state.json", &page[1..], &format!("{short}0/"), &page[..20], &format!("/x{page}")]
        {
            let path = if path.starts_with('/') { path.to_owned() } else { format!("/./{path}") };
            assert_eq!(get(&path), Asked::Nothing, "{path}");
        }
        assert_eq!(asked(&access, "POST", &page, &["127.0.0.1:3210"]), Asked::Nothing);
    }

    #[test]
    fn only_the_page_itself_writes() {
        let (access, page) = access(3210);
        let post = |headers: &[(&str, &str)]| {
            let request = Request::builder().method("POST").uri(format!("{page}edit"));
            let request =
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            access.asked(&request.body(()).unwrap())
        };
        let (host, json) = (("Host", "127.0.0.1:3210"), ("Content-Type", "application/json"));
        let own = ("Origin", "http://127.0.0.1:3210");
        assert_eq!(post(&[host, own, json]), Asked::Write("edit".to_owned()));
        for headers in [
            &[host, json][..],
            &[host, own],
            &[host, own, ("Content-Type", "text/plain")],
            &[host, ("Origin", "null"), json],
            &[host, ("Origin", "http://example.org"), json],
            &[host, ("Origin", "https://127.0.0.1:3210"), json],
            &[host, ("Origin", "http://127.0.0.1:3211"), json],
            &[host, own, ("Origin", "http://example.org"), json],
            &[("Host", "example.org:3210"), own, json],
        ] {
            assert_eq!(post(headers), Asked::Nothing, "{headers:?}");
        }
    }

    #[test]
    fn each_secret_is_new() {
        let secrets: std::collections::BTreeSet<String> = (0..100).map(|_| secret().unwrap()).collect();
        assert_eq!(secrets.len(), 100);
        assert!(secrets.iter().all(|secret| secret.len() == 32));
    }
}
