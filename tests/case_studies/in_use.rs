//! What the partner list and the pool make of them.

use super::{lead, studies};
use gotong::cases::CaseStudy;
use gotong::domain::{CostEstimate, Money, Organisation, Pledge, PoolPlan, RuleId, Scenario};
use gotong::funding::{ConditionKind, FundReport, Instance, Outcome, Pool, report};
use gotong::matching::{Change, Directory, Mode, PartnerList};
use std::collections::BTreeSet;

/// What the scenario's own rule does with these pledges.
fn pooled(pledges: Vec<Pledge>, scenario: &Scenario) -> Outcome {
    let scenario = Scenario {
        pledges,
        ..scenario.clone()
    };
    let instance = Instance::from_scenario(&scenario).unwrap();
    Pool::new(&instance, &scenario.pool).unwrap().run_on_paper()
}

#[test]
fn the_pool_funds_some_projects_and_not_all_and_some_fall_with_their_funder() {
    for (study, scenario) in studies() {
        let row = study.row;
        let all = pooled(scenario.pledges.clone(), &scenario).funded;
        let count = all.iter().filter(|&&funded| funded).count();
        assert!(count >= 4 && count < all.len(), "{row}: {all:?}");
        let felling = (0..scenario.pledges.len()).filter(|&leaver| {
            let mut rest = scenario.pledges.clone();
            rest.remove(leaver);
            let left = pooled(rest, &scenario).funded;
            all.iter().zip(left).any(|(&before, after)| before && !after)
        });
        assert!(felling.count() >= 2, "{row}");
    }
}

/// Projects that fall and that come in when the amount of a pledge becomes `share_percent` of what it was.
fn changed_by(row: &str, pledge: &str, share_percent: u64) -> (Vec<String>, Vec<String>) {
    let scenario = CaseStudy::by_row(row).unwrap().load().unwrap();
    let mut pledges = scenario.pledges.clone();
    let changed = pledges
        .iter_mut()
        .find(|other| other.id.as_str() == pledge)
        .unwrap();
    let amount_minor = changed.amount.amount_minor() * share_percent / 100;
    changed.amount = Money::new(amount_minor, changed.amount.currency()).unwrap();
    let before = pooled(scenario.pledges.clone(), &scenario).funded;
    let after = pooled(pledges, &scenario).funded;
    let where_it_goes = |was: bool| {
        let moved = |at: &usize| before[*at] == was && after[*at] != was;
        let ids = (0..before.len()).filter(moved);
        ids.map(|at| scenario.projects[at].id.to_string()).collect()
    };
    (where_it_goes(true), where_it_goes(false))
}

/// The answers `docs/case-studies.md` gives a facilitator.
#[test]
fn the_tasks_have_the_answers_the_docs_give() {
    let none: [&str; 0] = [];
    let (fall, come) = changed_by("E2", "hibah-cendekia", 0);
    assert_eq!(fall, ["paud-dusun", "modul-dwibahasa"]);
    assert_eq!(come, none);
    assert_eq!(changed_by("E4", "csr-samudra", 50).0, ["kader-posyandu"]);
    assert_eq!(changed_by("E4", "csr-samudra", 80).0, ["kampanye-cuci-tangan"]);
    assert_eq!(changed_by("E4", "dana-bersama-subak", 105).1, ["mata-air-hulu"]);
    let (fall, come) = changed_by("E6", "hibah-brightwater", 67);
    assert_eq!(
        (fall, come),
        (vec!["guru-pulau".to_owned()], vec!["magang-muda".to_owned()])
    );
    assert_eq!(changed_by("E1", "csr-riam", 0).0, ["surya-sekolah"]);
    assert_eq!(changed_by("E1", "csr-gema", 0).0, ["internet-tapal-batas"]);
    assert_eq!(changed_by("E5", "csr-lapak", 0).0, ["toko-daring"]);
    let (fall, come) = changed_by("E7", "pinjaman-rajabasa", 50);
    assert_eq!(fall, ["jalan-lereng"]);
    assert_eq!(come, ["gudang-kopi", "tukang-setempat", "papan-pantau"]);
    assert_eq!(changed_by("E8", "hibah-atoll", 67).0, ["aman-maya"]);
    assert_eq!(
        changed_by("E9", "hasil-napas-lega", 0).0,
        ["obat-tuntas", "kelas-obat"]
    );
    let (fall, come) = changed_by("E10", "rugi-pertama-cipta", 0);
    assert_eq!(fall, ["kemasan-rumput-laut"]);
    assert_eq!(come, ["magang-riset", "hak-bersama"]);
}

