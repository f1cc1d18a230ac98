//! The order in which open parts of the search are looked at.

use super::node::Node;
use std::cmp::Ordering;

/// A node in the queue: least bound first, deepest first among equals, then oldest first.
pub(super) struct Waiting {
    pub node: Node,
    pub sequence: u64,
}

impl Waiting {
    fn key(&self) -> (std::cmp::Reverse<u128>, u32, std::cmp::Reverse<u64>) {
        (
            std::cmp::Reverse(self.node.bound),
            self.node.depth,
            std::cmp::Reverse(self.sequence),
        )
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}
