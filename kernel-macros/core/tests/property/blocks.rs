//! All derivatives of a kernel at one pair of points, and how two opinions on them are compared.

/// A pair of points, and the parameters a, b, w.
#[derive(Clone, Debug)]
pub struct Input {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub parameters: Vec<f64>,
}

/// Every block, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocks {
    pub value: Vec<f64>,
    pub grad_x: Vec<f64>,
    pub grad_y: Vec<f64>,
    pub hess_xx: Vec<f64>,
    pub hess_xy: Vec<f64>,
    pub hess_yy: Vec<f64>,
    pub grad_params: Vec<f64>,
    /// Parameter by parameter.
    pub hess_xy_params: Vec<f64>,
}

impl Blocks {
    pub const NAMES: [&str; 8] =
        ["value", "grad_x", "grad_y", "hess_xx", "hess_xy", "hess_yy", "grad_params", "hess_xy_params"];

    pub fn nan(d: usize, parameters: usize) -> Self {
        let nan = |n| vec![f64::NAN; n];
        Self {
            value: nan(1),
            grad_x: nan(d),
            grad_y: nan(d),
            hess_xx: nan(d * d),
            hess_xy: nan(d * d),
            hess_yy: nan(d * d),
            grad_params: nan(parameters),
            hess_xy_params: nan(parameters * d * d),
        }
    }

    pub fn all(&self) -> [&[f64]; 8] {
        [
            &self.value,
            &self.grad_x,
            &self.grad_y,
            &self.hess_xx,
            &self.hess_xy,
            &self.hess_yy,
            &self.grad_params,
            &self.hess_xy_params,
        ]
    }
}

/// The largest absolute value, at least 1.
pub fn scale(entries: &[f64]) -> f64 {
    entries.iter().fold(1.0, |scale, entry| scale.max(entry.abs()))
}
