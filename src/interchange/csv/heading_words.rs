//! The headings people use, Indonesian and English.

use super::headings::Column;
use crate::domain::KindId;

/// Headings that stand for themselves.
pub(super) const PLAIN: [(Column, &[&str]); 14] = [
    (
        Column::Id,
        &[
            "id",
            "kode",
            "code",
            "org id",
            "organisation id",
            "organization id",
            "id organisasi",
        ],
    ),
    (
        Column::Name(None),
        &[
            "name",
            "nama",
            "organisation",
            "organization",
            "organisasi",
            "nama organisasi",
            "nama lembaga",
            "lembaga",
            "instansi",
            "institution",
            "organisation name",
            "organization name",
            "partner",
            "mitra",
            "nama mitra",
        ],
    ),
    (
        Column::Sector,
        &[
            "sector",
            "sektor",
            "jenis",
            "jenis organisasi",
            "tipe",
            "type",
            "organisation type",
            "organization type",
            "kategori",
        ],
    ),
    (
        Column::Region,
        &[
            "region",
            "wilayah",
            "daerah",
            "provinsi",
            "province",
            "kabupaten",
            "kabupaten kota",
            "kab kota",
            "kota",
            "lokasi",
            "location",
            "regency",
            "district",
            "kode wilayah",
            "region code",
        ],
    ),
    (
        Column::Description(None),
        &[
            "description",
            "deskripsi",
            "keterangan",
            "about",
            "tentang",
            "profil",
            "profile",
        ],
    ),
    (
        Column::Goals,
        &[
            "goals", "goal", "tujuan", "tema", "theme", "themes", "topics", "topik", "sdgs", "sdg", "isu",
            "issues",
        ],
    ),
    (Column::Pace, &["pace", "ritme", "irama kerja", "ritme keputusan"]),
    (Column::Formality, &["formality", "formalitas", "keformalan"]),
    (
        Column::HorizonMonths,
        &[
            "horizon months",
            "horizon",
            "horizon bulan",
            "planning horizon months",
            "jangka waktu bulan",
        ],
    ),
    (
        Column::Donors,
        &[
            "donors sought",
            "donors",
            "donor",
            "donatur",
            "donor yang dicari",
            "donor dicari",
            "calon donor",
        ],
    ),
    (
        Column::Programmes,
        &[
            "programmes",
            "programs",
            "programme",
            "program",
            "program berjalan",
        ],
    ),
    (
        Column::ParticipationCost,
        &[
            "participation cost",
            "cost of taking part",
            "biaya ikut serta",
            "biaya partisipasi",
        ],
    ),
    (
        Column::Offers,
        &[
            "offers",
            "offer",
            "tawaran",
            "menawarkan",
            "yang ditawarkan",
            "punya",
            "has",
            "can give",
            "sumber daya",
        ],
    ),
    (
        Column::Needs,
        &[
            "needs",
            "need",
            "kebutuhan",
            "butuh",
            "membutuhkan",
            "yang dibutuhkan",
            "lacks",
        ],
    ),
];

/// Which of the three families a heading with a kind belongs to.
#[derive(Clone, Copy)]
pub(super) enum Family {
    Offer,
    Need,
    Priority,
}

/// What stands before a kind: `Tawaran: dana`.
pub(super) const PREFIXES: [(Family, &[&str]); 3] = [
    (
        Family::Offer,
        &[
            "offers",
            "offer",
            "offering",
            "gives",
            "has",
            "tawaran",
            "menawarkan",
            "punya",
            "memberi",
            "ketersediaan",
        ],
    ),
    (
        Family::Need,
        &[
            "needs",
            "need",
            "lacks",
            "wants",
            "kebutuhan",
            "butuh",
            "membutuhkan",
            "perlu",
        ],
    ),
    (
        Family::Priority,
        &["priority of", "priority", "prioritas", "urgensi"],
    ),
];

/// What stands behind a kind: `Dana yang dibutuhkan`.
pub(super) const SUFFIXES: [(Family, &[&str]); 2] = [
    (
        Family::Offer,
        &[
            "yang ditawarkan",
            "ditawarkan",
            "offered",
            "tersedia",
            "available",
        ],
    ),
    (
        Family::Need,
        &[
            "yang dibutuhkan",
            "dibutuhkan",
            "diperlukan",
            "needed",
            "required",
        ],
    ),
];

impl Family {
    /// The column of this family and kind.
    pub fn of(self, kind: KindId) -> Column {
        match self {
            Self::Offer => Column::Offer(kind),
            Self::Need => Column::Need(kind),
            Self::Priority => Column::Priority(kind),
        }
    }
}
