//! What functions of one pair of points say of slices with the wrong length. One call, out of line, reports any of them: where
//! all lengths are right a check costs its comparison, and the function needs no stack for it.

/// Reports the first of `inputs` (name, entries) that has not `d` entries as `point` has, or of `outputs` (name, entries,
/// expected) that has not as many as expected.
///
/// # Panics
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
pub fn wrong_length(
    function: &str,
    (point, d): (&str, usize),
    inputs: &[(&str, usize)],
    outputs: &[(&str, usize, usize)],
) -> ! {
    let inputs = inputs
        .iter()
        .filter(|input| input.1 != d)
        .map(|(name, entries)| format!("{function}: `{name}` has {entries} entries, expected {d} as in `{point}`"));
    let outputs = outputs.iter().filter(|output| output.1 != output.2).map(|(name, entries, expected)| {
        format!("{function}: `{name}` has {entries} entries, expected {expected} (`{point}` has {d})")
    });
    panic!("{}", inputs.chain(outputs).next().unwrap_or_default())
}
