//! A run of futures divided among several workers: what they say to each other, and both sides of it.
//!
//! The owner of a run gives out ranges of blocks and adds up what comes back, in order ([`Shares`]); it computes too. When
//! nothing is left to give out it computes what others still have rather than wait, so a run never hangs on anybody.

use super::futures::Question;
use super::host::Host;
use super::{JobError, Residents, later};
use crate::risk::{Partial, Shares, Simulation};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

/// The owner's number among those who compute; the others' are one more than theirs.
const OWNER: usize = 0;

/// Ranges a member has at a time: one to compute, one to go on with.
const RANGES_EACH: usize = 2;

/// What an owner tells a member.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Order {
    /// Prepare this request, whatever was before.
    Open { request: String },
    /// Compute these blocks.
    Compute(Range<u32>),
    /// The run is over: forget it.
    Close,
}

/// Every message begins with its kind and the number of the run.
fn message(kind: u8, run: u64, rest: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend(run.to_le_bytes());
    bytes.extend(rest);
    bytes
}

/// Kind, run, and the rest.
fn parts(bytes: &[u8]) -> Option<(u8, u64, &[u8])> {
    let (&kind, rest) = bytes.split_first()?;
    let (run, rest) = rest.split_first_chunk::<8>()?;
    Some((kind, u64::from_le_bytes(*run), rest))
}

impl Order {
    fn to_bytes(&self, run: u64) -> Vec<u8> {
        match self {
            Self::Open { request } => message(1, run, request.as_bytes()),
            Self::Compute(blocks) => {
                let [from, to] = [blocks.start, blocks.end].map(u32::to_le_bytes);
                message(2, run, &[from, to].concat())
            }
            Self::Close => message(3, run, &[]),
        }
    }

    fn read(bytes: &[u8]) -> Option<(u64, Self)> {
        let (kind, run, rest) = parts(bytes)?;
        let order = match kind {
            1 => Self::Open {
                request: std::str::from_utf8(rest).ok()?.to_owned(),
            },
            2 => {
                let (from, rest) = rest.split_first_chunk::<4>()?;
                let to = rest.first_chunk::<4>()?;
                Self::Compute(u32::from_le_bytes(*from)..u32::from_le_bytes(*to))
            }
            3 => Self::Close,
            _ => return None,
        };
        Some((run, order))
    }
}

/// A member's side: computes what it is told to, a little at a time.
#[derive(Debug, Default)]
pub struct Member {
    run: Option<(u64, Box<Simulation>)>,
    orders: VecDeque<Range<u32>>,
    aimed: bool,
}

impl Member {
    /// Takes a message of the owner; false if it asks for what cannot be done.
    pub fn receive(&mut self, bytes: &[u8]) -> bool {
        let Some((run, order)) = Order::read(bytes) else {
            return false;
        };
        match order {
            Order::Open { request } => {
                *self = Self::default();
                match prepared(&request) {
                    Ok(simulation) => self.run = Some((run, Box::new(simulation))),
                    Err(_) => return false,
                }
            }
            Order::Compute(blocks) => {
                if self.run.as_ref().is_some_and(|(open, _)| *open == run) {
                    self.orders.push_back(blocks);
                }
            }
            Order::Close => {
                if self.run.as_ref().is_some_and(|(open, _)| *open == run) {
                    *self = Self::default();
                }
            }
        }
        true
    }

    /// Does about `work` nanoseconds of work; what there is to send to the owner then.
    pub fn step(&mut self, work: u64) -> Option<Vec<u8>> {
        let (run, simulation) = self.run.as_mut()?;
        let blocks = self.orders.front()?;
        if !std::mem::replace(&mut self.aimed, true) {
            simulation.aim(blocks);
        }
        if simulation.step_for(work) {
            return None;
        }
        self.aimed = false;
        self.orders.pop_front();
        let partial = simulation.take_partial()?;
        Some(message(0, *run, &partial.into_bytes()))
    }

    /// Whether there is nothing to do.
    pub fn is_idle(&self) -> bool {
        self.orders.is_empty()
    }
}

fn prepared(request: &str) -> Result<Simulation, JobError> {
    let request = later::read_request(request).map_err(|error| JobError::BadRequest {
        detail: error.to_string(),
    })?;
    Ok(Question::of(request, &mut Residents::default())?.simulation()?)
}

