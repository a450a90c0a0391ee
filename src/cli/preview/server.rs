//! Serves the page to the browser of this machine, and tells it when there is something new.
//!
//! It listens on the loopback interface alone, answers only under a path that nobody can guess and only to requests that
//! name this machine, so that no other page in the same browser can read the declaration.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use httparse::{EMPTY_HEADER, Request};

/// An address that is easy to remember, where it is free.
const PORT: u16 = 3210;
/// A line now and then shows whether the browser still listens.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Who asks says so at once, and takes what is answered.
const PATIENCE: Duration = Duration::from_secs(20);
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
        let address = listener.local_addr()?;
        let now = Mutex::new(Now { answers, version: 0 });
        let shared = Arc::new(Shared { secret: secret(), now, changed: Condvar::new() });
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&own);
                // Each request has a connection and a thread of its own: a browser has six at a time, and one of them waits
                // for events. One that has gone needs no answer.
                thread::spawn(move || drop(shared.handle(stream, address)));
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

    fn handle(&self, mut stream: TcpStream, address: SocketAddr) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = read_head(&mut stream)?;
        let Some(path) = path(&head, &self.secret, address) else { return refuse(&mut stream) };
        if path == "events" {
            return self.tell(&mut stream);
        }
        let answers = Arc::clone(&self.now().answers);
        match answers(&path) {
            Some(body) => respond(&mut stream, body),
            None => refuse(&mut stream),
        }
    }

    /// Tells a page of each change, as server-sent events.
    fn tell(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut told = self.now().version;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
             Connection: close\r\n\r\n"
        )?;
        loop {
            let now = self.now();
            let waited = self.changed.wait_timeout_while(now, HEARTBEAT, |now| now.version == told);
            let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
            let version = now.version;
            drop(now);
            if version == told {
                write!(stream, ":\n\n")?;
            } else {
                write!(stream, "event: reload\ndata:\n\n")?;
            }
            told = version;
        }
    }
}

/// The head of a request, to its empty line.
fn read_head(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    /// Longer than any browser's.
    const MOST: usize = 64 * 1024;
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut part)?;
        if read == 0 || head.len() > MOST {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(part.get(..read).unwrap_or(&[]));
    }
    Ok(head)
}

/// What is asked for below the secret path, where it is asked of this machine under its own name. A page elsewhere whose
/// name was made to point here gives that name.
fn path(head: &[u8], secret: &str, address: SocketAddr) -> Option<String> {
    let mut headers = [EMPTY_HEADER; 64];
    let mut request = Request::new(&mut headers);
    request.parse(head).ok()?;
    let host = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("host"))?.value;
    let known = [address.to_string(), format!("localhost:{}", address.port())];
    let is_meant = request.method == Some("GET") && known.iter().any(|known| known.as_bytes() == host);
    let path = request.path?.split(['?', '#']).next()?;
    let path = path.strip_prefix('/')?.strip_prefix(secret)?.strip_prefix('/')?;
    is_meant.then(|| path.to_owned())
}

fn respond(stream: &mut TcpStream, body: Body) -> io::Result<()> {
    let cache = if body.lasting { "private, max-age=3600, immutable" } else { "no-store" };
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {cache}\r\n\
         Connection: close\r\n",
        body.mime,
        body.bytes.len()
    );
    for (name, value) in HEADERS {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    answer.push_str("\r\n");
    stream.write_all(&[answer.as_bytes(), &body.bytes].concat())
}

fn refuse(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// 128 bits that nobody knows, from the seeds that the system gives to hash maps.
pub fn secret() -> String {
    let bits = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", bits(), bits())
}
