//! Integrals of exp(-c (x - y)²) over intervals.
//!
//! With √c as the unit of length they are differences of erf, or second differences of its integral. Each is written in
//! the form in which nothing cancels: complementary functions where all bounds are on one side, and Taylor's series
//! about the middle of a short interval.

use std::f64::consts::PI;

/// H_n(z) e^{-z²}, Hermite's polynomials (H_{n+1} = 2z H_n - 2n H_{n-1}), for n = 0, 1, ….
fn hermite(z: f64) -> impl Iterator<Item = f64> {
    let bell = (-z * z).exp();
    // Where the bell is 0 the polynomials do not matter, infinite or not.
    let slope = if bell == 0.0 { 0.0 } else { 2.0 * z };
    let mut next = (bell, slope * bell);
    (1..).map(move |n| {
        let (this, after) = next;
        next = (after, slope * after - 2.0 * f64::from(n) * this);
        this
    })
}

/// ∂ⁿ/∂uⁿ exp(-c u²)
pub(super) fn derivative(c: f64, u: f64, order: usize) -> f64 {
    let root = c.sqrt();
    let power = hermite(root * u).nth(order).unwrap_or_default();
    (-root).powi(i32::try_from(order).unwrap_or(i32::MAX)) * power
}

/// ∂ⁿ/∂yⁿ ∫_a^b exp(-c (x - y)²) dx; a < b, which may be infinite, but not both if c = 0.
pub(super) fn interval(c: f64, [a, b]: [f64; 2], y: f64, order: usize) -> f64 {
    match order {
        0 => return plain_interval(c, [a, b], y),
        1 | 2 => {}
        _ => return of_high_order(c, [a - y, b - y], b - a, order),
    }
    let (left, right) = (a - y, b - y);
    let bell = |u: f64| if u.is_infinite() { 0.0 } else { (-c * u * u).exp() };
    let is_left_near = left.abs() <= right.abs();
    let near = if is_left_near { left } else { right };
    // exp(-c left²) - exp(-c right²), of which the larger is in front.
    let sign = if is_left_near { 1.0 } else { -1.0 };
    let fall = if a.is_infinite() || b.is_infinite() {
        if c == 0.0 { 0.0 } else { 1.0 }
    } else {
        -(-(c * (b - a) * (left + right)).abs()).exp_m1()
    };
    let difference = sign * bell(near) * fall;
    match order {
        1 => difference,
        _ if a.is_infinite() || b.is_infinite() => {
            sign * 2.0 * c * if near.is_infinite() { 0.0 } else { near * bell(near) }
        }
        // left·bell(left) - right·bell(right)
        _ => {
            let far = if is_left_near { right } else { left };
            2.0 * c * (near * difference - (b - a) * bell(far))
        }
    }
}

/// (-1)ⁿ ∫ ∂ⁿ/∂uⁿ exp(-c u²) du: the difference of derivatives of one order less, or, where these are nearly the same,
/// Taylor's series about the middle, Σ_k 2 h^{2k+1}/(2k+1)! ∂^{n+2k}/∂u^{n+2k}.
fn of_high_order(c: f64, [left, right]: [f64; 2], width: f64, order: usize) -> f64 {
    let (root, half) = (c.sqrt(), width / 2.0);
    let middle = root * (left + half);
    let sign = if order.is_multiple_of(2) { 1.0 } else { -1.0 };
    if !(root * half <= 0.25 && middle.abs() * root * half <= 0.25) {
        return sign * (derivative(c, right, order - 1) - derivative(c, left, order - 1));
    }
    let (mut power, mut sum) = (2.0 * half * (-root).powi(i32::try_from(order).unwrap_or(i32::MAX)), 0.0);
    for (k, term) in hermite(middle).skip(order).step_by(2).take(SHORT).enumerate() {
        sum += power * term;
        power *= c * half * half / ((2 * k + 2) * (2 * k + 3)) as f64;
    }
    sign * sum
}

/// So many terms: of an interval that counts as short, each is below a tenth of the one before.
const SHORT: usize = 16;

fn plain_interval(c: f64, [a, b]: [f64; 2], y: f64) -> f64 {
    if c == 0.0 {
        return b - a;
    }
    let root = c.sqrt();
    let unit = PI.sqrt() / 2.0 / root;
    let (mut near, mut far) = (root * (a - y), root * (b - y));
    if near.abs() > far.abs() {
        (near, far) = (-far, -near);
    }
    if near <= 0.0 {
        return unit * (libm::erf(far) - libm::erf(near));
    }
    let (middle, half) = (f64::midpoint(near, far), root * (b - a) / 2.0);
    // Beyond, the second is below 1/e of the first.
    if 4.0 * middle * half > 1.0 {
        return unit * (libm::erfc(near) - libm::erfc(far));
    }
    (b - a) * (-middle * middle).exp() * mean_of_short(middle, half)
}

/// The mean of e^{m² - u²} over m ± h, Σ_k H_{2k}(m) h^{2k}/(2k+1)!, with h ≤ m and 4mh ≤ 1.
fn mean_of_short(m: f64, h: f64) -> f64 {
    let (mut before, mut term, mut sum) = (1.0, 2.0 * m * h, 1.0);
    for k in 1..40 {
        let order = f64::from(k) + 1.0;
        let next = (2.0 * m * h * term - 2.0 * h * h * before) / order;
        (before, term) = (term, next);
        if k % 2 == 1 {
            sum += term / (order + 1.0);
        }
        if before.abs() + term.abs() < f64::EPSILON / 16.0 {
            break;
        }
    }
    sum
}

