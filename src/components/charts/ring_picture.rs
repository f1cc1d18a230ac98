//! An exchange: who gives to whom, in a ring or in a line.

use super::drawn;
use crate::charts::exchange::{Member, drawing};
use yew::prelude::*;

/// The ring of `members`, or the chain they form (`open`). Decoration: a numbered list beside it says the same.
pub fn ring_picture(members: &[Member], open: bool) -> Html {
    html! { <>
        { drawn(&drawing(members, open, true), "ring-picture wide", None) }
        { drawn(&drawing(members, open, false), "ring-picture small", None) }
    </> }
}
