//! What people call a goal: the 17 Sustainable Development Goals and the themes of the bundled studies.
//!
//! Goals are stable codes in files ([`GoalId`]); these are the names shown for the codes the product knows.
//! A code a user adds has no name here and is shown as it is.
//!
//! Source: the numbering of the United Nations' goals (codelist UNSDG-Goals, IATI); short titles of the UN in
//! English and of Bappenas in Indonesian, in sentence case. The themes are the product's own.

use crate::domain::{GoalId, Language};

/// A goal or theme with its name in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The stable code: `sdg4`, `teacher-quality`.
    pub code: &'static str,
    id: &'static str,
    en: &'static str,
}

impl Goal {
    /// The name for a reader of `language`.
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Id => self.id,
            Language::En => self.en,
        }
    }

    /// The code as the domain's type.
    pub fn goal_id(&self) -> Option<GoalId> {
        GoalId::new(self.code).ok()
    }

    /// Whether it is one of the 17 Sustainable Development Goals.
    pub fn is_sdg(&self) -> bool {
        self.code.starts_with("sdg")
    }
}

const fn goal(code: &'static str, id: &'static str, en: &'static str) -> Goal {
    Goal { code, id, en }
}

const GOALS: &[Goal] = &[
    goal("sdg1", "Tanpa kemiskinan", "No poverty"),
    goal("sdg2", "Tanpa kelaparan", "Zero hunger"),
    goal(
        "sdg3",
        "Kehidupan sehat dan sejahtera",
        "Good health and well-being",
    ),
    goal("sdg4", "Pendidikan berkualitas", "Quality education"),
    goal("sdg5", "Kesetaraan gender", "Gender equality"),
    goal(
        "sdg6",
        "Air bersih dan sanitasi layak",
        "Clean water and sanitation",
    ),
    goal(
        "sdg7",
        "Energi bersih dan terjangkau",
        "Affordable and clean energy",
    ),
    goal(
        "sdg8",
        "Pekerjaan layak dan pertumbuhan ekonomi",
        "Decent work and economic growth",
    ),
    goal(
        "sdg9",
        "Industri, inovasi, dan infrastruktur",
        "Industry, innovation and infrastructure",
    ),
    goal("sdg10", "Berkurangnya kesenjangan", "Reduced inequalities"),
    goal(
        "sdg11",
        "Kota dan permukiman berkelanjutan",
        "Sustainable cities and communities",
    ),
    goal(
        "sdg12",
        "Konsumsi dan produksi bertanggung jawab",
        "Responsible consumption and production",
    ),
    goal("sdg13", "Penanganan perubahan iklim", "Climate action"),
    goal("sdg14", "Ekosistem lautan", "Life below water"),
    goal("sdg15", "Ekosistem daratan", "Life on land"),
    goal(
        "sdg16",
        "Perdamaian, keadilan, dan kelembagaan tangguh",
        "Peace, justice and strong institutions",
    ),
    goal(
        "sdg17",
        "Kemitraan untuk mencapai tujuan",
        "Partnerships for the goals",
    ),
    goal("child-protection", "Perlindungan anak", "Child protection"),
    goal("clean-food-stalls", "Warung bersih", "Clean food stalls"),
    goal("digital-learning", "Belajar digital", "Digital learning"),
    goal("early-childhood", "Anak usia dini", "Early childhood"),
    goal(
        "equivalency-classes",
        "Pendidikan kesetaraan (Paket A, B, C)",
        "Second-chance schooling",
    ),
    goal("health-education", "Penyuluhan kesehatan", "Health education"),
    goal("hygiene-education", "Pendidikan kebersihan", "Hygiene education"),
    goal("learning-materials", "Bahan ajar", "Learning materials"),
    goal(
        "libraries",
        "Perpustakaan dan taman bacaan",
        "Libraries and reading rooms",
    ),
    goal("remote-access", "Akses daerah terpencil", "Reaching remote areas"),
    goal("sanitation", "Sanitasi", "Sanitation"),
    goal("scholarships", "Beasiswa", "Scholarships"),
    goal("springs", "Pelestarian mata air", "Care for springs"),
    goal("teacher-quality", "Mutu guru dan pamong", "Teacher quality"),
    goal("tutoring", "Bimbingan belajar", "Tutoring"),
    goal("vocational-skills", "Keterampilan kerja", "Vocational skills"),
    goal("water-quality", "Mutu air", "Water quality"),
    goal("youth-employment", "Kerja bagi pemuda", "Work for young people"),
];

/// Every named goal: the 17 Sustainable Development Goals in their order, then themes by code.
pub fn all() -> &'static [Goal] {
    GOALS
}

/// The name of a goal for a reader of `language`; `None` for a code the product does not know.
pub fn goal_name(id: &GoalId, language: Language) -> Option<&'static str> {
    GOALS
        .iter()
        .find(|goal| goal.code == id.as_str())
        .map(|goal| goal.name(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn goals_come_in_their_order_and_every_name_is_its_own() {
        let sdgs: Vec<_> = all().iter().take_while(|goal| goal.is_sdg()).collect();
        let numbers: Vec<_> = (1..=17).map(|number| format!("sdg{number}")).collect();
        assert_eq!(sdgs.iter().map(|goal| goal.code).collect::<Vec<_>>(), numbers);
        assert!(all()[17..].is_sorted_by(|a, b| a.code < b.code));
        for language in Language::ALL {
            let names: BTreeSet<_> = all().iter().map(|goal| goal.name(language)).collect();
            assert_eq!(names.len(), all().len());
        }
    }

    #[test]
    fn a_code_finds_its_name_in_both_languages_and_a_new_code_none() {
        let sdg4 = all()[3].goal_id().unwrap();
        assert_eq!(goal_name(&sdg4, Language::Id), Some("Pendidikan berkualitas"));
        assert_eq!(goal_name(&sdg4, Language::En), Some("Quality education"));
        let own = GoalId::new("our-own-theme").unwrap();
        assert_eq!(goal_name(&own, Language::Id), None);
    }
}
