//! The browsers of the browser tests, and how each comes onto the machine.

use crate::command::{command, output, run};
use crate::failure::{Failure, Outcome};
use crate::{paths, tools};
use std::path::PathBuf;
use std::process::Command;

/// An engine the page is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge and most phones.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari's engine, as WebKitGTK.
    WebKit,
}

/// Every engine, in the order they are tested.
pub const ENGINES: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

/// The programs that run one engine.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The browser.
    pub browser: PathBuf,
    /// Its WebDriver.
    pub driver: PathBuf,
    /// An X server in memory, for the engine that cannot do without a screen.
    pub screen: Option<PathBuf>,
}

impl Engine {
    /// Its name on the command line and in test names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The engine of this name.
    pub fn named(name: &str) -> Option<Self> {
        ENGINES.into_iter().find(|engine| engine.name() == name)
    }

    /// The Debian packages that bring it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    /// The installed programs, or the name of the first that is missing.
    ///
    /// # Errors
    /// The missing program's name.
    pub fn find(self) -> Result<Installed, &'static str> {
        let (browser, driver, screen) = match self {
            Self::Chromium => (
                paths::on_path(&[
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                ])
                .ok_or("chromium")?,
                paths::on_path(&["chromedriver"]).ok_or("chromedriver")?,
                None,
            ),
            Self::Firefox => (
                paths::on_path(&["firefox-esr", "firefox"]).ok_or("firefox")?,
                Some(paths::tool("geckodriver"))
                    .filter(|tool| tool.is_file())
                    .or_else(|| paths::on_path(&["geckodriver"]))
                    .ok_or("geckodriver")?,
                None,
            ),
            Self::WebKit => {
                let driver = paths::on_path(&["WebKitWebDriver"]).ok_or("WebKitWebDriver")?;
                let browser = mini_browser().ok_or("MiniBrowser")?;
                (browser, driver, Some(paths::on_path(&["Xvfb"]).ok_or("Xvfb")?))
            }
        };
        Ok(Installed {
            browser,
            driver,
            screen,
        })
    }

    /// Installs what is missing of this engine where that is possible.
    ///
    /// # Errors
    /// What is missing and how to get it.
    pub fn ensure(self) -> Outcome<Installed> {
        if self == Self::Firefox {
            tools::GECKODRIVER.ensure()?;
        }
        if let Ok(installed) = self.find() {
            return Ok(installed);
        }
        let wanted = self.packages().join(" ");
        if may_apt_get() {
            eprintln!("Installing {wanted} by apt-get (once)");
            run(command("apt-get")
                .arg("update")
                .env("DEBIAN_FRONTEND", "noninteractive"))?;
            run(command("apt-get")
                .args(["install", "--yes", "--no-install-recommends"])
                .args(self.packages())
                .env("DEBIAN_FRONTEND", "noninteractive"))?;
        }
        self.find().map_err(|missing| {
            Failure::new(format!(
                "{} cannot be tested: {missing} is not installed. On Debian, as root: apt-get install {wanted}",
                self.name()
            ))
        })
    }
}

/// WebKitGTK's small browser, which its package keeps out of `PATH`, in a folder of the architecture.
fn mini_browser() -> Option<PathBuf> {
    let parents = ["/usr/lib", "/usr/lib64", "/usr/libexec"].map(PathBuf::from);
    let below = parents
        .iter()
        .filter_map(|parent| std::fs::read_dir(parent).ok())
        .flatten()
        .flatten();
    let folders = below.map(|entry| entry.path()).chain(parents.iter().cloned());
    folders
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|file| file.is_file())
}

/// Whether this is a Debian where the user may install packages.
fn may_apt_get() -> bool {
    paths::on_path(&["apt-get"]).is_some()
        && output(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}
