//! Tables for people: columns as wide as their widest cell, numbers to the right.

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// The widest cell is cut here, so that a row stays a row; the last of a row may run on.
const MAX_CELL_CHARS: usize = 44;
const MAX_LAST_CELL_CHARS: usize = 120;

/// `rows` under `headings`; two blanks between columns, none at a line's end. Widths count characters.
pub fn table(headings: &[(&str, Side)], rows: &[Vec<String>]) -> String {
    let heading_row: Vec<String> = headings.iter().map(|(text, _)| (*text).to_owned()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(&heading_row)
        .chain(rows)
        .map(|row| shown_row(row))
        .collect();
    let widths: Vec<usize> = (0..headings.len())
        .map(|column| {
            lines
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in &lines {
        let mut line = String::new();
        for ((cell, &width), (_, side)) in row.iter().zip(&widths).zip(headings) {
            match side {
                Side::Left => line.push_str(&format!("{cell:<width$}  ")),
                Side::Right => line.push_str(&format!("{cell:>width$}  ")),
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn shown_row(row: &[String]) -> Vec<String> {
    let last = row.len().saturating_sub(1);
    let limit = |column| {
        if column == last {
            MAX_LAST_CELL_CHARS
        } else {
            MAX_CELL_CHARS
        }
    };
    row.iter()
        .enumerate()
        .map(|(column, cell)| shown(cell, limit(column)))
        .collect()
}

/// A cell on one line, without what a terminal would obey, not too long.
fn shown(cell: &str, limit: usize) -> String {
    let one_line: String = cell
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .filter(|&character| !gotong::interchange::is_hidden(character))
        .collect();
    if one_line.chars().count() <= limit {
        return one_line;
    }
    one_line.chars().take(limit - 1).chain(['…']).collect()
}

/// `1500000` as `1,500,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount in minor units as major ones: `1,500,000` rupiah, `1,500.50` dollars.
pub fn amount(minor: u64, digits: u32) -> String {
    match (10_u64.checked_pow(digits), usize::try_from(digits)) {
        (Some(scale), Ok(width)) if digits > 0 => {
            format!("{}.{:0width$}", grouped(minor / scale), minor % scale)
        }
        _ => grouped(minor),
    }
}

/// A measured amount, rounded to whole minor units.
pub fn amount_of(minor: f64, digits: u32) -> String {
    if !(0.0..=9.0e15).contains(&minor) {
        return format!("{minor}");
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked just above"
    )]
    let whole = minor.round() as u64;
    amount(whole, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_columns_line_up() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(amount(150_050, 2), "1,500.50");
        assert_eq!(amount_of(1_234.4, 0), "1,234");
        let rows = vec![
            vec!["Desa\nMaju".to_owned(), "5".to_owned()],
            vec!["é\u{1b}[2J".to_owned(), "1,000".to_owned()],
        ];
        let text = table(&[("name", Side::Left), ("sum", Side::Right)], &rows);
        assert_eq!(text, "name         sum\nDesa Maju      5\né[2J       1,000\n");
    }
}
