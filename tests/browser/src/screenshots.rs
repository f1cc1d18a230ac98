//! A picture of every view at two widths, in both languages and themes.

use crate::browser::Browser;
use xtask::browsers::Engine;
use xtask::failure::Outcome;
use xtask::paths;

const VIEWS: [&str; 11] = [
    "organisations",
    "partners",
    "partners&scope=everybody",
    "partnership",
    "partnership&part=exchange",
    "partnership&part=together",
    "partnership&part=agreement",
    "pool",
    "pool&part=futures",
    "pool&part=why",
    "report",
];
const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 900)];
const LANGUAGES: [&str; 2] = ["id", "en"];
const THEMES: [&str; 2] = ["light", "dark"];
/// The bundled case that is shown.
const CASE: &str = "E2";

/// Takes them all into `screenshots/`, as tall as each page is.
///
/// # Errors
/// A page does not start, or a picture cannot be written.
pub fn take() -> Outcome {
    let browser = Browser::start(Engine::Chromium)?;
    let folder = paths::root().join("screenshots");
    for view in VIEWS {
        for (width, height) in SIZES {
            for lang in LANGUAGES {
                for theme in THEMES {
                    browser.resize(width, height)?;
                    browser.open_started(&format!("/?view={view}&lang={lang}&theme={theme}&case={CASE}"))?;
                    browser.wait_settled()?;
                    let tall = browser
                        .run("return document.documentElement.scrollHeight")?
                        .as_u64();
                    let tall = tall.and_then(|tall| u32::try_from(tall).ok()).unwrap_or(height);
                    browser.resize(width, tall.clamp(height, 12_000))?;
                    let shown = view.replace(['&', '='], "-");
                    let name = format!("{shown}-{width}-{lang}-{theme}.png");
                    browser.screenshot(&folder.join(&name))?;
                    println!("screenshots/{name}");
                }
            }
        }
    }
    Ok(())
}
