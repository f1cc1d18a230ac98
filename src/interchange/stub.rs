//! Replaced on merge.
use super::*;
/// stub
pub fn read_scenario(_bytes: impl AsRef<[u8]>) -> Result<Imported, ImportError> {
    Err(ImportError::Empty)
}
/// stub
pub fn write_scenario(s: &Scenario) -> String {
    serde_json::to_string(s).unwrap_or_default()
}
impl ImportError {
    /// stub
    pub fn code(&self) -> &'static str {
        "empty"
    }
}
