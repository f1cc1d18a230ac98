//! The formulas of the table.

use super::figures::{measure, part};
use super::{ILLUSTRATIVE, ModelRow, Words};
use crate::partnership::{FigureUnit, FrictionPart, Measure};
use std::borrow::Cow;

/// Code, symbol, Indonesian, English, formula, unit, source.
type Row = [&'static str; 7];

const PIZZATO: &str = "Pizzato et al. 2010";
const MATCHING: [Row; 9] = [
    [
        "coverage",
        "s(a→b)",
        "bagian kebutuhan b yang diisi a",
        "share of b's needs that a fills",
        "Σ w·min(o, n)/n ÷ Σ w over the kinds b needs",
        "1",
        "docs/matching.md",
    ],
    [
        "mutual-base",
        "H",
        "rata-rata harmonik kedua arah",
        "harmonic mean of both directions",
        "2/(1/s(a→b) + 1/s(b→a)), 0 if either is 0",
        "1",
        PIZZATO,
    ],
    [
        "score",
        "score",
        "nilai kecocokan",
        "partner score",
        "base · (1 + Σβ⁺f⁺ − Σβ⁻f⁻)/(1 + Σβ⁺)",
        "1",
        ILLUSTRATIVE,
    ],
    [
        "goals",
        "f goals",
        "tujuan yang sama",
        "shared goals",
        "|A ∩ B| ÷ |A ∪ B|",
        "1",
        "Jaccard 1901",
    ],
    [
        "region",
        "f region",
        "wilayah yang sama",
        "shared region",
        "1 same regency or city, ½ same province, 0 else",
        "1",
        ILLUSTRATIVE,
    ],
    [
        "friction",
        "F",
        "gesekan cara kerja",
        "friction of ways of working",
        "½ |Δpace| + ¼ |Δformality| + ¼ |Δhorizon|, positions in [0, 1]",
        "1",
        ILLUSTRATIVE,
    ],
    [
        "duplication",
        "f duplication",
        "program ganda",
        "duplicated programmes",
        "programmes the other side runs too ÷ all programmes of both",
        "1",
        "Dice 1945",
    ],
    [
        "competition",
        "f competition",
        "persaingan atas hal langka",
        "competition for the same scarce thing",
        "½ Jaccard of rival needs + ½ Jaccard of donors courted",
        "1",
        ILLUSTRATIVE,
    ],
    [
        "trust",
        "f trust",
        "kepercayaan yang dinyatakan",
        "stated trust",
        "level of the record; of two the lower; 0 without",
        "1",
        "docs/matching.md",
    ],
];
const FUNDING: [Row; 4] = [
    [
        "payment",
        "share",
        "pembayaran tiap penyumbang",
        "what each payer pays",
        "cost · left ÷ Σ left, largest remainders",
        "minor units",
        "Balinski, Young 1982",
    ],
    [
        "alone",
        "alone",
        "biaya yang sama bila sendiri",
        "what the same would cost alone",
        "Σ grants of funded projects its money may go to",
        "minor units",
        "docs/funding.md",
    ],
    [
        "burden",
        "burden",
        "beban dibanding sendiri",
        "burden against going alone",
        "pays ÷ alone",
        "1",
        "docs/funding.md",
    ],
    [
        "unlocked",
        "unlocked",
        "dana lain yang terbuka",
        "what a pledge unlocks of others",
        "outlay(A) − outlay(A without it) − pays",
        "minor units",
        "docs/funding.md",
    ],
];
const RISK: [Row; 10] = [
    [
        "pledge-paid",
        "paid",
        "uang yang benar-benar datang",
        "what a pledge really pays",
        "amount · (1 − D·H), D ~ Bernoulli(p), H ~ Beta(a, b) or 1",
        "minor units",
        "docs/risk.md",
    ],
    [
        "shared-luck",
        "D",
        "nasib buruk bersama dalam satu sektor",
        "bad luck shared within a sector",
        "√ρ·F + √(1−ρ)·ε < Φ⁻¹(p)",
        "event",
        "Vasicek 2002",
    ],
    [
        "pert-cost",
        "cost",
        "biaya PERT",
        "PERT cost",
        "low + (high − low)·Beta(1 + 4(likely − low)/(high − low), 1 + 4(high − likely)/(high − low))",
        "minor units",
        "Malcolm et al. 1959",
    ],
    [
        "shortfall",
        "shortfall",
        "kekurangan yang diperkirakan",
        "expected shortfall",
        "mean of max(0, spent on paper − money received)",
        "minor units",
        "docs/risk.md",
    ],
    [
        "delay",
        "K",
        "keterlambatan sebuah janji dana",
        "delay of a pledge",
        "P(K ≥ k) = p·(1 − 1/m)^(k − 1) for k ≥ 1",
        "periods",
        "Mullahy 1986",
    ],
    [
        "withdrawal",
        "h",
        "peluang janji ditarik dalam satu periode",
        "chance that a pledge is withdrawn in a period",
        "w·(1 − τ·t̃), t̃ = t + g(1 − t)",
        "1 per period",
        "illustrative",
    ],
    [
        "trust-after-period",
        "t'",
        "kepercayaan setelah satu periode",
        "trust after a period",
        "t + s·a(1 − t) − (1 − s)·b·t, s = share of promised money that came in time",
        "1",
        "Bush, Mosteller 1955",
    ],
    [
        "exchange-rate",
        "rate",
        "kurs",
        "exchange rate",
        "stated rate · exp(σ·Z), Z standard normal: the stated rate is the median",
        "base per unit",
        "docs/futures-over-time.md",
    ],
    [
        "verified-outcomes",
        "verified",
        "hasil yang terverifikasi",
        "outcomes verified",
        "expected · X · min(1, advance ÷ advance on paper), X ~ Beta(a, b)",
        "outcomes",
        "docs/futures-over-time.md",
    ],
    [
        "bridge",
        "bridge",
        "dana talangan yang diperlukan",
        "bridge needed",
        "max(0, −lowest of opening + money in − money out)",
        "minor units",
        "docs/futures-over-time.md",
    ],
];
const PARTNERSHIP: [Row; 6] = [
    [
        "alpha",
        "α",
        "biaya koordinasi satu pasang per tahun",
        "coordination cost of one pair a year",
        "d · day rate",
        "minor units",
        ILLUSTRATIVE,
    ],
    [
        "coordination",
        "C1",
        "biaya koordinasi k pihak per tahun",
        "coordination cost of k parties a year",
        "α·k(k−1)/2",
        "minor units",
        "domain table; Brooks 1975",
    ],
    [
        "trust-kept",
        "t'",
        "kepercayaan setelah janji ditepati",
        "trust after a kept promise",
        "t + a(1 − t)",
        "1",
        "Bush, Mosteller 1955",
    ],
    [
        "trust-broken",
        "t'",
        "kepercayaan setelah janji diingkari",
        "trust after a broken promise",
        "t − b·t, b > a",
        "1",
        "Slovic 1993",
    ],
    [
        "exit",
        "eᵢ",
        "peluang pihak i mundur dalam setahun",
        "chance that party i leaves within a year",
        "1 − (1 − e₀(1 + φ·F̄ᵢ)(1 − τ·t̄ᵢ))(1 − δ·πᵢ), πᵢ its largest chance of default · ρ_π",
        "1 per year",
        ILLUSTRATIVE,
    ],
    [
        "pledge-reliability",
        "C7",
        "bagian dana terjanji yang diperkirakan datang",
        "expected share of promised money that comes",
        "1 − Σ amount·π·mean loss ÷ Σ amount",
        "1",
        "docs/risk.md",
    ],
];

fn unit(of: FigureUnit) -> &'static str {
    match of {
        FigureUnit::Share | FigureUnit::Ratio => "1",
        FigureUnit::Minor => "minor units",
        FigureUnit::MinorPerPerson => "minor units per person",
        FigureUnit::People => "people",
        FigureUnit::Programmes => "programmes",
        FigureUnit::Themes => "themes",
    }
}

