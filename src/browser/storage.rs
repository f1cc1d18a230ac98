//! Small text kept between visits. Every call may be refused (private mode, sandbox, full): that is said, never
//! hidden, and never a panic.

use std::fmt;

/// Why nothing was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageError {
    /// The browser lets this page keep nothing.
    Refused,
    /// There is no room left.
    Full,
}

impl StorageError {
    /// A stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "storage-refused",
            Self::Full => "storage-full",
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for StorageError {}

fn local() -> Result<web_sys::Storage, StorageError> {
    // In a sandbox without an origin the property itself throws.
    web_sys::window()
        .and_then(|window| window.local_storage().ok().flatten())
        .ok_or(StorageError::Refused)
}

/// The text kept under `key`; `None` if there is none.
///
/// # Errors
/// [`StorageError::Refused`] where the browser keeps nothing.
pub fn read(key: &str) -> Result<Option<String>, StorageError> {
    local()?.get_item(key).map_err(|_| StorageError::Refused)
}

/// Keeps `text` under `key`.
///
/// # Errors
/// [`StorageError::Full`] if the browser takes no more, [`StorageError::Refused`] if it takes nothing.
pub fn write(key: &str, text: &str) -> Result<(), StorageError> {
    let storage = local()?;
    storage.set_item(key, text).map_err(|_| {
        // A store that takes one byte is full, one that takes none refuses.
        let probe = "gotong-probe";
        match storage.set_item(probe, "1") {
            Ok(()) => {
                let _ = storage.remove_item(probe);
                StorageError::Full
            }
            Err(_) => StorageError::Refused,
        }
    })
}

/// Forgets what is kept under `key`.
pub fn remove(key: &str) {
    if let Ok(storage) = local() {
        let _ = storage.remove_item(key);
    }
}
