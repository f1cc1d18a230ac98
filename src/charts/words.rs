//! Labels in pictures: SVG text does not wrap by itself.

/// `text` in at most `lines` lines of about `width` characters, broken between words; what does not fit ends in
/// "…". At least one line.
///
/// ```
/// use gotong::charts::words::wrap;
/// assert_eq!(wrap("Internet for 30 learning centres", 18, 2), ["Internet for 30", "learning centres"]);
/// ```
pub fn wrap(text: &str, width: usize, lines: usize) -> Vec<String> {
    let (width, lines) = (width.max(2), lines.max(1));
    let mut out: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let last_index = out.len() - 1;
        let length = out[last_index].chars().count();
        let fits = length == 0 || length + 1 + word.chars().count() <= width;
        if fits || out.len() == lines {
            let last = &mut out[last_index];
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        } else {
            out.push(word.to_owned());
        }
    }
    out.into_iter().map(|line| shorten(line, width)).collect()
}

fn shorten(line: String, width: usize) -> String {
    if line.chars().count() <= width {
        return line;
    }
    let kept: String = line.chars().take(width - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_wrapped_and_then_cut() {
        assert_eq!(wrap("Balai Pendidikan Warga", 30, 2), ["Balai Pendidikan Warga"]);
        assert_eq!(
            wrap("Forum Orang Tua Lereng Utara Kabupaten Sleman", 16, 2),
            ["Forum Orang Tua", "Lereng Utara Ka…"]
        );
        assert_eq!(wrap("", 10, 2), [""]);
        assert_eq!(wrap("Ketidakberpihakan", 8, 1), ["Ketidak…"]);
    }
}
