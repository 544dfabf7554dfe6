use kernel_runtime::kernel;

#[kernel]
fn iterated(x: &[f64; 2], y: &[f64; 2], c: f64) -> f64 {
    let (mut s, mut t) = (x[0] * y[0], x[1] * y[1]);
    for _ in 0..64 {
        for _ in 0..8 {
            s = s * t + c;
            t = (s - c).sin();
        }
    }
    s * t
}

fn main() {}
