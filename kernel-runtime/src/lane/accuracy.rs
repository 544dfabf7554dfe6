//! Errors of the elementary functions at every level, over the whole domain and at special values.

use kernel_long_double::{Function, ulps, ulps_f32};

use super::{Level, Task, Vector};
use crate::real::Lane;

/// In a build without optimisation, a share; a smaller one where a `long double` is computed in software.
const RANDOM: usize = match (cfg!(debug_assertions), cfg!(target_arch = "x86_64")) {
    (true, true) => 100_000,
    (true, false) => 10_000,
    (false, _) => 10_000_000,
};

/// A function of numbers, those of a slice side by side and the last ones in a part of a register.
struct Apply<'a, S> {
    function: Function,
    x: &'a [S],
    y: &'a [S],
    out: &'a mut [S],
}

macro_rules! apply {
    ($S:ident) => {
        impl Task<$S> for Apply<'_, $S> {
            type Output = ();

            #[inline(always)]
            fn run<V: Vector<Scalar = $S>>(self) {
                let Self { function, x, y, out } = self;
                macro_rules! each {
                    ($f:expr) => {
                        for ((x, y), out) in x.chunks(V::LANES).zip(y.chunks(V::LANES)).zip(out.chunks_mut(V::LANES)) {
                            if x.len() == V::LANES {
                                $f(V::load(x), V::load(y)).store(out);
                            } else {
                                $f(V::load_part(x), V::load_part(y)).store_part(out);
                            }
                        }
                    };
                }
                match function {
                    Function::Exp => each!(|x, _| <V as Lane>::exp(x)),
                    Function::ExpM1 => each!(|x, _| <V as Lane>::exp_m1(x)),
                    Function::Ln => each!(|x, _| <V as Lane>::ln(x)),
                    Function::Ln1p => each!(|x, _| <V as Lane>::ln_1p(x)),
                    Function::Sqrt => each!(|x, _| <V as Lane>::sqrt(x)),
                    Function::Cbrt => each!(|x, _| <V as Lane>::cbrt(x)),
                    Function::Sin => each!(|x, _| <V as Lane>::sin(x)),
                    Function::Cos => each!(|x, _| <V as Lane>::cos(x)),
                    Function::Tan => each!(|x, _| <V as Lane>::tan(x)),
                    Function::Asin => each!(|x, _| <V as Lane>::asin(x)),
                    Function::Acos => each!(|x, _| <V as Lane>::acos(x)),
                    Function::Atan => each!(|x, _| <V as Lane>::atan(x)),
                    Function::Sinh => each!(|x, _| <V as Lane>::sinh(x)),
                    Function::Cosh => each!(|x, _| <V as Lane>::cosh(x)),
                    Function::Tanh => each!(|x, _| <V as Lane>::tanh(x)),
                    Function::Erf => each!(|x, _| <V as Lane>::erf(x)),
                    Function::Recip => each!(|x, _| <V as Lane>::recip(x)),
                    Function::Powf => each!(|x, y| <V as Lane>::powf(x, y)),
                    Function::Atan2 => each!(|x, y| <V as Lane>::atan2(x, y)),
                }
            }
        }
    };
}
apply!(f64);
apply!(f32);

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Any number, and no NaN but one.
    fn number(&mut self) -> f64 {
        let number = f64::from_bits(self.bits());
        if number.is_nan() { f64::NAN } else { number }
    }

    /// From -1 to 1.
    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * f64::powi(2.0, -52) - 1.0
    }
}

/// A bound b: numbers from -b to b are where something happens. And a centre that numbers crowd around.
fn region(function: Function) -> (f64, f64) {
    match function {
        Function::Exp | Function::ExpM1 | Function::Sinh | Function::Cosh => (750.0, 0.0),
        Function::Tanh | Function::Erf => (30.0, 0.0),
        Function::Asin | Function::Acos => (1.0, 1.0),
        Function::Ln | Function::Powf => (3.0, 1.0),
        Function::Ln1p => (3.0, 0.0),
        Function::Sin | Function::Cos | Function::Tan => (1e3, std::f64::consts::FRAC_PI_2),
        Function::Sqrt | Function::Cbrt | Function::Atan | Function::Recip | Function::Atan2 => (10.0, 1.0),
    }
}

