use super::super::{KindFilter, MissingForm};
use super::*;
use crate::domain::{Conflict, Need, Offer, Organisation, Priority, Sector, Text};

fn organisation(name: &str, offers: &[(&str, Option<u64>)], needs: &[(&str, Option<u64>)]) -> Organisation {
    let kind = |name: &str| KindId::new(name).unwrap();
    let mut organisation = Organisation::new(OrgId::new(name).unwrap(), name.into(), Sector::Community);
    let offer = |&(name, quantity): &(&str, Option<u64>)| Offer {
        kind: kind(name),
        quantity,
    };
    let need = |&(name, quantity): &(&str, Option<u64>)| Need {
        kind: kind(name),
        quantity,
        priority: Priority::default(),
    };
    organisation.offers = offers.iter().map(offer).collect();
    organisation.needs = needs.iter().map(need).collect();
    organisation
}

/// Three in a ring; the first two could also swap staff.
fn three() -> Scenario {
    let some = Some(4);
    let organisations = vec![
        organisation(
            "a",
            &[("funds", some), ("staff", Some(1))],
            &[("goods", some), ("staff", some)],
        ),
        organisation(
            "b",
            &[("data", some), ("staff", some)],
            &[("funds", some), ("staff", some)],
        ),
        organisation("c", &[("goods", some)], &[("data", some)]),
    ];
    Scenario {
        organisations,
        ..Scenario::default()
    }
}

fn names(row: &[OrgId]) -> Vec<&str> {
    row.iter().map(OrgId::as_str).collect()
}

#[test]
fn a_ring_says_who_gives_what_and_what_survives() {
    let answer = find_rings(&three(), &RingOptions::default()).unwrap();
    assert!(answer.optimal && answer.verified);
    let ring = &answer.exchanges[0];
    assert_eq!(names(&ring.members), ["a", "b", "c"]);
    // a fills b's funds and a quarter of its staff: (1 + 1/4)/2; b fills c wholly; c half of a's needs.
    let values: Vec<i64> = ring.handovers.iter().map(|one| one.value_millionths).collect();
    assert_eq!(values, [625_000, 1_000_000, 500_000]);
    let given: Vec<(&str, u64)> = ring.handovers[0]
        .items
        .iter()
        .map(|one| (one.kind.as_str(), one.quantity))
        .collect();
    assert_eq!(given, [("funds", 4), ("staff", 1)]);
    // Without c, a and b still swap; without one of them c has nobody.
    let left: Vec<(&str, Vec<&str>)> = ring
        .withdrawals
        .iter()
        .map(|one| (one.member.as_str(), names(&one.inside.still_served)))
        .collect();
    assert_eq!(left, [("a", vec![]), ("b", vec![]), ("c", vec!["a", "b"])]);
    let whole = ring.withdrawals[2].whole.as_ref();
    assert_eq!(whole.map(|whole| whole.value_millionths), Some(1_125_000));
}

#[test]
fn without_money_and_across_a_conflict_there_is_no_such_ring() {
    let options = RingOptions {
        kinds: KindFilter::WithoutMoney,
        max_length: 2,
        ..RingOptions::default()
    };
    let answer = find_rings(&three(), &options).unwrap();
    // b now needs staff alone, a quarter of which a has.
    assert_eq!(answer.exchanges[0].handovers[0].value_millionths, 250_000);
    let mut scenario = three();
    let between = (
        scenario.organisations[1].id.clone(),
        scenario.organisations[0].id.clone(),
    );
    let reason = Text::default();
    scenario.conflicts.push(Conflict { between, reason });
    let answer = find_rings(&scenario, &RingOptions::default()).unwrap();
    assert_eq!(answer.exchanges, []);
    assert!(answer.optimal);
}

