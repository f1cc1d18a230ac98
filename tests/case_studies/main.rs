//! The bundled case studies are as rich as `docs/case-studies.md` says: each has its conflict, its missing
//! answers, its duplicate and its courted donor, and the partner list, the coalition, the rings, the pool and
//! the futures have something to show.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod code_lists;
mod content;
mod files;
mod in_use;
mod together;

use gotong::cases::{self, CaseStudy};
use gotong::domain::{Organisation, Scenario};

fn studies() -> Vec<(CaseStudy, Scenario)> {
    let load = |study: CaseStudy| {
        (
            study,
            study
                .load()
                .unwrap_or_else(|error| panic!("{}: {error}", study.row)),
        )
    };
    cases::ALL.into_iter().map(load).collect()
}

fn lead(scenario: &Scenario) -> &Organisation {
    let id = scenario.partnership.lead.as_ref().expect("a lead is set");
    scenario.organisation(id).expect("the lead is in the scenario")
}
