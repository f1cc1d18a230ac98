//! The little of the WebDriver protocol the tests need: JSON over HTTP on the loopback address.
//!
//! All three drivers answer with `Content-Length` and one value per connection, so a blocking client of a
//! page's length does, and no asynchronous runtime has to be compiled.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use xtask::failure::{Doing, Failure, Outcome};

/// The key under which the protocol names an element (from the specification).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long one command may take, starting a browser on a busy machine included.
const PATIENCE: Duration = Duration::from_secs(90);

/// An element of the page, as the driver knows it.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Element {
    /// As an argument of a script.
    pub fn to_json(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    /// The element a command's answer holds.
    ///
    /// # Errors
    /// The answer holds none.
    pub fn read(value: &Value) -> Outcome<Self> {
        let id = value.get(ELEMENT).and_then(Value::as_str);
        id.map(|id| Self(id.to_owned()))
            .ok_or_else(|| Failure::new(format!("{value} is not an element")))
    }

    /// The element as an argument of a script.
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// A browser under a driver's control. It ends when this is dropped.
#[derive(Debug)]
pub struct Session {
    driver: SocketAddr,
    path: String,
}

impl Session {
    /// Starts a browser through the driver at `driver`.
    ///
    /// # Errors
    /// The driver cannot start it.
    pub fn start(driver: SocketAddr, capabilities: &Value) -> Outcome<Self> {
        let wish = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = request(driver, "POST", "/session", Some(&wish))?;
        let id = answer
            .get("sessionId")
            .and_then(Value::as_str)
            .ok_or_else(|| Failure::new("no session"))?;
        Ok(Self {
            driver,
            path: format!("/session/{id}"),
        })
    }

    /// Sends a command below the session, such as `POST` to `/url`.
    ///
    /// # Errors
    /// The driver's error, as "code: message".
    pub fn post(&self, command: &str, body: &Value) -> Outcome<Value> {
        request(
            self.driver,
            "POST",
            &format!("{}{command}", self.path),
            Some(body),
        )
    }

    /// Asks for a value below the session, such as `/title`.
    ///
    /// # Errors
    /// As for [`Self::post`].
    pub fn get(&self, command: &str) -> Outcome<Value> {
        request(self.driver, "GET", &format!("{}{command}", self.path), None)
    }

    /// Sends a command about `element`, such as `/click`.
    ///
    /// # Errors
    /// As for [`Self::post`].
    pub fn post_to(&self, element: &Element, command: &str, body: &Value) -> Outcome<Value> {
        self.post(&format!("/element/{}{command}", element.0), body)
    }

    /// Runs the body of a function in the page and returns what it returns.
    ///
    /// # Errors
    /// As for [`Self::post`]; also what the script throws.
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Like [`Self::run`]; the script ends by calling its last argument.
    ///
    /// # Errors
    /// As for [`Self::run`].
    pub fn run_async(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.post("/execute/async", &json!({ "script": script, "args": arguments }))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = request(self.driver, "DELETE", &self.path, None);
    }
}

/// Whether a driver at this address says it is ready.
pub fn is_ready(driver: SocketAddr) -> bool {
    request(driver, "GET", "/status", None)
        .is_ok_and(|status| status.get("ready").and_then(Value::as_bool).unwrap_or(true))
}

/// Sends one request and returns the answer's `value`.
fn request(driver: SocketAddr, method: &str, path: &str, body: Option<&Value>) -> Outcome<Value> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let (ok, text) = exchange(driver, method, path, &body).doing(format_args!("{method} {path}"))?;
    let answer: Value =
        serde_json::from_str(&text).doing(format_args!("{method} {path} answered `{text}`"))?;
    let value = answer.get("value").cloned().unwrap_or(Value::Null);
    if ok {
        return Ok(value);
    }
    let part = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let message = part("message");
    Err(Failure::new(format!(
        "{}: {}",
        part("error"),
        message.lines().next().unwrap_or_default()
    )))
}

/// One HTTP exchange: whether the status is 200, and the body.
fn exchange(driver: SocketAddr, method: &str, path: &str, body: &str) -> std::io::Result<(bool, String)> {
    let mut stream = TcpStream::connect_timeout(&driver, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {driver}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes())?;
    let mut reader = BufReader::new(stream);
    let mut status = String::new();
    reader.read_line(&mut status)?;
    let mut length = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    let mut bytes = Vec::new();
    reader.take(length.unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok((
        status.contains(" 200"),
        String::from_utf8_lossy(&bytes).into_owned(),
    ))
}
