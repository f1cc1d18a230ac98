//! Checks an assessment by other means than it was made.

use super::parties::Parties;
use super::{Assessment, FigureUnit, Inputs, Measure, PairFriction, ParameterId, Range};
use crate::domain::{OrgId, Organisation, Project, RegionCode, Scenario};
use crate::matching::{FORMALITY_PART, HORIZON_FULL_MONTHS, HORIZON_PART, PACE_PART};
use serde::{Deserialize, Serialize};

/// Something in an assessment that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Violation {
    /// Not every measure once and in order.
    Measures,
    /// A figure whose ends are in the wrong order, no number, or outside its unit.
    OutOfUnit {
        /// The measure's code.
        measure: String,
    },
    /// A figure that a second way of computing does not find.
    Differs {
        /// The measure's code, or `friction`, `coordination`.
        what: String,
    },
    /// Not every pair of parties once.
    Pairs,
}

/// What cannot be in `assessment` of `scenario`; empty for a sound one.
///
/// Frictions are recomputed from the stated ways of working by trying the extreme answers; trust by looking
/// each pair up in the records; sector diversity by counting pairs; survival year by year; betweenness by its
/// definition from distances and path counts; duplicates by flooding; people by descending from the outermost
/// places. The other figures are held to their units. Figures may differ by 10⁻⁹ of themselves. Cost: O(k³)
/// for k parties.
pub fn violations(scenario: &Scenario, inputs: &Inputs, assessment: &Assessment) -> Vec<Violation> {
    let parties = Parties::of(scenario);
    let mut found = Vec::new();
    let measures: Vec<Measure> = assessment.benefits.iter().map(|figure| figure.measure).collect();
    if measures != Measure::ALL {
        found.push(Violation::Measures);
    }
    for figure in &assessment.benefits {
        if figure.value.is_some_and(|value| !fits(value, figure.measure)) {
            let measure = figure.measure.code().to_owned();
            found.push(Violation::OutOfUnit { measure });
        }
    }
    let pairs = &assessment.friction.pairs;
    let expected = parties.orgs.iter().enumerate().flat_map(|(index, a)| {
        let rest = parties.orgs.iter().skip(index + 1);
        rest.map(move |b| (&a.id, &b.id))
    });
    let listed = pairs.iter().map(|pair| (&pair.between.0, &pair.between.1));
    if !expected.eq(listed) {
        found.push(Violation::Pairs);
        return found;
    }
    let mut differs = |what: &str| {
        found.push(Violation::Differs {
            what: what.to_owned(),
        })
    };
    if pairs.iter().any(|pair| !pair_holds(scenario, assessment, pair)) {
        differs("friction");
    }
    let get = |id| assessment.parameters.get(id);
    let days: f64 = pairs.iter().map(|_| get(ParameterId::CoordinationDays)).sum();
    if !near(days, assessment.friction.coordination.days) {
        differs("coordination");
    }
    let other_ways = [
        (Measure::SectorDiversity, sector_diversity(&parties)),
        (Measure::MeanTrust, mean(pairs.iter().map(|pair| pair.trust))),
        (
            Measure::Density,
            density(scenario, &parties, get(ParameterId::ContactShare)),
        ),
        (
            Measure::Brokerage,
            brokerage(scenario, &parties, get(ParameterId::ContactShare)),
        ),
    ];
    let value = |measure| assessment.figure(measure).and_then(|figure| figure.value);
    for (measure, other) in other_ways {
        if !same(value(measure), other.map(Range::exactly)) {
            differs(measure.code());
        }
    }
    if !same(
        value(Measure::StillRunning),
        still_running(&parties, inputs, assessment),
    ) {
        differs(Measure::StillRunning.code());
    }
    if !same(value(Measure::DuplicatesAvoided), duplicates(&parties)) {
        differs(Measure::DuplicatesAvoided.code());
    }
    let people = value(Measure::UniquePeople).map(|range| range.low);
    if !same(
        people.map(Range::exactly),
        least_people(&parties, inputs).map(Range::exactly),
    ) {
        differs(Measure::UniquePeople.code());
    }
    found
}

fn fits(value: Range, measure: Measure) -> bool {
    let ordered = value.low.is_finite()
        && value
            .high
            .is_none_or(|high| high.is_finite() && value.low <= high);
    let inside = match measure.unit() {
        FigureUnit::Share => value.low >= 0.0 && value.high.is_some_and(|high| high <= 1.0),
        FigureUnit::Minor => true,
        _ => value.low >= 0.0,
    };
    ordered && inside
}

