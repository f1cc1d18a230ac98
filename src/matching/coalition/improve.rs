//! First coalitions: greedy by what is still missing, then members dropped and exchanged while that is cheaper.

use super::model::Model;
use super::node::{Fix, Node};
use super::relaxation::{Relaxation, float};

/// A set under construction: who is in, and what they bring together.
struct Draft<'a> {
    model: &'a Model,
    members: Vec<usize>,
    is_in: Vec<bool>,
    brings: Vec<u64>,
    sector: Vec<usize>,
    low: usize,
    high: usize,
}

impl<'a> Draft<'a> {
    fn new(model: &'a Model) -> Self {
        Self {
            model,
            members: Vec::new(),
            is_in: vec![false; model.n],
            brings: vec![0; model.rows],
            sector: vec![0; model.sectors],
            low: model.low,
            high: model.high,
        }
    }

    fn add(&mut self, at: usize) {
        self.members.push(at);
        self.is_in[at] = true;
        self.sector[self.model.sector[at]] += 1;
        for (sum, offer) in self.brings.iter_mut().zip(self.model.offers_of(at)) {
            *sum += offer;
        }
    }

    fn remove(&mut self, at: usize) {
        self.members.retain(|&member| member != at);
        self.is_in[at] = false;
        self.sector[self.model.sector[at]] -= 1;
        for (sum, offer) in self.brings.iter_mut().zip(self.model.offers_of(at)) {
            *sum -= offer;
        }
    }

    fn may_join(&self, at: usize) -> bool {
        !self.is_in[at]
            && self.model.conflicts[at]
                .iter()
                .all(|&other| !self.is_in[other as usize])
    }

    fn sectors_present(&self) -> usize {
        self.sector.iter().filter(|&&count| count > 0).count()
    }

    fn is_coalition(&self) -> bool {
        let model = self.model;
        self.brings
            .iter()
            .zip(&model.demand)
            .all(|(have, need)| have >= need)
            && (self.low..=self.high).contains(&self.members.len())
            && (0..model.sectors)
                .all(|s| (model.sector_min[s]..=model.sector_max[s]).contains(&self.sector[s]))
            && self.sectors_present() >= model.least_sectors
    }

    /// Whether it would still be one without `out` and with `into`; conflicts are not looked at.
    fn stays(&self, out: usize, into: Option<usize>) -> bool {
        let model = self.model;
        let offer =
            |who: Option<usize>, row: usize| who.map_or(0, |who| model.offers[who * model.rows + row]);
        for row in 0..model.rows {
            if self.brings[row] + offer(into, row) < model.demand[row] + offer(Some(out), row) {
                return false;
            }
        }
        let from = model.sector[out];
        match into {
            None => {
                self.members.len() > self.low
                    && self.sector[from] > model.sector_min[from]
                    && (self.sector[from] > 1 || self.sectors_present() > model.least_sectors)
            }
            Some(into) => {
                let to = model.sector[into];
                from == to
                    || self.sector[from] > model.sector_min[from]
                        && self.sector[to] < model.sector_max[to]
                        && (self.sector[from] > 1
                            || self.sector[to] == 0
                            || self.sectors_present() > model.least_sectors)
            }
        }
    }

    /// Drops whoever is not needed, dearest first.
    fn drop_needless(&mut self, keep: Option<usize>) {
        let mut order = self.members.clone();
        order.sort_unstable_by_key(|&at| (std::cmp::Reverse(self.model.cost[at]), at));
        for at in order {
            if Some(at) != keep && !self.model.anchors.contains(&at) && self.stays(at, None) {
                self.remove(at);
            }
        }
    }

    fn objective(&self) -> u128 {
        self.model.objective(self.members.iter().copied())
    }

    /// Exchanges one member for another, and adds one where that lets others go, while it is cheaper.
    fn exchange(&mut self) {
        // Every exchange lowers the objective; the limit only guards against very long slopes.
        for _ in 0..4 * self.model.n {
            if !self.exchange_one() && !self.add_one() {
                return;
            }
        }
    }

