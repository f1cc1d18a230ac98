//! Layered capital: who loses how much when money is lost.

use super::share::Splitter;
use crate::domain::Layer;
use serde::{Deserialize, Serialize};

/// One layer: those who lose together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapitalLayer {
    /// Which.
    pub layer: Layer,
    /// T: what its members stand for together.
    pub capital_minor: u64,
    /// (participant, what it stands for), by participant.
    pub members: Vec<(usize, u64)>,
}

/// What a layer loses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerLoss {
    /// Which.
    pub layer: Layer,
    /// What it loses; for a guarantee, what it has to pay.
    pub loss_minor: u64,
    /// (participant, its part), by participant.
    pub members: Vec<(usize, u64)>,
}

/// The capital of a plan in layers, first to lose first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayeredCapital {
    /// Layers with members, in the order of [`Layer::ALL`].
    pub layers: Vec<CapitalLayer>,
    /// What can be lost: all that is paid in, guarantees not counted.
    pub at_risk_minor: u64,
}

impl LayeredCapital {
    /// The layers of `(participant, layer, what it stands for)`; who stands for nothing is left out.
    pub fn new(capital: &[(usize, Layer, u64)]) -> Self {
        let layer = |layer: Layer| {
            let members = capital.iter().filter(|&&(_, of, minor)| of == layer && minor > 0);
            let members: Vec<(usize, u64)> = members
                .map(|&(participant, _, minor)| (participant, minor))
                .collect();
            let capital_minor = members
                .iter()
                .fold(0, |sum: u64, member| sum.saturating_add(member.1));
            (!members.is_empty()).then_some(CapitalLayer {
                layer,
                capital_minor,
                members,
            })
        };
        let layers: Vec<CapitalLayer> = Layer::ALL.into_iter().filter_map(layer).collect();
        let paid_in = layers.iter().filter(|layer| layer.layer != Layer::Guarantee);
        Self {
            at_risk_minor: paid_in.fold(0, |sum, layer| sum.saturating_add(layer.capital_minor)),
            layers,
        }
    }

    /// Who loses what if `loss_minor` of the money paid in is lost (all of it, if it is more than that).
    ///
    /// Layer k loses min(T_k, max(0, L − Σ_junior T_j)); a guarantee comes before the senior layer it stands by, so it
    /// never pays more than senior members would lose. Within a layer pro rata by largest remainder, ties to the
    /// earlier participant. Exact: losses sum to L.
    pub fn losses(&self, loss_minor: u64) -> Vec<LayerLoss> {
        let mut left = loss_minor.min(self.at_risk_minor);
        let mut splitter = Splitter::default();
        let mut shares = Vec::new();
        let mut losses = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let loss = left.min(layer.capital_minor);
            left -= loss;
            let weights: Vec<u64> = layer.members.iter().map(|member| member.1).collect();
            splitter.split(loss, &weights, layer.capital_minor, &mut shares);
            let members = layer.members.iter().zip(&shares);
            losses.push(LayerLoss {
                layer: layer.layer,
                loss_minor: loss,
                members: members.map(|(member, &share)| (member.0, share)).collect(),
            });
        }
        losses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn juniors_lose_first_and_a_guarantee_spares_the_senior_layer() {
        let capital = LayeredCapital::new(&[
            (0, Layer::Senior, 100),
            (1, Layer::Grant, 10),
            (2, Layer::FirstLoss, 20),
            (3, Layer::Guarantee, 50),
            (4, Layer::FirstLoss, 10),
            (5, Layer::Mezzanine, 0),
        ]);
        assert_eq!(capital.at_risk_minor, 140);
        let of = |loss| {
            let losses = capital.losses(loss);
            losses.iter().map(|layer| layer.loss_minor).collect::<Vec<_>>()
        };
        assert_eq!(of(0), [0, 0, 0, 0]);
        assert_eq!(of(25), [10, 15, 0, 0]);
        assert_eq!(of(80), [10, 30, 40, 0]);
        assert_eq!(of(100), [10, 30, 50, 10]);
        assert_eq!(of(u64::MAX), [10, 30, 50, 50]);
        assert_eq!(capital.losses(25)[1].members, [(2, 10), (4, 5)]);
    }

    #[test]
    fn a_guarantee_pays_no_more_than_the_senior_layer_would_lose() {
        let capital = LayeredCapital::new(&[(0, Layer::Senior, 30), (1, Layer::Guarantee, 50)]);
        let losses: Vec<u64> = capital.losses(30).iter().map(|layer| layer.loss_minor).collect();
        assert_eq!(losses, [30, 0]);
    }
}
