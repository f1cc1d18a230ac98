//! Scores, quantiles and the Beta distribution.

use gotong::domain::{KindId, Need, Offer, OrgId, Organisation, Priority, Scenario, ScoreWeights, Sector};
use gotong::matching::{Mode, find_partners};
use gotong::risk::{Beta, normal_cdf, normal_quantile};

fn close(ours: f64, published: f64, relative: f64) {
    assert!(
        (ours - published).abs() <= relative * published.abs(),
        "{ours} is not {published}"
    );
}

/// M. J. Wichura, *Algorithm AS 241: The Percentage Points of the Normal Distribution*, Applied Statistics 37 (1988),
/// the test values it gives for PPND16.
#[test]
fn normal_quantiles_of_wichura() {
    close(normal_quantile(0.25), -0.674_489_750_196_081_7, 1e-15);
    close(normal_quantile(0.001), -3.090_232_306_167_813_5, 1e-15);
    close(normal_quantile(1e-20), -9.262_340_089_798_408, 1e-15);
}

/// *NIST/SEMATECH e-Handbook of Statistical Methods*, section 1.3.6.7.1: the cumulative standard normal distribution.
#[test]
fn normal_table_of_nist() {
    for (z, above_half) in [(0.5, 0.19146), (1.0, 0.34134), (1.96, 0.47500), (2.5, 0.49379)] {
        assert!((normal_cdf(z) - 0.5 - above_half).abs() < 5e-6, "{z}");
    }
}

/// Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.5.24: for whole a and b the incomplete beta
/// ratio is a binomial tail, I_x(a, b) = P(Bin(a + b − 1, x) ≥ a).
#[test]
fn beta_is_a_binomial_tail() {
    close(Beta::new(2.0, 3.0).unwrap().cdf(0.5), 11.0 / 16.0, 1e-13);
    close(Beta::new(1.0, 4.0).unwrap().cdf(0.2), 1.0 - 0.4096, 1e-13);
    close(Beta::new(4.0, 1.0).unwrap().cdf(0.9), 0.6561, 1e-13);
}

/// L. Pizzato, T. Rej, T. Chung, I. Koprinska, J. Kay, *RECON: a reciprocal recommender for online dating*, RecSys 2010:
/// the score of a pair is the harmonic mean of the two one-way scores.
///
/// A village school lacks 100 training days of which a firm offers 80; the firm wants to reach 1 000 people and the
/// school can gather 400 of them: 2 / (1/0.8 + 1/0.4) = 8/15.
#[test]
fn reciprocal_score_of_recon() {
    let kind = |id: &str| KindId::new(id).unwrap();
    let need = |id: &str, quantity| Need {
        kind: kind(id),
        quantity: Some(quantity),
        priority: Priority::default(),
    };
    let offer = |id: &str, quantity| Offer {
        kind: kind(id),
        quantity: Some(quantity),
    };
    let mut school = Organisation::new(OrgId::new("school").unwrap(), "School".into(), Sector::Community);
    school.needs.push(need("expertise", 100));
    school.offers.push(offer("networks", 400));
    let mut firm = Organisation::new(OrgId::new("firm").unwrap(), "Firm".into(), Sector::Business);
    firm.needs.push(need("networks", 1_000));
    firm.offers.push(offer("expertise", 80));
    let plain = ScoreWeights {
        shared_goals: 0.0,
        shared_region: 0.0,
        trust: 0.0,
        friction: 0.0,
        duplication: 0.0,
        competition: 0.0,
    };
    let scenario = Scenario {
        organisations: vec![school, firm],
        ..Scenario::default()
    };
    let seeker = OrgId::new("school").unwrap();
    let list = find_partners(&scenario, &seeker, Mode::Mutual, &plain, 1).unwrap();
    for end in list.partners[0].score {
        close(end, 8.0 / 15.0, 1e-12);
    }
}
