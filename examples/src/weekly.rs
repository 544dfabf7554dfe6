//! Weekly measurements from a file of two columns, `date` (YYYYMMDD) and `co2` (ppm; empty where there is none).

use std::error::Error;
use std::fmt;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use ndarray::Array1;

/// With less than two years no season can be told from a trend.
pub const FEWEST_WEEKS: usize = 104;

/// Dates outside are taken for misprints.
const YEARS: RangeInclusive<i32> = 1900..=2100;

/// A record of weekly measurements, in order of time.
#[derive(Clone, Debug)]
pub struct Weekly {
    /// When, in decimal years; shape (n,).
    pub times: Array1<f64>,
    /// How much, in ppm; shape (n,).
    pub values: Array1<f64>,
}

impl Weekly {
    /// Reads a file, whose first line may be a header.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, a row is not a date and a concentration or is out of order, or there are fewer than
    /// [`FEWEST_WEEKS`] measurements.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let fail = |row, problem| ReadError { path: path.to_owned(), row, problem };
        let bytes = fs::read(path).map_err(|error| fail(None, error.to_string()))?;
        let text = String::from_utf8_lossy(&bytes);

        let (mut times, mut values) = (Vec::new(), Vec::new());
        let mut previous = f64::NEG_INFINITY;
        let mut last = 0;
        for (row, line) in (1..).zip(text.lines()) {
            last = row;
            if line.trim().is_empty() || row == 1 && is_header(line) {
                continue;
            }
            let (time, value) = parse_row(line).map_err(|problem| fail(Some(row), problem))?;
            if time <= previous {
                let problem = "this date is not later than the one before".to_owned();
                return Err(fail(Some(row), problem));
            }
            previous = time;
            if let Some(value) = value {
                times.push(time);
                values.push(value);
            }
        }
        if times.len() < FEWEST_WEEKS {
            let problem = format!(
                "the file ends after {} measurements; expected at least {FEWEST_WEEKS} (two years of weeks)",
                times.len()
            );
            return Err(fail(Some(last).filter(|&row| row > 0), problem));
        }
        Ok(Self { times: times.into(), values: values.into() })
    }

    /// The time of the first and of the last measurement.
    #[must_use]
    pub fn span(&self) -> (f64, f64) {
        (self.times[0], self.times[self.times.len() - 1])
    }

    /// The mean over one calendar year; `None` unless the record covers that year from January to December.
    #[must_use]
    pub fn yearly_mean(&self, year: i32) -> Option<f64> {
        let (first, last) = self.span();
        let (start, end) = (f64::from(year), f64::from(year + 1));
        let slack = 0.05; // two weeks and a half: records rarely begin on the first of January
        if first > start + slack || last < end - slack {
            return None;
        }
        let from = self.times.iter().take_while(|&&t| t < start).count();
        let within = self.times.iter().skip(from).take_while(|&&t| t < end);
        let count = within.count();
        (count > 0).then(|| self.values.iter().skip(from).take(count).sum::<f64>() / count as f64)
    }
}

fn is_header(line: &str) -> bool {
    let first = line.split(',').next().unwrap_or_default();
    !first.chars().any(|c| c.is_ascii_digit())
}

/// The time in decimal years, and the concentration where there is one.
fn parse_row(line: &str) -> Result<(f64, Option<f64>), String> {
    let Some((date, value)) = line.split_once(',') else {
        return Err(format!("expected two columns, `date,co2`, got `{line}`"));
    };
    let (date, value) = (date.trim(), value.trim());
    let time = decimal_year(date).ok_or_else(|| format!("expected a date as YYYYMMDD, got `{date}`"))?;
    if value.is_empty() {
        return Ok((time, None));
    }
    match value.parse::<f64>() {
        Ok(ppm) if ppm.is_finite() && ppm > 0.0 => Ok((time, Some(ppm))),
        _ => Err(format!("expected a concentration in ppm (positive, or empty for none), got `{value}`")),
    }
}

fn decimal_year(date: &str) -> Option<f64> {
    if date.len() != 8 || !date.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = date[..4].parse().ok().filter(|year| YEARS.contains(year))?;
    let month: usize = date[4..6].parse().ok()?;
    let day: u16 = date[6..].parse().ok()?;

    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let february = if leap { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *months.get(month.checked_sub(1)?)?;
    if !(1..=length).contains(&day) {
        return None;
    }
    let before: u16 = months[..month - 1].iter().sum();
    Some(f64::from(year) + f64::from(before + day - 1) / f64::from(months.iter().sum::<u16>()))
}

/// Why a file could not be used: one line, with the number of the row where there is one.
#[derive(Clone, Debug)]
pub struct ReadError {
    path: PathBuf,
    row: Option<usize>,
    problem: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        if let Some(row) = self.row {
            write!(f, "row {row}: ")?;
        }
        f.write_str(&self.problem)
    }
}

impl Error for ReadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_decimal_years() {
        assert_eq!(decimal_year("19580101"), Some(1958.0));
        assert_eq!(decimal_year("19590702"), Some(1959.0 + 182.0 / 365.0));
        assert_eq!(decimal_year("20001231"), Some(2000.0 + 365.0 / 366.0));
        for wrong in ["19590229", "19581301", "19580100", "1958010", "19580a01", "00010101", "+1958010"] {
            assert_eq!(decimal_year(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn rows_say_what_they_expected() {
        assert_eq!(parse_row("19580101,"), Ok((1958.0, None)));
        assert_eq!(parse_row("19580101, 316.1\r"), Ok((1958.0, Some(316.1))));
        for wrong in ["19580101", "19580101,NaN", "19580101,-99.99", "19580101,316.1,2", "x,316.1"] {
            assert!(parse_row(wrong).unwrap_err().starts_with("expected"), "{wrong}");
        }
    }
}
