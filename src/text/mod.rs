//! What the product says: typed messages in every language, made from `locales/`, and plain number formatting,
//! so that the command line and exports speak too.
//!
//! ```
//! use gotong::domain::Language;
//! use gotong::text::say;
//! assert_eq!(say::partners_count(1_u64).render(Language::En), "1 organisation looked at");
//! assert_eq!(say::partners_count(1_204_u64).render(Language::Id), "1.204 organisasi ditinjau");
//! ```

mod percent;
mod plain;

pub use percent::{parse_percent, percent_figure};
pub use plain::{compact_money, decimal, integer, money, parse_amount, percent};

use crate::domain::Language;
use crate::later::{is_here, later};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// Something put into a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Text as it is, already formatted.
    Text(String),
    /// A count: formatted for the language, and what plural forms choose by.
    Count(u64),
    /// A message inside a message.
    Message(Box<Message>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

/// A message with its arguments, in no language yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    key: Key,
    args: Vec<(&'static str, Arg)>,
}

impl Key {
    /// Its name in `locales/`.
    pub fn name(self) -> &'static str {
        let index = self as usize;
        match index.checked_sub(FIRST_NAMES.len()) {
            None => FIRST_NAMES[index],
            Some(index) if is_here() => later_name(index),
            Some(_) => NOT_HERE,
        }
    }

    /// The key of this name; `None` if no message is called so.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = match FIRST_NAMES.binary_search(&name) {
            Ok(index) => Some(index),
            Err(_) if is_here() => later_index(name).map(|index| FIRST_NAMES.len() + index),
            Err(_) => None,
        };
        found.map(|index| Self::ALL[index])
    }

    fn template(self, language: Language) -> &'static str {
        let index = self as usize;
        let table = match language {
            Language::Id => FIRST_ID,
            Language::En => FIRST_EN,
        };
        match index.checked_sub(table.len()) {
            None => table[index],
            Some(index) if is_here() => later_template(index, language),
            Some(_) => NOT_HERE,
        }
    }
}

/// In place of a sentence that has not arrived. `build.rs` puts what is said at once into the first half, so nobody should
/// ever read it; a panic would be worse.
const NOT_HERE: &str = "…";

later! { "20",
    /// The name of a key of the later half.
    fn later_name(index: usize) -> &'static str {
        LATER_NAMES.get(index).copied().unwrap_or(NOT_HERE)
    }
}

later! { "21",
    /// Where a name stands among those of the later half.
    fn later_index(name: &str) -> Option<usize> {
        LATER_NAMES.binary_search(&name).ok()
    }
}

later! { "22",
    /// A sentence of the later half.
    fn later_template(index: usize, language: Language) -> &'static str {
        let table = match language {
            Language::Id => LATER_ID,
            Language::En => LATER_EN,
        };
        table.get(index).copied().unwrap_or(NOT_HERE)
    }
}

impl From<Key> for Message {
    fn from(key: Key) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }
}

impl Message {
    /// A message with its arguments. Never inlined: hundreds of call sites would each carry the allocation.
    #[inline(never)]
    fn new<const N: usize>(key: Key, args: [(&'static str, Arg); N]) -> Self {
        Self {
            key,
            args: Vec::from(args),
        }
    }

    /// The message a code stands for, such as `reason-friction`; the code itself where no message has that
    /// name (an old page reading a newer answer), so that nothing is ever blank.
    pub fn of_code(prefix: &str, code: &str) -> Self {
        Self::named(&format!("{prefix}-{code}")).unwrap_or_else(|| say::unnamed_code(code))
    }

    /// The message of this name without arguments, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Key::from_name(&name.to_ascii_lowercase()).map(Self::from)
    }

    /// The same message with one more argument, for messages chosen by code.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Which message it is.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The sentence for a reader of `language`.
    pub fn render(&self, language: Language) -> String {
        let mut out = String::new();
        self.fill(self.key.template(language), language, &mut out);
        out
    }

    fn fill(&self, template: &str, language: Language, out: &mut String) {
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(close) = matching_brace(&rest[open..]) else {
                break;
            };
            self.placeholder(&rest[open + 1..open + close], language, out);
            rest = &rest[open + close + 1..];
        }
        out.push_str(rest);
    }

    fn placeholder(&self, inner: &str, language: Language, out: &mut String) {
        let mut forms = inner.splitn(3, '|');
        let name = forms.next().unwrap_or_default();
        let arg = self
            .args
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, arg)| arg);
        match (forms.next(), forms.next(), arg) {
            (Some(one), Some(other), arg) => {
                let form = if arg == Some(&Arg::Count(1)) { one } else { other };
                self.fill(form, language, out);
            }
            (_, _, Some(Arg::Text(text))) => out.push_str(text),
            (_, _, Some(Arg::Count(count))) => out.push_str(&integer(*count, language)),
            (_, _, Some(Arg::Message(message))) => out.push_str(&message.render(language)),
            (_, _, None) => out.push('…'),
        }
    }
}

/// Position of the brace that closes the one `text` starts with.
fn matching_brace(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (index, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(index),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_so_that_lookup_by_code_finds_every_one() {
        for &key in Key::ALL {
            assert_eq!(Key::from_name(key.name()), Some(key), "{}", key.name());
        }
        assert_eq!(Key::from_name("no-such-message"), None);
    }

    #[test]
    fn a_code_without_message_is_shown_as_it_is() {
        assert_eq!(
            Message::of_code("reason", "from-the-future").render(Language::En),
            "from-the-future"
        );
    }

    #[test]
    fn every_message_renders_in_every_language_without_braces() {
        for &key in Key::ALL {
            for language in Language::ALL {
                let text = Message::from(key).render(language);
                assert!(
                    !text.contains(['{', '}', '|']) && !text.is_empty(),
                    "{}: {text}",
                    key.name()
                );
            }
        }
    }
}
