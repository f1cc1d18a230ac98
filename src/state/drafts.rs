//! What is being typed and may not be sound yet: it is kept beside the scenario until it is.

use crate::domain::{
    CostEstimate, CostShape, Language, MAX_AMOUNT_MINOR, MAX_PERIODS, Project, Text, WHOLE_BASIS_POINTS,
};

/// The money fields of a project while they are typed. An empty low or high is the same as the likely cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CostDraft {
    /// If all goes well.
    pub low_minor: Option<u64>,
    /// Most likely.
    pub likely_minor: Option<u64>,
    /// If much goes wrong.
    pub high_minor: Option<u64>,
    /// May be funded in part.
    pub divisible: bool,
    /// Least grant of a divisible project.
    pub minimum_minor: Option<u64>,
}

/// Why a draft is not put into the scenario yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DraftProblem {
    /// The likely cost is empty.
    NoCost,
    /// Not low ≤ likely ≤ high.
    CostOrder,
    /// The least grant is above the likely cost.
    MinimumAboveCost,
    /// Above the largest amount.
    TooLarge,
}

impl DraftProblem {
    /// A stable code the page translates (`draft-…` in `locales/`).
    pub fn code(self) -> &'static str {
        match self {
            Self::NoCost => "no-cost",
            Self::CostOrder => "cost-order",
            Self::MinimumAboveCost => "minimum-above-cost",
            Self::TooLarge => "too-large",
        }
    }
}

impl CostDraft {
    /// The fields of a project as it stands. A known cost shows its likely figure alone.
    pub fn of(project: &Project) -> Self {
        let cost = &project.cost;
        let uncertain = cost.shape != CostShape::Fixed;
        Self {
            low_minor: uncertain.then_some(cost.low_minor),
            likely_minor: Some(cost.likely_minor),
            high_minor: uncertain.then_some(cost.high_minor),
            divisible: project.divisible,
            minimum_minor: project.minimum_minor,
        }
    }

    /// What is wrong with it; `None` if a project can take it. The first of the order they are declared in.
    pub fn problem(&self) -> Option<DraftProblem> {
        let Some(likely) = self.likely_minor else {
            return Some(DraftProblem::NoCost);
        };
        let low = self.low_minor.unwrap_or(likely);
        let high = self.high_minor.unwrap_or(likely);
        let minimum = self.minimum_minor.filter(|_| self.divisible).unwrap_or(0);
        match () {
            () if !(low <= likely && likely <= high) => Some(DraftProblem::CostOrder),
            () if minimum > likely => Some(DraftProblem::MinimumAboveCost),
            () if high > MAX_AMOUNT_MINOR => Some(DraftProblem::TooLarge),
            () => None,
        }
    }

    /// `project` with these fields; `None` if they are not sound.
    ///
    /// Equal figures keep the shape of the estimate; figures that differ make a known cost an estimate (PERT).
    pub fn apply(&self, project: &Project) -> Option<Project> {
        if self.problem().is_some() {
            return None;
        }
        let likely_minor = self.likely_minor?;
        let low_minor = self.low_minor.unwrap_or(likely_minor);
        let high_minor = self.high_minor.unwrap_or(likely_minor);
        let uncertain = low_minor < likely_minor || likely_minor < high_minor;
        let shape = match project.cost.shape {
            CostShape::Fixed if uncertain => CostShape::Pert,
            shape => shape,
        };
        let mut project = project.clone();
        project.cost = CostEstimate {
            shape,
            low_minor,
            likely_minor,
            high_minor,
        };
        project.divisible = self.divisible;
        project.minimum_minor = self.minimum_minor.filter(|_| self.divisible);
        Some(project)
    }
}

/// Parts by period as people type them: "40, 30, 30", "40 % 30 % 30 %", "2:1:1". Nothing typed is no parts; `None` for
/// what is no list of whole numbers, for nothing but zeros, and for more than [`MAX_PERIODS`] periods.
pub fn parse_parts(text: &str) -> Option<Vec<u32>> {
    let sound = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | ';' | ':' | '/' | '%');
    if !text.chars().all(sound) {
        return None;
    }
    let words = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|word| !word.is_empty());
    let parts: Vec<u32> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let idle = !parts.is_empty() && parts.iter().all(|&part| part == 0);
    (!idle && parts.len() <= MAX_PERIODS).then_some(parts)
}

/// A share in [0, 1] in whole basis points.
#[allow(clippy::cast_possible_truncation, reason = "between 0 and 10 000")]
pub fn basis_points(share: f64) -> u32 {
    if share.is_finite() {
        (share.clamp(0.0, 1.0) * f64::from(WHOLE_BASIS_POINTS)).round() as u32
    } else {
        0
    }
}

