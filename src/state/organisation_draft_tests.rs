use super::*;
use crate::cases;
use crate::domain::{Currency, ResourceKind, builtin_kinds};

fn kinds() -> Vec<ResourceKind> {
    builtin_kinds()
}

fn reading(kinds: &[ResourceKind], language: Language) -> Reading<'_> {
    Reading {
        language,
        currency: Currency::IDR,
        kinds,
    }
}

fn kind(id: &str) -> KindId {
    KindId::new(id).unwrap()
}

/// Opening a form and saving it untouched changes nothing, for every organisation of every study in both
/// languages: figures survive being shown and read again, and what the form does not show stays.
#[test]
fn saving_an_untouched_form_changes_nothing() {
    for study in cases::ALL {
        let scenario = study.load().unwrap();
        let kinds = scenario.all_kinds();
        for language in Language::ALL {
            let reading = Reading {
                language,
                currency: scenario.base_currency,
                kinds: &kinds,
            };
            for organisation in &scenario.organisations {
                let draft = OrganisationDraft::of(organisation, &scenario, reading);
                let mut after = scenario.clone();
                draft.save(&scenario, reading).unwrap().apply(&mut after);
                assert_eq!(after, scenario, "{}", organisation.id);
            }
        }
    }
}

#[test]
fn a_new_form_lacks_a_name_and_a_sector_and_nothing_else() {
    let kinds = kinds();
    let reading = reading(&kinds, Language::Id);
    let mut draft = OrganisationDraft::new(&Scenario::default());
    let missing = [
        (Place::Name, FieldProblem::Required),
        (Place::Sector, FieldProblem::Required),
    ];
    assert_eq!(draft.save(&Scenario::default(), reading), Err(missing.to_vec()));
    draft.name = " Karang Taruna Melati ".to_owned();
    draft.sector = Some(Sector::Community);
    let mut scenario = Scenario::default();
    draft.save(&scenario, reading).unwrap().apply(&mut scenario);
    let saved = &scenario.organisations[0];
    assert_eq!(
        (saved.id.as_str(), &saved.name),
        ("karang-taruna-melati", &"Karang Taruna Melati".into())
    );
    assert_eq!(scenario.partnership.lead.as_ref(), Some(&saved.id));
    assert!(!OrganisationDraft::new(&scenario).is_lead);
}

#[test]
fn quantities_are_read_by_the_unit_of_their_kind() {
    let kinds = kinds();
    let read = |id: &str, text: &str, language| {
        reading(&kinds, language).quantity(&ResourceDraft {
            kind: kind(id),
            quantity: text.to_owned(),
            unknown: false,
            priority: Priority::default(),
        })
    };
    assert_eq!(read("funds", "1,5 juta", Language::Id), Ok(Some(1_500_000)));
    assert_eq!(read("funds", "1.5 million", Language::En), Ok(Some(1_500_000)));
    assert_eq!(
        read("funds", "banyak", Language::Id),
        Err(FieldProblem::NotAnAmount)
    );
    for language in Language::ALL {
        for text in ["1500", "1.500", "1,500", "1 500", " 1500 "] {
            assert_eq!(read("staff", text, language), Ok(Some(1_500)), "{text}");
        }
        for text in ["1,5", "1.50", "-3", "12a", "1.2.3", ".", "1.5000", "٣"] {
            assert_eq!(
                read("staff", text, language),
                Err(FieldProblem::NotANumber),
                "{text}"
            );
        }
    }
    assert_eq!(
        read("staff", "", Language::Id),
        Err(FieldProblem::QuantityMissing)
    );
    assert_eq!(read("staff", "0", Language::Id), Ok(Some(0)));
    assert_eq!(
        read("staff", "1000000000000001", Language::Id),
        Err(FieldProblem::TooLarge)
    );
    assert_eq!(
        read("staff", &"9".repeat(40), Language::Id),
        Err(FieldProblem::TooLarge)
    );
}

#[test]
fn not_said_yet_is_unknown_and_not_zero() {
    let kinds = kinds();
    let reading = reading(&kinds, Language::Id);
    let mut draft = OrganisationDraft::new(&Scenario::default());
    OrganisationDraft::add_resource(&mut draft.offers, kind("staff"));
    OrganisationDraft::add_resource(&mut draft.offers, kind("staff"));
    assert_eq!(draft.offers.len(), 1);
    assert!(
        draft
            .problems(reading)
            .contains(&(Place::Offer(0), FieldProblem::QuantityMissing))
    );
    draft.offers[0].unknown = true;
    draft.offers[0].quantity = "not a number".to_owned();
    assert_eq!(reading.quantity(&draft.offers[0]), Ok(None));
}

#[test]
fn months_are_one_to_six_hundred() {
    assert_eq!(horizon(""), Ok(None));
    assert_eq!(horizon("36"), Ok(Some(36)));
    for wrong in ["0", "601", "99999999999", "dua"] {
        assert_eq!(horizon(wrong), Err(FieldProblem::Horizon), "{wrong}");
    }
}

#[test]
fn a_name_in_two_languages_keeps_the_other_one() {
    let both = Text::Both {
        id: "Sekolah".to_owned(),
        en: "School".to_owned(),
    };
    let renamed = retyped(&both, "Sekolah Kampung", Language::Id);
    assert_eq!(
        (renamed.get(Language::Id), renamed.get(Language::En)),
        ("Sekolah Kampung", "School")
    );
    assert_eq!(retyped(&both, "School", Language::En), both);
    assert!(retyped(&both, "", Language::En).is_blank());
}

#[test]
fn conflicts_become_exactly_what_the_form_says() {
    let mut scenario = cases::CaseStudy::by_row("E2").unwrap().load().unwrap();
    let kinds = scenario.all_kinds();
    let reading = reading(&kinds, Language::Id);
    let lead = scenario.partnership.lead.clone().unwrap();
    let form =
        |scenario: &Scenario| OrganisationDraft::of(scenario.organisation(&lead).unwrap(), scenario, reading);
    let mut draft = form(&scenario);
    let others = scenario.conflicts.len() - draft.conflicts.len();
    draft.conflicts.clear();
    let with = OrgId::new("politeknik-ngayogya").unwrap();
    draft.add_conflict(with.clone());
    draft.add_conflict(with.clone());
    draft.conflicts[0].reason = "Pernah bersengketa".to_owned();
    draft.save(&scenario, reading).unwrap().apply(&mut scenario);
    assert_eq!(scenario.conflicts.len(), others + 1);
    let stated = scenario.conflict_between(&with, &lead).unwrap();
    assert_eq!(stated.reason, "Pernah bersengketa".into());
    let again = form(&scenario);
    assert_eq!(again.conflicts.len(), 1);
    // A form left open while its counterpart was removed elsewhere leaves nothing dangling.
    Edit::RemoveOrganisation(with).apply(&mut scenario);
    again.save(&scenario, reading).unwrap().apply(&mut scenario);
    assert_eq!(scenario.problems(), Vec::new());
}
