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
use http_body_util::{BodyExt, Empty, Full, Limited, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinError;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::access::{Access, Asked};

/// An address that is easy to remember, where it is free.
const PORT: u16 = 3210;
/// Threads that compute answers: a picture of a page takes some milliseconds of one.
const PAINTERS: usize = 2;
/// The largest head of a request in bytes; browsers send less than one KB.
const LARGEST_HEAD: usize = 64 * 1024;
/// The largest wish of the page in bytes: a text of some hundred pages.
const LARGEST_WISH: usize = 1024 * 1024;
/// The headers of every answer: the browser may ask no other address, guess no type, and keep no copy.
static HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
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

/// Answers to what the page sends to paths such as `edit`.
pub type Writes = dyn Fn(&str, &[u8]) -> Option<Body> + Send + Sync;

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
    /// None where nothing is written.
    writes: Option<Arc<Writes>>,
    listeners: Arc<Semaphore>,
    limits: Limits,
}

impl Server {
    /// Listens at `port`, else at one that is free.
    pub fn start(
        port: Option<u16>,
        answers: Arc<Answers>,
        writes: Option<Arc<Writes>>,
    ) -> io::Result<Server> {
        let at = |port| std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let listener = match port {
            Some(port) => at(port)?,
            None => at(PORT).or_else(|_| at(0))?,
        };
        Server::with(listener, answers, writes, LIMITS)
    }

    fn with(
        listener: std::net::TcpListener,
        answers: Arc<Answers>,
        writes: Option<Arc<Writes>>,
        limits: Limits,
    ) -> io::Result<Server> {
        listener.set_nonblocking(true)?;
        let access = Access::new(listener.local_addr()?)?;
        let (answers, _) = watch::channel(answers);
        let listeners = Arc::new(Semaphore::new(limits.listeners));
        let shared = Arc::new(Shared { access, answers, writes, listeners, limits });
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

    /// What is served now.
    pub fn answers(&self) -> Arc<Answers> {
        Arc::clone(&self.shared.answers.borrow())
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
            async move { Ok::<_, Infallible>(shared.answer(request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        // A client that left in the middle of an answer needs none.
        let _ = connection.await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Answer {
        let mut answer = match self.access.asked(&request) {
            Asked::Page(path) if path.rsplit('/').next() == Some("events") => self.events(),
            Asked::Page(path) => self.page(path).await,
            Asked::Write(path) => self.write(path, request.into_body()).await,
            Asked::Above(location) => redirect(&location),
            Asked::Nothing => status(StatusCode::NOT_FOUND),
        };
        answer.headers_mut().extend(HEADERS.iter().cloned());
        answer
    }

    async fn page(&self, path: String) -> Answer {
        let answers = Arc::clone(&self.answers.borrow());
        answered(tokio::task::spawn_blocking(move || answers(&path)).await)
    }

    async fn write(&self, path: String, body: Incoming) -> Answer {
        let Some(writes) = self.writes.clone() else { return status(StatusCode::NOT_FOUND) };
        let body = timeout(self.limits.patience, Limited::new(body, LARGEST_WISH).collect()).await;
        let Ok(Ok(body)) = body else { return status(StatusCode::BAD_REQUEST) };
        let bytes = body.to_bytes();
        answered(tokio::task::spawn_blocking(move || writes(&path, &bytes)).await)
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

fn answered(body: Result<Option<Body>, JoinError>) -> Answer {
    match body {
        Ok(Some(Body { mime, bytes })) => typed(mime, Full::from(bytes).boxed_unsync()),
        Ok(None) => status(StatusCode::NOT_FOUND),
        Err(_) => status(StatusCode::INTERNAL_SERVER_ERROR),
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
mod tests;
