//! Closed forms of integrals of sums, multiples, and products of Gaussians.

use super::{Product, Scaled, Sum};
use crate::kernel::{ClosedForm, Integrable, Kernel, PowerProduct, SquaredExponential, squared_exponential};

impl<A: Integrable, B: Integrable> Integrable for Sum<A, B>
where
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    fn closed_forms(&self, d: usize, each: &mut dyn FnMut(ClosedForm<A::Scalar>)) {
        self.left().closed_forms(d, each);
        self.right().closed_forms(d, each);
    }
}

impl<K: Integrable> Integrable for Scaled<K> {
    fn closed_forms(&self, d: usize, each: &mut dyn FnMut(ClosedForm<K::Scalar>)) {
        let factor = self.factor();
        self.kernel().closed_forms(d, &mut |form| {
            each(match form {
                ClosedForm::Gaussian { amplitude, rates } => {
                    ClosedForm::Gaussian { amplitude: factor * amplitude, rates }
                }
                ClosedForm::Polynomial { weights, products } => {
                    let scaled =
                        |product: PowerProduct<_>| PowerProduct { amplitude: factor * product.amplitude, ..product };
                    ClosedForm::Polynomial { weights, products: products.into_iter().map(scaled).collect() }
                }
            });
        });
    }
}

impl<K: SquaredExponential> SquaredExponential for Scaled<K> {
    fn amplitude(&self, d: usize) -> K::Scalar {
        self.factor() * self.kernel().amplitude(d)
    }

    fn rate(&self, i: usize, d: usize) -> K::Scalar {
        self.kernel().rate(i, d)
    }
}

impl<A: SquaredExponential, B: SquaredExponential> Integrable for Product<A, B>
where
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    fn closed_forms(&self, d: usize, each: &mut dyn FnMut(ClosedForm<A::Scalar>)) {
        squared_exponential(self, d, each);
    }
}

impl<A: SquaredExponential, B: SquaredExponential> SquaredExponential for Product<A, B>
where
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    fn amplitude(&self, d: usize) -> A::Scalar {
        self.left().amplitude(d) * self.right().amplitude(d)
    }

    fn rate(&self, i: usize, d: usize) -> A::Scalar {
        self.left().rate(i, d) + self.right().rate(i, d)
    }
}
