//! Expectations under normal distributions whose coordinates are correlated.

use std::sync::Arc;

use super::polynomial::{Polynomial, exponential, times};

/// A symmetric matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Covariance {
    d: usize,
    entries: Arc<[f64]>,
}

impl Covariance {
    /// Or what is wrong: it is not finite, not symmetric or not semidefinite, to half of single precision.
    pub(super) fn new(d: usize, entries: Vec<f64>) -> Result<Self, String> {
        let matrix = Self { d, entries: entries.into() };
        for i in 0..d {
            for j in 0..d {
                let (entry, mirrored) = (matrix.at(i, j), matrix.at(j, i));
                if !entry.is_finite() {
                    return Err(format!("its entry ({i}, {j}) is {entry}: pass a finite one"));
                }
                let scale = entry.abs().max(mirrored.abs());
                if (entry - mirrored).abs() > 1e-6 * scale {
                    return Err(format!(
                        "is not symmetric: its entry ({i}, {j}) is {entry}, its entry ({j}, {i}) {mirrored}"
                    ));
                }
            }
        }
        matrix.check_semidefinite()?;
        Ok(matrix)
    }

    fn at(&self, i: usize, j: usize) -> f64 {
        self.entries[i * self.d + j]
    }

    /// Elimination meets no pivot below 0, and one that is 0 in a row of zeros only.
    fn check_semidefinite(&self) -> Result<(), String> {
        let d = self.d;
        let mut rest = self.entries.to_vec();
        for k in 0..d {
            let (pivot, rounding) = (rest[k * d + k], 1e-7 * self.at(k, k).abs());
            let negative = pivot < -rounding;
            let beside =
                (k + 1..d).find(|&i| rest[i * d + k].abs() > 1e-6 * (self.at(k, k) * self.at(i, i)).abs().sqrt());
            if negative || (pivot <= rounding && beside.is_some()) {
                return Err(format!(
                    "is not positive semidefinite: its leading {0} x {0} block has a negative eigenvalue",
                    if negative { k + 1 } else { beside.map_or(k + 1, |i| i + 1) }
                ));
            }
            if pivot <= rounding {
                continue;
            }
            for i in k + 1..d {
                let factor = rest[i * d + k] / pivot;
                for j in k + 1..d {
                    rest[i * d + j] -= factor * rest[k * d + j];
                }
            }
        }
        Ok(())
    }

