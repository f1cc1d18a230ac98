//! The fixed lists of the domain: forms of partnership (M), types (T), sources of money (F), benefits (B),
//! challenges (C) and levers (K); and the constants of trust, which both the partnership and the futures reckon with. Names readers see are in `locales/`, keyed by [`row`](Form::row).

use serde::{Deserialize, Serialize};

/// a: the share of the distance to full trust that one kept promise closes. Illustrative.
pub const TRUST_GAIN: f64 = 0.1;
/// b: the share of trust that one broken promise costs; above a. Illustrative; that it is above a: Slovic 1993.
pub const TRUST_LOSS: f64 = 0.3;
/// τ: by how much full trust lowers the chance of leaving. Illustrative.
pub const TRUST_EXIT: f64 = 0.5;
/// g: the share of the distance to full trust that open reporting closes, lever by lever: their sum, at most
/// [`TRUST_LIFT_MOST`]. Illustrative.
pub const TRUST_LIFTS: [(Lever, f64); 3] = [
    (Lever::Transparency, 0.15),
    (Lever::Communication, 0.10),
    (Lever::Monitoring, 0.10),
];
/// The most that levers together lift trust. Illustrative.
pub const TRUST_LIFT_MOST: f64 = 0.5;

/// By how much `levers`, a set, lift trust.
pub fn trust_lift(levers: &[Lever]) -> f64 {
    let pulled = TRUST_LIFTS.iter().filter(|(lever, _)| levers.contains(lever));
    pulled.map(|(_, by)| by).sum::<f64>().min(TRUST_LIFT_MOST)
}

macro_rules! rows {
    ($(#[$doc:meta])* $name:ident { $($(#[$row_doc:meta])* $variant:ident = $row:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$row_doc])* #[serde(rename = $row)] $variant),+
        }

        impl $name {
            /// Every row, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable row id that files, docs and tests cite.
            pub fn row(self) -> &'static str {
                match self { $(Self::$variant => $row),+ }
            }
        }
    };
}

rows! {
    /// Forms of partnership.
    Form {
        /// Public–private partnership.
        PublicPrivate = "M1",
        /// Cross-sector partnership: at least three sectors.
        CrossSector = "M2",
        /// Community in decision-making.
        CommunityDecides = "M3",
        /// Nonprofit and business for education.
        EducationAlliance = "M4",
        /// Academia and industry, research and development.
        ResearchAndIndustry = "M5",
        /// CSR programme with local government and NGO.
        CsrProgramme = "M6",
        /// Programme coalition, thematic alliance.
        ThematicCoalition = "M7",
        /// Partnership with government and private sector.
        GovernmentAndPrivate = "M8",
        /// Joint fundraising.
        JointFundraising = "M9",
        /// Knowledge exchange, capacity building.
        KnowledgeExchange = "M10",
    }
}

rows! {
    /// Types of agreement.
    PartnershipType {
        /// Formal.
        Formal = "T1",
        /// Informal.
        Informal = "T2",
        /// Strategic.
        Strategic = "T3",
        /// Operational.
        Operational = "T4",
    }
}

rows! {
    /// Where money comes from.
    FundingSource {
        /// Government grant.
        GovernmentGrant = "F1",
        /// Private and innovative finance: first loss, guarantee, loan, matching offer.
        InnovativeFinance = "F2",
        /// Funds managed by civil society in the open.
        CivilSocietyFund = "F3",
        /// Results-based funding.
        ResultsBased = "F4",
        /// Pooled funding.
        Pooled = "F5",
        /// Joint appeal.
        JointAppeal = "F6",
        /// CSR budget.
        Csr = "F7",
    }
}

rows! {
    /// Benefits: each is a number the product shows.
    Benefit {
        /// Resources used of those offered.
        ResourcesUsed = "B1",
        /// Diversity of sectors and expertise.
        Diversity = "B2",
        /// Accountability.
        Accountability = "B3",
        /// Trust.
        Trust = "B4",
        /// Chance the partnership still runs after n years.
        Lasting = "B5",
        /// Cost per beneficiary, and burden against going alone.
        CostPerBeneficiary = "B6",
        /// Unique beneficiaries reached.
        Reach = "B7",
        /// Duplicated programmes avoided.
        DuplicatesAvoided = "B8",
        /// Participation: voices counted.
        Participation = "B9",
        /// Network strength.
        Network = "B10",
        /// Extra resources unlocked (leverage).
        Leverage = "B11",
        /// Themes covered together.
        Themes = "B12",
    }
}

rows! {
    /// Challenges: each is a parameter or a check.
    Challenge {
        /// Coordination and communication.
        Coordination = "C1",
        /// Different interests.
        Interests = "C2",
        /// Not enough money or people.
        Scarcity = "C3",
        /// Different working cultures.
        Culture = "C4",
        /// Conflict of interest.
        ConflictOfInterest = "C5",
        /// Competing for the same donors.
        DonorCompetition = "C6",
        /// Poor communication.
        PoorCommunication = "C7",
        /// Resistance to change.
        Resistance = "C8",
        /// Different vision and mission.
        Vision = "C9",
    }
}

rows! {
    /// Levers: ways to strengthen a partnership.
    Lever {
        /// Transparency and trust.
        Transparency = "K1",
        /// Framework and oversight.
        Oversight = "K2",
        /// Technology.
        Technology = "K3",
        /// One clear common goal.
        CommonGoal = "K4",
        /// Regular open communication.
        Communication = "K5",
        /// Clear roles, no overlap.
        ClearRoles = "K6",
        /// Periodic monitoring and evaluation.
        Monitoring = "K7",
        /// Early involvement of all stakeholders.
        EarlyInvolvement = "K8",
        /// Work plan with success indicators.
        WorkPlan = "K9",
        /// Alternative funding.
        AlternativeFunding = "K10",
    }
}
