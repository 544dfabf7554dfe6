//! What is observed at a point.

use super::PointsRef;
use super::integral::Measure;
use crate::engine::{Description, Entries, Tall, derived};
use crate::error::KernelError;
use crate::kernel::{Differentiable, Kernel, Order, Tower2};
use crate::real::Lane;

/// The value f(x): one number for each point.
///
/// ```
/// use kernel_runtime::gram::{Gram, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0], [1.0], [2.0]]);
/// assert_eq!(Gram::new(&k, (Value, &x), (Value, &x))?.shape(), (3, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Value;

/// The gradient ∂f/∂x: d numbers for each point.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5]]);
/// assert_eq!(Gram::new(&k, (Gradient, &x), (Gradient, &x))?.shape(), (4, 4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gradient;

/// Some partial derivatives ∂f/∂x_a, those by the coordinates listed, in that order: as many numbers for each point.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram, Partials};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::{array, s};
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0, 0.2], [1.0, 0.5, 0.4]]);
/// let some = Gram::new(&k, (Partials(&[2, 0]), &x), (Gradient, &x))?;
/// let all = Gram::new(&k, (Gradient, &x), (Gradient, &x))?.dense()?;
/// assert_eq!(some.shape(), (4, 6));
/// assert_eq!(some.dense()?.row(2), all.row(3 + 2)); // ∂/∂x_2 at the second point
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Partials<'a>(pub &'a [usize]);

/// The Hessian ∂²f/∂x_a∂x_b: d² numbers for each point, row by row, those above the diagonal as well as those below.
///
/// A vector that a [`Gram`](super::Gram) of Hessians is multiplied with may be any: two numbers that stand for the same
/// derivative count by their sum. The matrix is singular in as many directions; leave out what is double before a
/// factorisation.
///
/// ```
/// use kernel_runtime::gram::{Gram, Hessian, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.0], [1.0, 0.5]]);
/// let gram = Gram::new(&k, (Hessian, &x), (Hessian, &x))?;
/// assert_eq!(gram.shape(), (8, 8));
/// // Where the points are the same: ∂⁴k/∂x_0²∂y_0² = 3/ℓ⁴, ∂⁴k/∂x_0²∂y_1² = ∂⁴k/∂x_0∂x_1∂y_0∂y_1 = 1/ℓ⁴.
/// let dense = gram.dense()?;
/// assert_eq!([dense[[0, 0]], dense[[0, 3]], dense[[1, 1]], dense[[1, 2]]], [3.0, 1.0, 1.0, 1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hessian;

/// What a [`Gram`](super::Gram) has on either side: [`Value`], [`Gradient`], [`Partials`], [`Hessian`],
/// [`Laplacian`](super::Laplacian), [`Directional`](super::Directional), what [`operator!`](macro@crate::operator)
/// defines, or tuples of these, whose numbers of a point follow each other: `(Value, Gradient)`.
/// [`Integral`](super::Integral) and [`Expectation`](super::Expectation) stand alone, not in tuples.
///
/// A kernel that is not [`Differentiable`] has only values, one that is not a [`Tower2`](crate::Tower2) no second
/// derivatives:
///
/// ```compile_fail
/// use kernel_runtime::gram::{Gradient, Gram};
/// use kernel_runtime::kernels::Matern12;
/// use ndarray::array;
///
/// let (k, x) = (Matern12::new(1.0, 0.5)?, array![[0.0], [1.0]]);
/// let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x))?; // no gradient where points coincide
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Observed<K: Kernel>: sealed::Sealed + Copy + Sync {
    /// Numbers that it has, if it is not [`GENERAL`](Self::GENERAL); not all of the gradient if
    /// [`places`](Self::places) says so.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::NONE;
    /// Whether it has numbers other than values, partial derivatives and Hessians.
    #[doc(hidden)]
    const GENERAL: bool = false;
    /// Whether it is an integral, with a [`measure`](Self::measure): one number for each point.
    #[doc(hidden)]
    const MEASURE: bool = false;

    /// Whether points of d coordinates have all that it reads.
    #[doc(hidden)]
    fn check(&self, argument: &'static str, d: usize) -> Result<(), KernelError> {
        let _ = (argument, d);
        Ok(())
    }

    /// Which numbers of [`ENTRIES`](Self::ENTRIES) a point has, in its order.
    #[doc(hidden)]
    fn places(&self, d: usize) -> Vec<usize> {
        (0..Self::ENTRIES.count(d)).collect()
    }

    /// How many numbers a point has: of a tuple, those of each member.
    #[doc(hidden)]
    fn parts(&self, d: usize) -> Vec<usize> {
        vec![if Self::GENERAL { self.described(d).components } else { self.places(d).len() }]
    }

    /// The numbers of a point as sums of partial derivatives.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "hidden")]
    fn described(&self, d: usize) -> Description<K::Scalar> {
        Description::of_entries(Self::ENTRIES, &self.places(d), d)
    }

    /// The coefficients of those at a point.
    #[doc(hidden)]
    fn coefficients_at(&self, x: &[K::Scalar], out: &mut [K::Scalar]) {
        let _ = x;
        out.fill(K::Scalar::of(1.0));
    }

    /// What f is integrated with, if this is an integral.
    #[doc(hidden)]
    fn measure(
        &self,
        kernel: &K,
        argument: &'static str,
        points: &PointsRef<K>,
    ) -> Result<Option<Measure>, KernelError> {
        let _ = (kernel, argument, points);
        Ok(None)
    }

    /// The kernel with its derivatives beyond the gradient, if this has some.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        let _ = kernel;
        None
    }
}

