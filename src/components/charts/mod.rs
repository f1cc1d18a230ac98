//! Pictures as SVG over the geometry of [`charts`](crate::charts). Each is decoration for screen readers: a
//! sentence with the finding and a table with the figures stand beside it.

mod dot_row;
mod flow_picture;
mod tornado_bar;

pub use dot_row::DotRow;
pub use flow_picture::{FlowPicture, PictureNode};
pub use tornado_bar::TornadoBar;
