//! What the parameters and levers mean, in both languages.

use super::Words;
use crate::domain::Lever;
use crate::partnership::ParameterId;

pub(super) fn parameter(id: ParameterId) -> Words {
    let (indonesian, english) = match id {
        ParameterId::CoordinationDays => (
            "kerja menjaga satu pasang mitra tetap selaras",
            "work of keeping one pair of partners in step",
        ),
        ParameterId::PaceRatio => ("sisa beda tempo", "what is left of a difference of pace"),
        ParameterId::FormalityRatio => (
            "sisa beda formalitas",
            "what is left of a difference of formality",
        ),
        ParameterId::HorizonRatio => (
            "sisa beda jangka waktu",
            "what is left of a difference of horizon",
        ),
        ParameterId::GoalRatio => ("sisa beda tujuan", "what is left of a difference of goals"),
        ParameterId::DonorRatio => ("sisa persaingan donor", "what is left of competing for donors"),
        ParameterId::GoalThreshold => (
            "keselarasan tujuan yang di bawahnya ditandai",
            "alignment of goals below which a pair is flagged",
        ),
        ParameterId::TrustGain => (
            "bagian jarak ke percaya penuh yang ditutup satu janji yang ditepati",
            "share of the distance to full trust one kept promise closes",
        ),
        ParameterId::TrustLoss => (
            "bagian kepercayaan yang hilang karena satu janji yang diingkari",
            "share of trust one broken promise costs; above a",
        ),
        ParameterId::TrustLift => (
            "bagian jarak ke percaya penuh yang ditutup pengungkit",
            "share of the distance to full trust levers close",
        ),
        ParameterId::DefaultRatio => (
            "sisa peluang janji dana meleset",
            "what is left of the chance that a pledge slips",
        ),
        ParameterId::ExitProbability => (
            "peluang dasar satu pihak mundur dalam setahun",
            "base chance that a party leaves within a year",
        ),
        ParameterId::FirstYearRatio => (
            "kali lipat peluang mundur pada tahun pertama",
            "how much likelier leaving is in the first year",
        ),
        ParameterId::FrictionExit => (
            "seberapa gesekan penuh menaikkan peluang mundur",
            "by how much full friction raises the chance of leaving",
        ),
        ParameterId::TrustExit => (
            "seberapa percaya penuh menurunkan peluang mundur",
            "by how much full trust lowers the chance of leaving",
        ),
        ParameterId::PledgeExit => (
            "peluang mundur akibat janji dana yang pasti meleset",
            "what a sure default adds to the chance of leaving",
        ),
        ParameterId::OwnerShare => (
            "bagian keputusan tanpa penanggung jawab yang ditutup pengungkit",
            "share of decisions without an owner that levers close",
        ),
        ParameterId::CheckShare => (
            "bagian keputusan dan pembayaran tanpa pemeriksaan yang ditutup pengungkit",
            "share of decisions and payments without a check that levers close",
        ),
        ParameterId::VoiceShare => (
            "bagian pihak tanpa suara yang ditutup pengungkit",
            "share of parties without a say that levers close",
        ),
        ParameterId::ContactShare => (
            "bagian pasangan tanpa hubungan yang ditutup pengungkit",
            "share of pairs not in touch that levers close",
        ),
    };
    Words::of(indonesian, english)
}

pub(super) fn lever(lever: Lever) -> Words {
    let (indonesian, english) = match lever {
        Lever::Transparency => ("keterbukaan dan kepercayaan", "transparency and trust"),
        Lever::Oversight => ("kerangka kerja dan pengawasan", "framework and oversight"),
        Lever::Technology => ("teknologi", "technology"),
        Lever::CommonGoal => ("satu tujuan bersama yang jelas", "one clear common goal"),
        Lever::Communication => ("komunikasi rutin dan terbuka", "regular open communication"),
        Lever::ClearRoles => ("peran jelas tanpa tumpang tindih", "clear roles, no overlap"),
        Lever::Monitoring => (
            "pemantauan dan evaluasi berkala",
            "periodic monitoring and evaluation",
        ),
        Lever::EarlyInvolvement => (
            "pelibatan dini semua pemangku kepentingan",
            "early involvement of all stakeholders",
        ),
        Lever::WorkPlan => (
            "rencana kerja dengan indikator",
            "work plan with success indicators",
        ),
        Lever::AlternativeFunding => ("pendanaan alternatif", "alternative funding"),
    };
    Words::of(indonesian, english)
}
