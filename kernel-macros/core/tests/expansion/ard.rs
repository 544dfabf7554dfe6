pub fn ard(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    #[allow(unused_imports, reason = "f64 has most of these methods itself")]
    use ::kernel_runtime::Real as _;
    let s = x
        .iter()
        .zip(y)
        .zip(lengthscale)
        .map(|((a, b), l)| ((a - b) / l).powi(2))
        .sum::<f64>();
    variance * (-0.5 * s).exp()
}
/**Derivatives of [`ard`](fn@ard) at one pair of points; for batches see [`Ard`].

```text
variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²))
```*/
#[allow(
    non_camel_case_types,
    dead_code,
    reason = "it is named like the function whose derivatives it holds"
)]
pub enum ard {}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all its derivatives"
)]
impl ard {
    /**∂k/∂x_i

```text
(-variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·((x_i - y_i)/lengthscale_i²)
```

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 3 additions, 3 multiplications, 2 divisions per coordinate.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: d.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn grad(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::grad x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [d],
        );
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let term = -variance * ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        for (((out_i, &x_i), &y_i), &lengthscale_i) in out
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            *out_i = term * ((x_i - y_i) / (lengthscale_i * lengthscale_i));
        }
    }
    /**∂k/∂y_i

```text
(variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·((x_i - y_i)/lengthscale_i²)
```

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 3 additions, 3 multiplications, 2 divisions per coordinate.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: d.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn grad_y(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::grad_y x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [d],
        );
        Self::grad(y, x, variance, lengthscale, out);
    }
    /**∂²k/∂x_i∂x_j

```text
(variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·((x_i - y_i)/lengthscale_i²)·((x_j - y_j)/lengthscale_j²) + δᵢⱼ·(-variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·1/lengthscale_i²
```

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 4 additions, 4 multiplications, 3 divisions per coordinate; 1 addition, 2 multiplications, 1 division per entry.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_xx(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::hess_xx x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [d * d],
        );
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let term = variance * ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        let term_1 = -term;
        for (i, (((row, &x_i), &y_i), &lengthscale_i)) in out
            .chunks_exact_mut(::core::cmp::Ord::max(x.len(), 1))
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
            .enumerate()
        {
            let term_2 = lengthscale_i * lengthscale_i;
            let weight = term * ((x_i - y_i) / term_2);
            for (((out_ij, &x_j), &y_j), &lengthscale_j) in row
                .iter_mut()
                .zip(x.iter())
                .zip(y.iter())
                .zip(lengthscale.iter())
            {
                *out_ij = weight * ((x_j - y_j) / (lengthscale_j * lengthscale_j));
            }
            row[i] += term_1 * (1f64 / term_2);
        }
    }
    /**∂²k/∂x_i∂y_j

```text
(-variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·((x_i - y_i)/lengthscale_i²)·((x_j - y_j)/lengthscale_j²) + δᵢⱼ·(variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·1/lengthscale_i²
```

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 4 additions, 4 multiplications, 3 divisions per coordinate; 1 addition, 2 multiplications, 1 division per entry.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_xy(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::hess_xy x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [d * d],
        );
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let term = variance * ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        let term_1 = -term;
        for (i, (((row, &x_i), &y_i), &lengthscale_i)) in out
            .chunks_exact_mut(::core::cmp::Ord::max(x.len(), 1))
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
            .enumerate()
        {
            let term_2 = lengthscale_i * lengthscale_i;
            let weight = term_1 * ((x_i - y_i) / term_2);
            for (((out_ij, &x_j), &y_j), &lengthscale_j) in row
                .iter_mut()
                .zip(x.iter())
                .zip(y.iter())
                .zip(lengthscale.iter())
            {
                *out_ij = weight * ((x_j - y_j) / (lengthscale_j * lengthscale_j));
            }
            row[i] += term * (1f64 / term_2);
        }
    }
    /**∂²k/∂y_i∂y_j

```text
(variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·((x_i - y_i)/lengthscale_i²)·((x_j - y_j)/lengthscale_j²) + δᵢⱼ·(-variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)))·1/lengthscale_i²
```

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 4 additions, 4 multiplications, 3 divisions per coordinate; 1 addition, 2 multiplications, 1 division per entry.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_yy(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::hess_yy x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [d * d],
        );
        Self::hess_xx(y, x, variance, lengthscale, out);
    }
    /**k and ∂k/∂x, what they share computed once

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 3 additions, 3 multiplications, 2 divisions per coordinate.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `grad`: d.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn value_grad(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        grad: &mut [::core::primitive::f64],
    ) -> ::core::primitive::f64 {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::value_grad x y lengthscale grad",
            d,
            [y.len(), lengthscale.len()],
            [grad.len()],
            [d],
        );
        let value;
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let term = variance * ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        let term_1 = -term;
        for (((out_i, &x_i), &y_i), &lengthscale_i) in grad
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            *out_i = term_1 * ((x_i - y_i) / (lengthscale_i * lengthscale_i));
        }
        value = term;
        value
    }
    /**k, ∂k/∂x and ∂²k/∂x∂y, what they share computed once

Cost: 1 addition, 2 multiplications, 1 `exp` per pair of points; 5 additions, 6 multiplications, 4 divisions per coordinate; 1 addition, 2 multiplications, 1 division per entry.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `grad` and `hess`: d, and d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn value_grad_hess(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        grad: &mut [::core::primitive::f64],
        hess: &mut [::core::primitive::f64],
    ) -> ::core::primitive::f64 {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::value_grad_hess x y lengthscale grad hess",
            d,
            [y.len(), lengthscale.len()],
            [grad.len(), hess.len()],
            [d, d * d],
        );
        let value;
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let term = variance * ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        let term_1 = -term;
        for (((out_i, &x_i), &y_i), &lengthscale_i) in grad
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            *out_i = term_1 * ((x_i - y_i) / (lengthscale_i * lengthscale_i));
        }
        for (i, (((row, &x_i), &y_i), &lengthscale_i)) in hess
            .chunks_exact_mut(::core::cmp::Ord::max(x.len(), 1))
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
            .enumerate()
        {
            let term_2 = lengthscale_i * lengthscale_i;
            let weight = term_1 * ((x_i - y_i) / term_2);
            for (((out_ij, &x_j), &y_j), &lengthscale_j) in row
                .iter_mut()
                .zip(x.iter())
                .zip(y.iter())
                .zip(lengthscale.iter())
            {
                *out_ij = weight * ((x_j - y_j) / (lengthscale_j * lengthscale_j));
            }
            row[i] += term * (1f64 / term_2);
        }
        value = term;
        value
    }
    /**∂k/∂θ for θ = variance, lengthscale

```text
∂k/∂variance = exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²))
∂k/∂lengthscale = variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²))·Σᵢ((x_i - y_i)²·δ_il/lengthscale_i³)
```

Cost: 1 multiplication, 1 `exp` per pair of points; 2 additions, 1 multiplication, 1 division per coordinate.

Cost for one entry of `lengthscale`, with what its entries share: 3 multiplications, 1 `exp` per pair of points; 3 additions, 5 multiplications, 2 divisions per coordinate.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: parameters in order, one entry each, d for one per coordinate.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn grad_params(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::grad_params x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [(1usize + 1usize * d)],
        );
        let size = 1;
        let rest = out;
        let (out_0, rest) = rest.split_at_mut(1 * size);
        let (out_1, rest) = rest.split_at_mut(d * size);
        let _ = rest;
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let exp = ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        out_0[0] = exp;
        {
            let mut sum = 0f64;
            for ((&x_i, &y_i), &lengthscale_i) in x
                .iter()
                .zip(y.iter())
                .zip(lengthscale.iter())
            {
                let ratio = (x_i - y_i) / lengthscale_i;
                sum += ratio * ratio;
            }
            let exp = ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
            for (entry, block) in out_1
                .chunks_exact_mut(::core::cmp::Ord::max(size, 1))
                .enumerate()
            {
                let entry_sum = {
                    let term = x[entry] - y[entry];
                    1f64 * (term * term)
                        / (lengthscale[entry] * lengthscale[entry] * lengthscale[entry])
                };
                let term_1 = variance * (entry_sum * exp);
                block[0] = term_1;
            }
        }
    }
    /**∂³k/∂x∂y∂θ for θ = variance, lengthscale

Cost: 1 addition, 1 multiplication, 1 `exp` per pair of points; 4 additions, 4 multiplications, 3 divisions per coordinate; 1 addition, 2 multiplications, 1 division per entry.

Cost for one entry of `lengthscale`, with what its entries share: 2 additions, 5 multiplications, 1 `exp` per pair of points; 7 additions, 13 multiplications, 6 divisions per coordinate; 2 additions, 5 multiplications, 2 divisions per entry.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


Written to `out`: parameters in order, a d × d block each, d blocks for one per coordinate.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_xy_params(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "ard::hess_xy_params x y lengthscale out",
            d,
            [y.len(), lengthscale.len()],
            [out.len()],
            [(1usize + 1usize * d) * d * d],
        );
        let size = d * d;
        let rest = out;
        let (out_0, rest) = rest.split_at_mut(1 * size);
        let (out_1, rest) = rest.split_at_mut(d * size);
        let _ = rest;
        let mut sum = 0f64;
        for ((&x_i, &y_i), &lengthscale_i) in x
            .iter()
            .zip(y.iter())
            .zip(lengthscale.iter())
        {
            let ratio = (x_i - y_i) / lengthscale_i;
            sum += ratio * ratio;
        }
        let exp = ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
        let term = -exp;
        for (i, (((row, &x_i), &y_i), &lengthscale_i)) in out_0
            .chunks_exact_mut(::core::cmp::Ord::max(x.len(), 1))
            .zip(x.iter())
            .zip(y.iter())
            .zip(lengthscale.iter())
            .enumerate()
        {
            let term_1 = lengthscale_i * lengthscale_i;
            let weight = term * ((x_i - y_i) / term_1);
            for (((out_ij, &x_j), &y_j), &lengthscale_j) in row
                .iter_mut()
                .zip(x.iter())
                .zip(y.iter())
                .zip(lengthscale.iter())
            {
                *out_ij = weight * ((x_j - y_j) / (lengthscale_j * lengthscale_j));
            }
            row[i] += exp * (1f64 / term_1);
        }
        {
            let mut sum = 0f64;
            for ((&x_i, &y_i), &lengthscale_i) in x
                .iter()
                .zip(y.iter())
                .zip(lengthscale.iter())
            {
                let ratio = (x_i - y_i) / lengthscale_i;
                sum += ratio * ratio;
            }
            let exp = ::kernel_runtime::__private::Lane::exp(-0.5f64 * sum);
            let term_1 = 2f64 * variance * exp;
            let term_2 = -term_1;
            for (entry, block) in out_1
                .chunks_exact_mut(::core::cmp::Ord::max(size, 1))
                .enumerate()
            {
                let entry_sum = {
                    let term = x[entry] - y[entry];
                    1f64 * (term * term)
                        / (lengthscale[entry] * lengthscale[entry] * lengthscale[entry])
                };
                let term_3 = variance * (entry_sum * exp);
                let term_4 = -term_3;
                for (i, (((row, &x_i), &y_i), &lengthscale_i)) in block
                    .chunks_exact_mut(::core::cmp::Ord::max(x.len(), 1))
                    .zip(x.iter())
                    .zip(y.iter())
                    .zip(lengthscale.iter())
                    .enumerate()
                {
                    let unit_entry_i = if i == entry { 1f64 } else { 0f64 };
                    let term_5 = x_i - y_i;
                    let term_6 = lengthscale_i * lengthscale_i;
                    let term_7 = term_6 * lengthscale_i;
                    let ratio_1 = term_5 / term_6;
                    let weight = term_4 * ratio_1
                        + term_1 * (unit_entry_i * term_5 / term_7);
                    let weight_1 = term_1 * ratio_1;
                    for (j, (((out_ij, &x_j), &y_j), &lengthscale_j)) in row
                        .iter_mut()
                        .zip(x.iter())
                        .zip(y.iter())
                        .zip(lengthscale.iter())
                        .enumerate()
                    {
                        let unit_entry_j = if j == entry { 1f64 } else { 0f64 };
                        let term_8 = x_j - y_j;
                        let term_9 = lengthscale_j * lengthscale_j;
                        *out_ij = weight * (term_8 / term_9)
                            + weight_1
                                * (unit_entry_j * term_8 / (term_9 * lengthscale_j));
                    }
                    row[i]
                        += term_3 * (1f64 / term_6) + term_2 * (unit_entry_i / term_7);
                }
            }
        }
    }
}
const _: () = {
    #[allow(dead_code, reason = "the function counts as used: its derivatives are")]
    fn source() {
        let _ = ard;
    }
};
/**

The kernel [`ard`](fn@ard) with its parameters.

```text
variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²))
```

Smooth where the points meet.

Not everywhere finite:

- infinite or NaN where lengthscale_i = 0; `assume(lengthscale > 0)` rules this out


# Positive definite

Every Gram matrix is positive semidefinite (a Cholesky factorisation still needs noise or jitter on the diagonal):

1. `(x_i - y_i)²` is conditionally negative definite: (f(x) - f(y))², a squared distance.
2. `(x_i - y_i)²/lengthscale_i²` is conditionally negative definite: a multiple of a conditionally definite kernel (from 1).
3. `Σᵢ((x_i - y_i)²/lengthscale_i²)` is conditionally negative definite: a sum of conditionally definite kernels, one for each coordinate (from 2).
4. `-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²)` is conditionally positive definite: a multiple of a conditionally definite kernel (from 3).
5. `exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²))` is positive definite: the exponential of a conditionally positive definite kernel (Schoenberg 1938) (from 4).
6. `variance·exp(-(1/2)·Σᵢ((x_i - y_i)²/lengthscale_i²))` is positive definite: a nonnegative multiple (from 5).*/
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "a kernel may be used through its functions alone")]
pub struct Ard<S = ::core::primitive::f64, L = ::kernel_runtime::__private::Vec<S>> {
    variance: S,
    lengthscale: L,
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<L> Ard<::core::primitive::f64, L>
where
    L: ::core::convert::AsRef<[::core::primitive::f64]> + ::core::marker::Sync,
{
    /**The kernel with these parameters.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    pub fn new(
        variance: ::core::primitive::f64,
        lengthscale: L,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        Self::with_scalar(variance, lengthscale)
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<S: ::kernel_runtime::Real, L> Ard<S, L>
where
    L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
{
    /**The kernel with these parameters. The type of the numbers is that of the parameters: `f64` or `f32`.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    pub fn with_scalar(
        variance: S,
        lengthscale: L,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        if !(variance > <S as ::kernel_runtime::__private::Lane>::of(0f64)) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("variance", "variance > 0", variance),
            );
        }
        ::core::result::Result::Ok(Self { variance, lengthscale })
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<S: ::kernel_runtime::Real, L> Ard<S, L>
where
    L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
{
    ///The parameter `variance`.
    #[must_use]
    pub fn variance(&self) -> S {
        self.variance
    }
    ///The parameter `lengthscale`.
    #[must_use]
    pub fn lengthscale(&self) -> &[S] {
        self.lengthscale.as_ref()
    }
}
const _: () = {
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L, Right> ::core::ops::Add<Right> for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
        Right: ::kernel_runtime::Kernel<
            Scalar = S,
            Points = ::kernel_runtime::__private::VectorPoints,
        >,
    {
        type Output = ::kernel_runtime::Sum<Self, Right>;
        fn add(self, right: Right) -> Self::Output {
            ::kernel_runtime::Sum::new(self, right)
        }
    }
    #[automatically_derived]
    impl<
        S: ::kernel_runtime::Real,
        L,
        Right: ::kernel_runtime::__private::Multiplier<Self>,
    > ::core::ops::Mul<Right> for Ard<S, L> {
        type Output = Right::Output;
        fn mul(self, right: Right) -> Self::Output {
            right.multiply(self)
        }
    }
    #[automatically_derived]
    impl<L> ::core::ops::Mul<Ard<::core::primitive::f64, L>> for ::core::primitive::f64
    where
        L: ::core::convert::AsRef<[::core::primitive::f64]> + ::core::marker::Sync,
    {
        type Output = ::kernel_runtime::Scaled<Ard<::core::primitive::f64, L>>;
        fn mul(self, kernel: Ard<::core::primitive::f64, L>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl<L> ::core::ops::Mul<Ard<::core::primitive::f32, L>> for ::core::primitive::f32
    where
        L: ::core::convert::AsRef<[::core::primitive::f32]> + ::core::marker::Sync,
    {
        type Output = ::kernel_runtime::Scaled<Ard<::core::primitive::f32, L>>;
        fn mul(self, kernel: Ard<::core::primitive::f32, L>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Symmetric for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::PositiveDefinite for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Differentiable for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::TwiceDifferentiable
    for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Tower2 for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Tower3 for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Tower4 for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Stationary for Ard<S, L>
    where
        L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
    {}
};
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Kernel for Ard<S, L>
where
    L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
{
    type Scalar = S;
    type Points = ::kernel_runtime::__private::VectorPoints;
    const SHAPE: ::kernel_runtime::__private::Shape = ::kernel_runtime::__private::Shape {
        sums: [1usize, 1usize, 1usize, 1usize, 1usize],
        frame: 0usize,
        x: 1usize,
        y: 1usize,
        diagonal: 1usize,
        dense: 0usize,
        coordinates: 0usize,
        passes: 1usize,
        symmetric: true,
        off_diagonal: false,
        custom_sums: false,
        custom_factors: false,
        parameters: [1usize, 1usize],
        custom_params: false,
        custom_contract: false,
    };
    fn dimension(&self) -> ::core::option::Option<usize> {
        ::core::option::Option::Some(self.lengthscale.as_ref().len())
    }
    fn sum(
        &self,
        stage: ::kernel_runtime::__private::Stage,
        slot: usize,
    ) -> ::kernel_runtime::__private::Term {
        ::kernel_runtime::__private::Term::Weighted(
            ::kernel_runtime::__private::Base::SquareDifference,
        )
    }
    fn sum_weight(
        &self,
        stage: ::kernel_runtime::__private::Stage,
        slot: usize,
        i: usize,
        d: usize,
    ) -> S {
        S::of(1f64) / (self.lengthscale.as_ref()[i] * self.lengthscale.as_ref()[i])
    }
    fn factor(
        &self,
        side: ::kernel_runtime::__private::Side,
        number: usize,
    ) -> ::kernel_runtime::__private::Term {
        match (side, number) {
            (::kernel_runtime::__private::Side::X, 0usize) => {
                ::kernel_runtime::__private::Term::Weighted(
                    ::kernel_runtime::__private::Base::Difference,
                )
            }
            (::kernel_runtime::__private::Side::Y, 0usize) => {
                ::kernel_runtime::__private::Term::Weighted(
                    ::kernel_runtime::__private::Base::Difference,
                )
            }
            (::kernel_runtime::__private::Side::Diagonal, 0usize) => {
                ::kernel_runtime::__private::Term::Weighted(
                    ::kernel_runtime::__private::Base::One,
                )
            }
            _ => ::kernel_runtime::__private::Term::Custom,
        }
    }
    fn factor_weight(
        &self,
        side: ::kernel_runtime::__private::Side,
        number: usize,
        i: usize,
        d: usize,
    ) -> S {
        S::of(1f64) / (self.lengthscale.as_ref()[i] * self.lengthscale.as_ref()[i])
    }
    #[inline(always)]
    fn reduce<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(
        &self,
        stage: ::kernel_runtime::__private::Stage,
        pass: usize,
        place: &P,
        sums: &mut [V],
    ) {
        let x = place.x();
        let y = place.y();
        let ratio = (x - y) / place.entry(self.lengthscale.as_ref());
        sums[0usize] = sums[0usize] + (ratio * ratio);
    }
    #[inline(always)]
    fn value<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
    ) -> V {
        V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(V::of(-0.5f64) * sums[0usize])
    }
    #[inline(always)]
    fn first<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::First<'_, V>,
    ) -> V {
        let term = V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(V::of(-0.5f64) * sums[0usize]);
        out.grad_x[0usize] = -term;
        out.grad_y[0usize] = term;
        term
    }
    #[inline(always)]
    fn second<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::Second<'_, V>,
    ) -> V {
        let term = V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(V::of(-0.5f64) * sums[0usize]);
        let term_1 = -term;
        out.grad_x[0usize] = term_1;
        out.grad_y[0usize] = term;
        out.rank[0usize * out.stride + 0usize] = term_1;
        out.diagonal[0usize] = term;
        term
    }
    #[inline(always)]
    fn factors_x<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        let x = place.x();
        let y = place.y();
        out[0usize] = (x - y)
            / (place.entry(self.lengthscale.as_ref())
                * place.entry(self.lengthscale.as_ref()));
    }
    #[inline(always)]
    fn factors_y<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        let x = place.x();
        let y = place.y();
        out[0usize] = (x - y)
            / (place.entry(self.lengthscale.as_ref())
                * place.entry(self.lengthscale.as_ref()));
    }
    #[inline(always)]
    fn diagonals<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        out[0usize] = V::of(1f64)
            / (place.entry(self.lengthscale.as_ref())
                * place.entry(self.lengthscale.as_ref()));
    }
    #[inline(always)]
    fn params<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, sums: &[V], out: &mut [V]) -> V {
        let d = place.dimension();
        let exp = ::kernel_runtime::__private::Lane::exp(V::of(-0.5f64) * sums[0usize]);
        let term = V::splat(self.variance) * exp;
        out[0usize] = exp;
        for l in 0..d {
            let place = place.at(l);
            let x = place.x();
            let y = place.y();
            let term_1 = x - y;
            let entry_sum_1 = term_1 * term_1 * V::of(1.0)
                / (place.entry(self.lengthscale.as_ref())
                    * place.entry(self.lengthscale.as_ref())
                    * place.entry(self.lengthscale.as_ref()));
            out[1usize + l] = term * entry_sum_1;
        }
        term
    }
    #[inline(always)]
    fn contract<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Directed<V>,
    >(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4] {
        let d = place.dimension();
        let mut along_2 = V::of(0.0);
        let mut along_3 = V::of(0.0);
        let mut along_4 = V::of(0.0);
        for i in 0..d {
            let place = place.at(i);
            let x = place.x();
            let y = place.y();
            let u = place.along_x();
            let v = place.along_y();
            let term = x - y;
            let term_1 = place.entry(self.lengthscale.as_ref())
                * place.entry(self.lengthscale.as_ref());
            along_2 = along_2 + (term * u / term_1);
            along_3 = along_3 + (term * v / term_1);
            along_4 = along_4 + (u * v / term_1);
        }
        let exp = ::kernel_runtime::__private::Lane::exp(V::of(-0.5f64) * sums[0usize]);
        let term_2 = V::splat(self.variance) * exp;
        let term_3 = -term_2;
        let term_4 = -exp;
        let term_5 = V::of(-2f64) * term_3;
        let term_6 = -term_5;
        out[0usize] = [
            exp,
            term_4 * along_2,
            exp * along_3,
            term_4 * along_2 * along_3 + exp * along_4,
        ];
        for l in 0..d {
            let place = place.at(l);
            let x = place.x();
            let y = place.y();
            let u = place.along_x();
            let v = place.along_y();
            let term_7 = x - y;
            let term_8 = place.entry(self.lengthscale.as_ref())
                * place.entry(self.lengthscale.as_ref())
                * place.entry(self.lengthscale.as_ref());
            let term_9 = term_7 * V::of(1.0);
            let entry_sum_1 = term_7 * term_7 * V::of(1.0) / term_8;
            let entry_sum_5 = term_9 * u / term_8;
            let entry_sum_6 = term_9 * v / term_8;
            let entry_sum_7 = V::of(1.0) * u * v / term_8;
            let term_10 = term_2 * entry_sum_1;
            let term_11 = -term_10;
            out[1usize + l] = [
                term_10,
                term_11 * along_2 + term_5 * entry_sum_5,
                term_10 * along_3 + term_6 * entry_sum_6,
                term_11 * along_2 * along_3 + term_5 * along_2 * entry_sum_6
                    + term_5 * entry_sum_5 * along_3 + term_10 * along_4
                    + term_6 * entry_sum_7,
            ];
        }
        [
            term_2,
            term_3 * along_2,
            term_2 * along_3,
            term_3 * along_2 * along_3 + term_2 * along_4,
        ]
    }
}
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Tower for Ard<S, L>
where
    L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
{
    const TOWER: ::kernel_runtime::__private::TowerShape = ::kernel_runtime::__private::TowerShape {
        frame: 0usize,
        factors: 3usize,
        coefficients: [
            1usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0usize,
        ],
        custom: false,
    };
    fn tower_terms(
        limits: [usize; 2],
        each: &mut dyn ::core::ops::FnMut(::kernel_runtime::__private::TowerTerm),
    ) {
        ::kernel_runtime::__private::TowerTerm::read(
            "0.0,1 0.0,1,0.1.0 0.0,-1,1.0.0 0.0,1,0.1.0,0.1.0 0.0,-1,0.2.1 0.0,-1,0.1.0,1.0.0 0.0,1,1.1.1 0.0,1,1.0.0,1.0.0 0.0,-1,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0 0.0,-1,0.1.0,0.2.1 0.0,-1,0.1.0,0.1.0,1.0.0 0.0,1,0.2.1,1.0.0 0.0,1,0.1.0,1.1.1 0.0,1,0.1.0,1.0.0,1.0.0 0.0,-1,1.0.0,1.1.1 0.0,-1,0.1.0,2.0.1 0.0,-1,1.0.0,1.0.0,1.0.0 0.0,1,1.0.0,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,0.1.0 0.0,-1,0.1.0,0.1.0,0.2.1 0.0,1,0.2.1,0.2.1 0.0,-1,0.1.0,0.1.0,0.1.0,1.0.0 0.0,1,0.1.0,0.2.1,1.0.0 0.0,1,0.1.0,0.1.0,1.1.1 0.0,-1,0.2.1,1.1.1 0.0,1,0.1.0,0.1.0,1.0.0,1.0.0 0.0,-1,0.2.1,1.0.0,1.0.0 0.0,-1,0.1.0,1.0.0,1.1.1 0.0,1,1.1.1,1.1.1 0.0,-1,0.1.0,0.1.0,2.0.1 0.0,1,0.2.1,2.0.1 0.0,-1,0.1.0,1.0.0,1.0.0,1.0.0 0.0,1,1.0.0,1.0.0,1.1.1 0.0,1,0.1.0,1.0.0,2.0.1 0.0,-1,1.1.1,2.0.1 0.0,1,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,1.0.0,1.0.0,2.0.1 0.0,1,2.0.1,2.0.1 0.0,-1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0 0.0,1,0.1.0,0.1.0,0.2.1,1.0.0 0.0,1,0.1.0,0.1.0,0.1.0,1.1.1 0.0,-1,0.2.1,0.2.1,1.0.0 0.0,-1,0.1.0,0.2.1,1.1.1 0.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.2.1,1.0.0,1.0.0 0.0,-1,0.1.0,0.1.0,1.0.0,1.1.1 0.0,1,0.2.1,1.0.0,1.1.1 0.0,1,0.1.0,1.1.1,1.1.1 0.0,-1,0.1.0,0.1.0,0.1.0,2.0.1 0.0,1,0.1.0,0.2.1,2.0.1 0.0,-1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 0.0,1,0.2.1,1.0.0,1.0.0,1.0.0 0.0,1,0.1.0,1.0.0,1.0.0,1.1.1 0.0,-1,1.0.0,1.1.1,1.1.1 0.0,1,0.1.0,0.1.0,1.0.0,2.0.1 0.0,-1,0.2.1,1.0.0,2.0.1 0.0,-1,0.1.0,1.1.1,2.0.1 0.0,1,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,1.0.0,1.0.0,1.0.0,1.1.1 0.0,-1,0.1.0,1.0.0,1.0.0,2.0.1 0.0,1,1.0.0,1.1.1,2.0.1 0.0,1,0.1.0,2.0.1,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0 0.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.1.1 0.0,1,0.2.1,0.2.1,1.0.0,1.0.0 0.0,1,0.1.0,0.2.1,1.0.0,1.1.1 0.0,1,0.1.0,0.1.0,1.1.1,1.1.1 0.0,-1,0.2.1,1.1.1,1.1.1 0.0,-1,0.1.0,0.1.0,0.1.0,0.1.0,2.0.1 0.0,1,0.1.0,0.1.0,0.2.1,2.0.1 0.0,-1,0.2.1,0.2.1,2.0.1 0.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 0.0,1,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0 0.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.1.1 0.0,-1,0.2.1,1.0.0,1.0.0,1.1.1 0.0,-1,0.1.0,1.0.0,1.1.1,1.1.1 0.0,1,1.1.1,1.1.1,1.1.1 0.0,1,0.1.0,0.1.0,0.1.0,1.0.0,2.0.1 0.0,-1,0.1.0,0.2.1,1.0.0,2.0.1 0.0,-1,0.1.0,0.1.0,1.1.1,2.0.1 0.0,1,0.2.1,1.1.1,2.0.1 0.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,0.1.0,1.0.0,1.0.0,1.0.0,1.1.1 0.0,1,1.0.0,1.0.0,1.1.1,1.1.1 0.0,-1,0.1.0,0.1.0,1.0.0,1.0.0,2.0.1 0.0,1,0.2.1,1.0.0,1.0.0,2.0.1 0.0,1,0.1.0,1.0.0,1.1.1,2.0.1 0.0,-1,1.1.1,1.1.1,2.0.1 0.0,1,0.1.0,0.1.0,2.0.1,2.0.1 0.0,-1,0.2.1,2.0.1,2.0.1 0.0,-1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 0.0,1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0 0.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.1.1 0.0,-1,0.2.1,0.2.1,1.0.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.2.1,1.0.0,1.0.0,1.1.1 0.0,-1,0.1.0,0.1.0,1.0.0,1.1.1,1.1.1 0.0,1,0.2.1,1.0.0,1.1.1,1.1.1 0.0,1,0.1.0,1.1.1,1.1.1,1.1.1 0.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,2.0.1 0.0,-1,0.1.0,0.1.0,0.2.1,1.0.0,2.0.1 0.0,-1,0.1.0,0.1.0,0.1.0,1.1.1,2.0.1 0.0,1,0.2.1,0.2.1,1.0.0,2.0.1 0.0,1,0.1.0,0.2.1,1.1.1,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.1.1 0.0,1,0.2.1,1.0.0,1.0.0,1.0.0,1.1.1 0.0,1,0.1.0,1.0.0,1.0.0,1.1.1,1.1.1 0.0,-1,1.0.0,1.1.1,1.1.1,1.1.1 0.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,2.0.1 0.0,1,0.1.0,0.2.1,1.0.0,1.0.0,2.0.1 0.0,1,0.1.0,0.1.0,1.0.0,1.1.1,2.0.1 0.0,-1,0.2.1,1.0.0,1.1.1,2.0.1 0.0,-1,0.1.0,1.1.1,1.1.1,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,2.0.1,2.0.1 0.0,-1,0.1.0,0.2.1,2.0.1,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 0.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.1.1 0.0,1,0.2.1,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 0.0,1,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0,1.1.1 0.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.1.1,1.1.1 0.0,-1,0.2.1,1.0.0,1.0.0,1.1.1,1.1.1 0.0,-1,0.1.0,1.0.0,1.1.1,1.1.1,1.1.1 0.0,1,1.1.1,1.1.1,1.1.1,1.1.1 0.0,-1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,2.0.1 0.0,1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.1.1,2.0.1 0.0,-1,0.2.1,0.2.1,1.0.0,1.0.0,2.0.1 0.0,-1,0.1.0,0.2.1,1.0.0,1.1.1,2.0.1 0.0,-1,0.1.0,0.1.0,1.1.1,1.1.1,2.0.1 0.0,1,0.2.1,1.1.1,1.1.1,2.0.1 0.0,1,0.1.0,0.1.0,0.1.0,0.1.0,2.0.1,2.0.1 0.0,-1,0.1.0,0.1.0,0.2.1,2.0.1,2.0.1 0.0,1,0.2.1,0.2.1,2.0.1,2.0.1",
            limits,
            each,
        )
    }
    fn tower_factor(&self, number: usize) -> ::kernel_runtime::__private::Term {
        match number {
            0usize => {
                ::kernel_runtime::__private::Term::Weighted(
                    ::kernel_runtime::__private::Base::Difference,
                )
            }
            1usize => {
                ::kernel_runtime::__private::Term::Weighted(
                    ::kernel_runtime::__private::Base::One,
                )
            }
            2usize => {
                ::kernel_runtime::__private::Term::Plain(
                    ::kernel_runtime::__private::Base::One,
                )
            }
            _ => ::kernel_runtime::__private::Term::Custom,
        }
    }
    fn tower_weight(&self, number: usize, i: usize, d: usize) -> S {
        S::of(1f64) / (self.lengthscale.as_ref()[i] * self.lengthscale.as_ref()[i])
    }
    #[inline(always)]
    fn tower<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::TowerOut<'_, V>,
    ) {
        out.coefficients[0usize][0usize] = V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(V::of(-0.5f64) * sums[0usize]);
    }
    #[inline(always)]
    fn tower_beyond<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::TowerOut<'_, V>,
    ) {}
}
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::Integrable for Ard<S, L>
where
    L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
{
    fn closed_forms(
        &self,
        d: usize,
        each: &mut dyn ::core::ops::FnMut(::kernel_runtime::__private::ClosedForm<S>),
    ) {
        ::kernel_runtime::__private::squared_exponential(self, d, each)
    }
}
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<S: ::kernel_runtime::Real, L> ::kernel_runtime::SquaredExponential for Ard<S, L>
where
    L: ::core::convert::AsRef<[S]> + ::core::marker::Sync,
{
    fn amplitude(&self, d: usize) -> S {
        self.variance
    }
    fn rate(&self, i: usize, d: usize) -> S {
        S::of(0.5f64) / (self.lengthscale.as_ref()[i] * self.lengthscale.as_ref()[i])
    }
}
