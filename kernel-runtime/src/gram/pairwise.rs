//! Products of a symmetric matrix, each pair of points taken once.

use std::mem::take;

use ndarray::ArrayViewMut2;

use super::tile::both;
use crate::engine::{Aligned, Panel, Products};
use crate::real::Real;

/// All rows, of points x that are the points y, of a kernel that is symmetric.
///
/// Points are divided into panels. Of any two of these the pairs are a task, which adds to both: so they meet as teams of a tournament do, in
/// rounds of as many tasks as there are pairs of panels that share none. What is added to a number, and in which order, is the same on
/// however many threads.
pub(super) fn pairwise<S: Real>(x: &[S], n: usize, mut out: ArrayViewMut2<'_, S>, products: &Products<'_, S>) {
    let size = products.panel_of_both();
    let mut numbers = Aligned::zeros(n.div_ceil(size) * products.numbers(size), S::memory());
    let parts = numbers.chunks_mut(products.numbers(size)).enumerate();
    let mut panels: Vec<Option<Panel<'_, S>>> =
        parts.map(|(p, numbers)| Some(Panel { first: p * size, count: size.min(n - p * size), numbers })).collect();
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
    let entries = products.places.len();
    for panel in panels.iter_mut().flatten() {
        for i in 0..panel.count {
            for (e, &place) in products.places.iter().enumerate() {
                for v in 0..out.ncols() {
                    out[[(panel.first + i) * entries + e, v]] = panel.entry(products, v, i, place);
                }
            }
        }
    }
    S::keep(numbers.into_memory());
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