impl<K: Kernel> Observed<K> for Value {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::VALUE;
}

impl<K: Differentiable> Observed<K> for Gradient {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::GRADIENT;
}

impl<K: Tower2> Observed<K> for Hessian {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::HESSIAN;

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
        Some(derived::<K, Order<2>>(kernel))
    }
}

impl<K: Differentiable> Observed<K> for Partials<'_> {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::GRADIENT;

    fn check(&self, argument: &'static str, d: usize) -> Result<(), KernelError> {
        self.0.iter().try_for_each(|&coordinate| expect_coordinate(argument, coordinate, d))
    }

    fn places(&self, _: usize) -> Vec<usize> {
        self.0.to_vec()
    }
}

/// Whether points have a coordinate that an operator names.
pub(super) fn expect_coordinate(
    argument: &'static str,
    coordinate: usize,
    dimension: usize,
) -> Result<(), KernelError> {
    if coordinate < dimension { Ok(()) } else { Err(KernelError::Coordinate { argument, coordinate, dimension }) }
}

macro_rules! tuples {
    ($($name:ident $number:tt),+) => {
        impl<K: Kernel, $($name: Observed<K>),+> Observed<K> for ($($name,)+) {
            #[allow(private_interfaces, reason = "hidden")]
            const ENTRIES: Entries = if Self::GENERAL { Entries::NONE } else { Entries::NONE$(.or($name::ENTRIES))+ };
            const GENERAL: bool = $($name::GENERAL)||+;
            const MEASURE: bool = {
                assert!(!($($name::MEASURE)||+), "an integral stands alone, not in a tuple: push it as an entry of its own");
                false
            };

            fn check(&self, argument: &'static str, d: usize) -> Result<(), KernelError> {
                $(self.$number.check(argument, d)?;)+
                Ok(())
            }

            fn places(&self, d: usize) -> Vec<usize> {
                let mut places = Vec::new();
                $(places.extend(self.$number.places(d).into_iter().map(|place| $name::ENTRIES.place_in(Self::ENTRIES, place, d)));)+
                places
            }

            fn parts(&self, d: usize) -> Vec<usize> {
                let mut parts = Vec::new();
                $(parts.extend(self.$number.parts(d));)+
                parts
            }

            #[allow(private_interfaces, reason = "hidden")]
            fn described(&self, d: usize) -> Description<K::Scalar> {
                Description::nothing()$(.and(self.$number.described(d)))+
            }

            fn coefficients_at(&self, x: &[K::Scalar], out: &mut [K::Scalar]) {
                let mut rest = out;
                $(
                    let (own, behind) = rest.split_at_mut(self.$number.described(x.len()).partials.len());
                    self.$number.coefficients_at(x, own);
                    rest = behind;
                )+
                let _ = rest;
            }

            #[allow(private_interfaces, reason = "hidden")]
            fn tower(kernel: &K) -> Option<Tall<'_, K::Scalar>> {
                [$($name::tower(kernel)),+].into_iter().flatten().reduce(Tall::higher)
            }
        }

        impl<$($name: FirstOrder),+> FirstOrder for ($($name,)+) {}
        impl<$($name: sealed::Sealed),+> sealed::Sealed for ($($name,)+) {}
    };
}
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);

/// What has no derivatives beyond the gradient: of its covariances there are derivatives by parameters,
/// [`contract_params`](super::Gram::contract_params).
#[diagnostic::on_unimplemented(
    message = "derivatives by parameters of covariances with `{Self}` are not worked out",
    note = "they are of `Value`, `Gradient`, `Partials` and tuples of these"
)]
pub trait FirstOrder: sealed::Sealed {}

impl FirstOrder for Value {}
impl FirstOrder for Gradient {}
impl FirstOrder for Partials<'_> {}

#[doc(hidden)]
pub use sealed::Sealed;

mod sealed {
    #[doc(hidden)]
    pub trait Sealed {}
    impl Sealed for super::Value {}
    impl Sealed for super::Gradient {}
    impl Sealed for super::Partials<'_> {}
    impl Sealed for super::Hessian {}
}
