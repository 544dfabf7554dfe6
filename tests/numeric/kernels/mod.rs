//! The kernels of `data/visible.json`, each once in every form of points that it has.
//!
//! The forms also differ in how a user may write the same thing: the slices speak the vocabulary (`dist`, `dot`), the
//! arrays spell the sums out, the scalars do plain arithmetic.

pub(crate) mod array;
pub(crate) mod picked;
pub(crate) mod scalar;
pub(crate) mod slice;
