//! The browser's own number and date formats.

use js_sys::{Array, Function, Intl, Object, Reflect};
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
    let options = Object::new();
    for (name, value) in [("day", "numeric"), ("month", "long"), ("year", "numeric")] {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    let date: JsValue = js_sys::Date::new_0().into();
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
