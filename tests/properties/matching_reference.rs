//! The partner score straight from its definition: slow, over the scenario's own types, sharing no code with the
//! product's. Everything is compared with everything by name.

#![allow(clippy::unwrap_used)]

use gotong::domain::{Need, Offer, OrgId, Organisation, Priority, Programme, RegionCode, Scenario};
use gotong::matching::{Change, Direction, Mode, NEAR_MISSES, NearMiss, PartnerList};

type Ends = [f64; 2];

#[derive(Debug)]
pub struct Groups {
    pub partners: Vec<(OrgId, Ends)>,
    pub could_belong: Vec<(OrgId, Ends)>,
    pub excluded: Vec<OrgId>,
}

fn needs(org: &Organisation) -> impl Iterator<Item = &Need> {
    org.needs.iter().filter(|need| need.quantity != Some(0))
}

/// s(giver → receiver).
fn coverage(giver: &Organisation, receiver: &Organisation) -> Ends {
    let (mut sum, mut total) = ([0.0, 0.0], 0.0);
    for need in needs(receiver) {
        let weight = f64::from(need.priority.level());
        total += weight;
        let offered = giver.offer(&need.kind).map_or(Some(0), |offer| offer.quantity);
        let filled = match (need.quantity, offered) {
            (_, Some(0)) => [0.0, 0.0],
            (Some(need), Some(offered)) => [(offered as f64 / need as f64).min(1.0); 2],
            _ => [0.0, 1.0],
        };
        sum = [sum[0] + weight * filled[0], sum[1] + weight * filled[1]];
    }
    if total == 0.0 {
        [0.0, 0.0]
    } else {
        [sum[0] / total, sum[1] / total]
    }
}

fn jaccard(mut a: Vec<String>, mut b: Vec<String>) -> f64 {
    for list in [&mut a, &mut b] {
        list.sort();
        list.dedup();
    }
    let shared = a.iter().filter(|x| b.contains(x)).count() as f64;
    let either = (a.len() + b.len()) as f64 - shared;
    if either == 0.0 { 0.0 } else { shared / either }
}

fn distance(a: Option<f64>, b: Option<f64>) -> Ends {
    match (a, b) {
        (Some(a), Some(b)) => [(a - b).abs(); 2],
        (Some(a), None) | (None, Some(a)) => [0.0, a.max(1.0 - a)],
        (None, None) => [0.0, 1.0],
    }
}

fn same_place(a: &Option<RegionCode>, b: &Option<RegionCode>) -> Ends {
    match (a, b) {
        (Some(a), Some(b)) => [f64::from(u8::from(a.is_within(b) || b.is_within(a))); 2],
        _ => [0.0, 1.0],
    }
}

fn duplication(a: &[Programme], b: &[Programme]) -> Ends {
    let all = (a.len() + b.len()).max(1) as f64;
    let end = |end: usize| {
        let twice = |own: &[Programme], others: &[Programme]| {
            let same = |x: &Programme, y: &Programme| {
                x.theme == y.theme && same_place(&x.region, &y.region)[end] == 1.0
            };
            own.iter().filter(|x| others.iter().any(|y| same(x, y))).count()
        };
        (twice(a, b) + twice(b, a)) as f64 / all
    };
    [end(0), end(1)]
}

