use super::*;
use serde_json::json;

fn input(value: Value) -> PlainInput {
    serde_json::from_value(value).unwrap()
}

#[test]
fn names_come_back_as_they_were_written_and_rows_add_up() {
    let answer = plan_plain(&input(json!({
        "offers": [[7, "rice", 3], ["7", "rice", 2], ["b", 1, 4]],
        "needs": [["c", "rice", 9], [8, "1", 1]],
        "rival": {"1": false},
        "cost": [["7", "c", 2], [7, "c", 1]]
    })))
    .unwrap();
    assert_eq!(
        serde_json::to_value(&answer.flows).unwrap(),
        json!([[7, "c", "rice", 5], ["b", 8, 1, 1]])
    );
    assert_eq!(
        serde_json::to_value(&answer.unmet).unwrap(),
        json!([["c", "rice", 4]])
    );
    assert_eq!((answer.cost, answer.faults), (15, Vec::new()));
}

#[test]
fn bad_rows_are_named() {
    let refused = |list: &str, row: Value| {
        let mut value = json!({"offers": [["a", "k", 1]], "needs": [["b", "k", 1]], "cost": [["a", "b", 1]]});
        value[list].as_array_mut().unwrap().push(row);
        plan_plain(&input(value)).unwrap_err().to_string()
    };
    assert_eq!(
        refused("offers", json!(["a", "k"])),
        "plan-row-invalid: offers[1]: shape"
    );
    assert_eq!(refused("needs", json!("a")), "plan-row-invalid: needs[1]: shape");
    assert_eq!(
        refused("needs", json!([1.5, "k", 1])),
        "plan-row-invalid: needs[1]: name"
    );
    for (quantity, problem) in [
        (json!(-1), "not-whole"),
        (json!(1.5), "not-whole"),
        (json!(null), "not-whole"),
        (json!("3"), "not-whole"),
        (json!(MAX_QUANTITY + 1), "too-large"),
        (json!(1e300), "too-large"),
    ] {
        let found = refused("offers", json!(["a", "k", quantity]));
        assert_eq!(found, format!("plan-row-invalid: offers[1]: {problem}"));
    }
    assert_eq!(
        refused("cost", json!(["a", "b", MAX_COST])),
        "plan-row-invalid: cost[1]: too-large"
    );
}

#[test]
fn nobody_supplies_itself() {
    let answer = plan_plain(&input(json!({
        "offers": [["a", "k", 5], ["b", "k", 2]], "needs": [["a", "k", 5], ["b", "k", 1]]
    })))
    .unwrap();
    let flows = serde_json::to_value(&answer.flows).unwrap();
    assert_eq!(flows, json!([["a", "b", "k", 1], ["b", "a", "k", 2]]));
    assert_eq!(answer.faults, Vec::new());
}

#[test]
fn nothing_offered_and_nothing_needed_are_answers() {
    let empty = plan_plain(&input(json!({"offers": [], "needs": []}))).unwrap();
    assert_eq!((empty.cost, empty.flows.len(), empty.faults.len()), (0, 0, 0));
    let lonely = plan_plain(&input(json!({
        "offers": [["a", "k", 5], ["a", "z", 0]], "needs": [["b", "l", 3], ["b", "z", 0]], "rival": {"l": false}
    })))
    .unwrap();
    assert_eq!(
        serde_json::to_value(&lonely.unmet).unwrap(),
        json!([["b", "l", 3]])
    );
    assert_eq!(lonely.faults, Vec::new());
}

#[test]
fn the_greatest_quantities_do_not_overflow() {
    let answer = plan_plain(&input(json!({
        "offers": [["a", "k", MAX_QUANTITY], ["a", "k", MAX_QUANTITY]],
        "needs": [["b", "k", MAX_QUANTITY], ["c", "k", MAX_QUANTITY]],
        "cost": [["a", "b", MAX_COST], ["a", "c", MAX_COST]]
    })))
    .unwrap();
    assert_eq!(answer.cost, 2_000_000_000_000_000_000_000_000);
    assert_eq!(answer.faults, Vec::new());
    let text = serde_json::to_string(&answer).unwrap();
    assert_eq!(serde_json::from_str::<PlainAnswer>(&text).unwrap(), answer);
}

#[test]
fn the_fair_option_shares_what_is_scarce() {
    let file = json!({"offers": [["a", "k", 10]], "needs": [["b", "k", 10], ["c", "k", 10]], "fair": true});
    let answer = plan_plain(&input(file.clone())).unwrap();
    assert_eq!(
        serde_json::to_value(&answer.unmet).unwrap(),
        json!([["b", "k", 5], ["c", "k", 5]])
    );
    assert_eq!(answer.faults, Vec::new());
    let mut whole = input(file);
    whole.divisible.insert("k".to_owned(), false);
    assert_eq!(plan_plain(&whole).unwrap().flows, answer.flows);
}

#[test]
fn a_changed_answer_is_found_out() {
    let input = input(json!({
        "offers": [["a", "k", 5], ["b", "k", 5]], "needs": [["c", "k", 4], ["d", "k", 7]],
        "cost": [["a", "c", 1], ["b", "d", 2], ["a", "d", 9]]
    }));
    let answer = plan_plain(&input).unwrap();
    assert_eq!(verify_plain(&input, &answer), Ok(Vec::new()));
    let broken = |change: &dyn Fn(&mut PlainAnswer)| {
        let mut answer = answer.clone();
        change(&mut answer);
        verify_plain(&input, &answer).unwrap()
    };
    assert!(!broken(&|answer| answer.flows[0].3 += 1).is_empty());
    assert!(!broken(&|answer| answer.flows[0].0 = Name::Text("z".to_owned())).is_empty());
    assert!(!broken(&|answer| answer.cost += 1).is_empty());
    assert!(!broken(&|answer| answer.unmet.clear()).is_empty());
    assert!(!broken(&|answer| answer.certificates.clear()).is_empty());
    assert!(!broken(&|answer| answer.certificates[0].need_prices[0].1 -= 5).is_empty());
}
