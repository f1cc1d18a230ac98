//! Colours by their role.

/// What a shape is painted with: a colour of the page by its role. Which colour that is, the page's theme or a
/// [`Palette`](super::sheet::Palette) says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Behind everything.
    Surface,
    /// Thin lines that part.
    Line,
    /// Lines that must be seen.
    Strong,
    /// Text.
    Ink,
    /// Text beside the point.
    Soft,
    /// What counts.
    Accent,
    /// A tint of it.
    AccentSoft,
    /// Text on it.
    AccentInk,
    /// Worse.
    Warn,
    /// Better.
    Good,
    /// Where a bar could reach.
    Track,
    /// Government.
    Gov,
    /// Business.
    Business,
    /// Civil society.
    Ngo,
    /// Academia.
    Academia,
    /// Community.
    Community,
    /// Text on government's colour.
    OnGov,
    /// Text on business's.
    OnBusiness,
    /// Text on civil society's.
    OnNgo,
    /// Text on academia's.
    OnAcademia,
    /// Text on the community's.
    OnCommunity,
}

impl Ink {
    /// Every ink.
    pub const ALL: [Self; 21] = [
        Self::Surface,
        Self::Line,
        Self::Strong,
        Self::Ink,
        Self::Soft,
        Self::Accent,
        Self::AccentSoft,
        Self::AccentInk,
        Self::Warn,
        Self::Good,
        Self::Track,
        Self::Gov,
        Self::Business,
        Self::Ngo,
        Self::Academia,
        Self::Community,
        Self::OnGov,
        Self::OnBusiness,
        Self::OnNgo,
        Self::OnAcademia,
        Self::OnCommunity,
    ];

    /// The name of the page's colour, without the two dashes.
    pub fn token(self) -> &'static str {
        [
            "surface",
            "line",
            "line-strong",
            "ink",
            "ink-2",
            "accent",
            "accent-soft",
            "accent-ink",
            "warn",
            "good",
            "track",
            "gov",
            "business",
            "ngo",
            "academia",
            "community",
            "on-gov",
            "on-business",
            "on-ngo",
            "on-academia",
            "on-community",
        ][self as usize]
    }

    /// The ink of a sector's class, as in [`Ink::token`], or of text; a grey for any other word.
    pub fn of_sector(class: &str) -> Self {
        let sectors = [
            Self::Ink,
            Self::Gov,
            Self::Business,
            Self::Ngo,
            Self::Academia,
            Self::Community,
        ];
        let found = sectors.into_iter().find(|ink| ink.token() == class);
        found.unwrap_or(Self::Strong)
    }
}

impl Ink {
    /// The ink that text on this one takes.
    pub fn on(self) -> Self {
        match self {
            Self::Gov => Self::OnGov,
            Self::Business => Self::OnBusiness,
            Self::Ngo => Self::OnNgo,
            Self::Academia => Self::OnAcademia,
            Self::Community => Self::OnCommunity,
            Self::Accent => Self::AccentInk,
            _ => Self::Surface,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_have_inks() {
        assert_eq!(Ink::of_sector("ngo"), Ink::Ngo);
        assert_eq!(Ink::of_sector("surface"), Ink::Strong);
        assert_eq!(Ink::of_sector("plain"), Ink::Strong);
    }

    #[test]
    fn every_ink_has_a_name_of_its_own_in_its_place() {
        for (place, ink) in Ink::ALL.into_iter().enumerate() {
            assert_eq!(ink as usize, place);
            let same = Ink::ALL.iter().filter(|other| other.token() == ink.token());
            assert_eq!(same.count(), 1, "{}", ink.token());
        }
        assert_eq!(Ink::Gov.on().token(), "on-gov");
        assert_eq!(Ink::Strong.on(), Ink::Surface);
    }
}
