//! A table of organisations, as people have them: one row an organisation, headings in Indonesian or English.
//!
//! Columns: name and sector (both needed), id, region, description, goals, `offer:KIND`, `need:KIND`,
//! `priority:KIND`, pace, formality, horizon, donors, programmes, participation cost. The words understood are
//! in `vocabulary.rs` and `headings.rs`; docs/scenario-format.md lists them for people.

mod cell;
mod delimited;
mod digits;
mod heading_words;
mod headings;
mod identity;
mod layout;
mod number_words;
mod numbers;
mod regions;
mod row;
mod vocabulary;
mod write;

pub use digits::NumberConvention;
pub use identity::{hyphenated, slug};
pub use write::write_organisations_csv;

use super::decode::{Encoding, decode};
use super::row_problem::{self, row_problem};
use super::{Format, ImportError, Imported, MAX_FILE_BYTES};
use delimited::record_at;
use layout::Layout;
use row::Rows;

/// What the person answered where the file did not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// How to read `1.500`, if no number in the file tells: the answer to `import-ambiguous-number`.
    pub numbers: Option<NumberConvention>,
}

/// How many numbers of the document prove each convention.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    comma: u64,
    point: u64,
}

impl Votes {
    /// The document's convention: the one all its telling numbers follow.
    fn verdict(self) -> Option<NumberConvention> {
        match (self.comma, self.point) {
            (1.., 0) => Some(NumberConvention::DecimalComma),
            (0, 1..) => Some(NumberConvention::DecimalPoint),
            _ => None,
        }
    }
}

/// Where the reader is. The table is read twice: how *all* its numbers are written says how to read the
/// ambiguous ones.
#[derive(Clone, Copy, Debug)]
enum Phase {
    Numbers { at: usize, votes: Votes },
    Rows { at: usize },
    Done,
}

/// Reads a table of organisations in steps, so that 50 000 rows neither block a page nor resist a cancel.
///
/// Yields, in file order, each organisation that has a name and a known sector; everything else that was
/// wrong is listed with row, heading and value. Ids are taken from an id column or made from the name; a
/// repeated name or id gets a number and a warning. At most [`row_problem::MAX_LISTED`] problems are listed,
/// then their number.
///
/// Rows are numbered as a spreadsheet numbers them: from 1, headings, titles and blank rows included.
///
/// Cost: O(bytes), read twice.
///
/// ```
/// use gotong::interchange::CsvReader;
/// // Pak Wayan's list: one village group has not said how many volunteers it can send.
/// let table = "Nama;Sektor;Tawaran: relawan;Kebutuhan: dana\n\
///              Sekaa Teruna;komunitas;?;Rp 15.000.000,-\n\
///              Bank Dewata;swasta;-;-\n";
/// let mut reader = CsvReader::new(table.as_bytes(), Default::default())?;
/// while !reader.step(100) {}
/// let imported = reader.finish();
/// assert!(imported.problems.is_empty());
/// let group = &imported.scenario.organisations[0];
/// assert_eq!(group.id.as_str(), "sekaa-teruna");
/// assert_eq!(group.offers[0].quantity, None);
/// assert_eq!(group.needs[0].quantity, Some(15_000_000));
/// # Ok::<(), gotong::interchange::ImportError>(())
/// ```
#[derive(Debug)]
pub struct CsvReader {
    text: String,
    layout: Layout,
    phase: Phase,
    rows: Rows,
    options: CsvOptions,
}

impl CsvReader {
    /// Decodes the file, finds its delimiter (`,` `;` tab `|`) and its heading row among the first twenty.
    ///
    /// # Errors
    /// [`ImportError::Empty`], [`ImportError::TooLarge`], [`ImportError::NoNameColumn`],
    /// [`ImportError::NoSectorColumn`].
    pub fn new(bytes: &[u8], options: CsvOptions) -> Result<Self, ImportError> {
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(ImportError::TooLarge {
                limit_bytes: MAX_FILE_BYTES,
            });
        }
        let (text, encoding) = decode(bytes);
        if text.trim().is_empty() {
            return Err(ImportError::Empty);
        }
        let (layout, mut problems) = Layout::find(&text)?;
        if encoding == Encoding::Windows1252 {
            problems.insert(
                0,
                row_problem(row_problem::GUESSED_ENCODING, None, encoding.name()),
            );
        }
        let rows = Rows::new(&layout, problems);
        let phase = Phase::Numbers {
            at: layout.data_at,
            votes: Votes::default(),
        };
        Ok(Self {
            text,
            layout,
            phase,
            rows,
            options,
        })
    }

    /// Reads up to `rows` more rows; true when there are none left.
    pub fn step(&mut self, rows: usize) -> bool {
        for _ in 0..rows {
            self.phase = match self.phase {
                Phase::Numbers { at, mut votes } => match record_at(&self.text, at, self.layout.delimiter) {
                    Some(record) => {
                        self.layout.count_evidence(&record.cells, &mut votes);
                        Phase::Numbers {
                            at: record.next,
                            votes,
                        }
                    }
                    None => {
                        self.rows.convention = self.options.numbers.or(votes.verdict());
                        Phase::Rows {
                            at: self.layout.data_at,
                        }
                    }
                },
                Phase::Rows { at } => match record_at(&self.text, at, self.layout.delimiter) {
                    Some(record) => {
                        self.rows.read(&self.layout, &record);
                        Phase::Rows { at: record.next }
                    }
                    None => Phase::Done,
                },
                Phase::Done => return true,
            };
        }
        matches!(self.phase, Phase::Done)
    }

    /// Work done and work in all, in bytes read.
    pub fn progress(&self) -> (u64, u64) {
        let length = self.text.len() as u64;
        let done = match self.phase {
            Phase::Numbers { at, .. } => at as u64,
            Phase::Rows { at } => length + at as u64,
            Phase::Done => 2 * length,
        };
        (done, 2 * length)
    }

    /// What was read so far: everything, once [`CsvReader::step`] said so.
    pub fn finish(self) -> Imported {
        let rows_read = self.rows.rows_read;
        let (scenario, problems) = self.rows.finish();
        Imported {
            format: Format::OrganisationsCsv,
            scenario,
            problems,
            rows_read,
        }
    }
}

/// [`CsvReader`] in one go.
///
/// # Errors
/// As [`CsvReader::new`].
pub fn read_organisations_csv(bytes: &[u8], options: CsvOptions) -> Result<Imported, ImportError> {
    let mut reader = CsvReader::new(bytes, options)?;
    while !reader.step(1_000) {}
    Ok(reader.finish())
}

/// The cells of a table in text, row by row, read by the same lenient reader: for tables that are not of
/// organisations.
pub fn cells(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    delimited::records(text, delimiter)
        .map(|record| record.cells)
        .collect()
}
