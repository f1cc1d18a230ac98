//! Each section of the draft, written from the scenario and its assessment.

use super::{Blank, Line, MAX_REVIEWS, Value};
use crate::domain::{
    DecisionRule, Form, GoalId, KindId, Lever, OrgId, Organisation, PartnershipType, Scenario,
};
use crate::explain::Role;
use crate::matching::fill::{Fill, conflicts_inside, partnership_fill};
use crate::matching::plan::{RoleAssignment, assign_roles, partnership_plan};
use crate::partnership::civil::Day;
use crate::partnership::effort::whole;
use crate::partnership::parties::Parties;
use crate::partnership::{Assessment, Measure, review_months};
use std::borrow::Cow;

/// A line without blanks.
fn plain(key: &'static str) -> Line {
    line(key, [])
}

fn line<const N: usize>(key: &'static str, blanks: [(&'static str, Value); N]) -> Line {
    let blank = |(name, value)| Blank {
        name: Cow::Borrowed(name),
        value,
    };
    Line {
        key: Cow::Borrowed(key),
        blanks: blanks.into_iter().map(blank).collect(),
    }
}

fn organisation(org: &OrgId) -> (&'static str, Value) {
    ("organisation", Value::Organisation(org.clone()))
}

fn kind(kind: &KindId) -> (&'static str, Value) {
    ("kind", Value::Kind(kind.clone()))
}

fn quantity(kind: &KindId, quantity: u64) -> (&'static str, Value) {
    let kind = kind.clone();
    ("quantity", Value::Quantity { kind, quantity })
}

/// What all sections are written from.
pub(super) struct Desk<'a> {
    roles: Vec<RoleAssignment>,
    parties: Parties<'a>,
    fills: Vec<Fill>,
    assessment: &'a Assessment,
    pub of_type: PartnershipType,
    start: Day,
    pub end: Option<Day>,
}

impl<'a> Desk<'a> {
    pub fn new(
        scenario: &'a Scenario,
        assessment: &'a Assessment,
        start: Day,
        of_type: Option<PartnershipType>,
    ) -> Self {
        let months = assessment
            .advice
            .figures
            .horizon_months
            .filter(|&months| months > 0);
        Self {
            // Quantities beyond all bounds have no plan; who does what is then still to be agreed.
            roles: partnership_plan(scenario, false)
                .map_or(Vec::new(), |plan| assign_roles(scenario, &plan).roles),
            parties: Parties::of(scenario),
            fills: partnership_fill(scenario),
            assessment,
            of_type: of_type.unwrap_or(assessment.advice.recommended),
            start,
            end: months.and_then(|months| start.plus_months(months)),
        }
    }

    fn scenario(&self) -> &Scenario {
        self.parties.scenario
    }

    fn lead(&self) -> Option<&Organisation> {
        let lead = self.parties.orgs.first().copied();
        lead.filter(|_| self.parties.has_lead())
    }

    pub fn purpose(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for project in &self.parties.projects {
            let name = ("project", Value::Project(project.id.clone()));
            lines.push(line("agreement-purpose-project", [name]));
        }
        if lines.is_empty() {
            lines.push(match self.lead() {
                Some(lead) => line("agreement-purpose-needs", [organisation(&lead.id)]),
                None => plain("agreement-purpose-open"),
            });
        }
        let mut goals: Vec<GoalId> = Vec::new();
        for goal in self.parties.projects.iter().flat_map(|project| &project.goals) {
            if !goals.contains(goal) {
                goals.push(goal.clone());
            }
        }
        if !goals.is_empty() {
            lines.push(line("agreement-purpose-goals", [("goals", Value::Goals(goals))]));
        }
        lines.push(plain(match self.of_type {
            PartnershipType::Formal => "agreement-type-t1",
            PartnershipType::Informal => "agreement-type-t2",
            PartnershipType::Strategic => "agreement-type-t3",
            PartnershipType::Operational => "agreement-type-t4",
        }));
        lines
    }

    pub fn who(&self) -> Vec<Line> {
        let party = |org: &&Organisation| {
            line(
                "agreement-party",
                [organisation(&org.id), ("sector", Value::Sector(org.sector))],
            )
        };
        let lines: Vec<_> = self.parties.orgs.iter().map(party).collect();
        if lines.is_empty() {
            vec![plain("agreement-party-open")]
        } else {
            lines
        }
    }

