//! Serves the page to the browser of this machine, and tells it when there is something new.
//!
//! It listens on the loopback interface alone, answers only under a path that nobody can guess and only to requests that
//! name this machine, so that no other page in the same browser can read the declaration.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use socket2::SockRef;
use tiny_http::{Header, Method, Request, Response, Server as Http};

/// An address that is easy to remember, where it is free.
const PORT: u16 = 3210;
/// A line now and then shows whether the browser still listens.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// What every answer forbids the browser: to ask anyone else, and to guess.
const HEADERS: [(&str, &str); 4] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// What is served under a path below the secret one.
pub struct Body {
    pub mime: &'static str,
    pub bytes: Vec<u8>,
    /// Whether the bytes under this path are the same for ever.
    pub lasting: bool,
}

/// Answers to paths such as `state.json`; the page itself has the empty one.
pub type Answers = dyn Fn(&str) -> Option<Body> + Send + Sync;

/// The running server.
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    secret: String,
    now: Mutex<Now>,
    changed: Condvar,
}

struct Now {
    answers: Arc<Answers>,
    /// How often the answers were replaced.
    version: u64,
}

impl Server {
    /// Listens at `port`, else at one that is free.
    pub fn start(port: Option<u16>, answers: Arc<Answers>) -> io::Result<Server> {
        let at = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let listener = match port {
            Some(port) => at(port)?,
            None => at(PORT).or_else(|_| at(0))?,
        };
        // Its connections inherit that nothing waits for more to send.
        SockRef::from(&listener).set_tcp_nodelay(true)?;
        let address = listener.local_addr()?;
        let http = Http::from_listener(listener, None).map_err(io::Error::other)?;
        let now = Mutex::new(Now { answers, version: 0 });
        let shared = Arc::new(Shared { secret: secret(), now, changed: Condvar::new() });
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            for request in http.incoming_requests() {
                own.handle(request, address);
            }
        });
        Ok(Server { shared, address })
    }

    /// The address to open.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.shared.secret)
    }

    /// Serves these answers from now on, and tells every page that is open.
    pub fn publish(&self, answers: Arc<Answers>) {
        let mut now = self.shared.now();
        now.answers = answers;
        now.version += 1;
        drop(now);
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn handle(self: &Arc<Self>, request: Request, address: SocketAddr) {
        let path = request.url().split(['?', '#']).next().unwrap_or("");
        let path = path.strip_prefix('/').and_then(|path| path.strip_prefix(&self.secret));
        let path = path.and_then(|path| path.strip_prefix('/')).map(str::to_owned);
        let (Some(path), true) = (path, is_meant(&request, address)) else { return refuse(request) };
        if path == "events" {
            let shared = Arc::clone(self);
            // It ends with the browser's connection.
            thread::spawn(move || drop(shared.tell(request)));
            return;
        }
        let answers = Arc::clone(&self.now().answers);
        // A picture takes milliseconds to make, during which others are asked for.
        thread::spawn(move || match answers(&path) {
            Some(body) => respond(request, body),
            None => refuse(request),
        });
    }

    /// Tells a page of each change, as server-sent events.
    fn tell(&self, request: Request) -> io::Result<()> {
        let mut writer = request.into_writer();
        // Written by hand: the browsers want no chunks here.
        write!(
            writer,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n"
        )?;
        writer.flush()?;
        let mut told = self.now().version;
        loop {
            let now = self.now();
            let waited = self.changed.wait_timeout_while(now, HEARTBEAT, |now| now.version == told);
            let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
            let version = now.version;
            drop(now);
            if version == told {
                write!(writer, ":\n\n")?;
            } else {
                write!(writer, "event: reload\ndata:\n\n")?;
            }
            told = version;
            writer.flush()?;
        }
    }
}

/// Whether a request means to read from this machine under its own name. A page elsewhere whose name was made to point
/// here gives that name.
fn is_meant(request: &Request, address: SocketAddr) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    let host = host.map_or("", |header| header.value.as_str());
    let known = [address.to_string(), format!("localhost:{}", address.port())];
    *request.method() == Method::Get && known.iter().any(|known| known == host)
}

fn respond(request: Request, body: Body) {
    // In one piece, however long it is.
    let mut response = Response::from_data(body.bytes).with_chunked_threshold(usize::MAX);
    let cache = if body.lasting { "private, max-age=3600, immutable" } else { "no-store" };
    let own = [("Content-Type", body.mime), ("Cache-Control", cache)];
    for (name, value) in own.into_iter().chain(HEADERS) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that has gone needs no answer.
    let _ = request.respond(response);
}

fn refuse(request: Request) {
    let _ = request.respond(Response::empty(404));
}

/// 128 bits that nobody knows, from the seeds that the system gives to hash maps.
pub fn secret() -> String {
    let bits = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", bits(), bits())
}
