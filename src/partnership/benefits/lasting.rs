//! B5 chance that the partnership still runs after n years; and how much of the promised money comes.

use super::Ground;
use crate::domain::{OrgId, Pledge};
use crate::partnership::effort::number;
use crate::partnership::parties::Parties;
use crate::partnership::{BenefitFigure, Ingredient, Measure, ParameterId, Parameters, Range};

/// The chance that party `index` leaves within a year after the first.
fn exit(ground: &Ground<'_>, id: &OrgId) -> Range {
    use ParameterId as Id;
    let get = |id: Id| ground.parameters.get(id);
    let own = || {
        let pairs = ground.friction.pairs.iter();
        pairs.filter(|pair| &pair.between.0 == id || &pair.between.1 == id)
    };
    let friction = Range::mean(own().map(|pair| pair.friction)).unwrap_or(Range::ZERO);
    let trust = Range::mean(own().map(|pair| Range::exactly(pair.trust))).unwrap_or(Range::ZERO);
    let doubt = ground
        .parties
        .payments
        .iter()
        .filter(|pledge| &pledge.funder == id)
        .map(|pledge| slip(pledge, ground.parameters))
        .fold(0.0, f64::max);
    friction.rising(|friction| {
        let base = get(Id::ExitProbability)
            * (1.0 + get(Id::FrictionExit) * friction)
            * (1.0 - get(Id::TrustExit) * trust.low);
        let stays = (1.0 - base).clamp(0.0, 1.0) * (1.0 - get(Id::PledgeExit) * doubt).clamp(0.0, 1.0);
        1.0 - stays
    })
}

/// The chance that a pledge slips, after the levers.
fn slip(pledge: &Pledge, parameters: &Parameters) -> f64 {
    (pledge.reliability.default_probability.get() * parameters.get(ParameterId::DefaultRatio)).min(1.0)
}

pub(super) fn still_running(ground: &Ground<'_>) -> BenefitFigure {
    let years = ground.inputs.years;
    let first = ground.parameters.get(ParameterId::FirstYearRatio);
    let mut from = vec![Ingredient::known("years", f64::from(years))];
    let (mut low, mut high) = (1.0, 1.0);
    for org in &ground.parties.orgs {
        let exit = exit(ground, &org.id);
        // Repeated multiplication: `powi` may round differently elsewhere.
        let over_years = |exit: f64| {
            let mut stays = 1.0;
            for year in 0..years {
                let factor = if year == 0 { first } else { 1.0 };
                stays *= (1.0 - factor * exit).clamp(0.0, 1.0);
            }
            stays
        };
        low *= over_years(exit.top().min(1.0));
        high *= over_years(exit.low);
        from.push(Ingredient::named(format!("exit:{}", org.id), exit));
    }
    let value = (ground.parties.len() > 1).then(|| Range::between(low, high));
    BenefitFigure::of(Measure::StillRunning, value, from)
}

/// The expected share of the promised money that comes: 1 − Σ amount · chance · mean loss ÷ Σ amount, over
/// the pledges that may pay for the partnership's projects and have a rate. The mean loss of Beta(a, b) is
/// a/(a + b), all of it without a haircut.
pub(in crate::partnership) fn pledge_reliability(
    parties: &Parties<'_>,
    parameters: &Parameters,
) -> Option<f64> {
    let (mut promised, mut lost) = (0.0, 0.0);
    for pledge in &parties.payments {
        let Some(amount) = parties.scenario.in_base(pledge.amount) else {
            continue;
        };
        let loss = match pledge.reliability.haircut {
            Some((a, b)) if a > 0.0 && b > 0.0 => a / (a + b),
            _ => 1.0,
        };
        promised += number(amount);
        lost += number(amount) * slip(pledge, parameters) * loss;
    }
    (promised > 0.0).then(|| (1.0 - lost / promised).clamp(0.0, 1.0))
}
