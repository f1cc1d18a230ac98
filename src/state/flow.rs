//! The flow of money of a fund report, small enough to draw: the largest funders and projects by name, the rest
//! together.

use crate::funding::FundReport;

/// A bar of the flow: one funder or project, or several small ones together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowNode {
    /// Positions in the report's participants or projects; several = "the others".
    pub members: Vec<usize>,
    /// Pledged, or cost.
    pub total_minor: u64,
    /// Paid in by the rule, or granted.
    pub used_minor: u64,
}

/// Money from a source to a target, by position in [`Flow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowLink {
    /// Position in the sources.
    pub source: usize,
    /// Position in the targets.
    pub target: usize,
    /// How much.
    pub amount_minor: u64,
}

/// Who pays for what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Funders, in the report's order, the others last.
    pub sources: Vec<FlowNode>,
    /// Projects, in the report's order, the others last.
    pub targets: Vec<FlowNode>,
    /// Payments, by target, then source.
    pub links: Vec<FlowLink>,
}

/// The flow with at most `most` bars a side (at least 2): sums are kept, whatever is put together.
///
/// Which ones stand alone: those that pay or get most, then those that pledged or cost most, then the first.
///
/// Cost: O(n log n) for n payments, funders and projects.
pub fn flow(report: &FundReport, most: usize) -> Flow {
    let unspent = &report.allocation.unspent_minor;
    let at = |list: &[u64], index: usize| list.get(index).copied().unwrap_or(0);
    let mut paid = vec![0_u64; report.participant_ids.len()];
    for &(participant, amount) in report.allocation.payments_minor.iter().flatten() {
        if let Some(sum) = paid.get_mut(participant) {
            *sum = sum.saturating_add(amount);
        }
    }
    let funders: Vec<(u64, u64)> = paid
        .iter()
        .enumerate()
        .map(|(index, &used)| (used.saturating_add(at(unspent, index)), used))
        .collect();
    let projects: Vec<(u64, u64)> = (0..report.project_ids.len())
        .map(|index| {
            (
                at(&report.cost_minor, index),
                at(&report.allocation.granted_minor, index),
            )
        })
        .collect();
    let (sources, source_of) = gather(&funders, most);
    let (targets, target_of) = gather(&projects, most);
    let mut links: Vec<FlowLink> = Vec::new();
    for (project, payments) in report.allocation.payments_minor.iter().enumerate() {
        for &(participant, amount_minor) in payments {
            let place = source_of.get(participant).zip(target_of.get(project));
            if let Some((&source, &target)) = place {
                links.push(FlowLink {
                    source,
                    target,
                    amount_minor,
                });
            }
        }
    }
    crate::order::sort_by_key(&mut links, |link| (link.target, link.source));
    links.dedup_by(|next, kept| {
        let same = (next.source, next.target) == (kept.source, kept.target);
        if same {
            kept.amount_minor = kept.amount_minor.saturating_add(next.amount_minor);
        }
        same
    });
    Flow {
        sources,
        targets,
        links,
    }
}

/// Nodes, and for each item the node it is in.
fn gather(items: &[(u64, u64)], most: usize) -> (Vec<FlowNode>, Vec<usize>) {
    let most = most.max(2);
    let mut alone: Vec<usize> = (0..items.len()).collect();
    if items.len() > most {
        let size = |index: usize| items.get(index).map(|&(total, used)| (used, total));
        crate::order::sort_by(&mut alone, |&a, &b| size(b).cmp(&size(a)).then(a.cmp(&b)));
        alone.truncate(most - 1);
        crate::order::sort(&mut alone);
    }
    let mut nodes: Vec<FlowNode> = Vec::with_capacity(alone.len() + 1);
    let mut node_of = vec![alone.len(); items.len()];
    for (place, &index) in alone.iter().enumerate() {
        if let (Some(&(total_minor, used_minor)), Some(node)) = (items.get(index), node_of.get_mut(index)) {
            *node = place;
            nodes.push(FlowNode {
                members: vec![index],
                total_minor,
                used_minor,
            });
        }
    }
    let mut others = FlowNode {
        members: Vec::new(),
        total_minor: 0,
        used_minor: 0,
    };
    for (index, &(total, used)) in items.iter().enumerate() {
        if node_of.get(index) == Some(&alone.len()) {
            others.members.push(index);
            others.total_minor = others.total_minor.saturating_add(total);
            others.used_minor = others.used_minor.saturating_add(used);
        }
    }
    if !others.members.is_empty() {
        nodes.push(others);
    }
    (nodes, node_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RuleId;
    use crate::funding::Allocation;

    fn report(payments_minor: Vec<Vec<(usize, u64)>>, unspent_minor: Vec<u64>) -> FundReport {
        let granted_minor = payments_minor
            .iter()
            .map(|payments| payments.iter().map(|&(_, amount)| amount).sum())
            .collect();
        FundReport {
            rule: RuleId::Greedy,
            project_ids: (0..payments_minor.len())
                .map(|index| format!("p{index}"))
                .collect(),
            cost_minor: vec![100; payments_minor.len()],
            participant_ids: (0..unspent_minor.len())
                .map(|index| format!("f{index}"))
                .collect(),
            funder_ids: (0..unspent_minor.len())
                .map(|index| format!("f{index}"))
                .collect(),
            budget_minor: 0,
            spent_minor: 0,
            allocation: Allocation {
                selected: Vec::new(),
                granted_minor,
                payments_minor,
                unspent_minor,
            },
            trace: Vec::new(),
            rounds: Vec::new(),
            equal_shares: None,
            voice_payments: Vec::new(),
            statements: Vec::new(),
            next: None,
            verified: true,
        }
    }

    #[test]
    fn small_flows_are_drawn_as_they_are() {
        let drawn = flow(&report(vec![vec![(0, 60), (1, 40)], vec![]], vec![5, 0]), 8);
        assert_eq!(
            drawn
                .sources
                .iter()
                .map(|n| (n.total_minor, n.used_minor))
                .collect::<Vec<_>>(),
            [(65, 60), (40, 40)]
        );
        assert_eq!(
            drawn
                .targets
                .iter()
                .map(|n| (n.total_minor, n.used_minor))
                .collect::<Vec<_>>(),
            [(100, 100), (100, 0)]
        );
        assert_eq!(drawn.links.len(), 2);
    }

    #[test]
    fn large_flows_keep_their_sums() {
        let payments = vec![
            vec![(0, 10), (1, 20), (2, 30), (3, 40)],
            vec![(3, 7), (2, 1)],
            vec![(1, 2)],
        ];
        let drawn = flow(&report(payments, vec![1, 2, 3, 4]), 2);
        let sum = |nodes: &[FlowNode]| nodes.iter().map(|node| node.used_minor).sum::<u64>();
        assert_eq!((sum(&drawn.sources), sum(&drawn.targets)), (110, 110));
        assert_eq!(drawn.links.iter().map(|link| link.amount_minor).sum::<u64>(), 110);
        assert_eq!(
            drawn.sources[0].members,
            [3],
            "the one who pays most stands alone"
        );
        assert_eq!(drawn.sources[1].members, [0, 1, 2]);
        assert_eq!(drawn.targets[1].members, [1, 2]);
    }

    #[test]
    fn an_answer_that_does_not_fit_together_draws_what_it_can() {
        let mut odd = report(vec![vec![(9, 60)]], vec![5]);
        odd.cost_minor.clear();
        let drawn = flow(&odd, 8);
        assert!(drawn.links.is_empty());
        assert_eq!(drawn.targets[0].total_minor, 0);
    }
}
