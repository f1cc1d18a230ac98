//! What each file holds.

use super::{lead, studies};
use gotong::cases::{self, goals, regions};
use gotong::domain::{
    FundingSource, GoalId, Language, Offer, OrgId, Organisation, Programme, RegionCode, Sector, WorkingStyle,
};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn each_is_sound_and_of_the_promised_size() {
    for (study, scenario) in studies() {
        let row = study.row;
        assert_eq!(scenario.problems(), [], "{row}");
        assert!(scenario.illustrative, "{row}: marked as invented");
        assert!((12..=20).contains(&scenario.organisations.len()), "{row}");
        assert!((6..=9).contains(&scenario.projects.len()), "{row}");
        assert!((5..=8).contains(&scenario.pledges.len()), "{row}");
        assert!(scenario.ballots.len() >= 5 && scenario.trust.len() >= 5, "{row}");
        let sectors: BTreeSet<_> = scenario.organisations.iter().map(|org| org.sector).collect();
        assert_eq!(sectors, BTreeSet::from(Sector::ALL), "{row}");
        assert!(
            scenario
                .projects
                .iter()
                .any(|project| project.minimum_minor.is_some()),
            "{row}"
        );
        assert!(
            scenario.projects.iter().all(|project| project.lead.is_some()),
            "{row}"
        );
        let restricted = scenario
            .pledges
            .iter()
            .filter(|pledge| !pledge.restriction.is_open());
        assert!(restricted.count() >= 3, "{row}");
    }
}

#[test]
fn together_they_show_every_source_of_money_and_a_foreign_currency() {
    let studies = studies();
    let pledges = || studies.iter().flat_map(|(_, scenario)| &scenario.pledges);
    let sources: BTreeSet<_> = pledges().filter_map(|pledge| pledge.source).collect();
    assert_eq!(sources, FundingSource::ALL.iter().copied().collect());
    assert!(pledges().any(|pledge| pledge.amount.currency().code() == "USD"));
}

/// Every text a reader sees, as the file writes it: (place, value).
fn texts(row: &str, file: &Value) -> Vec<(String, Value)> {
    let mut found: Vec<_> = ["title", "summary"]
        .map(|key| (format!("{row}.{key}"), file[key].clone()))
        .into();
    let mut each = |list: &Value, at: &str, keys: &[&str]| {
        for item in list.as_array().into_iter().flatten() {
            let name = item["id"].as_str().unwrap_or_default();
            found.extend(
                keys.iter()
                    .map(|&key| (format!("{row}.{at}.{name}.{key}"), item[key].clone())),
            );
        }
    };
    each(&file["organisations"], "organisations", &["description"]);
    each(&file["projects"], "projects", &["name", "description"]);
    each(&file["conflicts"], "conflicts", &["reason"]);
    each(&file["ballots"], "ballots", &["name"]);
    for organisation in file["organisations"].as_array().into_iter().flatten() {
        each(&organisation["programmes"], "programmes", &["name"]);
    }
    found
}

#[test]
fn every_text_is_written_in_both_languages() {
    for study in cases::ALL {
        let file: Value = serde_json::from_str(study.json()).unwrap();
        let texts = texts(study.row, &file);
        assert!(texts.len() > 40, "{}", study.row);
        for (at, text) in texts {
            for language in Language::ALL {
                let written = text[language.code()].as_str().unwrap_or_default();
                assert!(!written.trim().is_empty(), "{at} has no {}", language.code());
                assert_eq!(written, written.trim(), "{at}");
            }
        }
    }
}

