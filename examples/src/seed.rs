//! The data of the notebook this project started from: its inputs, the right answers, and its mistakes in numbers.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use ndarray::{Array, Array2, Array3, Array4, Dimension, IntoDimension, ShapeError};
use serde::Deserialize;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/seed_notebook.json");

/// One data set of the notebook and the right answers for k(x, y) = exp(-γ‖x - y‖²) on all pairs, correctly rounded
/// from 50 digits.
#[derive(Clone, Debug)]
pub struct Set {
    /// As the notebook calls it.
    pub name: String,
    /// γ
    pub gamma: f64,
    /// The points; shape (n, d).
    pub points: Array2<f64>,
    /// k; shape (n, n).
    pub k: Array2<f64>,
    /// ∂k/∂x; shape (n, n, d).
    pub dk_dx: Array3<f64>,
    /// ∂k/∂y; shape (n, n, d).
    pub dk_dy: Array3<f64>,
    /// ∂²k/∂x∂xᵀ; shape (n, n, d, d).
    pub hess_xx: Array4<f64>,
    /// ∂²k/∂x∂yᵀ; shape (n, n, d, d).
    pub hess_xy: Array4<f64>,
    /// What the notebook got wrong on this set.
    pub mistakes: Mistakes,
}

/// Recorded numbers, each the largest absolute difference unless its name says otherwise.
#[derive(Clone, Debug, Deserialize)]
pub struct Mistakes {
    /// The closed form of the second derivative.
    #[serde(rename = "a_section3")]
    pub closed_form: ClosedForm,
    /// The block called `K_fg`, and `gram`.
    #[serde(rename = "b_label")]
    pub label: Label,
    /// `assert a.all() == b.all()`.
    #[serde(rename = "c_assert")]
    pub assertion: Assertion,
    /// The notebook in single precision against the right K.
    #[serde(rename = "float32_run_max_abs_diff_K")]
    pub single_precision: f64,
}

/// See [`Mistakes::closed_form`].
#[derive(Clone, Debug, Deserialize)]
pub struct ClosedForm {
    /// From ∂²k/∂x∂xᵀ.
    #[serde(rename = "max_abs_diff_notebook_formula_vs_hess_xx")]
    pub from_hess_xx: f64,
    /// From ∂²k/∂x∂yᵀ.
    #[serde(rename = "max_abs_diff_notebook_formula_vs_hess_xy")]
    pub from_hess_xy: f64,
    /// How many entries differ from ∂²k/∂x∂xᵀ at the fourth decimal.
    #[serde(rename = "entries_differing_at_decimal4")]
    pub entries_differing: usize,
}

/// See [`Mistakes::label`].
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    /// The notebook's `K_fg` from ∂k/∂y, which is what the name means.
    #[serde(rename = "max_abs_diff_notebook_K_fg_vs_dk_dxprime")]
    pub from_dk_dy: f64,
    /// The shape of `gram(f, x, y)` for 4 points x and 5 points y.
    #[serde(rename = "notebook_gram_shape_for_x4_y5")]
    pub gram_shape: [usize; 2],
}

/// See [`Mistakes::assertion`].
#[derive(Clone, Debug, Deserialize)]
pub struct Assertion {
    /// Whether it passes on the true values.
    pub passes_on_true_values: bool,
    /// Whether it passes on their negatives.
    pub passes_with_sign_flipped: bool,
    /// Whether it passes on 1000 times them, plus 7.
    pub passes_with_values_times_1000_plus_7: bool,
}

/// All data sets.
///
/// # Errors
///
/// If the file is missing or is not what it was.
pub fn read() -> Result<Vec<Set>, Box<dyn Error>> {
    let text = fs::read_to_string(PATH).map_err(|error| format!("{PATH}: {error}"))?;
    let File { mut mistakes, sets } = serde_json::from_str(&text)?;
    let sets = sets.into_iter().map(|(name, raw)| {
        let mistakes = mistakes.remove(&name).ok_or("a set without its mistakes")?;
        Ok(raw.shaped(name, mistakes)?)
    });
    sets.collect()
}

#[derive(Deserialize)]
struct File {
    mistakes: BTreeMap<String, Mistakes>,
    sets: BTreeMap<String, Raw>,
}

#[derive(Deserialize)]
struct Raw {
    gamma: f64,
    n: usize,
    d: usize,
    #[serde(rename = "X")]
    points: Vec<Vec<f64>>,
    #[serde(rename = "K")]
    k: Vec<Vec<f64>>,
    #[serde(rename = "dK_dx")]
    dk_dx: Vec<Vec<Vec<f64>>>,
    #[serde(rename = "dK_dy")]
    dk_dy: Vec<Vec<Vec<f64>>>,
    hess_xx: Vec<Vec<Vec<Vec<f64>>>>,
    hess_xy: Vec<Vec<Vec<Vec<f64>>>>,
}

impl Raw {
    fn shaped(self, name: String, mistakes: Mistakes) -> Result<Set, ShapeError> {
        let Self { gamma, n, d, .. } = self;
        Ok(Set {
            name,
            gamma,
            points: shape((n, d), self.points.concat())?,
            k: shape((n, n), self.k.concat())?,
            dk_dx: shape((n, n, d), self.dk_dx.concat().concat())?,
            dk_dy: shape((n, n, d), self.dk_dy.concat().concat())?,
            hess_xx: shape((n, n, d, d), self.hess_xx.concat().concat().concat())?,
            hess_xy: shape((n, n, d, d), self.hess_xy.concat().concat().concat())?,
            mistakes,
        })
    }
}

fn shape<D: IntoDimension<Dim: Dimension>>(dim: D, values: Vec<f64>) -> Result<Array<f64, D::Dim>, ShapeError> {
    Array::from_shape_vec(dim.into_dimension(), values)
}
