//! Pictures as SVG over the geometry of [`charts`](crate::charts). Each is decoration for screen readers: a
//! sentence with the finding and a table with the figures stand beside it.

mod before_after;
mod dot_row;
mod drawn;
mod flow_picture;
mod ring_picture;
mod step_line;
mod tornado_bar;

pub use before_after::before_after;
pub use dot_row::dot_row;
pub use drawn::drawn;
pub use flow_picture::{PictureNode, flow_drawing, flow_picture};
pub use ring_picture::ring_picture;
pub use step_line::{StepPoint, step_line};
pub use tornado_bar::tornado_bar;