#[test]
fn every_goal_and_region_has_a_name() {
    for (study, scenario) in studies() {
        let row = study.row;
        let organisations = scenario.organisations.iter();
        let programmes = organisations.clone().flat_map(|org| &org.programmes);
        let projects = scenario.projects.iter();
        let pledges = scenario.pledges.iter().map(|pledge| &pledge.restriction);
        let used_goals: Vec<&GoalId> = (organisations.clone().flat_map(|org| &org.goals))
            .chain(programmes.clone().map(|programme| &programme.theme))
            .chain(projects.clone().flat_map(|project| &project.goals))
            .chain(pledges.clone().flat_map(|restriction| &restriction.goals))
            .collect();
        for goal in used_goals {
            for language in Language::ALL {
                assert!(goals::goal_name(goal, language).is_some(), "{row}: {goal}");
            }
        }
        let used_regions: Vec<&RegionCode> = (organisations.filter_map(|org| org.region.as_ref()))
            .chain(programmes.filter_map(|programme| programme.region.as_ref()))
            .chain(projects.filter_map(|project| project.region.as_ref()))
            .chain(pledges.flat_map(|restriction| &restriction.regions))
            .collect();
        for region in used_regions {
            assert!(regions::region_name(region).is_some(), "{row}: {region}");
        }
    }
}

#[test]
fn the_lead_has_a_conflict_with_its_reason_and_the_excluded_one_has_what_it_needs() {
    for (study, scenario) in studies() {
        let lead = lead(&scenario);
        let barred = |org: &&Organisation| {
            let conflict = scenario.conflict_between(&lead.id, &org.id);
            conflict.is_some_and(|conflict| !conflict.reason.is_blank())
        };
        let tempting = |org: &Organisation| lead.needs.iter().any(|need| org.offer(&need.kind).is_some());
        assert!(
            scenario.organisations.iter().filter(barred).any(tempting),
            "{}: a conflict that costs nothing teaches nothing",
            study.row
        );
    }
}

#[test]
fn three_kinds_of_answer_are_missing() {
    for (study, scenario) in studies() {
        let row = study.row;
        let silent = |org: &&Organisation| {
            org.sector == Sector::Community
                && org.offers.iter().all(|offer| offer.quantity.is_none())
                && org.needs.iter().all(|need| need.quantity.is_none())
                && !org.offers.is_empty()
        };
        assert!(
            scenario.organisations.iter().any(|org| silent(&org)),
            "{row}: who does not count"
        );
        let needed: BTreeSet<_> = lead(&scenario).needs.iter().map(|need| &need.kind).collect();
        let undecided = |org: &Organisation| {
            let known = org.offers.iter().any(|offer| offer.quantity.is_some());
            let open = |offer: &Offer| offer.quantity.is_none() && needed.contains(&offer.kind);
            known && org.offers.iter().any(open)
        };
        assert!(
            scenario.organisations.iter().any(undecided),
            "{row}: one open quantity"
        );
        let unknown_style = |org: &Organisation| org.working_style == WorkingStyle::default();
        assert!(
            scenario.organisations.iter().any(unknown_style),
            "{row}: unknown working style"
        );
        let unknown_reach = scenario
            .projects
            .iter()
            .any(|project| project.beneficiaries.is_none());
        assert!(
            unknown_reach,
            "{row}: a project that does not say whom it reaches"
        );
    }
}

#[test]
fn a_programme_is_run_twice_and_a_donor_is_courted_by_several() {
    for (study, scenario) in studies() {
        let programmes: Vec<(&OrgId, &Programme)> = scenario
            .organisations
            .iter()
            .flat_map(|org| org.programmes.iter().map(|programme| (&org.id, programme)))
            .collect();
        let twice = programmes.iter().any(|(a, first)| {
            let same = |second: &Programme| (&first.theme, &first.region) == (&second.theme, &second.region);
            programmes
                .iter()
                .any(|(b, second)| a != b && first.region.is_some() && same(second))
        });
        assert!(twice, "{}: a duplicate programme", study.row);
        let courting = |donor: &Organisation| {
            let sought =
                |org: &&Organisation| org.donors_sought.iter().any(|name| *name == donor.id.as_str());
            scenario.organisations.iter().filter(sought).count()
        };
        assert!(
            scenario.organisations.iter().any(|donor| courting(donor) >= 3),
            "{}: a donor sought by several",
            study.row
        );
    }
}

#[test]
fn no_funder_wishes_what_its_own_restriction_forbids() {
    for (study, scenario) in studies() {
        for pledge in &scenario.pledges {
            for (project, weight) in &pledge.wishes {
                let project = scenario.project(project).unwrap();
                assert!(pledge.restriction.allows(project), "{}: {}", study.row, pledge.id);
                assert!(*weight > 0);
            }
        }
    }
}
