//! Products of a symmetric matrix, or of two blocks of one that are each other's transposed, each pair of points taken
//! once.

use std::mem::take;

use ndarray::{ArrayViewMut2, s};

use super::tile::both;
use crate::engine::{Aligned, Entries, Panel, Products};
use crate::real::Real;

/// All rows, of points x that are the points y, of a kernel that is symmetric.
///
/// Points are divided into panels. Of any two of these the pairs are a task, which adds to both: so they meet as teams
/// of a tournament do, in rounds of as many tasks as there are pairs of panels that share none. What is added to a
/// number, and in which order, is the same on however many threads.
pub(super) fn pairwise<S: Real>(x: &[S], n: usize, mut out: ArrayViewMut2<'_, S>, products: &Products<'_, S>) {
    let size = products.panel_of_both();
    let points = Points { products, count: n, end: n, size, entries: products.left, times: 1 };
    let mut numbers = points.zeros();
    let mut alone: Vec<Task<'_, S>> = points.panels(&mut numbers).into_iter().map(|panel| [panel, None]).collect();
    run(&mut alone, x, products);
    let mut panels: Vec<Option<Panel<'_, S>>> = alone.into_iter().map(|[panel, _]| panel).collect();
    for round in rounds(panels.len()) {
        let mut tasks: Vec<Task<'_, S>> = round.iter().map(|pair| pair.map(|p| take(&mut panels[p]))).collect();
        run(&mut tasks, x, products);
        for (pair, panel) in round.iter().flatten().zip(tasks.into_iter().flatten()) {
            panels[*pair] = panel;
        }
    }
    points.write(numbers, products.places, &mut out);
}

/// So many tasks are at one time, if there are points enough.
const TOGETHER: usize = 16;
/// Points are divided into so many panels, or into panels of so many: what begins and ends the pairs of a panel is then
/// little beside them.
const PANELS: usize = 4;
const LEAST: usize = 32;

/// The products of the block of n points x and m points y with vectors by y, and of the transposed one with those by x.
/// There are as many x as [`ROWS`] has a multiple of; those behind the n are repeated, and count for nothing.
pub(super) fn across<S: Real>(
    x: &[S],
    [n, m]: [usize; 2],
    (right, places): (Entries, &[usize]),
    [mut of_x, mut of_y]: [ArrayViewMut2<'_, S>; 2],
    products: &Products<'_, S>,
) {
    let points = |count: usize, end: usize, entries: Entries| {
        let size = count.div_ceil(PANELS).next_multiple_of(LEAST).min(products.panel_of_both());
        Points { products, count, end, size, entries, times: 1 }
    };
    let (mut above, mut below) = (points(n, x.len() / products.d, products.left), points(m, m, right));
    // As many tasks as one side has panels are at one time. Where these are few, each is there several times, and meets
    // as many parts of the other side.
    let is_above = above.different() < below.different();
    let [fewer, more] = if is_above { [&mut above, &mut below] } else { [&mut below, &mut above] };
    let (few, many) = (fewer.different(), more.different());
    let times = (TOGETHER / few).clamp(1, many);
    fewer.times = times;
    let most = few.max(many.div_ceil(times));
    let (mut numbers_above, mut numbers_below) = (above.zeros(), below.zeros());
    let (mut above_panels, mut below_panels) = (above.panels(&mut numbers_above), below.panels(&mut numbers_below));
    // In a round no panel has two tasks; what is added to a number, and in which order, is the same on however many
    // threads.
    for round in 0..most {
        let pairs = (0..few * times).map(|p| [p, (p % few + round) % most * times + p / few]);
        let pairs = pairs.filter(|pair| pair[1] < many).map(|[p, q]| if is_above { [p, q] } else { [q, p] });
        let pairs: Vec<[usize; 2]> = pairs.collect();
        let task = |&[p, q]: &[usize; 2]| [take(&mut above_panels[p]), take(&mut below_panels[q])];
        let mut tasks: Vec<Task<'_, S>> = pairs.iter().map(task).collect();
        run(&mut tasks, x, products);
        for ([p, q], [one, other]) in pairs.into_iter().zip(tasks) {
            (above_panels[p], below_panels[q]) = (one, other);
        }
    }
    above.write(numbers_above, products.places, &mut of_x);
    below.write(numbers_below, places, &mut of_y);
}

/// Points in panels of so many, of which the last may have some behind the last of the points.
#[derive(Clone, Copy)]
struct Points<'p, 'v, S> {
    products: &'p Products<'v, S>,
    count: usize,
    end: usize,
    size: usize,
    entries: Entries,
    /// How often there is each panel. What is added to all that have the same points is their product.
    times: usize,
}

impl<S: Real> Points<'_, '_, S> {
    /// How many panels have points of their own.
    fn different(&self) -> usize {
        self.count.div_ceil(self.size)
    }

    fn numbers_of_panel(&self) -> usize {
        self.products.numbers(self.size, self.entries)
    }

    fn zeros(&self) -> Aligned<S> {
        Aligned::zeros(self.times * self.different() * self.numbers_of_panel(), S::memory())
    }

    fn panels<'n>(&self, numbers: &'n mut [S]) -> Vec<Option<Panel<'n, S>>> {
        let panel = |(p, numbers)| {
            let first = p % self.different() * self.size;
            Some(Panel { first, count: self.size.min(self.end - first), entries: self.entries, numbers })
        };
        numbers.chunks_mut(self.numbers_of_panel()).enumerate().map(panel).collect()
    }

    /// The numbers of all points, at these places of theirs.
    fn write(&self, mut numbers: Aligned<S>, places: &[usize], out: &mut ArrayViewMut2<'_, S>) {
        let (sums, others) = numbers.split_at_mut(self.different() * self.numbers_of_panel());
        for same in others.chunks(sums.len()) {
            for (sum, &number) in sums.iter_mut().zip(same) {
                *sum += number;
            }
        }
        let mut panels = self.panels(sums);
        for (v, mut column) in out.columns_mut().into_iter().enumerate() {
            for panel in panels.iter_mut().flatten() {
                let rows = panel.first * places.len()..column.len().min((panel.first + panel.count) * places.len());
                panel.write(self.products, v, places, column.slice_mut(s![rows]));
            }
        }
        S::keep(numbers.into_memory());
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
