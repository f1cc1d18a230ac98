//! The answer: what each way of asking brings, to whom, and what would tip it.

use super::exact::{expected_total, expected_with_yes};
use super::futures::{Drawn, draw};
use super::model::{AppealError, Asked, Model};
use crate::domain::{AppealSplit, OrgId, Scenario};
use crate::risk::Quantiles;
use serde::{Deserialize, Serialize};

/// What a campaign brings, in minor units of the base currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Campaign {
    /// Expected gifts.
    pub gifts_minor: f64,
    /// What asking and keeping the money costs, expected.
    pub costs_minor: f64,
    /// Gifts less costs; may be negative.
    pub net_minor: f64,
    /// P10, P50 and P90 of the net amount.
    pub net_range_minor: Quantiles,
}

/// A donor in both campaigns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DonorLine {
    /// Positions of the organisations that ask.
    pub asked_by: Vec<usize>,
    /// Whether it counts: somebody said what it usually gives.
    pub counted: bool,
    /// Chance of a yes to each of the separate asks.
    pub chance_alone: f64,
    /// Chance of a yes to the one joint ask.
    pub chance_joint: f64,
    /// What a yes to the joint ask brings.
    pub gift_joint_minor: u64,
    /// Expected gifts to all who ask separately.
    pub alone_minor: f64,
    /// Expected gift to the joint appeal.
    pub joint_minor: f64,
}

/// An organisation in both campaigns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartyLine {
    /// Which.
    pub organisation: OrgId,
    /// What it seeks, if said.
    pub goal_minor: Option<u64>,
    /// What its own campaign costs, if said; else counted as nothing, and named in [`AppealReport::unknown_costs`].
    pub campaign_minor: Option<u64>,
    /// Its own campaign.
    pub alone: Campaign,
    /// Its part of the joint appeal under the rule chosen, in [0, 1].
    pub share: f64,
    /// What that part brings.
    pub joint: Campaign,
    /// `joint.net_minor − alone.net_minor`.
    pub gain_minor: f64,
    /// The part at which it is as well off as alone; `None` where the appeal brings nothing to split.
    pub break_even_share: Option<f64>,
}

/// A way of splitting, and who loses by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitLine {
    /// Which.
    pub split: AppealSplit,
    /// Each organisation's part.
    pub shares: Vec<f64>,
    /// Each organisation's net gain against asking alone.
    pub gains_minor: Vec<f64>,
}

/// Separate campaigns against one joint appeal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppealReport {
    /// The organisations that ask, in the scenario's order.
    pub parties: Vec<PartyLine>,
    /// Donors, in the plan's order.
    pub donors: Vec<DonorLine>,
    /// All separate campaigns together.
    pub alone: Campaign,
    /// The joint appeal.
    pub joint: Campaign,
    /// The lift, joint gift, holder's share, campaign cost and rule used.
    pub lift: f64,
    /// See [`AppealPlan`](crate::domain::AppealPlan).
    pub joint_gift: f64,
    /// See [`AppealPlan`](crate::domain::AppealPlan).
    pub holder_share: f64,
    /// See [`AppealPlan`](crate::domain::AppealPlan).
    pub campaign_minor: u64,
    /// See [`AppealPlan`](crate::domain::AppealPlan).
    pub split: AppealSplit,
    /// Every way of splitting.
    pub splits: Vec<SplitLine>,
    /// Whether some split leaves nobody worse off than alone.
    pub everybody_can_gain: bool,
    /// The lift from which the appeal brings as much net as separate campaigns; below 0 where it may even cost trust;
    /// `None` if no lift is enough.
    pub break_even_lift: Option<f64>,
    /// The same for the part of another gift a joint ask brings; `None` if a whole one is not enough.
    pub break_even_joint_gift: Option<f64>,
    /// Donors several organisations ask.
    pub shared_donors: usize,
    /// Asks of separate campaigns.
    pub asks_alone: usize,
    /// Asks of the joint appeal.
    pub asks_joint: usize,
    /// Organisations whose campaign costs are not said.
    pub unknown_costs: Vec<OrgId>,
    /// Organisations whose goal is not said.
    pub unknown_goals: Vec<OrgId>,
    /// Years drawn for the ranges.
    pub years: u32,
    /// From this seed.
    pub seed: u64,
    /// Sums of every drawn year are conserved, nobody gives above its budget, and parts sum to one.
    pub verified: bool,
}

