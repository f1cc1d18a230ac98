//! B6 cost for each person and burden; B11 leverage.

use super::Ground;
use crate::partnership::effort::number;
use crate::partnership::{BenefitFigure, FundLine, Ingredient, Measure, Range};

/// What the partnership costs: its projects by their chance, coordination and levers over n years.
fn cost(ground: &Ground<'_>) -> (Option<Range>, Vec<Ingredient>) {
    use crate::domain::CostShape;
    let mut projects = Range::ZERO;
    for project in &ground.parties.projects {
        let (chance, cost) = (ground.inputs.chance(&project.id), &project.cost);
        let range = match cost.shape {
            CostShape::Fixed => Range::exactly(number(cost.likely_minor)),
            _ => Range::between(number(cost.low_minor), number(cost.high_minor)),
        };
        projects = projects.plus(range.rising(|end| end * chance));
    }
    let years = f64::from(ground.inputs.years);
    let running = |minor: Option<u64>| {
        // Not known in this currency: it costs something, nobody can say how much.
        minor.map_or(Range::at_least(0.0), |minor| {
            Range::exactly(years * number(minor))
        })
    };
    let coordination = running(ground.friction.coordination.minor);
    let levers = running(ground.lever_cost.minor);
    let from = vec![
        Ingredient::new("cost-of-projects", projects),
        Ingredient::new("cost-of-coordination", coordination),
        Ingredient::new("cost-of-levers", levers),
    ];
    let any = !ground.parties.projects.is_empty();
    (any.then(|| projects.plus(coordination).plus(levers)), from)
}

pub(super) fn cost_per_person(ground: &Ground<'_>, people: Option<Range>) -> BenefitFigure {
    let (cost, mut from) = cost(ground);
    let value = cost.zip(people).and_then(|(cost, people)| {
        // Nobody is reached for certain: there is nothing to divide by.
        (people.top() > 0.0).then(|| Range {
            low: cost.low / people.top(),
            high: cost
                .high
                .filter(|_| people.low > 0.0)
                .map(|high| high / people.low),
        })
    });
    from.extend(people.map(|people| Ingredient::new("people", people)));
    BenefitFigure::of(Measure::CostPerPerson, value, from)
}

/// The lines of the fund report whose funder is a party, and their sums.
fn own_lines<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = &'a FundLine> {
    let lines = ground.inputs.fund.iter().flat_map(|fund| &fund.lines);
    lines.filter(|line| ground.parties.position(&line.funder).is_some())
}

fn sum(amounts: impl Iterator<Item = u64>) -> f64 {
    number(amounts.fold(0, u64::saturating_add))
}

pub(super) fn burden(ground: &Ground<'_>) -> BenefitFigure {
    let pays = sum(own_lines(ground).map(|line| line.pays_minor));
    let alone = sum(own_lines(ground).map(|line| line.alone_minor));
    let value = (alone > 0.0).then(|| Range::exactly(pays / alone));
    let from = vec![Ingredient::known("pays", pays), Ingredient::known("alone", alone)];
    BenefitFigure::of(Measure::Burden, value, from)
}

pub(super) fn leverage(ground: &Ground<'_>) -> BenefitFigure {
    let pays = sum(own_lines(ground).map(|line| line.pays_minor));
    let spent = ground
        .inputs
        .fund
        .as_ref()
        .map_or(0.0, |fund| number(fund.spent_minor));
    let value = (pays > 0.0).then(|| Range::exactly((spent - pays).max(0.0) / pays));
    let from = vec![Ingredient::known("spent", spent), Ingredient::known("pays", pays)];
    BenefitFigure::of(Measure::Leverage, value, from)
}

pub(super) fn unlocked(ground: &Ground<'_>) -> BenefitFigure {
    let mut most: Option<&FundLine> = None;
    for line in own_lines(ground) {
        if most.is_none_or(|known| line.unlocked_minor > known.unlocked_minor) {
            most = Some(line);
        }
    }
    let value = |line: &FundLine| {
        let size = number(line.unlocked_minor.unsigned_abs());
        Range::exactly(if line.unlocked_minor < 0 { -size } else { size })
    };
    let from = most.map(|line| Ingredient::named(format!("party:{}", line.funder), value(line)));
    BenefitFigure::of(Measure::Unlocked, most.map(value), from.into_iter().collect())
}