pub(super) fn row(room: &'static str, [code, symbol, id, en, formula, unit, source]: Row) -> ModelRow {
    ModelRow {
        room: Cow::Borrowed(room),
        code: Cow::Borrowed(code),
        symbol: Cow::Borrowed(symbol),
        meaning: Words::of(id, en),
        formula: Some(Cow::Borrowed(formula)),
        unit: Cow::Borrowed(unit),
        default: None,
        range: None,
        levers: Vec::new(),
        source: Cow::Borrowed(source),
    }
}

pub(super) fn of(room: &'static str) -> Vec<ModelRow> {
    let list: &[Row] = match room {
        "matching" => &MATCHING,
        "funding" => &FUNDING,
        "risk" => &RISK,
        _ => &PARTNERSHIP,
    };
    let mut rows: Vec<_> = list.iter().map(|&entry| row(room, entry)).collect();
    if room == "partnership" {
        rows.extend(super::appeal::formulas());
        for &one in Measure::ALL {
            let [id, en, formula, source] = measure(one);
            let unit = unit(one.unit());
            rows.push(row(
                room,
                [one.code(), one.benefit().row(), id, en, formula, unit, source],
            ));
        }
        for one in FrictionPart::ALL {
            let [id, en, formula] = part(one);
            let source = if one == FrictionPart::Donors {
                "Jaccard 1901"
            } else {
                ILLUSTRATIVE
            };
            rows.push(row(
                room,
                [one.code(), one.challenge().row(), id, en, formula, "1", source],
            ));
        }
    }
    rows
}
