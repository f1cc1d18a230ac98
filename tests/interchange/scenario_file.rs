//! The scenario file: versions, damage, limits, what is hidden in it.

use super::{csv, data, names};
use gotong::domain::{Language, Scenario};
use gotong::interchange::{
    CsvOptions, CsvReader, Format, ImportError, ROW_PROBLEM_CODES, import, read_scenario, write_scenario,
};

#[test]
fn versions_are_told_before_the_shape_is_looked_at() {
    let read = |text: &str| read_scenario(text).map(|imported| imported.scenario);
    assert_eq!(read(r#"{"version": 1}"#), Ok(Scenario::default()));
    assert_eq!(
        read(r#"{"organisations": 7, "version": 2}"#),
        Err(ImportError::FutureVersion { version: 2 })
    );
    for never in ["0", "1.5", "\"1\"", "-1", "[1]"] {
        let error = read(&format!(r#"{{"version": {never}}}"#)).unwrap_err();
        assert_eq!(
            error,
            ImportError::UnknownVersion {
                version: never.to_owned()
            }
        );
        assert_eq!(error.code(), "unknown-version");
    }
    for other in [
        "{}",
        "[]",
        "null",
        "7",
        r#"{"version": null}"#,
        r#"{"grants": []}"#,
    ] {
        assert_eq!(read(other), Err(ImportError::UnknownFormat), "{other}");
    }
    assert_eq!(read(" \n\t"), Err(ImportError::Empty));
}

#[test]
fn damage_is_named_with_line_and_column() {
    let error = read_scenario("{\n  \"version\": 1,\n  \"organisations\": 7\n}").unwrap_err();
    let ImportError::Malformed { line, column, detail } = error else {
        panic!("{error:?}")
    };
    assert_eq!((line, column), (3, 20));
    assert!(detail.contains("expected a sequence"), "{detail}");
    let cut = read_scenario("{\"version\": 1, \"title\": \"Des").unwrap_err();
    assert!(
        matches!(
            cut,
            ImportError::Malformed {
                line: 1,
                column: 28,
                ..
            }
        ),
        "{cut:?}"
    );
    let latin = read_scenario(b"{\"version\": 1,\n \"title\": \"Caf\xE9\"}").unwrap_err();
    assert!(
        matches!(
            latin,
            ImportError::Malformed {
                line: 2,
                column: 15,
                ..
            }
        ),
        "{latin:?}"
    );
    let twice = read_scenario(r#"{"version": 1, "version": 1}"#).unwrap_err();
    assert_eq!(twice.code(), "malformed");
}

#[test]
fn a_scenario_that_contradicts_itself_is_refused_with_every_place() {
    let text = r#"{"version": 1, "partnership": {"lead": "nobody"}, "futures": {"trials": 0}}"#;
    let ImportError::Unsound { problems } = read_scenario(text).unwrap_err() else {
        panic!()
    };
    let places: Vec<_> = problems.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(places, ["partnership", "futures.trials"]);
}

#[test]
fn deep_and_large_files_are_refused_without_harm() {
    for deep in [
        format!(r#"{{"version": {}"#, "[".repeat(100_000)),
        format!(r#"{{"version": 1, "title": {}"#, "[".repeat(100_000)),
        format!(r#"{{"version": 1, "title": {}"#, r#"{"id":"#.repeat(100_000)),
        format!(r#"{{"version": 1, "anything": {}"#, "[".repeat(1_000_000)),
    ] {
        assert_eq!(read_scenario(&deep).unwrap_err().code(), "malformed");
    }
    let large = vec![b' '; 64 * 1024 * 1024 + 1];
    let refused = ImportError::TooLarge {
        limit_bytes: 64 * 1024 * 1024,
    };
    assert_eq!(import("large.csv", &large).unwrap_err(), refused);
    assert_eq!(read_scenario(&large).unwrap_err(), refused);
    assert_eq!(
        CsvReader::new(&large, CsvOptions::default()).unwrap_err(),
        refused
    );
}

#[test]
fn lines_of_nothing_but_delimiters_do_no_harm() {
    let wide = format!(
        "name,sector{}\nA,ngo{}\n",
        ",x".repeat(2_000_000),
        ",1".repeat(2_000_000)
    );
    let imported = csv(&wide);
    assert_eq!(names(&imported), ["A"]);
    assert!(imported.problems.len() <= 1_000);
    let long = format!("name,sector,{}\nA,ngo\n", "x".repeat(10_000_000));
    assert!(
        csv(&long)
            .problems
            .iter()
            .all(|problem| problem.value.len() <= 200)
    );
}

#[test]
fn a_large_directory_fits_the_file_it_is_written_to() {
    let rows: String = (0..20_000)
        .map(|row| format!("Organisasi {row},ngo,1.500.000,?,12\n"))
        .collect();
    let scenario = csv(&format!("nama,sektor,offer:funds,offer:staff,need:data\n{rows}")).scenario;
    let text = write_scenario(&scenario);
    assert!(text.len() < 20_000 * 640, "100 000 stay below the limit");
    assert_eq!(read_scenario(&text).unwrap().scenario, scenario);
}

#[test]
fn hidden_characters_are_removed_and_listed() {
    let text = "{\"version\": 1, \"title\": \"a\\u0000b\", \"organisations\": [
        {\"id\": \"x\", \"name\": \"\u{202E}gnay\u{200F}\", \"sector\": \"community\"}]}";
    let imported = read_scenario(text).unwrap();
    assert_eq!(imported.scenario.title.get(Language::Id), "ab");
    assert_eq!(names(&imported), ["gnay\u{200F}"]);
    let places: Vec<_> = imported
        .problems
        .iter()
        .filter_map(|problem| problem.column.as_deref())
        .collect();
    assert_eq!(places, ["organisations[0].name", "title"]);
    assert!(
        imported
            .problems
            .iter()
            .all(|problem| problem.code == "import-hidden-character")
    );
    assert_eq!(
        read_scenario("{\"version\": 1, \"title\": \"\0\"}")
            .unwrap_err()
            .code(),
        "malformed"
    );
    let id = r#"{"version": 1, "organisations": [{"id": "a\u0000", "name": "A", "sector": "community"}]}"#;
    assert_eq!(read_scenario(id).unwrap_err().code(), "malformed");
}

#[test]
fn the_example_in_the_documentation_is_read_as_it_stands() {
    let page = include_str!("../../docs/scenario-format.md");
    let example = page
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let imported = read_scenario(example).unwrap();
    assert_eq!(imported.problems, []);
    assert!(!imported.scenario.organisations.is_empty() && !imported.scenario.pledges.is_empty());
    let table = page
        .split("```csv\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert_eq!(csv(table).problems, []);
    for code in ROW_PROBLEM_CODES {
        assert!(
            page.contains(&format!("`{code}`")),
            "{code} is not in docs/scenario-format.md"
        );
    }
}

#[test]
fn every_bundled_study_survives_the_file() {
    for study in gotong::cases::ALL {
        let scenario = study.load().unwrap();
        let back = read_scenario(write_scenario(&scenario)).unwrap();
        assert_eq!(back.scenario, scenario);
        assert_eq!(back.problems, []);
    }
}

#[test]
fn files_are_recognised_by_content_then_name() {
    let scenario = br#" {"version": 1}"#;
    assert_eq!(
        import("notes.csv", scenario).unwrap().format,
        Format::ScenarioJson
    );
    assert_eq!(
        import("x", b"name,sector\nA,ngo\n").unwrap().format,
        Format::OrganisationsCsv
    );
    for (name, bytes) in [
        ("a.xlsx", &b"PK\x03\x04rest"[..]),
        ("a.csv", b"%PDF-1.7"),
        ("a.json", b"[]"),
        ("a.html", b"<html>"),
    ] {
        assert_eq!(
            import(name, bytes).unwrap_err(),
            ImportError::UnknownFormat,
            "{name}"
        );
    }
    assert_eq!(import("a.csv", b" \r\n").unwrap_err(), ImportError::Empty);
    assert_eq!(
        import("a.csv", b"tahun,jumlah\n1,2\n").unwrap_err(),
        ImportError::NoNameColumn
    );
    let utf16: Vec<u8> = "\u{FEFF}{\"version\": 1}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(import("a.json", &utf16).unwrap().format, Format::ScenarioJson);
    if let Some(folder) = data("pabulib") {
        let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let imported = import("election", &std::fs::read(file).unwrap()).unwrap();
        assert_eq!(imported.format, Format::Pabulib);
    }
}
