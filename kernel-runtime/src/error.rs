//! What can be wrong with a call, said so that the reader knows what to write instead.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Display, Formatter};

/// A parameter outside the range its kernel was written for.
///
/// The constructors that `#[kernel]` makes check each `assume(…)`:
///
/// ```
/// use kernel_runtime::{kernel, sq_dist};
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let error = Rbf::new(-1.0).unwrap_err();
/// assert_eq!(error.parameter(), "gamma");
/// assert_eq!(error.to_string(), "`gamma` is -1, but must satisfy gamma > 0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamError {
    parameter: &'static str,
    requirement: Cow<'static, str>,
    value: String,
}

impl ParamError {
    /// `requirement` completes "must satisfy", `value` completes "is".
    ///
    /// ```
    /// use kernel_runtime::ParamError;
    ///
    /// let error = ParamError::new("weights", "weights >= 0", format_args!("{} at entry {}", -2.0, 3));
    /// assert_eq!(error.to_string(), "`weights` is -2 at entry 3, but must satisfy weights >= 0");
    /// ```
    // Inlined it would be a third of a constructor, and be compiled for every kernel.
    #[cold]
    #[inline(never)]
    pub fn new(parameter: &'static str, requirement: impl Into<Cow<'static, str>>, value: impl Display) -> Self {
        Self { parameter, requirement: requirement.into(), value: value.to_string() }
    }

    /// The parameter's name in the kernel's signature.
    #[must_use]
    pub fn parameter(&self) -> &str {
        self.parameter
    }

    /// What it must satisfy.
    #[must_use]
    pub fn requirement(&self) -> &str {
        &self.requirement
    }

    /// What it was.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl Display for ParamError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is {}, but must satisfy {}", self.parameter, self.value, self.requirement)
    }
}

impl Error for ParamError {}

