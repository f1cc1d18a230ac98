//! The words people use in tables, Indonesian and English, and what they mean here.

use crate::domain::{Formality, KindId, Pace, ResourceKind, Sector, Text};

/// Lower case, with every run of white space and of `_ - / . * : ( ) [ ] " '` as one space: how headings and
/// words are compared.
pub(super) fn normal(text: &str) -> String {
    let separates = |character: char| character.is_whitespace() || "_-–/.*:()[]\"'’,&".contains(character);
    text.to_lowercase()
        .split(separates)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

const SECTORS: [(Sector, &[&str]); 5] = [
    (
        Sector::Government,
        &[
            "a1",
            "government",
            "govt",
            "gov",
            "public",
            "public sector",
            "local government",
            "pemerintah",
            "pemerintahan",
            "pemerintah daerah",
            "pemda",
            "pemkab",
            "pemkot",
            "pemprov",
            "dinas",
            "kementerian",
            "instansi pemerintah",
        ],
    ),
    (
        Sector::Business,
        &[
            "a2",
            "business",
            "private",
            "private sector",
            "company",
            "corporate",
            "industry",
            "bisnis",
            "bisnis swasta",
            "swasta",
            "sektor swasta",
            "perusahaan",
            "dunia usaha",
            "dunia usaha dan industri",
            "industri",
            "bumn",
            "usaha",
        ],
    ),
    (
        Sector::CivilSociety,
        &[
            "a3",
            "civil society",
            "civil society organisation",
            "civil society organization",
            "cso",
            "ngo",
            "non profit",
            "nonprofit",
            "charity",
            "foundation",
            "masyarakat sipil",
            "organisasi masyarakat sipil",
            "masyarakat sipil nirlaba",
            "nirlaba",
            "lsm",
            "yayasan",
            "ormas",
            "oms",
        ],
    ),
    (
        Sector::Academia,
        &[
            "a4",
            "academia",
            "academic",
            "academics",
            "university",
            "universities",
            "school",
            "research",
            "akademisi",
            "akademik",
            "universitas",
            "perguruan tinggi",
            "kampus",
            "sekolah",
            "peneliti",
        ],
    ),
    (
        Sector::Community,
        &[
            "a5",
            "community",
            "communities",
            "community group",
            "village",
            "residents",
            "komunitas",
            "kelompok masyarakat",
            "masyarakat",
            "warga",
            "kelompok warga",
            "desa",
            "kelompok tani",
        ],
    ),
];

/// The sector a cell names: by code, row (`A3`) or word in either language.
pub(super) fn sector(cell: &str) -> Option<Sector> {
    let word = normal(cell);
    SECTORS
        .iter()
        .find(|(sector, words)| normal(sector.code()) == word || words.contains(&word.as_str()))
        .map(|(sector, _)| *sector)
}

/// How often an organisation decides.
pub(super) fn pace(cell: &str) -> Option<Pace> {
    match normal(cell).as_str() {
        "weekly" | "mingguan" | "setiap minggu" | "tiap minggu" => Some(Pace::Weekly),
        "monthly" | "bulanan" | "setiap bulan" | "tiap bulan" => Some(Pace::Monthly),
        "quarterly" | "triwulanan" | "triwulan" | "kuartalan" | "setiap triwulan" | "tiap triwulan" => {
            Some(Pace::Quarterly)
        }
        "yearly" | "annual" | "annually" | "tahunan" | "setiap tahun" | "tiap tahun" => Some(Pace::Yearly),
        _ => None,
    }
}

/// How much procedure it is used to.
pub(super) fn formality(cell: &str) -> Option<Formality> {
    match normal(cell).as_str() {
        "informal" | "santai" => Some(Formality::Informal),
        "mixed" | "campuran" | "sedang" | "semi formal" | "medium" => Some(Formality::Mixed),
        "formal" | "resmi" => Some(Formality::Formal),
        _ => None,
    }
}

/// Shorter and other names of the built-in kinds; their codes and full names count without being listed.
const KINDS: [(&str, &[&str]); 12] = [
    (
        "funds",
        &[
            "fund",
            "funding",
            "money",
            "cash",
            "budget",
            "uang",
            "pendanaan",
            "anggaran",
            "biaya",
        ],
    ),
    (
        "expertise",
        &[
            "training",
            "skills",
            "experts",
            "keahlian",
            "pelatihan",
            "tenaga ahli",
            "pelatih",
        ],
    ),
    (
        "staff",
        &[
            "volunteers",
            "volunteer",
            "people days",
            "staf",
            "relawan",
            "sdm",
            "tenaga",
        ],
    ),
    (
        "facilities",
        &[
            "facility",
            "infrastructure",
            "venue",
            "space",
            "sarana",
            "prasarana",
            "sarana prasarana",
            "tempat",
            "fasilitas",
            "infrastruktur",
            "ruang",
        ],
    ),
    (
        "technology",
        &[
            "tech",
            "software",
            "licences",
            "licenses",
            "teknologi",
            "perangkat",
            "lisensi",
        ],
    ),
    (
        "permits",
        &[
            "permit",
            "policy",
            "regulation",
            "policy and regulation",
            "izin",
            "perizinan",
            "kebijakan",
            "regulasi",
        ],
    ),
    (
        "data",
        &[
            "research",
            "datasets",
            "evaluation",
            "riset",
            "penelitian",
            "kajian",
        ],
    ),
    (
        "local-knowledge",
        &[
            "knowledge",
            "pengetahuan",
            "pengetahuan setempat",
            "kearifan lokal",
        ],
    ),
    (
        "networks",
        &[
            "network",
            "mobilisation",
            "mobilization",
            "jejaring",
            "jaringan",
            "mobilisasi",
            "penggerakan warga",
        ],
    ),
    (
        "market-access",
        &[
            "market",
            "marketing",
            "promotion",
            "pasar",
            "akses pasar",
            "promosi",
            "pemasaran",
        ],
    ),
    (
        "goods",
        &["good", "items", "in kind", "barang", "peralatan", "logistik"],
    ),
    (
        "fund-management",
        &[
            "fund manager",
            "reporting",
            "pengelolaan dana",
            "pelaporan dana",
            "pengelola dana",
            "pelaporan",
        ],
    ),
];

/// The built-in kind a heading or list item names: by code, full name in either language, or another name.
pub(super) fn kind(word: &str, builtin: &[ResourceKind]) -> Option<KindId> {
    let word = normal(word);
    let by_name = |kind: &&ResourceKind| {
        let named = |text: &Text| match text {
            Text::Plain(name) => normal(name) == word,
            Text::Both { id, en } => normal(id) == word || normal(en) == word,
        };
        normal(kind.id.as_str()) == word || named(&kind.name)
    };
    if let Some(kind) = builtin.iter().find(by_name) {
        return Some(kind.id.clone());
    }
    let (code, _) = KINDS.iter().find(|(_, words)| words.contains(&word.as_str()))?;
    KindId::new(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::builtin_kinds;
    use std::collections::BTreeSet;

    #[test]
    fn sectors_in_both_languages() {
        for (cell, expected) in [
            ("Pemerintah", Sector::Government),
            ("BISNIS / swasta", Sector::Business),
            ("civil-society", Sector::CivilSociety),
            ("Masyarakat sipil / nirlaba", Sector::CivilSociety),
            (" a4 ", Sector::Academia),
            ("Komunitas", Sector::Community),
        ] {
            assert_eq!(sector(cell), Some(expected), "{cell}");
        }
        assert_eq!(sector("pabrik awan"), None);
        assert_eq!(sector(""), None);
    }

    #[test]
    fn every_kind_is_found_by_code_and_by_both_names() {
        let builtin = builtin_kinds();
        for known in &builtin {
            let Text::Both { id, en } = &known.name else {
                panic!("built-in names are bilingual")
            };
            for word in [known.id.as_str(), id, en] {
                assert_eq!(kind(word, &builtin).as_ref(), Some(&known.id), "{word}");
            }
        }
        assert_eq!(kind("Dana", &builtin).unwrap().as_str(), "funds");
        assert_eq!(kind("kapal", &builtin), None);
    }

    #[test]
    fn no_word_means_two_things_and_every_listed_word_is_in_normal_form() {
        let builtin = builtin_kinds();
        let kinds = KINDS.iter().flat_map(|(_, words)| words.iter());
        let mut seen = BTreeSet::new();
        for word in kinds {
            assert!(seen.insert(*word), "{word} twice");
            assert_eq!(normal(word), *word);
        }
        for (code, words) in KINDS {
            for word in words {
                assert_eq!(kind(word, &builtin).unwrap().as_str(), code, "{word}");
            }
        }
        let mut seen = BTreeSet::new();
        for word in SECTORS.iter().flat_map(|(_, words)| words.iter()) {
            assert!(seen.insert(*word), "{word} twice");
            assert_eq!(normal(word), *word);
        }
    }
}
