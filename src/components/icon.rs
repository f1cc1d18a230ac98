//! The few icons, drawn for this product on a 24 × 24 grid with the text's colour.

use yew::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// Two pieces that fit: the product's mark, in two sector colours.
    Brand,
    /// Back one edit.
    Undo,
    /// Forward one edit.
    Redo,
    /// As the device prefers.
    ThemeAuto,
    /// Light.
    ThemeLight,
    /// Dark.
    ThemeDark,
    /// Close.
    Close,
    /// Add.
    Plus,
    /// Edit.
    Pencil,
    /// Delete.
    Bin,
    /// Bring a file in.
    Import,
    /// Take a file away.
    Export,
    /// Print.
    Print,
    /// A warning sign.
    Warning,
    /// A tick.
    Check,
    /// Opens something below.
    ChevronDown,
}

fn path(name: IconName) -> &'static str {
    match name {
        IconName::Brand => "",
        IconName::Undo => "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
        IconName::Redo => "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6",
        IconName::ThemeAuto => "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
        IconName::ThemeLight => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2"
        }
        IconName::ThemeDark => "M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10z",
        IconName::Close => "M6 6l12 12M18 6L6 18",
        IconName::Plus => "M12 5v14M5 12h14",
        IconName::Pencil => "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
        IconName::Bin => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6",
        IconName::Import => "M12 4v11M7 10l5 5 5-5M4 20h16",
        IconName::Export => "M12 15V4M7 9l5-5 5 5M4 20h16",
        IconName::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
        IconName::Warning => "M12 4 2 20h20zM12 10v5M12 17.5v.5",
        IconName::Check => "M5 13l5 5L19 7",
        IconName::ChevronDown => "M6 9l6 6 6-6",
    }
}

/// An icon. Decoration: what it means stands beside it, or is the name of its button.
pub fn icon(name: IconName) -> Html {
    if name == IconName::Brand {
        return html! {
            <svg class="mark" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">
                <path class="mark-left" d="M4 8h11v5a3 3 0 1 0 0 6v5H4z" />
                <path class="mark-right" d="M28 8H17v4.2a4 4 0 1 1 0 7.6V24h11z" />
            </svg>
        };
    }
    html! {
        <svg class="glyph" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d={path(name)} />
        </svg>
    }
}
