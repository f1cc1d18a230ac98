//! Whether a partnership has what the form it chose asks for.

use crate::domain::{Form, KindId, OrgId, Organisation, Scenario, Sector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a form of partnership asks for, as data: one row a form.
struct FormNeeds {
    form: Form,
    /// Sectors that must be in.
    sectors: &'static [Sector],
    /// How many different sectors at least.
    least_sectors: usize,
    /// What else must hold.
    also: Option<Also>,
}

#[derive(Clone, Copy)]
enum Also {
    SharedGoal,
    Voices,
    SharedDonor,
    Exchange,
}

const fn needs(
    form: Form,
    sectors: &'static [Sector],
    least_sectors: usize,
    also: Option<Also>,
) -> FormNeeds {
    FormNeeds {
        form,
        sectors,
        least_sectors,
        also,
    }
}

use Sector::{Academia, Business, CivilSociety, Community, Government};

static TABLE: [FormNeeds; 10] = [
    needs(Form::PublicPrivate, &[Government, Business], 2, None),
    needs(Form::CrossSector, &[], 3, None),
    needs(Form::CommunityDecides, &[Community], 1, Some(Also::Voices)),
    needs(Form::EducationAlliance, &[CivilSociety, Business], 2, None),
    needs(Form::ResearchAndIndustry, &[Academia, Business], 2, None),
    needs(Form::CsrProgramme, &[Business, Government, CivilSociety], 3, None),
    needs(Form::ThematicCoalition, &[], 1, Some(Also::SharedGoal)),
    needs(Form::GovernmentAndPrivate, &[Government, Business], 2, None),
    needs(Form::JointFundraising, &[], 1, Some(Also::SharedDonor)),
    needs(Form::KnowledgeExchange, &[], 1, Some(Also::Exchange)),
];

/// Something a form asks for and the partnership does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FormGap {
    /// Nobody of this sector is in.
    Sector(Sector),
    /// Fewer different sectors than the form asks for.
    Sectors {
        /// How many are in.
        have: usize,
        /// How many must be.
        need: usize,
    },
    /// A partnership takes at least two organisations.
    Alone,
    /// No goal that all of them share.
    SharedGoal,
    /// No ballots: nobody's voice is counted yet.
    Voices,
    /// No donor that two of them court, so nothing to appeal for together.
    SharedDonor,
    /// Nobody offers expertise that another one needs.
    Exchange,
}

/// What the form of the partnership of `scenario` asks for and it does not have; empty if all is there, or if no form
/// is chosen.
///
/// M1 and M8 ask for government and business, M2 for three sectors, M3 for a community and its ballots, M4 for civil
/// society and business, M5 for academia and business, M6 for business, government and civil society, M7 for a goal
/// all share, M9 for a donor two of them court, M10 for expertise one offers and another needs; each for two
/// organisations. Order: as in [`FormGap`], sectors in the order of the form. O(m²) for m members at most.
/// Source: the forms of the domain table; the thresholds are the product's reading of them.
pub fn form_gaps(scenario: &Scenario) -> Vec<FormGap> {
    let plan = &scenario.partnership;
    let wanted = plan
        .form
        .and_then(|form| TABLE.iter().find(|needs| needs.form == form));
    let Some(wanted) = wanted else { return Vec::new() };
    let inside: Vec<_> = plan
        .lead
        .iter()
        .chain(&plan.members)
        .filter_map(|id| scenario.organisation(id))
        .collect();
    let sectors: BTreeSet<_> = inside.iter().map(|one| one.sector).collect();
    let absent = wanted
        .sectors
        .iter()
        .copied()
        .filter(|sector| !sectors.contains(sector));
    let mut gaps: Vec<_> = absent.map(FormGap::Sector).collect();
    if gaps.is_empty() && sectors.len() < wanted.least_sectors {
        let (have, need) = (sectors.len(), wanted.least_sectors);
        gaps.push(FormGap::Sectors { have, need });
    }
    if inside.len() < 2 {
        gaps.push(FormGap::Alone);
        return gaps;
    }
    gaps.extend(match wanted.also {
        Some(Also::SharedGoal) if !share_a_goal(&inside) => Some(FormGap::SharedGoal),
        Some(Also::Voices) if scenario.ballots.is_empty() => Some(FormGap::Voices),
        Some(Also::SharedDonor) if !court_the_same_donor(&inside) => Some(FormGap::SharedDonor),
        Some(Also::Exchange) if !exchange_expertise(&inside) => Some(FormGap::Exchange),
        _ => None,
    });
    gaps
}

fn share_a_goal(inside: &[&Organisation]) -> bool {
    let first = inside.first().map_or(&[][..], |first| &first.goals);
    first
        .iter()
        .any(|goal| inside.iter().all(|one| one.goals.contains(goal)))
}

