//! Serves the page to the browser of this machine, and reports each change to it.
//!
//! It listens on the loopback interface alone. One thread does all reading and writing, at most [`PAINTERS`] others compute
//! answers: connections that a browser keeps open and slow clients hold no thread.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::unfold;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::access::{Access, Asked};

/// An address that is easy to remember, where it is free.
const PORT: u16 = 3210;
/// Threads that compute answers: a picture of a page takes some milliseconds of one.
const PAINTERS: usize = 2;
/// The largest head of a request in bytes; browsers send less than one KB.
const LARGEST_HEAD: usize = 64 * 1024;
/// The headers of every answer: the browser may ask no other address, guess no type, and keep no copy.
static HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// How much is given to clients.
#[derive(Clone, Copy)]
struct Limits {
    /// Connections at a time; further ones wait until one closes. A browser has six.
    connections: usize,
    /// Pages at a time that are notified of changes; the others try again.
    listeners: usize,
    /// The time for the head of a request, and for a connection between two requests.
    head: Duration,
    /// The time in which a client has to accept a part of an answer.
    patience: Duration,
    /// A line at this interval shows whether the browser still listens.
    heartbeat: Duration,
}

const LIMITS: Limits = Limits {
    connections: 256,
    listeners: 64,
    head: Duration::from_secs(10),
    patience: Duration::from_secs(20),
    heartbeat: Duration::from_secs(15),
};

/// What is served under a path below the secret one.
pub struct Body {
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// Answers to paths such as `state.json`; the page itself has the empty one.
pub type Answers = dyn Fn(&str) -> Option<Body> + Send + Sync;

type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// The running server, which ends when it is dropped.
pub struct Server {
    shared: Arc<Shared>,
    /// Its threads.
    _runtime: Runtime,
}

struct Shared {
    access: Access,
    answers: watch::Sender<Arc<Answers>>,
    listeners: Arc<Semaphore>,
    limits: Limits,
}

impl Server {
    /// Listens at `port`, else at one that is free.
    pub fn start(port: Option<u16>, answers: Arc<Answers>) -> io::Result<Server> {
        let at = |port| std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let listener = match port {
            Some(port) => at(port)?,
            None => at(PORT).or_else(|_| at(0))?,
        };
        Server::with(listener, answers, LIMITS)
    }

    fn with(listener: std::net::TcpListener, answers: Arc<Answers>, limits: Limits) -> io::Result<Server> {
        listener.set_nonblocking(true)?;
        let access = Access::new(listener.local_addr()?)?;
        let (answers, _) = watch::channel(answers);
        let listeners = Arc::new(Semaphore::new(limits.listeners));
        let shared = Arc::new(Shared { access, answers, listeners, limits });
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(PAINTERS)
            .enable_all()
            .build()?;
        let entered = runtime.enter();
        let listener = TcpListener::from_std(listener)?;
        drop(entered);
        runtime.spawn(Arc::clone(&shared).accept(listener));
        Ok(Server { shared, _runtime: runtime })
    }

    /// The address to open.
    pub fn url(&self) -> String {
        self.shared.access.url()
    }