#[test]
fn a_gift_starts_a_chain_and_what_is_not_said_is_only_possible() {
    let some = Some(4);
    let scenario = Scenario {
        organisations: vec![
            organisation("last", &[("data", None)], &[("staff", some)]),
            organisation("middle", &[("staff", some)], &[("funds", some)]),
            organisation("donor", &[("funds", Some(2))], &[]),
            organisation("asks", &[], &[("data", some)]),
        ],
        ..Scenario::default()
    };
    let answer = find_rings(&scenario, &RingOptions::default()).unwrap();
    let chain = &answer.exchanges[0];
    assert!(chain.chain);
    assert_eq!(
        (names(&chain.members), chain.value_millionths),
        (vec!["donor", "middle", "last"], 1_500_000)
    );
    let possible: Vec<(&str, &str)> = answer
        .possible
        .iter()
        .map(|arc| (arc.from.as_str(), arc.to.as_str()))
        .collect();
    assert_eq!(possible, [("last", "asks")]);
    // If the last withdraws, the middle one still receives.
    let last = chain
        .withdrawals
        .iter()
        .find(|one| one.member.as_str() == "last")
        .unwrap();
    assert_eq!(names(&last.inside.still_served), ["middle"]);
    let none = RingOptions {
        chains: false,
        ..RingOptions::default()
    };
    assert_eq!(find_rings(&scenario, &none).unwrap().exchanges, []);
}

/// What a near ring asks for closes it, at the value it says.
#[test]
fn what_is_missing_closes_the_ring_at_its_value() {
    let some = Some(4);
    let apart = || {
        let organisations = vec![
            organisation("a", &[("funds", some)], &[("goods", some), ("staff", None)]),
            organisation("b", &[("data", some)], &[("funds", some), ("permits", some)]),
            organisation("c", &[("networks", some)], &[("data", some)]),
        ];
        Scenario {
            organisations,
            ..Scenario::default()
        }
    };
    let mut scenario = apart();
    let answer = find_rings(&scenario, &RingOptions::default()).unwrap();
    assert!(answer.exchanges.is_empty() && answer.near.complete);
    let best = &answer.near.rings[0];
    let members: Vec<&str> = best.members.iter().map(OrgId::as_str).collect();
    assert_eq!(
        (members, best.missing.form),
        (vec!["a", "b", "c"], MissingForm::Offer)
    );
    assert_eq!((best.missing.from.as_str(), best.missing.to.as_str()), ("c", "a"));
    assert_eq!(
        (best.missing.kind.as_str(), best.missing.quantity),
        ("goods", some)
    );
    assert_eq!(best.value_millionths, 500_000 + 1_000_000 + 500_000);
    assert_eq!(
        (best.gain_millionths, best.breaks.len()),
        (best.value_millionths, 0)
    );
    for near in &answer.near.rings {
        let mut scenario = apart();
        let missing = &near.missing;
        match missing.form {
            MissingForm::Offer => {
                let giver = scenario
                    .organisations
                    .iter_mut()
                    .find(|one| one.id == missing.from)
                    .unwrap();
                giver.offers.push(Offer {
                    kind: missing.kind.clone(),
                    quantity: missing.quantity,
                });
            }
            MissingForm::Need => {
                let receiver = scenario
                    .organisations
                    .iter_mut()
                    .find(|one| one.id == missing.to)
                    .unwrap();
                receiver.needs.push(Need {
                    kind: missing.kind.clone(),
                    quantity: missing.quantity,
                    priority: Priority::default(),
                });
            }
            MissingForm::Amount => unreachable!("every amount that matters is said"),
        }
        let after = find_rings(&scenario, &RingOptions::default()).unwrap();
        assert!(
            after.value_millionths >= i128::from(near.gain_millionths),
            "{near:?}"
        );
        let graph = ExchangeGraph::new(&scenario, &RingOptions::default()).unwrap();
        let at = |id: &OrgId| (0..3).find(|&one| graph.id(one) == Some(id)).unwrap();
        assert_eq!(
            graph.instance.value(at(&missing.from), at(&missing.to)),
            Some(missing.value_millionths)
        );
    }
    // Offered already, only not how much.
    scenario.organisations[2].offers.push(Offer {
        kind: KindId::new("goods").unwrap(),
        quantity: None,
    });
    let near = find_rings(&scenario, &RingOptions::default()).unwrap().near;
    assert_eq!(
        (near.rings[0].missing.form, near.rings[0].value_millionths),
        (MissingForm::Amount, 2_000_000)
    );
    // Enemies close no ring.
    let between = (OrgId::new("a").unwrap(), OrgId::new("c").unwrap());
    let reason = Text::default();
    scenario.conflicts.push(Conflict { between, reason });
    let near = find_rings(&scenario, &RingOptions::default()).unwrap().near;
    assert!(near.rings.iter().all(|one| one.members.len() == 2));
}