/// A third each of random bits, of the region, and of distances of all sizes from its centre.
fn random(function: Function, random: &mut Random, number: usize) -> f64 {
    let (bound, centre) = region(function);
    match number % 3 {
        0 => random.number(),
        1 => bound * random.unit(),
        _ => {
            let near = random.unit() * f64::powi(2.0, -i32::try_from(random.bits() % 64).unwrap());
            let turns = if bound == 1e3 { (random.bits() % 4096) as f64 } else { 1.0 };
            let sign = if random.bits().is_multiple_of(2) { 1.0 } else { -1.0 };
            sign * (centre * turns + near)
        }
    }
}

/// Of an exponent, such that most powers are neither 0 nor infinite.
fn random_exponent(random: &mut Random, number: usize, x: f64) -> f64 {
    match number % 4 {
        0 => random.number(),
        1 => (10.0 * random.unit()).round() / 2.0,
        2 => 1075.0 * random.unit() / x.abs().log2(),
        _ => 5.0 * random.unit(),
    }
}

const SPECIAL: [f64; 30] = [
    0.0,
    f64::MIN_POSITIVE,
    5e-324,
    1e-300,
    1e-38,
    1e-45,
    1e-8,
    0.5,
    1.0,
    1.0 - f64::EPSILON / 2.0,
    1.0 + f64::EPSILON,
    2.0,
    3.0,
    0.1,
    10.0,
    std::f64::consts::FRAC_PI_4,
    std::f64::consts::FRAC_PI_2,
    std::f64::consts::PI,
    std::f64::consts::LN_2,
    88.722_84,
    104.0,
    709.782_712_893_384,
    745.133_219_101_941_2,
    1e5,
    4_503_599_627_370_497.0,
    9_007_199_254_740_993.0,
    1e22,
    1e300,
    f64::MAX,
    f64::INFINITY,
];

/// All special values with both signs, and NaN.
fn special() -> Vec<f64> {
    SPECIAL.into_iter().flat_map(|x| [x, -x]).chain([f64::NAN]).collect()
}

fn is_of_two(function: Function) -> bool {
    matches!(function, Function::Powf | Function::Atan2)
}

macro_rules! accuracy {
    ($name:ident, $S:ident, $ulps:ident) => {
        fn $name(function: Function, bound: f64) -> Vec<String> {
            let mut generator = Random(function as u64);
            #[allow(trivial_numeric_casts, clippy::cast_possible_truncation, reason = "rounded to the type tested")]
            let narrow = |x: f64| x as $S;
            let (mut x, mut y) = (Vec::new(), Vec::new());
            for a in special() {
                for b in if is_of_two(function) { special() } else { vec![0.0] } {
                    x.push(narrow(a));
                    y.push(narrow(b));
                }
            }
            for number in 0..RANDOM {
                let mut a = random(function, &mut generator, number);
                if size_of::<$S>() == 4 && number % 3 == 0 {
                    let bits = f32::from_bits(u32::try_from(generator.bits() >> 32).unwrap());
                    a = if bits.is_nan() { f64::NAN } else { bits.into() };
                }
                x.push(narrow(a));
                y.push(narrow(match function {
                    Function::Powf => random_exponent(&mut generator, number / 3, a),
                    Function::Atan2 => random(function, &mut generator, number / 3),
                    _ => 0.0,
                }));
            }
            let mut wrong = Vec::new();
            for level in Level::available() {
                let mut out = vec![0.0; x.len()];
                level.detected().run::<$S, _>(Apply { function, x: &x, y: &y, out: &mut out });
                let mut worst = (0.0, 0);
                for (i, &got) in out.iter().enumerate() {
                    let error = $ulps(function, x[i], y[i], got);
                    if error > worst.0 {
                        worst = (error, i);
                    }
                }
                let (error, i) = worst;
                let name = format!("{function:?} {} {level:?}", stringify!($S)).to_lowercase();
                println!("| {name:<22} | {error:8.3} | {:e}, {:e}: {:e} |", x[i], y[i], out[i]);
                if error > bound {
                    wrong.push(format!("{name}({:e}, {:e}) = {:e} is {error} ulp off", x[i], y[i], out[i]));
                }
                // Where a number stands does not matter: one by one, the same bits.
                for i in (0..x.len()).step_by(x.len() / 1000) {
                    let mut one = [0.0];
                    level.detected().run::<$S, _>(Apply { function, x: &x[i..=i], y: &y[i..=i], out: &mut one });
                    assert!(
                        one[0].to_bits() == out[i].to_bits() || one[0].is_nan() && out[i].is_nan(),
                        "{name} of {:e} alone",
                        x[i]
                    );
                }
            }
            wrong
        }
    };
}
accuracy!(double, f64, ulps);
accuracy!(single, f32, ulps_f32);

