//! Every code the core can produce has a sentence in the locales, under the name the page looks it up by.
//!
//! That both languages have the same keys with the same placeholders is held by `build.rs`: what lags behind does
//! not compile. Here the other direction is held: no code may reach a reader as a bare code.
//!
//! Where an error carries data its codes are listed by a value of each variant; the enums are non-exhaustive, so
//! a new variant has to be added here by hand.

use gotong::cases::{self, CaseError};
use gotong::domain::{
    DecisionRule, Form, FundingSource, Language, PartnershipType, RuleId, Sector, builtin_kinds,
};
use gotong::explain::{ExclusionCode, ReasonCode};
use gotong::funding::{FundingError, Verdict};
use gotong::interchange::{ELECTION_PROBLEM_CODES, ImportError, ROW_PROBLEM_CODES};
use gotong::jobs::JobError;
use gotong::matching::MatchError;
use gotong::partnership::appeal::AppealError;
use gotong::risk::RiskError;
use gotong::state::View;
use gotong::state::organisation_draft::FieldProblem;
use gotong::text::Message;

/// Fails with everything that is missing, so that one run tells all of it.
fn assert_named<T: AsRef<str>>(prefix: &str, codes: impl IntoIterator<Item = T>) {
    let names = codes.into_iter().map(|code| format!("{prefix}{}", code.as_ref()));
    let missing: Vec<_> = names.filter(|name| Message::named(name).is_none()).collect();
    assert!(missing.is_empty(), "the locales lack {missing:?}");
}

#[test]
fn a_code_nobody_knows_is_found_missing() {
    assert!(Message::named("reason-nobody-ever-had").is_none());
}

#[test]
fn reasons_and_exclusions_have_sentences() {
    let reasons = [
        ReasonCode::Receives,
        ReasonCode::Gives,
        ReasonCode::SharedGoals,
        ReasonCode::SharedRegion,
        ReasonCode::Trust,
        ReasonCode::Friction,
        ReasonCode::Duplication,
        ReasonCode::Competition,
    ];
    assert_named("reason-", reasons.map(ReasonCode::code));
    // The serialised name is the code (explain/mod.rs).
    let exclusion = serde_json::to_value(ExclusionCode::ConflictOfInterest).unwrap();
    assert_named("excluded-", [exclusion.as_str().unwrap()]);
}

/// Each step of a rule's trace says why: `why-` and the serialised name of its verdict.
#[test]
fn verdicts_of_a_funding_rule_have_sentences() {
    let verdicts = [
        Verdict::Bought,
        Verdict::BoughtInPart,
        Verdict::DoesNotFit {
            short_minor: 1,
            blocked_minor: 0,
        },
        Verdict::AfterStop,
        Verdict::BelowThreshold,
        Verdict::NoSupport,
        Verdict::Withdrawn,
        Verdict::SupportersShort { short_minor: 1 },
    ];
    assert_named("why-", verdicts.iter().map(tag));
}

/// The name a verdict is serialised by: alone, or as the key of its figures.
fn tag(verdict: &Verdict) -> String {
    let json = serde_json::to_value(verdict).unwrap_or_default();
    let alone = json.as_str().map(str::to_owned);
    let key = || json.as_object()?.keys().next().cloned();
    alone.or_else(key).unwrap_or_default()
}

#[test]
fn rows_of_the_domain_have_names() {
    assert_named("rule-", RuleId::ALL.map(RuleId::code));
    assert_named("form-", Form::ALL.iter().map(|form| form.row()));
    assert_named("paper-type-", PartnershipType::ALL.iter().map(|one| one.row()));
    assert_named("paper-decision-", DecisionRule::ALL.map(DecisionRule::code));
    assert_named("paper-language-", Language::ALL.map(Language::code));
    assert_named("source-", FundingSource::ALL.iter().map(|source| source.row()));
    assert_named("sector-", Sector::ALL.map(Sector::code));
    assert_named("view-", View::ALL.map(View::code));
    assert_named("case-", cases::ALL.map(|case| case.row));
    assert_named("thing-", builtin_kinds().iter().map(|kind| kind.id.to_string()));
    assert_named("pace-", ["weekly", "monthly", "quarterly", "yearly"]);
    assert_named("formality-", ["informal", "mixed", "formal"]);
}

