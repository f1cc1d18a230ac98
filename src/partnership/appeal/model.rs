//! The model: who asks whom, how likely, for how much.

use crate::domain::{AppealPlan, AppealSplit, Donor, KindId, OrgId, Probability, Scenario, Text};
use std::collections::BTreeMap;
use std::fmt;

/// How likely a single ask brings a gift, where nobody says. Illustrative.
pub const USUAL_CHANCE: f64 = 0.3;
/// By which part each further ask in a year lowers that chance, where nobody says. Illustrative.
pub const USUAL_FATIGUE: f64 = 0.2;
/// By which part a joint, reported appeal raises it, where nobody says. Illustrative.
pub const USUAL_LIFT: f64 = 0.1;
/// Which part of another gift a joint ask brings for each further organisation, where nobody says. Illustrative.
pub const USUAL_JOINT_GIFT: f64 = 0.5;
/// What the fund holder keeps of what comes in, where nobody says. Illustrative.
pub const USUAL_HOLDER_SHARE: f64 = 0.05;
/// The most donors of an appeal.
pub const MAX_DONORS: usize = 2_000;
/// The most organisations of an appeal.
pub const MAX_APPEAL_PARTIES: usize = 64;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AppealError {
    /// More donors than [`MAX_DONORS`].
    TooManyDonors,
    /// More organisations than [`MAX_APPEAL_PARTIES`].
    TooManyParties,
}

impl AppealError {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooManyDonors => "appeal-too-many-donors",
            Self::TooManyParties => "appeal-too-many-parties",
        }
    }

    /// The limit.
    pub fn limit(self) -> usize {
        match self {
            Self::TooManyDonors => MAX_DONORS,
            Self::TooManyParties => MAX_APPEAL_PARTIES,
        }
    }
}

impl fmt::Display for AppealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for AppealError {}

/// A donor as the model sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Positions of the organisations that ask, ascending.
    pub by: Vec<usize>,
    /// A usual gift; `None` = not said, and then the donor counts in neither campaign.
    pub gift_minor: Option<u64>,
    /// The most in a year; [`u64::MAX`] where no limit is known.
    pub budget_minor: u64,
    /// p: chance that a single ask in a year brings a gift.
    pub chance: f64,
    /// By which part each further ask lowers it.
    pub fatigue: f64,
}

impl Asked {
    /// q = p·(1 − fatigue)^(asks − 1): the chance of a yes to each of the asks of a year.
    pub fn chance_alone(&self) -> f64 {
        let mut chance = self.chance;
        for _ in 1..self.by.len() {
            chance *= 1.0 - self.fatigue;
        }
        chance
    }

    /// min(1, p·(1 + lift)): the chance of a yes to the one ask of a joint appeal; `lift` from −1 on.
    pub fn chance_joint(&self, lift: f64) -> f64 {
        (self.chance * (1.0 + lift)).clamp(0.0, 1.0)
    }

    /// min(budget, gift + ⌊joint·gift·(asks − 1)⌋): what a yes to a joint appeal brings.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a part in [0, 1] of at most 10^15 times at most 63"
    )]
    pub fn gift_joint(&self, joint: f64) -> u64 {
        let gift = self.gift_minor.unwrap_or(0);
        let further = self.by.len().saturating_sub(1);
        let more = (joint.clamp(0.0, 1.0) * gift as f64 * further as f64) as u64;
        if self.by.is_empty() {
            0
        } else {
            gift.saturating_add(more).min(self.budget_minor)
        }
    }
}

/// Everything the two campaigns are computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The organisations that ask, in the scenario's order.
    pub parties: Vec<OrgId>,
    /// What each seeks; `None` = not said.
    pub goals_minor: Vec<Option<u64>>,
    /// What each one's own campaign costs; `None` = not said.
    pub campaigns_minor: Vec<Option<u64>>,
    /// Who is asked.
    pub donors: Vec<Asked>,
    /// As in [`AppealPlan`], with the usual figures where nothing is said.
    pub lift: f64,
    /// As in [`AppealPlan`].
    pub joint_gift: f64,
    /// As in [`AppealPlan`].
    pub holder_share: f64,
    /// What the joint campaign costs.
    pub campaign_minor: u64,
    /// How what it brings is split.
    pub split: AppealSplit,
}