/// The first of `prefix-1`, `prefix-2`, … that is not taken.
pub fn free_id(prefix: &str, taken: impl Fn(&str) -> bool) -> String {
    (1_u64..)
        .map(|number| format!("{prefix}-{number}"))
        .find(|id| !taken(id))
        .unwrap_or_else(|| prefix.to_owned())
}

/// `text` with `words` for readers of `language`; the other language keeps its own, if it had one.
pub fn reworded(text: &Text, language: Language, words: &str) -> Text {
    let words = words.to_owned();
    match (text, language) {
        (Text::Plain(_), _) => Text::Plain(words),
        (Text::Both { en, .. }, Language::Id) => Text::Both {
            id: words,
            en: en.clone(),
        },
        (Text::Both { id, .. }, Language::En) => Text::Both {
            id: id.clone(),
            en: words,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ProjectId, Scenario};

    #[test]
    fn parts_by_period_are_read_as_people_type_them() {
        for text in ["40, 30, 30", "40 30 30", "40%;30% 30 %", "40:30:30"] {
            assert_eq!(parse_parts(text), Some(vec![40, 30, 30]), "{text}");
        }
        assert_eq!(parse_parts("  "), Some(Vec::new()));
        for text in [
            "half",
            "33.3 66.7",
            "-1 2",
            "0 0",
            "99999999999",
            &"1 ".repeat(121),
        ] {
            assert_eq!(parse_parts(text), None, "{text}");
        }
        assert_eq!([0.8, 1.2, f64::NAN].map(basis_points), [8_000, 10_000, 0]);
    }

    fn library() -> Project {
        Project {
            id: ProjectId::new("library").unwrap(),
            name: "Village library".into(),
            description: Text::default(),
            lead: None,
            goals: Vec::new(),
            region: None,
            cost: CostEstimate::fixed(100),
            divisible: false,
            minimum_minor: None,
            beneficiaries: None,
            requirements: Vec::new(),
            duration_months: None,
            tranches: Vec::new(),
        }
    }

    #[test]
    fn a_draft_that_changes_nothing_gives_the_same_project() {
        let mut project = library();
        assert_eq!(CostDraft::of(&project).apply(&project), Some(project.clone()));
        project.cost = CostEstimate {
            shape: CostShape::Lognormal,
            low_minor: 80,
            likely_minor: 100,
            high_minor: 130,
        };
        (project.divisible, project.minimum_minor) = (true, Some(40));
        assert_eq!(CostDraft::of(&project).apply(&project), Some(project.clone()));
    }

    #[test]
    fn whatever_is_applied_leaves_a_sound_scenario() {
        let amounts = [
            None,
            Some(0),
            Some(90),
            Some(100),
            Some(120),
            Some(MAX_AMOUNT_MINOR + 1),
        ];
        let mut applied = 0;
        for low_minor in amounts {
            for likely_minor in amounts {
                for high_minor in amounts {
                    for minimum_minor in amounts {
                        let draft = CostDraft {
                            low_minor,
                            likely_minor,
                            high_minor,
                            minimum_minor,
                            divisible: true,
                        };
                        let Some(project) = draft.apply(&library()) else {
                            continue;
                        };
                        applied += 1;
                        let scenario = Scenario {
                            projects: vec![project],
                            ..Scenario::default()
                        };
                        assert_eq!(scenario.problems(), Vec::new(), "{draft:?}");
                    }
                }
            }
        }
        assert!(applied > 100);
    }

    #[test]
    fn problems_are_named() {
        let draft = |low, likely, high, minimum| {
            CostDraft {
                low_minor: low,
                likely_minor: likely,
                high_minor: high,
                divisible: true,
                minimum_minor: minimum,
            }
            .problem()
            .map(DraftProblem::code)
        };
        assert_eq!(draft(None, None, Some(5), None), Some("no-cost"));
        assert_eq!(draft(Some(6), Some(5), None, None), Some("cost-order"));
        assert_eq!(draft(None, Some(5), Some(4), None), Some("cost-order"));
        assert_eq!(draft(None, Some(5), None, Some(6)), Some("minimum-above-cost"));
        assert_eq!(draft(None, Some(5), None, Some(5)), None);
    }

    #[test]
    fn ids_and_words_do_not_collide() {
        assert_eq!(free_id("pledge", |id| id == "pledge-1"), "pledge-2");
        let both = Text::Both {
            id: "Pustaka".into(),
            en: "Library".into(),
        };
        let changed = reworded(&both, Language::Id, "Pustaka desa");
        assert_eq!(
            (changed.get(Language::Id), changed.get(Language::En)),
            ("Pustaka desa", "Library")
        );
    }
}
