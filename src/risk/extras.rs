//! Everything uncertain beside what pledges bring and projects cost: exchange rates, delays, withdrawals, outcomes. A
//! stage before the rule decides and one after it, only where the scenario states such things.

use super::block::Block;
use super::cash::{Cash, CashTally};
use super::delay::Delay;
use super::model::{CostInput, Model, PledgeInput};
use super::money::round_half_even;
use super::normal::{normal_density, normal_quantile};
use super::partial::{Counts, Input};
use super::parts::Parts;
use super::points::{Dimension, Layout};
use super::result::{CashFutures, RateFutures, ResultsFutures, TrustUsed};
use super::table::QuantileTable;
use super::tally::Tally;
use super::timeline::{Exit, Late, Line, Timeline};
use super::verified::{Verified, VerifiedTally};
use super::{Beta, Quantiles, RiskError};
use crate::domain::{Currency, FutureSettings, MAX_PERIODS, MAX_VOLATILITY};
use crate::funding::{BlockOutcome, Columns};
use gotong_kernel::tables::class_of;

/// How a run looks at time.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeInput {
    /// Months in a period; 0: nobody looks at time.
    pub period_months: u16,
    /// How many periods at least.
    pub periods: u16,
    pub opening_minor: u64,
    pub trust: TrustUsed,
}

/// What the plan on paper spends of each pledge.
pub(super) type SpentOnPaper<'a> = &'a [u64];

/// An uncertain exchange rate.
#[derive(Clone, Debug)]
struct Rate {
    currency: Currency,
    volatility: f64,
    /// Quantiles of the factor on the stated rate.
    table: QuantileTable,
    column: usize,
    /// Pledges in this currency.
    pledges: Vec<usize>,
}

/// A further quantity: its draws, and where its classes go.
#[derive(Clone, Debug)]
struct Quantity {
    dimension: Dimension,
    driver: Option<usize>,
}

/// The further quantities of a run, and room for a block of them.
#[derive(Clone, Debug)]
pub(super) struct Extras {
    quantities: Vec<Quantity>,
    draws: Columns<u32>,
    rates: Vec<Rate>,
    time: Option<(Timeline, Cash)>,
    results: Vec<Verified>,
}

/// What is kept of them: counts and sums.
#[derive(Clone, Debug, Default)]
pub(super) struct ExtrasTally {
    /// One, or none.
    cash: Vec<CashTally>,
    results: Vec<VerifiedTally>,
}

impl Counts for ExtrasTally {
    fn write(&self, out: &mut Vec<u8>) {
        let Self { cash, results } = self;
        cash.write(out);
        results.write(out);
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        let Self { cash, results } = self;
        cash.add_from(input)?;
        results.add_from(input)
    }
}

/// Gives out dimensions to further quantities.
struct Giver<'a> {
    layout: &'a Layout,
    model: &'a mut Model,
    quantities: Vec<Quantity>,
}

impl Giver<'_> {
    /// The column of the draws of `id`; it counts among what moves the result if `drives`.
    fn column(&mut self, id: String, drives: bool) -> usize {
        self.quantities.push(Quantity {
            dimension: self.model.add_dimension(self.layout, &id),
            driver: drives.then(|| self.model.add_driver(id)),
        });
        self.quantities.len() - 1
    }
}

/// Positions of pledges in ascending order of id.
fn by_id(pledges: &[PledgeInput]) -> Vec<usize> {
    let mut order: Vec<(&str, usize)> = pledges.iter().map(|pledge| pledge.id.as_str()).zip(0..).collect();
    crate::order::sort(&mut order);
    order.into_iter().map(|(_, position)| position).collect()
}

