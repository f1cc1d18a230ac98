//! Reads Rust sources well enough to know which paths they use.

/// `text` without comments, without what stands in string and character literals, and without its tests
/// (everything from `#[cfg(test)]` on).
pub fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest, &code));
        if let Some((length, kept)) = skipped {
            code.push_str(kept);
            rest = &rest[length..];
        } else if rest.starts_with("#[cfg(test)]") {
            break;
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

/// The comment at the start of `rest`: its length, and what stands for it.
fn comment(rest: &str) -> Option<(usize, &'static str)> {
    if rest.starts_with("//") {
        return Some((rest.find('\n').unwrap_or(rest.len()), " "));
    }
    let inner = rest.strip_prefix("/*")?;
    Some((inner.find("*/").map_or(rest.len(), |end| end + 4), " "))
}

/// The string or character literal at the start of `rest`: its length, and what stands for it.
fn literal(rest: &str, before: &str) -> Option<(usize, &'static str)> {
    if let Some(inner) = rest.strip_prefix('"') {
        return Some((1 + quoted_length(inner, '"'), "\"\""));
    }
    let starts_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if starts_word && let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inner = &raw[hashes + 1..];
            let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
            return Some((hashes + 2 + length, "\"\""));
        }
    }
    // `'a'` and `'\n'` are characters, `'a` alone is a lifetime.
    let inner = rest.strip_prefix('\'')?;
    let mut characters = inner.chars();
    let is_character = match characters.next()? {
        '\\' => true,
        _ => characters.next() == Some('\''),
    };
    is_character.then(|| (1 + quoted_length(inner, '\''), "' '"))
}

/// The length up to and with the closing `quote`, minding backslashes.
fn quoted_length(inner: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in inner.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    inner.len()
}

/// Every path that `code` (without comments and literals) takes from the crate's root, by `crate::` or by as
/// many `super::` as lead there; groups written out. `file` is the path of the file.
pub fn paths_in(file: &str, code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let module = module_of(file);
    let starts_word = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
    for (at, keyword) in code.match_indices("crate::").filter(|(at, _)| starts_word(*at)) {
        tree(&code[at + keyword.len()..], &mut Vec::new(), &mut found);
    }
    for (at, _) in code.match_indices("super::").filter(|(at, _)| starts_word(*at)) {
        let after = code[at..].trim_start_matches("super::");
        let steps = (code.len() - at - after.len()) / "super::".len();
        let mut prefix = module[..module.len().saturating_sub(steps)].to_vec();
        tree(after, &mut prefix, &mut found);
    }
    found
}

/// The module a file is: `src/a/b.rs` and `src/a/b/mod.rs` are `a::b`.
fn module_of(file: &str) -> Vec<String> {
    let inner = file
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .trim_end_matches("/mod");
    inner.split('/').map(str::to_owned).collect()
}

/// Adds every path of the tree at the start of `rest` below `prefix`, and returns what follows the tree.
fn tree<'a>(rest: &'a str, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'a str {
    let rest = rest.trim_start();
    if let Some(mut inner) = rest.strip_prefix('{') {
        loop {
            inner = inner.trim_start();
            if inner.is_empty() {
                return inner;
            }
            if let Some(after) = inner.strip_prefix('}') {
                return after;
            }
            let after = tree(inner, prefix, found);
            // Whatever else stands here (`,`, ` as name`) is passed over.
            inner = if after.len() == inner.len() {
                &inner[char_length(inner)..]
            } else {
                after
            };
        }
    }
    let length = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(length);
    if name.is_empty() || name == "as" {
        if let Some(after) = rest.strip_prefix('*') {
            found.push([prefix.as_slice(), &["*".to_owned()]].concat());
            return after;
        }
        let alias = after
            .trim_start()
            .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        return if name == "as" { alias } else { rest };
    }
    let depth = prefix.len();
    if name != "self" {
        prefix.push(name.to_owned());
    }
    let after = match after.strip_prefix("::") {
        Some(below) if below.starts_with(|c: char| c.is_alphanumeric() || "_{*".contains(c)) => {
            tree(below, prefix, found)
        }
        _ => {
            found.push(prefix.clone());
            after
        }
    };
    prefix.truncate(depth);
    after
}

/// The length in bytes of the first character.
fn char_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
