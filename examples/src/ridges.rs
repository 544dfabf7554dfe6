//! A function of many coordinates that a few directions govern, as losses of many parameters are: Σ_k a_k
//! sin(w_k·x + b_k).

use kernel_benches::points::numbers;
use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2};

use crate::sampling::points;

/// A sum of sines along a few directions.
#[derive(Clone, Debug)]
pub struct Ridges {
    /// One for each row.
    directions: Array2<f64>,
    amplitudes: Array1<f64>,
    phases: Array1<f64>,
}

impl Ridges {
    /// `count` directions of points with `d` coordinates.
    #[must_use]
    pub fn new(count: usize, d: usize) -> Self {
        let mut directions = points(11, count, d);
        for mut direction in directions.rows_mut() {
            let length = direction.dot(&direction).sqrt();
            direction.mapv_inplace(|w| w / length);
        }
        let of_each = |seed| Array1::from(numbers(seed, count));
        Self { directions, amplitudes: of_each(12), phases: of_each(13).mapv(|b| 3.0 * b) }
    }

    /// f(x) of each row of `x`.
    #[must_use]
    pub fn values(&self, x: &ArrayRef2<f64>) -> Array1<f64> {
        self.along(x).mapv(f64::sin).dot(&self.amplitudes)
    }

    /// ∇f(x) of each row of `x`, one behind the other.
    #[must_use]
    pub fn gradients(&self, x: &ArrayRef2<f64>) -> Array1<f64> {
        let slopes = self.along(x).mapv(f64::cos) * &self.amplitudes;
        slopes.dot(&self.directions).into_iter().collect()
    }

    /// w_k·x + b_k
    fn along(&self, x: &ArrayRef2<f64>) -> Array2<f64> {
        x.dot(&self.directions.t()) + &self.phases
    }
}

/// ‖a - b‖ / ‖b‖
#[must_use]
pub fn relative_error(a: &ArrayRef1<f64>, b: &ArrayRef1<f64>) -> f64 {
    let length = |v: &Array1<f64>| v.dot(v).sqrt();
    length(&(&a.view() - &b.view())) / length(&b.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_are_slopes_of_values() {
        let (f, x) = (Ridges::new(4, 6), points(1, 3, 6));
        let gradients = f.gradients(&x);
        for (i, a) in (0..3).flat_map(|i| (0..6).map(move |a| (i, a))) {
            let moved = |h: f64| {
                let mut x = x.clone();
                x[[i, a]] += h;
                f.values(&x)[i]
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((gradients[i * 6 + a] - slope).abs() < 1e-9, "{slope}");
        }
    }
}
