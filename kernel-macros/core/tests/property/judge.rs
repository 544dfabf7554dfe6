//! What is right where derivatives may not exist.

use std::fmt;

use super::blocks::{Blocks, Input, scale};
use super::expression::Kernel;
use super::oracle::{self, Met};

/// A block that is not what it should be.
#[derive(Debug)]
pub struct Miss {
    pub block: &'static str,
    pub kind: Kind,
    pub got: Vec<f64>,
    pub want: Vec<f64>,
}

/// How it is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Both are numbers, and differ.
    Wrong,
    /// Not a number where hyper-dual numbers give one.
    NotANumber,
    /// Not a number where there is a limit from all sides.
    NoLimit,
    /// A number that is not the limit.
    WrongLimit,
    /// A number where the derivative jumps or is infinite.
    Invented,
    /// Not planned in time.
    Slow,
    /// Not planned at all.
    Panic,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { block, kind, got, want } = self;
        write!(f, "{kind:?} {block}: got {got:?}, want {want:?}")
    }
}

/// How far two ways to compute the same thing may differ.
const TOLERANCE: f64 = 1e-9;
/// How far from a degenerate point its neighbours are: hyper-dual numbers lose digits like the fourth power of the
/// distance.
const STEP: f64 = 4e-3;
/// How many times that is the distance of others, which tell a jump from what only changes fast.
const FURTHER: f64 = 8.0;
/// How much a continuous block may vary between neighbours, of its size, and how far the limit found from them may be
/// off.
const VARIATION: f64 = 2e-2;
const LIMIT: f64 = 3e-3;
/// The powers of the distance that the difference from a limit may go with.
const POWERS: [f64; 5] = [1.0, 2.0, 2.0 / 3.0, 0.5, 1.0 / 3.0];
/// For each block, the block that it is a derivative of: where that does not exist, neither does the other.
const BELOW: [usize; 8] = [0, 0, 0, 1, 1, 2, 0, 4];

/// Compares what was computed with hyper-dual numbers; where these fail, with their values nearby.
pub fn judge(kernel: &Kernel, input: &Input, got: &Blocks) -> Vec<Miss> {
    let value = oracle::value(kernel, input);
    let (want, mut met) = oracle::blocks(kernel, input);
    if input.x.iter().chain(&input.y).all(|&coordinate| coordinate == 0.0) {
        // What has a kink where the points meet may be multiplied by what is 0 at the origin.
        met = Met::Kink;
    }
    let mut misses = Vec::new();
    let mut neighbours = None;
    // Unknown where neighbours could not tell.
    let mut exists = [Some(true); 8];
    for (place, ((block, got), want)) in Blocks::NAMES.into_iter().zip(got.all()).zip(want.all()).enumerate() {
        assert_eq!(got.len(), want.len(), "{block}");
        let mut miss = |kind, want: &[f64]| misses.push(Miss { block, kind, got: got.to_vec(), want: want.to_vec() });
        if met == Met::Points && finite(want) && distance(got, want) <= TOLERANCE * scale(want) {
            continue;
        }
        if finite(want) && met == Met::Nothing {
            if got.iter().any(|entry| entry.is_nan()) {
                miss(Kind::NotANumber, want);
            } else if distance(got, want) > TOLERANCE * scale(want)
                && distance(got, want) > TOLERANCE * scale(want) + noise(kernel, input, place)
            {
                miss(Kind::Wrong, want);
            }
            continue;
        }
        let [near, far] =
            neighbours.get_or_insert_with(|| [STEP, FURTHER * STEP].map(|step| around(kernel, input, step)));
        let nearby = Nearby::new(near, far, place);
        let limits = match nearby {
            Nearby::Undefined => return misses,
            Nearby::Unclear => {
                exists[place] = None;
                continue;
            }
            Nearby::Limit(limits) => Some(limits),
            Nearby::Jump => None,
        };
        if place == 0 {
            let Some([limit, ..]) = &limits else {
                // At a jump of the kernel itself there are no derivatives to speak of.
                return misses;
            };
            if got == [value] {
                // Infinite, as the kernel itself.
                continue;
            }
            if value.is_finite() {
                if (value - limit[0]).abs() > VARIATION * scale(limit) {
                    return misses;
                }
                if !finite(got) {
                    miss(Kind::NoLimit, &[value]);
                } else if distance(got, &[value]) > TOLERANCE * scale(&[value]) {
                    miss(Kind::Wrong, &[value]);
                }
                continue;
            }
        }
        let Some(below) = exists[BELOW[place]] else {
            exists[place] = None;
            continue;
        };
        exists[place] = Some(below && limits.is_some());
        match limits {
            // Where some part of the kernel has a kink, the whole may still have a limit; it need not be found. And a
            // limit is no derivative where the lower one jumps.
            Some(_) if !finite(got) && (met == Met::Kink || !below) => {}
            Some([limit, ..]) if !finite(got) => miss(Kind::NoLimit, &limit),
            Some(limits) if limits.iter().all(|limit| distance(got, limit) > LIMIT * scale(limit)) => {
                miss(Kind::WrongLimit, &limits[0]);
            }
            // The points do not move when a parameter does.
            None if finite(got) && block != "grad_params" && !got.is_empty() => {
                let sides: Vec<f64> = near.iter().flat_map(|blocks| blocks.all()[place].to_vec()).collect();
                miss(Kind::Invented, &sides);
            }
            _ => {}
        }
    }
    misses
}

