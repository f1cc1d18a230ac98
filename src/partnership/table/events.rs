//! The constants of cards and of calibration, read from where the code reads them.

use super::constants::{LIMIT, Row, row};
use super::{ILLUSTRATIVE, ModelRow};
use crate::domain::{LEAST_STRENGTH, MOST_STRENGTH, PRIOR_STRENGTH};
use crate::partnership::MAX_CARDS;
use crate::partnership::effort::count;
use crate::risk::{Event, EventUnit, LATE_COST_PERCENT};

/// What an event is, in Indonesian and English.
fn meaning(event: Event) -> [&'static str; 2] {
    match event {
        Event::DonorWithdraws => [
            "bagian janji yang ditarik satu donatur",
            "part of its pledge a donor takes back",
        ],
        Event::DonorRaises => ["tambahan janji satu donatur", "what a donor adds to its pledge"],
        Event::HardTimes => [
            "kenaikan setiap peluang janji meleset",
            "rise of every chance that a pledge slips",
        ],
        Event::SharedTrouble => [
            "ρ bila penyumbang satu sektor goyah bersamaan",
            "ρ when funders of a sector stumble together",
        ],
        Event::CostsUp => ["kenaikan biaya semua proyek", "rise of all costs"],
        Event::CostUp => ["kenaikan biaya satu proyek", "rise of one project's cost"],
        Event::CostsFirm => [
            "bagian rentang biaya yang hilang karena harga disepakati",
            "part of the range of costs that agreed prices take away",
        ],
        Event::RateFalls => ["turunnya nilai uang asing", "fall of foreign money"],
        Event::DonorLate => ["keterlambatan satu donatur", "how late a donor pays"],
        Event::PermitsLate => ["keterlambatan izin", "how late permits come"],
    }
}

pub(super) fn all() -> Vec<ModelRow> {
    let r = |entry: Row, value: f64, range| row("risk", entry, value, range);
    let events = Event::ALL.iter().map(|event| {
        let known = event.row();
        let [id, en] = meaning(*event);
        let unit = match known.unit {
            EventUnit::Percent => "percent",
            EventUnit::Quarters => "quarters",
        };
        let range = Some((f64::from(known.least), f64::from(known.most)));
        r(
            [known.code, "card", id, en, unit, ILLUSTRATIVE],
            f64::from(known.usual),
            range,
        )
    });
    let others = [
        r(
            [
                "late-cost",
                "card",
                "kenaikan biaya proyek tiap triwulan terlambat",
                "rise of a project's cost for each quarter it starts late",
                "percent",
                ILLUSTRATIVE,
            ],
            f64::from(LATE_COST_PERCENT),
            None,
        ),
        r(
            [
                "prior-strength",
                "s",
                "bobot satu asumsi, setara sekian pengamatan",
                "how many observations a stated assumption is worth",
                "observations",
                ILLUSTRATIVE,
            ],
            PRIOR_STRENGTH,
            Some((LEAST_STRENGTH, MOST_STRENGTH)),
        ),
        r(
            [
                "max-cards",
                "cards",
                "kartu terbanyak sekaligus",
                "most cards at once",
                "cards",
                LIMIT,
            ],
            count(MAX_CARDS),
            None,
        ),
    ];
    events.chain(others).collect()
}
