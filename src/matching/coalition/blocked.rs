//! Why there is no coalition, and what would make one.

use super::{Instance, MAX_SECTORS};
use serde::{Deserialize, Serialize};

/// One thing that alone keeps every set from being a coalition: without it, there would be one (or it is impossible by
/// itself, and then the others were not looked at).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Block {
    /// A requirement: `short` more of it from any member would do. Where offers may overlap, one member must bring that
    /// much more alone.
    Requirement {
        /// Which.
        index: usize,
        /// How much more, in its unit.
        short: u64,
    },
    /// Fewer candidates of a sector than its quota asks for.
    SectorMin {
        /// Which.
        index: usize,
        /// How many could be in.
        have: usize,
        /// How many must be.
        need: usize,
    },
    /// More anchors of a sector than may be in.
    SectorMax {
        /// Which.
        index: usize,
        /// How many must be in.
        have: usize,
        /// How many may be.
        most: usize,
    },
    /// Fewer different sectors among the candidates than must be present.
    Sectors {
        /// How many could be present.
        have: usize,
        /// How many must be.
        need: usize,
    },
    /// Two anchors are in conflict: lift it or let one go.
    Anchors {
        /// The pair.
        pair: (usize, usize),
    },
    /// The limit of size: at least `need` members are necessary (as far as known).
    Size {
        /// Necessary members.
        need: usize,
        /// How many may be in.
        most: usize,
    },
    /// Fewer candidates than there must be members.
    TooFew {
        /// How many could be in.
        have: usize,
        /// How many must be.
        need: usize,
    },
    /// The quotas together with the rest: without lower quotas there would be a coalition.
    Quotas,
    /// The upper quotas together with the rest.
    QuotasMax,
    /// Conflicts: any single one of `pairs`, lifted, would do; empty where only several together would.
    Conflicts {
        /// In the order given.
        pairs: Vec<(usize, usize)>,
    },
    /// No single rule or requirement: several together.
    Together,
}

/// Everything that is impossible by itself, whatever the rest: by counting, without a search.
///
/// Order: as in [`Block`] from anchors to sizes: anchors, requirements, sectors, sizes. Cost: O(n · r + conflicts).
pub(super) fn impossible(instance: &Instance) -> Vec<Block> {
    let input = instance.input();
    let is_anchor = |at: usize| input.anchors.contains(&at);
    let mut barred = vec![false; input.candidates.len()];
    let mut found = Vec::new();
    for &(a, b) in &input.conflicts {
        match (is_anchor(a), is_anchor(b)) {
            (true, true) => found.push(Block::Anchors { pair: (a, b) }),
            (true, false) => barred[b] = true,
            (false, true) => barred[a] = true,
            _ => {}
        }
    }
    let eligible = || (0..barred.len()).filter(|&at| !barred[at]);
    for (index, &demand) in input.demand.iter().enumerate() {
        let offers = eligible().map(|at| input.candidates[at].offers[index]);
        let most = if input.overlapping.get(index).copied().unwrap_or(false) {
            offers.max().unwrap_or(0)
        } else {
            offers.fold(0, u64::saturating_add)
        };
        if most < demand {
            found.push(Block::Requirement {
                index,
                short: demand - most,
            });
        }
    }
    let mut could = [0_usize; MAX_SECTORS];
    let mut must = [0_usize; MAX_SECTORS];
    for at in eligible() {
        could[input.candidates[at].sector] += 1;
        must[input.candidates[at].sector] += usize::from(is_anchor(at));
    }
    for (index, &need) in input.sector_min.iter().enumerate() {
        let have = could[index];
        if have < need {
            found.push(Block::SectorMin { index, have, need });
        }
    }
    for (index, &most) in input.sector_max.iter().flatten().enumerate() {
        let have = must[index];
        if have > most {
            found.push(Block::SectorMax { index, have, most });
        }
    }
    let have = could.iter().filter(|&&count| count > 0).count();
    if have < input.least_sectors {
        found.push(Block::Sectors {
            have,
            need: input.least_sectors,
        });
    }
    let anchors = (0..barred.len()).filter(|&at| is_anchor(at)).count();
    let need = anchors.max(input.sector_min.iter().copied().fold(0, usize::saturating_add));
    if let Some(most) = input.max_size.filter(|&most| need > most) {
        found.push(Block::Size { need, most });
    }
    let have = eligible().count();
    if have < input.min_size {
        found.push(Block::TooFew {
            have,
            need: input.min_size,
        });
    }
    found
}