    /// Who has a role by the plan of resources, so that the paper says what the page says.
    fn has_role(&self, role: Role) -> Option<&Organisation> {
        let found = self.roles.iter().find(|assigned| assigned.role == role)?;
        self.parties.orgs.iter().copied().find(|org| org.id == found.org)
    }

    fn holder(&self) -> Option<&Organisation> {
        self.has_role(Role::HoldsFunds)
    }

    pub fn roles(&self) -> Vec<Line> {
        let mut lines = vec![match self.lead() {
            Some(lead) => line("agreement-role-lead", [organisation(&lead.id)]),
            None => plain("agreement-role-lead-open"),
        }];
        for project in &self.parties.projects {
            let carrier = project
                .lead
                .as_ref()
                .filter(|id| Some(*id) != self.lead().map(|lead| &lead.id));
            if let Some(carrier) = carrier.filter(|id| self.parties.position(id).is_some()) {
                let name = ("project", Value::Project(project.id.clone()));
                lines.push(line("agreement-role-carries", [organisation(carrier), name]));
            }
        }
        let holder = self.holder();
        if self.moves_money() {
            lines.push(match holder {
                Some(holder) => line("agreement-role-holds", [organisation(&holder.id)]),
                None => plain("agreement-role-holds-open"),
            });
        }
        // Who checks is not who holds the money.
        lines.push(match self.has_role(Role::Checks) {
            Some(checks) => line("agreement-role-checks", [organisation(&checks.id)]),
            None => plain("agreement-role-checks-open"),
        });
        lines
    }

    pub fn contributions(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for fill in &self.fills {
            for one in &fill.contributions {
                // Of the requirement, what this party fills; of a need not said, all it offers.
                let own = fill.stretches.iter().filter(|stretch| stretch.org == one.org);
                let fills = own.map(|stretch| stretch.to - stretch.from).sum::<u64>();
                lines.extend(match (one.offered, fill.need) {
                    (None, _) => Some(line(
                        "agreement-contribution-open",
                        [kind(&fill.kind), organisation(&one.org)],
                    )),
                    (Some(_), Some(_)) if fills == 0 => None,
                    (Some(offered), need) => {
                        let brings = if need.is_some() { fills } else { offered };
                        let blanks = [
                            kind(&fill.kind),
                            organisation(&one.org),
                            quantity(&fill.kind, brings),
                        ];
                        Some(line("agreement-contribution", blanks))
                    }
                });
            }
            let short = fill.short().map(|[_, most]| most).filter(|&most| most > 0);
            if let Some(most) = short {
                lines.push(line(
                    "agreement-missing",
                    [kind(&fill.kind), quantity(&fill.kind, most)],
                ));
            }
        }
        if lines.is_empty() {
            vec![plain("agreement-contribution-none")]
        } else {
            lines
        }
    }

    /// The way to decide that was chosen; else the community's where it decides, else that of the type.
    fn decision(&self) -> DecisionRule {
        let plan = &self.scenario().partnership;
        let community = plan.form == Some(Form::CommunityDecides);
        plan.agreement.decision.unwrap_or(match self.of_type {
            _ if community => DecisionRule::Members,
            PartnershipType::Informal => DecisionRule::Consensus,
            PartnershipType::Operational => DecisionRule::Meeting,
            PartnershipType::Formal | PartnershipType::Strategic => DecisionRule::Board,
        })
    }

    pub fn decisions(&self) -> Vec<Line> {
        let mut lines = vec![plain(match self.decision() {
            DecisionRule::Consensus => "agreement-decision-consensus",
            DecisionRule::Meeting => "agreement-decision-meeting",
            DecisionRule::Board => "agreement-decision-board",
            DecisionRule::Members => "agreement-decision-members",
        })];
        if self.moves_money() {
            lines.push(line(
                "agreement-decision-rule",
                [("rule", Value::Rule(self.scenario().pool.rule))],
            ));
        }
        for (a, b) in conflicts_inside(self.scenario()) {
            let other = ("other", Value::Organisation(b));
            lines.push(line("agreement-decision-conflict", [organisation(&a), other]));
        }
        lines.extend(
            self.assessment
                .levers
                .iter()
                .map(|&lever| plain(lever_key(lever))),
        );
        lines
    }

