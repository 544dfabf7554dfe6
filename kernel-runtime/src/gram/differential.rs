//! Linear differential operators beyond the gradient.

use super::operator::{Observed, Sealed, expect_coordinate};
use crate::engine::{Description, Index, Partial, Tall, derived};
use crate::error::KernelError;
use crate::kernel::{Kernel, KnownTo, Order, SomeOrder, Tower, Tower2, Tower4};
use crate::real::{Lane, Real};

/// A linear differential operator Σ_α a_α(x) ∂^α: what [`operator!`](macro@crate::operator) makes of a polynomial in
/// the partial derivatives `d[i]`. It stands on either side of a [`Gram`](super::Gram), with points of any scalar type;
/// on the right it is Σ_α a_α(y) ∂_y^α, the same operator, not its adjoint.
///
/// ```
/// use kernel_runtime::gram::{Gram, Value};
/// use kernel_runtime::{kernels::Rbf, operator};
/// use ndarray::array;
///
/// operator!(Heat(alpha) = d[0] - alpha * d[1] * d[1]); // of points (t, x)
///
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.5], [1.0, 0.5]]);
/// let heat = Heat::new(0.1)?;
/// let gram = Gram::new(&k, (heat, &x), (Value, &x))?;
/// let expected = (1.0 - 0.1 * -1.0) * (-0.5_f64).exp(); // at x = y, ∂²k/∂x² = -k; from 0 to 1, ∂k/∂t = k
/// assert!((gram.dense()?[[0, 1]] - expected).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A kernel that is not smooth enough for an operator, or of which no derivatives of its order are known, is refused by
/// the compiler:
///
/// ```compile_fail
/// use kernel_runtime::gram::{Gram, Value};
/// use kernel_runtime::{kernels::Matern32, operator};
/// use ndarray::array;
///
/// operator!(Bending = d[0] * d[0]);
///
/// let (k, x) = (Matern32::new(1.0, 1.0)?, array![[0.0], [1.0]]);
/// let gram = Gram::new(&k, (Bending, &x), (Value, &x))?; // a process with this covariance is differentiable once
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A coordinate that points do not have is refused as well: by the compiler where their type says how many they have,
/// else by `Gram::new`.
///
/// ```compile_fail,E0080
/// use kernel_runtime::gram::{Gram, Value};
/// use kernel_runtime::{kernel, operator};
/// use ndarray::array;
///
/// #[kernel(assume(gamma > 0))]
/// fn planar(x: &[f64; 2], y: &[f64; 2], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// operator!(Up = d[2]);
///
/// let (k, x) = (Planar::new(1.0)?, array![[0.0, 0.5]]);
/// let gram = Gram::new(&k, (Up, &x), (Value, &x))?; // there are x[0] and x[1]
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Operator: Copy + Sync {
    /// The highest order of its partial derivatives, [`Order<2>`](crate::Order) for instance.
    type Order: SomeOrder;
    /// How many numbers it makes of a function at a point: of a tuple, as many as that has.
    const COMPONENTS: usize;
    /// How many coordinates points have at least.
    const COORDINATES: usize;
    /// The names of its parameters.
    const PARAMETERS: &'static [&'static str];
    /// Its terms.
    #[doc(hidden)]
    const TERMS: &'static [OperatorTerm];

    /// a_α(x) of each of its terms.
    #[doc(hidden)]
    fn coefficients<S: Real>(&self, x: &[S], out: &mut [S]);

    /// ∂a_α/∂φ by a parameter, of each of its terms.
    #[doc(hidden)]
    fn coefficients_by<S: Real>(&self, parameter: usize, x: &[S], out: &mut [S]);

    /// ∂L/∂φ by the parameter with this name, if there is one. As covariances are linear in their operators,
    /// ∂(L k R)/∂φ is (∂L/∂φ) k R, and (∂L/∂φ) k L + L k (∂L/∂φ) where L stands on both sides.
    fn by(self, parameter: &str) -> Option<ByParameter<Self>> {
        let parameter = Self::PARAMETERS.iter().position(|name| *name == parameter)?;
        Some(ByParameter { operator: self, parameter })
    }
}

/// The derivative of an operator by one of its parameters, [`Operator::by`]: an operator, too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByParameter<O> {
    operator: O,
    parameter: usize,
}

/// A term of an [`Operator`], in the sum of one component.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperatorTerm {
    pub component: usize,
    /// The coordinates that its partial derivative is taken by, each as often as it is, in ascending order; none for
    /// the value itself.
    pub by: &'static [usize],
    /// Whether the coefficient is another at other points x. Where it is not, no x is read.
    pub varies: bool,
}

