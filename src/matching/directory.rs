//! The organisations of a scenario, read once and laid out for searching.

use super::columns::Columns;
use super::ragged::Ragged;
use super::{MatchError, Place, ProgrammeRow, QuantityRow};
use crate::domain::{GoalId, KindId, OrgId, Organisation, RegionCode, Scenario, WorkingStyle};
use std::collections::BTreeMap;

/// The most organisations × kinds in use a [`Directory`] holds: 2²⁴, about 200 MB (100 000 organisations × 167
/// kinds). Beyond it a worker in a browser tab would run out of memory rather than answer.
pub const MAX_CELLS: usize = 1 << 24;

/// Every organisation of a scenario, indexed for partner search.
///
/// Build it once for a resident scenario and ask it as often as wanted; it owns what it needs, so the scenario may
/// go. Rows are organisations in file order. Texts are interned to numbers; quantities stay exact integers
/// for the score that is shown, and are kept a second time as flat `f32` columns, kind by kind, for the first pass
/// of [`Directory::search`].
///
/// Cost: O(entries · log entries) to build, about 12 bytes per organisation and kind, plus what was entered.
#[derive(Clone, Debug)]
pub struct Directory {
    pub(super) ids: Vec<OrgId>,
    index: BTreeMap<OrgId, usize>,
    /// In the documented order: built-in kinds, then the user's. Only those somebody offers or needs.
    pub(super) kinds: Vec<KindId>,
    pub(super) rival: Vec<bool>,
    pub(super) goal_names: Vec<GoalId>,
    pub(super) donor_names: Vec<String>,
    pub(super) region_codes: Vec<RegionCode>,
    /// By kind, at most one a kind, without needs of 0.
    pub(super) needs: Ragged<QuantityRow>,
    /// By kind, at most one a kind, without offers of 0.
    pub(super) offers: Ragged<QuantityRow>,
    /// Ascending, each once.
    pub(super) goals: Ragged<usize>,
    /// Ascending, each once.
    pub(super) donors: Ragged<usize>,
    pub(super) programmes: Ragged<ProgrammeRow>,
    pub(super) places: Vec<Option<Place>>,
    pub(super) styles: Vec<WorkingStyle>,
    /// (other, level), ascending by other.
    pub(super) trust: Ragged<(usize, f64)>,
    /// Ascending.
    pub(super) conflicts: Ragged<usize>,
    pub(super) columns: Columns,
}

impl Directory {
    /// The directory of `scenario`'s organisations.
    ///
    /// A scenario with [`problems`](Scenario::problems) is not meant to be computed on; if it is, the first of two
    /// entries of the same kind or id counts, and pairs naming nobody are passed over.
    ///
    /// # Errors
    /// [`MatchError::DirectoryTooLarge`] above [`MAX_CELLS`].
    pub fn new(scenario: &Scenario) -> Result<Self, MatchError> {
        let organisations = &scenario.organisations;
        let count = organisations.len();
        let (kinds, rival) = kinds_in_use(scenario);
        if count.saturating_mul(kinds.len()) > MAX_CELLS {
            return Err(MatchError::DirectoryTooLarge {
                organisations: count,
                kinds: kinds.len(),
            });
        }
        let kind_index: BTreeMap<&KindId, usize> = kinds.iter().zip(0..).collect();
        let mut index = BTreeMap::new();
        for (row, organisation) in organisations.iter().enumerate() {
            index.entry(organisation.id.clone()).or_insert(row);
        }
        let mut goal_names = Names::default();
        let mut donor_names = Names::default();
        let mut region_codes = Names::default();
        let mut place_names = Names::default();
        let mut needs = Ragged::new();
        let mut offers = Ragged::new();
        let mut goals = Ragged::new();
        let mut donors = Ragged::new();
        let mut programmes = Ragged::new();
        for organisation in organisations {
            needs.push(need_rows(organisation, &kind_index));
            offers.push(offer_rows(organisation, &kind_index));
            goals.push(set(organisation.goals.iter().map(|goal| goal_names.number(goal))));
            // "By id or name": the same donor typed twice differs in capitals and spaces at most.
            let donor = |name: &String| name.trim().to_lowercase();
            donors.push(set(organisation
                .donors_sought
                .iter()
                .map(|name| donor_names.number(&donor(name)))));
            programmes.push(organisation.programmes.iter().map(|programme| {
                ProgrammeRow {
                    theme: goal_names.number(&programme.theme),
                    region: programme
                        .region
                        .as_ref()
                        .map(|region| region_codes.number(region)),
                }
            }));
        }
        let places: Vec<Option<Place>> = organisations
            .iter()
            .map(|organisation| organisation.region.as_ref())
            .map(|region| region.map(|region| place(region, &mut place_names)))
            .collect();
        let styles: Vec<WorkingStyle> = organisations
            .iter()
            .map(|org| org.working_style.clone())
            .collect();
        let columns = Columns::new(kinds.len(), &needs, &offers, &goals, &places, &styles);
        let trust = trust_rows(scenario, &index);
        let conflicts = conflict_rows(scenario, &index);
        Ok(Self {
            ids: organisations
                .iter()
                .map(|organisation| organisation.id.clone())
                .collect(),
            index,
            kinds,
            rival,
            goal_names: goal_names.list,
            donor_names: donor_names.list,
            region_codes: region_codes.list,
            needs,
            offers,
            goals,
            donors,
            programmes,
            places,
            styles,
            trust,
            conflicts,
            columns,
        })
    }

