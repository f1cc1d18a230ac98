//! What went wrong, in words for the person at the terminal.

use std::fmt;

/// A step could not be done; the text says which and what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

/// What every step yields.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure described by `text`, a sentence without its full stop.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

/// Adds to an error what was being done.
pub trait Doing<T> {
    /// Turns an error into "`what`: `error`".
    ///
    /// # Errors
    /// The same error, described.
    fn doing(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what}: {error}")))
    }
}
