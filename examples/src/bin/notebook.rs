//! The notebook this project started from, section by section on its own data: what is right, and what it got wrong.
//!
//! ```text
//! cargo run --release --bin notebook
//! ```

use std::error::Error;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use kernel_examples::picture::draw_heat_map;
use kernel_examples::print;
use kernel_examples::seed::{self, Set};
use kernel_runtime::{gram, kernel};
use ndarray::{Array, Array2, Array3, Array4, ArrayView1, ArrayView2, Dimension, Zip, s};

/// The notebook's kernel.
#[kernel(assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

/// The set whose Gram matrix is drawn.
const DRAWN: &str = "1d_100";
const PICTURE: &str = "notebook_gram.svg";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("notebook: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let sets = seed::read()?;
    let ours: Vec<_> = sets.iter().map(Ours::on).collect::<Result<_, _>>()?;
    let mut report = String::from("The notebook's kernel, k(x, y) = exp(-γ‖x - y‖²), on its own data.\n");

    title(&mut report, "Largest difference from the right answer", &sets)?;
    let right: Vec<_> = sets.iter().zip(&ours).map(|(set, ours)| differences(set, ours)).collect();
    table(&mut report, &right)?;

    title(&mut report, "What the notebook gets wrong, by how much", &sets)?;
    let wrong: Vec<_> = sets.iter().zip(&ours).map(|(set, ours)| mistakes(set, ours)).collect::<Result<_, _>>()?;
    table(&mut report, &wrong)?;
    writeln!(
        report,
        "Of the numbers that the file records, the furthest is off by {:.1e}.",
        wrong.iter().flatten().filter_map(Line::discrepancy).fold(0.0, f64::max)
    )?;

    for (set, ours) in sets.iter().zip(&ours).filter(|(set, _)| set.name == DRAWN) {
        draw_heat_map(Path::new(PICTURE), &format!("Gram matrix k(x_i, x_j) of {}", set.name), &ours.k_ff)?;
        writeln!(report, "\nPicture of the Gram matrix of {}: {}", set.name, std::path::absolute(PICTURE)?.display())?;
    }
    print(&report)?;
    Ok(())
}

/// What `#[kernel]` made of `rbf`, on all pairs of a set's points: the batched blocks, and the same pair by pair.
struct Ours {
    k_ff: Array2<f64>,
    k_gf: Array3<f64>,
    k_fg: Array3<f64>,
    k_gg: Array4<f64>,
    grad: Array3<f64>,
    hess_xx: Array4<f64>,
    hess_xy: Array4<f64>,
}

impl Ours {
    fn on(set: &Set) -> Result<Self, Box<dyn Error>> {
        let (k, x) = (Rbf::new(set.gamma)?, &set.points);
        let (n, d) = x.dim();
        let mut grad = Array3::zeros((n, n, d));
        let mut hess_xx = Array4::zeros((n, n, d, d));
        let mut hess_xy = Array4::zeros((n, n, d, d));
        let (mut gradient, mut hessian) = (vec![0.0; d], vec![0.0; d * d]);
        for (i, xi) in x.outer_iter().enumerate() {
            for (j, xj) in x.outer_iter().enumerate() {
                let (xi, xj) = (xi.to_vec(), xj.to_vec());
                rbf::grad(&xi, &xj, set.gamma, &mut gradient);
                grad.slice_mut(s![i, j, ..]).assign(&ArrayView1::from(&gradient));
                rbf::hess_xx(&xi, &xj, set.gamma, &mut hessian);
                hess_xx.slice_mut(s![i, j, .., ..]).assign(&ArrayView2::from_shape((d, d), &hessian)?);
                rbf::hess_xy(&xi, &xj, set.gamma, &mut hessian);
                hess_xy.slice_mut(s![i, j, .., ..]).assign(&ArrayView2::from_shape((d, d), &hessian)?);
            }
        }
        Ok(Self {
            k_ff: gram::k_ff(&k, x, x)?,
            k_gf: gram::k_gf(&k, x, x)?,
            k_fg: gram::k_fg(&k, x, x)?,
            k_gg: gram::k_gg(&k, x, x)?,
            grad,
            hess_xx,
            hess_xy,
        })
    }
}

