//! What views need of the screen around them: its width, and where the scroll position goes.

use crate::browser::{document, media};
use yew::prelude::*;

/// From here on a list and what is selected in it stand side by side. The same figure is in `styles/partners.css`.
const WIDE: &str = "(min-width: 56em)";

/// Whether there is room for two columns. Where there is not, the selected item opens below its row.
#[hook]
pub fn use_wide() -> bool {
    let wide = use_state(|| media::matches(WIDE));
    let setter = wide.setter();
    use_effect_with((), move |()| {
        let listener = media::on_change(WIDE, move |is_wide| setter.set(is_wide));
        move || drop(listener)
    });
    *wide
}

/// Brings the element of this id into view whenever it changes, but not at first: a row that opens while the one above
/// it closes must not slip off the screen.
#[hook]
pub fn use_reveal(id: Option<String>) {
    let first = use_mut_ref(|| true);
    use_effect_with(id, move |id| {
        if !first.replace(false)
            && let Some(id) = id
        {
            document::reveal(id);
        }
    });
}
