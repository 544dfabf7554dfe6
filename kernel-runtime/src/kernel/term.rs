//! Sums and factors of the usual forms, told instead of computed.

/// A summand or factor at coordinate i.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// base(x_i, y_i)
    Plain(Base),
    /// w(i) base(x_i, y_i). The weight of a small lengthscale may overflow where the code's quotient does not.
    Weighted(Base),
    /// base(x_k, y_k) of coordinate k alone, which is not summed over.
    Pick(Base, usize),
    /// Only the code knows.
    Custom,
}

/// What of the points is in a term.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// 1
    One,
    /// x
    X,
    /// y
    Y,
    /// x - y
    Difference,
    /// |x - y|
    Distance,
    /// x y
    Product,
    /// x²
    SquareX,
    /// y²
    SquareY,
    /// (x - y)²
    SquareDifference,
}

/// Which factors.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// f_p
    X,
    /// g_q
    Y,
    /// h_e
    Diagonal,
}
