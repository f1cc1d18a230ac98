//! Pledges that depend on what others give.
#![allow(clippy::unwrap_used, reason = "figures written here")]

use gotong::domain::PoolPlan;
use gotong::funding::{ConditionStep, FundingProject, Hold, Instance, Participant, Pool, Terms};

/// How the conditions of these (purse, condition) are settled.
fn settled(pledges: &[(u64, Option<Hold>)]) -> Vec<ConditionStep> {
    let participants = pledges.iter().enumerate().map(|(at, (purse, hold))| {
        Participant::new(format!("i{at}"), *purse, vec![0]).on_terms(Terms {
            hold: hold.clone(),
            ..Terms::default()
        })
    });
    let project = FundingProject::new("good", 0, 1);
    let instance = Instance::new(vec![project], participants.collect()).unwrap();
    let pool = Pool::new(&instance, &PoolPlan::default()).unwrap();
    pool.run_on_paper().conditions
}

/// M. Bagnoli, B. Lipman, *Provision of Public Goods*, Review of Economic Studies 56 (1989): contributions are refunded
/// unless they reach the cost, so any split that just reaches it is an equilibrium; one unit less and everything goes
/// back.
#[test]
fn assurance_of_bagnoli_and_lipman() {
    let wait = |threshold_minor| {
        Some(Hold::AllOrNothing {
            threshold_minor,
            project: None,
            others_only: false,
        })
    };
    let enough = settled(&[(50, wait(100)), (30, wait(100)), (20, wait(100))]);
    assert!(enough.iter().all(|step| step.dropped_in.is_none()));
    let short = settled(&[(50, wait(100)), (30, wait(100)), (19, wait(100))]);
    assert!(short.iter().all(|step| step.dropped_in == Some(1)));
    assert_eq!(
        short.iter().map(|step| step.refunded_minor).collect::<Vec<_>>(),
        [50, 30, 19]
    );
}

/// D. Karlan, J. List, *Does Price Matter in Charitable Giving?*, American Economic Review 97 (2007): ratios 1:1, 2:1 and
/// 3:1, with the most that is matched 25 000, 50 000 and 100 000 dollars (here in cents, for gifts of 30 000 dollars).
#[test]
fn matching_grants_of_karlan_and_list() {
    let gifts = 3_000_000;
    let drawn = |give, most| {
        let offer = Hold::Match {
            give,
            per: 1,
            project: None,
        };
        settled(&[(gifts, None), (most, Some(offer))])[0].gives_minor
    };
    let table = [1, 2, 3].map(|give| [2_500_000, 5_000_000, 10_000_000].map(|most| drawn(give, most)));
    assert_eq!(
        table,
        [
            [2_500_000, 3_000_000, 3_000_000],
            [2_500_000, 5_000_000, 6_000_000],
            [2_500_000, 5_000_000, 9_000_000]
        ]
    );
}

/// J. List, D. Lucking-Reiley, *The Effects of Seed Money and Refunds on Charitable Giving*, Journal of Political Economy
/// 110 (2002): computers of 3 000 dollars each, with seed money of 10, 33 or 67 percent; with a refund, gifts go back
/// unless seed and gifts together reach the price.
#[test]
fn seed_money_and_refunds_of_list_and_lucking_reiley() {
    for (seed, gifts) in [(300, 2_700), (1_000, 2_000), (2_000, 1_000)] {
        let refund = |minor| {
            let wait = Hold::AllOrNothing {
                threshold_minor: 3_000,
                project: None,
                others_only: false,
            };
            settled(&[(seed, None), (minor, Some(wait))])[0]
        };
        assert_eq!(refund(gifts).gives_minor, gifts);
        let short = refund(gifts - 1);
        assert_eq!((short.gives_minor, short.reached_minor), (0, 2_999));
    }
}
