//! What holds for the registers of every level.

use std::ops::{Add, Div, Mul, Neg, Sub};
use std::panic::{self, AssertUnwindSafe};

use super::{Fence, Level, Task, Vector};
use crate::real::{Lane, Real};

/// Miri takes a thousand times as long: for it, every so many cases.
const SHARE: usize = if cfg!(miri) { 7 } else { 1 };

/// Loads, stores and streams of slices of every length up to a few cache lines.
struct Copies;

impl<S: Real> Task<S> for Copies {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let numbers: Vec<S> = (1..=100).map(|i| S::of(f64::from(i))).collect();
        let mut whole = vec![S::of(0.0); V::LANES + 1];
        V::load(&numbers).store(&mut whole);
        assert_eq!(whole[..V::LANES], numbers[..V::LANES]);
        assert_eq!(whole[V::LANES], S::of(0.0));
        for length in 0..=V::LANES {
            V::load_part(&numbers[..length]).store(&mut whole);
            assert_eq!(whole[..length], numbers[..length]);
            assert!(whole[length..].iter().all(|&zero| zero == S::of(0.0)));
            whole.fill(S::of(-1.0));
            V::load(&numbers).store_part(&mut whole[..length]);
            assert_eq!(whole[..length], numbers[..length]);
            assert!(whole[length..].iter().all(|&kept| kept == S::of(-1.0)));
            whole.fill(S::of(0.0));
        }
        for i in 0..V::LANES {
            let lanes: Vec<_> = (0..V::LANES).map(|lane| V::lane((lane * i + i) % V::LANES)).collect();
            V::iota().spread(V::load(&lanes)).store(&mut whole);
            let expected = (0..V::LANES).map(|lane| S::of(((lane * i + i) % V::LANES) as f64));
            assert!(whole.iter().copied().zip(expected).all(|(got, expected)| got == expected));
        }
        V::iota().store(&mut whole);
        assert!(whole[..V::LANES].iter().enumerate().all(|(i, &number)| number == S::of(i as f64)));
        for first in (0..20).step_by(SHARE) {
            for end in (first..100).step_by(SHARE) {
                let mut to = [S::of(-1.0); 100];
                let fence = Fence;
                V::stream(&numbers[first..end], &mut to[first..end]);
                drop(fence);
                assert_eq!(to[first..end], numbers[first..end]);
                assert!(to[..first].iter().chain(&to[end..]).all(|&kept| kept == S::of(-1.0)));
            }
        }
    }
}

#[test]
fn copies_write_what_they_are_asked_for_and_nothing_else() {
    for level in Level::available() {
        level.detected().run::<f64, _>(Copies);
        level.detected().run::<f32, _>(Copies);
    }
}

/// Slices shorter than a register, where a whole one is asked for, longer ones, where a part is, and of two lengths.
struct Wrong;

impl<S: Real> Task<S> for Wrong {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let [mut short, mut long] = [V::LANES - 1, V::LANES + 1].map(|length| vec![S::of(0.0); length]);
        refused(|| _ = V::load(&short));
        refused(|| V::iota().store(&mut short));
        refused(|| _ = V::load_part(&long));
        refused(|| V::iota().store_part(&mut long));
        refused(|| V::stream(&short, &mut long));
        refused(|| V::stream(&long, &mut short));
    }
}

fn refused(access: impl FnOnce()) {
    assert!(panic::catch_unwind(AssertUnwindSafe(access)).is_err());
}

#[test]
fn memory_of_a_wrong_length_is_refused() {
    for level in Level::available() {
        level.detected().run::<f64, _>(Wrong);
        level.detected().run::<f32, _>(Wrong);
    }
}

/// The operations of [`Lane`] that round at most once.
struct Exact;

impl<S: Real> Task<S> for Exact {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let numbers =
            [0.0, -0.0, 1.0, -1.0, 0.1, -3.7, 1e-300, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN].map(S::of);
        for a in numbers {
            for b in numbers.into_iter().step_by(SHARE) {
                macro_rules! same {
                    ($Trait:ident::$function:ident($($argument:expr),*)) => {
                        let expected = <S as $Trait>::$function($($argument),*);
                        let mut all = vec![S::of(0.0); V::LANES];
                        <V as $Trait>::$function($(V::splat($argument)),*).store(&mut all);
                        for number in all {
                            assert!(identical(number, expected), "{}({a}, {b}) = {number}", stringify!($function));
                        }
                    };
                }
                same!(Lane::max(a, b));
                same!(Lane::min(a, b));
                same!(Lane::abs(a));
                same!(Neg::neg(a));
                same!(Add::add(a, b));
                same!(Sub::sub(a, b));
                same!(Mul::mul(a, b));
                same!(Div::div(a, b));
                same!(Lane::select_lt(a, b, a, b));
                same!(Lane::select_le(a, b, a, b));
                same!(Lane::select_eq(a, b, a, b));
            }
        }
    }
}

/// The same bits, or both NaN.
#[allow(clippy::eq_op, reason = "only NaN is not itself")]
fn identical<S: Real>(a: S, b: S) -> bool {
    a == b && a.recip() == b.recip() || is_nan(a) && is_nan(b)
}

fn is_nan<S: Real>(a: S) -> bool {
    a.partial_cmp(&a).is_none()
}

#[test]
fn exact_operations_are_those_of_numbers() {
    for level in Level::available() {
        level.detected().run::<f64, _>(Exact);
        level.detected().run::<f32, _>(Exact);
    }
}

/// eˣ of numbers from -1000 to 1000.
struct Exp;

impl Task<f64> for Exp {
    type Output = f64;

    #[inline(always)]
    fn run<V: Vector<Scalar = f64>>(self) -> f64 {
        let mut worst = 0.0_f64;
        for i in (-10_000..10_000).step_by(SHARE.pow(3)) {
            let x = f64::from(i) * 0.1;
            let mut all = vec![0.0; V::LANES];
            Lane::exp(V::splat(x)).store(&mut all);
            let expected = f64::exp(x);
            if all[0] != expected {
                let ulp = expected.next_up() - expected;
                worst = worst.max((all[0] - expected).abs() / ulp);
            }
        }
        worst
    }
}

#[test]
fn exp_is_that_of_the_standard_library() {
    for level in Level::available() {
        let worst = level.detected().run(Exp);
        assert!(worst <= 2.0, "{level:?}: {worst} ulp");
    }
}
