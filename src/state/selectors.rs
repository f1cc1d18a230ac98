//! What views show of the state and have to compute for it: pure, so that it is tested without a page.

use crate::domain::{KindId, OrgId, RegionCode, Scenario, ScoreWeights, Sector, Text};
use crate::matching::coalition::project::quotas_of;
use crate::matching::fill::{Fill, conflicts_inside, partnership_fill};
use crate::matching::form::{FormGap, form_gaps, sectors_inside};
use crate::matching::{KindFill, PartnerList, PartnerMatch};
use crate::partnership::LeverRow;
use crate::partnership::table::{self, ModelRow, Words};
use std::collections::BTreeSet;

/// The partnership step in one piece: what is filled, what clashes, what the form asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnershipState {
    /// Requirements and what fills them ([`partnership_fill`]).
    pub fills: Vec<Fill>,
    /// Conflicts of interest among the chosen ([`conflicts_inside`]).
    pub conflicts: Vec<(OrgId, OrgId)>,
    /// What the chosen form asks for and is not there ([`form_gaps`]).
    pub form_gaps: Vec<FormGap>,
    /// Sectors present ([`sectors_inside`]).
    pub sectors: Vec<Sector>,
}

/// Everything the partnership step shows of `scenario`.
pub fn partnership(scenario: &Scenario) -> PartnershipState {
    PartnershipState {
        fills: partnership_fill(scenario),
        conflicts: conflicts_inside(scenario),
        form_gaps: form_gaps(scenario),
        sectors: sectors_inside(scenario),
    }
}

/// The donors the organisations say they seek, for an appeal that has none yet.
pub fn suggested_donors(scenario: &Scenario) -> Vec<crate::domain::Donor> {
    crate::partnership::appeal::suggested_donors(scenario)
}

/// Every formula and constant of the model ([`table::model_table`]).
pub fn model_table() -> Vec<ModelRow> {
    table::model_table()
}

/// Every measure that strengthens a partnership, with its name, cost and effects ([`table::lever_table`]).
pub fn lever_table() -> Vec<(Words, LeverRow)> {
    table::lever_table()
}

/// How many members of a sector a team must have, and may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectorRule {
    /// Which sector.
    pub sector: Sector,
    /// Members at least: the larger of what the form and the settings ask for.
    pub least: u16,
    /// Members at most, where the settings say so.
    pub most: Option<u16>,
    /// Whether the form of the partnership asks for the sector.
    pub by_form: bool,
}

/// The rules on the sectors of a team, one a sector, and how many different sectors the form asks for.
pub fn sector_rules(scenario: &Scenario) -> (Vec<SectorRule>, usize) {
    let settings = &scenario.partnership.coalition;
    let (named, sectors) = quotas_of(scenario.partnership.form);
    let rule = |sector| {
        let of = |entries: &[(Sector, u16)]| -> Vec<u16> {
            let own = entries.iter().filter(|(one, _)| *one == sector);
            own.map(|(_, count)| *count).collect()
        };
        let by_form = named.contains(&sector);
        let asked = of(&settings.sector_min).into_iter().max().unwrap_or(0);
        SectorRule {
            sector,
            least: asked.max(u16::from(by_form)),
            most: of(&settings.sector_max).into_iter().min(),
            by_form,
        }
    };
    (Sector::ALL.map(rule).to_vec(), sectors)
}

/// Provinces somebody of `scenario` sits in, by code.
pub fn provinces(scenario: &Scenario) -> Vec<RegionCode> {
    let regions = scenario
        .organisations
        .iter()
        .filter_map(|one| one.region.as_ref());
    let provinces: BTreeSet<_> = regions
        .filter_map(|region| RegionCode::new(region.province()).ok())
        .collect();
    provinces.into_iter().collect()
}

/// `scenario` with only the lead and the organisations that sit in `region`, and nothing that points elsewhere:
/// sound if `scenario` is. Those who have not said where they sit are left out.
pub fn within(scenario: &Scenario, region: &RegionCode) -> Scenario {
    let mut narrowed = scenario.clone();
    let lead = narrowed.partnership.lead.clone();
    narrowed.organisations.retain(|one| {
        Some(&one.id) == lead.as_ref() || one.region.as_ref().is_some_and(|at| at.is_within(region))
    });
    let kept: BTreeSet<OrgId> = narrowed.organisations.iter().map(|one| one.id.clone()).collect();
    let both = |pair: &(OrgId, OrgId)| kept.contains(&pair.0) && kept.contains(&pair.1);
    narrowed.conflicts.retain(|conflict| both(&conflict.between));
    narrowed.trust.retain(|record| both(&record.between));
    narrowed.pledges.retain(|pledge| kept.contains(&pledge.funder));
    narrowed
        .partnership
        .members
        .retain(|member| kept.contains(member));
    narrowed
        .partnership
        .coalition
        .anchors
        .retain(|anchor| kept.contains(anchor));
    for results in narrowed
        .pledges
        .iter_mut()
        .filter_map(|pledge| pledge.terms.results.as_mut())
    {
        results.prefinanced_by = results.prefinanced_by.take().filter(|payer| kept.contains(payer));
    }
    for project in &mut narrowed.projects {
        project.lead = project.lead.take().filter(|lead| kept.contains(lead));
    }
    narrowed
}

