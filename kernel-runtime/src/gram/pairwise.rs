//! Products of a symmetric matrix, or of two blocks of one that are each other's transposed, each pair of points taken once.

use std::mem::take;

use ndarray::{ArrayViewMut2, s};

use super::tile::both;
use crate::engine::{Aligned, Entries, Panel, Products};
use crate::real::Real;

/// All rows, of points x that are the points y, of a kernel that is symmetric.
///
/// Points are divided into panels. Of any two of these the pairs are a task, which adds to both: so they meet as teams of a tournament do, in
/// rounds of as many tasks as there are pairs of panels that share none. What is added to a number, and in which order, is the same on
/// however many threads.
pub(super) fn pairwise<S: Real>(x: &[S], n: usize, mut out: ArrayViewMut2<'_, S>, products: &Products<'_, S>) {
    let size = products.panel_of_both();
    let mut numbers = zeros(n, size, products.left, products);
    let mut panels = panels(&mut numbers, [n, n], size, products.left, products);
    let mut alone: Vec<Task<'_, S>> = panels.iter_mut().map(|panel| [take(panel), None]).collect();
    run(&mut alone, x, products);
    let mut panels: Vec<Option<Panel<'_, S>>> = alone.into_iter().map(|[panel, _]| panel).collect();
    for round in rounds(panels.len()) {
        let mut tasks: Vec<Task<'_, S>> = round.iter().map(|pair| pair.map(|p| take(&mut panels[p]))).collect();
        run(&mut tasks, x, products);
        for (pair, panel) in round.iter().flatten().zip(tasks.into_iter().flatten()) {
            panels[*pair] = panel;
        }
    }
    write(&mut panels, products, products.places, &mut out);
    S::keep(numbers.into_memory());
}

/// Panels of two blocks are as many as this, or of so few points.
const TOGETHER: usize = 16;
const LEAST: usize = 32;

/// The products of the block of n points x and m points y with vectors by y, and of the transposed one with those by x. There are as many x as
/// [`ROWS`] has a multiple of; those behind the n are repeated, and count for nothing.
pub(super) fn across<S: Real>(
    x: &[S],
    [n, m]: [usize; 2],
    (right, places): (Entries, &[usize]),
    [mut of_x, mut of_y]: [ArrayViewMut2<'_, S>; 2],
    products: &Products<'_, S>,
) {
    // As many tasks as the side with fewer panels has of them are at one time.
    let size = |count: usize| count.div_ceil(TOGETHER).next_multiple_of(LEAST).min(products.panel_of_both());
    let (of_above, of_below, rows) = (size(n), size(m), x.len() / products.d);
    let mut above = zeros(n, of_above, products.left, products);
    let mut below = zeros(m, of_below, right, products);
    let mut above_panels = panels(&mut above, [n, rows], of_above, products.left, products);
    let mut below_panels = panels(&mut below, [m, m], of_below, right, products);
    let most = above_panels.len().max(below_panels.len());
    // In a round no panel has two tasks; what is added to a number, and in which order, is the same on however many threads.
    for round in 0..most {
        let pairs = (0..above_panels.len()).map(|p| [p, (p + round) % most]);
        let pairs: Vec<[usize; 2]> = pairs.filter(|pair| pair[1] < below_panels.len()).collect();
        let task = |&[p, q]: &[usize; 2]| [take(&mut above_panels[p]), take(&mut below_panels[q])];
        let mut tasks: Vec<Task<'_, S>> = pairs.iter().map(task).collect();
        run(&mut tasks, x, products);
        for ([p, q], [one, other]) in pairs.into_iter().zip(tasks) {
            (above_panels[p], below_panels[q]) = (one, other);
        }
    }
    write(&mut above_panels, products, products.places, &mut of_x);
    write(&mut below_panels, products, places, &mut of_y);
    S::keep(above.into_memory());
    S::keep(below.into_memory());
}

fn zeros<S: Real>(count: usize, size: usize, entries: Entries, products: &Products<'_, S>) -> Aligned<S> {
    Aligned::zeros(count.div_ceil(size) * products.numbers(size, entries), S::memory())
}

/// Panels of so many points, of which the last may have some behind the last of the points.
fn panels<'a, S: Real>(
    numbers: &'a mut [S],
    [count, end]: [usize; 2],
    size: usize,
    entries: Entries,
    products: &Products<'_, S>,
) -> Vec<Option<Panel<'a, S>>> {
    let panel = |(p, numbers)| {
        let first = p * size;
        Some(Panel { first, count: size.min(end - first), entries, numbers })
    };
    let parts = numbers.chunks_mut(products.numbers(size, entries)).take(count.div_ceil(size));
    parts.enumerate().map(panel).collect()
}

/// The numbers of all points, at these places of theirs.
fn write<S: Real>(
    panels: &mut [Option<Panel<'_, S>>],
    products: &Products<'_, S>,
    places: &[usize],
    out: &mut ArrayViewMut2<'_, S>,
) {
    for (v, mut column) in out.columns_mut().into_iter().enumerate() {
        for panel in panels.iter_mut().flatten() {
            let rows = panel.first * places.len()..column.len().min((panel.first + panel.count) * places.len());
            let mut rows = column.slice_mut(s![rows]);
            let of_points = rows.exact_chunks_mut(places.len().max(1)).into_iter();
            panel.write(products, v, places, of_points);
        }
    }
}

/// One panel, or two of which the first comes first.
type Task<'a, S> = [Option<Panel<'a, S>>; 2];

/// The pairs of a tournament of so many, by rounds: one stays where it is, the others go round.
fn rounds(count: usize) -> impl Iterator<Item = Vec<[usize; 2]>> {
    let places = count.next_multiple_of(2);
    (0..places.saturating_sub(1)).map(move |round| {
        let circle = places - 1;
        let pairs = (0..places / 2).map(|k| match k {
            0 => [round, circle],
            _ => [(round + k) % circle, (round + circle - k) % circle],
        });
        let pairs = pairs.map(|[a, b]| [a.min(b), a.max(b)]);
        pairs.filter(|&[_, later]| later < count).collect()
    })
}

fn run<S: Real>(tasks: &mut [Task<'_, S>], x: &[S], products: &Products<'_, S>) {
    match tasks {
        [] => {}
        [task] => {
            let mut memory = S::memory();
            match task {
                [Some(above), Some(below)] => products.write_between(x, above, below, &mut memory),
                [Some(panel), None] | [None, Some(panel)] => products.write_within(x, panel, &mut memory),
                [None, None] => {}
            }
            S::keep(memory);
        }
        tasks => {
            let (some, others) = tasks.split_at_mut(tasks.len() / 2);
            both(|| run(some, x, products), || run(others, x, products));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn all_meet_once_and_none_twice_in_a_round() {
        for count in 0..20 {
            let mut met = vec![0; count * count];
            for round in rounds(count) {
                let mut plays = vec![0; count];
                for [a, b] in round {
                    assert!(a < b, "{a} before {b}");
                    met[a * count + b] += 1;
                    plays[a] += 1;
                    plays[b] += 1;
                }
                assert!(plays.iter().all(|&times| times <= 1), "{plays:?} of {count}");
            }
            let once = (0..count * count).all(|pair| met[pair] == usize::from(pair / count < pair % count));
            assert!(once, "{met:?} of {count}");
        }
    }
}
