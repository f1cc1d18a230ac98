//! What holds for several projects together: only so many of them, only so much money for all.

use super::{FundingError, Instance, Verdict};
use crate::domain::{ProjectGroup, ProjectId, Scenario};

/// Projects with a limit in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingGroup {
    projects: Vec<usize>,
    at_most: Option<u64>,
    ceiling_minor: Option<u64>,
}

impl FundingGroup {
    /// The projects at these positions, without a limit yet; checked by [`Instance::with_groups`].
    pub fn new(projects: impl IntoIterator<Item = usize>) -> Self {
        Self {
            projects: projects.into_iter().collect(),
            at_most: None,
            ceiling_minor: None,
        }
    }

    /// The same group of which at most `count` may be bought (0 counts as 1).
    #[must_use]
    pub fn at_most(mut self, count: u64) -> Self {
        self.at_most = Some(count.max(1));
        self
    }

    /// The same group into which at most `minor` may go.
    #[must_use]
    pub fn ceiling(mut self, minor: u64) -> Self {
        self.ceiling_minor = Some(minor);
        self
    }

    /// Positions of its projects, ascending, each once.
    pub fn projects(&self) -> &[usize] {
        &self.projects
    }

    /// How many may be bought; `None` = all.
    pub fn most(&self) -> Option<u64> {
        self.at_most
    }

    /// How much money may go into all together; `None` = no ceiling.
    pub fn ceiling_minor(&self) -> Option<u64> {
        self.ceiling_minor
    }
}

impl Instance {
    /// The same instance with groups of projects, which every rule keeps.
    ///
    /// # Errors
    /// [`FundingError::UnknownProject`] for a position that is no project.
    pub fn with_groups(mut self, mut groups: Vec<FundingGroup>) -> Result<Self, FundingError> {
        for (place, group) in groups.iter_mut().enumerate() {
            if let Some(&project) = group
                .projects
                .iter()
                .find(|&&project| project >= self.projects.len())
            {
                return Err(FundingError::UnknownProject {
                    participant: format!("groups[{place}]"),
                    project,
                });
            }
            crate::order::sort(&mut group.projects);
            group.projects.dedup();
        }
        self.groups = groups;
        Ok(self)
    }

    /// The groups, in order.
    pub fn groups(&self) -> &[FundingGroup] {
        &self.groups
    }
}

/// The groups of a scenario, at the positions of their projects.
pub(super) fn groups_of(scenario: &Scenario) -> Vec<FundingGroup> {
    let place = |id: &ProjectId| scenario.projects.iter().position(|project| &project.id == id);
    let group = |group: &ProjectGroup| {
        let mut limited = FundingGroup::new(group.projects.iter().filter_map(place));
        if let Some(count) = group.at_most {
            limited = limited.at_most(count.into());
        }
        match group.ceiling_minor {
            Some(minor) => limited.ceiling(minor),
            None => limited,
        }
    };
    scenario.groups.iter().map(group).collect()
}

/// The groups, and those each project belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    list: Vec<FundingGroup>,
    of: Vec<Vec<usize>>,
}

/// What was bought of a group so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    count: u64,
    minor: u64,
    first: usize,
}

impl Groups {
    pub(super) fn new(instance: &Instance) -> Self {
        let mut of = Vec::new();
        if !instance.groups.is_empty() {
            of.resize(instance.projects.len(), Vec::new());
        }
        for (place, group) in instance.groups.iter().enumerate() {
            for &project in &group.projects {
                if let Some(list) = of.get_mut(project) {
                    list.push(place);
                }
            }
        }
        Self {
            list: instance.groups.clone(),
            of,
        }
    }

    /// Nothing bought of any group.
    pub(super) fn none_taken(&self) -> impl Iterator<Item = Taken> {
        self.list.iter().map(|_| Taken::default())
    }

    pub(super) fn list(&self) -> &[FundingGroup] {
        &self.list
    }

    /// The groups a project belongs to, ascending.
    pub(super) fn of(&self, project: usize) -> &[usize] {
        self.of.get(project).map_or(&[], Vec::as_slice)
    }

    /// The most a project may still get by its groups (`u64::MAX` without a ceiling).
    ///
    /// # Errors
    /// The verdict, where a group is full or its ceiling leaves less than `least_minor`; of several the first group's.
    pub(super) fn room(&self, taken: &[Taken], project: usize, least_minor: u64) -> Result<u64, Verdict> {
        let mut room = u64::MAX;
        for &group in self.of(project) {
            let (Some(limit), Some(now)) = (self.list.get(group), taken.get(group)) else {
                continue;
            };
            if limit.at_most.is_some_and(|most| now.count >= most) {
                return Err(Verdict::Excluded { group, by: now.first });
            }
            let left = limit
                .ceiling_minor
                .map_or(u64::MAX, |ceiling| ceiling.saturating_sub(now.minor));
            if left < least_minor {
                return Err(Verdict::OverCeiling {
                    group,
                    short_minor: least_minor - left,
                });
            }
            room = room.min(left);
        }
        Ok(room)
    }

    /// Books that `project` was bought with `minor`.
    pub(super) fn take(&self, taken: &mut [Taken], project: usize, minor: u64) {
        for &group in self.of(project) {
            if let Some(now) = taken.get_mut(group) {
                if now.count == 0 {
                    now.first = project;
                }
                now.count += 1;
                now.minor = now.minor.saturating_add(minor);
            }
        }
    }
}