/// Compares separate campaigns with one joint appeal: definitions in `docs/appeal.md`.
///
/// Expected amounts are closed forms; ranges are quantiles of drawn years (the scenario's seed and number of futures,
/// fewer where there are many donors). Cost: O(years · asks).
///
/// # Errors
/// [`AppealError`] beyond the limits.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::{AppealPlan, Donor, Scenario};
/// use gotong::partnership::appeal::appeal;
///
/// // Two reading gardens in Bantul ask the same donor, who gives a million when asked.
/// let mut scenario: Scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// let [first, second] = [0, 1].map(|place| scenario.organisations[place].id.clone());
/// scenario.appeal = AppealPlan {
///     donors: vec![Donor {
///         name: "Bu Ratna".into(),
///         asked_by: vec![first, second],
///         gift_minor: Some(1_000_000),
///         ..Donor::default()
///     }],
///     ..AppealPlan::default()
/// };
/// let report = appeal(&scenario).unwrap();
/// // Alone each hears yes with 0.3 · 0.8; together 0.33, for one and a half gifts.
/// assert!((report.alone.gifts_minor - 2.0 * 0.24 * 1_000_000.0).abs() < 1.0);
/// assert!((report.joint.gifts_minor - 0.33 * 1_500_000.0).abs() < 1.0);
/// ```
pub fn appeal(scenario: &Scenario) -> Result<AppealReport, AppealError> {
    let model = Model::of(scenario)?;
    let settings = scenario.futures;
    let drawn = draw(&model, settings.trials, settings.seed);
    Ok(report(&model, &drawn, settings.seed))
}