/// The report of a study, with pledges set to nothing.
fn reported(row: &str, emptied: &[&str]) -> (Scenario, FundReport) {
    let mut scenario = CaseStudy::by_row(row).unwrap().load().unwrap();
    for pledge in &mut scenario.pledges {
        if emptied.contains(&pledge.id.as_str()) {
            pledge.amount = Money::new(0, pledge.amount.currency()).unwrap();
        }
    }
    let report = report(&scenario, &scenario.pool).unwrap();
    assert!(report.verified, "{row}");
    (scenario, report)
}

#[test]
fn conditions_and_instruments_have_the_answers_the_docs_give() {
    let (scenario, plain) = reported("E1", &[]);
    assert_eq!(plain.conditions[0].dropped_in, None);
    let (_, without_firms) = reported("E1", &["csr-riam", "csr-gema"]);
    assert_eq!(without_firms.conditions[0].dropped_in, Some(1));
    let training = scenario
        .projects
        .iter()
        .position(|project| project.id.as_str() == "guru-hulu")
        .unwrap();
    assert!(plain.allocation.selected.contains(&training));
    assert!(!without_firms.allocation.selected.contains(&training));

    let matching = |report: &FundReport| {
        let found = report
            .conditions
            .iter()
            .find(|step| step.kind == ConditionKind::Match);
        found.unwrap().gives_minor
    };
    assert_eq!(matching(&reported("E6", &[]).1), 55_000_000);
    assert_eq!(matching(&reported("E6", &["csr-layar"]).1), 45_000_000);

    let (_, road) = reported("E7", &[]);
    let schedule = road.schedule.unwrap();
    assert_eq!(schedule.worst_period, 2);
    assert!((2_850_000_000..2_950_000_000).contains(&schedule.bridge_minor));
    let layers = road.layers.unwrap();
    let junior: u64 = layers.layers[..3].iter().map(|layer| layer.capital_minor).sum();
    let senior = |loss| layers.losses(loss).last().unwrap().loss_minor;
    assert_eq!((senior(junior), senior(junior + 1)), (0, 1));

    let (_, medicines) = reported("E9", &[]);
    assert_eq!(medicines.results[0].break_even, Some(262));
    assert_eq!(medicines.results[0].points[1].outcomes, 280);
}

#[test]
fn the_waste_forum_decides_by_votes_per_cost_and_most_votes_would_decide_otherwise() {
    let mut scenario = CaseStudy::by_row("E3").unwrap().load().unwrap();
    let chosen = |scenario: &Scenario| -> Vec<String> {
        let funded = pooled(scenario.pledges.clone(), scenario).funded;
        let projects = scenario.projects.iter().zip(funded);
        projects
            .filter(|(_, funded)| *funded)
            .map(|(project, _)| project.id.to_string())
            .collect()
    };
    assert_eq!(scenario.pool.rule, RuleId::GreedyPerCost);
    let per_cost = chosen(&scenario);
    assert_eq!(
        per_cost,
        ["seratus-rw", "warung-tanpa-kresek", "jaring-kali", "kelas-pilah"]
    );
    scenario.pool = PoolPlan::of(RuleId::Greedy);
    assert_eq!(chosen(&scenario), ["seratus-rw", "kompos-pasar", "jaring-kali"]);
}

