//! Cost splits other people published.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::matching::cost_split::{
    Fraction, Game, blocking_group, least_core, nucleolus, shapley_value, verify_nucleolus,
};

fn whole(value: i128) -> Fraction {
    Fraction::whole(value)
}

fn numbers(shares: &[Fraction]) -> Vec<f64> {
    shares.iter().map(|share| share.to_f64()).collect()
}

/// Littlechild & Owen, "A simple expression for the Shapley value in a special case", Management Science 1973: the cost of a
/// runway is that of its largest aircraft; each step of cost is shared by those who need it.
#[test]
fn airport_game_of_littlechild_and_owen() {
    let runway = [12, 30, 45, 45, 80, 100];
    let game = Game::new(6, |group| group.iter().map(|&one| runway[one]).max().unwrap()).unwrap();
    let mut expected = Vec::new();
    let (mut share, mut before) = (Fraction::ZERO, 0);
    for (at, cost) in runway.into_iter().enumerate() {
        share = share
            .plus(Fraction::new((cost - before).into(), 6 - at as i128).unwrap())
            .unwrap();
        before = cost;
        expected.push(share);
    }
    assert_eq!(shapley_value(&game).unwrap(), expected);
    assert_eq!(
        blocking_group(&game, &expected).unwrap(),
        None,
        "airport games are concave"
    );
    let found = nucleolus(&game).unwrap();
    assert_eq!(verify_nucleolus(&game, &found), Ok(()));
}

/// Aumann & Maschler, "Game theoretic analysis of a bankruptcy problem from the Talmud", J. Economic Theory 1985, table 1.
#[test]
fn talmud_of_aumann_and_maschler() {
    let third = |value| Fraction::new(value, 3).unwrap();
    let cases = [
        (100_i64, [third(100), third(100), third(100)]),
        (200, [whole(50), whole(75), whole(75)]),
        (300, [whole(50), whole(100), whole(150)]),
    ];
    for (estate, expected) in cases {
        let claims = [100, 200, 300];
        let game = Game::new(3, |group| {
            let others: i64 = (0..3)
                .filter(|one| !group.contains(one))
                .map(|one| claims[one])
                .sum();
            -(estate - others).max(0)
        });
        let found = nucleolus(&game.unwrap()).unwrap();
        let received: Vec<_> = found
            .shares
            .iter()
            .map(|share| share.negated().unwrap())
            .collect();
        assert_eq!(received, expected, "estate {estate}");
    }
}

/// Tennessee Valley Authority (navigation, flood control, power; thousand dollars): Straffin & Heaney, "Game theory and the
/// Tennessee Valley Authority", Int. J. Game Theory 1981.
#[test]
fn tennessee_valley_of_straffin_and_heaney() {
    let costs = [163_520, 140_826, 301_607, 250_096, 378_821, 367_370, 412_584];
    let set = |group: &[usize]| group.iter().map(|player| 1 << player).sum::<usize>();
    let game = Game::new(3, |group| costs[set(group) - 1]).unwrap();
    assert_eq!(
        numbers(&shapley_value(&game).unwrap()),
        [117_829.0, 100_756.5, 193_998.5]
    );
    let found = nucleolus(&game).unwrap();
    assert_eq!(numbers(&found.shares), [116_234.0, 93_540.0, 202_810.0]);
    assert!(least_core(&game).unwrap().unwrap() > Fraction::ZERO);
}

/// The glove market, e.g. Maschler, Solan, Zamir, "Game Theory", 2013: one left glove, two right ones.
#[test]
fn glove_market() {
    let game = Game::new(3, |group| -i64::from(group.contains(&0) && group.len() > 1)).unwrap();
    let shapley = shapley_value(&game).unwrap();
    assert_eq!(
        shapley.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["-2/3", "-1/6", "-1/6"]
    );
    let found = nucleolus(&game).unwrap();
    assert_eq!(found.shares, [whole(-1), whole(0), whole(0)]);
    let blocking = blocking_group(&game, &shapley).unwrap().unwrap();
    assert_eq!(
        (blocking.group, blocking.saves.to_string().as_str()),
        (vec![0, 1], "1/6")
    );
    assert_eq!(least_core(&game).unwrap(), Some(whole(0)));
}