fn near(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn same(a: Option<Range>, b: Option<Range>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => near(a.low, b.low) && near(a.top(), b.top()),
        (None, None) => true,
        _ => false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn number(count: usize) -> f64 {
    count as f64
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / number(values.len()))
}

/// The least and the most two positions can be apart, by trying both ends of what is not said.
fn apart(a: Option<f64>, b: Option<f64>) -> (f64, f64) {
    let tries = |own: Option<f64>, other: Option<f64>| match own {
        Some(known) => vec![known],
        None => vec![0.0, other.unwrap_or(0.5), 1.0],
    };
    let (mut least, mut most) = (1.0_f64, 0.0_f64);
    for x in tries(a, b) {
        for y in tries(b, a) {
            least = least.min((x - y).abs());
            most = most.max((x - y).abs());
        }
    }
    (least, most)
}

fn pair_holds(scenario: &Scenario, assessment: &Assessment, pair: &PairFriction) -> bool {
    let (Some(a), Some(b)) = (
        scenario.organisation(&pair.between.0),
        scenario.organisation(&pair.between.1),
    ) else {
        return false;
    };
    let get = |id| assessment.parameters.get(id);
    let horizon = |org: &Organisation| {
        let months = org.working_style.horizon_months?;
        Some((f64::from(months) / f64::from(HORIZON_FULL_MONTHS)).min(1.0))
    };
    let pace = |org: &Organisation| org.working_style.pace.map(|pace| pace.scaled());
    let formality = |org: &Organisation| org.working_style.formality.map(|formality| formality.scaled());
    let parts = [
        (apart(pace(a), pace(b)), PACE_PART, get(ParameterId::PaceRatio)),
        (
            apart(formality(a), formality(b)),
            FORMALITY_PART,
            get(ParameterId::FormalityRatio),
        ),
        (
            apart(horizon(a), horizon(b)),
            HORIZON_PART,
            get(ParameterId::HorizonRatio),
        ),
    ];
    let sum = |end: fn((f64, f64)) -> f64| {
        parts
            .iter()
            .map(|&(ends, part, left)| end(ends) * part * left)
            .sum()
    };
    let range = Range::between(sum(|ends| ends.0), sum(|ends| ends.1));
    let stated = trust_between(scenario, &a.id, &b.id).unwrap_or(0.0);
    let trust = 1.0 - (1.0 - stated) * (1.0 - get(ParameterId::TrustLift));
    let parts_hold = pair.parts.iter().all(|part| {
        part.value.low >= 0.0 && part.value.low <= part.value.top() && part.value.top() <= 1.0 + 1e-9
    });
    same(Some(range), Some(pair.friction)) && near(trust, pair.trust) && parts_hold
}

/// The lowest stated trust between two.
fn trust_between(scenario: &Scenario, a: &OrgId, b: &OrgId) -> Option<f64> {
    let records = scenario.trust.iter().filter(|record| {
        let (x, y) = &record.between;
        (x, y) == (a, b) || (x, y) == (b, a)
    });
    records.map(|record| record.level.get()).reduce(f64::min)
}

fn sector_diversity(parties: &Parties<'_>) -> Option<f64> {
    let different = |a: &&Organisation| parties.orgs.iter().filter(|b| b.sector != a.sector).count();
    let pairs: usize = parties.orgs.iter().map(different).sum();
    // 1 − 1/5 is the most five sectors can reach.
    let drawn = number(parties.len() * parties.len());
    (parties.len() > 0).then(|| number(pairs) / drawn / 0.8)
}

fn linked(scenario: &Scenario, parties: &Parties<'_>, a: usize, b: usize) -> bool {
    let (Some(one), Some(other)) = (parties.orgs.get(a), parties.orgs.get(b)) else {
        return false;
    };
    let lead = scenario.partnership.lead.as_ref();
    let star = lead.is_some_and(|lead| lead == &one.id || lead == &other.id);
    a != b && (star || trust_between(scenario, &one.id, &other.id).is_some_and(|level| level > 0.0))
}

fn density(scenario: &Scenario, parties: &Parties<'_>, contact: f64) -> Option<f64> {
    let pairs = (0..parties.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    mean(pairs.map(|(a, b)| {
        if linked(scenario, parties, a, b) {
            1.0
        } else {
            contact
        }
    }))
}

/// Distances and numbers of shortest paths from `start`, level by level.
fn reach(graph: &[Vec<bool>], start: usize) -> Vec<(usize, f64)> {
    // `usize::MAX` for what is not reached; indices are below the size of the square table.
    let mut known = vec![(usize::MAX, 0.0); graph.len()];
    known[start] = (0, 1.0);
    for level in 1..=graph.len() {
        let mut grew = false;
        for node in 0..graph.len() {
            let before = (0..graph.len()).filter(|&from| graph[from][node] && known[from].0 == level - 1);
            let paths: f64 = before.map(|from| known[from].1).sum();
            if known[node].0 == usize::MAX && paths > 0.0 {
                known[node] = (level, paths);
                grew = true;
            }
        }
        if !grew {
            break;
        }
    }
    known
}

/// Freeman's definition: for each node the share of shortest paths between two others that pass through it.
fn brokerage(scenario: &Scenario, parties: &Parties<'_>, contact: f64) -> Option<f64> {
    let size = parties.len();
    if size < 3 {
        return None;
    }
    let row = |a| (0..size).map(|b| linked(scenario, parties, a, b)).collect();
    let graph: Vec<Vec<bool>> = (0..size).map(row).collect();
    let known: Vec<_> = (0..size).map(|start| reach(&graph, start)).collect();
    let through = |node: usize| -> f64 {
        let others = (0..size).flat_map(|s| (0..s).map(move |t| (s, t)));
        let shares = others.filter(|&(s, t)| s != node && t != node).map(|(s, t)| {
            let ((far, all), (one, first), (two, second)) = (known[s][t], known[s][node], known[node][t]);
            let on_the_way = far != usize::MAX && one != usize::MAX && two != usize::MAX && one + two == far;
            if on_the_way { first * second / all } else { 0.0 }
        });
        shares.sum()
    };
    let most = (0..size).map(through).fold(0.0, f64::max);
    Some(most / number((size - 1) * (size - 2) / 2) * (1.0 - contact))
}

fn still_running(parties: &Parties<'_>, inputs: &Inputs, assessment: &Assessment) -> Option<Range> {
    use ParameterId as Id;
    let get = |id| assessment.parameters.get(id);
    let chance = |worst: bool| {
        let mut running = 1.0;
        for year in 0..inputs.years {
            for org in &parties.orgs {
                let own = || {
                    assessment
                        .friction
                        .pairs
                        .iter()
                        .filter(|pair| [&pair.between.0, &pair.between.1].contains(&&org.id))
                };
                let end = |pair: &PairFriction| {
                    if worst {
                        pair.friction.top()
                    } else {
                        pair.friction.low
                    }
                };
                let friction = mean(own().map(end)).unwrap_or(0.0);
                let trust = mean(own().map(|pair| pair.trust)).unwrap_or(0.0);
                let doubt = parties.payments.iter().filter(|pledge| pledge.funder == org.id);
                let doubt = doubt
                    .map(|pledge| pledge.reliability.default_probability.get())
                    .fold(0.0, f64::max);
                let doubt = (doubt * get(Id::DefaultRatio)).min(1.0);
                let leaves = get(Id::ExitProbability)
                    * (1.0 + get(Id::FrictionExit) * friction)
                    * (1.0 - get(Id::TrustExit) * trust);
                let leaves = 1.0 - (1.0 - leaves.min(1.0)) * (1.0 - get(Id::PledgeExit) * doubt);
                let first = if year == 0 { get(Id::FirstYearRatio) } else { 1.0 };
                running *= 1.0 - (first * leaves).min(1.0);
            }
        }
        running
    };
    (parties.len() > 1).then(|| Range::between(chance(true), chance(false)))
}

/// Groups of programmes flooded from each that no earlier group holds.
fn duplicates(parties: &Parties<'_>) -> Option<Range> {
    let programmes: Vec<_> = parties
        .orgs
        .iter()
        .flat_map(|org| org.programmes.iter().map(|one| (&org.id, one)))
        .collect();
    let avoided = |possible: bool| {
        let (mut seen, mut groups) = (vec![false; programmes.len()], 0);
        for start in 0..programmes.len() {
            let mut wave = if seen[start] { vec![] } else { vec![start] };
            groups += wave.len();
            while let Some(one) = wave.pop() {
                seen[one] = true;
                for other in 0..programmes.len() {
                    let ((org, a), (by, b)) = (programmes[one], programmes[other]);
                    let place = match (&a.region, &b.region) {
                        (Some(a), Some(b)) => a.is_within(b) || b.is_within(a),
                        _ => possible,
                    };
                    if !seen[other] && org != by && a.theme == b.theme && place {
                        seen[other] = true;
                        wave.push(other);
                    }
                }
            }
        }
        number(programmes.len() - groups)
    };
    (parties.len() > 1).then(|| Range::between(avoided(false), avoided(true)))
}

/// The fewest people, descending from the outermost places.
fn least_people(parties: &Parties<'_>, inputs: &Inputs) -> Option<f64> {
    let people = |project: &&Project| {
        let share = inputs.carried_out.iter().find(|(id, _)| id == &project.id);
        super::effort::number(project.beneficiaries.unwrap_or(0)) * share.map_or(1.0, |&(_, share)| share)
    };
    let anywhere = parties.projects.iter().filter(|project| project.region.is_none());
    let anywhere = anywhere.map(people).fold(0.0, f64::max);
    let placed = parties
        .projects
        .iter()
        .filter_map(|project| Some((project.region.as_ref()?, people(project))));
    let mut placed: Vec<_> = placed.collect();
    // The shortest code lies in no other: an outermost place always stands first.
    crate::order::sort_by_key(&mut placed, |(place, _)| place.as_str().len());
    (!parties.projects.is_empty()).then(|| least(placed).max(anywhere))
}

/// The fewest people of groups in places, outermost first: of each outermost place its largest group or the
/// least of what lies inside, whichever is more. As deep as codes nest.
fn least(mut groups: Vec<(&RegionCode, f64)>) -> f64 {
    let mut total = 0.0;
    while let Some(&(place, _)) = groups.first() {
        let (here, beside): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(other, _)| other.is_within(place));
        let (own, inside): (Vec<_>, Vec<_>) = here.into_iter().partition(|(other, _)| *other == place);
        let own = own.into_iter().map(|(_, people)| people).fold(0.0, f64::max);
        total += own.max(least(inside));
        groups = beside;
    }
    total
}
