//! The closed forms are right: they agree with the emitted code, which the golden values hold to account.

use kernel_benches::{emitted, hand};

const X: [f64; 3] = [0.3, -1.2, 0.7];
const Y: [f64; 3] = [-0.5, 0.4, 1.1];
const LENGTHSCALES: [f64; 3] = [0.8, 1.3, 2.1];

fn assert_close(what: &str, got: &[f64], want: &[f64]) {
    let scale = want.iter().fold(1e-300, |scale: f64, v| scale.max(v.abs()));
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() <= 1e-13 * scale, "{what}: {got:e}, by hand {want:e}");
    }
}

macro_rules! agree {
    ($($kernel:ident($($value:expr),*);)*) => {$(
        #[test]
        fn $kernel() {
            // Also where the points meet.
            for (x, y) in [(X, Y), (X, X)] {
                let (k, g, h) = hand::$kernel::array::value_grad_hess(&x, &y $(, $value)*);
                let name = stringify!($kernel);
                assert_close(name, &[emitted::array::$kernel(&x, &y $(, $value)*)], &[k]);
                assert_close(name, &[hand::$kernel::array::value(&x, &y $(, $value)*)], &[k]);
                assert_close(name, &emitted::array::$kernel::grad(&x, &y $(, $value)*), &g);
                assert_close(name, &hand::$kernel::array::grad(&x, &y $(, $value)*), &g);
                assert_close(name, emitted::array::$kernel::hess_xy(&x, &y $(, $value)*).as_flattened(), h.as_flattened());
                assert_close(name, hand::$kernel::array::hess_xy(&x, &y $(, $value)*).as_flattened(), h.as_flattened());
                let (mut grad, mut hess) = ([f64::NAN; 3], [f64::NAN; 9]);
                let value = hand::$kernel::slice::value_grad_hess(&x, &y $(, $value)*, &mut grad, &mut hess);
                assert_close(name, &[value], &[k]);
                assert_close(name, &grad, &g);
                assert_close(name, &hess, h.as_flattened());
                emitted::slice::$kernel::hess_xy(&x, &y $(, $value)*, &mut hess);
                assert_close(name, &hess, h.as_flattened());
                hand::$kernel::slice::grad(&x, &y $(, $value)*, &mut grad);
                hand::$kernel::slice::hess_xy(&x, &y $(, $value)*, &mut hess);
                assert_close(name, &grad, &g);
                assert_close(name, &hess, h.as_flattened());
            }
        }
    )*};
}

agree! {
    rbf(0.7);
    rational_quadratic(1.3, 0.8, 1.1);
    matern32(1.3, 1.1);
    matern52(1.3, 1.1);
    periodic(1.3, 2.9, 1.1);
    polynomial(0.4, 1.2);
    linear(1.3, 0.2);
    arcsine(1.3, 0.3, 0.9);
    ard_rbf(1.3, &LENGTHSCALES);
}
