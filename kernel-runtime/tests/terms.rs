//! What stock kernels and their combinations tell of their sums and factors is what their code computes.

mod common;

use common::Random;
use kernel_runtime::__private::{Base, Lane, Pairs, Second, Side, Stage, Term};
use kernel_runtime::kernels::*;
use kernel_runtime::{Kernel, kernel};

const STAGES: [Stage; 4] = [Stage::Value, Stage::First, Stage::Second, Stage::Params];

fn base(base: Base, x: f64, y: f64) -> f64 {
    match base {
        Base::One => 1.0,
        Base::X => x,
        Base::Y => y,
        Base::Difference => x - y,
        Base::Distance => (x - y).abs(),
        Base::Product => x * y,
        Base::SquareX => x * x,
        Base::SquareY => y * y,
        Base::SquareDifference => (x - y) * (x - y),
    }
}

/// The numbers that a stage's code makes.
fn reduced<K: Kernel<Scalar = f64>>(kernel: &K, stage: Stage, x: &[f64], y: &[f64]) -> Vec<f64> {
    // Whatever they were before.
    let mut sums = vec![f64::NAN; K::SHAPE.sums[stage as usize]];
    kernel.start(stage, &mut sums);
    for pass in 0..K::SHAPE.passes {
        for i in 0..x.len() {
            kernel.reduce(stage, pass, &Pairs { i, x, y }, &mut sums);
        }
    }
    sums
}

fn frame<K: Kernel<Scalar = f64>>(kernel: &K, x: &[f64], y: &[f64]) -> Vec<f64> {
    let shape = K::SHAPE;
    let sums = reduced(kernel, Stage::Second, x, y);
    let zeros = |count: usize| vec![0.0; count];
    let mut frame = zeros(shape.frame);
    let [mut rank, mut off_diagonal] = [zeros(shape.x * shape.y), zeros(shape.x * shape.y)];
    kernel.second(
        x.len(),
        &sums,
        &mut Second {
            frame: &mut frame,
            grad_x: &mut zeros(shape.x),
            grad_y: &mut zeros(shape.y),
            rank: &mut rank,
            stride: shape.y,
            off_diagonal: &mut off_diagonal,
            diagonal: &mut zeros(shape.diagonal),
            dense: &mut zeros(shape.dense),
        },
    );
    frame
}

fn close(got: f64, want: f64, what: &str) {
    assert!((got - want).abs() <= 1e-13 * want.abs().max(1.0), "{what}: told {got:e}, computed {want:e}");
}

/// Compares what is told with what is computed, and returns how many sums and factors are told.
fn check<K: Kernel<Scalar = f64>>(kernel: &K, d: usize) -> [usize; 2] {
    let name = std::any::type_name::<K>();
    let mut random = Random::new(17);
    let [x, y] = [(); 2].map(|()| (0..d).map(|_| random.number()).collect::<Vec<f64>>());
    let mut told = [0; 2];
    let mut custom = [false; 2];
    let whole = reduced(kernel, Stage::Params, &x, &y);
    for stage in STAGES {
        let computed = reduced(kernel, stage, &x, &y);
        for (slot, &computed) in computed.iter().enumerate() {
            let what = format!("{name}, {stage:?}, sum {slot}");
            let weight = |i| kernel.sum_weight(stage, slot, i, d);
            let sum = match kernel.sum(stage, slot) {
                Term::Plain(of) => (0..d).map(|i| base(of, x[i], y[i])).sum(),
                Term::Weighted(of) => (0..d).map(|i| weight(i) * base(of, x[i], y[i])).sum(),
                Term::Pick(of, k) => base(of, x[k], y[k]),
                Term::Custom => {
                    custom[0] = true;
                    continue;
                }
            };
            close(sum, computed, &what);
            told[0] += 1;
        }
        assert!(K::SHAPE.sums[stage as usize] <= whole.len());
    }
    let frame = frame(kernel, &x, &y);
    for (i, (&x_i, &y_i)) in x.iter().zip(&y).enumerate() {
        let place = Pairs { i, x: &x, y: &y };
        let [mut of_x, mut of_y, mut of_diagonal] =
            [K::SHAPE.x, K::SHAPE.y, K::SHAPE.diagonal].map(|count| vec![f64::NAN; count]);
        kernel.factors_x(&place, &frame, &mut of_x);
        kernel.factors_y(&place, &frame, &mut of_y);
        kernel.diagonals(&place, &frame, &mut of_diagonal);
        for (side, factors) in [(Side::X, of_x), (Side::Y, of_y), (Side::Diagonal, of_diagonal)] {
            for (number, computed) in factors.into_iter().enumerate() {
                let factor = match kernel.factor(side, number) {
                    Term::Plain(of) => base(of, x_i, y_i),
                    Term::Weighted(of) => kernel.factor_weight(side, number, i, d) * base(of, x_i, y_i),
                    Term::Pick(..) => panic!("{name}: a factor is of its own coordinate"),
                    Term::Custom => {
                        custom[1] = true;
                        continue;
                    }
                };
                close(factor, computed, &format!("{name}, {side:?} {number} at {i}"));
                told[1] += 1;
            }
        }
    }
    assert_eq!([K::SHAPE.custom_sums, K::SHAPE.custom_factors], custom, "{name}");
    told
}

fn scales() -> Vec<f64> {
    vec![0.7, 1.9, 0.4]
}