fn report(model: &Model, drawn: &Drawn, seed: u64) -> AppealReport {
    let donors: Vec<DonorLine> = model
        .donors
        .iter()
        .map(|donor| donor_line(model, donor))
        .collect();
    let gifts_joint: f64 = donors.iter().map(|line| line.joint_minor).sum();
    let joint = joint_campaign(model, gifts_joint, drawn);
    let alone: Vec<Campaign> = (0..model.parties.len())
        .map(|party| own_campaign(model, drawn, party))
        .collect();
    let total = total_alone(model, &alone, drawn);
    let line = |split: AppealSplit| {
        let shares = model.shares(split);
        let gains = shares
            .iter()
            .zip(&alone)
            .map(|(share, alone)| share * joint.net_minor - alone.net_minor);
        SplitLine {
            split,
            gains_minor: gains.collect(),
            shares,
        }
    };
    let splits: Vec<SplitLine> = AppealSplit::ALL.into_iter().map(line).collect();
    let shares = model.shares(model.split);
    let lines = model.parties.iter().zip(&alone).zip(&shares).enumerate();
    let parties = lines.map(|(place, ((id, alone), &share))| PartyLine {
        goal_minor: model.goals_minor.get(place).copied().flatten(),
        campaign_minor: model.campaigns_minor.get(place).copied().flatten(),
        ..party_line(id, *alone, share, &joint)
    });
    let parties = parties.collect();
    let unknown = |said: &[Option<u64>]| {
        let open = model.parties.iter().zip(said).filter(|(_, said)| said.is_none());
        open.map(|(id, _)| id.clone()).collect::<Vec<_>>()
    };
    let sums_to_one = |line: &SplitLine| {
        let sum: f64 = line.shares.iter().sum();
        line.shares.is_empty() || (sum - 1.0).abs() < 1e-9 && line.shares.iter().all(|&share| share >= 0.0)
    };
    let counted = || {
        donors
            .iter()
            .filter(|line| line.counted && !line.asked_by.is_empty())
    };
    AppealReport {
        alone: total,
        joint,
        lift: model.lift,
        joint_gift: model.joint_gift,
        holder_share: model.holder_share,
        campaign_minor: model.campaign_minor,
        split: model.split,
        everybody_can_gain: everybody_can_gain(&alone, joint.net_minor),
        break_even_lift: break_even_lift(model, total.net_minor),
        break_even_joint_gift: break_even_joint_gift(model, total.net_minor),
        shared_donors: counted().filter(|line| line.asked_by.len() > 1).count(),
        asks_alone: counted().map(|line| line.asked_by.len()).sum(),
        asks_joint: counted().count(),
        unknown_costs: unknown(&model.campaigns_minor),
        unknown_goals: unknown(&model.goals_minor),
        years: drawn.years,
        seed,
        verified: drawn.conserved && splits.iter().all(sums_to_one),
        splits,
        parties,
        donors,
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts are at most 64 times 10^15")]
fn donor_line(model: &Model, donor: &Asked) -> DonorLine {
    let gift_joint_minor = donor.gift_joint(model.joint_gift);
    let (alone, joint) = (donor.chance_alone(), donor.chance_joint(model.lift));
    DonorLine {
        asked_by: donor.by.clone(),
        counted: donor.gift_minor.is_some(),
        chance_alone: alone,
        chance_joint: joint,
        gift_joint_minor,
        alone_minor: donor.gift_minor.map_or(0.0, |gift| {
            expected_total(donor.by.len(), alone, gift, donor.budget_minor)
        }),
        joint_minor: joint * gift_joint_minor as f64,
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts are at most 10^15")]
fn own_campaign(model: &Model, drawn: &Drawn, party: usize) -> Campaign {
    let asked = model
        .donors
        .iter()
        .filter(|donor| donor.by.binary_search(&party).is_ok());
    let gifts_minor: f64 = asked
        .filter_map(|donor| {
            let gift = donor.gift_minor?;
            Some(expected_with_yes(
                donor.by.len(),
                donor.chance_alone(),
                gift,
                donor.budget_minor,
            ))
        })
        .sum();
    let costs_minor = model.campaigns_minor.get(party).copied().flatten().unwrap_or(0) as f64;
    let range = drawn
        .alone
        .get(party)
        .map(crate::risk::Histogram::quantiles)
        .unwrap_or_default();
    Campaign {
        gifts_minor,
        costs_minor,
        net_minor: gifts_minor - costs_minor,
        net_range_minor: moved(range, |gifts| gifts - costs_minor),
    }
}

fn total_alone(model: &Model, alone: &[Campaign], drawn: &Drawn) -> Campaign {
    let costs_minor: f64 = alone.iter().map(|one| one.costs_minor).sum();
    // By donor, not by organisation: one closed form against the other, and the tests hold them together.
    let gifts_minor: f64 = model
        .donors
        .iter()
        .map(|donor| donor_line(model, donor).alone_minor)
        .sum();
    Campaign {
        gifts_minor,
        costs_minor,
        net_minor: gifts_minor - costs_minor,
        net_range_minor: moved(drawn.alone_total.quantiles(), |gifts| gifts - costs_minor),
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts are at most 10^15")]
fn joint_campaign(model: &Model, gifts_minor: f64, drawn: &Drawn) -> Campaign {
    let campaign = model.campaign_minor as f64;
    let net = |gifts: f64| gifts * (1.0 - model.holder_share) - campaign;
    Campaign {
        gifts_minor,
        costs_minor: campaign + gifts_minor * model.holder_share,
        net_minor: net(gifts_minor),
        net_range_minor: moved(drawn.joint.quantiles(), net),
    }
}

/// Quantiles of a rising function are that function of the quantiles.
fn moved(range: Quantiles, by: impl Fn(f64) -> f64) -> Quantiles {
    Quantiles {
        p10: by(range.p10),
        p50: by(range.p50),
        p90: by(range.p90),
    }
}

fn party_line(organisation: &OrgId, alone: Campaign, share: f64, joint: &Campaign) -> PartyLine {
    let part = Campaign {
        gifts_minor: share * joint.gifts_minor,
        costs_minor: share * joint.costs_minor,
        net_minor: share * joint.net_minor,
        net_range_minor: moved(joint.net_range_minor, |net| share * net),
    };
    PartyLine {
        organisation: organisation.clone(),
        goal_minor: None,
        campaign_minor: None,
        alone,
        share,
        joint: part,
        gain_minor: part.net_minor - alone.net_minor,
        break_even_share: (joint.net_minor > 0.0).then(|| alone.net_minor / joint.net_minor),
    }
}

/// Parts at least 0 that sum to 1 and leave nobody worse off exist exactly if the needs fit: Σ max(0, aloneᵢ) ≤ joint
/// where the appeal gains; where it loses, every campaign alone loses, and together at least as much.
fn everybody_can_gain(alone: &[Campaign], joint: f64) -> bool {
    if joint >= 0.0 {
        alone.iter().map(|one| one.net_minor.max(0.0)).sum::<f64>() <= joint
    } else {
        alone.iter().all(|one| one.net_minor <= 0.0)
            && alone.iter().map(|one| one.net_minor).sum::<f64>() <= joint
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts are at most 64 times 10^15")]
fn joint_net(model: &Model, lift: f64, joint_gift: f64) -> f64 {
    let gifts = model
        .donors
        .iter()
        .map(|donor| donor.chance_joint(lift) * donor.gift_joint(joint_gift) as f64);
    gifts.sum::<f64>() * (1.0 - model.holder_share) - model.campaign_minor as f64
}

/// The least lift at which the appeal is worth as much as separate campaigns: it grows with the lift up to where every
/// donor who may give surely does.
fn break_even_lift(model: &Model, alone: f64) -> Option<f64> {
    let possible = model
        .donors
        .iter()
        .map(|donor| donor.chance)
        .filter(|&chance| chance > 0.0);
    let most = possible.map(|chance| 1.0 / chance - 1.0).fold(0.0, f64::max);
    least(-1.0, most, |lift| {
        joint_net(model, lift, model.joint_gift) >= alone
    })
}

fn break_even_joint_gift(model: &Model, alone: f64) -> Option<f64> {
    least(0.0, 1.0, |joint| joint_net(model, model.lift, joint) >= alone)
}

/// The least value in a range from which a rising condition holds, to 2⁻⁵⁰ of the range.
fn least(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> Option<f64> {
    if holds(low) {
        return Some(low);
    }
    if !holds(high) {
        return None;
    }
    let (mut below, mut above) = (low, high);
    for _ in 0..50 {
        let middle = below + (above - below) / 2.0;
        if holds(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
    Some(above)
}
