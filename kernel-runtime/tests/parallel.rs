//! However many threads there are, and however the pairs are cut into tiles, every bit is the same.
#![cfg(feature = "parallel")]

mod common;

use common::kernels::Lopsided;
use common::points;
use kernel_runtime::Sum;
use kernel_runtime::gram::{self, Interleaved};
use ndarray::{Axis, concatenate};

fn with_threads<R: Send>(threads: usize, run: impl FnOnce() -> R + Send) -> R {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.unwrap().install(run)
}

#[test]
fn threads_do_not_matter() {
    let (x, y) = (points(200, 3), points(333, 3));
    let k = Sum::new(Lopsided, Lopsided);
    let all = || {
        (
            gram::k_ff(&k, &x, &y).unwrap(),
            gram::k_gf(&k, &x, &y).unwrap(),
            gram::k_fg(&k, &x, &y).unwrap(),
            gram::k_gg(&k, &x, &y).unwrap(),
            gram::joint(&k, &x, &y, Interleaved).unwrap(),
        )
    };
    let serial = with_threads(1, all);
    assert!(serial == with_threads(2, all));
    assert!(serial == with_threads(7, all));
}

#[test]
fn tiles_do_not_matter() {
    let (x, y) = (points(200, 3), points(333, 3));
    let whole = gram::joint(&Lopsided, &x, &y, Interleaved).unwrap();
    let rows: Vec<_> =
        x.axis_chunks_iter(Axis(0), 1).map(|x| gram::joint(&Lopsided, &x, &y, Interleaved).unwrap()).collect();
    let rows: Vec<_> = rows.iter().map(|row| row.view()).collect();
    assert!(whole == concatenate(Axis(0), &rows).unwrap());
}