    /// Of independent coordinates.
    pub(super) fn diagonal(variances: &[f64]) -> Self {
        let d = variances.len();
        let mut entries = vec![0.0; d * d];
        for (i, &variance) in variances.iter().enumerate() {
            entries[i * d + i] = variance;
        }
        Self { d, entries: entries.into() }
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.entries.chunks(self.d).map(|row| dot(row, vector)).collect()
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// E exp(-Σ c_i z_i²) for z ~ N(δ, Σ): |B|^{-1/2} exp(-δᵀ √C B⁻¹ √C δ) with B = 1 + 2 √C Σ √C.
pub(super) struct Widened {
    d: usize,
    roots: Vec<f64>,
    /// The Cholesky factor of B, whose eigenvalues, and so pivots, are 1 or more, but for what rounding made of Σ.
    lower: Vec<f64>,
    /// |B|^{-1/2}
    height: f64,
}

impl Widened {
    pub(super) fn new(rates: &[f64], covariances: [&Covariance; 2]) -> Self {
        let d = rates.len();
        let roots: Vec<f64> = rates.iter().map(|rate| rate.sqrt()).collect();
        let mut lower = vec![0.0; d * d];
        let mut height = 1.0;
        for j in 0..d {
            for i in j..d {
                let [first, second] = covariances.map(|covariance| covariance.at(i, j));
                let entry = 2.0 * roots[i] * roots[j] * (first + second) + if i == j { 1.0 } else { 0.0 };
                let rest = entry - dot(&lower[i * d..i * d + j], &lower[j * d..j * d + j]);
                lower[i * d + j] = if i == j { rest.max(1.0).sqrt() } else { rest / lower[j * d + j] };
            }
            height /= lower[j * d + j];
        }
        Self { d, roots, lower, height }
    }

    /// Its derivative by coordinates `by` of -δ.
    pub(super) fn at(&self, difference: &[f64], by: &[usize]) -> f64 {
        let scaled: Vec<f64> = difference.iter().zip(&self.roots).map(|(difference, root)| difference * root).collect();
        let forward = self.forward(scaled);
        self.height * (-dot(&forward, &forward)).exp() * self.relative(&forward, by)
    }

    /// A derivative over the value. Of exp(q), q quadratic, ∂_i of another is q_i times that and Σ_j q_ij times what it
    /// is without ∂_j.
    fn relative(&self, forward: &[f64], by: &[usize]) -> f64 {
        let Some((&i, others)) = by.split_first() else { return 1.0 };
        let unit = self.unit(i);
        let mut sum = 2.0 * dot(&unit, forward) * self.relative(forward, others);
        for (place, &j) in others.iter().enumerate() {
            let without = [&others[..place], &others[place + 1..]].concat();
            sum -= 2.0 * dot(&unit, &self.unit(j)) * self.relative(forward, &without);
        }
        sum
    }

    /// L⁻¹ √C e_i
    fn unit(&self, i: usize) -> Vec<f64> {
        let mut unit = vec![0.0; self.d];
        unit[i] = self.roots[i];
        self.forward(unit)
    }

    fn forward(&self, mut b: Vec<f64>) -> Vec<f64> {
        for i in 0..self.d {
            let row = &self.lower[i * self.d..i * self.d + i];
            b[i] = (b[i] - dot(row, &b[..i])) / self.lower[i * self.d + i];
        }
        b
    }
}

/// E P(s) for s = xᵀWy with independent x ~ N(m, A) and y ~ N(n, B), W the diagonal matrix of weights.
///
/// With x given, s is normal; then E exp(ts) is a Gaussian integral over x: with G = WBWA, ℓ = t Wn + t² WBWm,
///
/// ln E exp(t s) = t mᵀWn + ½ t² mᵀWBWm + ½ ℓᵀA (1 - t² G)⁻¹ ℓ - ½ ln |1 - t² G|,
///
/// whose power series has the moments of s in that of its exponential. Where y is a point, derivatives by its
/// coordinates `by` may be asked for: of exp(t mᵀWn + ½ t² nᵀWAWn), then.
pub(super) fn of_polynomial(
    polynomial: &Polynomial,
    [m, n]: [&[f64]; 2],
    [a, b]: [&Covariance; 2],
    by: &[usize],
) -> f64 {
    let weights = &polynomial.weights;
    let weigh = |v: &[f64]| v.iter().zip(weights).map(|(v, w)| v * w).collect::<Vec<f64>>();
    let (degree, d) = (polynomial.degree(), m.len());
    let (of_n, of_m) = (weigh(n), weigh(&b.times(&weigh(m))));
    let center = dot(m, &of_n);
    let mut exponent = vec![0.0; degree + 1];
    let mut add = |power: usize, term: f64| {
        if let Some(coefficient) = exponent.get_mut(power) {
            *coefficient += term;
        }
    };
    add(2, 0.5 * dot(m, &of_m));
    // Gᵏ times the two vectors that ℓ is made of.
    let step = |v: &[f64]| weigh(&b.times(&weigh(&a.times(v))));
    let (mut once, mut twice) = (of_n.clone(), of_m.clone());
    for k in (0..).take_while(|k| 2 * k + 2 <= degree) {
        let [by_once, by_twice] = [&once, &twice].map(|v| a.times(v));
        add(2 * k + 2, 0.5 * dot(&of_n, &by_once));
        add(2 * k + 3, dot(&of_m, &by_once));
        add(2 * k + 4, 0.5 * dot(&of_m, &by_twice));
        (once, twice) = (step(&once), step(&twice));
    }
    // -½ ln |1 - t² G| = ½ Σ_k t^{2k} tr Gᵏ / k
    let mut powers: Vec<Vec<f64>> = (0..d).map(|i| (0..d).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for k in (1..).take_while(|k| 2 * k <= degree) {
        for column in &mut powers {
            *column = step(column);
        }
        let trace: f64 = powers.iter().enumerate().map(|(i, column)| column[i]).sum();
        add(2 * k, 0.5 * trace / k as f64);
    }
    let mut series = exponential(&exponent);
    let slopes = a.times(&of_n);
    let slope = |i: usize| {
        let mut slope = vec![0.0; degree + 1];
        for (place, rate) in slope[1..].iter_mut().zip([m[i], slopes[i]]) {
            *place = weights[i] * rate;
        }
        slope
    };
    let curvature = |i: usize, j: usize| weights[i] * a.at(i, j) * weights[j];
    series = times(&series, &relative(degree, &slope, &curvature, by));
    polynomial.of_series(center, &series)
}

/// A derivative of exp(q) over exp(q), as power series in t, with slopes q_i and curvatures t² q_ij: as in [`Widened`].
fn relative(
    degree: usize,
    slope: &dyn Fn(usize) -> Vec<f64>,
    curvature: &dyn Fn(usize, usize) -> f64,
    by: &[usize],
) -> Vec<f64> {
    let Some((&i, others)) = by.split_first() else {
        let mut one = vec![0.0; degree + 1];
        one[0] = 1.0;
        return one;
    };
    let mut sum = times(&slope(i), &relative(degree, slope, curvature, others));
    for (place, &j) in others.iter().enumerate() {
        let without = [&others[..place], &others[place + 1..]].concat();
        let terms = relative(degree, slope, curvature, &without);
        for (sum, term) in sum.iter_mut().skip(2).zip(terms) {
            *sum += curvature(i, j) * term;
        }
    }
    sum
}
