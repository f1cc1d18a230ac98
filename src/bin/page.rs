//! One module, two roles: mounts the page where there is a window, and is its worker where there is none.

use gotong::app;
use gotong::browser::document;
use gotong::browser::worker::{Role, role};

fn main() {
    match role() {
        Role::Page => {
            if let Some(place) = document::mount_point() {
                // What a reader without scripts sees makes room for the page.
                place.set_inner_html("");
                yew::Renderer::<app::Root>::with_root(place).render();
            }
        }
        Role::Worker => {
            // Nobody is on the other side only if this is no worker, and then there is nothing to do.
            let _ = app::serve();
        }
    }
}