/// Whole exponents: with few factors, with many, and with more than a number of 24 digits counts.
const EXPONENTS: [i32; 16] = [-1000, -50, -7, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 8, 20, 999];

struct IntegerPowers<'a, S> {
    n: i32,
    x: &'a [S],
    out: &'a mut [S],
}

macro_rules! integer_powers {
    ($name:ident, $S:ident, $ulps:ident) => {
        impl Task<$S> for IntegerPowers<'_, $S> {
            type Output = ();

            #[inline(always)]
            fn run<V: Vector<Scalar = $S>>(self) {
                for (x, out) in self.x.chunks_exact(V::LANES).zip(self.out.chunks_exact_mut(V::LANES)) {
                    <V as Lane>::powi(V::load(x), self.n).store(out);
                }
            }
        }

        #[test]
        fn $name() {
            let mut wrong = Vec::new();
            for n in EXPONENTS {
                let mut generator = Random(n.unsigned_abs().into());
                #[allow(trivial_numeric_casts, clippy::cast_possible_truncation, reason = "rounded to the type tested")]
                let narrow = |x: f64| x as $S;
                let mut x: Vec<_> = special().into_iter().map(narrow).collect();
                // Powers of all sizes, and some beyond the largest and below the smallest.
                let most = f64::from(<$S>::MAX_EXP + 30) / f64::from(n).abs().max(1.0);
                while x.len() < (RANDOM / 10).next_multiple_of(16) {
                    let sign = generator.unit().signum();
                    x.push(narrow(sign * f64::exp2(most * generator.unit())));
                }
                for level in Level::available() {
                    let mut out = vec![0.0; x.len()];
                    level.detected().run::<$S, _>(IntegerPowers { n, x: &x, out: &mut out });
                    let errors = x.iter().zip(&out).map(|(&x, &got)| $ulps(Function::Powf, x, narrow(n.into()), got));
                    let (i, error) =
                        errors.enumerate().fold((0, 0.0), |worst, (i, e)| if e > worst.1 { (i, e) } else { worst });
                    let name = format!("powi {n} {} {level:?}", stringify!($S)).to_lowercase();
                    println!("| {name:<22} | {error:8.3} | {:e}: {:e} |", x[i], out[i]);
                    if error > 2.0 {
                        wrong.push(format!("{name}({:e}) = {:e} is {error} ulp off", x[i], out[i]));
                    }
                }
            }
            assert!(wrong.is_empty(), "more than 2 ulp:\n{}", wrong.join("\n"));
        }
    };
}
integer_powers!(integer_powers_of_f64_are_within_two_ulp, f64, ulps);
integer_powers!(integer_powers_of_f32_are_within_two_ulp, f32, ulps_f32);

/// Prints the table: `cargo test --release -p kernel-runtime --lib accuracy -- --nocapture`.
fn within(bound: f64, functions: &[Function], errors: fn(Function, f64) -> Vec<String>) {
    let wrong: Vec<_> = functions.iter().flat_map(|&function| errors(function, bound)).collect();
    assert!(wrong.is_empty(), "more than {bound} ulp:\n{}", wrong.join("\n"));
}

#[test]
fn functions_of_f64_are_within_two_ulp() {
    within(2.0, &Function::ALL, double);
}

#[test]
fn functions_of_f32_are_within_two_ulp() {
    within(2.0, &Function::ALL, single);
}

#[cfg(feature = "reproducible")]
#[test]
fn functions_of_f64_have_the_same_bits_at_every_level() {
    for function in Function::ALL {
        let mut generator = Random(function as u64);
        let x: Vec<f64> =
            special().into_iter().chain((0..100_000).map(|i| random(function, &mut generator, i))).collect();
        let y: Vec<f64> = x.iter().enumerate().map(|(i, &x)| random_exponent(&mut generator, i / 3, x)).collect();
        let results = Level::available().map(|level| {
            let mut out = vec![0.0; x.len()];
            level.detected().run::<f64, _>(Apply { function, x: &x, y: &y, out: &mut out });
            out.into_iter().map(|value| if value.is_nan() { f64::NAN } else { value }.to_bits()).collect::<Vec<_>>()
        });
        let results: Vec<_> = results.collect();
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "{function:?}");
    }
}