    fn moves_money(&self) -> bool {
        self.assessment
            .advice
            .figures
            .money_minor
            .high
            .is_none_or(|high| high > 0.0)
    }

    pub fn money(&self) -> Vec<Line> {
        if !self.moves_money() {
            return vec![plain("agreement-money-none")];
        }
        let minor = |amount: u64| ("money", Value::MoneyMinor(amount));
        let money = self.assessment.advice.figures.money_minor;
        let mut lines = vec![if money.is_known() {
            line("agreement-money-total", [minor(whole(money.low))])
        } else {
            plain("agreement-money-open")
        }];
        for pledge in &self.parties.payments {
            if self.parties.position(&pledge.funder).is_none() {
                continue;
            }
            let Some(amount) = self.scenario().in_base(pledge.amount) else {
                lines.push(line(
                    "agreement-money-pledge-open",
                    [organisation(&pledge.funder)],
                ));
                continue;
            };
            let key = if pledge.restriction.is_open() {
                "agreement-money-pledge"
            } else {
                "agreement-money-pledge-restricted"
            };
            lines.push(line(key, [minor(amount), organisation(&pledge.funder)]));
        }
        lines.push(plain("agreement-money-account"));
        lines.push(line("agreement-money-report", [self.months()]));
        lines
    }

    fn months(&self) -> (&'static str, Value) {
        ("months", Value::Count(u64::from(review_months(self.of_type))))
    }

    pub fn indicators(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let reach = self
            .assessment
            .figure(Measure::UniquePeople)
            .and_then(|figure| figure.value);
        lines.push(match reach {
            Some(people) if people.low >= 1.0 => line(
                "agreement-indicator-people",
                [("people", Value::Count(whole(libm::floor(people.low))))],
            ),
            _ => plain("agreement-indicator-people-open"),
        });
        for fill in &self.fills {
            if let Some(need) = fill.need {
                let blanks = [kind(&fill.kind), quantity(&fill.kind, need)];
                lines.push(line("agreement-indicator-resource", blanks));
            }
        }
        if self.moves_money() {
            lines.push(plain("agreement-indicator-money"));
        }
        lines.push(plain("agreement-indicator-promises"));
        lines
    }

    pub fn reviews(&self) -> Vec<Line> {
        let mut lines = vec![line("agreement-review-every", [self.months()])];
        let last = self.end.or_else(|| self.start.plus_months(12));
        let step = review_months(self.of_type);
        for number in (1_u16..).take(MAX_REVIEWS) {
            let day = self.start.plus_months(step.saturating_mul(number));
            let Some(day) = day.filter(|&day| last.is_some_and(|last| day <= last)) else {
                break;
            };
            lines.push(line("agreement-review-day", [("day", Value::Day(day))]));
        }
        lines
    }

    pub fn exit(&self) -> Vec<Line> {
        let start = ("start", Value::Day(self.start));
        let notice = if self.of_type == PartnershipType::Informal {
            1
        } else {
            3
        };
        vec![
            match self.end {
                Some(end) => line("agreement-exit-end", [("end", Value::Day(end)), start]),
                None => line("agreement-exit-end-open", [start]),
            },
            line("agreement-exit-notice", [("months", Value::Count(notice))]),
            plain("agreement-exit-handover"),
            plain("agreement-exit-dispute"),
        ]
    }
}

/// The sentence of a lever.
fn lever_key(lever: Lever) -> &'static str {
    match lever {
        Lever::Transparency => "agreement-lever-k1",
        Lever::Oversight => "agreement-lever-k2",
        Lever::Technology => "agreement-lever-k3",
        Lever::CommonGoal => "agreement-lever-k4",
        Lever::Communication => "agreement-lever-k5",
        Lever::ClearRoles => "agreement-lever-k6",
        Lever::Monitoring => "agreement-lever-k7",
        Lever::EarlyInvolvement => "agreement-lever-k8",
        Lever::WorkPlan => "agreement-lever-k9",
        Lever::AlternativeFunding => "agreement-lever-k10",
    }
}
