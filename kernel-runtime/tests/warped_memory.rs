//! How much memory a warped matrix keeps, and how much its products take: as the points and their Jacobians do, not as
//! the matrix.

use kernel_runtime::gram::{Coordinatewise, Gradient, Value, Warp, Warped, WarpedGram};
use kernel_runtime::kernels::Matern52;
use ndarray::Array1;
use peak_alloc::PeakAlloc;

mod kinds;
mod maps;
use kinds::numbers;
use maps::Linear;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// What each thread works with.
const BESIDE: usize = 1 << 18;

fn check<W: Warp<f64>>(map: W, [n, d, q]: [usize; 3], of_jacobian: usize) {
    let (x, y) = (numbers(n, d, 0.1), numbers(n + 50, d, 0.7));
    let k = Warped::new(Matern52::new(1.0, 3.0).unwrap(), map);
    let side = (Value, Gradient);
    // Threads keep memory from the first call on.
    drop(WarpedGram::new(&k, (side, &x), (side, &y)).unwrap());
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let gram = WarpedGram::new(&k, (side, &x), (side, &y)).unwrap();
    let (kept, most) = (ALLOCATOR.current_usage() - before, ALLOCATOR.peak_usage() - before);
    let (points, jacobians) = ((2 * n + 50) * q * size_of::<f64>(), (2 * n + 50) * of_jacobian * size_of::<f64>());
    println!("n = {n}: {kept} bytes kept, {most} at most, points {points}, Jacobians {jacobians}");
    assert!(kept <= points + jacobians + (1 << 12), "{kept} bytes kept for {points} and {jacobians}");
    assert!(most <= points + jacobians + BESIDE, "{most} bytes for {points} and {jacobians}");

    let (rows, columns) = gram.shape();
    let (v, mut out) = (Array1::ones(columns), Array1::zeros(rows));
    gram.dot_into(&v, &mut out).unwrap();
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    gram.dot_into(&v, &mut out).unwrap();
    let most = ALLOCATOR.peak_usage() - before;
    println!("a product: {most} bytes, {rows} rows, {columns} columns");
    // The vector behind the map and its product; there the points in tiles, and the vector by points.
    assert!(most <= 3 * points + BESIDE, "{most} bytes for {points} of points");
}

/// One test, for what others allocate meanwhile would count.
#[test]
fn a_warped_matrix_takes_memory_as_points_and_jacobians_do() {
    let (d, q) = (40, 30);
    for n in [200, 800] {
        check(Linear(numbers(q, d, 0.9)), [n, d, q], q * d);
        // A number for each coordinate.
        check(Coordinatewise(|_, x: f64| (x.sinh(), x.cosh())), [n, d, d], d);
    }
}
