//! One case of the file, and what it means for a block to be right.

use serde::Deserialize;
use serde_json::{Map, Value};

/// The blocks of a case, in the file's names.
pub(crate) const BLOCKS: [&str; 8] =
    ["value", "grad_x", "grad_y", "hess_xx", "hess_xy", "hess_yy", "grad_theta", "hess_xy_dtheta"];

#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kernel: String,
    pub(crate) d: usize,
    params: Map<String, Value>,
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
    cond: Map<String, Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// How far a block is from the truth, and how far it may be.
pub(crate) struct Outcome {
    pub(crate) error: f64,
    pub(crate) bound: f64,
}

impl Outcome {
    pub(crate) fn holds(&self) -> bool {
        self.error <= self.bound
    }
}

/// The arithmetic a block was computed in.
#[derive(Clone, Copy)]
pub(crate) struct Precision {
    /// Half a unit in the last place of 1.
    rounding: f64,
    /// The smallest normal number.
    smallest: f64,
}

pub(crate) const F64: Precision = Precision { rounding: f64::EPSILON / 2.0, smallest: f64::MIN_POSITIVE };
pub(crate) const F32: Precision = Precision { rounding: f32::EPSILON as f64 / 2.0, smallest: f32::MIN_POSITIVE as f64 };

pub(crate) fn read(file: &str) -> Vec<Case> {
    #[derive(Deserialize)]
    struct File {
        cases: Vec<Case>,
    }
    let file: File = serde_json::from_str(file).unwrap();
    file.cases
}

impl Case {
    /// The entries of a block in the order the emitted code has them; `None` where the derivative does not exist.
    pub(crate) fn want(&self, block: &str, parameters: &[&str]) -> Vec<Option<f64>> {
        let mut entries = Vec::new();
        match &self.rest[block] {
            Value::Object(named) => parameters.iter().for_each(|name| flatten(entry(named, name), &mut entries)),
            plain => flatten(plain, &mut entries),
        }
        entries
    }

    /// max|got - want| against 64 (cond + 2^-53) max|want| + 2^-1022.
    pub(crate) fn compare(&self, block: &str, parameters: &[&str], got: &[f64]) -> Outcome {
        self.compare_in(F64, block, parameters, got)
    }

    /// The same in another arithmetic: in f32, 2^-24 and 2^-126.
    pub(crate) fn compare_in(&self, precision: Precision, block: &str, parameters: &[&str], got: &[f64]) -> Outcome {
        let mut want = self.want(block, parameters);
        if want.iter().all(Option::is_none) {
            // A bare null stands for a whole block, or for a whole parameter of one.
            want = vec![None; got.len()];
        }
        assert_eq!(got.len(), want.len(), "{} {block}: number of entries", self.id);
        let error = got.iter().zip(&want).map(|(got, want)| match want {
            None if got.is_nan() => 0.0,
            Some(want) if !got.is_nan() => (got - want).abs(),
            _ => f64::INFINITY,
        });
        let scale = want.iter().flatten().fold(0.0_f64, |m, v| m.max(v.abs()));
        // Infinite where the truth has underflowed to 0, which is then to be met.
        let sensitivity = self.cond[block].as_f64().unwrap_or(1e300);
        Outcome {
            error: error.fold(0.0, f64::max),
            bound: 64.0 * (sensitivity + precision.rounding) * scale + precision.smallest,
        }
    }

    /// The numbers of a parameter; `v1` is also the second entry of a parameter `v`.
    pub(crate) fn parameter(&self, name: &str) -> Vec<f64> {
        let mut entries = Vec::new();
        flatten(entry(&self.params, name), &mut entries);
        entries.into_iter().map(Option::unwrap).collect()
    }
}

fn entry<'a>(named: &'a Map<String, Value>, name: &str) -> &'a Value {
    named.get(name).unwrap_or_else(|| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let place: usize = name[stem.len()..].parse().unwrap_or_else(|_| panic!("no parameter {name}"));
        &named[stem][place]
    })
}

fn flatten(value: &Value, entries: &mut Vec<Option<f64>>) {
    match value {
        Value::Array(list) => list.iter().for_each(|v| flatten(v, entries)),
        number => entries.push(number.as_f64()),
    }
}