/// A call whose arguments do not fit together. The output is untouched when a call fails.
///
/// ```
/// use kernel_runtime::{KernelError, gram, kernel, sq_dist};
/// use ndarray::Array2;
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let (x, y) = (Array2::zeros((5, 3)), Array2::zeros((4, 2)));
/// let error = gram::k_ff(&Rbf::new()?, &x, &y).unwrap_err();
/// assert_eq!(error, KernelError::UnequalDimensions { x: 3, y: 2 });
/// # Ok::<(), kernel_runtime::ParamError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KernelError {
    /// The points of `argument` do not have the number of coordinates that the kernel takes.
    Dimension {
        /// `"x"` or `"y"`.
        argument: &'static str,
        /// Coordinates the kernel takes.
        expected: usize,
        /// Coordinates (columns) of the argument.
        got: usize,
    },
    /// The points of `argument` lack a coordinate that the kernel takes by its number.
    TooFewCoordinates {
        /// `"x"` or `"y"`.
        argument: &'static str,
        /// Coordinates the kernel takes at least.
        expected: usize,
        /// Coordinates (columns) of the argument.
        got: usize,
    },
    /// `x` and `y` hold points of different dimension.
    UnequalDimensions {
        /// Coordinates (columns) of `x`.
        x: usize,
        /// Coordinates (columns) of `y`.
        y: usize,
    },
    /// The points of `argument` have no coordinates: its shape is `(points, 0)`.
    NoCoordinates {
        /// `"x"` or `"y"`.
        argument: &'static str,
        /// How many points there are.
        points: usize,
    },
    /// The array to write into has the wrong shape.
    OutputShape {
        /// Shape of the result.
        expected: Vec<usize>,
        /// Shape of the array that was passed.
        got: Vec<usize>,
    },
    /// A vector that a matrix is to be multiplied with has the wrong length.
    Operand {
        /// Columns of the matrix.
        expected: usize,
        /// Rows of the vector, or of the matrix of vectors.
        got: usize,
    },
    /// An operator takes the derivative by a coordinate that the points do not have.
    Coordinate {
        /// `"x"` or `"y"`: whose operator it is.
        argument: &'static str,
        /// The coordinate that it names.
        coordinate: usize,
        /// Coordinates (columns) of the argument.
        dimension: usize,
    },
    /// The direction of a derivative has not one entry for each coordinate.
    Direction {
        /// `"x"` or `"y"`: on whose side it stands.
        argument: &'static str,
        /// Coordinates (columns) of the argument.
        expected: usize,
        /// Entries of the direction.
        got: usize,
    },
    /// There is no curl in so many dimensions.
    Curl {
        /// `"x"` or `"y"`: on whose side it stands.
        argument: &'static str,
        /// Coordinates (columns) of the argument.
        got: usize,
    },
    /// What is to be the next entry of `Observations` does not fit the kernel; its points are `x`.
    Entry {
        /// Its number in the list.
        entry: usize,
        /// What is wrong with it.
        error: Box<KernelError>,
    },
    /// The points of an entry of `Observations` have another dimension than those before.
    EntryDimension {
        /// Its number in the list.
        entry: usize,
        /// Coordinates (columns) of the points before.
        expected: usize,
        /// Coordinates (columns) of its points.
        got: usize,
    },
    /// A matrix has no row, or column, of that number.
    NoRow {
        /// The number.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A matrix that has no diagonal: it is not square.
    NotSquare {
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// A vector that is to stand on the left of a matrix has the wrong length.
    LeftOperand {
        /// Rows of the matrix.
        expected: usize,
        /// Rows of the vector, or of the matrix of vectors.
        got: usize,
    },
    /// The vectors on the left and on the right of a matrix, which go together one by one, are not as many.
    UnequalColumns {
        /// Columns of `u`, on the left.
        u: usize,
        /// Columns of `v`, on the right.
        v: usize,
    },
    /// The matrix whose entries weigh those of another has the wrong shape.
    Weights {
        /// Rows and columns of the other.
        expected: (usize, usize),
        /// Its own.
        got: (usize, usize),
    },
    /// The result has more entries than memory can hold.
    TooLarge {
        /// Shape of the result; an extent that overflows stands as `usize::MAX`.
        shape: Vec<usize>,
    },
    /// Two parts of a sum or product take points of different dimension.
    Incompatible {
        /// Coordinates that the left part takes.
        left: usize,
        /// Coordinates that the right part takes.
        right: usize,
    },
    /// A map gives points of another dimension than the kernel behind it takes.
    Mapped {
        /// Coordinates of the points before the map.
        from: usize,
        /// Coordinates that the kernel takes, or takes at least.
        expected: usize,
        /// Coordinates of the points that the map gives.
        got: usize,
    },
    /// A map, or its derivative, is not finite at a point that is.
    NotMapped {
        /// `"x"` or `"y"`.
        argument: &'static str,
        /// The number of the point.
        point: usize,
        /// Whether it is the derivative.
        derivative: bool,
    },
    /// Bounds, variances or a covariance of an integral are none, or its covariances have no closed form, or no end.
    Measure {
        /// `"x"` or `"y"`: at whose points it stands.
        argument: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// A parameter outside its range, found at the call.
    Parameter(ParamError),
}

impl Display for KernelError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimension { argument, expected, got } => write!(
                f,
                "`{argument}` has points with {got} {}, but this kernel takes {expected}: \
                 pass an array of shape (points, {expected})",
                coordinates(*got)
            ),
            Self::TooFewCoordinates { argument, expected, got } => write!(
                f,
                "`{argument}` has points with {got} {}, but this kernel takes coordinate number {}: \
                 points need {expected} or more",
                coordinates(*got),
                expected - 1
            ),
            Self::UnequalDimensions { x, y } => write!(
                f,
                "`x` has points with {x} {} and `y` with {y}: \
                 both arrays must have the same number of columns",
                coordinates(*x)
            ),
            Self::NoCoordinates { argument, points } => write!(
                f,
                "`{argument}` has shape ({points}, 0): points need at least one coordinate, \
                 pass an array of shape (points, coordinates)"
            ),
            Self::OutputShape { expected, got } => write!(
                f,
                "`out` has shape {}, but the result has shape {}: allocate it with that shape, \
                 or call the function without `_into`",
                Extents(got),
                Extents(expected)
            ),
            Self::Operand { expected, got } => write!(
                f,
                "`v` has {got} rows, but the matrix has {expected} columns: pass a vector of length {expected}, or a matrix of so many rows"
            ),
            Self::Coordinate { argument, coordinate, dimension } => write!(
                f,
                "the operator at `{argument}` takes the derivative by coordinate {coordinate}, but its points have {dimension} {}: \
                 coordinates count from 0 to {}",
                coordinates(*dimension),
                dimension - 1
            ),
            Self::Direction { argument, expected, got } => write!(
                f,
                "the direction at `{argument}` has {got} entries, but its points have {expected} {}: pass one entry for each",
                coordinates(*expected)
            ),
            Self::Curl { argument, got } => {
                write!(f, "the curl at `{argument}` is of functions of 2 or 3 coordinates, but its points have {got}")
            }
            Self::Entry { entry, error } => write!(f, "entry {entry} of the observations: {error}"),
            Self::EntryDimension { entry, expected, got } => write!(
                f,
                "entry {entry} of the observations has points with {got} {}, but those before it have {expected}: \
                 points of all entries must have the same number",
                coordinates(*got)
            ),
            Self::NoRow { row, rows } => write!(f, "there is no row {row}: the matrix has {rows}, counted from 0"),
            Self::NotSquare { rows, columns } => write!(
                f,
                "a matrix with {rows} rows and {columns} columns has no diagonal: pass the same points as `x` and `y`"
            ),
            Self::LeftOperand { expected, got } => write!(
                f,
                "`u` has {got} rows, but the matrix has {expected}: pass a vector of length {expected}, or a matrix of so many rows"
            ),
            Self::UnequalColumns { u, v } => write!(
                f,
                "`u` has {u} columns and `v` has {v}: column by column they stand on either side of the matrix, so pass as many"
            ),
            Self::Weights { expected, got } => write!(
                f,
                "`w` has shape {got:?}, but the matrix has shape {expected:?}: pass one number for each of its entries"
            ),
            Self::TooLarge { shape } => write!(
                f,
                "a result of shape {} does not fit into memory: \
                 evaluate it for a part of `x` at a time",
                Extents(shape)
            ),
            Self::Incompatible { left, right } => write!(
                f,
                "the parts of this sum or product take points with {left} and {right} coordinates: \
                 no point fits both"
            ),
            Self::Mapped { from, expected, got } => write!(
                f,
                "the map makes points with {got} {} of points with {from}, but the kernel behind it takes {expected} of them: \
                 let the map's `jacobian_shape` and the kernel agree",
                coordinates(*got)
            ),
            Self::NotMapped { argument, point, derivative } => write!(
                f,
                "{} is not finite at point {point} of `{argument}`, whose coordinates are: pass points where the map is defined",
                if *derivative { "the derivative of the map" } else { "the map" }
            ),
            Self::Measure { argument, problem } => write!(f, "the integral at `{argument}`: {problem}"),
            Self::Parameter(error) => error.fmt(f),
        }
    }
}

impl Error for KernelError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Parameter(error) => Some(error),
            Self::Entry { error, .. } => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl From<ParamError> for KernelError {
    fn from(error: ParamError) -> Self {
        Self::Parameter(error)
    }
}

fn coordinates(count: usize) -> &'static str {
    if count == 1 { "coordinate" } else { "coordinates" }
}

/// A shape as ndarray users write it: `(3,)`, `(3, 4)`.
struct Extents<'a>(&'a [usize]);

impl Display for Extents<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let extents: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        let comma = if extents.len() == 1 { "," } else { "" };
        write!(f, "({}{comma})", extents.join(", "))
    }
}
