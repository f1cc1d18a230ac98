//! The table of organisations, as offices have it.

use super::{codes, csv, kind, names};
use gotong::domain::{
    Currency, Need, Offer, OrgId, Organisation, Priority, RegionCode, Scenario, Sector, Text,
};
use gotong::interchange::{
    CsvOptions, CsvReader, Imported, NumberConvention, cells, import, read_organisations_csv,
    write_organisations_csv,
};

#[test]
fn a_table_as_an_office_has_it() {
    let text = "\u{FEFF}DAFTAR MITRA;;;;;;\r\n\r\n\
        Nama Organisasi;Sektor;Kabupaten/Kota;Tawaran: Dana (Rp);Tawaran: relawan;Kebutuhan: keahlian;Prioritas: keahlian\r\n\
        Bank Dewata;Swasta;Kota Denpasar;1.500.000.000,50;;;\r\n\
        Sekaa Teruna;Komunitas;Gianyar;;?;12 hari;5\r\n\
        ;;;;;;\r\n\
        Dinas Pendidikan;Pemerintah;Bali;tidak ada;1.200;tidak tahu;\r\n";
    let imported = csv(text);
    assert_eq!(
        codes(&imported),
        [(Some(4), "import-rounded", "1.500.000.000,50")]
    );
    assert_eq!(imported.rows_read, 3);
    let [bank, youth, office] = imported.scenario.organisations.as_slice() else {
        panic!()
    };
    assert_eq!(
        (bank.sector, bank.offers[0].quantity),
        (Sector::Business, Some(1_500_000_001))
    );
    assert_eq!(bank.region.as_ref().map(RegionCode::as_str), Some("51.71"));
    assert_eq!(
        youth.offers,
        [Offer {
            kind: kind("staff"),
            quantity: None
        }]
    );
    let need = Need {
        kind: kind("expertise"),
        quantity: Some(12),
        priority: Priority::new(5).unwrap(),
    };
    assert_eq!(youth.needs, [need]);
    assert_eq!(
        office.offers,
        [Offer {
            kind: kind("staff"),
            quantity: Some(1200)
        }]
    );
    assert_eq!(office.needs[0].quantity, None);
    assert_eq!(office.id.as_str(), "dinas-pendidikan");
}

#[test]
fn good_rows_stay_and_bad_ones_are_listed_by_row_and_column() {
    let text = "name,sector,offer:funds,need:staff,goals\n\
        Alpha,business,\"1,500,000.00\",2,sdg4; health\n\
        ,business,1,,\n\
        Gamma,circus,1,,\n\
        Delta,,1,,\n\
        Epsilon,ngo,plenty,-3,\n\
        Zeta,ngo,1.5,99999999999999999999,,surplus\n\
        Eta,ngo\n\
        \"Theta,ngo,1\n\
        Iota,ngo,5,,\n";
    let imported = csv(text);
    assert_eq!(names(&imported), ["Alpha", "Epsilon", "Zeta", "Eta", "Iota"]);
    assert_eq!(
        codes(&imported),
        [
            (Some(3), "import-no-name", ""),
            (Some(4), "import-unknown-sector", "circus"),
            (Some(5), "import-no-sector", ""),
            (Some(6), "import-not-a-number", "plenty"),
            (Some(6), "import-negative-number", "-3"),
            (Some(7), "import-extra-cells", "surplus"),
            (Some(7), "import-rounded", "1.5"),
            (Some(7), "import-amount-too-large", "99999999999999999999"),
            (Some(8), "import-short-row", "2 < 5"),
            (Some(9), "import-unclosed-quote", "\"Theta"),
        ]
    );
    let dropped: Vec<_> = imported
        .problems
        .iter()
        .filter(|problem| problem.row_dropped)
        .filter_map(|problem| problem.row)
        .collect();
    assert_eq!(dropped, [3, 4, 5, 9]);
    assert_eq!(imported.problems[3].column.as_deref(), Some("offer:funds"));
    let epsilon = &imported.scenario.organisations[1];
    assert_eq!(
        epsilon.offers,
        [Offer {
            kind: kind("funds"),
            quantity: None
        }]
    );
    assert_eq!(epsilon.needs, []);
    assert_eq!(imported.rows_read, 9);
    assert_eq!(imported.scenario.problems(), []);
}

#[test]
fn numbers_follow_the_document_and_are_asked_about_where_it_does_not_tell() {
    let table = |second: &str| format!("nama;sektor;offer:funds\nA;ngo;1.500\nB;ngo;{second}\n");
    let funds = |imported: &Imported| imported.scenario.organisations[0].offers[0].quantity;
    let ambiguous = csv(&table("2.000"));
    assert_eq!(
        codes(&ambiguous),
        [
            (Some(2), "import-ambiguous-number", "1.500"),
            (Some(3), "import-ambiguous-number", "2.000")
        ]
    );
    assert_eq!(funds(&ambiguous), None);
    assert_eq!(funds(&csv(&table("2.000.000"))), Some(1500));
    assert_eq!(funds(&csv(&table("1,5 juta"))), Some(1500));
    assert_eq!(funds(&csv(&table("2.5 million"))), Some(2));
    let both = csv("nama;sektor;offer:funds\nA;ngo;1.500\nB;ngo;1,5 juta\nC;ngo;1.5 juta\n");
    assert_eq!(codes(&both), [(Some(2), "import-ambiguous-number", "1.500")]);
    let answered = CsvOptions {
        numbers: Some(NumberConvention::DecimalComma),
    };
    let imported = read_organisations_csv(table("2.000").as_bytes(), answered).unwrap();
    assert_eq!((funds(&imported), imported.problems.len()), (Some(1500), 0));
}