    /// How many organisations.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The row of an organisation.
    pub(super) fn row_of(&self, id: &OrgId) -> Option<usize> {
        self.index.get(id).copied()
    }
}

/// Values numbered in order of appearance.
struct Names<T> {
    numbers: BTreeMap<T, usize>,
    list: Vec<T>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            numbers: BTreeMap::new(),
            list: Vec::new(),
        }
    }
}

impl<T: Clone + Ord> Names<T> {
    fn number(&mut self, name: &T) -> usize {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        self.list.push(name.clone());
        self.numbers.insert(name.clone(), self.list.len() - 1);
        self.list.len() - 1
    }
}

/// The kinds somebody offers or needs, in documented order (undeclared ones last, by id), and which are rival
/// (undeclared ones count as rival: the cautious reading).
fn kinds_in_use(scenario: &Scenario) -> (Vec<KindId>, Vec<bool>) {
    let mut open: BTreeMap<&KindId, bool> = BTreeMap::new();
    for organisation in &scenario.organisations {
        open.extend(organisation.offers.iter().map(|offer| (&offer.kind, true)));
        open.extend(organisation.needs.iter().map(|need| (&need.kind, true)));
    }
    let mut used: Vec<(KindId, bool)> = Vec::new();
    for kind in scenario.all_kinds() {
        if open.remove(&kind.id).is_some() {
            used.push((kind.id, kind.rival));
        }
    }
    used.extend(open.into_iter().map(|(kind, rival)| (kind.clone(), rival)));
    used.into_iter().unzip()
}

fn need_rows(organisation: &Organisation, kinds: &BTreeMap<&KindId, usize>) -> Vec<QuantityRow> {
    by_kind(organisation.needs.iter().filter_map(|need| {
        Some(QuantityRow {
            kind: *kinds.get(&need.kind)?,
            quantity: need.quantity,
            weight: need.priority.level(),
        })
    }))
}

fn offer_rows(organisation: &Organisation, kinds: &BTreeMap<&KindId, usize>) -> Vec<QuantityRow> {
    by_kind(organisation.offers.iter().filter_map(|offer| {
        Some(QuantityRow {
            kind: *kinds.get(&offer.kind)?,
            quantity: offer.quantity,
            weight: 0,
        })
    }))
}

/// Sorted by kind; the first of a kind counts; a stated 0 is no entry.
fn by_kind(rows: impl Iterator<Item = QuantityRow>) -> Vec<QuantityRow> {
    let mut rows: Vec<QuantityRow> = rows.collect();
    crate::order::sort_by_key(&mut rows, |row| row.kind);
    rows.dedup_by_key(|row| row.kind);
    rows.retain(|row| row.quantity != Some(0));
    rows
}

fn set(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Province and, where the code goes that deep, regency: `34` and `34.02` of `34.02.05`.
fn place(region: &RegionCode, names: &mut Names<String>) -> Place {
    let mut levels = region.as_str().splitn(3, '.');
    let province = levels.next().unwrap_or_default().to_owned();
    let regency = levels.next().map(|regency| format!("{province}.{regency}"));
    Place {
        province: names.number(&province),
        regency: regency.map(|regency| names.number(&regency)),
    }
}

fn trust_rows(scenario: &Scenario, index: &BTreeMap<OrgId, usize>) -> Ragged<(usize, f64)> {
    let mut levels: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for record in &scenario.trust {
        let (a, b) = &record.between;
        let (Some(&a), Some(&b)) = (index.get(a), index.get(b)) else {
            continue;
        };
        for pair in [(a, b), (b, a)] {
            // Two records of one pair contradict each other: the more careful one counts, in any file order.
            let level = levels.entry(pair).or_insert(1.0);
            *level = level.min(record.level.get());
        }
    }
    Ragged::grouped(
        scenario.organisations.len(),
        levels
            .into_iter()
            .map(|((row, other), level)| (row, (other, level)))
            .collect(),
    )
}

fn conflict_rows(scenario: &Scenario, index: &BTreeMap<OrgId, usize>) -> Ragged<usize> {
    let mut pairs = Vec::new();
    for conflict in &scenario.conflicts {
        let (a, b) = &conflict.between;
        if let (Some(&a), Some(&b)) = (index.get(a), index.get(b)) {
            pairs.extend([(a, b), (b, a)]);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    Ragged::grouped(scenario.organisations.len(), pairs)
}
