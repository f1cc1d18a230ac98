//! A picture as data: shapes with positions, painted with inks by name. The page draws it, and a saved file is written
//! from it ([`sheet`](super::sheet)), so that both show the same.

use super::coordinate;
pub use super::ink::Ink;

/// How a shape is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Its area.
    pub fill: Option<Ink>,
    /// Its outline.
    pub stroke: Option<Ink>,
    /// Width of the outline.
    pub width: f64,
    /// Lengths of dashes and gaps, blank for an unbroken outline.
    pub dashes: &'static str,
    /// From 0, not seen, to 1.
    pub opacity: f64,
}

impl Look {
    /// An area without outline.
    pub const fn fill(ink: Ink) -> Self {
        Self {
            fill: Some(ink),
            stroke: None,
            width: 0.0,
            dashes: "",
            opacity: 1.0,
        }
    }

    /// An outline without area.
    pub const fn line(ink: Ink, width: f64) -> Self {
        Self {
            fill: None,
            stroke: Some(ink),
            width,
            dashes: "",
            opacity: 1.0,
        }
    }

    /// An area with an outline.
    pub const fn both(fill: Ink, stroke: Ink, width: f64) -> Self {
        Self {
            fill: Some(fill),
            ..Self::line(stroke, width)
        }
    }

    /// The same in dashes.
    pub const fn dashed(self, dashes: &'static str) -> Self {
        Self { dashes, ..self }
    }

    /// The same, partly seen through.
    pub const fn faint(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// Which end of a text its position is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Height of a line, in the picture's units.
    pub size: f64,
    /// Where its position is.
    pub anchor: Anchor,
    /// Its colour.
    pub ink: Ink,
    /// Bold.
    pub strong: bool,
}

impl Type {
    /// Names and figures.
    pub const NAME: Self = Self {
        size: 13.0,
        anchor: Anchor::Start,
        ink: Ink::Ink,
        strong: false,
    };
    /// What stands beside the point.
    pub const NOTE: Self = Self {
        size: 12.0,
        anchor: Anchor::Start,
        ink: Ink::Soft,
        strong: false,
    };

    /// The same from another end.
    pub const fn from(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same in another colour.
    pub const fn in_ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// The same in bold.
    pub const fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    /// The same in another size.
    pub const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Rect([f64; 4], Look),
    Circle([f64; 3], Look),
    Path(String, Look),
    Text([f64; 2], String, Type),
}

/// A shape as SVG writes it: the element's name, its attributes, and the text in it, not escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// Name of the element.
    pub tag: &'static str,
    /// Attributes in a fixed order.
    pub attributes: Vec<(&'static str, String)>,
    /// Text in it.
    pub text: Option<&'a str>,
}

/// Shapes on a sheet, the later ones over the earlier. Whatever is not finite counts as 0, whatever is negative and must
/// not be (a width, a radius) too, so no figure can spoil a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    width: f64,
    height: f64,
    shapes: Vec<Shape>,
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

fn length(value: f64) -> f64 {
    finite(value).max(0.0)
}

impl Drawing {
    /// An empty sheet.
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            width: length(width),
            height: length(height),
            shapes: Vec::new(),
        }
    }

    /// How wide.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// How high.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Whether there is nothing on it.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// A sheet of another height with the same shapes.
    #[must_use]
    pub fn with_height(self, height: f64) -> Self {
        Self {
            height: length(height),
            ..self
        }
    }

    /// A rectangle by its left top corner and size.
    pub fn rect(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2], look: Look) {
        let place = [finite(x), finite(y), length(width), length(height)];
        self.shapes.push(Shape::Rect(place, look));
    }

    /// A circle by its centre and radius.
    pub fn circle(&mut self, [x, y]: [f64; 2], radius: f64, look: Look) {
        self.shapes
            .push(Shape::Circle([finite(x), finite(y), length(radius)], look));
    }

    /// A straight line.
    pub fn line(&mut self, from: [f64; 2], to: [f64; 2], look: Look) {
        self.polyline(&[from, to], look);
    }

    /// A line through points; nothing for fewer than two.
    pub fn polyline(&mut self, points: &[[f64; 2]], look: Look) {
        if points.len() > 1 {
            self.shapes.push(Shape::Path(outline(points), look));
        }
    }

    /// The area inside points; nothing for fewer than three.
    pub fn area(&mut self, points: &[[f64; 2]], look: Look) {
        if points.len() > 2 {
            self.shapes.push(Shape::Path(outline(points) + "Z", look));
        }
    }

    /// A path that geometry has made, such as the bands of a [`sankey`](super::sankey).
    pub fn path(&mut self, path: &str, look: Look) {
        self.shapes.push(Shape::Path(path.to_owned(), look));
    }

    /// A line of text by the place of its end and its base line; nothing for no words.
    pub fn text(&mut self, [x, y]: [f64; 2], words: &str, kind: Type) {
        if !words.is_empty() {
            self.shapes
                .push(Shape::Text([finite(x), finite(y)], words.to_owned(), kind));
        }
    }

    /// Several lines of text, `step` apart; the base line of the first is at `y`. Where the next one would be.
    pub fn lines<S: AsRef<str>>(&mut self, [x, y]: [f64; 2], step: f64, lines: &[S], kind: Type) -> f64 {
        let mut next = y;
        for line in lines {
            self.text([x, next], line.as_ref(), kind);
            next += step;
        }
        next
    }

    /// Its shapes as SVG elements, with the colour that `colour` gives an ink.
    pub fn elements<'a>(
        &'a self,
        colour: &'a dyn Fn(Ink) -> String,
    ) -> impl Iterator<Item = Element<'a>> + 'a {
        self.shapes.iter().map(move |shape| element(shape, colour))
    }
}

