//! Gram matrices with a negative direction.

use super::real::Real;

/// Of a matrix with ones on its diagonal, a pivot below -2⁻⁸⁰ is negative: rounding is below 2⁻¹⁵⁰, and the root of a
/// rounded 0 below 2⁻⁹⁰.
const SMALLEST: i32 = -80;

/// Of what is left when all pivots are 0, an entry above this is no rounding.
const ROUNDING: i32 = -60;

/// The most negative pivot that elimination finds, if it is no rounding.
pub fn negative_pivot(mut gram: Vec<Vec<Real>>) -> Option<f64> {
    equilibrate(&mut gram);
    let least = Real::power_of_two(SMALLEST);
    let mut left: Vec<usize> = (0..gram.len()).collect();
    while !left.is_empty() {
        if let Some(&bad) = left.iter().find(|&&i| gram[i][i].is_less(&least.neg())) {
            return Some(gram[bad][bad].to_f64());
        }
        let place = (0..left.len()).fold(0, |best, place| {
            if gram[left[best]][left[best]].is_less(&gram[left[place]][left[place]]) { place } else { best }
        });
        let pivot = left[place];
        if gram[pivot][pivot].is_less(&least) {
            break;
        }
        left.swap_remove(place);
        for &i in &left {
            let ratio = gram[i][pivot].div(&gram[pivot][pivot]);
            for &j in &left {
                if j <= i {
                    let entry = gram[i][j].sub(&ratio.mul(&gram[j][pivot]));
                    gram[j][i] = entry.clone();
                    gram[i][j] = entry;
                }
            }
        }
    }
    // Without variance there is no covariance.
    let rounding = Real::power_of_two(ROUNDING);
    let pairs = left.iter().flat_map(|&i| left.iter().map(move |&j| (i, j))).filter(|(i, j)| i != j);
    pairs.map(|(i, j)| gram[i][j].abs()).find(|entry| rounding.is_less(entry)).map(|entry| -entry.to_f64())
}

/// Ones on the diagonal, but for a factor of two, and for what is so small that it may be rounding itself.
fn equilibrate(gram: &mut [Vec<Real>]) {
    const SMALL: i32 = -60;
    let n = gram.len();
    let size = |entry: &Real| if entry.is_zero() { SMALL } else { entry.exponent().max(SMALL) };
    let scales: Vec<i32> = (0..n).map(|i| -size(&gram[i][i]).div_euclid(2)).collect();
    for i in 0..n {
        for j in 0..n {
            gram[i][j] = gram[i][j].mul(&Real::power_of_two(scales[i] + scales[j]));
        }
    }
}
