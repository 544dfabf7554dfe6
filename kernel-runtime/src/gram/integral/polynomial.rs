//! Functionals of polynomials of a dot product, by a generating function.
//!
//! With x = m + u, y = n + v and s = Σ_i w_i x_i y_i = S + Σ_i w_i (m_i v_i + n_i u_i + u_i v_i), S = Σ_i w_i m_i n_i,
//! the functionals of the k-th power of s - S are k! [tᵏ] Π_i Q_i(t): what is known of a coordinate is the power series
//! of its exponential, whose coefficients are moments. A polynomial P(s) is its Taylor series at S, so nothing is
//! multiplied out about 0.

use super::functional::Functional;
use crate::kernel::PowerProduct;

/// A polynomial P(s) = Σ a Π (slope s + offset)^power.
#[derive(Clone, Debug)]
pub(super) struct Polynomial {
    pub(super) weights: Vec<f64>,
    products: Vec<PowerProduct<f64>>,
    /// Its degree.
    degree: usize,
}

impl Polynomial {
    pub(super) fn new(weights: Vec<f64>, products: Vec<PowerProduct<f64>>) -> Self {
        let degree = |product: &PowerProduct<f64>| product.factors.iter().map(|factor| factor.2 as usize).sum();
        let degree = products.iter().map(degree).max().unwrap_or(0);
        Self { weights, products, degree }
    }

    pub(super) fn degree(&self) -> usize {
        self.degree
    }

    /// Functionals of x, one for each coordinate, and of y.
    pub(super) fn at(&self, x: impl Iterator<Item = Functional>, y: impl Iterator<Item = Functional>) -> f64 {
        let mut series = vec![0.0; self.degree + 1];
        series[0] = 1.0;
        let mut center = 0.0;
        for ((x, y), &weight) in x.zip(y).zip(&self.weights) {
            let ((m, of_u), (n, of_v)) = (x.moments(self.degree), y.moments(self.degree));
            center += weight * m * n;
            series = times(&series, &coordinate(weight, (m, &of_u), (n, &of_v)));
        }
        self.of_series(center, &series)
    }

    /// The functional of P whose value for (s - center)ᵏ is k! times the k-th of the coefficients.
    pub(super) fn of_series(&self, center: f64, coefficients: &[f64]) -> f64 {
        let taylor = self.taylor(center);
        let mut factorial = 1.0;
        let mut sum = 0.0;
        for (k, (derivative, moment)) in taylor.iter().zip(coefficients).enumerate() {
            factorial *= k.max(1) as f64;
            // k! times the moment is that of a power, and overflows with it alone.
            sum += factorial * moment * derivative;
        }
        sum
    }

    /// P(center + t) by powers of t.
    fn taylor(&self, center: f64) -> Vec<f64> {
        let mut sum = vec![0.0; self.degree + 1];
        for PowerProduct { amplitude, factors } in &self.products {
            let mut product = vec![0.0; self.degree + 1];
            product[0] = *amplitude;
            for &(slope, offset, power) in factors {
                product = times(&product, &binomial(slope * center + offset, slope, power as usize, self.degree));
            }
            for (sum, product) in sum.iter_mut().zip(product) {
                *sum += product;
            }
        }
        sum
    }
}

/// (a + b t)ⁿ up to a degree.
fn binomial(a: f64, b: f64, n: usize, degree: usize) -> Vec<f64> {
    let mut out = vec![0.0; degree + 1];
    let mut coefficient = 1.0;
    for (k, out) in out.iter_mut().enumerate().take(n + 1) {
        let powers = |base: f64, exponent: usize| (0..exponent).map(|_| base).product::<f64>();
        *out = coefficient * powers(a, n - k) * powers(b, k);
        coefficient *= (n - k) as f64 / (k as f64 + 1.0);
    }
    out
}

/// Q(t) of one coordinate: of tᵏ, wᵏ Σ_{a+b+e=k} m^a n^b L(u^{b+e}) R(v^{a+e}) / (a! b! e!).
fn coordinate(weight: f64, (m, of_u): (f64, &[f64]), (n, of_v): (f64, &[f64])) -> Vec<f64> {
    let degree = of_u.len() - 1;
    // m^a/a! wᵃ and so on.
    let exponential = |base: f64| {
        let mut term = 1.0;
        let terms = (0..=degree).map(|k| {
            let this = term;
            term *= weight * base / (k as f64 + 1.0);
            this
        });
        terms.collect::<Vec<f64>>()
    };
    let (of_m, of_n, of_one) = (exponential(m), exponential(n), exponential(1.0));
    let mut out = vec![0.0; degree + 1];
    for a in 0..=degree {
        for b in 0..=degree - a {
            for e in 0..=degree - a - b {
                out[a + b + e] += of_m[a] * of_n[b] * of_one[e] * of_u[b + e] * of_v[a + e];
            }
        }
    }
    out
}

/// The product of two power series of the same length.
pub(super) fn times(left: &[f64], right: &[f64]) -> Vec<f64> {
    (0..left.len()).map(|k| (0..=k).map(|j| left[j] * right[k - j]).sum()).collect()
}

/// The exponential of a power series that begins with 0.
pub(super) fn exponential(exponent: &[f64]) -> Vec<f64> {
    let mut out = vec![1.0];
    for k in 1..exponent.len() {
        // k E_k = Σ_j j e_j E_{k-j}
        let sum: f64 = (1..=k).map(|j| j as f64 * exponent[j] * out[k - j]).sum();
        out.push(sum / k as f64);
    }
    out
}
