//! Files to and from the person's device.

use gloo_events::EventListener;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
pub use web_sys::File;
use web_sys::{Blob, BlobPropertyBag, FileReader, HtmlAnchorElement, HtmlInputElement, Url};

/// A file as the page gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name, without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FileError {
    /// Larger than the caller takes; not a byte of it was read.
    TooLarge {
        /// Its name.
        name: String,
        /// Its size.
        size_bytes: f64,
    },
    /// The device would not give it.
    Unreadable {
        /// Its name.
        name: String,
    },
}

/// Offers `content` as a download called `name`. `false` if the browser would not.
pub fn download(name: &str, media_type: &str, content: &str) -> bool {
    let parts = Array::of1(&JsValue::from_str(content));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options);
    blob.is_ok_and(|blob| offer(name, &blob))
}

/// The same for a file that is there already.
pub fn offer(name: &str, file: &Blob) -> bool {
    try_offer(name, file).is_some()
}

fn try_offer(name: &str, file: &Blob) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let url = Url::create_object_url_with_blob(file).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Some browsers read the address only after the click has returned.
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}

/// The first file chosen in `input`, which is emptied so that the same file can be chosen again.
pub fn chosen(input: &HtmlInputElement) -> Option<File> {
    let file = input.files()?.get(0);
    file.inspect(|_| input.set_value(""))
}

/// The first file of a drop.
pub fn dropped(event: &web_sys::DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// Reads `file` and calls `done` once.
pub fn read(file: &File, limit_bytes: f64, done: impl FnOnce(Result<ReadFile, FileError>) + 'static) {
    let name = file.name();
    if file.size() > limit_bytes {
        return done(Err(FileError::TooLarge {
            name,
            size_bytes: file.size(),
        }));
    }
    let Ok(reader) = FileReader::new() else {
        return done(Err(FileError::Unreadable { name }));
    };
    if reader.read_as_array_buffer(file).is_err() {
        return done(Err(FileError::Unreadable { name }));
    }
    let source = reader.clone();
    EventListener::once(&reader, "loadend", move |_| {
        let result = match source.result() {
            Ok(buffer) if !buffer.is_null() => Ok(ReadFile {
                name,
                bytes: Uint8Array::new(&buffer).to_vec(),
            }),
            _ => Err(FileError::Unreadable { name }),
        };
        done(result);
    })
    .forget();
}
