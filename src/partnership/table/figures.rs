//! The formulas of the benefits and of the friction map.

use super::ILLUSTRATIVE;
use crate::partnership::{FrictionPart, Measure};

/// Indonesian, English, formula and source of a measure.
pub(super) fn measure(of: Measure) -> [&'static str; 4] {
    match of {
        Measure::ResourcesUsed => [
            "sumber daya terpakai dari yang ditawarkan",
            "resources used of those offered",
            "mean over kinds offered of min(1, used ÷ offered)",
            ILLUSTRATIVE,
        ],
        Measure::SectorDiversity => [
            "keragaman sektor",
            "diversity of sectors",
            "(1 − Σ pₛ²) ÷ (1 − 1/5)",
            "Simpson 1949",
        ],
        Measure::KindsOffered => [
            "ragam sumber daya yang ditawarkan",
            "kinds of resources offered",
            "kinds offered ÷ kinds there are",
            ILLUSTRATIVE,
        ],
        Measure::Accountability => [
            "akuntabilitas",
            "accountability",
            "mean over decisions and payments of (o + g_o(1 − o))·(c + g_c(1 − c)), o = 1/owners, c = has a check",
            ILLUSTRATIVE,
        ],
        Measure::MeanTrust => [
            "rata-rata kepercayaan",
            "mean trust over pairs",
            "mean over pairs of t + g(1 − t)",
            ILLUSTRATIVE,
        ],
        Measure::StillRunning => [
            "peluang kemitraan masih berjalan setelah n tahun",
            "chance that all parties are in after n years",
            "Πᵢ (1 − λ·eᵢ)(1 − eᵢ)ⁿ⁻¹, each factor at least 0",
            ILLUSTRATIVE,
        ],
        Measure::CostPerPerson => [
            "biaya per orang terjangkau",
            "cost per person reached",
            "(Σ costs + n·(coordination + levers)) ÷ unique people",
            ILLUSTRATIVE,
        ],
        Measure::Burden => [
            "beban dibanding jalan sendiri",
            "burden against going alone",
            "Σ pays ÷ Σ alone over the parties' pledges",
            "docs/funding.md",
        ],
        Measure::UniquePeople => [
            "orang terjangkau tanpa hitung ganda",
            "people reached, each once",
            "[largest sum over places side by side, Σ]",
            ILLUSTRATIVE,
        ],
        Measure::DuplicatesAvoided => [
            "program ganda yang dihindari",
            "duplicated programmes avoided",
            "programmes − groups of the same theme and place across parties",
            ILLUSTRATIVE,
        ],
        Measure::Voices => [
            "pihak yang punya suara",
            "parties with a say",
            "v + g_v(1 − v), v = parties heard ÷ parties",
            ILLUSTRATIVE,
        ],
        Measure::Voters => [
            "orang yang memberi suara",
            "people who cast a ballot",
            "Σ voters of ballots that name a project of the partnership",
            "docs/partnership.md",
        ],
        Measure::Density => [
            "kerapatan jejaring",
            "network density",
            "n + g_n(1 − n), n = links ÷ pairs",
            "Wasserman, Faust 1994",
        ],
        Measure::Brokerage => [
            "ketergantungan pada satu perantara",
            "dependence on one broker",
            "(1 − g_n)·max betweenness ÷ ((k−1)(k−2)/2)",
            "Freeman 1977; Brandes 2001",
        ],
        Measure::Leverage => [
            "daya ungkit",
            "leverage",
            "(spent − parties' payments) ÷ parties' payments",
            ILLUSTRATIVE,
        ],
        Measure::Unlocked => [
            "dana lain terbanyak yang dibuka satu janji",
            "most that one pledge unlocks",
            "max over parties of unlocked",
            "docs/funding.md",
        ],
        Measure::ThemesCovered => [
            "tema proyek yang digarap",
            "themes of the projects covered",
            "|asked ∩ brought| ÷ |asked|",
            ILLUSTRATIVE,
        ],
        Measure::ThemesTogether => [
            "tema yang digarap bersama",
            "themes covered together",
            "themes of two or more parties",
            ILLUSTRATIVE,
        ],
    }
}

/// Indonesian, English and formula of a part of the friction map.
pub(super) fn part(of: FrictionPart) -> [&'static str; 3] {
    match of {
        FrictionPart::Conflict => [
            "benturan kepentingan",
            "conflict of interest",
            "1 if stated, else 0",
        ],
        FrictionPart::Pace => ["beda tempo", "pace", "ρₚ·|Δpace|"],
        FrictionPart::Interests => [
            "beda kepentingan",
            "different interests",
            "½ ρₕ·|Δhorizon| + ½ ρ_g·(1 − Jaccard of goals)",
        ],
        FrictionPart::Formality => [
            "beda budaya kerja",
            "different working cultures",
            "ρ_f·|Δformality|",
        ],
        FrictionPart::Donors => [
            "donor yang sama",
            "the same donors",
            "ρ_d·Jaccard of donors courted",
        ],
        FrictionPart::Vision => [
            "beda visi",
            "different vision",
            "max(0, 1 − (1 − ρ_g(1 − Jaccard of goals)) ÷ θ)",
        ],
    }
}
