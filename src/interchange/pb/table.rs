//! The three sections as plain tables: nothing interpreted, nothing lost.

use crate::interchange::decode::{Encoding, decode};
use crate::interchange::row_problem;
use crate::interchange::{ImportError, RowProblem};

/// A section: its heading row and its rows, every cell as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PbTable {
    /// Headings, in file order.
    pub columns: Vec<String>,
    /// Rows, as long as the headings (short rows are filled up).
    pub rows: Vec<Vec<String>>,
    /// `lines[row]`: where it stands in the file, from 1.
    pub lines: Vec<u64>,
}

impl PbTable {
    /// The position of a heading, in any case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The cell of a row in the column at a position, without outer white space; empty where there is none.
    pub fn cell(&self, row: usize, column: Option<usize>) -> &str {
        let cells = self.rows.get(row);
        cells
            .zip(column)
            .and_then(|(cells, column)| cells.get(column))
            .map_or("", |cell| cell.trim())
    }
}

/// The sections of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sections {
    pub meta: PbTable,
    pub projects: PbTable,
    pub votes: PbTable,
    pub problems: Vec<RowProblem>,
    pub rows_read: u64,
}

pub(super) fn problem(row: Option<u64>, column: Option<&str>, code: &str, value: &str) -> RowProblem {
    RowProblem {
        row,
        column: column.map(str::to_owned),
        code: code.to_owned(),
        // A hostile cell may be megabytes long; a reader needs its beginning.
        value: value.chars().take(80).collect(),
        row_dropped: false,
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Sections, ImportError> {
    let mut problems = Vec::new();
    let (text, encoding) = decode(bytes);
    if encoding == Encoding::Windows1252 {
        problems.push(problem(
            None,
            None,
            row_problem::GUESSED_ENCODING,
            encoding.name(),
        ));
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let mut sections = split(&text, true);
    if swallowed_a_section(&sections) {
        sections = split(&text, false);
        problems.push(problem(None, None, "import-unbalanced-quote", "\""));
    }
    problems.append(&mut sections.problems);
    sections.problems = problems;
    Ok(sections)
}

/// Whether a quoted cell runs over the beginning of a section: a quote that was never closed.
fn swallowed_a_section(sections: &Sections) -> bool {
    let tables = [&sections.meta, &sections.projects, &sections.votes];
    let cells = tables
        .into_iter()
        .flat_map(|table| table.rows.iter().chain([&table.columns]).flatten());
    cells
        .filter(|cell| cell.contains('\n'))
        .any(|cell| cell.lines().any(|line| section_name(line).is_some()))
}

pub(super) fn section_name(line: &str) -> Option<&'static str> {
    let name = line.trim().trim_end_matches(';').trim();
    ["META", "PROJECTS", "VOTES"]
        .into_iter()
        .find(|known| name.eq_ignore_ascii_case(known))
}

fn split(text: &str, quoting: bool) -> Sections {
    let mut sections = Sections::default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut current: Option<&'static str> = None;
    for record in reader.records() {
        // Reading valid UTF-8 from memory, flexibly: csv has nothing left to refuse.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let is_alone = cells.iter().skip(1).all(|cell| cell.trim().is_empty());
        let opened = cells
            .first()
            .filter(|_| is_alone)
            .and_then(|cell| section_name(cell));
        if opened.is_some() {
            current = opened;
        } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
            sections.add(current, cells, line);
        }
    }
    sections
}

impl Sections {
    fn add(&mut self, section: Option<&str>, mut cells: Vec<String>, line: u64) {
        let table = match section {
            Some("META") => &mut self.meta,
            Some("PROJECTS") => &mut self.projects,
            Some("VOTES") => &mut self.votes,
            _ => {
                let text = cells.join(";");
                self.problems
                    .push(problem(Some(line), None, "import-outside-section", &text));
                return;
            }
        };
        if table.columns.is_empty() {
            table.columns = cells.iter().map(|cell| cell.trim().to_owned()).collect();
            return;
        }
        self.rows_read += 1;
        let width = table.columns.len();
        if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            let extra = cells.iter().skip(width).cloned().collect::<Vec<_>>().join(";");
            self.problems
                .push(problem(Some(line), None, "import-too-many-cells", &extra));
        }
        cells.resize(width, String::new());
        table.rows.push(cells);
        table.lines.push(line);
    }
}