#[test]
fn costs_decide_how_much_the_pool_can_do() {
    for (study, scenario) in studies() {
        let pool = Pool::new(&Instance::from_scenario(&scenario).unwrap(), &scenario.pool).unwrap();
        let run = |cost: fn(&CostEstimate) -> u64| {
            let costs: Vec<_> = scenario
                .projects
                .iter()
                .map(|project| cost(&project.cost))
                .collect();
            let mut outcome = Outcome::default();
            pool.run(pool.purses_minor(), &costs, &mut outcome);
            outcome.funded
        };
        let (good, bad) = (run(|cost| cost.low_minor), run(|cost| cost.high_minor));
        let sure = good.iter().zip(&bad).filter(|&(&good, &bad)| good && bad).count();
        let never = good
            .iter()
            .zip(&bad)
            .filter(|&(&good, &bad)| !good && !bad)
            .count();
        assert!(sure >= 2, "{}: something to rely on: {good:?} {bad:?}", study.row);
        assert!(
            sure + never < good.len(),
            "{}: something open: {good:?} {bad:?}",
            study.row
        );
    }
}

fn partners(scenario: &Scenario, mode: Mode, top: usize) -> PartnerList {
    let directory = Directory::new(scenario).unwrap();
    directory
        .search(&lead(scenario).id, mode, &scenario.score_weights, top)
        .unwrap()
}

#[test]
fn the_lead_finds_partners_of_every_shade() {
    for (study, scenario) in studies() {
        let row = study.row;
        let list = partners(&scenario, Mode::Mutual, 10);
        assert!(!list.suggest_gift, "{row}");
        let lows: Vec<_> = list.partners.iter().map(|partner| partner.score[0]).collect();
        assert!(
            lows.iter().filter(|&&low| low >= 0.2).count() >= 6,
            "{row}: {lows:?}"
        );
        assert!(lows.first().is_some_and(|&best| best >= 0.6), "{row}: {lows:?}");
        assert!(lows.last().is_some_and(|&last| last <= 0.3), "{row}: {lows:?}");
        let doubtful = |score: &[f64; 2]| score[0] > 0.0 && score[1] - score[0] > 0.05;
        assert!(
            list.partners.iter().any(|partner| doubtful(&partner.score)),
            "{row}: an interval"
        );
        let offers_more = list
            .near_misses
            .iter()
            .any(|miss| miss.change == Change::OfferMore);
        assert!(offers_more, "{row}: a near miss");
        assert_eq!(list.excluded.len(), 1, "{row}");
    }
}

#[test]
fn who_does_not_count_could_belong_and_rises_when_asked() {
    for (study, mut scenario) in studies() {
        let row = study.row;
        let silent = |org: &Organisation| org.needs.iter().all(|need| need.quantity.is_none());
        let could = partners(&scenario, Mode::Mutual, 10).could_belong;
        let asked = could
            .iter()
            .find(|partner| scenario.organisation(&partner.id).is_some_and(silent))
            .unwrap_or_else(|| panic!("{row}: nobody to ask"));
        assert_eq!(asked.score[0], 0.0, "{row}");
        let id = asked.id.clone();
        for organisation in scenario.organisations.iter_mut().filter(|org| org.id == id) {
            organisation
                .offers
                .iter_mut()
                .for_each(|offer| offer.quantity = Some(20));
            organisation
                .needs
                .iter_mut()
                .for_each(|need| need.quantity = Some(60));
        }
        let list = partners(&scenario, Mode::Mutual, scenario.organisations.len());
        let risen = list.partners.iter().find(|partner| partner.id == id);
        assert!(risen.is_some_and(|partner| partner.score[0] > 0.1), "{row}");
    }
}

#[test]
fn a_donor_without_needs_is_found_in_gift_mode_only() {
    for (study, scenario) in studies() {
        let donors: BTreeSet<_> = scenario
            .organisations
            .iter()
            .filter(|org| org.needs.is_empty())
            .map(|org| &org.id)
            .collect();
        assert!(!donors.is_empty(), "{}", study.row);
        let found = |mode| {
            partners(&scenario, mode, 10)
                .partners
                .iter()
                .any(|partner| donors.contains(&partner.id))
        };
        assert!(!found(Mode::Mutual) && found(Mode::Gift), "{}", study.row);
    }
}
