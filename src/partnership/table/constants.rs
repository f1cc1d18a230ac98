//! The constants of the table, read from where the code reads them.

use super::{ILLUSTRATIVE, ModelRow, Words};
use crate::domain::{
    FutureSettings, Language, MAX_AMOUNT_MINOR, MAX_PERIODS, MAX_VOLATILITY, ScoreWeights, builtin_kinds,
};
use crate::matching::cost_split::MARKET_PRICES_RUPIAH;
use crate::partnership::effort::{count, number};
use crate::{funding, matching, risk};
use std::borrow::Cow;

/// Code, symbol, Indonesian, English, unit, source.
pub(super) type Row = [&'static str; 6];

pub(super) fn row(
    room: &'static str,
    [code, symbol, id, en, unit, source]: Row,
    default: f64,
    range: Option<(f64, f64)>,
) -> ModelRow {
    ModelRow {
        room: Cow::Borrowed(room),
        code: Cow::Borrowed(code),
        symbol: Cow::Borrowed(symbol),
        meaning: Words::of(id, en),
        formula: None,
        unit: Cow::Borrowed(unit),
        default: Some(default),
        range,
        levers: Vec::new(),
        source: Cow::Borrowed(source),
    }
}

const I: &str = ILLUSTRATIVE;
pub(super) const LIMIT: &str = "limit of this program";

fn of_matching() -> Vec<ModelRow> {
    let weights = ScoreWeights::default();
    let r = |entry: Row, value: f64, range| row("matching", entry, value, range);
    let unit = Some((0.0, 1.0));
    vec![
        r(
            [
                "shared_goals",
                "β goals",
                "bobot tujuan yang sama",
                "weight of shared goals",
                "1",
                I,
            ],
            weights.shared_goals,
            unit,
        ),
        r(
            [
                "shared_region",
                "β region",
                "bobot wilayah yang sama",
                "weight of shared region",
                "1",
                I,
            ],
            weights.shared_region,
            unit,
        ),
        r(
            ["trust", "β trust", "bobot kepercayaan", "weight of trust", "1", I],
            weights.trust,
            unit,
        ),
        r(
            [
                "friction",
                "β friction",
                "bobot gesekan",
                "weight of friction",
                "1",
                I,
            ],
            weights.friction,
            unit,
        ),
        r(
            [
                "duplication",
                "β duplication",
                "bobot program ganda",
                "weight of duplicated programmes",
                "1",
                I,
            ],
            weights.duplication,
            unit,
        ),
        r(
            [
                "competition",
                "β competition",
                "bobot persaingan",
                "weight of competition",
                "1",
                I,
            ],
            weights.competition,
            unit,
        ),
        r(
            [
                "pace-part",
                "pace part",
                "bagian tempo dalam gesekan",
                "part of pace within friction",
                "1",
                I,
            ],
            matching::PACE_PART,
            None,
        ),
        r(
            [
                "formality-part",
                "formality part",
                "bagian formalitas dalam gesekan",
                "part of formality within friction",
                "1",
                I,
            ],
            matching::FORMALITY_PART,
            None,
        ),
        r(
            [
                "horizon-part",
                "horizon part",
                "bagian jangka waktu dalam gesekan",
                "part of the horizon within friction",
                "1",
                I,
            ],
            matching::HORIZON_PART,
            None,
        ),
        r(
            [
                "horizon-full",
                "horizon 1",
                "jangka waktu yang dihitung penuh",
                "horizon that counts as 1",
                "months",
                I,
            ],
            f64::from(matching::HORIZON_FULL_MONTHS),
            None,
        ),
        r(
            [
                "bar-of-an-empty-list",
                "bar",
                "nilai yang dituju bila daftar kosong",
                "score aimed at while the list is empty",
                "1",
                I,
            ],
            matching::BAR_OF_AN_EMPTY_LIST,
            None,
        ),
        r(
            [
                "near-misses",
                "near misses",
                "nyaris cocok yang ditampilkan",
                "near misses shown",
                "organisations",
                I,
            ],
            count(matching::NEAR_MISSES),
            None,
        ),
        r(
            [
                "near-miss-pool",
                "near-miss pool",
                "organisasi yang ditinjau untuk nyaris cocok",
                "organisations looked at for near misses",
                "organisations",
                I,
            ],
            count(matching::NEAR_MISS_POOL),
            None,
        ),
        r(
            [
                "max-cells",
                "cells",
                "organisasi × jenis terbanyak",
                "most organisations × kinds",
                "cells",
                LIMIT,
            ],
            count(matching::MAX_CELLS),
            None,
        ),
    ]
}

fn of_funding() -> Vec<ModelRow> {
    let r = |entry: Row, value: f64| row("funding", entry, value, None);
    vec![
        r(
            [
                "max-amount",
                "amount",
                "jumlah terbesar satu angka",
                "largest single amount",
                "minor units",
                LIMIT,
            ],
            number(MAX_AMOUNT_MINOR),
        ),
        r(
            [
                "max-budget",
                "budget",
                "jumlah terbesar seluruh dana",
                "largest sum of all purses",
                "minor units",
                LIMIT,
            ],
            number(funding::MAX_BUDGET_MINOR),
        ),
        r(
            [
                "max-projects",
                "projects",
                "proyek terbanyak",
                "most projects",
                "projects",
                LIMIT,
            ],
            count(funding::MAX_PROJECTS),
        ),
        r(
            [
                "max-participants",
                "participants",
                "peserta terbanyak",
                "most participants",
                "participants",
                LIMIT,
            ],
            count(funding::MAX_PARTICIPANTS),
        ),
        r(
            [
                "max-pairs",
                "pairs",
                "pasangan proyek dan peserta terbanyak",
                "most pairs of project and payer",
                "pairs",
                LIMIT,
            ],
            count(funding::MAX_PAIRS),
        ),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "the default seed is small")]
fn of_risk() -> Vec<ModelRow> {
    let settings = FutureSettings::default();
    let r = |entry: Row, value: f64, range| row("risk", entry, value, range);
    let trials = Some((1.0, f64::from(risk::MAX_TRIALS)));
    vec![
        r(
            [
                "common_shock",
                "ρ",
                "nasib buruk bersama dalam satu sektor",
                "bad luck shared within a sector",
                "1",
                I,
            ],
            settings.common_shock.get(),
            Some((0.0, 1.0)),
        ),
        r(
            [
                "trials",
                "N",
                "banyaknya masa depan",
                "number of futures",
                "futures",
                I,
            ],
            f64::from(settings.trials),
            trials,
        ),
        r(
            ["seed", "seed", "benih", "seed", "1", I],
            settings.seed as f64,
            None,
        ),
        r(
            [
                "period-months",
                "period",
                "lama satu periode bila tidak disebut",
                "length of a period unless stated",
                "months",
                I,
            ],
            f64::from(FutureSettings::DEFAULT_PERIOD_MONTHS),
            None,
        ),
        r(
            [
                "periods",
                "periods",
                "banyaknya periode bila tidak disebut",
                "periods looked at unless stated",
                "periods",
                I,
            ],
            f64::from(FutureSettings::DEFAULT_PERIODS),
            Some((1.0, count(MAX_PERIODS))),
        ),
        r(
            [
                "max-volatility",
                "σ",
                "naik turunnya kurs terbesar",
                "largest volatility of an exchange rate",
                "1",
                LIMIT,
            ],
            MAX_VOLATILITY,
            None,
        ),
        r(
            [
                "max-quantities",
                "quantities",
                "janji dana dan proyek terbanyak",
                "most pledges and projects",
                "quantities",
                LIMIT,
            ],
            count(risk::MAX_QUANTITIES),
            None,
        ),
    ]
}

/// What a team's search and its split of costs rest on.
fn of_teams() -> Vec<ModelRow> {
    let divisor = row(
        "matching",
        [
            "proposed-alpha-divisor",
            "median / α",
            "biaya koordinasi per pasangan yang diusulkan: median biaya ikut serta dibagi ini",
            "proposed coordination cost per pair: the median cost of taking part divided by this",
            "1",
            I,
        ],
        number(matching::coalition::PROPOSED_ALPHA_DIVISOR),
        None,
    );
    let kinds = builtin_kinds();
    let prices = MARKET_PRICES_RUPIAH.iter().filter_map(|&(id, price)| {
        let kind = kinds.iter().find(|kind| kind.id.as_str() == id)?;
        let name = |language| kind.name.get(language);
        Some(ModelRow {
            code: Cow::Owned(format!("price-{id}")),
            meaning: Words {
                id: Cow::Owned(format!("harga pasar per satuan: {}", name(Language::Id))),
                en: Cow::Owned(format!("market price of a unit: {}", name(Language::En))),
            },
            ..row("matching", ["", "price", "", "", "IDR", I], number(price), None)
        })
    });
    std::iter::once(divisor).chain(prices).collect()
}

pub(super) fn of(room: &'static str) -> Vec<ModelRow> {
    match room {
        "matching" => [of_matching(), of_teams()].concat(),
        "funding" => of_funding(),
        "risk" => [of_risk(), super::events::all()].concat(),
        _ => super::choices::all(),
    }
}
