//! Negative directions of symmetric matrices.

type Matrix = Vec<Vec<f64>>;

/// vᵀKv must be below this share of -Σ|v_i K_ij v_j|: far beyond what rounding does to K, however it cancels.
const MARGIN: f64 = 1e-7;

/// What is negative by more than these shares shows in fewer digits.
const MARGINS: [f64; 4] = [1e-2, 1e-3, 1e-5, MARGIN];

/// And below this share of -|v|² max |K_ij|: an entry that should be 0 may be rounding of what cancels in it.
const ROUNDING: f64 = 1e-12;

/// A direction v in which vᵀKv is negative beyond rounding: of an LDLᵀ factorisation that leaves out what is almost
/// dependent.
fn negative_direction(gram: &Matrix, margin: f64) -> Option<Vec<f64>> {
    let n = gram.len();
    if let Some(v) = negative_pair(gram, margin) {
        return Some(v);
    }
    let size = (0..n).map(|i| gram[i][i].abs()).fold(0.0, f64::max);
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(n);
    let mut pivots: Vec<f64> = Vec::with_capacity(n);
    for i in 0..n {
        let mut row = vec![0.0; n];
        let mut pivot = gram[i][i];
        for j in 0..i {
            if pivots[j] == 0.0 {
                continue;
            }
            let dot: f64 = (0..j).map(|k| row[k] * pivots[k] * rows[j][k]).sum();
            row[j] = (gram[i][j] - dot) / pivots[j];
            pivot -= row[j] * row[j] * pivots[j];
        }
        row[i] = 1.0;
        if pivot < -MARGIN * size {
            // Lᵀv = e_i
            let mut v = vec![0.0; n];
            v[i] = 1.0;
            for j in (0..i).rev() {
                if pivots[j] != 0.0 {
                    let above: f64 = (j + 1..i).map(|k| rows[k][j] * v[k]).sum();
                    v[j] = -(row[j] + above);
                }
            }
            if is_negative(gram, &v, margin) {
                return Some(v);
            }
        }
        pivots.push(if pivot > MARGIN * size { pivot } else { 0.0 });
        rows.push(row);
    }
    None
}

/// Of two points whose covariance is larger than their variances allow.
fn negative_pair(gram: &Matrix, margin: f64) -> Option<Vec<f64>> {
    let pairs = (0..gram.len()).flat_map(|i| (0..=i).map(move |j| (i, j)));
    pairs.into_iter().find_map(|(i, j)| {
        let (a, b, d) = (gram[i][i], gram[i][j], gram[j][j]);
        if a >= 0.0 && d >= 0.0 && b * b <= a * d {
            return None;
        }
        let eigenvalue = 0.5 * (a + d) - (0.5 * (a - d)).hypot(b);
        let mut v = vec![0.0; gram.len()];
        (v[i], v[j]) = if i == j {
            (1.0, 1.0)
        } else if a < d {
            (eigenvalue - d, b)
        } else {
            (b, eigenvalue - a)
        };
        is_negative(gram, &v, margin).then_some(v)
    })
}

fn is_negative(gram: &Matrix, v: &[f64], margin: f64) -> bool {
    let (mut form, mut size, mut length, mut largest) = (0.0, 0.0, 0.0, 0.0_f64);
    for (row, a) in gram.iter().zip(v) {
        for (entry, b) in row.iter().zip(v) {
            form += a * entry * b;
            size += (a * entry * b).abs();
            largest = largest.max(entry.abs());
        }
        length += a * a;
    }
    form < -margin * size && form < -ROUNDING * largest * length
}

/// Whether some direction is negative beyond rounding.
pub fn is_indefinite(gram: &Matrix) -> bool {
    negative_direction(gram, MARGIN).is_some()
}

/// The rows of as few points as still have a negative direction; `None` if there is none at all.
pub fn fewest(gram: &Matrix) -> Option<Vec<usize>> {
    let mut places: Vec<usize> = (0..gram.len()).collect();
    // The clearest way in which it is.
    negative_direction(gram, MARGIN)?;
    let (margin, mut direction) =
        MARGINS.iter().find_map(|&margin| Some((margin, negative_direction(gram, margin)?)))?;
    // Those that matter least go first.
    let mut kept = 0;
    while places.len() > 1 && kept < places.len() {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|a, b| direction[*a].abs().total_cmp(&direction[*b].abs()));
        let mut fewer = places.clone();
        fewer.remove(order[kept]);
        let part: Matrix = fewer.iter().map(|&i| fewer.iter().map(|&j| gram[i][j]).collect()).collect();
        if let Some(found) = negative_direction(&part, margin) {
            places = fewer;
            direction = found;
            kept = 0;
        } else {
            kept += 1;
        }
    }
    Some(places)
}

/// By Jacobi's rotations.
pub fn smallest_eigenvalue(gram: &Matrix) -> f64 {
    const SWEEPS: usize = 12;
    let n = gram.len();
    let mut matrix = gram.clone();
    for _ in 0..SWEEPS {
        for p in 0..n {
            for q in p + 1..n {
                if matrix[p][q] == 0.0 {
                    continue;
                }
                let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                let s = t * c;
                let rotate = |a: f64, b: f64| (c * a - s * b, s * a + c * b);
                for row in &mut matrix {
                    (row[p], row[q]) = rotate(row[p], row[q]);
                }
                let (above, below) = matrix.split_at_mut(q);
                for (a, b) in above[p].iter_mut().zip(&mut below[0]) {
                    (*a, *b) = rotate(*a, *b);
                }
            }
        }
    }
    (0..n).map(|i| matrix[i][i]).fold(f64::INFINITY, f64::min)
}