#[test]
fn job_errors_have_sentences() {
    let text = String::new;
    let errors = [
        JobError::NotResident { hash: text() },
        JobError::UnsoundScenario { problems: Vec::new() },
        JobError::UnknownOrganisation { id: text() },
        JobError::OutOfRange {
            what: text(),
            value: text(),
        },
        JobError::BadRequest { detail: text() },
        JobError::Import {
            reason: text(),
            detail: text(),
        },
    ];
    assert_named("job-error-", errors.iter().map(JobError::code));
}

#[test]
fn import_errors_and_row_problems_have_sentences() {
    let text = String::new;
    let errors = [
        ImportError::Empty,
        ImportError::TooLarge { limit_bytes: 0 },
        ImportError::UnknownFormat,
        ImportError::Malformed {
            line: 1,
            column: 1,
            detail: text(),
        },
        ImportError::FutureVersion { version: 2 },
        ImportError::UnknownVersion { version: text() },
        ImportError::Unsound { problems: Vec::new() },
        ImportError::NoNameColumn,
        ImportError::NoSectorColumn,
    ];
    assert_named("import-error-", errors.iter().map(ImportError::code));
    assert_named("", ROW_PROBLEM_CODES);
    assert_named("", ELECTION_PROBLEM_CODES);
}

/// The codes stand as literals in one source file, which is read: a code added there fails here.
#[test]
fn contradictions_in_a_scenario_have_sentences() {
    let source = concat!(
        include_str!("../src/domain/problems.rs"),
        include_str!("../src/domain/terms.rs")
    );
    let quoted = source.split('"').skip(1).step_by(2);
    let codes: Vec<_> = quoted.filter(|text| text.starts_with("problem-")).collect();
    assert!(codes.len() >= 15, "{codes:?}");
    assert_named("scenario-", codes);
}

#[test]
fn refusals_of_matching_funding_and_risk_have_sentences() {
    let text = String::new;
    let matching = [
        MatchError::WeightsInvalid {
            name: "trust",
            value: 2.0,
        },
        MatchError::DirectoryTooLarge {
            organisations: 1,
            kinds: 1,
        },
    ];
    assert_named("refused-", matching.iter().map(MatchError::code));
    let funding = [
        FundingError::NoRate {
            pledge: text(),
            currency: text(),
        },
        FundingError::AmountTooLarge { at: text() },
        FundingError::MinimumAboveCost { project: text() },
        FundingError::DuplicateId { id: text() },
        FundingError::UnknownProject {
            participant: text(),
            project: 0,
        },
        FundingError::TooMany {
            what: text(),
            limit: 0,
        },
        FundingError::RealPurses,
        FundingError::LimitsNotKept,
        FundingError::NotMonotone {
            pledge: text(),
            at_most_others_minor: 0,
        },
    ];
    assert_named("refused-", funding.iter().map(FundingError::code));
    // As they stand in `RiskError::code`, read so that a new one fails here.
    let source = include_str!("../src/risk/error.rs");
    let quoted = source.split('"').skip(1).step_by(2);
    let risk: Vec<_> = quoted.filter(|text| text.starts_with("risk-")).collect();
    assert!(
        risk.contains(&RiskError::CommonShockOutOfRange { value: 2.0 }.code()),
        "{risk:?}"
    );
    assert_named("refused-", risk);
}

#[test]
fn forms_storage_and_case_studies_have_sentences() {
    assert_named("field-", FieldProblem::ALL.map(FieldProblem::code));
    // `browser::storage::StorageError`, which native tests cannot name.
    // What a scenario itself can be refused for by the searches; plain forms are the command line's.
    let searches = [
        "coalition-too-large",
        "unknown-project",
        "plan-total-too-large",
        "plan-too-many-pairs",
        "ring-members-too-many",
        "split-players-out-of-range",
        "split-cost-out-of-range",
        "split-inexact",
        "partnership-too-many-parties",
        "partnership-date-invalid",
        AppealError::TooManyDonors.code(),
        AppealError::TooManyParties.code(),
    ];
    assert_named("refused-", searches);
    let unwritable = [
        "no-projects",
        "no-ballots",
        "too-many-voters",
        "comma-in-id",
        "too-large",
        "no-rate",
    ];
    assert_named("export-pb-", unwritable);
    assert_named("notice-", ["storage-refused", "storage-full"]);
    let unsound = CaseError::Unsound { problems: Vec::new() };
    assert_named("", [unsound.code(), "case-malformed"]);
}
