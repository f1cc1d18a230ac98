//! A large election made up by a fixed rule, for benches.

#![allow(clippy::expect_used, reason = "figures written here")]

use std::fmt::Write;

/// 65 000 ballots of up to three or ten of 119 projects, the earlier ones more popular; costs of 10 000 to 1 000 000, a
/// budget for a third of them. SplitMix64 (Steele, Lea, Flood 2014): the same file on every machine.
pub fn made_up(most_named: u64) -> String {
    let mut state = 65_000_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    };
    let costs: Vec<u64> = (0..119).map(|_| 10_000 + draw(990) * 1_000).collect();
    let budget = costs.iter().sum::<u64>() / 3;
    let mut file =
        format!("META\nkey;value\nbudget;{budget}\nvote_type;approval\nPROJECTS\nproject_id;cost\n");
    for (project, cost) in costs.iter().enumerate() {
        writeln!(file, "{project};{cost}").expect("a string");
    }
    file.push_str("VOTES\nvoter_id;vote\n");
    for voter in 0..65_000 {
        let mut named: Vec<u64> = (0..=draw(most_named)).map(|_| draw(119).min(draw(119))).collect();
        named.sort_unstable();
        named.dedup();
        let named: Vec<String> = named.iter().map(u64::to_string).collect();
        writeln!(file, "{voter};{}", named.join(",")).expect("a string");
    }
    file
}
