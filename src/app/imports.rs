//! Files from the person's device: read, sent to the worker, shown for review. The work on screen stays as it is
//! until she takes the file over.

use super::context::App;
use crate::browser::files::{self, File, FileError};
use crate::interchange::{Imported, MAX_FILE_BYTES, NumberConvention};
use crate::jobs::{Event, JobError, Request, Response};
use crate::state::{Action, ImportReview, Importing, Tone};
use crate::text::{Message, say};
use std::rc::Rc;
use yew::Callback;

const BYTES_IN_MB: u64 = 1024 * 1024;

impl App {
    /// Reads a file and shows what is in it, or says why that cannot be.
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    pub fn import(&self, file: &File) {
        let app = self.clone();
        files::read(file, MAX_FILE_BYTES as f64, move |read| match read {
            Ok(file) => app.with_later(move |app| app.read_file(file.name, Rc::new(file.bytes), None)),
            Err(error) => app.dispatch(Action::Notify(Tone::Bad, file_error(&error))),
        });
    }

    /// Reads a file without showing it: what is in it, or why it cannot be read, is told to `on_done`.
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    pub fn read(&self, file: &File, on_done: Callback<Result<Rc<Imported>, Message>>) {
        let app = self.clone();
        files::read(file, MAX_FILE_BYTES as f64, move |read| {
            let file = match read {
                Ok(file) => file,
                Err(error) => return on_done.emit(Err(file_error(&error))),
            };
            let name = file.name.clone();
            let request = Request::Import {
                name: file.name,
                bytes: file.bytes,
                numbers: None,
            };
            let on_event = Callback::from(move |event| match event {
                Event::Done {
                    response: Response::Imported(imported),
                    ..
                } => on_done.emit(Ok(Rc::new(*imported))),
                Event::Failed { error, .. } => {
                    on_done.emit(Err(say::import_failed(name.as_str(), job_problem(&error))));
                }
                _ => {}
            });
            app.engine.submit(request, on_event);
        });
    }

    /// Reads the file being reviewed once more, now that the person said how its numbers are written.
    pub fn import_again(&self, numbers: NumberConvention) {
        if let Some(review) = &self.state().review {
            self.read_file(review.file.clone(), Rc::clone(&review.bytes), Some(numbers));
        }
    }

    /// Stops reading.
    pub fn stop_import(&self) {
        if let Some(importing) = &self.state().importing {
            self.engine.cancel(importing.job);
            self.dispatch(Action::Importing(None));
        }
    }

    fn read_file(&self, file: String, bytes: Rc<Vec<u8>>, numbers: Option<NumberConvention>) {
        self.stop_import();
        let request = Request::Import {
            name: file.clone(),
            bytes: (*bytes).clone(),
            numbers,
        };
        let dispatcher = self.store.dispatcher();
        let name = file.clone();
        let on_event = Callback::from(move |event| match event {
            Event::Progress { id, done, total } => {
                dispatcher.dispatch(Action::Importing(Some(Importing {
                    file: name.clone(),
                    job: id,
                    progress: Some((done, total)),
                })));
            }
            Event::Done {
                response: Response::Imported(imported),
                ..
            } => dispatcher.dispatch(Action::Review(ImportReview {
                file: name.clone(),
                bytes: Rc::clone(&bytes),
                imported: Rc::new(*imported),
            })),
            Event::Failed { error, .. } => {
                dispatcher.dispatch(Action::Importing(None));
                let message = say::import_failed(name.as_str(), job_problem(&error));
                dispatcher.dispatch(Action::Notify(Tone::Bad, message));
            }
            Event::Cancelled { .. } => dispatcher.dispatch(Action::Importing(None)),
            _ => {}
        });
        let job = self.engine.submit(request, on_event);
        self.dispatch(Action::Importing(Some(Importing {
            file,
            job,
            progress: None,
        })));
    }
}

fn file_error(error: &FileError) -> Message {
    match error {
        FileError::TooLarge { name, .. } => {
            say::import_file_too_large(name.as_str(), MAX_FILE_BYTES / BYTES_IN_MB)
        }
        FileError::Unreadable { name } => say::import_file_unreadable(name.as_str()),
    }
}

fn job_problem(error: &JobError) -> Message {
    match error {
        JobError::Import { reason, detail } => import_error(reason, detail),
        other => super::effects::job_error(other),
    }
}

/// The sentence for a file that cannot be read, from the code and detail of an
/// [`ImportError`](crate::interchange::ImportError).
pub(crate) fn import_error(reason: &str, detail: &str) -> Message {
    let sentence = Message::of_code("import-error", reason);
    match reason {
        "too-large" => {
            let limit = detail.parse::<u64>().unwrap_or(MAX_FILE_BYTES) / BYTES_IN_MB;
            sentence.with("limit", limit)
        }
        // "at code value", as `ImportError::detail` writes it.
        "unsound" => {
            let mut parts = detail.splitn(3, ' ');
            let mut next = || parts.next().unwrap_or_default().to_owned();
            let (at, code, value) = (next(), next(), next());
            sentence.with("problem", scenario_problem(&code, &at, &value))
        }
        _ => sentence.with("detail", detail),
    }
}

/// The sentence for a contradiction in a scenario.
pub(crate) fn scenario_problem(code: &str, at: &str, value: &str) -> Message {
    Message::of_code("scenario", code)
        .with("value", value)
        .with("at", at)
}
