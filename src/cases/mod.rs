//! The bundled case studies, and the names of the codes they use: regions and goals.
//!
//! Knows only [`domain`](crate::domain) and [`objects`]. Everything here is text compiled into the command line and the
//! tests; the page has the studies beside it and fetches the one that is opened. What each study holds and where its traps are:
//! `docs/case-studies.md`. All organisations and figures are invented.

pub mod goals;
pub mod regions;

use crate::domain::{Language, Scenario, ScenarioProblem};
use crate::objects;
use std::fmt;

/// Why a bundled study could not be opened: a defect of the build, which `tests/case_studies/` rules out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaseError {
    /// Not the shape of a scenario.
    Malformed {
        /// Line of the file, from 1.
        line: usize,
        /// Column of the line, from 1.
        column: usize,
        /// What the parser said.
        detail: String,
    },
    /// A scenario that contradicts itself.
    Unsound {
        /// How; never empty.
        problems: Vec<ScenarioProblem>,
    },
}

impl CaseError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "case-malformed",
            Self::Unsound { .. } => "case-unsound",
        }
    }
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line, column, detail } => {
                write!(f, "{}: {line}:{column}: {detail}", self.code())
            }
            Self::Unsound { problems } => {
                let first = problems.first();
                let (code, at) = first.map_or(("", ""), |problem| (&problem.code, &problem.at));
                write!(f, "{}: {code} at {at}", self.code())
            }
        }
    }
}

impl std::error::Error for CaseError {}

/// A bundled scenario of invented organisations.
///
/// A facilitator in a village hall opens the page without a table of organisations of her own: one tap on
/// "Sanitation and health education, Bali" and there are seventeen to talk about.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::Language;
/// let study = CaseStudy::by_row("E4").expect("E4 is bundled");
/// assert_eq!(study.title(Language::En), "Sanitation and health education, Bali");
/// assert_eq!(study.load().expect("bundled studies are sound").organisations.len(), 17);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseStudy {
    /// Its row of the domain table, `E1` to `E10`; also [`Scenario::case_study`].
    pub row: &'static str,
    /// The name of its scenario file, version 1, in `scenarios/`. The page fetches it when the study is opened.
    pub file: &'static str,
    title_id: &'static str,
    title_en: &'static str,
}

/// Every bundled study, in the order of their rows.
pub const ALL: [CaseStudy; 10] = [
    CaseStudy {
        row: "E1",
        file: "e1-csr-remote-schools-kalimantan-papua.json",
        title_id: "CSR energi dan telekomunikasi untuk sekolah pedalaman, Kalimantan dan Papua",
        title_en: "CSR by energy and telecom firms for remote schools, Kalimantan and Papua",
    },
    CaseStudy {
        row: "E2",
        file: "e2-community-education-yogyakarta.json",
        title_id: "Pendidikan berbasis masyarakat, Yogyakarta",
        title_en: "Community-based education, Yogyakarta",
    },
    CaseStudy {
        row: "E3",
        file: "e3-waste-forum-jakarta.json",
        title_id: "Forum kurangi sampah, Jakarta",
        title_en: "Waste reduction forum, Jakarta",
    },
    CaseStudy {
        row: "E4",
        file: "e4-sanitation-health-bali.json",
        title_id: "Sanitasi dan penyuluhan kesehatan, Bali",
        title_en: "Sanitation and health education, Bali",
    },
    CaseStudy {
        row: "E5",
        file: "e5-village-crafts-east-nusa-tenggara.json",
        title_id: "Kerajinan desa dengan bantuan pemasaran, Sumba",
        title_en: "Village crafts with a company’s marketing help, Sumba",
    },
    CaseStudy {
        row: "E6",
        file: "e6-children-youth-south-sulawesi.json",
        title_id: "Anak dan pemuda: beasiswa, pelatihan guru, bimbingan belajar",
        title_en: "Children and youth: scholarships, teacher training, tutoring",
    },
    CaseStudy {
        row: "E7",
        file: "e7-infrastructure-ppp-lampung.json",
        title_id: "Jalan, jembatan, dan rumah sakit bersama swasta, Lampung",
        title_en: "Road, bridge and hospital with private partners, Lampung",
    },
    CaseStudy {
        row: "E8",
        file: "e8-e-learning-remote-schools-maluku.json",
        title_id: "Belajar lewat layar di sekolah pulau, Maluku",
        title_en: "E-learning for island schools, Maluku",
    },
    CaseStudy {
        row: "E9",
        file: "e9-cheaper-medicines-central-java.json",
        title_id: "Obat murah lewat kerja sama pemerintah dan swasta, Jawa Tengah",
        title_en: "Cheaper medicines through a public–private partnership, Central Java",
    },
    CaseStudy {
        row: "E10",
        file: "e10-university-industry-research-west-java.json",
        title_id: "Riset bersama kampus dan industri, Jawa Barat",
        title_en: "University and industry research, West Java",
    },
];

