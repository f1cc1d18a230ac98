//! Which organisations the list shows.

use super::OrganisationFilter;
use crate::cases::{goals, regions};
use crate::domain::{Language, Organisation, ResourceKind, Scenario, Sector};
use crate::text::Message;

/// What can be searched, in small letters, made once for a scenario: then a keystroke costs one pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationIndex {
    rows: Vec<(Sector, String)>,
}

/// What a filter finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Positions in [`Scenario::organisations`], in file order.
    pub shown: Vec<usize>,
    /// How many match the words in each sector, whatever sector is chosen; in the order of [`Sector::ALL`].
    pub by_sector: [usize; 5],
}

impl OrganisationIndex {
    /// Names in both languages; sector, region, kinds and goals in `language`.
    ///
    /// Cost: one pass over the scenario.
    pub fn new(scenario: &Scenario, language: Language) -> Self {
        let kinds = scenario.all_kinds();
        let row = |organisation: &Organisation| (organisation.sector, words(organisation, &kinds, language));
        Self {
            rows: scenario.organisations.iter().map(row).collect(),
        }
    }

    /// Those in which every word of the search stands somewhere, whatever the case, and of the sector chosen.
    pub fn find(&self, filter: &OrganisationFilter) -> Found {
        let search = filter.search.to_lowercase();
        let wanted: Vec<&str> = search.split_whitespace().collect();
        let mut found = Found::default();
        for (index, (sector, text)) in self.rows.iter().enumerate() {
            if wanted.iter().all(|word| text.contains(word)) {
                found.by_sector[sector.index()] += 1;
                if filter.sector.is_none_or(|only| only == *sector) {
                    found.shown.push(index);
                }
            }
        }
        found
    }
}

fn words(organisation: &Organisation, kinds: &[ResourceKind], language: Language) -> String {
    let mut text = String::new();
    let mut add = |word: &str| {
        text.push_str(word);
        text.push('\n');
    };
    for language in Language::ALL {
        add(organisation.name.get(language));
    }
    add(&Message::of_code("sector", organisation.sector.code()).render(language));
    if let Some(code) = &organisation.region {
        add(regions::region_name(code).unwrap_or(code.as_str()));
        add(regions::region(code.province()).map_or("", |province| province.name));
    }
    let offers = organisation.offers.iter().map(|offer| &offer.kind);
    for id in offers.chain(organisation.needs.iter().map(|need| &need.kind)) {
        let kind = kinds.iter().find(|kind| &kind.id == id);
        add(kind.map_or(id.as_str(), |kind| kind.name.get(language)));
    }
    for goal in &organisation.goals {
        add(goals::goal_name(goal, language).unwrap_or(goal.as_str()));
    }
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::CaseStudy;

    fn names(search: &str, sector: Option<Sector>, language: Language) -> (Vec<String>, [usize; 5]) {
        let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
        let filter = OrganisationFilter {
            search: search.to_owned(),
            sector,
        };
        let found = OrganisationIndex::new(&scenario, language).find(&filter);
        let name = |&index: &usize| scenario.organisations[index].id.to_string();
        (found.shown.iter().map(name).collect(), found.by_sector)
    }

    #[test]
    fn every_word_must_stand_somewhere() {
        let (found, _) = names("pelita YOGYAKARTA", None, Language::Id);
        assert_eq!(found, ["yayasan-guru-pelita"]);
        let (by_resource, _) = names("permits guru", None, Language::En);
        assert!(by_resource.contains(&"yayasan-guru-pelita".to_owned()));
        assert_eq!(
            names("pelita permits", None, Language::Id).0,
            Vec::<String>::new()
        );
    }

    #[test]
    fn counts_of_sectors_do_not_depend_on_the_sector_chosen() {
        let (all, counts) = names("", None, Language::Id);
        assert_eq!(counts.iter().sum::<usize>(), all.len());
        let (only, same) = names("", Some(Sector::Business), Language::Id);
        assert_eq!(same, counts);
        assert_eq!(only.len(), counts[Sector::Business.index()]);
    }
}
