//! What is printed.

use kernel_benches::limits::Count;
use kernel_benches::timing::Times;

/// What a batch is to reach, of the limit and times the plain loop.
#[derive(Clone, Copy)]
pub struct Goals {
    pub of_limit: Option<f64>,
    pub times_plain: Option<f64>,
}

/// A batch beside its limit and its plain loop: medians of nanoseconds for an entry, and the largest error.
pub struct Row<'a> {
    pub name: &'a str,
    pub count: &'a Count,
    pub ours: &'a Times,
    /// Of as many entries past the caches, if they are written.
    pub write: Option<&'a Times>,
    pub operations: &'a [Times],
    pub plain: &'a Times,
    pub error: f64,
    pub goals: Goals,
}

pub fn heading_of(unit: &str) {
    println!(
        "\n| {:<38} | {:>8} | {:>8} | {:>8} | {:>8} | {:<25} | {:<25} | {:>7} |",
        unit, "ours", "write", "compute", "plain", "of the limit (best)", "times plain (best)", "error"
    );
    println!("|{0:-<40}|{1:->10}|{1:->10}|{1:->10}|{1:->10}|{0:-<27}|{0:-<27}|{1:->9}|", "", ":");
}

impl Row<'_> {
    pub fn print(&self) {
        let Self { name, count, ours, write, operations, plain, error, goals } = self;
        let limit = |of: fn(&Times) -> f64| write.map_or(0.0, of).max(count.cost(operations, of));
        let ratios = |ratio: &dyn Fn(fn(&Times) -> f64) -> f64| (ratio(Times::median), ratio(Times::least));
        let of_limit = ratios(&|of| limit(of) / of(ours));
        let times_plain = ratios(&|of| of(plain) / of(ours));
        println!(
            "| {name:<38} | {:8.3} | {:>8} | {:8.3} | {:8.3} | {:<25} | {:<25} | {error:7.1e} |",
            ours.median(),
            write.map_or(String::new(), |write| format!("{:.3}", write.median())),
            count.cost(operations, Times::median),
            plain.median(),
            reached(of_limit, goals.of_limit),
            reached(times_plain, goals.times_plain),
        );
    }
}

/// Median and best, and the goal that they are to reach.
fn reached((median, best): (f64, f64), goal: Option<f64>) -> String {
    let goal = goal.map_or(String::new(), |goal| format!(" {} ≥ {goal}", verdict(median >= goal)));
    format!("{median:.2} ({best:.2}){goal}")
}

fn verdict(holds: bool) -> &'static str {
    if holds { "ok" } else { "MISSED" }
}

/// A ratio or a time that is to be at least or at most something.
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// No further from the first than the second.
    Near(f64, f64),
}

pub fn heading_of_figures() {
    println!("\n| {:<54} | {:>8} | {:>8} | {:>16} |", "figure", "median", "best", "goal");
    println!("|{:-<56}|{1:->10}|{1:->10}|{1:->18}|", "", ":");
}

pub fn figure(name: &str, median: f64, best: f64, goal: &Goal) {
    let (holds, goal) = match *goal {
        Goal::AtLeast(goal) => (median >= goal, format!("≥ {goal}")),
        Goal::AtMost(goal) => (median <= goal, format!("≤ {goal}")),
        Goal::Near(goal, by) => ((median - goal).abs() <= by, format!("{goal} ± {by}")),
    };
    println!("| {name:<54} | {median:8.3} | {best:8.3} | {:>16} |", format!("{} {goal}", verdict(holds)));
}
