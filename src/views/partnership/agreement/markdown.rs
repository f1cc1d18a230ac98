//! The paper as a text file that also reads well as it is.

use super::words::Paper;

/// The paper in Markdown.
pub(super) fn markdown(paper: &Paper) -> String {
    let mut text = format!("# {}\n\n", escaped(&paper.title));
    if !paper.subject.is_empty() {
        text += &format!("**{}**\n\n", escaped(&paper.subject));
    }
    text += &format!("{}\n", escaped(&paper.draft_of));
    for (index, section) in paper.sections.iter().enumerate() {
        text += &format!("\n## {}. {}\n\n", index + 1, escaped(&section.heading));
        for line in &section.lines {
            text += &format!("- {}\n", escaped(line));
        }
    }
    if !paper.parties.is_empty() {
        text += &format!("\n## {}\n", escaped(&paper.signatures));
        for party in &paper.parties {
            text += &format!(
                "\n{}\n\n{}: ……………………………………………………\n",
                escaped(party),
                escaped(&paper.sign)
            );
        }
    }
    text += "\n---\n";
    for note in &paper.notes {
        text += &format!("\n{}\n", escaped(note));
    }
    text
}

/// `text` without what Markdown would read as a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
