//! The functions of `f64` and `f32` that `core` does not have: the standard library's, and libm's where there is none.

macro_rules! functions {
    ($S:ident: $($name:ident($a:ident $(, $b:ident)*) = $libm:ident;)*) => {
        pub(crate) mod $S {
            use core::primitive::$S;

            $(
                #[inline(always)]
                pub(crate) fn $name($a: $S $(, $b: $S)*) -> $S {
                    #[cfg(feature = "std")]
                    return $S::$name($a $(, $b)*);
                    #[cfg(not(feature = "std"))]
                    return libm::$libm($a $(, $b)*);
                }
            )*

            #[inline(always)]
            pub(crate) fn sin_cos(a: $S) -> ($S, $S) {
                (sin(a), cos(a))
            }

            #[inline(always)]
            pub(crate) fn log(a: $S, base: $S) -> $S {
                ln(a) / ln(base)
            }

            #[cfg(feature = "std")]
            #[inline(always)]
            pub(crate) fn powi(a: $S, n: i32) -> $S {
                $S::powi(a, n)
            }

            /// By squaring, as compiler-rt does it for the standard library.
            #[cfg(not(feature = "std"))]
            #[inline]
            pub(crate) fn powi(mut a: $S, n: i32) -> $S {
                let mut power = 1.0;
                let mut rest = n.unsigned_abs();
                while rest != 0 {
                    if rest & 1 == 1 {
                        power *= a;
                    }
                    a *= a;
                    rest >>= 1;
                }
                if n < 0 { power.recip() } else { power }
            }
        }
    };
}

functions! { f64:
    exp(a) = exp;
    exp2(a) = exp2;
    exp_m1(a) = expm1;
    ln(a) = log;
    ln_1p(a) = log1p;
    log2(a) = log2;
    log10(a) = log10;
    sqrt(a) = sqrt;
    cbrt(a) = cbrt;
    sin(a) = sin;
    cos(a) = cos;
    tan(a) = tan;
    asin(a) = asin;
    acos(a) = acos;
    atan(a) = atan;
    sinh(a) = sinh;
    cosh(a) = cosh;
    tanh(a) = tanh;
    powf(a, b) = pow;
    atan2(a, b) = atan2;
    hypot(a, b) = hypot;
    mul_add(a, b, c) = fma;
}

functions! { f32:
    exp(a) = expf;
    exp2(a) = exp2f;
    exp_m1(a) = expm1f;
    ln(a) = logf;
    ln_1p(a) = log1pf;
    log2(a) = log2f;
    log10(a) = log10f;
    sqrt(a) = sqrtf;
    cbrt(a) = cbrtf;
    sin(a) = sinf;
    cos(a) = cosf;
    tan(a) = tanf;
    asin(a) = asinf;
    acos(a) = acosf;
    atan(a) = atanf;
    sinh(a) = sinhf;
    cosh(a) = coshf;
    tanh(a) = tanhf;
    powf(a, b) = powf;
    atan2(a, b) = atan2f;
    hypot(a, b) = hypotf;
    mul_add(a, b, c) = fmaf;
}
