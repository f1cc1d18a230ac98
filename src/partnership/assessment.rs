//! Everything about one partnership, and what its levers change.

use super::advice::advise;
use super::benefits::{Ground, benefits, pledge_reliability};
use super::check::violations;
use super::friction::friction_map;
use super::parties::Parties;
use super::{
    BenefitFigure, Effort, FrictionMap, Inputs, Measure, Parameters, PartnershipError, Range, TypeAdvice,
    lever_cost,
};
use crate::domain::{Lever, OrgId, ProjectId, Scenario};
use serde::{Deserialize, Serialize};

/// The most parties of one partnership: 128, with 8 128 pairs.
pub const MAX_PARTIES: usize = 128;
/// The most years looked ahead.
pub const MAX_YEARS: u16 = 100;

/// What a partnership is worth, where it rubs, and which agreement suits it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Who is in, lead first.
    pub parties: Vec<OrgId>,
    /// What they do together: the chosen project, or those led by a party.
    pub projects: Vec<ProjectId>,
    /// Levers pulled, K1 to K10, each once.
    pub levers: Vec<Lever>,
    /// Every parameter after the levers.
    pub parameters: Parameters,
    /// What the levers cost a year.
    pub lever_cost: Effort,
    /// Every measure of B1 to B12 once, in the order of [`Measure::ALL`].
    pub benefits: Vec<BenefitFigure>,
    /// Friction of every pair.
    pub friction: FrictionMap,
    /// Expected share of the promised money that comes (C7); `None` where nothing is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pledge_reliability: Option<f64>,
    /// Which type of agreement.
    pub advice: TypeAdvice,
    /// Checked by code that did not find it; see [`violations`].
    pub verified: bool,
}

impl Assessment {
    /// The figure of a measure.
    pub fn figure(&self, measure: Measure) -> Option<&BenefitFigure> {
        self.benefits.iter().find(|figure| figure.measure == measure)
    }
}

/// What the partnership of `scenario` is worth and where it will rub, with its levers pulled.
///
/// Benefits B1 to B12, friction C1, C2, C4, C5, C6, C9 of every pair, pledge reliability C7, and the
/// recommended type, as defined in `docs/partnership.md` with the constants of `docs/model.md`. Figures are
/// intervals over all missing answers; nothing to measure is `None`, never 0. Units are named beside each
/// figure. Order: parties lead first, then members in order of choice; pairs and measures as documented
/// there. All effects of levers, and all constants, are illustrative. Cost: O(k³) for k parties, plus pairs
/// of programmes.
///
/// # Errors
/// [`PartnershipError::TooManyParties`] above [`MAX_PARTIES`], [`PartnershipError::OutOfRange`] for inputs
/// outside their range. A scenario without a partnership has an empty answer.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::{Lever, OrgId};
/// use gotong::partnership::{Inputs, Measure, Parameters, assess};
///
/// // Yayasan Guru Pelita trains village tutors with Balai Pendidikan Warga. One clear common goal (K4) and a
/// // work plan (K9) make it likelier that both are still there in three years.
/// let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// scenario.partnership.members = vec![OrgId::new("balai-pendidikan-warga").unwrap()];
/// let parameters = Parameters::of(&scenario);
/// let lasts = |scenario: &_| {
///     let assessment = assess(scenario, &Inputs::default(), &parameters).unwrap();
///     assert!(assessment.verified);
///     assessment.figure(Measure::StillRunning).unwrap().value.unwrap().low
/// };
/// let before = lasts(&scenario);
/// scenario.partnership.levers = vec![Lever::CommonGoal, Lever::WorkPlan];
/// assert!(lasts(&scenario) > before);
/// ```
pub fn assess(
    scenario: &Scenario,
    inputs: &Inputs,
    parameters: &Parameters,
) -> Result<Assessment, PartnershipError> {
    assess_with(scenario, inputs, parameters, &scenario.partnership.levers)
}

fn assess_with(
    scenario: &Scenario,
    inputs: &Inputs,
    parameters: &Parameters,
    levers: &[Lever],
) -> Result<Assessment, PartnershipError> {
    inputs.check()?;
    let named = &scenario.partnership.members;
    let limit = MAX_PARTIES;
    if named.len() > limit * 2 {
        // Before anything quadratic is done; repeats and unknown ids may bring a longer list below the limit.
        let parties = named.len();
        return Err(PartnershipError::TooManyParties { parties, limit });
    }
    let parties = Parties::of(scenario);
    if parties.len() > limit {
        let parties = parties.len();
        return Err(PartnershipError::TooManyParties { parties, limit });
    }
    let cost = lever_cost(levers, parameters);
    let parameters = parameters.with_levers(levers);
    let friction = friction_map(&parties, &parameters)?;
    let benefits = benefits(&Ground {
        parties: &parties,
        inputs,
        parameters: &parameters,
        friction: &friction,
        lever_cost: cost,
    });
    let pulled = Lever::ALL.iter().filter(|lever| levers.contains(lever));
    let mut assessment = Assessment {
        parties: parties.ids(),
        projects: parties
            .projects
            .iter()
            .map(|project| project.id.clone())
            .collect(),
        levers: pulled.copied().collect(),
        lever_cost: cost,
        benefits,
        pledge_reliability: pledge_reliability(&parties, &parameters),
        advice: advise(&parties, &friction, &parameters),
        friction,
        parameters,
        verified: false,
    };
    assessment.verified = violations(scenario, inputs, &assessment).is_empty();
    Ok(assessment)
}

/// One figure that levers change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Which: the code of a [`Measure`], or `friction`, `coordination-days`, `pledge-reliability`.
    pub code: String,
    /// Without levers.
    pub before: Range,
    /// With them.
    pub after: Range,
}

/// A partnership without and with its levers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverComparison {
    /// Without.
    pub before: Assessment,
    /// With.
    pub after: Assessment,
    /// What differs: `friction`, `coordination-days`, `pledge-reliability`, then measures in their order.
    pub changed: Vec<Difference>,
}

/// The partnership of `scenario` without and with `levers`, whichever the scenario has pulled.
///
/// Cost: twice [`assess`].
///
/// # Errors
/// As [`assess`].
pub fn compare(
    scenario: &Scenario,
    inputs: &Inputs,
    parameters: &Parameters,
    levers: &[Lever],
) -> Result<LeverComparison, PartnershipError> {
    let before = assess_with(scenario, inputs, parameters, &[])?;
    let after = assess_with(scenario, inputs, parameters, levers)?;
    let mut changed = Vec::new();
    let mut differ = |code: &str, before: Option<Range>, after: Option<Range>| {
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let code = code.to_owned();
            changed.push(Difference { code, before, after });
        }
    };
    differ("friction", before.friction.mean, after.friction.mean);
    let days = |of: &Assessment| Some(Range::exactly(of.friction.coordination.days));
    differ("coordination-days", days(&before), days(&after));
    let reliability = |of: &Assessment| of.pledge_reliability.map(Range::exactly);
    differ("pledge-reliability", reliability(&before), reliability(&after));
    for (one, other) in before.benefits.iter().zip(&after.benefits) {
        differ(one.measure.code(), one.value, other.value);
    }
    Ok(LeverComparison {
        before,
        after,
        changed,
    })
}