/// Whether points of d coordinates have all that an operator reads. Where the type of points says how many they are,
/// the compiler does.
#[doc(hidden)]
pub fn check_coordinates<K: Kernel, O: Operator>(argument: &'static str, d: usize) -> Result<(), KernelError> {
    const {
        let has_all = match K::COORDINATES {
            Some(d) => d >= O::COORDINATES,
            None => true,
        };
        assert!(
            has_all,
            "the operator has a `d[i]` or `x[i]` with i beyond the coordinates that points of this kernel have"
        );
    }
    O::COORDINATES.checked_sub(1).map_or(Ok(()), |last| expect_coordinate(argument, last, d))
}

#[doc(hidden)]
#[must_use]
pub fn described_terms<O: Operator, S>() -> Description<S> {
    let partials = O::TERMS.iter().map(|&OperatorTerm { component, by, varies }| {
        let indices = by.iter().map(|&i| Index::At(i)).collect();
        Partial { component, function: 0, indices, varies }
    });
    Description { components: O::COMPONENTS, partials: partials.collect(), variables: Vec::new() }
}

/// Lets an [`Operator`] be observed. An implementation for all of them would be a second one that any other type might
/// have, for all that rustc knows, and its message for a kernel that does not fit would not say why.
#[doc(hidden)]
#[macro_export]
macro_rules! __observed {
    ($Operator:ident) => {
        #[automatically_derived]
        impl $crate::__private::Sealed for $Operator {}

        #[automatically_derived]
        impl<K> $crate::gram::Observed<K> for $Operator
        where
            K: $crate::KnownTo<<$Operator as $crate::gram::Operator>::Order>,
        {
            const GENERAL: ::core::primitive::bool = true;

            fn check(
                &self,
                argument: &'static ::core::primitive::str,
                d: ::core::primitive::usize,
            ) -> ::core::result::Result<(), $crate::KernelError> {
                $crate::__private::check_coordinates::<K, Self>(argument, d)
            }

            fn described(&self, _: ::core::primitive::usize) -> $crate::__private::Description<K::Scalar> {
                $crate::__private::described_terms::<Self, _>()
            }

            fn coefficients_at(&self, x: &[K::Scalar], out: &mut [K::Scalar]) {
                $crate::gram::Operator::coefficients(self, x, out);
            }

            fn tower(kernel: &K) -> ::core::option::Option<$crate::__private::Tall<'_, K::Scalar>> {
                ::core::option::Option::Some($crate::__private::derived::<
                    K,
                    <$Operator as $crate::gram::Operator>::Order,
                >(kernel))
            }
        }
    };
}

impl<O: Operator> Sealed for ByParameter<O> {}

impl<K: KnownTo<O::Order>, O: Operator> Observed<K> for ByParameter<O> {
    const GENERAL: bool = true;

    fn check(&self, argument: &'static str, d: usize) -> Result<(), KernelError> {
        check_coordinates::<K, O>(argument, d)
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn described(&self, _: usize) -> Description<K::Scalar> {
        described_terms::<O, _>()
    }

    fn coefficients_at(&self, x: &[K::Scalar], out: &mut [K::Scalar]) {
        self.operator.coefficients_by(self.parameter, x, out);
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        Some(derived::<K, O::Order>(kernel))
    }
}

/// The Laplacian Δf = Σ_i ∂²f/∂x_i², over all coordinates however many there are: one number for each point.
///
/// O(d) for a pair of points, on both sides.
///
/// ```
/// use kernel_runtime::gram::{Gram, Laplacian, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// // Where the points are the same: -d/ℓ², and (d² + 2d)/ℓ⁴.
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.5, 1.0]]);
/// assert_eq!(Gram::new(&k, (Laplacian, &x), (Value, &x))?.dense()?, array![[-3.0]]);
/// assert_eq!(Gram::new(&k, (Laplacian, &x), (Laplacian, &x))?.dense()?, array![[15.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Laplacian;

impl Sealed for Laplacian {}

impl<K: Tower2> Observed<K> for Laplacian {
    const GENERAL: bool = true;

    #[allow(private_interfaces, reason = "hidden")]
    fn described(&self, _: usize) -> Description<K::Scalar> {
        let twice = Description::list([vec![Index::Along(0); 2]]);
        Description { variables: vec![None], ..twice }
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        Some(derived::<K, Order<2>>(kernel))
    }
}

/// The biharmonic operator Δ²f = Σ_i Σ_j ∂⁴f/∂x_i²∂x_j², over all coordinates however many there are: one number for
/// each point. It is the load on a thin plate whose deflection is f, but for its stiffness.
///
/// O(d) for a pair of points, on both sides.
///
/// ```
/// use kernel_runtime::gram::{Biharmonic, Gram, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// // Where the points are the same, d(d + 2)/ℓ⁴.
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.5, 1.0]]);
/// assert_eq!(Gram::new(&k, (Biharmonic, &x), (Value, &x))?.dense()?, array![[15.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A process with a rougher covariance has none:
///
/// ```compile_fail
/// use kernel_runtime::gram::{Biharmonic, Gram, Value};
/// use kernel_runtime::kernels::Matern72;
/// use ndarray::array;
///
/// let (k, x) = (Matern72::new(1.0, 1.0)?, array![[0.0], [1.0]]);
/// let gram = Gram::new(&k, (Biharmonic, &x), (Value, &x))?; // a process with this covariance is differentiable three times
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Biharmonic;

