//! The browser's own number and date formats.

use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// A number format of the browser for one locale and number of decimals.
#[derive(Clone, Debug)]
pub struct NumberFormat {
    format: Function,
}

impl NumberFormat {
    /// The format of `locale` with exactly `decimals` decimals; `None` where the browser has no `Intl`.
    pub fn new(locale: &str, decimals: u32) -> Option<Self> {
        // Without the check a browser that lacks it would throw out of the constructor.
        let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
        if intl.is_undefined() {
            return None;
        }
        let options = Object::new();
        for name in ["minimumFractionDigits", "maximumFractionDigits"] {
            Reflect::set(&options, &JsValue::from_str(name), &JsValue::from(decimals)).ok()?;
        }
        let format = Intl::NumberFormat::new(&Array::of1(&JsValue::from_str(locale)), &options);
        Some(Self {
            format: format.format(),
        })
    }

    /// `number` in this format; `None` if the browser refuses.
    pub fn format(&self, number: f64) -> Option<String> {
        self.format
            .call1(&JsValue::UNDEFINED, &JsValue::from_f64(number))
            .ok()?
            .as_string()
    }
}

/// Today in words of `locale`, such as "22 November 2026".
pub fn today(locale: &str) -> Option<String> {
    thread_local! {
        /// Locale, day, and the day in words: every picture says it each time it is drawn, and browsers take long over it.
        static LAST: RefCell<[String; 3]> = RefCell::default();
    }
    let today = today_iso();
    LAST.with_borrow_mut(|[of, day, words]| {
        if of != locale || *day != today {
            *words = in_words(locale, js_sys::Date::new_0().into(), &[])?;
            locale.clone_into(of);
            *day = today;
        }
        Some(words.clone())
    })
}

/// A day written as `2027-07-12` in words of `locale`.
pub fn day(locale: &str, iso: &str) -> Option<String> {
    // A day without an hour is read as midnight in Greenwich, and written so: no time zone moves it.
    let date = js_sys::Date::new(&JsValue::from_str(iso));
    let exists = !date.get_time().is_nan();
    exists.then(|| in_words(locale, date.into(), &[("timeZone", "UTC")]))?
}

fn in_words(locale: &str, date: JsValue, more: &[(&str, &str)]) -> Option<String> {
    let options = Object::new();
    let all = [("day", "numeric"), ("month", "long"), ("year", "numeric")];
    for (name, value) in all.iter().chain(more) {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    let text = js_sys::Date::from(date).to_locale_date_string(locale, &options);
    text.dyn_into::<js_sys::JsString>().ok().map(String::from)
}

/// Today on the reader's calendar, such as "2026-11-22".
pub fn today_iso() -> String {
    let date = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}