fn largest(entries: &[f64]) -> f64 {
    entries.iter().fold(0.0, |largest, entry| entry.abs().max(largest))
}

fn finite(entries: &[f64]) -> bool {
    entries.iter().all(|entry| entry.is_finite())
}

/// The largest difference; NaN if there is a NaN.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, |largest, next| if next <= largest { largest } else { next })
}

/// By how much hyper-dual numbers are unsure: a thousand times what a relative step of 1e-14 changes.
fn noise(kernel: &Kernel, input: &Input, place: usize) -> f64 {
    let blocks = |step: f64| {
        let mut moved = input.clone();
        moved.x.iter_mut().for_each(|x| *x *= 1.0 + step);
        moved.y.iter_mut().for_each(|y| *y *= 1.0 - 0.7 * step);
        oracle::blocks(kernel, &moved).0
    };
    let centre = blocks(0.0);
    let change = |step| distance(blocks(step).all()[place], centre.all()[place]);
    1e3 * [-3e-14, -1e-14, 1e-14, 2e-14].map(change).into_iter().fold(0.0, f64::max)
}

/// What hyper-dual numbers say a small step away, to several sides, opposite ones in turn.
fn around(kernel: &Kernel, input: &Input, step: f64) -> Vec<Blocks> {
    let directions = [[0.7, -0.45, 0.3, 0.62], [-0.81, 0.33, 0.55, -0.27], [0.21, 0.93, -0.64, 0.4]];
    directions
        .iter()
        .flat_map(|direction| [(step, direction), (-step, direction)])
        .map(|(step, direction)| {
            let mut moved = input.clone();
            moved.x.iter_mut().zip(direction).for_each(|(x, along)| *x += step * along);
            moved.y.iter_mut().zip(&direction[2..]).for_each(|(y, along)| *y += step * along);
            oracle::blocks(kernel, &moved).0
        })
        .collect()
}

/// What a block does around a point.
enum Nearby {
    /// Extrapolated from what changes in proportion to some power of the distance.
    Limit([Vec<f64>; POWERS.len()]),
    Jump,
    /// The neighbours differ, but less and less.
    Unclear,
    /// On some sides the kernel is not a number.
    Undefined,
}

impl Nearby {
    fn new(near: &[Blocks], far: &[Blocks], place: usize) -> Self {
        if near.iter().chain(far).any(|blocks| !blocks.value[0].is_finite()) {
            return Self::Undefined;
        }
        let [(near, near_spread), (far, far_spread)] = [near, far].map(|around| {
            let blocks: Vec<&[f64]> = around.iter().map(|blocks| blocks.all()[place]).collect();
            mean_and_spread(&blocks)
        });
        let is_small = near_spread <= VARIATION * scale(&near).min(0.002 + largest(&near));
        // The part that does not change with the distance.
        let kink = (FURTHER * near_spread - far_spread) / (FURTHER - 1.0);
        if is_small && near_spread > VARIATION && kink > 0.3 * near_spread {
            // A small kink beside what is large and smooth.
            return Self::Unclear;
        }
        if is_small {
            let extrapolated = |power: f64| {
                let ratio = FURTHER.powf(power);
                near.iter().zip(&far).map(|(near, far)| near + (near - far) / (ratio - 1.0)).collect()
            };
            return Self::Limit(POWERS.map(extrapolated));
        }
        if near_spread > 0.5 * far_spread { Self::Jump } else { Self::Unclear }
    }
}

fn mean_and_spread(blocks: &[&[f64]]) -> (Vec<f64>, f64) {
    let count = blocks.len() as f64;
    let mean: Vec<f64> =
        (0..blocks[0].len()).map(|i| blocks.iter().map(|block| block[i]).sum::<f64>() / count).collect();
    // NaN, which is neither little nor much, if there is one.
    let spread = blocks
        .iter()
        .map(|block| distance(block, &mean))
        .fold(0.0, |spread, next| if next <= spread { spread } else { next });
    (mean, spread)
}