impl Sealed for Biharmonic {}

impl<K: Tower4> Observed<K> for Biharmonic {
    const GENERAL: bool = true;

    #[allow(private_interfaces, reason = "hidden")]
    fn described(&self, _: usize) -> Description<K::Scalar> {
        let indices = [0, 0, 1, 1].map(Index::Along).to_vec();
        Description { variables: vec![None, None], ..Description::list([indices]) }
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        Some(derived::<K, Order<4>>(kernel))
    }
}

/// The derivative in a direction v, Σ_i v_i ∂f/∂x_i: one number for each point. v has an entry for each coordinate, and
/// any length.
///
/// O(d) for a pair of points, on both sides.
///
/// ```
/// use kernel_runtime::gram::{Directional, Gradient, Gram};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.5], [1.0, 0.0]]);
/// let along = Gram::new(&k, (Directional(&[3.0, -1.0]), &x), (Gradient, &x))?.dense()?;
/// let all = Gram::new(&k, (Gradient, &x), (Gradient, &x))?.dense()?;
/// let error = &along.row(0) - 3.0 * &all.row(0) + &all.row(1);
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Directional<'a>(pub &'a [f64]);

impl Sealed for Directional<'_> {}

impl<K: Tower> Observed<K> for Directional<'_> {
    const GENERAL: bool = true;

    fn check(&self, argument: &'static str, d: usize) -> Result<(), KernelError> {
        let got = self.0.len();
        if got == d { Ok(()) } else { Err(KernelError::Direction { argument, expected: d, got }) }
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn described(&self, _: usize) -> Description<K::Scalar> {
        let once = Description::list([vec![Index::Along(0)]]);
        Description { variables: vec![Some(self.0.iter().map(|&v| K::Scalar::of(v)).collect())], ..once }
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        Some(derived::<K, Order<1>>(kernel))
    }
}

/// The curl of a potential: d numbers for each point of d = 2 or 3 coordinates. With it on both sides, a kernel k of
/// the potential is the matrix-valued kernel curl_x k curl_yᵀ of a field without divergence, in the plane
/// (∂ψ/∂x_1, -∂ψ/∂x_0) of one function ψ, in space ∇ × A of three independent ones; of a k that depends on x - y alone,
/// (∇∇ᵀ - Δ I) k (F. Narcowich and J. Ward, *Generalized Hermite interpolation via matrix-valued conditionally positive
/// definite functions*, Math. Comp. 63, 1994). A field without curl has the kernel of [`Gradient`](super::Gradient) on
/// both sides, for a stationary k -∇∇ᵀ k.
///
/// Operators of one function stand for the first of the three on the other side.
///
/// ```
/// use kernel_runtime::gram::{Curl, Gram};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// // Where the points are the same, (d - 1)/ℓ² for each component.
/// let k = Rbf::new(1.0, 0.5)?;
/// let (plane, space) = (array![[0.0, 0.5]], array![[0.0, 0.5, 1.0]]);
/// assert_eq!(Gram::new(&k, (Curl, &plane), (Curl, &plane))?.dense()?, array![[4.0, 0.0], [0.0, 4.0]]);
/// assert_eq!(Gram::new(&k, (Curl, &space), (Curl, &space))?.diagonal()?, array![8.0, 8.0, 8.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Curl;

impl Curl {
    /// Its terms, ±∂/∂x_by of a function: (component, function, by, sign).
    fn terms(d: usize) -> &'static [(usize, usize, usize, f64)] {
        match d {
            2 => &[(0, 0, 1, 1.0), (1, 0, 0, -1.0)],
            _ => &[(0, 2, 1, 1.0), (0, 1, 2, -1.0), (1, 0, 2, 1.0), (1, 2, 0, -1.0), (2, 1, 0, 1.0), (2, 0, 1, -1.0)],
        }
    }
}

impl Sealed for Curl {}

impl<K: Tower> Observed<K> for Curl {
    const GENERAL: bool = true;

    fn check(&self, argument: &'static str, d: usize) -> Result<(), KernelError> {
        if matches!(d, 2 | 3) { Ok(()) } else { Err(KernelError::Curl { argument, got: d }) }
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn described(&self, d: usize) -> Description<K::Scalar> {
        let partial = |&(component, function, by, _): &(usize, usize, usize, f64)| Partial {
            component,
            function,
            indices: vec![Index::At(by)],
            varies: false,
        };
        Description { components: d, partials: Self::terms(d).iter().map(partial).collect(), variables: Vec::new() }
    }

    fn coefficients_at(&self, x: &[K::Scalar], out: &mut [K::Scalar]) {
        for (out, term) in out.iter_mut().zip(Self::terms(x.len())) {
            *out = K::Scalar::of(term.3);
        }
    }

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        Some(derived::<K, Order<1>>(kernel))
    }
}
