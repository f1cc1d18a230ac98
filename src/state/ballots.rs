//! Members' ballots as they are entered: ticks, points, hands raised; and what they add up to.

use super::Edit;
use crate::domain::{Ballot, Language, ProjectId, Scenario, Text};

/// What a project got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProjectVotes {
    /// People who support it.
    pub voters: u64,
    /// Points they give it; 1 for an approval.
    pub points: u64,
}

/// What each project got, in the scenario's order.
pub fn votes(scenario: &Scenario) -> Vec<ProjectVotes> {
    let mut votes = vec![ProjectVotes::default(); scenario.projects.len()];
    let place: std::collections::BTreeMap<&ProjectId, usize> = scenario
        .projects
        .iter()
        .enumerate()
        .map(|(place, project)| (&project.id, place))
        .collect();
    for ballot in &scenario.ballots {
        let voters = u64::from(ballot.voters);
        for (index, project) in ballot.approves.iter().enumerate() {
            if let Some(sum) = place.get(project).and_then(|&place| votes.get_mut(place)) {
                let points = ballot.points.get(index).copied().unwrap_or(1);
                sum.voters = sum.voters.saturating_add(voters);
                sum.points = sum
                    .points
                    .saturating_add(voters.saturating_mul(u64::from(points)));
            }
        }
    }
    votes
}

/// How many people cast a ballot.
pub fn voters(scenario: &Scenario) -> u64 {
    scenario
        .ballots
        .iter()
        .map(|ballot| u64::from(ballot.voters))
        .sum()
}

/// Whether some ballot gives points.
pub fn gives_points(scenario: &Scenario) -> bool {
    scenario.ballots.iter().any(|ballot| !ballot.points.is_empty())
}

/// The points a ballot gives a project: 0 if it does not name it, 1 for an approval.
pub fn points_of(ballot: &Ballot, project: &ProjectId) -> u32 {
    let place = ballot.approves.iter().position(|approved| approved == project);
    place.map_or(0, |place| ballot.points.get(place).copied().unwrap_or(1))
}

/// The ballot with a project ticked, or no longer.
#[must_use]
pub fn ticked(mut ballot: Ballot, project: &ProjectId, approves: bool) -> Ballot {
    match (points_of(&ballot, project), approves) {
        (0, true) => with_points(ballot, project, 1),
        (1.., false) => {
            remove(&mut ballot, project);
            ballot
        }
        _ => ballot,
    }
}

/// The ballot with other points for a project; 0 takes it off. Approvals beside points count as the 1 they are. A ballot
/// that gives 1 to everything it names is one of ticks.
#[must_use]
pub fn with_points(mut ballot: Ballot, project: &ProjectId, points: u32) -> Ballot {
    if points == 0 {
        remove(&mut ballot, project);
        return ballot;
    }
    if ballot.points.is_empty() && points != 1 {
        ballot.points = vec![1; ballot.approves.len()];
    }
    match ballot.approves.iter().position(|approved| approved == project) {
        Some(place) => {
            if let Some(known) = ballot.points.get_mut(place) {
                *known = points;
            }
        }
        None => {
            let with_points = !ballot.points.is_empty() || points != 1;
            ballot.approves.push(project.clone());
            if with_points {
                ballot.points.push(points);
            }
        }
    }
    ballot
}

fn remove(ballot: &mut Ballot, project: &ProjectId) {
    if let Some(place) = ballot.approves.iter().position(|approved| approved == project) {
        ballot.approves.remove(place);
        if place < ballot.points.len() {
            ballot.points.remove(place);
        }
    }
}

/// The same ballots with ticks only.
pub fn as_ticks(ballots: &[Ballot]) -> Vec<Ballot> {
    let plain = |ballot: &Ballot| Ballot {
        points: Vec::new(),
        ..ballot.clone()
    };
    ballots.iter().map(plain).collect()
}

/// What ballots of hands raised are called.
pub fn hands_name() -> Text {
    Text::Both {
        id: "Acungan tangan".to_owned(),
        en: "Show of hands".to_owned(),
    }
}