/// The match of an organisation, among the best or among those to ask.
pub fn match_of<'a>(list: &'a PartnerList, id: &OrgId) -> Option<&'a PartnerMatch> {
    list.partners
        .iter()
        .chain(&list.could_belong)
        .find(|found| &found.id == id)
}

/// Why a pair is kept apart, in people's own words; blank if they gave none.
pub fn conflict_reason(scenario: &Scenario, a: &OrgId, b: &OrgId) -> Text {
    scenario
        .conflict_between(a, b)
        .map(|conflict| conflict.reason.clone())
        .unwrap_or_default()
}

/// The kinds `giver` offers that somebody else of `table` needs, in the order of its offers; unknown quantities count,
/// quantities said to be 0 do not.
pub fn wanted_from(scenario: &Scenario, giver: &OrgId, table: &[OrgId]) -> Vec<KindId> {
    let others: Vec<_> = table
        .iter()
        .filter(|id| *id != giver)
        .filter_map(|id| scenario.organisation(id))
        .collect();
    let wanted = |kind: &KindId| {
        let need = |other: &&crate::domain::Organisation| {
            other.need(kind).is_some_and(|need| need.quantity != Some(0))
        };
        others.iter().any(need)
    };
    let offers = scenario.organisation(giver).map(|one| one.offers.as_slice());
    offers
        .unwrap_or_default()
        .iter()
        .filter(|offer| offer.quantity != Some(0) && wanted(&offer.kind))
        .map(|offer| offer.kind.clone())
        .collect()
}

/// The need of the seeker that `partner` leaves emptiest, with the one of `list` who fills most of it, if anybody
/// does; `None` if nothing is surely missing. Of equal needs the first, of equal helpers the higher on the list.
pub fn biggest_gap(list: &PartnerList, partner: &PartnerMatch) -> Option<(KindId, Option<OrgId>)> {
    // A gap that a missing answer may close is a question, not a gap.
    let open = partner.receives.iter().filter(|row| row.filled[1] < 1.0);
    let gap = open.min_by(|a, b| a.filled[0].total_cmp(&b.filled[0]))?;
    let low = |found: &PartnerMatch| {
        let row = |row: &&KindFill| row.kind == gap.kind;
        found.receives.iter().find(row).map_or(0.0, |row| row.filled[0])
    };
    let mut best: Option<(&OrgId, f64)> = None;
    for found in list.partners.iter().chain(&list.could_belong) {
        let fills = low(found);
        if found.id != partner.id && fills > best.map_or(gap.filled[0], |(_, most)| most) {
            best = Some((&found.id, fills));
        }
    }
    Some((gap.kind.clone(), best.map(|(id, _)| id.clone())))
}

/// One of the six weights of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// + shared goals.
    SharedGoals,
    /// + shared region.
    SharedRegion,
    /// + trust.
    Trust,
    /// − friction.
    Friction,
    /// − duplication.
    Duplication,
    /// − competition.
    Competition,
}

impl Weight {
    /// Every weight, the strengthening ones first.
    pub const ALL: [Self; 6] = [
        Self::SharedGoals,
        Self::SharedRegion,
        Self::Trust,
        Self::Friction,
        Self::Duplication,
        Self::Competition,
    ];

    /// The stable code, as in `ReasonCode`.
    pub fn code(self) -> &'static str {
        [
            "shared-goals",
            "shared-region",
            "trust",
            "friction",
            "duplication",
            "competition",
        ][self as usize]
    }

    /// Whether it takes from the score.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Friction | Self::Duplication | Self::Competition)
    }

    fn of(self, weights: &mut ScoreWeights) -> &mut f64 {
        match self {
            Self::SharedGoals => &mut weights.shared_goals,
            Self::SharedRegion => &mut weights.shared_region,
            Self::Trust => &mut weights.trust,
            Self::Friction => &mut weights.friction,
            Self::Duplication => &mut weights.duplication,
            Self::Competition => &mut weights.competition,
        }
    }

    /// The weight in whole hundredths.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=100 before"
    )]
    pub fn percent(self, weights: &ScoreWeights) -> u8 {
        let weight = *self.of(&mut weights.clone());
        (weight * 100.0).round().clamp(0.0, 100.0) as u8
    }

    /// The largest value in hundredths that keeps the negative weights at most 1 together.
    pub fn limit(self, weights: &ScoreWeights) -> u8 {
        if !self.is_negative() {
            return 100;
        }
        let others = Self::ALL
            .into_iter()
            .filter(|&other| other.is_negative() && other != self);
        others.fold(100, |left: u8, other| left.saturating_sub(other.percent(weights)))
    }

    /// `weights` with this one at `percent` hundredths, at most its [`limit`](Self::limit).
    pub fn set(self, weights: &ScoreWeights, percent: u8) -> ScoreWeights {
        let mut changed = *weights;
        *self.of(&mut changed) = f64::from(percent.min(self.limit(weights))) / 100.0;
        // Three hundredths that sum to 1 may sum to a rounding error more than 1, which no scenario accepts.
        let over = changed.friction + changed.duplication + changed.competition - 1.0;
        if self.is_negative() && over > 0.0 {
            let weight = self.of(&mut changed);
            *weight = (*weight - 2.0 * over).max(0.0);
        }
        changed
    }
}

#[cfg(test)]
#[path = "selectors_tests.rs"]
mod tests;
