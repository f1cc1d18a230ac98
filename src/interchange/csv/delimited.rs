//! Rows and cells of delimited text (RFC 4180, read leniently), and the guard against formula injection.
//!
//! A reader of its own rather than a library's, because a broken file must keep its good rows: a quote that
//! is never closed costs its own row, not the rest of the file.

/// The longest cell a spreadsheet holds, 32 767 characters, in UTF-8 bytes.
const MAX_CELL_BYTES: usize = 32_767 * 4;

/// The most line breaks a spreadsheet holds in a cell (Excel's stated limit).
const MAX_CELL_LINE_BREAKS: usize = 253;

/// The most cells of a record that are kept: a table of organisations has tens. A hostile line of nothing but
/// delimiters must not become as many strings.
pub(super) const MAX_COLUMNS: usize = 1_000;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Its cells, unquoted; the first [`MAX_COLUMNS`].
    pub cells: Vec<String>,
    /// Where the next record starts, in bytes.
    pub next: usize,
    /// A quote was opened and not closed within what a spreadsheet's cell can hold: the record is then its
    /// first line only, cut at every delimiter.
    pub unclosed: bool,
}

impl Record {
    /// Whether no cell has anything in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The record that starts at byte `at`; `None` at the end of the text. A quote counts only as a cell's first
/// character; text after the closing quote is kept. Lines end with LF, CRLF or CR. A blank line is a record
/// with one empty cell.
///
/// Cost: O(record); a record with an unclosed quote costs at most [`MAX_CELL_BYTES`] more.
pub(super) fn record_at(text: &str, at: usize, delimiter: u8) -> Option<Record> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    Some(quoted_record(rest, at, delimiter).unwrap_or_else(|| bare_record(rest, at, delimiter)))
}

/// All records, for short texts.
pub(super) fn records(text: &str, delimiter: u8) -> impl Iterator<Item = Record> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let record = record_at(text, at, delimiter)?;
        at = record.next;
        Some(record)
    })
}

/// `None` if a quote stays open.
fn quoted_record(rest: &str, at: usize, delimiter: u8) -> Option<Record> {
    let bytes = rest.as_bytes();
    let mut cells = Vec::new();
    let mut position = 0;
    loop {
        let mut cell = String::new();
        if bytes.get(position) == Some(&b'"') {
            position = quoted_part(rest, position + 1, &mut cell)?;
        }
        let end = bare_end(bytes, position, delimiter);
        cell.push_str(&rest[position..end]);
        if cells.len() < MAX_COLUMNS {
            cells.push(cell);
        }
        if bytes.get(end) == Some(&delimiter) {
            position = end + 1;
        } else {
            return Some(Record {
                cells,
                next: at + after_line_end(bytes, end),
                unclosed: false,
            });
        }
    }
}

/// Appends what stands between the quotes and returns the position after the closing one.
fn quoted_part(rest: &str, start: usize, cell: &mut String) -> Option<usize> {
    let mut from = start;
    let mut breaks = 0;
    loop {
        let length = rest.get(from..)?.find('"')?;
        let part = &rest[from..from + length];
        breaks += part.matches('\n').count();
        if cell.len() + length > MAX_CELL_BYTES || breaks > MAX_CELL_LINE_BREAKS {
            return None;
        }
        cell.push_str(part);
        from += length + 1;
        if rest.as_bytes().get(from) != Some(&b'"') {
            return Some(from);
        }
        cell.push('"');
        from += 1;
    }
}

fn bare_record(rest: &str, at: usize, delimiter: u8) -> Record {
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Record {
        cells: rest[..end]
            .split(char::from(delimiter))
            .take(MAX_COLUMNS)
            .map(str::to_owned)
            .collect(),
        next: at + after_line_end(rest.as_bytes(), end),
        unclosed: true,
    }
}

/// The first delimiter or line end at or after `from`. Delimiters and line ends are ASCII, so the position is
/// always between characters.
fn bare_end(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    let ends = |&byte: &u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    bytes
        .get(from..)
        .and_then(|tail| tail.iter().position(ends))
        .map_or(bytes.len(), |found| from + found)
}

