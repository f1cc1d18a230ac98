//! The formulas and constants of a joint appeal.

use super::constants::{LIMIT, row};
use super::formulas::row as formula;
use super::{ILLUSTRATIVE as I, ModelRow};
use crate::partnership::appeal::{
    MAX_APPEAL_PARTIES, MAX_DONORS, USUAL_CHANCE, USUAL_FATIGUE, USUAL_HOLDER_SHARE, USUAL_JOINT_GIFT,
    USUAL_LIFT,
};
use crate::partnership::effort::count;

const ROOM: &str = "partnership";

/// How both campaigns are computed.
pub(super) fn formulas() -> Vec<ModelRow> {
    let rows = [
        [
            "appeal-yes-alone",
            "q",
            "peluang setiap ajakan terpisah berhasil",
            "chance of a yes to each separate ask",
            "p·(1 − f)^(k − 1), k asks in the year",
            "1",
            I,
        ],
        [
            "appeal-gift-alone",
            "G",
            "harapan pemberian satu donatur kepada satu pengajak",
            "expected gift of a donor to one who asks",
            "q·E[min((1 + X)·g, B) ÷ (1 + X)], X ~ Binomial(k − 1, q)",
            "minor units",
            "closed form",
        ],
        [
            "appeal-gift-joint",
            "J",
            "harapan pemberian satu donatur kepada penggalangan bersama",
            "expected gift of a donor to the joint appeal",
            "min(1, p·(1 + L))·min(B, g + ⌊b·g·(k − 1)⌋)",
            "minor units",
            I,
        ],
        [
            "appeal-net",
            "net",
            "hasil bersih penggalangan bersama",
            "what a joint appeal brings net",
            "(1 − h)·Σ J − C",
            "minor units",
            I,
        ],
        [
            "appeal-break-even-share",
            "s*",
            "bagian yang membuat organisasi sama baiknya dengan sendiri",
            "part at which an organisation is as well off as alone",
            "net alone ÷ net joint",
            "1",
            "definition",
        ],
    ];
    rows.into_iter().map(|entry| formula(ROOM, entry)).collect()
}

/// What they assume where nobody says.
pub(super) fn constants() -> Vec<ModelRow> {
    let part = Some((0.0, 1.0));
    let r = |entry, value, range| row(ROOM, entry, value, range);
    vec![
        r(
            [
                "appeal-chance",
                "p",
                "peluang donatur memberi bila diajak satu kali setahun",
                "chance that a donor asked once a year gives",
                "1",
                I,
            ],
            USUAL_CHANCE,
            part,
        ),
        r(
            [
                "appeal-fatigue",
                "f",
                "bagian peluang yang hilang oleh setiap ajakan berikutnya",
                "part of that chance each further ask takes away",
                "1",
                I,
            ],
            USUAL_FATIGUE,
            part,
        ),
        r(
            [
                "appeal-lift",
                "L",
                "kenaikan peluang karena dana dipegang dan dilaporkan bersama",
                "rise of the chance because the fund is held and reported in common",
                "1",
                I,
            ],
            USUAL_LIFT,
            part,
        ),
        r(
            [
                "appeal-joint-gift",
                "b",
                "bagian pemberian tambahan untuk setiap organisasi lain di dalamnya",
                "part of another gift for each further organisation in the appeal",
                "1",
                I,
            ],
            USUAL_JOINT_GIFT,
            part,
        ),
        r(
            [
                "appeal-holder-share",
                "h",
                "bagian pemegang dana untuk menyimpan dan melaporkan",
                "fund holder's part, for keeping and reporting",
                "1",
                I,
            ],
            USUAL_HOLDER_SHARE,
            part,
        ),
        r(
            [
                "appeal-max-donors",
                "donors",
                "donatur terbanyak",
                "most donors",
                "donors",
                LIMIT,
            ],
            count(MAX_DONORS),
            None,
        ),
        r(
            [
                "appeal-max-parties",
                "organisations",
                "organisasi terbanyak",
                "most organisations",
                "organisations",
                LIMIT,
            ],
            count(MAX_APPEAL_PARTIES),
            None,
        ),
    ]
}
