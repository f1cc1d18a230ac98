//! An exchange with its words: who gives what to whom, in a ring or in a line.

use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::ring::{Arrow, RingFrame, RingLayout, Spot, chain, ring};
use super::words::wrap;

/// A member of the exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name, wrapped to two lines.
    pub name: String,
    /// Its initials.
    pub initials: String,
    /// Its colour.
    pub ink: Ink,
    /// What it gives to the next; empty where it gives nothing.
    pub gives: String,
    /// It is thought away: hollow, as are the arrows from and to it.
    pub gone: bool,
}

const LINE: f64 = 17.0;
/// Characters of a line, and lines of a name and of what is given.
const CHARACTERS: usize = 18;
const CHAIN_CHARACTERS: usize = 16;
const NAME_LINES: usize = 2;
const GIVES_LINES: usize = 3;

/// The wide picture, with names and what is given.
const WIDE: RingFrame = RingFrame {
    width: 640.0,
    height: 350.0,
    radius_x: 150.0,
    radius_y: 105.0,
    node: 20.0,
    margin: 80.0,
};
/// A chain needs less height.
const WIDE_CHAIN: RingFrame = RingFrame {
    height: 200.0,
    ..WIDE
};
/// For a phone: initials and numbers only, which a list beside it explains.
const SMALL: RingFrame = RingFrame {
    width: 260.0,
    height: 210.0,
    radius_x: 95.0,
    radius_y: 72.0,
    node: 18.0,
    margin: 20.0,
};
const SMALL_CHAIN: RingFrame = RingFrame {
    height: 60.0,
    node: 14.0,
    ..SMALL
};

const WORDS: Type = Type::NAME.sized(14.0);

/// The ring of `members`, or the chain they form (`open`); `wide` with names and what is given.
pub fn drawing(members: &[Member], open: bool, wide: bool) -> Drawing {
    let frame = match (wide, open) {
        (true, true) => WIDE_CHAIN,
        (true, false) => WIDE,
        (false, true) => SMALL_CHAIN,
        (false, false) => SMALL,
    };
    let laid: RingLayout = if open {
        chain(members.len(), &frame)
    } else {
        ring(members.len(), &frame)
    };
    // In a long chain the labels share its length.
    let room = (frame.width / members.len().max(1) as f64 / 9.5).max(6.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "6 to a few hundred"
    )]
    let characters = wide.then(|| {
        if open {
            CHAIN_CHARACTERS.min(room as usize)
        } else {
            CHARACTERS
        }
    });
    let mut drawing = Drawing::new(frame.width, frame.height);
    for (index, place) in laid.arrows.iter().enumerate() {
        let to = members.get((index + 1) % members.len().max(1));
        if let (Some(from), Some(to)) = (members.get(index), to) {
            arrow(
                &mut drawing,
                index + 1,
                place,
                from,
                from.gone || to.gone,
                characters,
            );
        }
    }
    for (spot, one) in laid.nodes.iter().zip(members) {
        member(&mut drawing, spot, one, frame.node, characters);
    }
    drawing
}

fn arrow(
    drawing: &mut Drawing,
    number: usize,
    place: &Arrow,
    from: &Member,
    gone: bool,
    characters: Option<usize>,
) {
    let opacity = if gone { 0.45 } else { 1.0 };
    let line = Look::line(from.ink, 3.0).faint(opacity);
    drawing.path(&place.path, if gone { line.dashed("4 5") } else { line });
    drawing.path(&place.head, Look::fill(from.ink).faint(opacity));
    let Spot { x, y, .. } = place.middle;
    drawing.circle(
        [x, y],
        10.0,
        Look::both(Ink::Surface, from.ink, 1.5).faint(opacity),
    );
    drawing.text(
        [x, y + 4.5],
        &number.to_string(),
        Type::NAME.from(Anchor::Middle).strong(),
    );
    if let Some(width) = characters {
        let lines = wrap(&from.gives, width + 2, GIVES_LINES);
        label(drawing, &place.middle, &lines, 15.0, WORDS.in_ink(Ink::Soft));
    }
}

fn member(drawing: &mut Drawing, spot: &Spot, one: &Member, radius: f64, characters: Option<usize>) {
    let (look, ink) = if one.gone {
        (Look::both(Ink::Surface, one.ink, 2.0).dashed("4 4"), Ink::Ink)
    } else {
        (Look::fill(one.ink), one.ink.on())
    };
    drawing.circle([spot.x, spot.y], radius, look);
    let initials = WORDS.from(Anchor::Middle).in_ink(ink).strong();
    drawing.text([spot.x, spot.y + 5.0], &one.initials, initials);
    if let Some(width) = characters {
        let lines = wrap(&one.name, width, NAME_LINES);
        label(drawing, spot, &lines, radius + 6.0, WORDS.strong());
    }
}

fn label(drawing: &mut Drawing, spot: &Spot, lines: &[String], away: f64, kind: Type) {
    let (anchor, x, first) = spot.label(away, lines.len(), LINE);
    let anchor = match anchor {
        "start" => Anchor::Start,
        "end" => Anchor::End,
        _ => Anchor::Middle,
    };
    drawing.lines([x, first], LINE, lines, kind.from(anchor));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(count: usize) -> Vec<Member> {
        let member = |index: usize| Member {
            name: format!("Member {index}"),
            initials: "M".to_owned(),
            ink: Ink::Gov,
            gives: "something".to_owned(),
            gone: index == 0,
        };
        (0..count).map(member).collect()
    }

    fn count(drawing: &Drawing, tag: &str) -> usize {
        let colour = |ink: Ink| ink.token().to_owned();
        drawing
            .elements(&colour)
            .filter(|element| element.tag == tag)
            .count()
    }

    #[test]
    fn words_are_only_where_there_is_room() {
        let wide = drawing(&members(3), false, true);
        let small = drawing(&members(3), false, false);
        // A node and a number each; in the wide one also a name and a gift.
        assert_eq!((count(&wide, "circle"), count(&wide, "text")), (6, 6 + 3 + 3));
        assert_eq!((count(&small, "circle"), count(&small, "text")), (6, 6));
        assert_eq!(
            count(&drawing(&members(3), true, true), "path"),
            4,
            "a chain has an arrow less"
        );
        assert!(drawing(&[], false, true).is_empty());
    }
}
