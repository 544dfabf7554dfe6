//! Batches as the loops that a person writes who does not think of registers: points of `d` coordinates one behind the
//! other.

use std::f64::consts::{FRAC_2_PI, PI};

/// A Gram matrix of points of `d` coordinates by a function of two points.
fn gram(d: usize, x: &[f64], y: &[f64], out: &mut [f64], k: impl Fn(&[f64], &[f64]) -> f64) {
    let m = y.len() / d;
    for (x, row) in x.chunks_exact(d).zip(out.chunks_exact_mut(m)) {
        for (y, out) in y.chunks_exact(d).zip(row) {
            *out = k(x, y);
        }
    }
}

fn sq_dist(x: &[f64], y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in x.iter().zip(y) {
        sum += (a - b) * (a - b);
    }
    sum
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in x.iter().zip(y) {
        sum += a * b;
    }
    sum
}

/// Squared-exponential.
pub fn rbf(d: usize, x: &[f64], y: &[f64], gamma: f64, out: &mut [f64]) {
    gram(d, x, y, out, |x, y| (-gamma * sq_dist(x, y)).exp());
}

/// Matérn-5/2.
pub fn matern52(d: usize, x: &[f64], y: &[f64], variance: f64, lengthscale: f64, out: &mut [f64]) {
    let rate = 5.0_f64.sqrt() / lengthscale;
    gram(d, x, y, out, |x, y| {
        let q = rate * sq_dist(x, y).sqrt();
        variance * (1.0 + q + q * q / 3.0) * (-q).exp()
    });
}

/// Rational quadratic.
pub fn rational_quadratic(
    d: usize,
    x: &[f64],
    y: &[f64],
    variance: f64,
    alpha: f64,
    lengthscale: f64,
    out: &mut [f64],
) {
    let scale = 1.0 / (2.0 * alpha * lengthscale * lengthscale);
    gram(d, x, y, out, |x, y| variance * (1.0 + scale * sq_dist(x, y)).powf(-alpha));
}

/// Periodic in each coordinate.
pub fn periodic(d: usize, x: &[f64], y: &[f64], variance: f64, period: f64, lengthscale: f64, out: &mut [f64]) {
    let (frequency, scale) = (PI / period, 2.0 / (lengthscale * lengthscale));
    gram(d, x, y, out, |x, y| {
        let mut sum = 0.0;
        for (a, b) in x.iter().zip(y) {
            let sine = (frequency * (a - b)).sin();
            sum += sine * sine;
        }
        variance * (-scale * sum).exp()
    });
}

/// Network of error functions.
pub fn arcsine(d: usize, x: &[f64], y: &[f64], variance: f64, bias: f64, weight: f64, out: &mut [f64]) {
    let side = |x: &[f64]| 1.0 + 2.0 * (bias + weight * dot(x, x));
    let right: Vec<_> = y.chunks_exact(d).map(side).collect();
    for (x, row) in x.chunks_exact(d).zip(out.chunks_exact_mut(right.len())) {
        let left = side(x);
        for ((y, right), out) in y.chunks_exact(d).zip(&right).zip(row) {
            let across = 2.0 * (bias + weight * dot(x, y));
            *out = variance * FRAC_2_PI * (across / (left * right).sqrt()).asin();
        }
    }
}

/// Squared-exponential with a lengthscale per coordinate.
pub fn ard_rbf(d: usize, x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64], out: &mut [f64]) {
    let weights: Vec<_> = lengthscale.iter().map(|l| 0.5 / (l * l)).collect();
    gram(d, x, y, out, |x, y| {
        let mut sum = 0.0;
        for ((a, b), w) in x.iter().zip(y).zip(&weights) {
            sum += w * (a - b) * (a - b);
        }
        variance * (-sum).exp()
    });
}

/// Exponential of a sum of hyperbolas.
pub fn hyperbola(d: usize, x: &[f64], y: &[f64], gamma: f64, out: &mut [f64]) {
    gram(d, x, y, out, |x, y| {
        let mut sum = 0.0;
        for (a, b) in x.iter().zip(y) {
            sum += (1.0 + (a - b) * (a - b)).sqrt() - 1.0;
        }
        (-gamma * sum).exp()
    });
}