    fn exchange_one(&mut self) -> bool {
        for into in 0..self.model.n {
            if self.is_in[into] {
                continue;
            }
            for place in 0..self.members.len() {
                let out = self.members[place];
                let cheaper = self.model.cost[into] < self.model.cost[out];
                if !cheaper || self.model.anchors.contains(&out) || !self.stays(out, Some(into)) {
                    continue;
                }
                let clash = |&other: &u32| other as usize != out && self.is_in[other as usize];
                if !self.model.conflicts[into].iter().any(clash) {
                    self.remove(out);
                    self.add(into);
                    return true;
                }
            }
        }
        false
    }

    fn add_one(&mut self) -> bool {
        let before = self.objective();
        for into in 0..self.model.n {
            let room = self.sector[self.model.sector[into]] < self.model.sector_max[self.model.sector[into]];
            if !room || !self.may_join(into) {
                continue;
            }
            let saved = self.members.clone();
            self.add(into);
            self.drop_needless(Some(into));
            if self.objective() < before && self.is_coalition() {
                return true;
            }
            let now = self.members.clone();
            for at in now.into_iter().filter(|at| !saved.contains(at)) {
                self.remove(at);
            }
            for at in saved {
                if !self.is_in[at] {
                    self.add(at);
                }
            }
        }
        false
    }
}

/// A coalition inside `node`'s fixings if the greedy finds one, improved without regard to them; members rising.
///
/// Each step adds whoever costs least per worth of what is still missing. A requirement is worth its multiplier in
/// the relaxation; whoever the relaxation would take whole costs nothing (`lean` = how far this is believed, 0 to 1).
pub(super) fn construct(model: &Model, node: &Node, relaxed: &Relaxation, lean: f64) -> Option<Vec<usize>> {
    let mut draft = Draft::new(model);
    node.members().for_each(|at| draft.add(at));
    let mut value = vec![0.0; model.n];
    if relaxed.solved {
        for (&at, x) in relaxed.free.iter().zip(&relaxed.value) {
            value[at as usize] = *x;
        }
    }
    let most: f64 = relaxed.price.iter().copied().fold(0.0, f64::max);
    let floor = if most > 0.0 { most * 0.02 } else { 1.0 };
    while !draft.is_coalition() {
        if draft.members.len() >= draft.high {
            return None;
        }
        let extra = float(model.alpha) * float(draft.members.len() as u64);
        let mut best: Option<(f64, usize)> = None;
        for (at, &relaxed_value) in value.iter().enumerate() {
            let sector = model.sector[at];
            if node.fix[at] != Fix::Free
                || draft.sector[sector] >= model.sector_max[sector]
                || !draft.may_join(at)
            {
                continue;
            }
            let wanted = draft.sector[sector] < node.least_of(model, sector)
                || draft.sector[sector] == 0 && draft.sectors_present() < model.least_sectors;
            let mut gain = if wanted { (most + floor) * 0.5 } else { 0.0 };
            for (row, &offer) in model.offers_of(at).iter().enumerate() {
                let need = model.demand[row];
                let left = need.saturating_sub(draft.brings[row]).min(offer);
                if left > 0 {
                    gain += (relaxed.price[row] + floor) * float(left) / float(need);
                }
            }
            if gain == 0.0 && draft.members.len() < draft.low {
                gain = floor * 1e-6;
            }
            if gain > 0.0 {
                let price = (float(model.cost[at]) * (1.0 - lean * relaxed_value) + extra + 1e-9) / gain;
                if best.is_none_or(|(least, _)| price < least) {
                    best = Some((price, at));
                }
            }
        }
        draft.add(best?.1);
    }
    draft.drop_needless(None);
    draft.exchange();
    draft.members.sort_unstable();
    draft.is_coalition().then_some(draft.members)
}
