//! Calls every function once or more under `valgrind --tool=callgrind`, which counts only inside `emitted`, `hand`,
//! `small` and `plain` and dumps before each case; `scripts/instructions.sh` reads the dumps in the order of the lines
//! printed here.

use std::hint::black_box;

use kernel_benches::points::numbers;
use kernel_benches::{emitted, hand, plain};
use kernel_runtime::kernels::Rbf;
use ndarray::{ArrayView2, ArrayViewMut2};

const CALLS: usize = 100;
const X: [f64; 8] = [0.3, -1.2, 0.7, 0.1, -0.4, 0.9, -0.2, 0.6];
const Y: [f64; 8] = [-0.5, 0.4, 1.1, 0.8, 0.2, -0.7, 0.5, -0.9];
const LENGTHSCALES: [f64; 8] = [0.8, 1.3, 2.1, 0.9, 1.7, 1.1, 0.6, 1.9];

#[inline(never)]
fn case(kernel: &str, points: &str, block: &str, side: &str, mut run: impl FnMut()) {
    println!("{kernel} {points} {block} {side}");
    for _ in 0..CALLS {
        run();
    }
}

/// Calls a function through a pointer, as if it were another crate's: not inlined, nothing folded.
macro_rules! call {
    ($function:expr, $($argument:expr),*) => {{
        let function = black_box($function as fn($(any!($argument)),*) -> _);
        black_box(function($(black_box($argument)),*));
    }};
}

macro_rules! any {
    ($argument:expr) => {
        _
    };
}

/// Counts one kernel on arrays of three coordinates.
macro_rules! array {
    ($kernel:ident($($value:expr),*)) => {{
        let (name, points) = (stringify!($kernel), "array-3");
        let (x, y) = (X.first_chunk::<3>().unwrap(), Y.first_chunk::<3>().unwrap());
        case(name, points, "value", "emitted", || call!(emitted::array::$kernel, x, y $(, $value)*));
        case(name, points, "value", "hand", || call!(hand::$kernel::array::value, x, y $(, $value)*));
        case(name, points, "grad", "emitted", || call!(emitted::array::$kernel::grad, x, y $(, $value)*));
        case(name, points, "grad", "hand", || call!(hand::$kernel::array::grad, x, y $(, $value)*));
        case(name, points, "hess_xy", "emitted", || call!(emitted::array::$kernel::hess_xy, x, y $(, $value)*));
        case(name, points, "hess_xy", "hand", || call!(hand::$kernel::array::hess_xy, x, y $(, $value)*));
        case(name, points, "all", "emitted", || call!(emitted::array::$kernel::value_grad_hess, x, y $(, $value)*));
        case(name, points, "all", "hand", || call!(hand::$kernel::array::value_grad_hess, x, y $(, $value)*));
    }};
}

/// Counts one kernel on slices of `d` coordinates.
macro_rules! slice {
    ($d:literal, $kernel:ident($($value:expr),*)) => {{
        let (name, points) = (stringify!($kernel), concat!("slice-", $d));
        let (x, y) = (&X[..$d], &Y[..$d]);
        let (g, h) = (&mut [0.0; $d][..], &mut [0.0; $d * $d][..]);
        case(name, points, "value", "emitted", || call!(emitted::slice::$kernel, x, y $(, $value)*));
        case(name, points, "value", "hand", || call!(hand::$kernel::slice::value, x, y $(, $value)*));
        case(name, points, "grad", "emitted", || call!(emitted::slice::$kernel::grad, x, y $(, $value)*, &mut *g));
        case(name, points, "grad", "hand", || call!(hand::$kernel::slice::grad, x, y $(, $value)*, &mut *g));
        case(name, points, "hess_xy", "emitted", || call!(emitted::slice::$kernel::hess_xy, x, y $(, $value)*, &mut *h));
        case(name, points, "hess_xy", "hand", || call!(hand::$kernel::slice::hess_xy, x, y $(, $value)*, &mut *h));
        case(name, points, "all", "emitted", || {
            call!(emitted::slice::$kernel::value_grad_hess, x, y $(, $value)*, &mut *g, &mut *h);
        });
        case(name, points, "all", "hand", || {
            call!(hand::$kernel::slice::value_grad_hess, x, y $(, $value)*, &mut *g, &mut *h);
        });
    }};
}

/// Batches so small that what is done once for each call counts. The kernels are the runtime's: those of `emitted`
/// would switch the counter off again.
mod small {
    use kernel_runtime::{gram, kernels::Rbf};
    use ndarray::{ArrayView2, ArrayViewMut2};

    #[inline(never)]
    pub fn k_ff(k: &Rbf, x: &ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        gram::k_ff_into(k, x, x, &mut out).expect("shapes fit");
    }

    #[inline(never)]
    pub fn joint(k: &Rbf, x: &ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        gram::joint_into(k, x, x, gram::Interleaved, &mut out).expect("shapes fit");
    }
}

fn grams() {
    // Of variance 1, so that its γ is the one of the plain loops.
    let (gamma, k) = (0.5, Rbf::new(1.0, 1.0).expect("parameters in range"));
    let (n, d) = (10, 2);
    let x = numbers(1, n * d);
    let points = ArrayView2::from_shape((n, d), &x).expect("n points");
    let mut out = vec![0.0; n * n];
    // Memory is taken once, and kept.
    small::k_ff(&k, &points, ArrayViewMut2::from_shape((n, n), &mut out).expect("n² numbers"));
    case("rbf", "gram-10", "k_ff", "emitted", || {
        small::k_ff(black_box(&k), &points, ArrayViewMut2::from_shape((n, n), &mut out).expect("n² numbers"));
    });
    case("rbf", "gram-10", "k_ff", "hand", || plain::rbf(d, black_box(&x), black_box(&x), gamma, &mut out));

    let (n, d) = (16, 3);
    let side = n * (1 + d);
    let x = numbers(1, n * d);
    let points = ArrayView2::from_shape((n, d), &x).expect("n points");
    let mut out = vec![0.0; side * side];
    small::joint(&k, &points, ArrayViewMut2::from_shape((side, side), &mut out).expect("a square"));
    case("rbf", "gram-16", "joint", "emitted", || {
        small::joint(black_box(&k), &points, ArrayViewMut2::from_shape((side, side), &mut out).expect("a square"));
    });
    case("rbf", "gram-16", "joint", "hand", || plain::rbf_joint(d, black_box(&x), black_box(&x), gamma, &mut out));
}

fn main() {
    println!("calls {CALLS}");
    macro_rules! everywhere {
        ($($kernel:ident($($value:expr),*);)*) => {
            $(array!($kernel($($value),*)); slice!(3, $kernel($($value),*)); slice!(8, $kernel($($value),*));)*
        };
    }
    everywhere! {
        rbf(0.7);
        rational_quadratic(1.3, 0.8, 1.1);
        matern32(1.3, 1.1);
        matern52(1.3, 1.1);
        periodic(1.3, 2.9, 1.1);
        polynomial(0.4, 1.2);
        linear(1.3, 0.2);
        arcsine(1.3, 0.3, 0.9);
    }
    array!(ard_rbf(1.3, LENGTHSCALES.first_chunk::<3>().unwrap()));
    slice!(3, ard_rbf(1.3, &LENGTHSCALES[..3]));
    slice!(8, ard_rbf(1.3, &LENGTHSCALES[..8]));
    grams();
    case("", "", "", "", || ());
}
