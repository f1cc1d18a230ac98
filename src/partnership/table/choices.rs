//! The parameters and constants of the partnership.

use super::constants::{LIMIT, Row, row};
use super::{ILLUSTRATIVE as I, LeverEffect, ModelRow, words};
use crate::domain::{Lever, PartnershipType};
use crate::partnership::effort::{count, number};
use crate::partnership::{
    DAY_RATE_RUPIAH, FORMAL_MONEY_RUPIAH, FORMAL_MONTHS, FORMAL_PARTIES, INTERESTS_HORIZON_PART, Inputs,
    MAX_PARTIES, MAX_YEARS, ParameterId, STRATEGIC_MONTHS, agreement, lever_row, review_months,
};

pub(super) fn all() -> Vec<ModelRow> {
    let r = |entry: Row, value: f64| row("partnership", entry, value, None);
    let mut rows: Vec<_> = ParameterId::ALL.iter().map(|&id| parameter(id)).collect();
    let review = |of| f64::from(review_months(of));
    rows.extend([
        r(
            [
                "day-rate",
                "day rate",
                "nilai satu hari kerja",
                "worth of a person-day",
                "rupiah",
                I,
            ],
            number(DAY_RATE_RUPIAH),
        ),
        r(
            [
                "interests-horizon-part",
                "horizon part of C2",
                "bagian jangka waktu dalam beda kepentingan",
                "part of the horizon within different interests",
                "1",
                I,
            ],
            INTERESTS_HORIZON_PART,
        ),
        row(
            "partnership",
            ["years", "n", "tahun ke depan", "years looked ahead", "years", I],
            f64::from(Inputs::default().years),
            Some((0.0, f64::from(MAX_YEARS))),
        ),
        r(
            [
                "formal-money",
                "T1 money",
                "dana sejak kemitraan sebaiknya formal",
                "money from which a partnership is formal",
                "rupiah",
                I,
            ],
            number(FORMAL_MONEY_RUPIAH),
        ),
        r(
            [
                "formal-months",
                "T1 horizon",
                "jangka waktu sejak kemitraan sebaiknya formal",
                "horizon from which a partnership is formal",
                "months",
                I,
            ],
            f64::from(FORMAL_MONTHS),
        ),
        r(
            [
                "formal-parties",
                "T1 parties",
                "banyak pihak sejak kemitraan berdana sebaiknya formal",
                "parties from which one that moves money is formal",
                "parties",
                I,
            ],
            count(FORMAL_PARTIES),
        ),
        r(
            [
                "strategic-months",
                "T3 horizon",
                "jangka waktu yang dilampaui kemitraan strategis",
                "horizon a strategic partnership exceeds",
                "months",
                "domain table",
            ],
            f64::from(STRATEGIC_MONTHS),
        ),
        r(
            [
                "review-T1",
                "T1 review",
                "jarak tinjauan kemitraan formal",
                "months between reviews, formal",
                "months",
                I,
            ],
            review(PartnershipType::Formal),
        ),
        r(
            [
                "review-T2",
                "T2 review",
                "jarak tinjauan kemitraan informal",
                "months between reviews, informal",
                "months",
                I,
            ],
            review(PartnershipType::Informal),
        ),
        r(
            [
                "review-T3",
                "T3 review",
                "jarak tinjauan kemitraan strategis",
                "months between reviews, strategic",
                "months",
                I,
            ],
            review(PartnershipType::Strategic),
        ),
        r(
            [
                "review-T4",
                "T4 review",
                "jarak tinjauan kemitraan operasional",
                "months between reviews, operational",
                "months",
                I,
            ],
            review(PartnershipType::Operational),
        ),
        r(
            [
                "max-reviews",
                "reviews",
                "tanggal tinjauan terbanyak dalam rancangan",
                "most review dates in a draft",
                "dates",
                LIMIT,
            ],
            count(agreement::MAX_REVIEWS),
        ),
        r(
            [
                "max-parties",
                "k",
                "pihak terbanyak",
                "most parties",
                "parties",
                LIMIT,
            ],
            count(MAX_PARTIES),
        ),
    ]);
    rows.extend(super::appeal::constants());
    rows
}

fn parameter(id: ParameterId) -> ModelRow {
    let spec = id.spec();
    let mut levers = Vec::new();
    for &lever in Lever::ALL {
        let row = lever_row(lever);
        for effect in row.effects.iter().filter(|effect| effect.parameter == id) {
            levers.push(LeverEffect {
                lever,
                change: effect.change,
                days_per_year: row.days_per_year,
            });
        }
    }
    ModelRow {
        meaning: words::parameter(id),
        levers,
        ..row(
            "partnership",
            [spec.code, spec.symbol, "", "", spec.unit, I],
            spec.default,
            Some((spec.least, spec.most)),
        )
    }
}
