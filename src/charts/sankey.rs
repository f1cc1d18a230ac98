//! Flows between two columns: who pays on the left, what it pays for on the right. Band widths are proportional
//! to amounts, on one scale for both columns (Sankey diagram; layout for two columns only, after the barycentre
//! heuristic of Sugiyama, Tagawa, Toda 1981 for few crossings).

use super::coordinate;

/// An amount that flows from a source to a target, both by position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Position in the sources.
    pub source: usize,
    /// Position in the targets.
    pub target: usize,
    /// How much, above 0.
    pub value: f64,
}

/// Sizes of the picture, in user units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge of the left column's bars.
    pub left: f64,
    /// Left edge of the right column's bars.
    pub right: f64,
    /// Width of a bar.
    pub bar_width: f64,
    /// Height of the taller column if all its bars stood without gaps.
    pub bars_height: f64,
    /// Least height a bar with its label takes.
    pub slot_height: f64,
    /// Gap between slots.
    pub gap: f64,
}

/// One bar. Its height is its total; the part from `y + used_height` on is what no link uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Position in the list given.
    pub index: usize,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Height of the total.
    pub height: f64,
    /// Height of what flows.
    pub used_height: f64,
}

impl Node {
    /// Where its label is centred.
    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// A band between two bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Position of its link in the list given.
    pub link: usize,
    /// Closed outline for an SVG path.
    pub path: String,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Left column from top to bottom.
    pub sources: Vec<Node>,
    /// Right column from top to bottom.
    pub targets: Vec<Node>,
    /// Bands, in the order of the links.
    pub bands: Vec<Band>,
    /// Height of the picture.
    pub height: f64,
}

/// Lays out the flow.
///
/// `sources[i]` and `targets[j]` are totals ≥ 0; what their links do not use is left open at the bottom of the
/// bar. A total smaller than the sum of its links counts as that sum. Sources keep their order; targets stand by
/// the mean place of what they get (those that get nothing last), ties in order. Links that name no node, or
/// carry nothing, draw nothing.
///
/// Cost: O((n + m + l) log).
pub fn layout(sources: &[f64], targets: &[f64], links: &[Link], frame: &Frame) -> Layout {
    let sound: Vec<(usize, &Link)> = links
        .iter()
        .enumerate()
        .filter(|(_, link)| link.source < sources.len() && link.target < targets.len())
        .filter(|(_, link)| link.value.is_finite() && link.value > 0.0)
        .collect();
    let mut used_sources = vec![0.0; sources.len()];
    let mut used_targets = vec![0.0; targets.len()];
    let mut pull = vec![0.0; targets.len()];
    for (_, link) in &sound {
        used_sources[link.source] += link.value;
        used_targets[link.target] += link.value;
        pull[link.target] += link.value * link.source as f64;
    }
    let total = |given: &f64, used: &f64| {
        if given.is_finite() {
            given.max(*used)
        } else {
            *used
        }
    };
    let source_totals: Vec<f64> = sources
        .iter()
        .zip(&used_sources)
        .map(|(g, u)| total(g, u))
        .collect();
    let target_totals: Vec<f64> = targets
        .iter()
        .zip(&used_targets)
        .map(|(g, u)| total(g, u))
        .collect();
    let tallest = f64::max(source_totals.iter().sum(), target_totals.iter().sum());
    let unit = if tallest > 0.0 {
        frame.bars_height / tallest
    } else {
        0.0
    };

    let mut order: Vec<usize> = (0..targets.len()).collect();
    let place = |target: usize| {
        if used_targets[target] > 0.0 {
            pull[target] / used_targets[target]
        } else {
            f64::INFINITY
        }
    };
    crate::order::sort_by(&mut order, |&a, &b| place(a).total_cmp(&place(b)).then(a.cmp(&b)));

    let in_order: Vec<usize> = (0..sources.len()).collect();
    let (mut left, left_height) = column(&in_order, &source_totals, &used_sources, unit, frame.left, frame);
    let (mut right, right_height) = column(&order, &target_totals, &used_targets, unit, frame.right, frame);
    let height = left_height.max(right_height);
    centre(&mut left, height - left_height);
    centre(&mut right, height - right_height);

    let bands = bands(&sound, &left, &right, unit, frame);
    Layout {
        sources: left,
        targets: right,
        bands,
        height,
    }
}

fn column(
    order: &[usize],
    totals: &[f64],
    used: &[f64],
    unit: f64,
    x: f64,
    frame: &Frame,
) -> (Vec<Node>, f64) {
    let mut top = 0.0;
    let mut nodes = Vec::with_capacity(order.len());
    for &index in order {
        // A bar is never invisible: what exists has at least a hair's breadth.
        let height = if totals[index] > 0.0 {
            (totals[index] * unit).max(1.0)
        } else {
            0.0
        };
        let slot = height.max(frame.slot_height);
        nodes.push(Node {
            index,
            x,
            y: top + (slot - height) / 2.0,
            height,
            used_height: (used[index] * unit).min(height),
        });
        top += slot + frame.gap;
    }
    (nodes, (top - frame.gap).max(0.0))
}

fn centre(nodes: &mut [Node], spare: f64) {
    for node in nodes {
        node.y += spare / 2.0;
    }
}

