//! What `operator!` makes: terms, coefficients in both scalars, their derivatives by parameters, and constructors. Each
//! against formulas worked out by hand.

use kernel_runtime::gram::{Operator, OperatorTerm};
use kernel_runtime::{Real, operator};

const RATE: f64 = 0.75;

operator!(pub Heat(alpha) = d[0] - alpha * d[1] * d[1]);
operator!(
    /// □ in one dimension of space.
    pub Wave = d[0] * d[0] - d[1] * d[1]
);
operator!(pub(crate) Drift(mu) = d[0] + mu * x[1] * d[1]);
operator!(ValueAndSlope = (1, d[0]));
operator!(Commutator = d[0] * x[0] - x[0] * d[0]);
// Fokker-Planck: ∂_t p = -∂(μ p) + ∂²(D p), with μ = -theta x and D = sigma² (1 + x²)/2.
operator!(
    FokkerPlanck(theta, sigma) =
        d[0] - d[1] * (theta * x[1]) - d[1] * d[1] * (sigma.powi(2) * (1.0 + x[1].powi(2)) / 2.0)
);
operator!(
    Divergence(nu) = (
        d[0] * (nu * x[1]).exp() * d[0] + d[1] * (nu * x[1]).exp() * d[1],
        RATE * x[2] * nu + std::f64::consts::PI / 2 * d[2].powi(4),
        1 / 2 * (d[0] + d[1]).powi(2),
    )
);

fn terms<O: Operator>() -> Vec<(usize, Vec<usize>, bool)> {
    let shape = |term: &OperatorTerm| (term.component, term.by.to_vec(), term.varies);
    O::TERMS.iter().map(shape).collect()
}

fn coefficients<S: Real, O: Operator>(operator: &O, x: &[S]) -> Vec<S> {
    let mut out = vec![S::of(f64::NAN); O::TERMS.len()];
    operator.coefficients(x, &mut out);
    out
}

fn derivatives<O: Operator>(operator: &O, parameter: usize, x: &[f64]) -> Vec<f64> {
    let mut out = vec![f64::NAN; O::TERMS.len()];
    operator.coefficients_by(parameter, x, &mut out);
    out
}

fn assert_close(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len(), "{got:?} instead of {want:?}");
    for (a, b) in got.iter().zip(want) {
        assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{got:?} instead of {want:?}");
    }
}

/// `make` is the operator with these parameters; its coefficients are `want`.
fn check<O: Operator>(make: impl Fn(&[f64]) -> O, parameters: &[f64], x: &[f64], want: &[f64]) {
    let operator = make(parameters);
    assert_eq!(O::PARAMETERS.len(), parameters.len());
    assert_close(&coefficients(&operator, x), want, 1e-15);
    let single: Vec<f32> = x.iter().map(|&x| <f32 as kernel_runtime::__private::Lane>::of(x)).collect();
    let single: Vec<f64> = coefficients(&operator, &single).into_iter().map(f64::from).collect();
    assert_close(&single, want, 1e-6);
    for place in 0..parameters.len() {
        let step = 1e-5;
        let moved = |by: f64| {
            let mut parameters = parameters.to_vec();
            parameters[place] += by;
            coefficients(&make(&parameters), x)
        };
        let (above, below) = (moved(step), moved(-step));
        let slopes: Vec<f64> = above.iter().zip(&below).map(|(a, b)| (a - b) / (2.0 * step)).collect();
        assert_close(&derivatives(&operator, place, x), &slopes, 1e-8);
    }
}

#[test]
fn constant_coefficients() {
    assert_eq!(terms::<Heat>(), [(0, vec![0], false), (0, vec![1, 1], false)]);
    assert_eq!((Heat::COMPONENTS, Heat::COORDINATES, Heat::PARAMETERS), (1, 2, &["alpha"][..]));
    check(|p| Heat::new(p[0]).unwrap(), &[0.3], &[], &[1.0, -0.3]);

    assert_eq!(terms::<Wave>(), [(0, vec![0, 0], false), (0, vec![1, 1], false)]);
    check(|_| Wave, &[], &[], &[1.0, -1.0]);
}

#[test]
fn coefficients_of_the_point() {
    assert_eq!(terms::<Drift>(), [(0, vec![0], false), (0, vec![1], true)]);
    check(|p| Drift::new(p[0]).unwrap(), &[-0.7], &[0.2, 3.0], &[1.0, -2.1]);

    assert_eq!(terms::<Commutator>(), [(0, vec![], false)]);
    assert_eq!(Commutator::COORDINATES, 0);
    check(|_| Commutator, &[], &[], &[1.0]);
}

#[test]
fn products_are_differentiated() {
    // ∂(θ x p) = θ p + θ x ∂p, and ∂²(D p) = D'' p + 2 D' ∂p + D ∂²p
    let (theta, sigma, x) = (0.4, 0.9, 1.7);
    let s2 = sigma * sigma;
    assert_eq!(
        terms::<FokkerPlanck>(),
        [(0, vec![], false), (0, vec![0], false), (0, vec![1], true), (0, vec![1, 1], true)]
    );
    let want = [-theta - s2, 1.0, -theta * x - 2.0 * s2 * x, -s2 * (1.0 + x * x) / 2.0];
    check(|p| FokkerPlanck::new(p[0], p[1]).unwrap(), &[theta, sigma], &[0.0, x], &want);
}

#[test]
fn several_components() {
    assert_eq!(terms::<ValueAndSlope>(), [(0, vec![], false), (1, vec![0], false)]);
    assert_eq!((ValueAndSlope::COMPONENTS, ValueAndSlope::COORDINATES), (2, 1));
    check(|_| ValueAndSlope, &[], &[], &[1.0, 1.0]);

    assert_eq!(
        terms::<Divergence>(),
        [
            (0, vec![1], true),
            (0, vec![0, 0], true),
            (0, vec![1, 1], true),
            (1, vec![], true),
            (1, vec![2, 2, 2, 2], false),
            (2, vec![0, 0], false),
            (2, vec![0, 1], false),
            (2, vec![1, 1], false),
        ]
    );
    assert_eq!((Divergence::COMPONENTS, Divergence::COORDINATES), (3, 3));
    let (nu, x) = (0.6, [0.1, -0.5, 2.0]);
    let weight = f64::exp(nu * x[1]);
    let want = [nu * weight, weight, weight, RATE * x[2] * nu, std::f64::consts::FRAC_PI_2, 0.5, 1.0, 0.5];
    check(|p| Divergence::new(p[0]).unwrap(), &[nu], &x, &want);
}

#[test]
fn a_parameter_is_finite() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = FokkerPlanck::new(1.0, value).unwrap_err();
        assert_eq!(error.parameter(), "sigma");
        assert_eq!(error.to_string(), format!("`sigma` is {value}, but must satisfy |sigma| < ∞"));
    }
}

#[test]
fn operators_are_plain_values() {
    let heat = Heat::new(0.25).unwrap();
    let copy = heat;
    assert_eq!((copy, copy.alpha()), (heat, 0.25));
    assert_ne!(heat, Heat::new(0.5).unwrap());
    assert_eq!(format!("{heat:?} {Wave:?}"), "Heat { alpha: 0.25 } Wave");
}