fn pair_score(scenario: &Scenario, a: &Organisation, b: &Organisation, direction: Direction) -> Ends {
    let (x, y) = (coverage(b, a), coverage(a, b));
    let base = |end: usize| match direction {
        Direction::SeekerReceives => x[end],
        Direction::SeekerGives => y[end],
        Direction::Both if x[end] == 0.0 || y[end] == 0.0 => 0.0,
        Direction::Both => 2.0 * x[end] * y[end] / (x[end] + y[end]),
    };
    let text = |goals: &[gotong::domain::GoalId]| goals.iter().map(ToString::to_string).collect::<Vec<_>>();
    let goals = if a.goals.is_empty() || b.goals.is_empty() {
        [0.0, 1.0]
    } else {
        [jaccard(text(&a.goals), text(&b.goals)); 2]
    };
    let region = match (&a.region, &b.region) {
        (Some(a), Some(b)) if a == b && a.parent().is_some() => [1.0; 2],
        (Some(a), Some(b)) if a.province() == b.province() => [0.5; 2],
        (Some(_), Some(_)) => [0.0; 2],
        _ => [0.0, 1.0],
    };
    let of_pair = |between: &(OrgId, OrgId)| {
        (between.0 == a.id && between.1 == b.id) || (between.1 == a.id && between.0 == b.id)
    };
    let trust = scenario
        .trust
        .iter()
        .filter(|record| of_pair(&record.between))
        .map(|record| record.level.get())
        .min_by(f64::total_cmp)
        .unwrap_or(0.0);
    let style = (&a.working_style, &b.working_style);
    let months = |months: Option<u16>| months.map(|months| f64::from(months.min(60)) / 60.0);
    let parts = [
        (
            0.5,
            distance(style.0.pace.map(|p| p.scaled()), style.1.pace.map(|p| p.scaled())),
        ),
        (
            0.25,
            distance(
                style.0.formality.map(|f| f.scaled()),
                style.1.formality.map(|f| f.scaled()),
            ),
        ),
        (
            0.25,
            distance(months(style.0.horizon_months), months(style.1.horizon_months)),
        ),
    ];
    let friction = |end: usize| {
        parts
            .iter()
            .map(|(weight, distance)| weight * distance[end])
            .sum::<f64>()
    };
    let duplication = duplication(&a.programmes, &b.programmes);
    let rival = |org: &Organisation| {
        let kinds = scenario.all_kinds();
        let rival = |need: &&Need| kinds.iter().any(|kind| kind.id == need.kind && kind.rival);
        needs(org)
            .filter(rival)
            .map(|need| need.kind.to_string())
            .collect::<Vec<_>>()
    };
    let donors = |org: &Organisation| {
        org.donors_sought
            .iter()
            .map(|d| d.trim().to_lowercase())
            .collect()
    };
    let competition = (jaccard(rival(a), rival(b)) + jaccard(donors(a), donors(b))) / 2.0;
    let w = &scenario.score_weights;
    let factor = |end: usize| {
        let plus = w.shared_goals * goals[end] + w.shared_region * region[end] + w.trust * trust;
        let minus = w.friction * friction(1 - end)
            + w.duplication * duplication[1 - end]
            + w.competition * competition;
        (1.0 + plus - minus) / (1.0 + w.shared_goals + w.shared_region + w.trust)
    };
    [base(0) * factor(0), base(1) * factor(1)]
}

fn direction(seeker: &Organisation, mode: Mode) -> Direction {
    let has_offer = seeker.offers.iter().any(|offer| offer.quantity != Some(0));
    match mode {
        Mode::Mutual => Direction::Both,
        Mode::Gift if needs(seeker).next().is_none() && has_offer => Direction::SeekerGives,
        Mode::Gift => Direction::SeekerReceives,
    }
}

/// Score of `id` for the first organisation.
pub fn score(scenario: &Scenario, id: &OrgId, mode: Mode) -> Ends {
    let seeker = &scenario.organisations[0];
    pair_score(
        scenario,
        seeker,
        scenario.organisation(id).unwrap(),
        direction(seeker, mode),
    )
}

/// The groups of the list for the first organisation.
pub fn groups(scenario: &Scenario, mode: Mode, top: usize) -> Groups {
    let seeker = &scenario.organisations[0];
    let mut rest = Vec::new();
    let mut excluded = Vec::new();
    for other in &scenario.organisations[1..] {
        if scenario.conflict_between(&seeker.id, &other.id).is_some() {
            excluded.push(other.id.clone());
        } else {
            rest.push((other.id.clone(), score(scenario, &other.id, mode)));
        }
    }
    let falling = |a: f64, b: f64| b.total_cmp(&a);
    rest.sort_by(|(_, a), (_, b)| falling(a[0], b[0]).then(falling(a[1], b[1])));
    let listed = rest.iter().filter(|(_, score)| score[0] > 0.0).count().min(top);
    let others = rest.split_off(listed);
    let reach = if listed == top { rest[top - 1].1[0] } else { 0.0 };
    let mut could_belong = others;
    could_belong.retain(|(_, score)| score[1] > 0.0 && score[1] >= reach);
    could_belong.sort_by(|(_, a), (_, b)| falling(a[1], b[1]).then(falling(a[0], b[0])));
    could_belong.truncate(top);
    Groups {
        partners: rest,
        could_belong,
        excluded,
    }
}

/// The score once `miss` has come true with `by` units.
pub fn score_after(scenario: &Scenario, miss: &NearMiss, by: u64, direction: Direction) -> Ends {
    let mut changed = scenario.clone();
    let org = changed
        .organisations
        .iter_mut()
        .find(|org| org.id == miss.org)
        .unwrap();
    match miss.change {
        Change::OfferMore => match org.offers.iter_mut().find(|offer| offer.kind == miss.kind) {
            Some(offer) => offer.quantity = offer.quantity.map(|quantity| quantity + by),
            None => org.offers.push(Offer {
                kind: miss.kind.clone(),
                quantity: Some(by),
            }),
        },
        Change::NeedMore => {
            org.needs.retain(|need| need.kind != miss.kind);
            org.needs.push(Need {
                kind: miss.kind.clone(),
                quantity: Some(by),
                priority: Priority::default(),
            });
        }
    }
    let partner = changed.organisation(&miss.id).unwrap();
    pair_score(&changed, &changed.organisations[0], partner, direction)
}

