//! A picture as a file that stands alone: title, finding, the drawing and where it comes from, in real colours, without
//! anything to fetch. An SVG file by itself; drawn on a canvas it becomes a PNG.

use super::coordinate;
use super::drawing::{Drawing, Element, Ink, Look, Type};
use super::words::wrap;
use std::fmt::Write as _;

/// What stands around the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is about.
    pub title: String,
    /// What it says, in a sentence or two.
    pub finding: String,
    /// What the colours and signs mean; blank for nothing.
    pub legend: String,
    /// Where the figures come from.
    pub source: String,
    /// BCP 47 tag of their language.
    pub language: String,
}

/// The colour of each ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette([String; Ink::ALL.len()]);

/// The page's light colours, for where a page cannot tell its own.
const PLAIN: [&str; Ink::ALL.len()] = [
    "#fff", "#e4ded2", "#8b8a80", "#22302e", "#5b6a66", "#0f6b5c", "#e2eeea", "#fff", "#b3261e", "#2c7a4b",
    "#ece7dc", "#3b5ba9", "#b54a22", "#1f7a61", "#8a4f9e", "#c08a14", "#fff", "#fff", "#fff", "#fff",
    "#1b2422",
];

impl Palette {
    /// The colours that `colour` knows by [`Ink::token`]; what it does not know, or what is no plain colour (it refers to
    /// another, or could end the attribute it stands in), is the light one.
    pub fn new(colour: impl Fn(&str) -> Option<String>) -> Self {
        Self(Ink::ALL.map(|ink| {
            let told = colour(ink.token()).map(|colour| colour.trim().to_owned());
            let plain = |colour: &String| {
                let known = |c: char| c.is_ascii_alphanumeric() || "#(),.%/ -+".contains(c);
                !colour.is_empty()
                    && !colour.contains("var(")
                    && !colour.contains("url(")
                    && colour.chars().all(known)
            };
            told.filter(plain)
                .unwrap_or_else(|| PLAIN[ink as usize].to_owned())
        }))
    }

    /// The colour of an ink.
    pub fn colour(&self, ink: Ink) -> &str {
        &self.0[ink as usize]
    }
}

impl Default for Palette {
    fn default() -> Self {
        Self::new(|_| None)
    }
}

const MARGIN: f64 = 24.0;
const TITLE: Type = Type::NAME.sized(19.0).strong();
const FINDING: Type = Type::NAME.sized(14.0);
const SOURCE: Type = Type::NOTE.sized(11.0);
const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
/// An average letter is about so wide, in parts of its size; a little more than it is, so that lines end in time.
const LETTER: f64 = 0.54;

/// The file, with its size in user units (and CSS pixels).
#[derive(Clone, Debug, PartialEq)]
pub struct SvgFile {
    /// The whole text of the file.
    pub text: String,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// The file of `drawing` between its `words`, `scale` times as large as it is drawn (1 for a file of its own, 2 for a
/// sharp photograph of it).
///
/// Valid XML 1.0: text is escaped, characters XML forbids are left out.
pub fn standalone(drawing: &Drawing, words: &Words, palette: &Palette, scale: f64) -> SvgFile {
    let width = drawing.width().max(320.0);
    let characters = |kind: Type| letters(width, kind);
    let mut head = Drawing::new(width, 0.0);
    let mut y = head.lines(
        [0.0, TITLE.size],
        TITLE.size * 1.25,
        &wrap(&words.title, characters(TITLE), 2),
        TITLE,
    );
    y = head.lines(
        [0.0, y],
        20.0,
        &wrap(&words.finding, characters(FINDING), 5),
        FINDING,
    );
    let top = MARGIN + y;
    let mut foot = Drawing::new(width, 0.0);
    let mut below = foot.lines(
        [0.0, 16.0],
        15.0,
        &wrap(&words.legend, characters(SOURCE), 4),
        SOURCE,
    );
    if !words.source.is_empty() {
        foot.line(
            [0.0, below - 4.0],
            [width, below - 4.0],
            Look::line(Ink::Line, 1.0),
        );
        below = foot.lines(
            [0.0, below + 14.0],
            15.0,
            &wrap(&words.source, characters(SOURCE), 3),
            SOURCE,
        );
    }
    let (width, height) = (width + 2.0 * MARGIN, top + drawing.height() + below + MARGIN);
    let scale = if scale.is_finite() {
        scale.clamp(0.1, 8.0)
    } else {
        1.0
    };
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let [w, h] = [width, height].map(coordinate);
    let [drawn_w, drawn_h] = [width, height].map(|length| coordinate(length * scale));
    // A string takes whatever is written into it.
    let _ = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{drawn_w}\" height=\"{drawn_h}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" aria-labelledby=\"title finding\" xml:lang=\"{}\" font-family=\"{FONTS}\">",
        escaped(&words.language)
    );
    let _ = writeln!(text, "<title id=\"title\">{}</title>", escaped(&words.title));
    let _ = writeln!(text, "<desc id=\"finding\">{}</desc>", escaped(&words.finding));
    let surface = palette.colour(Ink::Surface);
    let _ = writeln!(text, "<rect width=\"{w}\" height=\"{h}\" fill=\"{surface}\"/>");
    for (part, down) in [(&head, MARGIN), (drawing, top), (&foot, top + drawing.height())] {
        let [x, y] = [MARGIN, down].map(coordinate);
        let _ = writeln!(text, "<g transform=\"translate({x} {y})\">");
        for element in part.elements(&|ink| palette.colour(ink).to_owned()) {
            write_element(&mut text, &element);
        }
        text.push_str("</g>\n");
    }
    text.push_str("</svg>\n");
    SvgFile {
        text,
        width: width * scale,
        height: height * scale,
    }
}

