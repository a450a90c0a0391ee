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
    Server::with(listener, answers(), None, limits).unwrap()
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

#[test]
fn what_the_page_sends_is_answered_up_to_its_limit() {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let writes: Arc<Writes> = Arc::new(|path: &str, body: &[u8]| {
        let bytes = format!("{path} {}", body.len()).into_bytes();
        Some(Body { mime: "application/json", bytes })
    });
    let server = Server::with(listener, answers(), Some(writes), LIMITS).unwrap();
    let (host, secret) = parts(&server);
    let post = |length: usize, origin: &str| {
        let mut stream = connect(&server);
        write!(
            stream,
            "POST {secret}edit HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        // The server may have answered before all is sent.
        let _ = stream.write_all(&vec![b' '; length]);
        rest(&mut stream)
    };
    let own = format!("http://{host}");
    assert!(post(7, &own).ends_with("edit 7"));
    assert!(post(7, "http://example.org").starts_with("HTTP/1.1 404"));
    let large = post(LARGEST_WISH + 1, &own);
    assert!(!large.contains("edit"), "{large}");
}
