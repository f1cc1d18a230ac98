//! Ids and codes for what people type: an organisation's name, a goal in their own words.

use crate::cases::goals;
use crate::domain::{GoalId, Language, OrgId, Scenario};
use crate::interchange::slug;

/// An id nobody in `scenario` has, readable: the name in small ASCII letters with hyphens, and a number from 2
/// behind it where that is taken.
///
/// The same as a table's reader makes, so that a name typed here and the same name in a table meet.
///
/// ```
/// use gotong::domain::Scenario;
/// use gotong::state::org_ids::unique_org_id;
/// let id = unique_org_id("Yayasan Guru Pelita", &Scenario::default());
/// assert_eq!(id.unwrap().as_str(), "yayasan-guru-pelita");
/// ```
///
/// Never `None` in practice: a made id is ASCII, not empty and at most 59 bytes.
pub fn unique_org_id(name: &str, scenario: &Scenario) -> Option<OrgId> {
    let base = slug(name);
    let plain = std::iter::once(base.clone());
    let numbered = (2_u32..).map(|number| format!("{base}-{number}"));
    plain
        .chain(numbered)
        .map_while(|text| OrgId::new(&text).ok())
        .find(|id| scenario.organisation(id).is_none())
}

/// The goal a person means: the code of a known one called so in either language, else her own words as the
/// code. `None` if the words cannot be a code (nothing, or more than 64 bytes).
pub fn goal_of(words: &str) -> Option<GoalId> {
    let words = words.trim();
    let wanted = words.to_lowercase();
    let called_so = |goal: &&goals::Goal| {
        goal.code == wanted
            || Language::ALL
                .into_iter()
                .any(|language| goal.name(language).to_lowercase() == wanted)
    };
    match goals::all().iter().find(called_so) {
        Some(goal) => goal.goal_id(),
        None => GoalId::new(words).ok(),
    }
}

/// The donor a person means: the id of an organisation of the scenario with that id or name, else the words, so
/// that two who court the same donor are seen to. `None` for nothing.
pub fn donor_of(words: &str, scenario: &Scenario) -> Option<String> {
    let words = words.trim();
    let wanted = words.to_lowercase();
    let called_so = |text: &str| text.to_lowercase() == wanted;
    let found = scenario.organisations.iter().find(|organisation| {
        called_so(organisation.id.as_str())
            || Language::ALL
                .into_iter()
                .any(|language| called_so(organisation.name.get(language)))
    });
    let donor = found.map_or(words, |organisation| organisation.id.as_str());
    (!donor.is_empty()).then(|| donor.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Organisation, Sector};

    fn with(ids: &[&str]) -> Scenario {
        let mut scenario = Scenario::default();
        for id in ids {
            scenario.organisations.push(Organisation::new(
                OrgId::new(id).unwrap(),
                "Dana Abadi".into(),
                Sector::Community,
            ));
        }
        scenario
    }

    fn id(name: &str, taken: &[&str]) -> String {
        unique_org_id(name, &with(taken)).unwrap().to_string()
    }

    #[test]
    fn an_id_is_the_name_and_numbered_where_it_is_taken() {
        assert_eq!(id("PT. Sinar (Jaya)", &[]), "pt-sinar-jaya");
        assert_eq!(id("Karang Taruna", &["karang-taruna"]), "karang-taruna-2");
        assert_eq!(
            id(
                "Karang Taruna",
                &["karang-taruna", "karang-taruna-2", "karang-taruna-4"]
            ),
            "karang-taruna-3"
        );
    }

    #[test]
    fn any_name_makes_an_id() {
        let long = "Perkumpulan ".repeat(40);
        for name in ["", "   ", "東京", "é", "---", "😀😀", "\u{0}", &long] {
            let first = id(name, &[]);
            let second = id(name, &[&first]);
            assert_ne!(first, second, "{name}");
            assert!(second.len() <= 64);
        }
    }

    #[test]
    fn goals_and_donors_known_by_name_are_known_by_code() {
        assert_eq!(goal_of(" quality EDUCATION ").unwrap().as_str(), "sdg4");
        assert_eq!(goal_of("Pendidikan berkualitas").unwrap().as_str(), "sdg4");
        assert_eq!(goal_of("SDG4").unwrap().as_str(), "sdg4");
        assert_eq!(goal_of("Literasi desa").unwrap().as_str(), "Literasi desa");
        assert_eq!(goal_of("  "), None);
        assert_eq!(goal_of(&"x".repeat(65)), None);
        let scenario = with(&["dana-abadi"]);
        assert_eq!(donor_of("dana abadi", &scenario).as_deref(), Some("dana-abadi"));
        assert_eq!(donor_of("Ford", &scenario).as_deref(), Some("Ford"));
        assert_eq!(donor_of(" ", &scenario), None);
    }
}