fn after_line_end(bytes: &[u8], end: usize) -> usize {
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => end + 2,
        (Some(_), _) => end + 1,
        (None, _) => end,
    }
}

/// Characters that make a spreadsheet run a cell, and the guard itself.
fn needs_guard(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\'')
}

/// `text` safe to open in a spreadsheet: with `'` before it if it starts with `=`, `+`, `-`, `@`, tab, CR or
/// `'` (OWASP, CSV Injection). Only for text: numbers are written bare.
pub(super) fn guarded(text: &str) -> String {
    match text.chars().next() {
        Some(first) if needs_guard(first) => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// Takes away exactly one guard, and only where [`guarded`] would have put it: a table from elsewhere may
/// well hold 'Aisyiyah, whose name starts with an apostrophe.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(needs_guard) => rest,
        _ => cell,
    }
}

/// `cell` as it stands in a file delimited by `delimiter`: quoted where it must be.
pub(super) fn quoted(cell: &str, delimiter: char) -> String {
    let special = |character: char| character == delimiter || matches!(character, '"' | '\n' | '\r');
    if cell.contains(special) || cell.trim() != cell {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        records(text, b',').map(|record| record.cells).collect()
    }

    #[test]
    fn line_ends_quotes_and_blank_lines() {
        assert_eq!(
            cells("a,b\r\n\r\n\"x,\"\"y\"\"\nz\",\rlast"),
            [vec!["a", "b"], vec![""], vec!["x,\"y\"\nz", ""], vec!["last"],]
        );
        assert_eq!(cells(""), Vec::<Vec<String>>::new());
        assert_eq!(cells("a,5\" pipe,\"b\"c\n"), [vec!["a", "5\" pipe", "bc"]]);
    }

    #[test]
    fn an_unclosed_quote_costs_its_own_row_only() {
        let found: Vec<Record> = records("a,b\n\"never,closed\nc,d\ne,f", b',').collect();
        let rows: Vec<_> = found
            .iter()
            .map(|record| (record.cells.concat(), record.unclosed))
            .collect();
        let expected = [
            ("ab", false),
            ("\"neverclosed", true),
            ("cd", false),
            ("ef", false),
        ];
        assert_eq!(
            rows,
            expected.map(|(cells, unclosed)| (cells.to_owned(), unclosed))
        );
        let far = format!("\"x\n{}\"y,z\n", "good,row\n".repeat(300));
        assert_eq!(
            records(&far, b',')
                .filter(|record| record.cells == ["good", "row"])
                .count(),
            300
        );
    }

    #[test]
    fn guards_are_put_and_taken_exactly_once() {
        for text in ["=1+1", "+62", "-5", "@x", "\tx", "\rx", "'Aisyiyah", "''", "'"] {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), text);
        }
        for text in ["", "x=1", "Aisyiyah", "5"] {
            assert_eq!(guarded(text), text);
        }
        assert_eq!(unguarded("'Aisyiyah"), "'Aisyiyah");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::vec(
            proptest::collection::vec("[a\",;\n\r\t é'=]{0,6}", 2..5), 1..6,
        ), delimiter in proptest::sample::select(vec![b',', b';', b'\t'])) {
            let separator = char::from(delimiter).to_string();
            let text: String = rows
                .iter()
                .map(|row| {
                    let cells: Vec<String> =
                        row.iter().map(|cell| quoted(cell, char::from(delimiter))).collect();
                    cells.join(&separator) + "\r\n"
                })
                .collect();
            let read: Vec<Vec<String>> = records(&text, delimiter).map(|record| record.cells).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn any_text_ends(text in "[\",\n\r;a]{0,200}") {
            let mut last = 0;
            for record in records(&text, b',') {
                prop_assert!(record.next > last);
                last = record.next;
            }
            prop_assert_eq!(last, text.len());
        }
    }
}