impl Extras {
    /// The further quantities of these pledges and costs, in this order of dimensions: `rate:CUR`, `delay:ID`,
    /// `withdraw:ID`, `outcome:ID`, each group sorted by id. What is certain takes none. `None` if there is nothing to
    /// look at.
    ///
    /// # Errors
    /// A delay, volatility, length of a period, number of periods or share of verified outcomes out of range.
    pub(super) fn new(
        layout: &Layout,
        time: &TimeInput,
        (pledges, costs): (&[PledgeInput], &[CostInput]),
        spent_on_paper: SpentOnPaper<'_>,
        model: &mut Model,
    ) -> Result<Option<Self>, RiskError> {
        let mut giver = Giver {
            layout,
            model,
            quantities: Vec::new(),
        };
        let rates = rates(pledges, &mut giver)?;
        let time = timeline(time, pledges, costs, &mut giver)?;
        let results = verified(pledges, spent_on_paper, &mut giver)?;
        if rates.is_empty() && time.is_none() && results.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            draws: Columns::new(giver.quantities.len()),
            quantities: giver.quantities,
            rates,
            time,
            results,
        }))
    }

    /// The draws of every quantity here.
    pub(super) fn dimensions_mut(&mut self) -> impl Iterator<Item = &mut Dimension> {
        self.quantities.iter_mut().map(|quantity| &mut quantity.dimension)
    }

    /// What must be bridged in each future of the block added last; `None` where nobody looks at time.
    pub(super) fn bridges_minor(&self) -> Option<&[u64]> {
        self.time.as_ref().map(|(_, cash)| cash.bridges_minor())
    }

    /// Nothing kept yet.
    pub(super) fn tally(&self) -> ExtrasTally {
        ExtrasTally {
            cash: self.time.iter().map(|(_, cash)| cash.tally()).collect(),
            results: self.results.iter().map(|_| VerifiedTally::new()).collect(),
        }
    }

    /// Roughly how many nanoseconds a future takes here: to slice work, never to decide a result.
    pub(super) fn work(&self) -> u64 {
        let periods = self.time.as_ref().map_or(0, |(_, cash)| cash.cells());
        (20 * self.quantities.len() + 30 * self.results.len() + 20 * periods) as u64
    }

    /// Before the rule decides: draws everything for the `len` futures from `first` on and changes what pledges bring.
    pub(super) fn fill(&mut self, first: u32, len: usize, model: &Model, block: &mut Block) {
        self.draws.set_len(len);
        for (position, quantity) in self.quantities.iter().enumerate() {
            let draws = self.draws.column_mut(position);
            quantity.dimension.fill(first, draws);
            if let Some(driver) = quantity.driver {
                let classes = block.further_classes.column_mut(driver);
                for (class, draw) in classes.iter_mut().zip(draws.iter()) {
                    *class = class_of(*draw);
                }
            }
        }
        if let Some((timeline, _)) = &mut self.time {
            timeline.fill(len, model, block, &self.draws);
        }
        for rate in &self.rates {
            for &pledge in &rate.pledges {
                let purses = block.purses_minor.column_mut(pledge);
                for (purse, &draw) in purses.iter_mut().zip(self.draws.column(rate.column)) {
                    *purse = round_half_even(*purse as f64 * rate.table.at(draw));
                }
            }
        }
        if let Some((timeline, _)) = &mut self.time {
            timeline.cut_purses(block);
        }
    }

    /// After the rule has decided: adds a block of `len` futures.
    pub(super) fn add(
        &mut self,
        layout: &Layout,
        len: usize,
        block: &Block,
        outcome: &BlockOutcome,
        kept: &mut ExtrasTally,
    ) {
        if let (Some((timeline, cash)), Some(kept)) = (&mut self.time, kept.cash.first_mut()) {
            cash.add((layout, len), timeline, outcome, kept);
        }
        for (verified, kept) in self.results.iter().zip(&mut kept.results) {
            verified.add(layout, (block, &self.draws), outcome, kept);
        }
    }

    /// Cash over time, if anybody looks at time.
    pub(super) fn cash(&self, tally: &Tally, ids: (&[String], &[String])) -> Option<CashFutures> {
        let ((timeline, cash), kept) = (self.time.as_ref()?, tally.extras.cash.first()?);
        Some(cash.futures(timeline, kept, tally, ids))
    }

    /// Every uncertain exchange rate.
    pub(super) fn rates(&self) -> Vec<RateFutures> {
        let of = |rate: &Rate| {
            let at = |p: f64| libm::exp(rate.volatility * normal_quantile(p));
            RateFutures {
                currency: rate.currency,
                volatility: rate.volatility,
                factor: Quantiles {
                    p10: at(0.1),
                    p50: 1.0,
                    p90: at(0.9),
                },
            }
        };
        self.rates.iter().map(of).collect()
    }

    /// Every results-based pledge.
    pub(super) fn results(&self, tally: &Tally, pledge_ids: &[String]) -> Vec<ResultsFutures> {
        let results = self.results.iter().zip(&tally.extras.results);
        let of = |(verified, kept): (&Verified, &VerifiedTally)| {
            let id = pledge_ids.get(verified.pledge).map_or("", String::as_str);
            verified.futures(id, kept, tally)
        };
        results.map(of).collect()
    }
}

/// exp(σ·Z): the factor on the stated rate, whose median is 1.
fn factors(volatility: f64) -> QuantileTable {
    let side = |sign: f64| {
        move |v: f64| {
            let z = sign * normal_quantile(v);
            let value = libm::exp(volatility * z);
            (value, sign * value * volatility / normal_density(z))
        }
    };
    QuantileTable::new(side(1.0), side(-1.0))
}

