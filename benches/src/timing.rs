//! Contestants take turns, so that whatever else the machine does meets all of them alike.

use std::time::{Duration, Instant};

/// What passes while a contestant runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The processor's time of this thread, where the system tells it: what others do with the core does not count.
    Thread,
    /// Everyone's: for work on several threads.
    Wall,
}

impl Clock {
    fn time(self, run: &mut dyn FnMut()) -> Duration {
        if self == Self::Thread && thread_time().is_some() {
            let start = thread_time();
            run();
            thread_time().zip(start).map_or(Duration::ZERO, |(end, start)| end.saturating_sub(start))
        } else {
            let start = Instant::now();
            run();
            start.elapsed()
        }
    }
}

#[cfg(target_os = "linux")]
fn thread_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};

    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).ok()
}

#[cfg(not(target_os = "linux"))]
fn thread_time() -> Option<Duration> {
    None
}

/// Keeps this thread, and those it starts from now on, on the core that it runs on, where the system lets it.
pub fn pin() {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};

        let mut core = CpuSet::new();
        core.set(sched_getcpu());
        // Without it the times are noisier, no more.
        let _ = sched_setaffinity(None, &core);
    }
}

/// Something to be timed.
pub struct Contestant<'a> {
    clock: Clock,
    units: f64,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Contestant<'a> {
    /// `run` computes so many units: entries, calls, operations.
    pub fn new(units: usize, run: impl FnMut() + 'a) -> Self {
        Self { clock: Clock::Thread, units: units as f64, run: Box::new(run) }
    }

    /// By another clock.
    #[must_use]
    pub fn by(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }
}

/// Nanoseconds per unit, round by round.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// The middle one.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The least.
    pub fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// One run of each that does not count, then `rounds` in which each has its turn. Times in the order of the
/// contestants.
pub fn compare(rounds: usize, contestants: &mut [Contestant<'_>]) -> Vec<Times> {
    let mut times = vec![Times::default(); contestants.len()];
    for contestant in &mut *contestants {
        (contestant.run)();
    }
    for _ in 0..rounds {
        for (contestant, times) in contestants.iter_mut().zip(&mut times) {
            let time = contestant.clock.time(&mut *contestant.run);
            times.0.push(1e9 * time.as_secs_f64() / contestant.units);
        }
    }
    times
}
