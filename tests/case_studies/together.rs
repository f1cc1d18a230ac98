//! What nobody has alone: projects that need three sectors, swaps that need three organisations, futures that are
//! open. Reasoned from the figures in the files, without the code that solves these tasks.

use super::studies;
use gotong::domain::{FutureSettings, KindId, Organisation, Project, Scenario, Sector};
use gotong::risk::simulate;

/// All `organisations` offer of a kind, at least and at most. Where offers may be of the same thing they are at
/// least the largest of them; an offer without a quantity may be anything, so that there is no most.
fn together(scenario: &Scenario, organisations: &[&Organisation], kind: &KindId) -> (u64, Option<u64>) {
    let offers = || {
        organisations
            .iter()
            .filter_map(|organisation| organisation.offer(kind))
    };
    let known = || offers().filter_map(|offer| offer.quantity);
    let sum = known().sum();
    let kinds = scenario.all_kinds();
    let overlaps = kinds.iter().any(|one| &one.id == kind && one.may_overlap);
    let least = if overlaps { known().max().unwrap_or(0) } else { sum };
    let most = offers().all(|offer| offer.quantity.is_some()).then_some(sum);
    (least, most)
}

fn could_do(scenario: &Scenario, organisations: &[&Organisation], project: &Project) -> bool {
    project.requirements.iter().all(|requirement| {
        let (_, most) = together(scenario, organisations, &requirement.kind);
        most.is_none_or(|most| most >= requirement.quantity)
    })
}

fn can_surely_do(scenario: &Scenario, organisations: &[&Organisation], project: &Project) -> bool {
    project.requirements.iter().all(|requirement| {
        let (least, _) = together(scenario, organisations, &requirement.kind);
        least >= requirement.quantity
    })
}

/// Everybody who may stand beside the project's lead, and beside everybody else who is left.
fn without_conflicts<'a>(scenario: &'a Scenario, project: &Project) -> Vec<&'a Organisation> {
    let leaves = |organisation: &&Organisation| {
        scenario.conflicts.iter().any(|conflict| {
            let (first, second) = &conflict.between;
            let who = if project.lead.as_ref() == Some(second) {
                first
            } else {
                second
            };
            who == &organisation.id
        })
    };
    scenario.organisations.iter().filter(|one| !leaves(one)).collect()
}

/// No two sectors have what it takes, even if all of both take part, nothing overlaps and every open quantity
/// turns out to be enough; all sectors together have it on the stated figures alone.
fn needs_three_sectors(scenario: &Scenario, project: &Project) -> bool {
    let of = |pair: [Sector; 2]| -> Vec<&Organisation> {
        let in_pair = |organisation: &&Organisation| pair.contains(&organisation.sector);
        scenario.organisations.iter().filter(in_pair).collect()
    };
    let two_could = Sector::ALL.into_iter().any(|first| {
        Sector::ALL
            .into_iter()
            .any(|second| could_do(scenario, &of([first, second]), project))
    });
    !two_could && can_surely_do(scenario, &without_conflicts(scenario, project), project)
}

#[test]
fn some_project_needs_three_sectors() {
    for (study, scenario) in studies() {
        let such = scenario
            .projects
            .iter()
            .filter(|project| needs_three_sectors(&scenario, project));
        assert!(such.count() >= 1, "{}", study.row);
    }
}

#[test]
fn a_project_one_organisation_can_do_needs_no_three_sectors() {
    for (study, mut scenario) in studies() {
        let everything: Vec<_> = scenario.all_kinds().into_iter().map(|kind| kind.id).collect();
        let giant = &mut scenario.organisations[0];
        giant.offers = everything
            .into_iter()
            .map(|kind| gotong::domain::Offer {
                kind,
                quantity: Some(u64::MAX / 1_000),
            })
            .collect();
        let needing = |project: &Project| needs_three_sectors(&scenario, project);
        assert!(!scenario.projects.iter().any(needing), "{}", study.row);
    }
}

/// Whether `giver` alone can meet some stated need of `taker` in full, and may.
fn gives(scenario: &Scenario, giver: &Organisation, taker: &Organisation) -> bool {
    let allowed = scenario.conflict_between(&giver.id, &taker.id).is_none();
    let meets = |kind: &KindId, needed: u64| {
        let offered = giver.offer(kind).and_then(|offer| offer.quantity);
        needed > 0 && offered.is_some_and(|offered| offered >= needed)
    };
    allowed
        && taker
            .needs
            .iter()
            .any(|need| need.quantity.is_some_and(|needed| meets(&need.kind, needed)))
}

