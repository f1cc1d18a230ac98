//! A small static file server on the loopback address, as strict as the strictest host the page promises
//! to run on: [`CSP`], `nosniff`, no CORS headers. Tests make it misbehave with a [`Fault`].

use crate::failure::{Doing, Outcome};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, thread};

/// The content security policy the page works under.
pub const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'";

/// One way a host goes wrong, for tests.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The file of this name is answered with 404.
    Missing(&'static str),
    /// The file of this name is answered with 404 the first time it is asked for.
    MissingOnce(&'static str),
    /// The file of this name ends after half of its bytes.
    Truncated(&'static str),
    /// The file of this name has this wrong media type.
    Mime(&'static str, &'static str),
    /// The file of this name starts with this text.
    Prefixed(&'static str, &'static str),
    /// Another content security policy.
    Csp(&'static str),
}

/// What is served.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The folder of files.
    pub folder: PathBuf,
    /// Pages that exist only here, by path such as `/host.html`; sent without a policy.
    pub pages: HashMap<String, String>,
    /// What goes wrong.
    pub faults: Vec<Fault>,
}

impl Site {
    /// The files of `folder`, nothing going wrong.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            ..Self::default()
        }
    }

    /// The same with a further fault.
    #[must_use]
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The same with a further page of HTML at `path`.
    #[must_use]
    pub fn with_page(mut self, path: &str, html: impl Into<String>) -> Self {
        self.pages.insert(path.to_owned(), html.into());
        self
    }
}

/// A running server; it ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
    stopping: Arc<AtomicBool>,
}

impl Server {
    /// Serves `site` on `port` (0: any free one) of the loopback address.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start(site: Site, port: u16) -> Outcome<Self> {
        let listener =
            TcpListener::bind(("127.0.0.1", port)).doing(format_args!("cannot listen on port {port}"))?;
        let address = listener.local_addr().doing("asking for the port")?;
        let (log, stopping) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicBool>::default());
        let (site, log_writer, stop_reader) = (Arc::new(site), Arc::clone(&log), Arc::clone(&stopping));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop_reader.load(Ordering::Relaxed) {
                    break;
                }
                let (site, log) = (Arc::clone(&site), Arc::clone(&log_writer));
                if let Ok(stream) = stream {
                    thread::spawn(move || answer(&site, &log, &stream));
                }
            }
        });
        Ok(Self {
            address,
            log,
            stopping,
        })
    }

    /// Its address, such as `http://127.0.0.1:8080`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, as path with query, in order of arrival.
    pub fn requests(&self) -> Vec<String> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        // A last visit wakes the listener so that it sees the flag.
        let _ = TcpStream::connect(self.address);
    }
}

/// What is sent back.
struct Reply {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// Reads one request and answers it; a visitor that breaks off is no error.
fn answer(site: &Site, log: &Mutex<Vec<String>>, stream: &TcpStream) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let mut lines = BufReader::new(stream.take(64 * 1024))
        .lines()
        .map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let accepts_brotli = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("accept-encoding:")
                .map(str::to_owned)
        })
        .any(|value| value.split(',').any(|coding| coding.trim() == "br"));
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or("/"));
    let asked_before = {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        let before = log.iter().any(|earlier| earlier == target);
        log.push(target.to_owned());
        before
    };
    let path = target.split(['?', '#']).next().unwrap_or("/");
    let reply = match method {
        "GET" | "HEAD" => reply_to(site, path, asked_before, accepts_brotli),
        _ => Reply {
            status: "405 Method Not Allowed",
            headers: Vec::new(),
            body: Vec::new(),
        },
    };
    let _ = send(stream, &reply, method == "HEAD");
}

/// Writes `reply`, without its body where only the headers were asked for.
fn send(mut stream: &TcpStream, reply: &Reply, headers_only: bool) -> std::io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n",
        reply.status,
        reply.body.len()
    );
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    if headers_only {
        Ok(())
    } else {
        stream.write_all(&reply.body)
    }
}

