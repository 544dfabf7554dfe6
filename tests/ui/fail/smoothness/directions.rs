//! Coordinates that approach each other together, and limits that depend on the direction.
use kernel_runtime::{Differentiable, kernel};

#[kernel(assume(c > 0))]
fn plane(x: &[f64; 2], y: &[f64; 2], c: f64) -> f64 {
    (-((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2)).sqrt() / c).exp()
}

#[kernel(indefinite)]
fn quotient(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let (a, b) = (x[0] - y[0], x[1] - y[1]);
    (-a.powi(4) / (a * a + b * b)).exp()
}

#[kernel]
fn one_axis(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-(x[0] - y[0]).abs() - (x[1] - y[1]).powi(2)).exp()
}

// Smooth along every axis: (x₁ - y₁)² |x₀ - y₀| has a kink wherever x₀ = y₀.
#[kernel(indefinite)]
fn beside(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-(x[0] - y[0]).abs() * (x[1] - y[1]).powi(2)).exp()
}

// Nothing is known where the points meet at 0.
#[kernel]
fn rays(x: &[f64], y: &[f64]) -> f64 {
    norm(x) * norm(y)
}

fn gradient(_: &impl Differentiable) {}

fn main() {
    gradient(&Plane::new(1.0).unwrap());
    gradient(&Quotient::new().unwrap());
    gradient(&OneAxis::new().unwrap());
    gradient(&Beside::new().unwrap());
    gradient(&Rays::new().unwrap());
}
