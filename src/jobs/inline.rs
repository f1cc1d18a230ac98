//! The simplest runner: here and now.

use super::{JobError, Request, Residents, Response, Step, StepSize, start};

/// The answer to a request, computed on the spot. The other runners give the same, byte for byte.
///
/// # Errors
/// Whatever the request fails with.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::jobs::{Request, Response, ScenarioRef, inline};
/// // Who fits the village school of the Yogyakarta study?
/// let scenario = CaseStudy::by_row("E2").expect("bundled").load().expect("sound");
/// let seeker = scenario.organisations[0].id.clone();
/// let request = Request::Match {
///     scenario: ScenarioRef::Inline(Box::new(scenario)),
///     seeker,
///     mode: Default::default(),
///     top: 5,
///     weights: None,
/// };
/// let Response::Partners(list) = inline::run(request)? else { unreachable!() };
/// assert!(!list.partners.is_empty());
/// # Ok::<(), gotong::jobs::JobError>(())
/// ```
pub fn run(request: Request) -> Result<Response, JobError> {
    run_in(request, &mut Residents::default())
}

/// The same among scenarios kept from earlier requests.
///
/// # Errors
/// Whatever the request fails with.
pub fn run_in(request: Request, residents: &mut Residents) -> Result<Response, JobError> {
    let mut task = start(request, residents, StepSize::default())?;
    loop {
        match task.step() {
            Step::More { .. } => {}
            Step::Done(response) => return Ok(response),
            Step::Failed(error) => return Err(error),
        }
    }
}