#[test]
fn stock_kernels() {
    macro_rules! kernels {
        ($($K:ident($($parameter:expr),*) [$sums:literal, $factors:literal];)*) => {$(
            let [sums, factors] = check(&$K::new($($parameter),*).unwrap(), 3);
            // In four stages, at three coordinates.
            assert_eq!([sums, factors], [4 * $sums, 3 * $factors], "{}", stringify!($K));
        )*};
    }
    kernels! {
        Rbf(1.3, 0.8) [1, 3];
        ArdRbf(1.3, scales()) [1, 3];
        RationalQuadratic(1.3, 2.1, 0.8) [1, 3];
        InverseMultiquadric(1.3, 0.8) [1, 3];
        Matern12(1.3, 0.8) [1, 3];
        Matern32(1.3, 0.8) [1, 3];
        Matern52(1.3, 0.8) [1, 3];
        Matern72(1.3, 0.8) [1, 3];
        Matern92(1.3, 0.8) [1, 3];
        ArdMatern12(1.3, scales()) [1, 3];
        ArdMatern32(1.3, scales()) [1, 3];
        ArdMatern52(1.3, scales()) [1, 3];
        ArdMatern72(1.3, scales()) [1, 3];
        ArdMatern92(1.3, scales()) [1, 3];
        Linear(1.3, 0.2) [1, 3];
        Polynomial2(1.3, 0.2) [1, 3];
        Polynomial3(1.3, 0.2) [1, 3];
        Cosine(1.3, scales()) [1, 2];
        SpectralMixture(1.3, scales(), scales()) [2, 5];
        SpectralProduct(1.3, scales(), scales()) [1, 3];
        NnArcsine(1.3, 0.2, 0.9) [3, 5];
        ArcCosine0(1.3) [3, 3];
        ArcCosine1(1.3) [3, 3];
        ArcCosine2(1.3) [3, 3];
        Gibbs(1.3, scales(), scales()) [0, 0];
        Periodic(1.3, 1.1, 0.8) [0, 0];
        ArdPeriodic(1.3, scales(), scales()) [0, 0];
        Constant(1.3) [0, 0];
        WhiteNoise(1.3) [1, 0];
    }
    assert_eq!(check(&WendlandC2::<3>::new(1.3, 1.8).unwrap(), 3), [4, 9]);
    assert_eq!(check(&WendlandC4::<3>::new(1.3, 1.8).unwrap(), 3), [4, 9]);
}

#[test]
fn combinations() {
    let ard = || ArdRbf::new(1.3, scales()).unwrap();
    let arcsine = || NnArcsine::new(1.3, 0.2, 0.9).unwrap();
    assert_eq!(check(&(ard() + arcsine()), 3), [4 * 4, 3 * 8]);
    assert_eq!(check(&(arcsine() * (2.5 * ard())), 3), [4 * 4, 3 * 8]);
    // One part that only its code knows.
    assert_eq!(check(&(ard() * Periodic::new(1.3, 1.1, 0.8).unwrap() + arcsine()), 3), [4 * 4, 3 * 8]);
}

/// Weights of all that a weight may be made of.
#[kernel(asymmetric, indefinite)]
fn weights(x: &[f64], y: &[f64], c: f64, w: &[f64]) -> f64 {
    const HALF: f64 = 0.5;
    let mut s = 0.0;
    for i in 0..x.len() {
        let n = i as f64;
        s += (w[i] * n - HALF * c).exp() / (w[1] + x.len() as f64) * x[i] * y[i];
    }
    s.sin() * x[1]
}

/// Some of the coordinates.
#[kernel]
fn partial(x: &[f64], y: &[f64]) -> f64 {
    (-sq_dist(&x[1..], &y[1..])).exp() * (x[0] - y[0]).cos()
}

#[kernel]
fn on_a_line(x: f64, y: f64) -> f64 {
    (-(x - y).powi(2)).exp()
}

#[kernel(indefinite)]
fn single<const D: usize>(x: &[f32; D], y: &[f32; D], w: &[f32; D]) -> f32 {
    x.iter().zip(y).zip(w).map(|((a, b), w)| (0.5 * w + 1.0).sqrt() * a * b).sum::<f32>().cos()
}

#[test]
fn weights_and_picks() {
    let told = check(&Weights::new(0.3, scales()).unwrap(), 3);
    // The product, and x[1] from the first derivatives' factor on; factors y, [i = 1] of x, x of y, 1 of the diagonal.
    assert_eq!(told, [4 * 2, 3 * 4]);
    assert_eq!(check(&Partial::new().unwrap(), 3), [4 * 3, 3 * 5]);
    assert_eq!(check(&OnALine::new().unwrap(), 1), [4 * 2, 2]);
}

#[test]
fn weights_in_single_precision() {
    let (kernel, x, y) = (Single::new([0.5, 2.0]).unwrap(), [0.25_f32, -0.5], [1.5_f32, 0.75]);
    assert_eq!(kernel.sum(Stage::Value, 0), Term::Weighted(Base::Product));
    let mut sums = [f32::of(0.0)];
    kernel.reduce(Stage::Value, 0, &Pairs { i: 1, x: &x, y: &y }, &mut sums);
    let told = kernel.sum_weight(Stage::Value, 0, 1, 2) * x[1] * y[1];
    assert!((told - sums[0]).abs() < 1e-6 && (told + 2.0_f32.sqrt() * 0.375).abs() < 1e-6, "{told} {}", sums[0]);
}
