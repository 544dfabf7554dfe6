//! Kernels of finitely many random amplitudes.

use super::Judge;
use super::proof::{Claim, Found, Proof};
use crate::symbolic::{Id, Node, Rational};

impl Judge {
    /// Σ C_pq f_p(x) f_q(y) with a positive semidefinite matrix C of numbers.
    pub(super) fn features(&mut self, id: Id) -> Found {
        let Node::Sum(constant, terms) = self.graph.node(id).clone() else { return None };
        let one = self.graph.integer(1);
        let mut features = vec![one];
        let mut entries = vec![(0, 0, constant.as_rational()?)];
        let mut place = |feature: Id| {
            features.iter().position(|known| *known == feature).unwrap_or_else(|| {
                features.push(feature);
                features.len() - 1
            })
        };
        for (term, number) in terms {
            let parts = self.separated(term)?;
            let Node::Number(fixed) = *self.graph.node(parts.fixed) else { return None };
            let there = self.graph.swap_points(parts.y);
            entries.push((place(parts.x), place(there), number.mul(fixed).as_rational()?));
        }
        let n = features.len();
        let mut matrix = vec![vec![Rational::ZERO; n]; n];
        for (p, q, entry) in entries {
            matrix[p][q] = matrix[p][q].add(entry)?;
        }
        is_semidefinite(matrix)?.then_some(())?;
        let because = "Σ C_pq f_p(x) f_q(y) with a positive semidefinite matrix C: finitely many random amplitudes";
        Proof::new(Claim::Positive, id, because, vec![], &[])
    }
}

/// Whether a symmetric matrix is positive semidefinite, exactly; `None` where numbers grow too large to tell.
fn is_semidefinite(mut matrix: Vec<Vec<Rational>>) -> Option<bool> {
    let n = matrix.len();
    if (0..n).any(|p| (0..p).any(|q| matrix[p][q] != matrix[q][p])) {
        return Some(false);
    }
    for pivot in 0..n {
        let head = matrix[pivot][pivot];
        if head.is_negative() {
            return Some(false);
        }
        if head == Rational::ZERO {
            if matrix[pivot].iter().skip(pivot).any(|entry| *entry != Rational::ZERO) {
                return Some(false);
            }
            continue;
        }
        let inverse = head.recip()?;
        for p in pivot + 1..n {
            let ratio = matrix[p][pivot].mul(inverse)?;
            let (above, below) = matrix.split_at_mut(p);
            for (entry, head) in below[0].iter_mut().zip(&above[pivot]).skip(pivot + 1) {
                *entry = entry.add(ratio.mul(*head)?.neg())?;
            }
        }
    }
    Some(true)
}