fn court_the_same_donor(inside: &[&Organisation]) -> bool {
    let mut seen = BTreeSet::new();
    inside.iter().any(|one| {
        let own: BTreeSet<_> = one.donors_sought.iter().collect();
        own.into_iter().any(|donor| !seen.insert(donor))
    })
}

fn exchange_expertise(inside: &[&Organisation]) -> bool {
    let Ok(expertise) = KindId::new("expertise") else {
        return false;
    };
    let gives = |one: &&&Organisation| {
        one.offer(&expertise)
            .is_some_and(|offer| offer.quantity != Some(0))
    };
    let needs = |one: &Organisation, giver: &OrgId| {
        &one.id != giver && one.need(&expertise).is_some_and(|need| need.quantity != Some(0))
    };
    inside
        .iter()
        .filter(gives)
        .any(|giver| inside.iter().any(|one| needs(one, &giver.id)))
}

/// The sectors of the partnership of `scenario`, each once, in the order of [`Sector::ALL`].
pub fn sectors_inside(scenario: &Scenario) -> Vec<Sector> {
    let plan = &scenario.partnership;
    let inside: BTreeSet<_> = plan
        .lead
        .iter()
        .chain(&plan.members)
        .filter_map(|id| scenario.organisation(id))
        .map(|one| one.sector)
        .collect();
    inside.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Ballot, Need, Offer, Priority};

    fn with(form: Form, sectors: &[Sector]) -> Scenario {
        let mut scenario = Scenario::default();
        let organisation = |(index, &sector): (usize, &Sector)| {
            let id = OrgId::new(&format!("o{index}")).unwrap();
            Organisation::new(id, "O".into(), sector)
        };
        scenario.organisations = sectors.iter().enumerate().map(organisation).collect();
        let mut ids = scenario.organisations.iter().map(|one| one.id.clone());
        scenario.partnership.lead = ids.next();
        scenario.partnership.members = ids.collect();
        scenario.partnership.form = Some(form);
        scenario
    }

    #[test]
    fn every_form_has_its_row_in_order() {
        let forms: Vec<_> = TABLE.iter().map(|needs| needs.form).collect();
        assert_eq!(forms, Form::ALL);
    }

    #[test]
    fn a_form_says_which_sectors_are_missing() {
        assert_eq!(
            form_gaps(&with(Form::PublicPrivate, &[Government, Community])),
            [FormGap::Sector(Business)]
        );
        assert_eq!(form_gaps(&with(Form::PublicPrivate, &[Business, Government])), []);
        assert_eq!(
            form_gaps(&with(Form::CrossSector, &[Business, Government, Business])),
            [FormGap::Sectors { have: 2, need: 3 }]
        );
        assert_eq!(
            form_gaps(&with(Form::ResearchAndIndustry, &[Academia])),
            [FormGap::Sector(Business), FormGap::Alone]
        );
        let mut undecided = with(Form::CrossSector, &[]);
        undecided.partnership.form = None;
        assert_eq!(form_gaps(&undecided), []);
    }

    #[test]
    fn a_form_says_what_else_it_asks_for() {
        let pair = &[CivilSociety, Community];
        let mut coalition = with(Form::ThematicCoalition, pair);
        assert_eq!(form_gaps(&coalition), [FormGap::SharedGoal]);
        for one in &mut coalition.organisations {
            one.goals = vec![crate::domain::GoalId::new("sdg4").unwrap()];
        }
        assert_eq!(form_gaps(&coalition), []);

        let mut voices = with(Form::CommunityDecides, pair);
        assert_eq!(form_gaps(&voices), [FormGap::Voices]);
        voices.ballots.push(Ballot {
            name: "Village".into(),
            voters: 3,
            approves: Vec::new(),
            points: Vec::new(),
        });
        assert_eq!(form_gaps(&voices), []);

        let mut appeal = with(Form::JointFundraising, pair);
        // A donor named twice by one organisation is not courted by two.
        appeal.organisations[0].donors_sought = vec!["d".to_owned(), "d".to_owned()];
        assert_eq!(form_gaps(&appeal), [FormGap::SharedDonor]);
        appeal.organisations[1].donors_sought = vec!["d".to_owned()];
        assert_eq!(form_gaps(&appeal), []);

        let mut exchange = with(Form::KnowledgeExchange, pair);
        let kind = KindId::new("expertise").unwrap();
        let (quantity, priority) = (None, Priority::default());
        exchange.organisations[0].offers = vec![Offer {
            kind: kind.clone(),
            quantity,
        }];
        exchange.organisations[0].needs = vec![Need {
            kind: kind.clone(),
            quantity,
            priority,
        }];
        assert_eq!(form_gaps(&exchange), [FormGap::Exchange]);
        exchange.organisations[1].needs = exchange.organisations[0].needs.clone();
        assert_eq!(form_gaps(&exchange), []);
    }
}
