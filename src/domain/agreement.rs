//! What people choose, and write in their own words, over the draft of their agreement.

use super::{Language, PartnershipType, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part of an agreement, in the order of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SectionCode {
    /// What it is for.
    Purpose,
    /// Who.
    Parties,
    /// Who leads, holds money, checks.
    Roles,
    /// Who brings what.
    Contributions,
    /// How decisions are taken.
    Decisions,
    /// How money is handled.
    Money,
    /// What success is measured by.
    Indicators,
    /// When the parties look back.
    Reviews,
    /// How it ends.
    Exit,
}

impl SectionCode {
    /// The name of its heading in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Purpose => "agreement-section-purpose",
            Self::Parties => "agreement-section-parties",
            Self::Roles => "agreement-section-roles",
            Self::Contributions => "agreement-section-contributions",
            Self::Decisions => "agreement-section-decisions",
            Self::Money => "agreement-section-money",
            Self::Indicators => "agreement-section-indicators",
            Self::Reviews => "agreement-section-reviews",
            Self::Exit => "agreement-section-exit",
        }
    }

    /// The stable code used in files and ids.
    pub fn code(self) -> &'static str {
        self.key().rsplit('-').next().unwrap_or_default()
    }
}

/// How the parties decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecisionRule {
    /// By talking until all agree.
    Consensus,
    /// In meetings of all parties, each with one vote.
    Meeting,
    /// In a steering group with one person from each party.
    Board,
    /// By the community's ballots.
    Members,
}

impl DecisionRule {
    /// Every way, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Consensus, Self::Meeting, Self::Board, Self::Members];

    /// The stable code used in files and in `locales/`.
    pub fn code(self) -> &'static str {
        ["consensus", "meeting", "board", "members"][self as usize]
    }
}

/// What people choose and write over the draft. Whatever is absent stands as drafted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct AgreementPlan {
    /// When it begins, as `2027-07-12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Another type than the recommended one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_type: Option<PartnershipType>,
    /// Another way to decide than the one that goes with the type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionRule>,
    /// The language of the paper, if it is not the reader's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Sections in people's own words, one line a sentence. A language left blank stands as drafted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<SectionCode, Text>,
}

impl AgreementPlan {
    /// Whether nothing was chosen and nothing written.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What was written over a section for readers of `language`; `None` where the draft stands.
    pub fn own_words(&self, section: SectionCode, language: Language) -> Option<&str> {
        let text = self.sections.get(&section)?.get(language);
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// Writes over a section for readers of `language`; blank words bring the draft back. The other language keeps
    /// what it has.
    pub fn write(&mut self, section: SectionCode, language: Language, words: &str) {
        let words = if words.trim().is_empty() { "" } else { words };
        let known = |language| {
            let text = self.sections.get(&section).map(|text| text.get(language));
            text.unwrap_or_default().to_owned()
        };
        let text = match language {
            Language::Id => Text::Both {
                id: words.to_owned(),
                en: known(Language::En),
            },
            Language::En => Text::Both {
                id: known(Language::Id),
                en: words.to_owned(),
            },
        };
        if text.is_blank() {
            self.sections.remove(&section);
        } else {
            self.sections.insert(section, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Id};

    #[test]
    fn each_language_keeps_its_own_words_and_blank_ones_bring_the_draft_back() {
        let mut plan = AgreementPlan::default();
        plan.write(SectionCode::Exit, Id, "Tiga bulan.");
        assert_eq!(plan.own_words(SectionCode::Exit, Id), Some("Tiga bulan."));
        assert_eq!(plan.own_words(SectionCode::Exit, En), None);
        plan.write(SectionCode::Exit, En, "Three months.");
        plan.write(SectionCode::Exit, Id, " \n");
        assert_eq!(plan.own_words(SectionCode::Exit, Id), None);
        assert_eq!(plan.own_words(SectionCode::Exit, En), Some("Three months."));
        plan.write(SectionCode::Exit, En, "");
        assert!(plan.is_default());
    }

    #[test]
    fn it_is_kept_in_files_and_takes_no_room_in_them_while_untouched() {
        let mut plan = AgreementPlan::default();
        assert_eq!(serde_json::to_string(&plan).unwrap(), "{}");
        plan.decision = Some(DecisionRule::Board);
        plan.write(SectionCode::Money, En, "No money moves.");
        let json = serde_json::to_string(&plan).unwrap();
        assert_eq!(
            json,
            r#"{"decision":"board","sections":{"money":{"id":"","en":"No money moves."}}}"#
        );
        assert_eq!(serde_json::from_str::<AgreementPlan>(&json).unwrap(), plan);
        for rule in DecisionRule::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.code());
        }
        assert_eq!(SectionCode::Parties.code(), "parties");
    }
}