fn outline(points: &[[f64; 2]]) -> String {
    let mut path = String::new();
    for (index, &[x, y]) in points.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&coordinate(x));
        path.push(' ');
        path.push_str(&coordinate(y));
    }
    path
}

fn element<'a>(shape: &'a Shape, colour: &dyn Fn(Ink) -> String) -> Element<'a> {
    let (tag, mut attributes, text) = match shape {
        Shape::Rect([x, y, width, height], _) => (
            "rect",
            numbers([("x", x), ("y", y), ("width", width), ("height", height)]),
            None,
        ),
        Shape::Circle([x, y, radius], _) => ("circle", numbers([("cx", x), ("cy", y), ("r", radius)]), None),
        Shape::Path(path, _) => ("path", vec![("d", path.clone())], None),
        Shape::Text([x, y], words, kind) => {
            let mut attributes = numbers([("x", x), ("y", y), ("font-size", &kind.size)]);
            attributes.push(("fill", colour(kind.ink)));
            match kind.anchor {
                Anchor::Start => {}
                Anchor::Middle => attributes.push(("text-anchor", "middle".to_owned())),
                Anchor::End => attributes.push(("text-anchor", "end".to_owned())),
            }
            if kind.strong {
                attributes.push(("font-weight", "600".to_owned()));
            }
            ("text", attributes, Some(words.as_str()))
        }
    };
    if let Shape::Rect(_, look) | Shape::Circle(_, look) | Shape::Path(_, look) = shape {
        painted(&mut attributes, look, colour);
    }
    Element {
        tag,
        attributes,
        text,
    }
}

fn numbers<const N: usize>(pairs: [(&'static str, &f64); N]) -> Vec<(&'static str, String)> {
    pairs
        .into_iter()
        .map(|(name, value)| (name, coordinate(*value)))
        .collect()
}

fn painted(attributes: &mut Vec<(&'static str, String)>, look: &Look, colour: &dyn Fn(Ink) -> String) {
    attributes.push(("fill", look.fill.map_or_else(|| "none".to_owned(), colour)));
    if let Some(stroke) = look.stroke {
        attributes.push(("stroke", colour(stroke)));
        attributes.push(("stroke-width", coordinate(length(look.width))));
        if !look.dashes.is_empty() {
            attributes.push(("stroke-dasharray", look.dashes.to_owned()));
        }
    }
    let opacity = finite(look.opacity).clamp(0.0, 1.0);
    if opacity < 1.0 {
        attributes.push(("opacity", coordinate(opacity)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_no_number_reaches_a_picture() {
        let mut drawing = Drawing::new(f64::NAN, f64::INFINITY);
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0];
        for a in odd {
            for b in odd {
                let look = Look::fill(Ink::Accent).faint(a);
                drawing.rect([a, b], [b, a], look);
                drawing.circle([a, b], b, Look::line(Ink::Warn, a));
                drawing.line([a, b], [b, a], Look::line(Ink::Warn, b));
                drawing.area(&[[a, b], [b, a], [a, a]], look);
                drawing.text([a, b], "x", Type::NAME.sized(a));
            }
        }
        assert_eq!((drawing.width(), drawing.height()), (0.0, 0.0));
        let colour = |ink: Ink| ink.token().to_owned();
        let mut seen = 0;
        for element in drawing.elements(&colour) {
            seen += 1;
            for (name, value) in element.attributes {
                assert!(!value.contains("NaN") && !value.contains("inf"), "{name}={value}");
                let size = ["width", "height", "r", "stroke-width"].contains(&name);
                assert!(!size || !value.starts_with('-'), "{name}={value}");
            }
        }
        assert_eq!(seen, 16 * 5);
    }

    #[test]
    fn shapes_say_where_they_are_and_how_they_are_painted() {
        let mut drawing = Drawing::new(100.0, 50.0);
        drawing.polyline(&[[0.0, 1.0]], Look::line(Ink::Ink, 1.0));
        drawing.text([1.0, 2.0], "", Type::NAME);
        assert!(drawing.is_empty(), "one point is no line, no words are no text");
        drawing.line([0.0, 1.0], [2.5, 3.0], Look::line(Ink::Strong, 1.0).dashed("3 3"));
        drawing.text([5.0, 6.0], "a < b", Type::NAME.from(Anchor::End).strong());
        let colour = |ink: Ink| format!("var(--{})", ink.token());
        let elements: Vec<Element<'_>> = drawing.elements(&colour).collect();
        let pairs = |element: &Element<'_>| {
            let pair = |(name, value): &(&str, String)| format!("{name}={value}");
            element.attributes.iter().map(pair).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            pairs(&elements[0]),
            "d=M0 1L2.5 3 fill=none stroke=var(--line-strong) stroke-width=1 stroke-dasharray=3 3"
        );
        assert_eq!(
            (elements[1].tag, elements[1].text),
            ("text", Some("a < b")),
            "who writes it escapes it"
        );
        assert_eq!(
            pairs(&elements[1]),
            "x=5 y=6 font-size=13 fill=var(--ink) text-anchor=end font-weight=600"
        );
    }
}