/// The owner's side of a run that others compute along.
#[derive(Debug)]
pub(super) struct SharedRun {
    host: Rc<dyn Host>,
    run: u64,
    /// The request, for members that come later.
    request: String,
    shares: Shares,
    /// Adds up; is not stepped.
    sum: Simulation,
    /// Computes, and what it is at.
    own: Simulation,
    at: Option<Range<u32>>,
    members: Vec<usize>,
    lost: u32,
}

impl SharedRun {
    /// Divides a fresh `simulation` of the question among those whom `host` has; gives it back where there is nobody.
    pub(super) fn start(
        host: Rc<dyn Host>,
        run: u64,
        question: &Question,
        simulation: Box<Simulation>,
    ) -> Result<Box<Self>, Box<Simulation>> {
        let members = host.hire();
        if members.is_empty() {
            return Err(simulation);
        }
        let mut shared = Box::new(Self {
            host,
            run,
            request: later::write_request(&question.request()),
            shares: simulation.shares(),
            own: Simulation::clone(&simulation),
            sum: *simulation,
            at: None,
            members: Vec::new(),
            lost: 0,
        });
        shared.welcome(&members);
        Ok(shared)
    }

    /// Opens the run with those who are new.
    fn welcome(&mut self, present: &[usize]) {
        let new = present.iter().filter(|member| !self.members.contains(member));
        let new: Vec<usize> = new.copied().collect();
        self.members.extend(&new);
        let open = Order::Open {
            request: self.request.clone(),
        };
        for member in new {
            self.host.post(member, open.to_bytes(self.run));
            self.occupy(member);
        }
    }

    /// Gives a member as many ranges as it should have.
    fn occupy(&mut self, member: usize) {
        let hands = self.members.len() + 1;
        while self.shares.held_by(member + 1) < RANGES_EACH {
            let Some(blocks) = self.shares.give(member + 1, hands) else {
                return;
            };
            self.host.post(member, Order::Compute(blocks).to_bytes(self.run));
        }
    }

    /// Hears the others, computes a little, adds up what is due; true once everything is added up.
    pub(super) fn step(&mut self, work: u64) -> Result<bool, JobError> {
        while let Some((member, heard)) = self.host.hear() {
            self.heard(member, heard);
        }
        self.compute(work);
        while let Some(partial) = self.shares.next_due() {
            self.sum.absorb(&partial).map_err(|error| JobError::BadRequest {
                detail: error.to_string(),
            })?;
        }
        Ok(self.shares.is_complete())
    }

    fn heard(&mut self, member: usize, heard: Option<Vec<u8>>) {
        if !self.members.contains(&member) {
            return;
        }
        let Some(bytes) = heard else {
            self.members.retain(|other| *other != member);
            self.shares.lose(member + 1);
            self.lost += 1;
            let present = self.host.hire();
            return self.welcome(&present);
        };
        // What is said of a run before is no longer wanted.
        if let Some((0, run, rest)) = parts(&bytes)
            && run == self.run
            && let Ok(partial) = Partial::from_bytes(rest.to_vec())
        {
            self.shares.bring(partial);
            self.occupy(member);
        }
    }

    fn compute(&mut self, work: u64) {
        if self.at.as_ref().is_some_and(|at| !self.shares.wants(at)) {
            self.at = None;
        }
        if self.at.is_none() {
            let hands = self.members.len() + 1;
            self.at = self
                .shares
                .give(OWNER, hands)
                .or_else(|| self.shares.again(OWNER));
            if let Some(blocks) = &self.at {
                self.own.aim(blocks);
            }
        }
        if self.at.is_some() && !self.own.step_for(work) {
            self.at = None;
            if let Some(partial) = self.own.take_partial() {
                self.shares.bring(partial);
            }
        }
    }

    /// What the first futures say, as far as they are added up.
    pub(super) fn sum(&self) -> &Simulation {
        &self.sum
    }

    /// Futures that are back, in whatever order.
    pub(super) fn done(&self) -> u32 {
        self.shares
            .done()
            .saturating_mul(1024)
            .min(self.sum.trials_total())
    }

    /// How many compute.
    pub(super) fn workers(&self) -> u32 {
        u32::try_from(self.members.len() + 1).unwrap_or(u32::MAX)
    }

    /// How many stopped on the way.
    pub(super) fn lost(&self) -> u32 {
        self.lost
    }
}

impl Drop for SharedRun {
    fn drop(&mut self) {
        for &member in &self.members {
            self.host.post(member, Order::Close.to_bytes(self.run));
        }
        self.host.rest();
    }
}
