//! Old scenario files made new: the one place that knows what earlier versions looked like.
//!
//! Version 1 is the first, so the table is empty. When version 2 comes, it gets the entry `from: 1` whose
//! `apply` turns the JSON of version 1 into that of version 2; a file climbs the table step by step, and
//! `tests/interchange.rs` keeps a file of every version ever written.

use crate::domain::SCENARIO_VERSION;
use serde_json::Value;

/// One step from a version to the next.
struct Migration {
    from: u32,
    apply: fn(Value) -> Value,
}

/// Every step there is, oldest first.
const MIGRATIONS: [Migration; 0] = [];

/// What is to be done with a file of some version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Readable {
    /// It is the version this build writes.
    Current,
    /// It is older and can be migrated from here.
    Older(u32),
    /// A newer Gotong wrote it.
    Future(u64),
    /// No Gotong ever wrote this: 0, 1.5, "1".
    Never,
}

/// What the value of a file's `version` field means.
pub(super) fn readable(version: &Value) -> Readable {
    let Some(number) = version.as_u64() else {
        return Readable::Never;
    };
    let current = u64::from(SCENARIO_VERSION);
    match u32::try_from(number) {
        _ if number == current => Readable::Current,
        _ if number > current => Readable::Future(number),
        Ok(older) if MIGRATIONS.iter().any(|step| step.from == older) => Readable::Older(older),
        _ => Readable::Never,
    }
}

/// The JSON of the current version, from that of version `from`.
pub(super) fn to_current(json: Value, from: u32) -> Value {
    MIGRATIONS
        .iter()
        .filter(|step| step.from >= from)
        .fold(json, |json, step| (step.apply)(json))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_whole_versions_this_build_knows_are_read() {
        assert_eq!(readable(&json!(1)), Readable::Current);
        assert_eq!(readable(&json!(2)), Readable::Future(2));
        assert_eq!(readable(&json!(u64::MAX)), Readable::Future(u64::MAX));
        for never in [
            json!(0),
            json!(-1),
            json!(1.5),
            json!(1.0),
            json!("1"),
            json!(null),
            json!([1]),
            json!(1e300),
        ] {
            assert_eq!(readable(&never), Readable::Never, "{never}");
        }
    }

    #[test]
    fn the_table_has_one_step_for_every_old_version() {
        let from: Vec<u32> = MIGRATIONS.iter().map(|step| step.from).collect();
        let expected: Vec<u32> = (1..SCENARIO_VERSION).collect();
        assert_eq!(from, expected);
        assert_eq!(to_current(json!({"version": 1}), 1), json!({"version": 1}));
    }
}
