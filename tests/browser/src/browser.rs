//! What a test may do with a browser and ask of a page.

use crate::driver::Driver;
use crate::webdriver::{Element, Session};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};
use xtask::browsers::Engine;
use xtask::failure::{Doing, Failure, Outcome};
use xtask::paths;
use xtask::server::{Server, Site};

/// How long to wait for something on the page.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// A test page that shows `?path` in a frame of `?width` by `?height`: headless browsers have windows of a
/// least width (Firefox 450, WebKitGTK 500 or so), frames have not.
const FRAME_PAGE: &str = "/narrow.html";
const FRAME_HTML: &str = "<!doctype html><html lang=en><title>Narrow</title><body><script>\
    const asked = new URLSearchParams(location.search); const frame = document.createElement('iframe');\
    frame.width = asked.get('width'); frame.height = asked.get('height'); frame.title = 'Narrow';\
    frame.src = asked.get('path'); document.body.append(frame);</script>";

/// One engine with one page; a fresh origin per test, so that no test sees another's storage.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    driver: Driver,
    server: Server,
}

impl Browser {
    /// Starts `engine` and a server of the built page.
    ///
    /// # Errors
    /// Either does not start.
    pub fn start(engine: Engine) -> Outcome<Self> {
        Ok(Self {
            engine,
            driver: Driver::start(engine)?,
            server: serve(Site::new(paths::dist()))?,
        })
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The server of the page; its [`Server::requests`] also show what workers fetch.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The session, for commands that have no helper here.
    pub fn session(&self) -> &Session {
        &self.driver.session
    }

    /// Serves the built page from a fresh origin.
    ///
    /// # Errors
    /// No port is free.
    pub fn fresh(&mut self) -> Outcome {
        self.fresh_site(Site::new(paths::dist()))
    }

    /// Serves `site` from a fresh origin, such as one with a fault or with a host page.
    ///
    /// # Errors
    /// No port is free.
    pub fn fresh_site(&mut self, site: Site) -> Outcome {
        self.server = serve(site)?;
        Ok(())
    }

    /// Opens a path of the served site, such as `/?view=pool&lang=en`.
    ///
    /// # Errors
    /// The browser cannot load it.
    pub fn open(&self, path: &str) -> Outcome {
        let url = if path.contains("://") {
            path.to_owned()
        } else {
            format!("{}{path}", self.server.origin())
        };
        self.session().post("/url", &json!({ "url": url })).map(drop)
    }

    /// Opens a path in a frame of this size and goes on inside it; works in every engine for any width.
    ///
    /// # Errors
    /// The browser cannot load it.
    pub fn open_sized(&self, path: &str, width: u32, height: u32) -> Outcome {
        let escaped = path
            .replace('%', "%25")
            .replace('&', "%26")
            .replace('#', "%23")
            .replace('+', "%2B");
        self.open(&format!(
            "{FRAME_PAGE}?width={width}&height={height}&path={escaped}"
        ))?;
        self.enter_frame("iframe")
    }

    /// Goes on inside the frame that `selector` names; [`Self::open`] or [`Self::leave_frames`] come out.
    ///
    /// # Errors
    /// There is no such frame.
    pub fn enter_frame(&self, selector: &str) -> Outcome {
        let frame = self.wait_for(selector)?;
        self.session()
            .post("/frame", &json!({ "id": frame.argument() }))
            .map(drop)
    }

    /// Goes on in the outermost page.
    ///
    /// # Errors
    /// The driver refuses.
    pub fn leave_frames(&self) -> Outcome {
        self.session().post("/frame", &json!({ "id": null })).map(drop)
    }

    /// Opens a path and waits until the page has replaced its static text.
    ///
    /// # Errors
    /// It does not within [`PATIENCE`]; with what the loader says.
    pub fn open_started(&self, path: &str) -> Outcome {
        self.open(path)?;
        self.wait_started()
    }

    /// Waits until the page has replaced its static text.
    ///
    /// # Errors
    /// It does not within [`PATIENCE`]; with what the loader says.
    pub fn wait_started(&self) -> Outcome {
        let started = "return document.querySelector('#gotong') && !document.querySelector('.boot-intro')";
        self.wait_until(started).map_err(|failure| {
            let said = self.text("#boot-note").unwrap_or_default();
            Failure::new(format!("the page does not start: {failure} {said}"))
        })
    }

    /// The first element `selector` (CSS) names, as soon as there is one that is shown.
    ///
    /// # Errors
    /// There is none within [`PATIENCE`].
    pub fn wait_for(&self, selector: &str) -> Outcome<Element> {
        self.wait_for_value(
            "return [...document.querySelectorAll(arguments[0])].find(e => e.getClientRects().length) || null",
            &[json!(selector)],
        )
        .and_then(|value| Element::read(&value))
        .map_err(|_| Failure::new(format!("there is no `{selector}`")))
    }

    /// The shown element of this role whose accessible name contains `name`.
    ///
    /// # Errors
    /// There is none within [`PATIENCE`].
    pub fn by_role(&self, role: &str, name: &str) -> Outcome<Element> {
        self.wait_for_value(include_str!("by_role.js"), &[json!(role), json!(name)])
            .and_then(|value| Element::read(&value))
            .map_err(|_| Failure::new(format!("there is no {role} named `{name}`")))
    }

    /// Waits until `script`, the body of a function, returns something true.
    ///
    /// # Errors
    /// It does not within [`PATIENCE`].
    pub fn wait_until(&self, script: &str) -> Outcome {
        self.wait_for_value(script, &[]).map(drop)
    }

    /// Waits until the text of `selector` contains `text`.
    ///
    /// # Errors
    /// It does not within [`PATIENCE`]; with the text there is.
    pub fn wait_for_text(&self, selector: &str, text: &str) -> Outcome {
        let script = "const e = document.querySelector(arguments[0]); return e && e.textContent.includes(arguments[1])";
        self.wait_for_value(script, &[json!(selector), json!(text)])
            .map(drop)
            .map_err(|_| {
                let there = self.text(selector).unwrap_or_else(|failure| failure.to_string());
                Failure::new(format!("`{selector}` never says `{text}`, but: {there}"))
            })
    }

    /// Waits until nothing on the page says that it is still being worked on.
    ///
    /// # Errors
    /// It still is after [`PATIENCE`].
    pub fn wait_settled(&self) -> Outcome {
        self.wait_until(
            "return document.querySelector('main') && !document.querySelector('.working, [data-working=true], [data-done=false]')",
        )
    }

    /// Clicks the element that `selector` names, as a person would.
    ///
    /// # Errors
    /// There is none within [`PATIENCE`], or another element covers it.
    pub fn click(&self, selector: &str) -> Outcome {
        self.click_on(&self.wait_for(selector)?)
    }

    /// Clicks the element with this `data-testid`.
    ///
    /// # Errors
    /// As for [`Self::click`].
    pub fn click_id(&self, id: &str) -> Outcome {
        self.click(&format!("[data-testid='{id}']"))
    }

    /// Clicks the element of this role and accessible name.
    ///
    /// # Errors
    /// As for [`Self::click`].
    pub fn click_role(&self, role: &str, name: &str) -> Outcome {
        self.click_on(&self.by_role(role, name)?)
    }

    /// Clicks `element`. Where it is out of sight or under the bar at the top, it is scrolled into view first, as a person
    /// would do.
    ///
    /// # Errors
    /// Another element covers it.
    pub fn click_on(&self, element: &Element) -> Outcome {
        let into_view = "const box = arguments[0].getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (!top || !arguments[0].contains(top)) { arguments[0].scrollIntoView({ block: 'center' }); }";
        self.session().run(into_view, vec![element.to_json()])?;
        self.session().post_to(element, "/click", &json!({})).map(drop)
    }

    /// Types `text` into the element that `selector` names; `\u{e007}` is Enter, `\u{e004}` Tab.
    ///
    /// # Errors
    /// There is no such element, or it takes no text.
    pub fn type_into(&self, selector: &str, text: &str) -> Outcome {
        let element = self.wait_for(selector)?;
        self.session()
            .post_to(&element, "/value", &json!({ "text": text }))
            .map(drop)
    }

    /// Chooses `file` in the file input that `selector` names, which may be hidden behind its label.
    ///
    /// # Errors
    /// There is no such input, or the driver refuses.
    pub fn choose_file(&self, selector: &str, file: &Path) -> Outcome {
        let found = self
            .session()
            .post("/element", &json!({ "using": "css selector", "value": selector }))?;
        let element = Element::read(&found)?;
        let path = file.canonicalize().doing("path of the file")?;
        self.session()
            .post_to(&element, "/value", &json!({ "text": path.to_string_lossy() }))
            .map(drop)
    }

    /// Presses keys wherever the focus is, one after the other.
    ///
    /// # Errors
    /// The driver refuses.
    pub fn press(&self, keys: &str) -> Outcome {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                [
                    json!({ "type": "keyDown", "value": key }),
                    json!({ "type": "keyUp", "value": key }),
                ]
            })
            .collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.session().post("/actions", &actions).map(drop)
    }

    /// The text of the first element `selector` names, shown or not.
    ///
    /// # Errors
    /// There is none.
    pub fn text(&self, selector: &str) -> Outcome<String> {
        let script = "const e = document.querySelector(arguments[0]); return e && e.textContent.trim()";
        let value = self.session().run(script, vec![json!(selector)])?;
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("there is no `{selector}`")))
    }

    /// What the body of a function returns in the page.
    ///
    /// # Errors
    /// It throws.
    pub fn run(&self, script: &str) -> Outcome<Value> {
        self.session().run(script, Vec::new())
    }

    /// Sets the size of the page's area: exact in Chromium (emulated), else as near as the window allows;
    /// [`Self::open_sized`] is exact everywhere.
    ///
    /// # Errors
    /// The driver refuses.
    pub fn resize(&self, width: u32, height: u32) -> Outcome {
        if self.engine == Engine::Chromium {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics });
            return self.session().post("/goog/cdp/execute", &command).map(drop);
        }
        self.session()
            .post("/window/rect", &json!({ "width": width, "height": height }))
            .map(drop)
    }

    /// Writes a picture (PNG) of the window to `file`.
    ///
    /// # Errors
    /// The picture cannot be taken or written.
    pub fn screenshot(&self, file: &Path) -> Outcome {
        let picture = self.session().get("/screenshot")?;
        let bytes = crate::base64::decode(picture.as_str().unwrap_or_default())
            .ok_or_else(|| Failure::new("the driver's picture is damaged"))?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).doing(format_args!("creating {}", folder.display()))?;
        }
        fs::write(file, bytes).doing(format_args!("writing {}", file.display()))
    }

    /// Runs `script` until it returns something true, and returns that.
    fn wait_for_value(&self, script: &str, arguments: &[Value]) -> Outcome<Value> {
        let start = Instant::now();
        loop {
            let answer = self.session().run(script, arguments.to_vec());
            if let Ok(value) = &answer
                && !matches!(value, Value::Null | Value::Bool(false))
            {
                return answer;
            }
            if start.elapsed() > PATIENCE {
                // The script's own error, if that is what stood in the way.
                return answer.and(Err(Failure::new(format!("waited in vain for `{script}`"))));
            }
            thread::sleep(Duration::from_millis(25));
        }
    }
}

/// A server of `site` on any free port, with the test page for narrow windows.
fn serve(site: Site) -> Outcome<Server> {
    Server::start(site.with_page(FRAME_PAGE, FRAME_HTML), 0)
}