#[test]
fn encodings_of_old_spreadsheets_are_read() {
    let text = "nama,sektor\r\nCafé Peduli – Jogja,ngo\r\n";
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let windows = b"nama,sektor\r\nCaf\xE9 Peduli \x96 Jogja,ngo\r\n";
    for (bytes, problems) in [(text.as_bytes(), 0), (&utf16, 0), (windows, 1)] {
        let imported = import("mitra.csv", bytes).unwrap();
        assert_eq!(names(&imported), ["Café Peduli – Jogja"]);
        assert_eq!(imported.problems.len(), problems);
    }
}

#[test]
fn repeated_names_get_ids_of_their_own() {
    let imported =
        csv("id,name,sector\n,Desa Maju,desa\n,desa maju,desa\nx,Z,ngo\nx,Y,ngo\n,日本,ngo\n,Россия,ngo\n");
    let ids: Vec<_> = imported
        .scenario
        .organisations
        .iter()
        .map(|organisation| organisation.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "desa-maju",
            "desa-maju-2",
            "x",
            "x-2",
            "organisation",
            "organisation-2"
        ]
    );
    assert_eq!(
        codes(&imported),
        [
            (Some(3), "import-duplicate-name", "desa maju"),
            (Some(5), "import-duplicate-id", "x")
        ]
    );
    let same = "name,sector\n".to_owned() + &"Sama,ngo\n".repeat(30_000);
    let many = csv(&same);
    assert_eq!(many.scenario.organisations.len(), 30_000);
    assert_eq!(many.problems.len(), 10_001);
    assert_eq!(codes(&many)[10_000], (None, "import-more-problems", "19999"));
    assert_eq!(many.scenario.problems(), []);
}

#[test]
fn offers_and_needs_may_share_a_cell() {
    let imported =
        csv("nama,sektor,tawaran,kebutuhan\nA,ngo,\"dana: 1,5 juta; 20 relawan\",izin; kapal; dana 5 juta\n");
    let a = &imported.scenario.organisations[0];
    assert_eq!(
        a.offers,
        [
            Offer {
                kind: kind("funds"),
                quantity: Some(1_500_000)
            },
            Offer {
                kind: kind("staff"),
                quantity: Some(20)
            }
        ]
    );
    assert_eq!(
        a.needs
            .iter()
            .map(|need| (need.kind.as_str(), need.quantity))
            .collect::<Vec<_>>(),
        [("permits", None), ("funds", Some(5_000_000))]
    );
    assert_eq!(codes(&imported), [(Some(2), "import-unknown-kind", "kapal")]);
}

#[test]
fn steps_of_any_size_read_the_same_and_report_progress() {
    let mut text = String::from("nama,sektor,offer:funds,need:staff\n");
    for row in 0..2_000 {
        text.push_str(&format!(
            "Org {row},{},{}.000.000,{}\n",
            ["ngo", "desa", "?"][row % 3],
            row,
            row % 7
        ));
    }
    let whole = csv(&text);
    assert_eq!(whole.scenario.organisations.len(), 1_334);
    for rows in [1, 7, 100_000] {
        let mut reader = CsvReader::new(text.as_bytes(), CsvOptions::default()).unwrap();
        let mut last = 0;
        while !reader.step(rows) {
            let (done, total) = reader.progress();
            assert!(last <= done && done <= total);
            last = done;
        }
        let (done, total) = reader.progress();
        assert_eq!(done, total);
        assert_eq!(reader.finish(), whole);
    }
}

#[test]
fn what_a_spreadsheet_would_run_is_written_safe() {
    let mut scenario = Scenario::default();
    for (number, name) in ["=1+1", "+62 811", "-5", "@home", "'Aisyiyah", "''x", "Plain"]
        .iter()
        .enumerate()
    {
        let id = OrgId::new(&format!("o{number}")).unwrap();
        let mut organisation = Organisation::new(id, (*name).into(), Sector::Community);
        organisation.description = Text::from("\t=cmd|' /C calc'!A0");
        organisation.participation_cost_minor = Some(1);
        scenario.organisations.push(organisation);
    }
    let text = write_organisations_csv(&scenario);
    for row in cells(&text, ',').iter().skip(1) {
        assert!(
            row.iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{row:?}"
        );
    }
    assert!(text.contains(",''Aisyiyah,") && text.contains(",'''x,") && text.contains(",Plain,"));
    assert_eq!(csv(&text).scenario.organisations, scenario.organisations);
    assert_eq!(
        names(&csv("nama,sektor\n'Aisyiyah,ormas\n'=x,ngo\n")),
        ["'Aisyiyah", "=x"]
    );
}

#[test]
fn money_keeps_its_currency_in_a_table() {
    let mut scenario = Scenario {
        base_currency: Currency::new("USD").unwrap(),
        ..Scenario::default()
    };
    let mut fund = Organisation::new(OrgId::new("f").unwrap(), "Fund".into(), Sector::Business);
    fund.offers = vec![Offer {
        kind: kind("funds"),
        quantity: Some(123_456_705),
    }];
    scenario.organisations.push(fund);
    let text = write_organisations_csv(&scenario);
    assert!(
        text.contains("offer:funds (USD)") && text.contains("1234567.05"),
        "{text}"
    );
    let back = csv(&text);
    assert_eq!(
        (back.scenario.base_currency, back.problems.len()),
        (scenario.base_currency, 0)
    );
    assert_eq!(back.scenario.organisations, scenario.organisations);
}
