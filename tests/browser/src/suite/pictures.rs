//! Pictures taken along: every picture of the pool step as SVG and as PNG, in both languages and themes.

use super::{Test, ensure};
use crate::browser::Browser;
use serde_json::{Value, json};
use xtask::failure::{Failure, Outcome};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("pictures_saved_light", |browser| saved(browser, "en", "light")),
    ("pictures_saved_dark", |browser| saved(browser, "id", "dark")),
    ("pictures_of_odd_names", odd_names),
];

/// Parts of the pool step, with what must be there before its pictures are.
const PARTS: [(&str, &str); 4] = [
    ("money", "#pool-flow-svg"),
    ("futures", "#pool-levers-svg"),
    ("voices", "#voices-totals-svg"),
    ("compare", "#compare-agreement-svg"),
];

/// Clicks a button that saves a picture, and says what the browser was given: name, text of an SVG, or width, height and
/// first bytes of a PNG.
const CATCH: &str = "
    const done = arguments[arguments.length - 1];
    const [selector] = arguments;
    const make = URL.createObjectURL;
    const click = HTMLAnchorElement.prototype.click;
    let blob;
    const put_back = () => { URL.createObjectURL = make; HTMLAnchorElement.prototype.click = click; };
    URL.createObjectURL = (given) => { blob = given; return make.call(URL, given); };
    HTMLAnchorElement.prototype.click = function () {
        put_back();
        const name = this.download;
        if (name.endsWith('.svg')) {
            blob.text().then((text) => {
                const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
                const inside = [...parsed.querySelectorAll('*')];
                done({ name, text, broken: !!parsed.querySelector('parsererror'), root: parsed.documentElement.localName,
                    title: parsed.querySelector('title')?.textContent, foreign: inside.filter((each) =>
                    !['svg', 'title', 'desc', 'g', 'rect', 'circle', 'path', 'text'].includes(each.localName)).length });
            });
        } else {
            blob.arrayBuffer().then((buffer) => {
                const view = new DataView(buffer);
                done({ name, signature: [...new Uint8Array(buffer, 0, 8)].join(' '), width: view.getUint32(16),
                    height: view.getUint32(20), bytes: buffer.byteLength });
            });
        }
    };
    document.querySelector(selector).click();
    setTimeout(() => { put_back(); done({ name: '', text: 'nothing was saved' }); }, 8000);";

fn caught(browser: &Browser, selector: &str) -> Outcome<Value> {
    browser.session().run_async(CATCH, vec![json!(selector)])
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Width and height in the head of an SVG.
fn size_of(svg: &str) -> [f64; 2] {
    ["width", "height"].map(|name| {
        let value = svg
            .split(&format!(" {name}=\""))
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).unwrap_or(0.0)
    })
}

fn one_picture(browser: &Browser, id: &str) -> Outcome {
    let heading = browser.text(&format!("#{id}-title"))?;
    let svg = caught(browser, &format!("#{id}-svg"))?;
    let file = text(&svg, "text").to_owned();
    ensure(
        svg["broken"] == false && text(&svg, "root") == "svg" && svg["foreign"] == 0,
        || format!("{id}: no plain SVG: {file:.200}"),
    )?;
    ensure(text(&svg, "title") == heading, || {
        format!("{id}: {} is not {heading}", svg["title"])
    })?;
    for never in ["var(", "NaN", "Infinity", "href", "url(", "<script"] {
        ensure(!file.contains(never), || format!("{id}: the file holds {never}"))?;
    }
    ensure(text(&svg, "name").ends_with(".svg"), || {
        format!("{id}: called {}", svg["name"])
    })?;
    let [width, height] = size_of(&file);
    let png = caught(browser, &format!("#{id}-png"))?;
    ensure(text(&png, "signature") == "137 80 78 71 13 10 26 10", || {
        format!("{id}: no PNG: {png}")
    })?;
    let near = |name: &str, wanted: f64| {
        png[name]
            .as_f64()
            .is_some_and(|is| (is - 2.0 * wanted).abs() <= 1.0)
    };
    ensure(near("width", width) && near("height", height), || {
        format!("{id}: {png} is not twice {width} × {height}")
    })?;
    // A sheet of one colour would be far smaller.
    ensure(png["bytes"].as_f64() > Some(4_000.0), || {
        format!("{id}: an empty sheet: {png}")
    })
}

/// Every picture of every part, as SVG that any reader takes and as PNG twice as fine as the screen.
fn saved(browser: &mut Browser, language: &str, theme: &str) -> Outcome {
    browser.resize(1280, 900)?;
    for (part, ready) in PARTS {
        browser.open_started(&format!(
            "/?case=E2&view=pool&part={part}&lang={language}&theme={theme}"
        ))?;
        browser.wait_for(ready)?;
        let ids = browser.run(
            "return [...document.querySelectorAll('.save-picture button[id$=-svg]')].map((each) => each.id.slice(0, -4))",
        )?;
        let ids = ids.as_array().cloned().unwrap_or_default();
        ensure(!ids.is_empty(), || format!("{part}: no picture can be saved"))?;
        for id in &ids {
            let id = id.as_str().unwrap_or_default();
            let place = |failure: Failure| Failure::new(format!("{part} {language} {theme}: {failure}"));
            one_picture(browser, id).map_err(place)?;
        }
        browser.check_no_inline_style()?;
    }
    browser.check_same_origin()?;
    browser.check_console()
}

/// Names with markup stay text in a file.
fn odd_names(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=pool&lang=en")?;
    browser.wait_for("[id^=project-] details > summary")?;
    browser.run("document.querySelector('[id^=project-] details > summary').click(); return true")?;
    let field = "[id^=project-][id$=-name]";
    browser.wait_for(field)?;
    browser.run(&format!(
        "const field = document.querySelector('{field}'); field.focus(); field.select(); return true"
    ))?;
    browser.press("<script>\"A\" & 'B'</script>")?;
    browser.wait_for_text("#pool-flow", "<script>")?;
    one_picture(browser, "pool-flow")?;
    browser.check_console()
}