impl CaseStudy {
    /// The study of a row such as `E2`; `None` if it is not bundled.
    pub fn by_row(row: &str) -> Option<Self> {
        ALL.into_iter().find(|study| study.row == row)
    }

    /// What it is called, the same as the file's title; kept apart so that a menu of studies parses none of
    /// them.
    pub fn title(&self, language: Language) -> &'static str {
        match language {
            Language::Id => self.title_id,
            Language::En => self.title_en,
        }
    }

    /// The text of its file, compiled in. Empty for a study that is not one of [`ALL`].
    pub fn json(&self) -> &'static str {
        match self.row {
            "E1" => include_str!("../../scenarios/e1-csr-remote-schools-kalimantan-papua.json"),
            "E2" => include_str!("../../scenarios/e2-community-education-yogyakarta.json"),
            "E3" => include_str!("../../scenarios/e3-waste-forum-jakarta.json"),
            "E4" => include_str!("../../scenarios/e4-sanitation-health-bali.json"),
            "E5" => include_str!("../../scenarios/e5-village-crafts-east-nusa-tenggara.json"),
            "E6" => include_str!("../../scenarios/e6-children-youth-south-sulawesi.json"),
            "E7" => include_str!("../../scenarios/e7-infrastructure-ppp-lampung.json"),
            "E8" => include_str!("../../scenarios/e8-e-learning-remote-schools-maluku.json"),
            "E9" => include_str!("../../scenarios/e9-cheaper-medicines-central-java.json"),
            "E10" => include_str!("../../scenarios/e10-university-industry-research-west-java.json"),
            _ => "",
        }
    }

    /// The scenario, checked.
    ///
    /// Cost: one parse of about 30 kB, well below a frame.
    ///
    /// # Errors
    /// [`CaseError`] if the bundled file is not a sound scenario.
    pub fn load(&self) -> Result<Scenario, CaseError> {
        let scenario = Self::read(self.json())?;
        Self::sound(scenario.problems()).map(|()| scenario)
    }

    /// The scenario of a study's file. What it says of organisations is checked; the rest before anything is computed on
    /// it, as of every scenario.
    ///
    /// # Errors
    /// [`CaseError`] if the text is not a scenario with sound organisations.
    pub fn read(json: &str) -> Result<Scenario, CaseError> {
        let scenario: Scenario = objects::from_str(json).map_err(|error| CaseError::Malformed {
            line: error.line(),
            column: error.column(),
            detail: error.to_string(),
        })?;
        Self::sound(scenario.problems_of_organisations()).map(|()| scenario)
    }

    fn sound(problems: Vec<ScenarioProblem>) -> Result<(), CaseError> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(CaseError::Unsound { problems })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_shows_the_titles_of_the_files() {
        for study in ALL {
            let scenario = study.load().unwrap();
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("scenarios")
                .join(study.file);
            assert_eq!(std::fs::read_to_string(file).unwrap(), study.json());
            assert_eq!(scenario.case_study.as_deref(), Some(study.row));
            for language in Language::ALL {
                assert_eq!(scenario.title.get(language), study.title(language));
            }
        }
        assert_eq!(CaseStudy::by_row("E11"), None);
    }

    #[test]
    fn a_damaged_study_is_refused_with_its_place() {
        let cut = CaseStudy::read("{\n \"version\": ").unwrap_err();
        assert!(matches!(cut, CaseError::Malformed { line: 2, .. }), "{cut}");
        let unsound = CaseStudy::read(r#"{"version": 3}"#).unwrap_err();
        assert_eq!(unsound.to_string(), "case-unsound: problem-version at version");
    }
}