/// Bands leave a bar in the order of where they go, so that bands of one bar never cross each other.
fn bands(links: &[(usize, &Link)], left: &[Node], right: &[Node], unit: f64, frame: &Frame) -> Vec<Band> {
    let rank = |nodes: &[Node]| {
        let mut rank = vec![0; nodes.len()];
        for (place, node) in nodes.iter().enumerate() {
            rank[node.index] = place;
        }
        rank
    };
    let (left_rank, right_rank) = (rank(left), rank(right));
    let mut starts = vec![0.0; links.len()];
    let mut ends = vec![0.0; links.len()];
    let mut order: Vec<usize> = (0..links.len()).collect();
    crate::order::sort_by_key(&mut order, |&i| {
        (left_rank[links[i].1.source], right_rank[links[i].1.target], i)
    });
    stack(
        &order,
        &mut starts,
        |i| links[i].1.source,
        links,
        left,
        &left_rank,
        unit,
    );
    crate::order::sort_by_key(&mut order, |&i| {
        (right_rank[links[i].1.target], left_rank[links[i].1.source], i)
    });
    stack(
        &order,
        &mut ends,
        |i| links[i].1.target,
        links,
        right,
        &right_rank,
        unit,
    );

    let (from, to) = (frame.left + frame.bar_width, frame.right);
    let middle = f64::midpoint(from, to);
    let path = |start: f64, end: f64, width: f64| {
        let [from, middle, to] = [from, middle, to].map(coordinate);
        let [a, b, c, d] = [start, end, end + width, start + width].map(coordinate);
        format!("M{from} {a}C{middle} {a} {middle} {b} {to} {b}V{c}C{middle} {c} {middle} {d} {from} {d}Z")
    };
    links
        .iter()
        .enumerate()
        .map(|(i, (index, link))| Band {
            link: *index,
            path: path(starts[i], ends[i], link.value * unit),
        })
        .collect()
}

fn stack(
    order: &[usize],
    tops: &mut [f64],
    node_of: impl Fn(usize) -> usize,
    links: &[(usize, &Link)],
    nodes: &[Node],
    rank: &[usize],
    unit: f64,
) {
    let mut filled = vec![0.0; nodes.len()];
    for &i in order {
        let node = node_of(i);
        tops[i] = nodes[rank[node]].y + filled[node];
        filled[node] += links[i].1.value * unit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Frame = Frame {
        left: 100.0,
        right: 500.0,
        bar_width: 12.0,
        bars_height: 200.0,
        slot_height: 30.0,
        gap: 10.0,
    };

    fn link(source: usize, target: usize, value: f64) -> Link {
        Link {
            source,
            target,
            value,
        }
    }

    #[test]
    fn bars_share_one_scale_and_show_what_is_not_used() {
        let drawn = layout(&[100.0], &[80.0, 20.0], &[link(0, 0, 60.0)], &FRAME);
        let funder = drawn.sources[0];
        assert_eq!((funder.height, funder.used_height), (200.0, 120.0));
        assert_eq!(
            drawn
                .targets
                .iter()
                .map(|node| (node.height, node.used_height))
                .collect::<Vec<_>>(),
            [(160.0, 120.0), (40.0, 0.0)]
        );
        // 160 + 10 + 40 is taller than 200: the left column is centred on it.
        assert_eq!((drawn.height, funder.y), (210.0, 5.0));
        assert_eq!(
            drawn.bands[0].path,
            "M112 5C306 5 306 0 500 0V120C306 120 306 125 112 125Z"
        );
    }

    #[test]
    fn targets_stand_where_their_money_comes_from() {
        let links = [link(0, 2, 5.0), link(1, 0, 5.0)];
        let drawn = layout(&[5.0, 5.0], &[5.0, 9.0, 5.0], &links, &FRAME);
        let order: Vec<usize> = drawn.targets.iter().map(|node| node.index).collect();
        assert_eq!(order, [2, 0, 1]);
    }

    #[test]
    fn what_is_not_there_draws_nothing() {
        let empty = layout(&[], &[], &[link(0, 0, 1.0)], &FRAME);
        assert_eq!((empty.bands.len(), empty.height), (0, 0.0));
        let odd = layout(&[f64::NAN, 0.0], &[1.0], &[link(1, 0, f64::NAN)], &FRAME);
        assert!(odd.bands.is_empty() && odd.sources.iter().all(|node| node.height == 0.0));
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_leaves_the_picture(
            sources in prop::collection::vec(0.0..1e15_f64, 1..9),
            targets in prop::collection::vec(0.0..1e15_f64, 1..9),
            links in prop::collection::vec((0..9_usize, 0..9_usize, 0.0..1e14_f64), 0..30),
        ) {
            let links: Vec<Link> = links.into_iter().map(|(s, t, value)| link(s, t, value)).collect();
            let drawn = layout(&sources, &targets, &links, &FRAME);
            for column in [&drawn.sources, &drawn.targets] {
                for pair in column.windows(2) {
                    prop_assert!(pair[0].y + pair[0].height <= pair[1].y + 1e-6);
                }
                for node in column.iter() {
                    prop_assert!(node.y >= -1e-6 && node.y + node.height <= drawn.height + 1e-6);
                    prop_assert!(node.used_height <= node.height + 1e-6);
                }
            }
            prop_assert!(drawn.bands.iter().all(|band| !band.path.contains("NaN") && !band.path.contains("inf")));
        }
    }
}
