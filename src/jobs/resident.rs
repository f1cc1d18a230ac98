//! Scenarios kept between requests, so that a large one is sent once and then cited.

use super::host::{FindHost, Host};
use super::{JobError, ScenarioRef};
use crate::domain::{Scenario, ScenarioProblem};
use crate::matching::{Directory, MatchError};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// How many scenarios are kept: the one on screen, the one before an edit, and two to compare with.
pub const MAX_RESIDENTS: usize = 4;

/// A scenario whose organisations are sound, with what is prepared once and used by many searches.
#[derive(Debug)]
pub(super) struct Study {
    pub scenario: Scenario,
    /// What else contradicts itself in it, once somebody has asked.
    problems: OnceLock<Vec<ScenarioProblem>>,
    directory: OnceLock<Result<Directory, MatchError>>,
}

impl Study {
    /// # Errors
    /// [`JobError::UnsoundScenario`].
    fn new(scenario: Scenario) -> Result<Arc<Self>, JobError> {
        let problems = scenario.problems_of_organisations();
        if !problems.is_empty() {
            return Err(JobError::UnsoundScenario { problems });
        }
        Ok(Arc::new(Self {
            scenario,
            problems: OnceLock::new(),
            directory: OnceLock::new(),
        }))
    }

    /// The index for partner search, built at the first search.
    pub fn directory(&self) -> Result<&Directory, MatchError> {
        self.directory
            .get_or_init(|| Directory::new(&self.scenario))
            .as_ref()
            .map_err(Clone::clone)
    }
}

/// The scenarios a runner keeps, at most [`MAX_RESIDENTS`]; the least recently cited goes first.
#[derive(Debug, Default)]
pub struct Residents {
    /// Most recently used last.
    kept: Vec<(String, Arc<Study>)>,
    /// Where the runner runs, if it can tell.
    pub(super) find_host: Option<FindHost>,
}

impl Residents {
    /// Where the runner runs, if it can tell.
    pub(super) fn host(&self) -> Option<Rc<dyn Host>> {
        self.find_host.map(|find| find())
    }

    /// Keeps a scenario and returns its hash.
    ///
    /// # Errors
    /// [`JobError::UnsoundScenario`].
    pub(super) fn load(&mut self, scenario: Scenario) -> Result<String, JobError> {
        let hash = scenario_hash(&scenario);
        if self.cite(&hash).is_none() {
            let study = Study::new(scenario)?;
            self.kept.push((hash.clone(), study));
            if self.kept.len() > MAX_RESIDENTS {
                self.kept.remove(0);
            }
        }
        Ok(hash)
    }

    /// The scenario a request speaks of, sound in what it says of organisations.
    ///
    /// # Errors
    /// [`JobError::NotResident`], [`JobError::UnsoundScenario`].
    pub(super) fn resolve(&mut self, scenario: ScenarioRef) -> Result<Arc<Study>, JobError> {
        match scenario {
            ScenarioRef::Inline(scenario) => Study::new(*scenario),
            ScenarioRef::Resident(hash) => self.cite(&hash).ok_or(JobError::NotResident { hash }),
        }
    }

    /// The same, sound in every part: for everything but the search for partners, which looks at organisations alone. (To
    /// look at the rest is the later half's work on the page, where a first visit has no room for it.)
    ///
    /// # Errors
    /// As [`Residents::resolve`].
    pub(super) fn resolve_whole(&mut self, scenario: ScenarioRef) -> Result<Arc<Study>, JobError> {
        let study = self.resolve(scenario)?;
        let problems = study.problems.get_or_init(|| study.scenario.problems());
        if problems.is_empty() {
            Ok(study)
        } else {
            let problems = problems.clone();
            Err(JobError::UnsoundScenario { problems })
        }
    }

    fn cite(&mut self, hash: &str) -> Option<Arc<Study>> {
        let position = self.kept.iter().position(|(kept, _)| kept == hash)?;
        let cited = self.kept.remove(position);
        let study = Arc::clone(&cited.1);
        self.kept.push(cited);
        Some(study)
    }
}

/// The name under which a scenario is kept: equal for equal scenarios, on every platform and in every build.
///
/// FNV-1a over the scenario's compact JSON (fields in the documented order), 64 bits in hexadecimal, then the
/// length of that JSON. No secret and no defence against forgery: a person's own scenarios are told apart.
///
/// Cost: O(size).
///
/// Source: Fowler, Noll, Vo, *The FNV Non-Cryptographic Hash Algorithm* (RFC 9923).
pub fn scenario_hash(scenario: &Scenario) -> String {
    let mut hash = Fnv1a::default();
    // By way of text: another writer would be another copy of all serialising code in the page's module. A scenario
    // has nothing JSON cannot say.
    hash.add(serde_json::to_string(scenario).unwrap_or_default().as_bytes());
    format!("{:016x}-{:x}", hash.state, hash.length)
}

struct Fnv1a {
    state: u64,
    length: u64,
}

impl Default for Fnv1a {
    fn default() -> Self {
        Self {
            state: 0xcbf2_9ce4_8422_2325,
            length: 0,
        }
    }
}

impl Fnv1a {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.state = (self.state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.length += bytes.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv_1a_of_the_published_vectors() {
        for (text, state) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            let mut hash = Fnv1a::default();
            hash.add(text.as_bytes());
            assert_eq!(hash.state, state, "{text}");
        }
    }

    #[test]
    fn what_is_unsound_about_projects_stops_everything_but_the_search_for_partners() {
        let mut scenario = crate::cases::CaseStudy::by_row("E6").unwrap().load().unwrap();
        let sound = Box::new(scenario.clone());
        let mut residents = Residents::default();
        assert!(residents.resolve_whole(ScenarioRef::Inline(sound)).is_ok());
        scenario.projects[0].minimum_minor = Some(u64::MAX);
        let hash = residents.load(scenario.clone()).unwrap();
        assert!(residents.resolve(ScenarioRef::Resident(hash.clone())).is_ok());
        let problems = scenario.problems();
        assert!(!problems.is_empty());
        let refused = residents.resolve_whole(ScenarioRef::Resident(hash)).unwrap_err();
        assert_eq!(refused, JobError::UnsoundScenario { problems });
        scenario.organisations[1].id = scenario.organisations[0].id.clone();
        assert!(matches!(
            residents.load(scenario),
            Err(JobError::UnsoundScenario { .. })
        ));
    }

    #[test]
    fn equal_scenarios_have_one_name_and_few_are_kept() {
        let titled = |title: &str| Scenario {
            title: title.into(),
            ..Scenario::default()
        };
        assert_eq!(scenario_hash(&titled("a")), scenario_hash(&titled("a")));
        assert_ne!(scenario_hash(&titled("a")), scenario_hash(&titled("b")));
        let mut residents = Residents::default();
        let first = residents.load(titled("0")).unwrap();
        for number in 1..MAX_RESIDENTS {
            residents.load(titled(&number.to_string())).unwrap();
        }
        assert!(residents.resolve(ScenarioRef::Resident(first.clone())).is_ok());
        residents.load(titled("one too many")).unwrap();
        assert!(
            residents.resolve(ScenarioRef::Resident(first)).is_ok(),
            "just cited, so kept"
        );
        let second = scenario_hash(&titled("1"));
        let gone = residents
            .resolve(ScenarioRef::Resident(second.clone()))
            .unwrap_err();
        assert_eq!(gone, JobError::NotResident { hash: second });
        assert_eq!(residents.kept.len(), MAX_RESIDENTS);
    }
}