/// ∫_z^∞ √π/2 erfc for z ≥ 0: e^{-z²}/2 - √π/2 z erfc(z), where that does not cancel, and by the continued fraction of
/// quotients of repeated integrals of erfc (Abramowitz and Stegun, 7.2.5) where it does.
fn tail(z: f64) -> f64 {
    let half_root = PI.sqrt() / 2.0;
    if z < 1.5 {
        return (-z * z).exp() / 2.0 - half_root * z * libm::erfc(z);
    }
    let whole = libm::erfc(z);
    if whole == 0.0 {
        return 0.0;
    }
    // Twice as many change nothing.
    let steps = match z {
        ..2.0 => 110,
        ..3.0 => 67,
        ..5.0 => 37,
        _ => 21,
    };
    let quotient = (1..=steps).rev().fold(0.0, |after, k| 1.0 / (2.0 * z + 2.0 * (f64::from(k) + 1.0) * after));
    half_root * whole * quotient
}

/// ∫_a^b ∫_p^q exp(-c (x - y)²) dy dx with a < b, p < q; infinite where it diverges.
pub(super) fn intervals(c: f64, first: [f64; 2], second: [f64; 2]) -> f64 {
    let lengths = [first, second].map(|[lower, upper]| upper - lower);
    if c == 0.0 {
        return lengths[0] * lengths[1];
    }
    if diverges(first, second) {
        return f64::INFINITY;
    }
    let root = c.sqrt();
    let (short, long) = if lengths[0] < lengths[1] { (first, second) } else { (second, first) };
    let length = lengths[0].min(lengths[1]);
    if long == [f64::NEG_INFINITY, f64::INFINITY] {
        return length * PI.sqrt() / root;
    }
    // The corners, in ascending order: bounds of x minus bounds of y, x being further right.
    let is_right = f64::midpoint(first[0] - second[0], first[1] - second[1]) >= 0.0;
    let ([a, b], [p, q]) = if is_right { (first, second) } else { (second, first) };
    let [z1, at_lower, at_upper, z4] = [a - q, a - p, b - q, b - p].map(|difference| root * difference);
    let (z2, z3) = (at_lower.min(at_upper), at_lower.max(at_upper));
    let half = root * length / 2.0;
    let nearest = (z1 + half).max(0.0);
    if half <= 0.5 && nearest * half <= 0.25 {
        return short_interval(c, short, long, half);
    }
    // The second difference of the integral of erf, without the linear part that vanishes in it.
    let scaled = if z1 > 0.0 {
        tail(z1) - tail(z2) - tail(z3) + tail(z4)
    } else if z2 > 0.0 {
        PI.sqrt() * -z1 + tail(-z1) - tail(z2) - tail(z3) + tail(z4)
    } else {
        2.0 * PI.sqrt() * half - (tail(z3) - tail(z4)) - (tail(-z2) - tail(-z1))
    };
    scaled / c
}

/// Whether an integral over both has no end: both are infinite in the same direction.
pub(super) fn diverges(first: [f64; 2], second: [f64; 2]) -> bool {
    first[0] == second[0] && first[0].is_infinite() || first[1] == second[1] && first[1].is_infinite()
}

/// The integral over the long interval at the middle of the short one, and its even derivatives there: Σ_j
/// h^{2j}/(2j+1)! ∂^{2j}.
fn short_interval(c: f64, short: [f64; 2], long: [f64; 2], half: f64) -> f64 {
    let root = c.sqrt();
    // Seen from its lower bound: the middle itself would be rounded as far as the bounds are from 0.
    let (long, middle) = (long.map(|bound| bound - short[0]), (short[1] - short[0]) / 2.0);
    let inside = plain_interval(c, long, middle);
    let [left, right] = long.map(|bound| hermite(root * (bound - middle)).skip(1).step_by(2));
    let (mut factor, mut sum) = (1.0, 0.0);
    for (order, (left, right)) in (1..16).map(|j| f64::from(2 * j)).zip(left.zip(right)) {
        factor *= half * half / (order * (order + 1.0));
        sum += factor * (left - right);
    }
    (short[1] - short[0]) * (inside + sum / root)
}

#[cfg(test)]
mod tests {
    use super::{diverges, interval, intervals};

    #[test]
    fn infinite_in_opposite_directions_is_finite() {
        let right = [1.0, f64::INFINITY];
        assert!(!diverges(right, [f64::NEG_INFINITY, 0.0]) && diverges(right, [0.0, f64::INFINITY]));
        assert!(intervals(2.0, right, [f64::NEG_INFINITY, 0.0]).is_finite());
        assert_eq!(intervals(2.0, right, [0.0, f64::INFINITY]), f64::INFINITY);
    }

    #[test]
    fn derivatives_are_those_of_the_integral() {
        for (bounds, y) in [
            ([0.3, 0.9], 0.1),
            ([0.3, 0.5], 0.1),
            ([-1.0, 2.0], 0.4),
            ([3.0, 3.01], 0.4),
            ([1.0, f64::INFINITY], 0.5),
            ([f64::NEG_INFINITY, 1.0], 0.5),
        ] {
            let step = 1e-4;
            for order in 1..=8 {
                let [above, below] = [step, -step].map(|step| interval(1.3, bounds, y + step, order - 1));
                let (got, difference) = (interval(1.3, bounds, y, order), (above - below) / (2.0 * step));
                assert!(
                    (got - difference).abs() < 1e-6 * (1.0 + got.abs()),
                    "{bounds:?} {y} {order}: {got} {difference}"
                );
            }
        }
    }
}