/// How many letters fit into a line.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 10 and 400"
)]
fn letters(width: f64, kind: Type) -> usize {
    (width / (kind.size * LETTER)).clamp(10.0, 400.0) as usize
}

fn write_element(text: &mut String, element: &Element<'_>) {
    let _ = write!(text, "<{}", element.tag);
    for (name, value) in &element.attributes {
        let _ = write!(text, " {name}=\"{}\"", escaped(value));
    }
    let _ = match element.text {
        Some(words) => writeln!(text, ">{}</{}>", escaped(words), element.tag),
        None => writeln!(text, "/>"),
    };
}

/// Text between tags or quotes of XML: markup escaped, what XML 1.0 forbids left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> Words {
        Words {
            title: title.to_owned(),
            finding: "It holds in 9 of 20 futures.".to_owned(),
            source: "Gotong · 131,072 futures, seed 7".to_owned(),
            language: "en".to_owned(),
            ..Words::default()
        }
    }

    fn drawing() -> Drawing {
        let mut drawing = Drawing::new(700.0, 200.0);
        drawing.rect([1.0, 2.0], [3.0, 4.0], Look::fill(Ink::Accent));
        drawing.text([5.0, 6.0], "Desa <b>\"A\" & B</b>\u{1}", Type::NAME);
        drawing
    }

    #[test]
    fn a_file_stands_alone_and_user_text_cannot_leave_its_place() {
        let title = "<script>alert('x')</script> & \"quotes\"";
        let file = standalone(&drawing(), &words(title), &Palette::default(), 1.0);
        for never in [
            "<script", "var(", "url(", "href", " style", "\u{1}", "NaN", "inf\"",
        ] {
            assert!(!file.text.contains(never), "{never} in {}", file.text);
        }
        assert!(
            file.text
                .contains("&lt;script&gt;alert('x')&lt;/script&gt; &amp; &quot;quotes&quot;")
        );
        assert!(
            file.text
                .contains("Desa &lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</text>")
        );
        let opened = file.text.matches("<text").count();
        assert_eq!(opened, file.text.matches("</text>").count());
        assert_eq!(
            file.text.matches("<g ").count(),
            file.text.matches("</g>").count()
        );
    }

    #[test]
    fn a_photograph_is_the_same_twice_as_large() {
        let once = standalone(&drawing(), &words("A"), &Palette::default(), 1.0);
        let twice = standalone(&drawing(), &words("A"), &Palette::default(), 2.0);
        assert_eq!((once.width * 2.0, once.height * 2.0), (twice.width, twice.height));
        let view_box = |file: &SvgFile| {
            file.text
                .split("viewBox=")
                .nth(1)
                .map(|rest| rest[..20].to_owned())
        };
        assert_eq!(view_box(&once), view_box(&twice));
        let odd = standalone(
            &Drawing::new(f64::NAN, 1.0),
            &words(""),
            &Palette::default(),
            f64::NAN,
        );
        assert_eq!(odd.width, 320.0 + 2.0 * MARGIN, "as wide as words need");
    }

    #[test]
    fn long_findings_make_the_sheet_longer() {
        let short = standalone(&drawing(), &words("A"), &Palette::default(), 1.0);
        let long = Words {
            finding: "One more word. ".repeat(20),
            ..words("A")
        };
        let long = standalone(&drawing(), &long, &Palette::default(), 1.0);
        assert_eq!(
            long.height - short.height,
            3.0 * 20.0,
            "300 letters in lines of 92"
        );
    }

    #[test]
    fn colours_are_the_pages_own_where_they_are_colours() {
        let told = Palette::new(|token| match token {
            "accent" => Some(" #123456 ".to_owned()),
            "ink" => Some("rgb(1 2 3 / 50%)".to_owned()),
            "warn" => Some("var(--other)".to_owned()),
            "good" => Some("\"/><script>".to_owned()),
            _ => None,
        });
        assert_eq!(told.colour(Ink::Accent), "#123456");
        assert_eq!(told.colour(Ink::Ink), "rgb(1 2 3 / 50%)");
        assert_eq!(told.colour(Ink::Warn), "#b3261e");
        assert_eq!(told.colour(Ink::Good), "#2c7a4b");
    }

    #[test]
    fn plain_colours_are_the_light_theme() {
        let css = include_str!("../../styles/tokens.css");
        let light = css.split(":root[").next().unwrap_or_default();
        for ink in Ink::ALL {
            let line = light
                .lines()
                .find(|line| line.trim().starts_with(&format!("--{}:", ink.token())))
                .unwrap_or_else(|| panic!("no --{}", ink.token()));
            let colour = Palette::default().colour(ink).to_owned();
            assert!(line.contains(&colour), "{line} is not {colour}");
        }
    }
}
