//! Starting an engine's driver and browser, and ending exactly what was started.

use crate::webdriver::{Session, is_ready};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};
use xtask::browsers::{Engine, Installed};
use xtask::failure::{Doing, Failure, Outcome};

/// How long a driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A process of ours and all it starts; ended when dropped.
#[derive(Debug)]
struct Owned(Child);

impl Owned {
    /// Starts `command` at the head of a process group of its own.
    fn start(command: &mut Command) -> Outcome<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let name = command.get_program().to_string_lossy().into_owned();
        command
            .stdin(Stdio::null())
            .spawn()
            .map(Self)
            .doing(format_args!("cannot start {name}"))
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // The group holds only what this process started: the driver and its browser.
        #[cfg(unix)]
        let _ = Command::new("kill")
            .args(["-TERM", "--", &format!("-{}", self.0.id())])
            .stderr(Stdio::null())
            .status();
        for _ in 0..20 {
            if matches!(self.0.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running browser with its driver. Fields end in this order: session, driver, screen, profile.
#[derive(Debug)]
pub struct Driver {
    /// What commands are sent to.
    pub session: Session,
    _driver: Owned,
    _screen: Option<Owned>,
    _profile: Profile,
}

/// A folder for the browser's own files, removed when dropped.
#[derive(Debug)]
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Driver {
    /// Starts `engine`, without a visible window.
    ///
    /// # Errors
    /// A program is missing or does not start.
    pub fn start(engine: Engine) -> Outcome<Self> {
        let installed = engine
            .find()
            .map_err(|missing| Failure::new(format!("{missing} is not installed")))?;
        let port = free_port()?;
        let profile =
            Profile(env::temp_dir().join(format!("gotong-{}-{}-{port}", engine.name(), process::id())));
        fs::create_dir_all(&profile.0).doing("creating the browser's folder")?;
        let mut command = Command::new(&installed.driver);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut screen = None;
        match engine {
            Engine::Chromium => {
                command.arg(format!("--port={port}"));
            }
            Engine::Firefox => {
                command.args([
                    "--host",
                    "127.0.0.1",
                    "--port",
                    &port.to_string(),
                    "--websocket-port",
                    "0",
                ]);
                command.arg("--profile-root").arg(&profile.0);
            }
            Engine::WebKit => {
                let (process, display) = start_screen(&installed)?;
                screen = Some(process);
                command.args(["--host=127.0.0.1".to_owned(), format!("--port={port}")]);
                command
                    .env("DISPLAY", display)
                    .env_remove("WAYLAND_DISPLAY")
                    .env("GDK_BACKEND", "x11");
            }
        }
        let driver = Owned::start(&mut command)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let start = Instant::now();
        while !is_ready(address) {
            if start.elapsed() > PATIENCE {
                return Err(Failure::new(format!(
                    "the driver of {} does not answer",
                    engine.name()
                )));
            }
            thread::sleep(Duration::from_millis(50));
        }
        let session = Session::start(address, &capabilities(engine, &installed, &profile.0))
            .doing(format_args!("{} does not start", engine.name()))?;
        Ok(Self {
            session,
            _driver: driver,
            _screen: screen,
            _profile: profile,
        })
    }
}

/// What each driver is asked for.
fn capabilities(engine: Engine, installed: &Installed, profile: &std::path::Path) -> Value {
    match engine {
        Engine::Chromium => json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": installed.browser,
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--window-size=1280,900",
                    format!("--user-data-dir={}", profile.display()),
                ],
            },
        }),
        Engine::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": installed.browser,
                "args": ["-headless", "--width=1280", "--height=900"],
                "prefs": {
                    "app.update.enabled": false,
                    "datareporting.policy.dataSubmissionEnabled": false,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                    "toolkit.telemetry.enabled": false,
                },
            },
        }),
        Engine::WebKit => json!({
            "webkitgtk:browserOptions": { "binary": installed.browser, "args": ["--automation"] },
        }),
    }
}

/// Starts an X server in memory on a free display and returns that display's name.
fn start_screen(installed: &Installed) -> Outcome<(Owned, String)> {
    let program = installed
        .screen
        .as_ref()
        .ok_or_else(|| Failure::new("Xvfb is not installed"))?;
    let mut command = Command::new(program);
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1400x1100x24",
        "-nolisten",
        "tcp",
    ]);
    let mut screen = Owned::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let mut number = String::new();
    if let Some(output) = screen.0.stdout.take() {
        BufReader::new(output)
            .read_line(&mut number)
            .doing("reading Xvfb's display")?;
    }
    let number = number.trim();
    if number.is_empty() {
        Err(Failure::new("Xvfb does not start"))
    } else {
        Ok((screen, format!(":{number}")))
    }
}

/// A port nobody listens on at the moment.
fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).doing("looking for a free port")?;
    listener
        .local_addr()
        .map(|address| address.port())
        .doing("looking for a free port")
}
