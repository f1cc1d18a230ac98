//! A ring of givers, or a chain of them, as positions: each gives to the next.

use super::coordinate;
use std::f64::consts::{FRAC_PI_2, PI};

/// Sizes of the picture, in user units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RingFrame {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Half the width of the ellipse a ring stands on.
    pub radius_x: f64,
    /// Half its height.
    pub radius_y: f64,
    /// Radius of a node.
    pub node: f64,
    /// From the left and right edge to the outer nodes of a chain.
    pub margin: f64,
}

/// A place with the direction a label goes from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Outwards: −1 left to 1 right, −1 up to 1 down.
    pub out: [f64; 2],
}

impl Spot {
    /// Where a label of `lines` lines, each `line` high, stands `away` from the centre: anchor, x, and the baseline of
    /// its first line.
    pub fn label(&self, away: f64, lines: usize, line: f64) -> (&'static str, f64, f64) {
        let [right, down] = self.out;
        let anchor = if right > 0.3 {
            "start"
        } else if right < -0.3 {
            "end"
        } else {
            "middle"
        };
        let height = line * lines as f64;
        let middle = self.y + down * (away + height / 2.0);
        (anchor, self.x + right * away, middle - height / 2.0 + 0.8 * line)
    }
}

/// What goes from a node to the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// The line, for an SVG path.
    pub path: String,
    /// The head, a closed outline.
    pub head: String,
    /// Where its number and its label stand.
    pub middle: Spot,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct RingLayout {
    /// In order of giving.
    pub nodes: Vec<Spot>,
    /// From each node to the next; in a ring also from the last to the first.
    pub arrows: Vec<Arrow>,
}

/// Half the width and the length of an arrow's head.
const HEAD: [f64; 2] = [5.0, 9.0];
/// Free between a node and an arrow.
const GAP: f64 = 4.0;

/// `members` nodes on an ellipse, clockwise from the top. Fewer than two have no arrows. Cost: O(members).
pub fn ring(members: usize, frame: &RingFrame) -> RingLayout {
    let step = 2.0 * PI / members.max(1) as f64;
    let angle = |place: f64| place * step - FRAC_PI_2;
    let spot = |at: f64| Spot {
        x: frame.width / 2.0 + frame.radius_x * libm::cos(at),
        y: frame.height / 2.0 + frame.radius_y * libm::sin(at),
        out: [libm::cos(at), libm::sin(at)],
    };
    // How far a step of one radian goes on the ellipse.
    let speed = |at: f64| {
        let (x, y) = (frame.radius_x * libm::sin(at), frame.radius_y * libm::cos(at));
        libm::sqrt(x * x + y * y).max(1.0)
    };
    let arrow = |member: usize| {
        let (from, to) = (angle(member as f64), angle(member as f64 + 1.0));
        let free = frame.node + GAP;
        let (start, tip) = (from + free / speed(from), to - free / speed(to));
        let neck = tip - HEAD[1] / speed(tip);
        let (a, b, c) = (spot(start), spot(neck), spot(tip));
        let [rx, ry] = [frame.radius_x, frame.radius_y].map(coordinate);
        let path = format!(
            "M{} {}A{rx} {ry} 0 0 1 {} {}",
            coordinate(a.x),
            coordinate(a.y),
            coordinate(b.x),
            coordinate(b.y)
        );
        Arrow {
            path,
            head: head((b.x, b.y), (c.x, c.y)),
            middle: spot(f64::midpoint(from, to)),
        }
    };
    RingLayout {
        nodes: (0..members).map(|member| spot(angle(member as f64))).collect(),
        arrows: (0..members).filter(|_| members > 1).map(arrow).collect(),
    }
}

/// `members` nodes in a line from left to right; labels of nodes go down, those of arrows up. Cost: O(members).
pub fn chain(members: usize, frame: &RingFrame) -> RingLayout {
    let step = (frame.width - 2.0 * frame.margin) / members.saturating_sub(1).max(1) as f64;
    let y = frame.height / 2.0;
    let at = |place: f64| frame.margin + step * place;
    let arrow = |member: usize| {
        let free = frame.node + GAP;
        let (start, tip) = (at(member as f64) + free, at(member as f64 + 1.0) - free);
        let neck = (tip - HEAD[1]).max(start);
        Arrow {
            path: format!("M{} {}H{}", coordinate(start), coordinate(y), coordinate(neck)),
            head: head((neck, y), (tip, y)),
            middle: Spot {
                x: f64::midpoint(start, tip),
                y,
                out: [0.0, -1.0],
            },
        }
    };
    let node = |member: usize| Spot {
        x: at(member as f64),
        y,
        out: [0.0, 1.0],
    };
    RingLayout {
        nodes: (0..members).map(node).collect(),
        arrows: (1..members).map(|next| arrow(next - 1)).collect(),
    }
}

/// A triangle from `neck` to `tip`.
fn head(neck: (f64, f64), tip: (f64, f64)) -> String {
    let (x, y) = (tip.0 - neck.0, tip.1 - neck.1);
    let length = libm::sqrt(x * x + y * y).max(1e-9);
    let (across_x, across_y) = (-y / length * HEAD[0], x / length * HEAD[0]);
    format!(
        "M{} {}L{} {}L{} {}Z",
        coordinate(neck.0 + across_x),
        coordinate(neck.1 + across_y),
        coordinate(tip.0),
        coordinate(tip.1),
        coordinate(neck.0 - across_x),
        coordinate(neck.1 - across_y)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: RingFrame = RingFrame {
        width: 400.0,
        height: 300.0,
        radius_x: 120.0,
        radius_y: 90.0,
        node: 18.0,
        margin: 40.0,
    };

    #[test]
    fn a_ring_closes_and_starts_at_the_top() {
        for members in 2..=5 {
            let drawn = ring(members, &FRAME);
            assert_eq!((drawn.nodes.len(), drawn.arrows.len()), (members, members));
            assert_eq!(
                (drawn.nodes[0].x.round(), drawn.nodes[0].y.round()),
                (200.0, 60.0)
            );
            let inside = |spot: &Spot| (0.0..=400.0).contains(&spot.x) && (0.0..=300.0).contains(&spot.y);
            assert!(drawn.nodes.iter().all(inside));
            assert!(drawn.arrows.iter().all(|arrow| inside(&arrow.middle)));
        }
    }

    #[test]
    fn a_chain_is_open_and_its_arrows_end_before_the_nodes() {
        let drawn = chain(3, &FRAME);
        let x: Vec<f64> = drawn.nodes.iter().map(|node| node.x).collect();
        assert_eq!(x, [40.0, 200.0, 360.0]);
        assert_eq!(drawn.arrows.len(), 2);
        assert_eq!(drawn.arrows[0].path, "M62 150H169");
        assert_eq!(drawn.arrows[0].head, "M169 155L178 150L169 145Z");
    }

    #[test]
    fn nobody_and_one_alone_draw_no_arrows() {
        for members in 0..2 {
            assert!(ring(members, &FRAME).arrows.is_empty());
            assert!(chain(members, &FRAME).arrows.is_empty());
        }
    }

    #[test]
    fn labels_stand_outside() {
        let right = Spot {
            x: 100.0,
            y: 50.0,
            out: [1.0, 0.0],
        };
        assert_eq!(right.label(20.0, 2, 10.0), ("start", 120.0, 48.0));
        let below = Spot {
            out: [0.0, 1.0],
            ..right
        };
        assert_eq!(below.label(20.0, 2, 10.0), ("middle", 100.0, 78.0));
    }
}