/// Whether a ballot stands for hands raised for one project.
pub fn is_hands(ballot: &Ballot) -> bool {
    let name = hands_name();
    let named = |language| ballot.name.get(language) == name.get(language);
    ballot.approves.len() == 1 && ballot.points.is_empty() && Language::ALL.into_iter().all(named)
}

/// Hands raised for a project.
pub fn hands(scenario: &Scenario, project: &ProjectId) -> u64 {
    let raised = scenario
        .ballots
        .iter()
        .filter(|ballot| is_hands(ballot) && ballot.approves.contains(project));
    raised.map(|ballot| u64::from(ballot.voters)).sum()
}

/// The edit that says so many hands were raised for a project: one ballot a project, none where no hand was raised.
/// `None` if nothing changes. Typing a number digit by digit is one step of undo.
pub fn raise(scenario: &Scenario, project: &ProjectId, raised: u32) -> Option<Edit> {
    let of_project = |ballot: &Ballot| is_hands(ballot) && ballot.approves.contains(project);
    let place = scenario.ballots.iter().position(of_project);
    match (place, raised) {
        (None, 0) => None,
        (Some(place), 0) => Some(Edit::RemoveBallot(place)),
        (place, voters) => {
            let ballot = Ballot {
                name: hands_name(),
                voters,
                approves: vec![project.clone()],
                points: Vec::new(),
            };
            let place = place.unwrap_or(scenario.ballots.len());
            Some(Edit::PutBallot(place, Box::new(ballot)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ProjectId {
        ProjectId::new(text).unwrap()
    }

    fn ballot() -> Ballot {
        Ballot {
            name: "Dusun Karang".into(),
            voters: 4,
            approves: vec![id("a"), id("b")],
            points: Vec::new(),
        }
    }

    #[test]
    fn ticks_and_points_keep_each_other_in_step() {
        let both = with_points(ballot(), &id("b"), 5);
        assert_eq!((both.points.clone(), points_of(&both, &id("a"))), (vec![1, 5], 1));
        let more = with_points(both, &id("c"), 2);
        assert_eq!((more.approves.len(), more.points.clone()), (3, vec![1, 5, 2]));
        let less = ticked(more, &id("a"), false);
        assert_eq!(less.points, [5, 2]);
        let again = ticked(less, &id("a"), true);
        assert_eq!(points_of(&again, &id("a")), 1);
        assert_eq!(
            ticked(again.clone(), &id("b"), true),
            again,
            "ticked already: its points stay"
        );
        assert_eq!(with_points(again, &id("b"), 0).points, [2, 1]);
        // Ticks alone stay ticks.
        assert_eq!(ticked(ballot(), &id("c"), true).points, Vec::<u32>::new());
        assert_eq!(with_points(ballot(), &id("c"), 1).points, Vec::<u32>::new());
    }

    #[test]
    fn hands_are_ballots_of_one_project_each() {
        let mut scenario = crate::interchange::pb::read_scenario(
            b"META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost\na;5\nb;4\nVOTES\nvoter_id;vote\n1;a,b\n",
        )
        .unwrap()
        .scenario;
        let raised = |scenario: &mut Scenario, project: &str, hands: u32| {
            if let Some(edit) = raise(scenario, &id(project), hands) {
                edit.apply(scenario);
            }
        };
        raised(&mut scenario, "b", 3);
        raised(&mut scenario, "b", 31);
        raised(&mut scenario, "a", 0);
        assert_eq!(
            (
                scenario.ballots.len(),
                hands(&scenario, &id("b")),
                voters(&scenario)
            ),
            (2, 31, 32)
        );
        let got: Vec<u64> = votes(&scenario).iter().map(|votes| votes.voters).collect();
        assert_eq!(got, [1, 32]);
        assert_eq!(scenario.problems(), []);
        raised(&mut scenario, "b", 0);
        assert_eq!(scenario.ballots.len(), 1);
    }
}
