//! Numbers as colours.

use plotters::prelude::RGBColor;

/// Five points of the viridis map, dark to light; colours between them are mixed.
const VIRIDIS: [(u8, u8, u8); 5] = [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)];
/// From blue through almost white to red.
const BLUE_RED: [(u8, u8, u8); 5] = [(33, 80, 150), (130, 175, 215), (247, 247, 247), (230, 150, 120), (170, 35, 45)];

/// The colour of a value in [0, 1], for values of one sign.
pub(super) fn viridis(part: f64) -> RGBColor {
    mixed(&VIRIDIS, part)
}

/// The colour of a value in [0, 1] where ½ means nothing.
pub(super) fn blue_red(part: f64) -> RGBColor {
    mixed(&BLUE_RED, part)
}

fn mixed(stops: &[(u8, u8, u8); 5], part: f64) -> RGBColor {
    let place = part.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "place lies in 0..=4")]
    let below = (place as usize).min(stops.len() - 2);
    let (a, b) = (stops[below], stops[below + 1]);
    let t = place - below as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mix of two bytes is a byte")]
    let mix = |a: u8, b: u8| (f64::from(a) * (1.0 - t) + f64::from(b) * t).round() as u8;
    RGBColor(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}
