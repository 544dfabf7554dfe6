//! Rates of change averaged over years and decades, next to what the yearly means say.

use std::ops::Range;

use ndarray::Array1;

use crate::regression::{Estimate, Posterior};
use crate::weekly::Weekly;

/// Times at which a year is cut into equal parts, and their middles taken: averages over a year then see nothing of a
/// season.
#[derive(Clone, Debug)]
pub struct Grid {
    /// In decimal years; shape (m,).
    pub times: Array1<f64>,
    first_year: i32,
    per_year: usize,
}

impl Grid {
    /// All calendar years that the record touches, with `per_year` times in each.
    #[must_use]
    pub fn over(weekly: &Weekly, per_year: usize) -> Self {
        let (first, last) = weekly.span();
        #[expect(clippy::cast_possible_truncation, reason = "years lie in 1900..=2100")]
        let [first_year, last_year] = [first, last].map(|t| t.floor() as i32);
        let middles = (0..per_year).map(|i| (i as f64 + 0.5) / per_year as f64);
        Self {
            times: (first_year..=last_year)
                .flat_map(|year| middles.clone().map(move |part| f64::from(year) + part))
                .collect(),
            first_year,
            per_year,
        }
    }

    /// The calendar years.
    #[must_use]
    pub fn years(&self) -> Range<i32> {
        let count = i32::try_from(self.times.len() / self.per_year).unwrap_or(i32::MAX);
        self.first_year..self.first_year + count
    }

    /// Where the times of these years stand.
    fn indices(&self, years: &Range<i32>) -> Range<usize> {
        let index = |year: i32| usize::try_from(year - self.first_year).unwrap_or(0) * self.per_year;
        index(years.start)..index(years.end)
    }
}

/// Rates of change over some years, in ppm per year.
#[derive(Clone, Debug)]
pub struct Rate {
    /// The years averaged over.
    pub years: Range<i32>,
    /// The derivative of the trend alone.
    pub trend: Estimate,
    /// The derivative of the whole signal.
    pub signal: Estimate,
    /// The same from differences of yearly means, where the record covers those years.
    pub from_means: Option<f64>,
}

/// One rate for each year that the record covers; `from_means` is (mean of the next year - mean of the one before) / 2.
#[must_use]
pub fn by_year(weekly: &Weekly, grid: &Grid, trend: &Posterior, signal: &Posterior) -> Vec<Rate> {
    let covered = grid.years().filter(|&year| weekly.yearly_mean(year).is_some());
    covered
        .map(|year| Rate { from_means: slope(weekly, year - 1, year + 1), ..over(year..year + 1, grid, trend, signal) })
        .collect()
}

/// One rate for each decade that the record covers; `from_means` is (mean of its last year - mean of its first) / 9.
#[must_use]
pub fn by_decade(weekly: &Weekly, grid: &Grid, trend: &Posterior, signal: &Posterior) -> Vec<Rate> {
    grid.years()
        .filter(|year| year % 10 == 0)
        .filter_map(|year| {
            let from_means = Some(slope(weekly, year, year + 9)?);
            Some(Rate { from_means, ..over(year..year + 10, grid, trend, signal) })
        })
        .collect()
}

fn over(years: Range<i32>, grid: &Grid, trend: &Posterior, signal: &Posterior) -> Rate {
    let indices = grid.indices(&years);
    Rate { years, trend: trend.average(indices.clone()), signal: signal.average(indices), from_means: None }
}

fn slope(weekly: &Weekly, first: i32, last: i32) -> Option<f64> {
    let difference = weekly.yearly_mean(last)? - weekly.yearly_mean(first)?;
    Some(difference / f64::from(last - first))
}
