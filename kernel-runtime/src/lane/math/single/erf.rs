//! The error function.

use super::exponential::{exp_reduced, reduce};
use super::{flip, power_of_two, sign};
use crate::lane::register::Register;

/// erf x, 1.3 ulp: up to 1 of degree 13, 2⁻²⁹, and then 1 - e^p where p approximates ln(1 - erf x), of degree 6, 2⁻²⁸
/// of erf.
#[inline(always)]
pub fn erf<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let rest = polynomial!(
        size * size,
        [
            0.128_379_166,
            -0.376_126_260,
            0.112_835_832,
            -2.685_369_18e-2,
            5.188_074_43e-3,
            -8.007_889_26e-4,
            7.846_172_97e-5,
        ],
    );
    let small = size.mul_add(rest, size);
    // From 4 on it rounds to 1.
    let p = polynomial!(
        V::min_or_second(V::of(4.0), size),
        [
            -3.537_197_48e-4,
            -1.127_040_03,
            -0.638_225_675,
            -0.103_037_365,
            2.180_531_81e-2,
            -2.939_607_02e-3,
            1.855_739_83e-4,
        ],
    );
    let (k, r) = reduce(p);
    let large = V::of(1.0) - exp_reduced(r) * power_of_two(k);
    flip(V::select(V::lt(size, V::of(1.0)), small, large), sign(x))
}
