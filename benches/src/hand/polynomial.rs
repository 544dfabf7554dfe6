//! k = (a x·y + c)³

use super::bilinear::Outer;

blocks!(bilinear, outer(a, c));

#[inline(always)]
fn outer(s: f64, a: f64, c: f64) -> Outer {
    let base = a * s + c;
    let square = base * base;
    let scaled = 3.0 * a;
    Outer { value: square * base, slope: scaled * square, rank: 2.0 * a * scaled * base }
}
