//! How much memory products, and their derivatives by parameters, take beside their argument and result: as the points
//! do, not as the matrix.

use kernel_runtime::gram::{Blocked, Gradient, Gram, Laplacian, Observations, Value};
use kernel_runtime::kernel;
use kernel_runtime::kernels::{ArdRbf, Matern52};
use ndarray::{Array1, Array2};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Factors and sums that are the kernel's own code.
#[kernel(indefinite)]
fn waves(x: &[f64], y: &[f64], rate: f64) -> f64 {
    let s = x.iter().zip(y).map(|(a, b)| (rate * (*a - *b)).cos()).sum::<f64>();
    let t = x.iter().zip(y).map(|(a, b)| (*a + *b).exp()).sum::<f64>();
    s * (t + 1.0).ln()
}

fn numbers(n: usize, d: usize) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| (12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
}

/// What a call has at most, beside what was there before it.
fn peak(run: impl FnOnce()) -> usize {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    run();
    ALLOCATOR.peak_usage() - before
}

/// One test, for what others allocate meanwhile would count.
#[test]
fn a_product_takes_memory_as_the_points_do() {
    let d = 40;
    let (usual, own) = (Matern52::new(1.0, 3.0).unwrap(), Waves::new(0.3).unwrap());
    let many = ArdRbf::new(1.0, vec![3.0; d]).unwrap();
    let of_sizes = [100, 200, 400].map(|n| {
        let (x, y) = (numbers(n, d), numbers(n + 50, d));
        let points = (x.len() + y.len()) * size_of::<f64>();
        let mut most = 0;
        macro_rules! check {
            ($kernel:expr, $left:expr, $right:expr) => {
                check!($kernel, $left, $right, &y);
            };
            ($kernel:expr, $left:expr, $right:expr, $y:expr) => {
                let gram = Gram::new($kernel, ($left, &x), ($right, $y)).unwrap();
                let (rows, columns) = gram.shape();
                let (v, mut out) = (Array1::ones(columns), Array1::zeros(rows));
                // Threads keep memory from the first call on.
                gram.dot_into(&v, &mut out).unwrap();
                let again = peak(|| gram.dot_into(&v, &mut out).unwrap());
                println!("n = {n}, {rows} rows, {columns} columns: {again} bytes, points {points}");
                // The points in tiles, and the vector by points; and what each thread works with.
                assert!(again <= 2 * points + (1 << 20), "{again} bytes for {points} of points");
                most = most.max(again);
                drop(gram.contract_params(&out, &v).unwrap());
                let again = peak(|| drop(gram.contract_params(&out, &v).unwrap()));
                println!("derivatives by parameters: {again} bytes");
                assert!(again <= 2 * points + (1 << 20), "{again} bytes for {points} of points, by parameters");
                most = most.max(again);
            };
        }
        check!(&usual, Value, Value);
        check!(&usual, Gradient, Gradient);
        check!(&usual, (Value, Gradient), (Value, Gradient));
        // Each pair once.
        check!(&usual, (Value, Gradient), (Value, Gradient), &x);
        let mut data = Observations::with_layout(&usual, Blocked);
        data.push((Value, Gradient), &x).unwrap();
        data.push(Value, &y).unwrap();
        data.push(Laplacian, &x).unwrap();
        let (v, mut out) = (Array1::ones(data.len()), Array1::zeros(data.len()));
        data.dot_into(&v, &mut out).unwrap();
        let again = peak(|| data.dot_into(&v, &mut out).unwrap());
        println!("n = {n}, {} rows of observations: {again} bytes, points {points}", data.len());
        // Those of a product of two entries, vectors of all rows, what 16 parts of the points give to Laplacians, and
        // of each thread sums over coordinates and at single ones, of 4 points with 512: this does not grow with n.
        let vectors = (4 * data.len() + 16 * n) * size_of::<f64>();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let bound = 2 * points + vectors + threads * 4 * 512 * (2 * d + 16) * size_of::<f64>();
        assert!(again <= bound, "{again} bytes for {points} of points, of observations");
        if n == 100 {
            // As many parameters as coordinates.
            check!(&many, Gradient, Gradient);
            check!(&own, (Value, Gradient), (Value, Gradient));
        }
        (points, most)
    });
    let [(small, least), _, (large, most)] = of_sizes;
    let growth = most.saturating_sub(least) as f64 / (large - small) as f64;
    assert!(growth <= 2.0, "{growth} bytes for each byte of points");
}