/// Rings of three in which no two could have swapped: the third is what makes the exchange possible. Each is
/// listed once, from its first organisation in file order.
fn true_rings(scenario: &Scenario) -> Vec<[usize; 3]> {
    let everybody = &scenario.organisations;
    let count = everybody.len();
    let arc = |from: usize, to: usize| gives(scenario, &everybody[from], &everybody[to]);
    let one_way = |from: usize, to: usize| arc(from, to) && !arc(to, from);
    let mut found = Vec::new();
    for first in 0..count {
        for second in first + 1..count {
            for third in first + 1..count {
                if one_way(first, second) && one_way(second, third) && one_way(third, first) {
                    found.push([first, second, third]);
                }
            }
        }
    }
    found
}

#[test]
fn some_exchange_needs_three_organisations() {
    for (study, scenario) in studies() {
        assert!(!true_rings(&scenario).is_empty(), "{}", study.row);
    }
}

/// The table "What two cannot do" of `docs/case-studies.md`.
const NAMED: [(&str, &str, [&str; 3]); 10] = [
    (
        "E1",
        "guru-hulu",
        [
            "koperasi-ketinting-jaya",
            "universitas-rimba-katulistiwa",
            "pt-riam-terang",
        ],
    ),
    (
        "E2",
        "internet-sanggar",
        [
            "balai-pendidikan-warga",
            "lembaga-pamong-cendekia",
            "karang-taruna-ngudi-maju",
        ],
    ),
    (
        "E3",
        "seratus-rw",
        [
            "bank-sampah-kenanga",
            "suku-dinas-kebersihan",
            "pt-kemasan-lestari",
        ],
    ),
    (
        "E4",
        "jamban-keluarga",
        [
            "dinas-lingkungan-sehat",
            "koperasi-tukang-sanitasi",
            "pkk-banjar-kawan",
        ],
    ),
    (
        "E5",
        "merek-ina",
        [
            "muda-kreatif-savana",
            "universitas-lontar-selatan",
            "politeknik-rupa-pasundan",
        ],
    ),
    (
        "E6",
        "bimbel-sore",
        [
            "forum-osis-timur",
            "yayasan-ombak-biru",
            "sekolah-guru-batu-putih",
        ],
    ),
    (
        "E7",
        "rumah-sakit-pesisir",
        ["bank-rajabasa", "yayasan-tangan-terampil", "petani-kopi-lereng"],
    ),
    (
        "E8",
        "kelas-layar",
        ["politeknik-elektro-seram", "pt-lima-pulau", "pt-sagu-teknologi"],
    ),
    (
        "E9",
        "beli-bersama",
        [
            "bank-pesisir-utara",
            "pt-dingin-nusantara",
            "gugus-puskesmas-pantura",
        ],
    ),
    (
        "E10",
        "motor-listrik",
        ["dinas-perikanan-ujung", "pt-arus-motor", "gapoktan-sumber-jembar"],
    ),
];

#[test]
fn the_projects_and_rings_the_docs_name_are_there() {
    for ((study, scenario), (row, project, ring)) in studies().into_iter().zip(NAMED) {
        assert_eq!(study.row, row);
        let mut projects = scenario.projects.iter();
        let named = projects.find(|one| one.id.as_str() == project).unwrap();
        assert!(needs_three_sectors(&scenario, named), "{row}: {project}");
        let ids = |found: [usize; 3]| found.map(|at| scenario.organisations[at].id.to_string());
        let turned = |found: &[String; 3]| (0..3).any(|by| (0..3).all(|at| found[(at + by) % 3] == ring[at]));
        let mut rings = true_rings(&scenario).into_iter().map(ids);
        assert!(rings.any(|found| turned(&found)), "{row}: {ring:?}");
    }
}

/// Enough to tell 20 % from 95 %; the page simulates more.
const TRIALS: u32 = 2_048;

#[test]
fn some_project_is_neither_sure_nor_hopeless_in_the_futures() {
    for (study, scenario) in studies() {
        let settings = FutureSettings {
            trials: TRIALS,
            ..scenario.futures
        };
        let futures = simulate(&scenario, &settings, &scenario.pool).unwrap();
        let chances: Vec<_> = futures
            .projects
            .iter()
            .map(|project| project.funded.probability)
            .collect();
        let open = chances.iter().filter(|&chance| (0.20..=0.95).contains(chance));
        assert!(open.count() >= 1, "{}: {chances:?}", study.row);
    }
}