impl Model {
    /// The model of a scenario's appeal. Organisations: those that ask a donor, and those something is said of.
    ///
    /// # Errors
    /// [`AppealError`] beyond the limits.
    pub fn of(scenario: &Scenario) -> Result<Self, AppealError> {
        let plan = &scenario.appeal;
        let suggested;
        let donors = if plan.donors.is_empty() {
            suggested = suggested_donors(scenario);
            &suggested
        } else {
            &plan.donors
        };
        if donors.len() > MAX_DONORS {
            return Err(AppealError::TooManyDonors);
        }
        let asks = |id: &OrgId| donors.iter().any(|donor| donor.asked_by.contains(id));
        let organisations = scenario.organisations.iter();
        let parties: Vec<OrgId> = organisations
            .map(|organisation| &organisation.id)
            .filter(|id| asks(id) || plan.party(id).is_some())
            .cloned()
            .collect();
        if parties.len() > MAX_APPEAL_PARTIES {
            return Err(AppealError::TooManyParties);
        }
        let position: BTreeMap<&OrgId, usize> = parties.iter().zip(0..).collect();
        let campaigns_minor: Vec<Option<u64>> = parties
            .iter()
            .map(|id| plan.party(id).and_then(|party| party.campaign_minor))
            .collect();
        let dearest = campaigns_minor.iter().flatten().max().copied();
        let or = |said: Option<Probability>, usual: f64| said.map_or(usual, Probability::get);
        let asked = |donor: &Donor| {
            let mut by: Vec<usize> = donor
                .asked_by
                .iter()
                .filter_map(|id| position.get(id).copied())
                .collect();
            crate::order::sort(&mut by);
            by.dedup();
            Asked {
                by,
                gift_minor: donor.gift_minor,
                budget_minor: donor.budget_minor.unwrap_or(u64::MAX),
                chance: or(donor.chance, USUAL_CHANCE),
                fatigue: or(donor.fatigue, USUAL_FATIGUE),
            }
        };
        Ok(Self {
            goals_minor: parties.iter().map(|id| goal(scenario, plan, id)).collect(),
            donors: donors.iter().map(asked).collect(),
            lift: or(plan.lift, USUAL_LIFT),
            joint_gift: or(plan.joint_gift, USUAL_JOINT_GIFT),
            holder_share: or(plan.holder_share, USUAL_HOLDER_SHARE),
            campaign_minor: plan.campaign_minor.or(dearest).unwrap_or(0),
            split: plan.split,
            campaigns_minor,
            parties,
        })
    }

    /// The part of a joint appeal's money each organisation gets under a rule: at least 0, together 1 (nothing without
    /// organisations). Where a rule has nothing to go by (no goal stated, no gift expected) it is equal parts.
    pub fn shares(&self, split: AppealSplit) -> Vec<f64> {
        let count = self.parties.len();
        #[expect(clippy::cast_precision_loss, reason = "amounts are at most 10^15")]
        let weights: Vec<f64> = match split {
            AppealSplit::Equal => vec![1.0; count],
            AppealSplit::ByNeed => self
                .goals_minor
                .iter()
                .map(|goal| goal.unwrap_or(0) as f64)
                .collect(),
            AppealSplit::ByDonors => {
                let mut brought = vec![0.0; count];
                for donor in &self.donors {
                    let expected = donor.chance_joint(self.lift) * donor.gift_joint(self.joint_gift) as f64;
                    for &party in &donor.by {
                        if let Some(sum) = brought.get_mut(party) {
                            *sum += expected / donor.by.len() as f64;
                        }
                    }
                }
                brought
            }
        };
        let total: f64 = weights.iter().sum();
        if total > 0.0 {
            weights.into_iter().map(|weight| weight / total).collect()
        } else {
            vec![1.0 / count as f64; count]
        }
    }
}

/// What it seeks: as said, else its need of funds.
fn goal(scenario: &Scenario, plan: &AppealPlan, id: &OrgId) -> Option<u64> {
    let said = plan.party(id).and_then(|party| party.goal_minor);
    said.or_else(|| {
        let funds = KindId::new("funds").ok()?;
        scenario.organisation(id)?.need(&funds)?.quantity
    })
}

/// The donors that organisations name as those they seek, each once, in the order they are first named; gifts are not
/// said. A donor that is an organisation of the scenario has its name.
pub fn suggested_donors(scenario: &Scenario) -> Vec<Donor> {
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut donors: Vec<Donor> = Vec::new();
    for organisation in &scenario.organisations {
        for sought in &organisation.donors_sought {
            let place = *place_of.entry(sought.as_str()).or_insert_with(|| {
                let known = OrgId::new(sought).ok();
                let known = known.as_ref().and_then(|id| scenario.organisation(id));
                donors.push(Donor {
                    name: known.map_or_else(|| Text::from(sought.as_str()), |known| known.name.clone()),
                    ..Donor::default()
                });
                donors.len() - 1
            });
            if let Some(donor) = donors.get_mut(place)
                && !donor.asked_by.contains(&organisation.id)
            {
                donor.asked_by.push(organisation.id.clone());
            }
        }
    }
    donors
}