/// The page or file at `path`.
fn reply_to(site: &Site, path: &str, asked_before: bool, accepts_brotli: bool) -> Reply {
    if let Some(html) = site.pages.get(path) {
        let headers = vec![("Content-Type", "text/html; charset=utf-8".to_owned())];
        return Reply {
            status: "200 OK",
            headers,
            body: html.clone().into_bytes(),
        };
    }
    let missing = || Reply {
        status: "404 Not Found",
        headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
        body: b"Not found\n".to_vec(),
    };
    let Some(file) = file_at(&site.folder, path) else {
        return missing();
    };
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut headers = vec![
        ("Content-Type", media_type(&name).to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Cache-Control", "no-cache".to_owned()),
    ];
    let compressed = (accepts_brotli && site.faults.is_empty())
        .then(|| fs::read(file.with_file_name(format!("{name}.br"))).ok())
        .flatten();
    let plain = compressed.is_none();
    let Some(mut body) = compressed.or_else(|| fs::read(&file).ok()) else {
        return missing();
    };
    if !plain {
        headers.push(("Content-Encoding", "br".to_owned()));
    }
    let mut policy = CSP;
    for fault in &site.faults {
        match fault {
            Fault::Missing(of) if *of == name => return missing(),
            Fault::MissingOnce(of) if *of == name && !asked_before => return missing(),
            Fault::Truncated(of) if *of == name => body.truncate(body.len() / 2),
            Fault::Prefixed(of, text) if *of == name => {
                body.splice(0..0, text.bytes());
            }
            Fault::Mime(of, wrong) if *of == name => {
                headers.retain(|(header, _)| *header != "Content-Type");
                headers.push(("Content-Type", (*wrong).to_owned()));
            }
            Fault::Csp(other) => policy = other,
            _ => {}
        }
    }
    headers.push(("Content-Security-Policy", policy.to_owned()));
    Reply {
        status: "200 OK",
        headers,
        body,
    }
}

/// The file a path names, `index.html` for a folder; nothing for a path that leaves `folder`.
fn file_at(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = PathBuf::from(path.trim_start_matches('/'));
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let file = folder.join(relative);
    let file = if file.is_dir() {
        file.join("index.html")
    } else {
        file
    };
    file.is_file().then_some(file)
}

/// The media type by the name's ending.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "pb" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(server: &Server, path: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn serves_files_with_policy_and_type_and_stays_inside_its_folder() {
        let server = Server::start(Site::new(env!("CARGO_MANIFEST_DIR")), 0).unwrap();
        let reply = get(&server, "/npm/package.json?v=1");
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        assert!(
            reply.contains("Content-Type: application/json") && reply.contains(CSP),
            "{reply}"
        );
        assert!(get(&server, "/../Cargo.toml").starts_with("HTTP/1.1 404"));
        assert_eq!(server.requests(), ["/npm/package.json?v=1", "/../Cargo.toml"]);
    }

    #[test]
    fn misbehaves_when_told_to() {
        let site = Site::new(env!("CARGO_MANIFEST_DIR"))
            .with_fault(Fault::Missing("package.json"))
            .with_fault(Fault::MissingOnce("package-lock.json"))
            .with_fault(Fault::Mime("Cargo.toml", "image/png"))
            .with_page("/host.html", "<p>host</p>");
        let server = Server::start(site, 0).unwrap();
        assert!(get(&server, "/npm/package.json").starts_with("HTTP/1.1 404"));
        assert!(get(&server, "/npm/package-lock.json").starts_with("HTTP/1.1 404"));
        assert!(get(&server, "/npm/package-lock.json").starts_with("HTTP/1.1 200"));
        assert!(get(&server, "/Cargo.toml").contains("Content-Type: image/png"));
        let host = get(&server, "/host.html");
        assert!(host.ends_with("<p>host</p>") && !host.contains("Content-Security-Policy"));
    }
}