/// One line of a table: a heading, or a number of one set.
enum Line {
    Heading(&'static str),
    Number {
        what: &'static str,
        value: f64,
        /// The same number as the file has it.
        recorded: Option<f64>,
    },
}

use Line::Heading;

impl Line {
    /// How far a number is from the one recorded.
    fn discrepancy(&self) -> Option<f64> {
        match self {
            Self::Number { value, recorded: Some(recorded), .. } => Some((value - recorded).abs()),
            _ => None,
        }
    }
}

fn number(what: &'static str, value: f64) -> Line {
    Line::Number { what, value, recorded: None }
}

fn recorded(what: &'static str, value: f64, recorded: f64) -> Line {
    Line::Number { what, value, recorded: Some(recorded) }
}

/// The notebook's sections.
fn differences(set: &Set, ours: &Ours) -> Vec<Line> {
    vec![
        Heading("1 Gram matrix"),
        number("gram::k_ff", largest(&ours.k_ff, &set.k)),
        Heading("2 First derivative"),
        number("pair by pair, rbf::grad    ∂k/∂x", largest(&ours.grad, &set.dk_dx)),
        number("batched, gram::k_gf        ∂k/∂x", largest(&ours.k_gf, &set.dk_dx)),
        number("batched, gram::k_fg        ∂k/∂y", largest(&ours.k_fg, &set.dk_dy)),
        Heading("3 Second derivatives"),
        number("pair by pair, rbf::hess_xx ∂²k/∂x∂xᵀ", largest(&ours.hess_xx, &set.hess_xx)),
        number("pair by pair, rbf::hess_xy ∂²k/∂x∂yᵀ", largest(&ours.hess_xy, &set.hess_xy)),
        Heading("4 Covariance of gradients"),
        number("batched, gram::k_gg        ∂²k/∂x∂yᵀ", largest(&ours.k_gg, &set.hess_xy)),
    ]
}

/// The notebook's mistakes, each made again out of our own blocks.
fn mistakes(set: &Set, ours: &Ours) -> Result<Vec<Line>, Box<dyn Error>> {
    let theirs = &set.mistakes;
    let (n, d) = set.points.dim();
    let x = |i: usize, a: usize| set.points[[i, a]];
    let closed_form = Array4::from_shape_fn((n, n, d, d), |(i, j, a, b)| {
        4.0 * set.gamma.powi(2) * (x(i, a) - x(j, a)) * (x(i, b) - x(j, b)) * ours.k_ff[[i, j]]
    });
    let differing =
        Zip::from(&closed_form).and(&ours.hess_xx).fold(0, |count, a, b| count + usize::from((a - b).abs() >= 1.5e-4));

    // jax.jacobian(f, argnums=1): argument 0 are the parameters, so 1 is x.
    let called_k_fg = &ours.grad;

    // `a.all() == b.all()` compares two truth values.
    let (a, b) = (called_k_fg.slice(s![0, 1, ..]), set.dk_dx.slice(s![0, 1, ..]));
    let all = |v: &Array<f64, _>| v.iter().all(|&v| v != 0.0);
    let passes = [-&a, 1000.0 * &a + 7.0].iter().filter(|wrong| all(wrong) == all(&b.to_owned())).count();
    let recorded_passes =
        [theirs.assertion.passes_with_sign_flipped, theirs.assertion.passes_with_values_times_1000_plus_7];
    let recorded_passes = recorded_passes.iter().filter(|passes| **passes).count();

    // vmap over y outside, over x inside.
    let k = Rbf::new(set.gamma)?;
    let block = gram::k_ff(&k, &set.points.slice(s![..4, ..]), &set.points.slice(s![4..9, ..]))?;
    let transposed = block.t();

    #[expect(clippy::cast_possible_truncation, reason = "that is the mistake")]
    let single = set.points.mapv(|v| v as f32);
    let single = Array2::from_shape_fn((n, n), |(i, j)| {
        let s: f32 = single.row(i).iter().zip(single.row(j)).map(|(a, b)| (a - b).powi(2)).sum();
        f64::from((-s).exp())
    });

    Ok(vec![
        Heading(
            "a The closed form 4γ²(x_a - y_a)(x_b - y_b) k of section 3 lacks -2γ δ_ab k, and for ∂²k/∂x∂yᵀ has the wrong sign",
        ),
        recorded("off ∂²k/∂x∂xᵀ by", largest(&closed_form, &ours.hess_xx), theirs.closed_form.from_hess_xx),
        recorded("off ∂²k/∂x∂yᵀ by", largest(&closed_form, &ours.hess_xy), theirs.closed_form.from_hess_xy),
        recorded("entries off at the fourth decimal", differing as f64, theirs.closed_form.entries_differing as f64),
        number("of entries in all", closed_form.len() as f64),
        Heading("b jax.hessian(argnums=1) is ∂²k/∂x∂xᵀ: for this kernel -K_gg, not K_gg"),
        number("off K_gg by", largest(&ours.hess_xx, &ours.k_gg)),
        number("off -K_gg by", largest(&ours.hess_xx, &-&ours.k_gg)),
        Heading("c What it calls K_fg is ∂k/∂x, which is K_gf"),
        number("off K_gf by", largest(called_k_fg, &ours.k_gf)),
        recorded("off K_fg by", largest(called_k_fg, &ours.k_fg), theirs.label.from_dk_dy),
        Heading("d assert a.all() == b.all() cannot fail here: -a passes, and so does 1000 a + 7"),
        recorded("wrong values that pass, of 2", passes as f64, recorded_passes as f64),
        Heading("e gram(f, x, y) of the speed test is transposed: 4 points x, 5 points y"),
        recorded("its rows", transposed.nrows() as f64, theirs.label.gram_shape[0] as f64),
        number("rows of gram::k_ff", block.nrows() as f64),
        Heading("f All of it ran in single precision"),
        number("off K by", largest(&single, &set.k)),
    ])
}

fn largest<D: Dimension>(a: &Array<f64, D>, b: &Array<f64, D>) -> f64 {
    assert_eq!(a.shape(), b.shape());
    Zip::from(a).and(b).fold(0.0, |most, a, b| (a - b).abs().max(most))
}

const WIDTH: usize = 44;

fn title(report: &mut String, title: &str, sets: &[Set]) -> fmt::Result {
    write!(report, "\n{title:WIDTH$}")?;
    for set in sets {
        write!(report, "{:>10}", set.name)?;
    }
    writeln!(report)
}

/// One column per set.
fn table(report: &mut String, columns: &[Vec<Line>]) -> fmt::Result {
    let Some(first) = columns.first() else {
        return Ok(());
    };
    for (i, line) in first.iter().enumerate() {
        match line {
            Heading(heading) => writeln!(report, "{heading}")?,
            Line::Number { what, .. } => {
                write!(report, "    {what:w$}", w = WIDTH - 4)?;
                for column in columns {
                    if let Line::Number { value, .. } = column[i] {
                        write!(report, "{:>10}", short(value))?;
                    }
                }
                writeln!(report)?;
            }
        }
    }
    Ok(())
}

fn short(value: f64) -> String {
    if value == value.round() {
        format!("{value}")
    } else if value < 1e-3 {
        format!("{value:.1e}")
    } else {
        format!("{value:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_right_and_every_mistake_is_the_recorded_one() {
        let sets = seed::read().unwrap();
        assert_eq!(sets.len(), 3);
        for set in &sets {
            let ours = Ours::on(set).unwrap();
            for line in differences(set, &ours) {
                if let Line::Number { what, value, .. } = line {
                    assert!(value <= 2e-15, "{}: {what}: {value:e}", set.name);
                }
            }
            let wrong = mistakes(set, &ours).unwrap();
            let discrepancies: Vec<_> = wrong.iter().filter_map(Line::discrepancy).collect();
            assert_eq!(discrepancies.len(), 6);
            assert!(discrepancies.iter().all(|&off| off <= 1e-14), "{}: {discrepancies:?}", set.name);
        }
    }
}
