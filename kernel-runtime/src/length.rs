//! What functions of one pair of points say of slices with the wrong length. One call, out of line, reports any of
//! them: where all lengths are right a check costs its comparison, and the function needs no stack for it.

/// Checks that `inputs` have `d` entries as `point` has, and `outputs` as many as expected.
///
/// `names` are those of function, point, inputs and outputs: one string, for arrays of pairs take rustc longer to
/// check.
///
/// # Panics
/// If one has not.
#[inline(always)]
#[track_caller]
pub fn lengths<const N: usize, const M: usize>(
    names: &'static str,
    d: usize,
    inputs: [usize; N],
    outputs: [usize; M],
    expected: [usize; M],
) {
    if inputs.iter().any(|&entries| entries != d) || outputs.iter().zip(&expected).any(|(a, b)| a != b) {
        // Copies: of what is handed over itself the stack would hold a part before the comparison.
        let [outputs, expected] = [outputs, expected].map(|entries| entries.map(usize::from));
        wrong(names, d, inputs.map(usize::from), outputs, expected);
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn wrong<const N: usize, const M: usize>(
    names: &str,
    d: usize,
    inputs: [usize; N],
    outputs: [usize; M],
    expected: [usize; M],
) -> ! {
    let mut names = names.split(' ');
    let [function, point] = [(); 2].map(|()| names.next().unwrap_or_default());
    for (entries, name) in inputs.into_iter().zip(names.by_ref()) {
        assert!(entries == d, "{function}: `{name}` has {entries} entries, expected {d} as in `{point}`");
    }
    for ((entries, expected), name) in outputs.into_iter().zip(expected).zip(names) {
        assert!(
            entries == expected,
            "{function}: `{name}` has {entries} entries, expected {expected} (`{point}` has {d})"
        );
    }
    unreachable!("a length is wrong")
}
