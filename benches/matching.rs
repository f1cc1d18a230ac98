//! Partner search at the scale of a national directory: `cargo bench --no-default-features --bench matching`.
//!
//! The directory is built once, as the page's worker does with a resident scenario; building is measured apart.
#![allow(missing_docs, clippy::expect_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use gotong::domain::{
    Formality, GoalId, KindId, Need, Offer, OrgId, Organisation, Pace, Priority, Programme, RegionCode,
    ResourceKind, Scenario, Sector, Text, Unit,
};
use gotong::matching::{Directory, Mode};
use std::hint::black_box;
use std::time::Duration;

const ORGANISATIONS: u64 = 100_000;
const KINDS: u64 = 16;
const PACES: [Pace; 4] = [Pace::Weekly, Pace::Monthly, Pace::Quarterly, Pace::Yearly];
const FORMALITIES: [Formality; 3] = [Formality::Informal, Formality::Mixed, Formality::Formal];

/// SplitMix64 (Steele, Lea, Flood 2014): the same directory on every machine.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let at = usize::try_from(self.below(list.len() as u64)).ok()?;
        list.get(at).copied()
    }
}

/// A directory in which everybody offers and needs each kind with a chance of `density` percent; one quantity
/// in ten and one answer in five is missing. The seeker, `o0`, names all kinds on both sides: nothing is skipped.
fn directory(density: u64) -> Scenario {
    let mut draws = Draws(2026);
    let kinds: Vec<KindId> = (0..KINDS).map(|kind| id(&format!("k{kind:02}"))).collect();
    let mut scenario = Scenario::default();
    scenario.kinds.extend(kinds.iter().map(|kind| ResourceKind {
        id: kind.clone(),
        name: Text::default(),
        unit: Unit::PersonDays,
        rival: true,
        divisible: true,
        may_overlap: false,
    }));
    let goals: Vec<GoalId> = (0..17)
        .map(|goal| GoalId::new(&format!("sdg{goal}")).expect("short"))
        .collect();
    for row in 0..ORGANISATIONS {
        let name = OrgId::new(&format!("o{row}")).expect("short");
        let mut org = Organisation::new(name, "x".into(), Sector::Community);
        for kind in &kinds {
            if row == 0 || draws.percent(density) {
                let quantity = Some(1 + draws.below(1000)).filter(|_| row == 0 || draws.percent(90));
                org.offers.push(Offer {
                    kind: kind.clone(),
                    quantity,
                });
            }
            if row == 0 || draws.percent(density) {
                let quantity = Some(1 + draws.below(1000)).filter(|_| row == 0 || draws.percent(90));
                let level = u8::try_from(1 + draws.below(5)).expect("1 to 5");
                let priority = Priority::new(level).expect("1 to 5");
                org.needs.push(Need {
                    kind: kind.clone(),
                    quantity,
                    priority,
                });
            }
        }
        org.goals = (0..draws.below(5))
            .filter_map(|_| goals.get(usize::try_from(draws.below(17)).ok()?).cloned())
            .collect();
        let region = format!("{}.{:02}", 11 + draws.below(38), 1 + draws.below(14));
        org.region = RegionCode::new(&region).ok().filter(|_| draws.percent(80));
        org.working_style.pace = draws.pick(&PACES).filter(|_| draws.percent(80));
        org.working_style.formality = draws.pick(&FORMALITIES).filter(|_| draws.percent(80));
        org.working_style.horizon_months = u16::try_from(draws.below(72)).ok().filter(|_| draws.percent(80));
        if draws.percent(30) {
            let theme = goals
                .get(usize::try_from(draws.below(17)).expect("small"))
                .cloned()
                .expect("below 17");
            org.programmes.push(Programme {
                theme,
                region: org.region.clone(),
                name: Text::default(),
            });
        }
        if draws.percent(30) {
            org.donors_sought.push(format!("donor {}", draws.below(50)));
        }
        scenario.organisations.push(org);
    }
    scenario
}

fn id(text: &str) -> KindId {
    KindId::new(text).expect("short")
}

fn partner_search(criterion: &mut Criterion) {
    let seeker = OrgId::new("o0").expect("short");
    for (name, density) in [
        ("partner_search_100k_x16", 30),
        ("partner_search_100k_x16_dense", 100),
    ] {
        let scenario = directory(density);
        let index = Directory::new(&scenario).expect("1.6 million cells");
        for (mode, suffix) in [(Mode::Mutual, ""), (Mode::Gift, "_gift")] {
            criterion.bench_function(&format!("{name}{suffix}"), |bencher| {
                bencher.iter(|| index.search(black_box(&seeker), mode, &scenario.score_weights, 50));
            });
        }
        if density == 30 {
            criterion.bench_function("directory_new_100k_x16", |bencher| {
                bencher.iter(|| Directory::new(black_box(&scenario)));
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = partner_search
}
criterion_main!(benches);