    /// Serves these answers from now on, and notifies every page that is open.
    pub fn publish(&self, answers: Arc<Answers>) {
        self.shared.answers.send_replace(answers);
    }
}

impl Shared {
    async fn accept(self: Arc<Shared>, listener: TcpListener) {
        let connections = Arc::new(Semaphore::new(self.limits.connections));
        while let Ok(permit) = Arc::clone(&connections).acquire_owned().await {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(Arc::clone(&self).serve(stream, permit));
                }
                // Such as too many open files: until some are closed, a further attempt fails too.
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Answers the requests of one connection, one after the other.
    async fn serve(self: Arc<Shared>, stream: TcpStream, _permit: OwnedSemaphorePermit) {
        // Without it answers are only later.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.limits.patience));
        let service = service_fn(|request| {
            let shared = Arc::clone(&self);
            async move { Ok::<_, Infallible>(shared.answer(&request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        // A client that left in the middle of an answer needs none.
        let _ = connection.await;
    }

    async fn answer(&self, request: &Request<Incoming>) -> Answer {
        let mut answer = match self.access.asked(request) {
            Asked::Page(path) if path == "events" => self.events(),
            Asked::Page(path) => self.page(path).await,
            Asked::Above(location) => redirect(&location),
            Asked::Nothing => status(StatusCode::NOT_FOUND),
        };
        answer.headers_mut().extend(HEADERS.iter().cloned());
        answer
    }

    async fn page(&self, path: String) -> Answer {
        let answers = Arc::clone(&self.answers.borrow());
        match tokio::task::spawn_blocking(move || answers(&path)).await {
            Ok(Some(Body { mime, bytes })) => typed(mime, Full::from(bytes).boxed_unsync()),
            Ok(None) => status(StatusCode::NOT_FOUND),
            Err(_) => status(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// Reports each change as a server-sent event. Changes that come while one is being sent are one event.
    fn events(&self) -> Answer {
        let Ok(permit) = Arc::clone(&self.listeners).try_acquire_owned() else {
            return status(StatusCode::SERVICE_UNAVAILABLE);
        };
        let heartbeat = self.limits.heartbeat;
        let events = unfold((self.answers.subscribe(), permit), move |(mut answers, permit)| async move {
            let text = match timeout(heartbeat, answers.changed()).await {
                Ok(Ok(())) => "event: reload\ndata:\n\n",
                Ok(Err(_)) => return None,
                Err(_) => ":\n\n",
            };
            Some((Ok(Frame::data(Bytes::from_static(text.as_bytes()))), (answers, permit)))
        });
        typed("text/event-stream", StreamBody::new(events).boxed_unsync())
    }
}

fn typed(mime: &'static str, body: UnsyncBoxBody<Bytes, Infallible>) -> Answer {
    let mut answer = Response::new(body);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    answer
}

fn status(status: StatusCode) -> Answer {
    let mut answer = Response::new(Empty::new().boxed_unsync());
    *answer.status_mut() = status;
    answer
}

fn redirect(location: &str) -> Answer {
    let mut answer = status(StatusCode::TEMPORARY_REDIRECT);
    if let Ok(location) = HeaderValue::from_str(location) {
        answer.headers_mut().insert(LOCATION, location);
    }
    answer
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{Shutdown, TcpStream};
    use std::time::Instant;

    use super::*;

    const SOON: Duration = Duration::from_secs(10);

    fn answers() -> Arc<Answers> {
        Arc::new(|path| match path {
            "" => Some(Body { mime: "text/html", bytes: b"page".to_vec() }),
            "large" => Some(Body { mime: "text/plain", bytes: vec![b'a'; 32 << 20] }),
            "panic" => panic!("an answer that cannot be computed"),
            _ => None,
        })
    }

    fn start(limits: Limits) -> Server {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Server::with(listener, answers(), limits).unwrap()
    }

    /// Host and secret path.
    fn parts(server: &Server) -> (String, String) {
        let url = server.url();
        let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
        (host.to_owned(), format!("/{path}"))
    }

    fn connect(server: &Server) -> TcpStream {
        let stream = TcpStream::connect(parts(server).0).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream
    }

    fn ask(server: &Server, path: &str) -> BufReader<TcpStream> {
        let mut stream = connect(server);
        let (host, secret) = parts(server);
        write!(stream, "GET {secret}{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        BufReader::new(stream)
    }

    /// The head of an answer, in small letters.
    fn head(answer: &mut BufReader<TcpStream>) -> String {
        let mut head = String::new();
        while answer.read_line(&mut head).unwrap() > 2 {}
        head.to_lowercase()
    }

    fn get(server: &Server, path: &str) -> String {
        head(&mut ask(server, path))
    }

    /// What comes until the server closes the connection.
    fn rest(stream: &mut impl Read) -> String {
        let mut text = Vec::new();
        // A connection that is closed while something is on its way is reset.
        if let Err(error) = stream.read_to_end(&mut text) {
            assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    #[test]
    fn idle_connections_and_open_pages_keep_nobody_waiting() {
        let server = start(LIMITS);
        // Ten browsers, each with six connections: one for events, the others idle after a request.
        let mut open = Vec::new();
        for _ in 0..10 {
            for path in ["events", "", "", "", "", ""] {
                let mut answer = ask(&server, path);
                assert!(head(&mut answer).starts_with("http/1.1 200 "));
                open.push(answer);
            }
        }
        let start = Instant::now();
        assert!(get(&server, "").starts_with("http/1.1 200 "));
        assert!(start.elapsed() < Duration::from_secs(2));
        // An idle connection serves a further request.
        let (host, secret) = parts(&server);
        let idle = open.last_mut().unwrap();
        let mut body = [0; 4];
        idle.read_exact(&mut body).unwrap();
        write!(idle.get_mut(), "GET {secret} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        assert!(head(idle).starts_with("http/1.1 200 "));
    }

    #[test]
    fn half_open_and_idle_connections_make_room_for_others() {
        let server = start(Limits { connections: 4, head: Duration::from_millis(300), ..LIMITS });
        let mut waiting: Vec<TcpStream> = (0..8).map(|_| connect(&server)).collect();
        for (number, stream) in waiting.iter_mut().enumerate().skip(1) {
            write!(stream, "GET / HTTP/1.1\r\nX-{number}: ").unwrap();
        }
        let mut idle = ask(&server, "");
        assert!(head(&mut idle).starts_with("http/1.1 200 "));
        assert_eq!(rest(&mut idle), "page");
        waiting.iter_mut().for_each(|stream| drop(rest(stream)));
    }

    #[test]
    fn a_head_that_comes_bit_by_bit_has_no_more_time_than_any_other() {
        let server = start(Limits { head: Duration::from_millis(300), ..LIMITS });
        let mut stream = connect(&server);
        let start = Instant::now();
        while stream.write_all(b"G").is_ok() && start.elapsed() < SOON {
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(start.elapsed() < SOON);
    }

    #[test]
    fn a_client_that_accepts_nothing_of_an_answer_makes_room_for_others() {
        let server = start(Limits { connections: 1, patience: Duration::from_millis(300), ..LIMITS });
        let stalled = ask(&server, "large");
        assert!(get(&server, "").starts_with("http/1.1 200 "));
        drop(stalled);
    }

    #[test]
    fn a_head_without_end_is_refused() {
        let server = start(LIMITS);
        let mut stream = connect(&server);
        write!(stream, "GET / HTTP/1.1\r\nX: ").unwrap();
        let part = [b'a'; 1024];
        let taken = (0..1024).take_while(|_| stream.write_all(&part).is_ok()).count();
        let answer = rest(&mut stream);
        assert!(taken < 1024 || answer.starts_with("HTTP/1.1 431 "), "{answer}");
        assert!(get(&server, "").starts_with("http/1.1 200 "));
    }

    #[test]
    fn every_answer_forbids_other_addresses_and_copies() {
        let server = start(Limits { listeners: 1, ..LIMITS });
        let mut only = ask(&server, "events");
        head(&mut only);
        for (path, status) in [("", 200), ("none", 404), ("events", 503), ("panic", 500)] {
            let head = get(&server, path);
            assert!(head.starts_with(&format!("http/1.1 {status} ")), "{path}: {head}");
            assert!(head.contains("\r\ncontent-security-policy: default-src 'none'; "), "{path}: {head}");
            assert!(head.contains("\r\ncache-control: no-store\r\n"), "{path}: {head}");
        }
    }

    #[test]
    fn an_address_without_its_last_slash_leads_to_the_page() {
        let server = start(LIMITS);
        let (host, secret) = parts(&server);
        let mut stream = connect(&server);
        let short = secret.trim_end_matches('/');
        write!(stream, "GET {short} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let head = head(&mut BufReader::new(stream));
        assert!(head.starts_with("http/1.1 307 "), "{head}");
        assert!(head.contains(&format!("\r\nlocation: {secret}\r\n")), "{head}");
        assert!(head.contains("\r\ncontent-security-policy: "), "{head}");
    }

    #[test]
    fn changes_while_nobody_reads_are_one_event() {
        let server = start(LIMITS);
        let mut events = ask(&server, "events");
        assert!(head(&mut events).contains("text/event-stream"));
        for _ in 0..1000 {
            server.publish(answers());
        }
        let mut line = String::new();
        while !line.contains("event: reload\n") {
            events.read_line(&mut line).unwrap();
        }
        drop(server);
        let more = rest(&mut events).matches("event: reload\n").count();
        assert!(more < 999, "{more}");
    }

    #[test]
    fn a_page_that_is_closed_makes_room_for_another() {
        let server = start(Limits { listeners: 2, heartbeat: Duration::from_millis(50), ..LIMITS });
        for _ in 0..20 {
            let mut events = ask(&server, "events");
            // The server learns of the one before only after it is gone.
            let begin = Instant::now();
            while head(&mut events).starts_with("http/1.1 503 ") && begin.elapsed() < SOON {
                events = ask(&server, "events");
            }
            assert!(begin.elapsed() < SOON);
            events.get_ref().shutdown(Shutdown::Both).unwrap();
        }
    }

    #[test]
    fn the_end_of_the_server_ends_its_connections_and_frees_its_port() {
        let server = start(LIMITS);
        let (host, _) = parts(&server);
        let mut events = ask(&server, "events");
        let mut idle = connect(&server);
        head(&mut events);
        drop(server);
        rest(&mut events);
        rest(&mut idle);
        assert!(TcpStream::connect(host).is_err());
    }
}