/// For every organisation in no group, the smallest share of a need that more of an offer must fill to reach `bar`: of
/// the smallest few changes, those that are offers, rising. Where no offer does, a need that is filled at once counts as
/// a change of a whole need, and takes a place: by share, then low end falling, then file order. Tries every amount from
/// 1 up; bisection would share the product's idea.
pub fn smallest_offer_shares(scenario: &Scenario, list: &PartnerList, top: usize, bar: f64) -> Vec<f64> {
    let seeker = &scenario.organisations[0];
    let reach = if list.partners.len() == top { bar } else { 0.0 };
    let listed = |id: &OrgId| {
        list.partners
            .iter()
            .chain(&list.could_belong)
            .any(|found| &found.id == id)
    };
    let mut changes = Vec::new();
    for other in &scenario.organisations[1..] {
        let conflict = scenario.conflict_between(&seeker.id, &other.id).is_some();
        let now = pair_score(scenario, seeker, other, list.direction);
        let asked = now[1] > 0.0 && now[1] >= reach;
        if conflict || asked || listed(&other.id) {
            continue;
        }
        let mut best = f64::INFINITY;
        for (giver, receiver) in [(other, seeker), (seeker, other)] {
            let used = match list.direction {
                Direction::Both => true,
                Direction::SeekerReceives => receiver.id == seeker.id,
                Direction::SeekerGives => giver.id == seeker.id,
            };
            for need in needs(receiver).filter(|_| used) {
                let offered = giver.offer(&need.kind).map_or(Some(0), |offer| offer.quantity);
                let (Some(quantity), Some(offered)) = (need.quantity, offered) else {
                    continue;
                };
                let after = |by: u64| {
                    let miss = NearMiss {
                        id: other.id.clone(),
                        score: now,
                        score_after: 0.0,
                        change: Change::OfferMore,
                        org: giver.id.clone(),
                        kind: need.kind.clone(),
                        by,
                        share_ratio: 0.0,
                    };
                    quick_after(scenario, seeker, other, &miss, list.direction)
                };
                let gap = quantity.saturating_sub(offered);
                let share = |by: u64| by as f64 / quantity as f64;
                if gap == 0 || after(gap) < bar - 1e-12 {
                    continue;
                }
                let first = (1..=gap)
                    .take_while(|&by| share(by) < best)
                    .find(|&by| after(by) >= bar - 1e-12);
                best = first.map_or(best, share);
            }
        }
        if best.is_finite() {
            changes.push((best, now[0], Change::OfferMore));
        } else if a_need_would_do(scenario, seeker, other, now, list.direction, bar) {
            changes.push((1.0, now[0], Change::NeedMore));
        }
    }
    changes.sort_by(|(a, low_a, _), (b, low_b, _)| a.total_cmp(b).then(low_b.total_cmp(low_a)));
    changes.truncate(NEAR_MISSES);
    changes.retain(|&(.., change)| change == Change::OfferMore);
    changes.into_iter().map(|(share, ..)| share).collect()
}

/// Whether one side naming a need that the other's offer fills would reach `bar`.
fn a_need_would_do(
    scenario: &Scenario,
    seeker: &Organisation,
    other: &Organisation,
    now: Ends,
    direction: Direction,
    bar: f64,
) -> bool {
    [(other, seeker), (seeker, other)]
        .into_iter()
        .any(|(giver, receiver)| {
            let used = match direction {
                Direction::Both => true,
                Direction::SeekerReceives => receiver.id == seeker.id,
                Direction::SeekerGives => giver.id == seeker.id,
            };
            giver.offers.iter().filter(|_| used).any(|offer| {
                let named = needs(receiver).any(|need| need.kind == offer.kind);
                offer.quantity.filter(|_| !named).is_some_and(|by| {
                    let miss = NearMiss {
                        id: other.id.clone(),
                        score: now,
                        score_after: 0.0,
                        change: Change::NeedMore,
                        org: receiver.id.clone(),
                        kind: offer.kind.clone(),
                        by,
                        share_ratio: 1.0,
                    };
                    quick_after(scenario, seeker, other, &miss, direction) >= bar - 1e-12
                })
            })
        })
}

/// [`score_after`] on two organisations only.
fn quick_after(
    scenario: &Scenario,
    seeker: &Organisation,
    other: &Organisation,
    miss: &NearMiss,
    direction: Direction,
) -> f64 {
    let small = Scenario {
        organisations: vec![seeker.clone(), other.clone()],
        trust: scenario.trust.clone(),
        score_weights: scenario.score_weights,
        ..Scenario::default()
    };
    score_after(&small, miss, miss.by, direction)[0]
}
