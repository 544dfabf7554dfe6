//! Expand for points with one coordinate: lanes run over pairs of points.

use super::coefficients::{COEFFICIENTS, Order};
use super::expand::Expand;
use super::factors::Pair;
use super::packed::whole_lines;
use crate::lane::Vector;
use crate::real::Real;

impl<S: Real> Expand<'_, '_, '_, S> {
    /// Points with one coordinate.
    #[inline(always)]
    pub(super) fn line<V: Vector<Scalar = S>>(self) {
        let (shape, factors, order) = (self.shape, self.factors, Order::new(self.shape));
        let columns = whole_lines::<S>(self.columns);
        let [x_count, y_count, diagonal_count] = [&factors.x, &factors.y, &factors.diagonal].map(Vec::len);
        let (own, rest) = self.scratch.split_at_mut((x_count + y_count + diagonal_count) * columns);
        let pair = Pair::Line { x: &self.x[..1], y: &self.y[..columns], coefficients: self.coefficients, column: 0 };
        if let Some(fill) = factors.own {
            fill(pair, own);
        }
        let (dense, rest) = rest.split_at_mut(if self.dense.is_some() { columns } else { 0 });
        if let Some(fill) = self.dense {
            fill(pair, dense);
        }
        let (grad_x, rest) = rest.split_at_mut(columns);
        let (grad_y, hess_xy) = rest.split_at_mut(columns);
        let x = V::splat(self.x[0]);
        for column in (0..columns).step_by(V::LANES) {
            let y = V::load(&self.y[column..]);
            macro_rules! factor {
                ($side:ident, $number:expr, $at:expr) => {
                    if factors.own.is_some() {
                        V::load(&own[$at * columns + column..])
                    } else {
                        factors.$side[$number].across::<V>(x, y)
                    }
                };
            }
            macro_rules! coefficient {
                ($number:expr) => {
                    V::load(&self.coefficients[($number) * COEFFICIENTS + column..])
                };
            }
            let (mut by_x, mut by_y, mut by_both) = (V::of(0.0), V::of(0.0), V::of(0.0));
            if self.parts.grad_x.is_some() {
                for p in 0..x_count {
                    by_x = coefficient!(order.grad_x + p).mul_add(factor!(x, p, p), by_x);
                }
            }
            if self.parts.grad_y.is_some() {
                for q in 0..y_count {
                    by_y = coefficient!(order.grad_y + q).mul_add(factor!(y, q, x_count + q), by_y);
                }
            }
            if self.parts.hess_xy.is_some() {
                for e in 0..diagonal_count {
                    let h = factor!(diagonal, e, x_count + y_count + e);
                    by_both = coefficient!(order.diagonal + e).mul_add(h, by_both);
                }
                for p in 0..x_count {
                    for q in 0..y_count {
                        let product = coefficient!(order.rank + p * shape.y + q) * factor!(x, p, p);
                        by_both = product.mul_add(factor!(y, q, x_count + q), by_both);
                    }
                }
                if self.dense.is_some() {
                    by_both = by_both + V::load(&dense[column..]);
                }
            }
            by_x.store(&mut grad_x[column..]);
            by_y.store(&mut grad_y[column..]);
            by_both.store(&mut hess_xy[column..]);
        }
        let parts = [
            (self.parts.value, &self.coefficients[..columns]),
            (self.parts.grad_y, &*grad_y),
            (self.parts.grad_x.map(|steps| (steps.row, steps.at)), &*grad_x),
            (self.parts.hess_xy.map(|steps| (steps.row, steps.at)), &*hess_xy),
        ];
        for (part, from) in parts {
            let Some((row, at)) = part else { continue };
            let (at, width) = (self.rows.next(row) + at, self.parts.widths[row]);
            for (place, &number) in from[..self.columns].iter().enumerate() {
                self.rows.buffer[at + place * width] = number;
            }
        }
        for (r, width) in self.parts.widths.iter().enumerate() {
            self.rows.commit(r, self.columns * width, false);
        }
    }
}
