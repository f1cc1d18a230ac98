//! The JSON Schema of the scenario file, from the types that read it.

use crate::domain::Scenario;

/// The JSON Schema (draft 2020-12) of scenario file version 1, indented, ending with a line feed; the text of
/// `docs/scenario.schema.json`.
///
/// It says what has the right shape, not what makes sense: ids that point nowhere and costs out of order are
/// found by [`Scenario::problems`].
pub fn scenario_schema() -> String {
    let schema = schemars::schema_for!(Scenario);
    // A schema is plain JSON: this cannot fail.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_current() {
        let committed = include_str!("../../docs/scenario.schema.json");
        assert!(
            committed == scenario_schema(),
            "run: cargo run --no-default-features --features cli,schema --bin gotong -- schema > docs/scenario.schema.json"
        );
    }
}
