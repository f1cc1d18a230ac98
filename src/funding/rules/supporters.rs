//! Who supports what, for the rules that ask only that: groups of people with one and the same set of projects.

use super::Agenda;
use crate::funding::{Instance, Verdict};
use std::collections::BTreeMap;

/// People beyond so many together are cut, so that sums of people times money stay exact.
const MOST_PEOPLE: u64 = 1 << 52;

/// The voices of an instance that support something, equal ones together.
#[derive(Clone, Debug, Default)]
pub(super) struct Supporters {
    /// People of each group.
    pub people: Vec<u64>,
    /// The projects of each group, ascending.
    pub projects: Vec<Vec<u32>>,
    /// The groups of each project, ascending.
    pub groups: Vec<Vec<u32>>,
    /// People who support each project.
    pub behind: Vec<u64>,
}

impl Supporters {
    pub(super) fn new(instance: &Instance) -> Self {
        let mut by_set: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
        let mut room = MOST_PEOPLE;
        for voice in instance.voices() {
            let people = voice.voters.min(room);
            let set: Vec<u32> = voice
                .points
                .iter()
                .filter_map(|&(project, _)| u32::try_from(project).ok())
                .collect();
            if people > 0 && !set.is_empty() {
                room -= people;
                *by_set.entry(set).or_default() += people;
            }
        }
        let count = instance.projects().len();
        let mut supporters = Self {
            groups: vec![Vec::new(); count],
            behind: vec![0; count],
            ..Self::default()
        };
        for ((set, people), group) in by_set.into_iter().zip(0_u32..) {
            for &project in &set {
                if let (Some(groups), Some(behind)) = (
                    supporters.groups.get_mut(project as usize),
                    supporters.behind.get_mut(project as usize),
                ) {
                    groups.push(group);
                    *behind += people;
                }
            }
            supporters.people.push(people);
            supporters.projects.push(set);
        }
        supporters
    }

    pub(super) fn behind(&self, project: usize) -> u64 {
        self.behind.get(project).copied().unwrap_or(0)
    }

    pub(super) fn groups(&self, project: usize) -> &[u32] {
        self.groups.get(project).map_or(&[], Vec::as_slice)
    }

    pub(super) fn projects(&self, group: u32) -> &[u32] {
        self.projects.get(group as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn people(&self, group: u32) -> u64 {
        self.people.get(group as usize).copied().unwrap_or(0)
    }
}

/// The projects that `weight` gives anything to, in file order; the others are out, with the reason.
pub(super) fn agenda_of(instance: &Instance, weight: impl Fn(usize) -> u64) -> Agenda {
    let mut agenda = Agenda::default();
    for (project, index) in instance.projects().iter().zip(0_u32..) {
        let position = index as usize;
        if project.is_withdrawn() {
            agenda.excluded.push((position, Verdict::Withdrawn));
        } else if weight(position) == 0 {
            agenda.excluded.push((position, Verdict::NoSupport));
        } else {
            agenda.candidates.push(index);
        }
    }
    agenda
}