/// Values and gradients of the squared-exponential, point by point.
pub fn rbf_joint(d: usize, x: &[f64], y: &[f64], gamma: f64, out: &mut [f64]) {
    let columns = y.len() / d * (1 + d);
    let mut u = vec![0.0; d];
    for (x, rows) in x.chunks_exact(d).zip(out.chunks_exact_mut((1 + d) * columns)) {
        for (j, y) in y.chunks_exact(d).enumerate() {
            for ((u, a), b) in u.iter_mut().zip(x).zip(y) {
                *u = 2.0 * gamma * (a - b);
            }
            let k = (-gamma * sq_dist(x, y)).exp();
            let (first, rest) = rows.split_at_mut(columns);
            let cell = &mut first[j * (1 + d)..][..=d];
            cell[0] = k;
            for (out, u) in cell[1..].iter_mut().zip(&u) {
                *out = u * k;
            }
            for (a, row) in rest.chunks_exact_mut(columns).enumerate() {
                let cell = &mut row[j * (1 + d)..][..=d];
                let slope = -u[a] * k;
                cell[0] = slope;
                for (out, u) in cell[1..].iter_mut().zip(&u) {
                    *out = slope * u;
                }
                cell[1 + a] += 2.0 * gamma * k;
            }
        }
    }
}

/// Covariances of gradients of the squared-exponential, a block of d × d for each pair.
pub fn rbf_k_gg(d: usize, x: &[f64], y: &[f64], gamma: f64, out: &mut [f64]) {
    let m = y.len() / d;
    let mut u = vec![0.0; d];
    for (x, row) in x.chunks_exact(d).zip(out.chunks_exact_mut(m * d * d)) {
        for (y, block) in y.chunks_exact(d).zip(row.chunks_exact_mut(d * d)) {
            for ((u, a), b) in u.iter_mut().zip(x).zip(y) {
                *u = 2.0 * gamma * (a - b);
            }
            let k = (-gamma * sq_dist(x, y)).exp();
            for (a, row) in block.chunks_exact_mut(d).enumerate() {
                let slope = -u[a] * k;
                for (out, u) in row.iter_mut().zip(&u) {
                    *out = slope * u;
                }
                row[a] += 2.0 * gamma * k;
            }
        }
    }
}

/// Values of a kernel of the squared distance, times a vector.
pub fn value_product(d: usize, x: &[f64], y: &[f64], v: &[f64], out: &mut [f64], k: impl Fn(f64) -> f64) {
    for (x, out) in x.chunks_exact(d).zip(out) {
        *out = y.chunks_exact(d).zip(v).map(|(y, v)| k(sq_dist(x, y)) * v).sum();
    }
}

/// Covariances of gradients of a kernel F(‖x - y‖²) times a vector, with u = x - y: Σ -4F'' u uᵀv - 2F' v, of F' and
/// F''.
pub fn gradient_product(d: usize, x: &[f64], y: &[f64], v: &[f64], out: &mut [f64], slopes: impl Fn(f64) -> [f64; 2]) {
    for (x, out) in x.chunks_exact(d).zip(out.chunks_exact_mut(d)) {
        out.fill(0.0);
        for (y, v) in y.chunks_exact(d).zip(v.chunks_exact(d)) {
            let (mut s, mut along) = (0.0, 0.0);
            for ((a, b), v) in x.iter().zip(y).zip(v) {
                s += (a - b) * (a - b);
                along += (a - b) * v;
            }
            let [first, second] = slopes(s);
            let (of_u, of_v) = (-4.0 * second * along, -2.0 * first);
            for (((a, b), v), out) in x.iter().zip(y).zip(v).zip(&mut *out) {
                *out += of_u * (a - b) + of_v * v;
            }
        }
    }
}

/// Blocks of d × d for each pair, times a vector.
pub fn block_product(d: usize, blocks: &[f64], v: &[f64], out: &mut [f64]) {
    for (blocks, out) in blocks.chunks_exact(v.len() * d).zip(out.chunks_exact_mut(d)) {
        out.fill(0.0);
        for (block, v) in blocks.chunks_exact(d * d).zip(v.chunks_exact(d)) {
            for (row, out) in block.chunks_exact(d).zip(&mut *out) {
                *out += dot(row, v);
            }
        }
    }
}
