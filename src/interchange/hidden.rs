//! Characters nobody can see, which break tables or make a name read as another.
//!
//! Removed from every file, and listed: control characters (NUL too) other than tab and line ends; the
//! bidirectional embeddings, overrides and isolates U+202A–U+202E, U+2066–U+2069, whose effect leaks out of
//! the name they stand in ("Trojan Source", Boucher and Anderson 2021); and byte order marks inside text.
//! Kept: the marks U+200E, U+200F and U+061C, which correctly written Arabic and Hebrew names need and which
//! affect only their neighbours, and the zero-width joiners of Indic scripts and emoji.

use serde_json::Value;
use std::borrow::Cow;

/// Whether a character is removed from files.
pub fn is_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => true,
        _ => character.is_control(),
    }
}

/// `text` without hidden characters; borrowed if it has none.
pub fn without_hidden(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) {
        Cow::Owned(text.chars().filter(|&character| !is_hidden(character)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Removes hidden characters from every string value in `json`, and lists the places:
/// `organisations[3].name`, with the cleaned text.
pub(super) fn clean_json(json: &mut Value) -> Vec<(String, String)> {
    let mut cleaned = Vec::new();
    clean_at(json, &mut String::new(), &mut cleaned);
    cleaned
}

/// Recursion is safe: `json` was parsed under serde_json's depth limit.
fn clean_at(json: &mut Value, path: &mut String, cleaned: &mut Vec<(String, String)>) {
    let own = path.len();
    match json {
        Value::String(text) => {
            if let Cow::Owned(clean) = without_hidden(text) {
                cleaned.push((path.clone(), clean.clone()));
                *text = clean;
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_str(&format!("[{index}]"));
                clean_at(item, path, cleaned);
                path.truncate(own);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let separator = if own == 0 { "" } else { "." };
                path.push_str(&format!("{separator}{name}"));
                clean_at(field, path, cleaned);
                path.truncate(own);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_nul_go_marks_and_joiners_stay() {
        assert_eq!(without_hidden("a\0b\u{202E}c\u{7F}"), "abc");
        let arabic = "\u{200F}جمعية\u{200E} (A)\u{61C}";
        assert!(matches!(without_hidden(arabic), Cow::Borrowed(_)));
        assert_eq!(without_hidden("👩\u{200D}🌾\t\r\n"), "👩\u{200D}🌾\t\r\n");
    }

    #[test]
    fn every_place_in_json_is_named() {
        let mut json = serde_json::json!({"title": "x\u{0}", "list": [{"name": "\u{202E}abc"}, "fine"]});
        let places = clean_json(&mut json);
        assert_eq!(
            places,
            [
                ("list[0].name".to_owned(), "abc".to_owned()),
                ("title".to_owned(), "x".to_owned())
            ]
        );
        assert_eq!(
            json,
            serde_json::json!({"title": "x", "list": [{"name": "abc"}, "fine"]})
        );
    }
}
