//! Roles in a partnership, and why somebody has one, as codes.

use serde::{Deserialize, Serialize};

/// What an organisation does for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Leads and speaks for the partnership.
    Leads,
    /// Does most of the work.
    Delivers,
    /// Holds the funds and reports on them.
    HoldsFunds,
    /// Checks what was done and paid.
    Checks,
}

impl Role {
    /// Every role, in the order they are assigned.
    pub const ALL: [Self; 4] = [Self::Leads, Self::Delivers, Self::HoldsFunds, Self::Checks];

    /// The stable code used in JSON and as locale key suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Leads => "leads",
            Self::Delivers => "delivers",
            Self::HoldsFunds => "holds-funds",
            Self::Checks => "checks",
        }
    }
}

/// Why somebody has a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RoleReason {
    /// Chosen as lead.
    ChosenLead,
    /// Gives the largest part of the days of staff and expertise.
    MostDays,
    /// Civil society that offers to manage funds.
    CivilSocietyFundManager,
    /// Offers to manage funds; nobody of civil society does.
    FundManager,
    /// Nobody offers to manage funds, so the lead does.
    LeadByDefault,
    /// Academia or government that neither holds the funds nor leads nor delivers.
    Independent,
    /// Academia or government that does not hold the funds but leads or delivers itself; nobody freer is there.
    HoldsNoFunds,
}

impl RoleReason {
    /// The stable code used in JSON and as locale key suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::ChosenLead => "chosen-lead",
            Self::MostDays => "most-days",
            Self::CivilSocietyFundManager => "civil-society-fund-manager",
            Self::FundManager => "fund-manager",
            Self::LeadByDefault => "lead-by-default",
            Self::Independent => "independent",
            Self::HoldsNoFunds => "holds-no-funds",
        }
    }
}
