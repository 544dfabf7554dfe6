//! `data/visible.json`: every kernel, every block, every form of points, for one pair and through the runtime's
//! batches.

pub(crate) mod case;
pub(crate) mod exempt;
#[macro_use]
mod forms;
#[macro_use]
mod table;

use std::collections::BTreeSet;
use std::fmt;

use case::{BLOCKS, Outcome};
use exempt::EXEMPT;

/// `data/visible.json`
const FILE: &str = include_str!("../../data/visible.json");

/// A block that is further from the truth than its own conditioning explains.
struct Miss {
    case: String,
    block: &'static str,
    form: &'static str,
    outcome: Outcome,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, block, form, outcome: Outcome { error, bound } } = self;
        let ratio = error / bound;
        write!(f, "{ratio:10.3e}  {error:10.3e}  {bound:10.3e}  {form:<13}  {block:<15}  {case}")
    }
}

#[test]
fn visible_cases_hold_in_every_form() {
    let cases = case::read(FILE);
    assert_eq!(cases.len(), 795, "data/visible.json is not the file this test was written for");

    let mut misses = Vec::new();
    let mut compared = 0;
    let mut seen = BTreeSet::new();
    for case in &cases {
        let evaluations = table::evaluate(case);
        assert!(!evaluations.is_empty(), "{}: no form of points evaluates it", case.id);
        for evaluation in evaluations {
            seen.insert((case.kernel.clone(), evaluation.form));
            for (block, got) in BLOCKS.into_iter().zip(&evaluation.blocks) {
                let Some(got) = got else { continue };
                compared += 1;
                let outcome = case.compare(block, evaluation.parameters, got);
                if !outcome.holds() {
                    misses.push(Miss { case: case.id.clone(), block, form: evaluation.form, outcome });
                }
            }
        }
    }
    println!("{compared} blocks of {} cases compared, {} kernels times forms", cases.len(), seen.len());

    let mut complaints = Vec::new();
    misses.sort_by(|a, b| (b.outcome.error / b.outcome.bound).total_cmp(&(a.outcome.error / a.outcome.bound)));
    let unexplained: Vec<_> =
        misses.iter().filter(|m| !exempt::covers(EXEMPT, &m.case, m.block, m.outcome.error)).collect();
    if !unexplained.is_empty() {
        complaints.push(format!(
            "{} blocks miss their bound, worst first:\n{:>10}  {:>10}  {:>10}  {:<13}  {:<15}  case",
            unexplained.len(),
            "ratio",
            "error",
            "bound",
            "form",
            "block",
        ));
        complaints.extend(unexplained.iter().map(ToString::to_string));
    }
    for exemption in EXEMPT {
        for (block, ..) in exemption.blocks {
            if misses.iter().all(|m| m.case != exemption.case || m.block != *block) {
                complaints.push(format!("{} {block} is exempt and passes: remove it from exempt.rs", exemption.case));
            }
        }
    }
    if EXEMPT.len() >= 20 {
        complaints.push(format!("{} cases are exempt; fewer than 20 may be", EXEMPT.len()));
    }
    for exemption in EXEMPT {
        println!("exempt: {}: {}", exemption.case, exemption.reason);
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_comparison_can_fail() {
    let cases = case::read(FILE);
    let matern = cases.iter().find(|c| c.id == "matern12/d2/coincident").unwrap();
    let theta: &[&str] = &["variance", "lengthscale"];
    assert!(matern.compare("grad_x", theta, &[f64::NAN; 2]).holds());
    assert!(!matern.compare("grad_x", theta, &[0.0; 2]).holds(), "a number where no derivative exists");
    assert!(matern.compare("hess_xy_dtheta", theta, &[f64::NAN; 8]).holds());
    assert!(!matern.compare("hess_xy_dtheta", theta, &[0.0; 8]).holds());

    let rbf = cases.iter().find(|c| c.id == "rbf/d2/random0").unwrap();
    let right = rbf.want("hess_xy", &["gamma"]);
    let right: Vec<_> = right.iter().map(|v| v.unwrap()).collect();
    assert!(rbf.compare("hess_xy", &["gamma"], &right).holds());
    let scale = right.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    for place in 0..4 {
        let mut wrong = right.clone();
        wrong[place] += 1e-13 * scale;
        assert!(!rbf.compare("hess_xy", &["gamma"], &wrong).holds(), "off by 1e-13 at entry {place}");
        wrong[place] = f64::NAN;
        assert!(!rbf.compare("hess_xy", &["gamma"], &wrong).holds(), "NaN at entry {place}");
    }
}
