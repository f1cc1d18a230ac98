//! Text a reader sees: plain, or in both first languages.

use serde::{Deserialize, Serialize};

/// A language of the product. Indonesian and English are equal first languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// The BCP 47 code, as in `lang="id"`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 tag such as `en-GB`; `None` if the product does not speak it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        match primary.as_str() {
            "id" | "in" | "ms" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A name or sentence given by people: one string for all readers, or one for each language.
///
/// In JSON `"Desa Wukirsari"` or `{"id": "Sekolah kampung", "en": "Village school"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Text {
    /// The same for every reader (a proper name, or what a user typed).
    Plain(String),
    /// Written in both languages.
    Both {
        /// Indonesian.
        id: String,
        /// English.
        en: String,
    },
}

impl Text {
    /// The string for a reader of `language`.
    pub fn get(&self, language: Language) -> &str {
        match (self, language) {
            (Self::Plain(text), _) => text,
            (Self::Both { id, .. }, Language::Id) => id,
            (Self::Both { en, .. }, Language::En) => en,
        }
    }

    /// Whether no language has anything to read.
    pub fn is_blank(&self) -> bool {
        Language::ALL
            .into_iter()
            .all(|language| self.get(language).trim().is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}