fn rates(pledges: &[PledgeInput], giver: &mut Giver<'_>) -> Result<Vec<Rate>, RiskError> {
    let mut stated: Vec<(Currency, usize, f64)> = Vec::new();
    for (position, pledge) in pledges.iter().enumerate() {
        if let Some((currency, volatility)) = pledge.rate {
            if !(0.0..=MAX_VOLATILITY).contains(&volatility) {
                return Err(RiskError::VolatilityOutOfRange {
                    currency: currency.code().to_owned(),
                    value: volatility,
                });
            }
            if volatility > 0.0 && pledge.amount_minor > 0 {
                stated.push((currency, position, volatility));
            }
        }
    }
    crate::order::sort_by(&mut stated, |a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut rates: Vec<Rate> = Vec::new();
    for (currency, pledge, volatility) in stated {
        giver.model.set_moving(pledge);
        match rates.last_mut().filter(|rate| rate.currency == currency) {
            Some(rate) => rate.pledges.push(pledge),
            None => rates.push(Rate {
                currency,
                volatility,
                table: factors(volatility),
                column: giver.column(format!("rate:{currency}"), true),
                pledges: vec![pledge],
            }),
        }
    }
    Ok(rates)
}

fn timeline(
    time: &TimeInput,
    pledges: &[PledgeInput],
    costs: &[CostInput],
    giver: &mut Giver<'_>,
) -> Result<Option<(Timeline, Cash)>, RiskError> {
    let too_long = |periods: usize| RiskError::PeriodsOutOfRange { value: periods };
    if !(time.period_months == 0 || FutureSettings::PERIOD_MONTHS.contains(&time.period_months)) {
        return Err(RiskError::PeriodOutOfRange {
            months: time.period_months,
        });
    }
    if usize::from(time.periods) > MAX_PERIODS {
        return Err(too_long(time.periods.into()));
    }
    for pledge in pledges {
        if let Some((chance, mean)) = pledge.reliability.delay
            && !((0.0..=1.0).contains(&chance) && (1.0..=MAX_PERIODS as f64).contains(&mean))
        {
            return Err(RiskError::DelayOutOfRange {
                pledge: pledge.id.clone(),
                delay: (chance, mean),
            });
        }
    }
    if time.period_months == 0 {
        return Ok(None);
    }
    let needs: Vec<Parts> = costs.iter().map(|cost| Parts::new(&cost.needs)).collect();
    let mut lines: Vec<Line> = pledges
        .iter()
        .map(|pledge| Line {
            parts: Parts::new(&pledge.tranches),
            amount_minor: pledge.amount_minor,
            late: None,
            exit: None,
        })
        .collect();
    // As the schedule on paper counts: with the last zeros somebody states.
    let stated = |parts: &[u32]| {
        if parts.iter().any(|&part| part > 0) {
            parts.len()
        } else {
            1
        }
    };
    let spans = pledges.iter().map(|pledge| stated(&pledge.tranches));
    let spans = spans.chain(costs.iter().map(|cost| stated(&cost.needs)));
    let periods = spans.max().unwrap_or(1).max(time.periods.into());
    if periods > MAX_PERIODS {
        return Err(too_long(periods));
    }
    let most = u16::try_from(periods).unwrap_or(u16::MAX);
    let order = by_id(pledges);
    for &position in &order {
        let (Some(pledge), Some(line)) = (pledges.get(position), lines.get_mut(position)) else {
            continue;
        };
        let delay = pledge.reliability.delay.map(|stated| Delay::new(stated, most));
        line.late = delay.map(|delay| Late {
            shock: giver.model.shock_of(pledge.sector.as_ref()),
            column: (!delay.is_certain()).then(|| giver.column(format!("delay:{}", pledge.id), true)),
            delay,
        });
    }
    for &position in &order {
        let (Some(pledge), Some(line)) = (pledges.get(position), lines.get_mut(position)) else {
            continue;
        };
        let chance = pledge.reliability.withdrawal.get();
        if chance > 0.0 && pledge.amount_minor > 0 {
            giver.model.set_moving(position);
            line.exit = Some(Exit {
                column: giver.column(format!("withdraw:{}", pledge.id), true),
                chance,
                trust: pledge.trust,
            });
        }
    }
    let cash = Cash::new(
        time.period_months,
        periods,
        time.opening_minor,
        needs,
        pledges.len(),
    );
    Ok(Some((Timeline::new(lines, periods, time.trust), cash)))
}

fn verified(
    pledges: &[PledgeInput],
    spent_on_paper: SpentOnPaper<'_>,
    giver: &mut Giver<'_>,
) -> Result<Vec<Verified>, RiskError> {
    let mut found = Vec::new();
    for position in by_id(pledges) {
        let Some(pledge) = pledges.get(position) else {
            continue;
        };
        let Some(terms) = &pledge.results else {
            continue;
        };
        let share = match terms.verified {
            None => None,
            Some((a, b)) => {
                let beta = Beta::new(a, b).ok_or_else(|| RiskError::VerifiedOutOfRange {
                    pledge: pledge.id.clone(),
                    shapes: (a, b),
                })?;
                Some((
                    beta.table(0.0, 1.0),
                    giver.column(format!("outcome:{}", pledge.id), false),
                ))
            }
        };
        found.push(Verified {
            pledge: position,
            terms: terms.clone(),
            share,
            advance_on_paper_minor: spent_on_paper.get(position).copied().unwrap_or(0),
            pledged_minor: pledge.amount_minor,
        });
    }
    crate::order::sort_by(&mut found, |a, b| a.pledge.cmp(&b.pledge));
    Ok(found)
}
