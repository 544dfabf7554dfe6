//! Instruction sets, and the one place that chooses among them.

use std::cell::Cell;
use std::env;
use std::sync::OnceLock;

#[cfg(target_arch = "aarch64")]
use super::neon;
use super::{Vector, baseline};
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};
use crate::real::Real;

/// Instruction sets that batches are evaluated with.
///
/// A call takes the best that the machine has. To have another, for comparison or to repeat results of another machine,
/// set the environment variable `KERNEL_RUNTIME_LEVEL` to `baseline`, `avx2`, `avx512` or `neon`, or see
/// [`with`](Self::with).
///
/// ```
/// use kernel_runtime::{Level, gram, kernels::Rbf};
/// # use ndarray::array;
///
/// let k = Rbf::new(1.0, 0.5)?;
/// # let x = array![[0.0, 0.5], [1.0, 0.25]];
/// let best = gram::k_ff(&k, &x, &x)?;
/// let plain = Level::Baseline.with(|| gram::k_ff(&k, &x, &x))?;
/// assert!((best - plain).iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// What every machine of the target has.
    Baseline,
    /// x86-64 with AVX2 and fused multiply-add.
    Avx2,
    /// x86-64 with AVX-512 F, BW, DQ and VL.
    Avx512,
    /// AArch64.
    Neon,
}

thread_local! {
    static FORCED: Cell<Option<Level>> = const { Cell::new(None) };
}

impl Level {
    const ALL: [Self; 4] = [Self::Baseline, Self::Avx2, Self::Avx512, Self::Neon];

    /// What this machine has, the best last.
    #[must_use]
    pub fn available() -> impl DoubleEndedIterator<Item = Self> {
        Self::ALL.into_iter().filter(|level| level.is_available())
    }

    /// Whether this machine has it.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            Self::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                Self::Avx2.is_available()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
            }
            #[cfg(target_arch = "aarch64")]
            Self::Neon => std::arch::is_aarch64_feature_detected!("neon"),
            #[allow(unreachable_patterns, reason = "what is left depends on the target")]
            _ => false,
        }
    }

    /// The best this machine has.
    #[must_use]
    pub fn best() -> Self {
        static BEST: OnceLock<Level> = OnceLock::new();
        *BEST.get_or_init(|| Self::available().next_back().unwrap_or(Self::Baseline))
    }

    /// What calls on this thread use.
    #[must_use]
    pub fn current() -> Self {
        static CHOSEN: OnceLock<Level> = OnceLock::new();
        FORCED.get().unwrap_or_else(|| {
            *CHOSEN.get_or_init(|| {
                env::var("KERNEL_RUNTIME_LEVEL")
                    .ok()
                    .and_then(|name| Self::named(&name))
                    .map_or(Self::best(), Self::or_best)
            })
        })
    }

    /// Runs `f`, in which calls on this thread use this level, or the [best](Self::best) if this machine has not this
    /// one ([`is_available`](Self::is_available) tells).
    pub fn with<R>(self, f: impl FnOnce() -> R) -> R {
        /// Restores the level when `f` panics, too.
        struct Restore(Option<Level>);
        impl Drop for Restore {
            fn drop(&mut self) {
                FORCED.set(self.0);
            }
        }
        let _restore = Restore(FORCED.replace(Some(self.or_best())));
        f()
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| format!("{level:?}").eq_ignore_ascii_case(name))
    }

    fn or_best(self) -> Self {
        if self.is_available() { self } else { Self::best() }
    }

    /// As [`Detected`], this level, or the [best](Self::best) if this machine has not this one.
    pub(crate) fn detected(self) -> Detected {
        Detected(self.or_best())
    }
}

/// A level that this machine was found to have.
#[derive(Clone, Copy, Debug)]
pub struct Detected(Level);

impl Detected {
    /// Runs a task with the registers of this level.
    #[inline]
    pub fn run<S: Real, T: Task<S>>(self, task: T) -> T::Output {
        S::dispatch(self, task)
    }

    /// Runs a map with the registers of this level.
    #[inline]
    pub fn map<S: Real, M: Map<S>>(self, map: &M, of: &M::Of, from: &[S], to: &mut [S]) {
        S::dispatch_map(self, map, of, from, to);
    }
}

/// What is written once for all registers of numbers `S`.
pub trait Task<S: Real> {
    /// What it leaves.
    type Output;
    /// To be `#[inline(always)]`, and all that it calls: see the [module](super).
    fn run<V: Vector<Scalar = S>>(self) -> Self::Output;
}

/// A [`Task`] from numbers to numbers that depends on something. Since each is a parameter of a function, the compiler
/// knows that what is written is none of what is read, and computes what depends on parameters of a kernel alone once,
/// not once per register.
pub trait Map<S: Real> {
    /// What it depends on.
    type Of;
    /// To be `#[inline(always)]`, and all that it calls: see the [module](super).
    fn run<V: Vector<Scalar = S>>(&self, of: &Self::Of, from: &[S], to: &mut [S]);
}

/// A number that there are registers of.
pub trait Dispatch: Sized {
    #[doc(hidden)]
    fn dispatch<T: Task<Self>>(level: Detected, task: T) -> T::Output
    where
        Self: Real;
    #[doc(hidden)]
    fn dispatch_map<M: Map<Self>>(level: Detected, map: &M, of: &M::Of, from: &[Self], to: &mut [Self])
    where
        Self: Real;
}

/// A body with V = the register of the level found, in a function that has the features of that level.
macro_rules! by_level {
    ($level:ident, |$V:ident = $register:ident| $T:ident: $bound:path, ($($name:ident: $type:ty),*) -> $output:ty $body:block) => {{
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,fma")]
        fn avx2<$T: $bound>($($name: $type),*) -> $output {
            type $V = avx2::$register;
            $body
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
        fn avx512<$T: $bound>($($name: $type),*) -> $output {
            type $V = avx512::$register;
            $body
        }
        #[cfg(target_arch = "aarch64")]
        #[target_feature(enable = "neon")]
        fn neon<$T: $bound>($($name: $type),*) -> $output {
            type $V = neon::$register;
            $body
        }
        fn baseline<$T: $bound>($($name: $type),*) -> $output {
            type $V = baseline::$register;
            $body
        }
        match $level.0 {
            // SAFETY: only `Level::detected` makes a `Detected`, of a level of which `is_available` found exactly the
            // features that each function enables.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { avx512($($name),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { avx2($($name),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "aarch64")]
            Level::Neon => unsafe { neon($($name),*) },
            _ => baseline($($name),*),
        }
    }};
}

macro_rules! dispatch {
    ($S:ident, $register:ident) => {
        impl Dispatch for $S {
            fn dispatch<T: Task<Self>>(level: Detected, task: T) -> T::Output {
                by_level!(level, |V = $register| T: Task<$S>, (task: T) -> T::Output { task.run::<V>() })
            }

            fn dispatch_map<M: Map<Self>>(level: Detected, map: &M, of: &M::Of, from: &[Self], to: &mut [Self]) {
                by_level!(level, |V = $register| M: Map<$S>, (map: &M, of: &M::Of, from: &[$S], to: &mut [$S]) -> () { map.run::<V>(of, from, to) })
            }
        }
    };
}

dispatch!(f64, F64);
dispatch!(f32, F32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_level_is_what_every_machine_has_and_the_last_the_best() {
        assert_eq!(Level::available().next(), Some(Level::Baseline));
        assert_eq!(Level::available().next_back(), Some(Level::best()));
    }

    #[test]
    fn a_level_is_forced_for_a_call_and_no_longer() {
        let before = Level::current();
        for level in Level::available() {
            assert_eq!(level.with(Level::current), level);
            assert_eq!(level.with(|| Level::Baseline.with(Level::current)), Level::Baseline);
        }
        std::panic::catch_unwind(|| Level::Baseline.with(|| panic!("in a forced level"))).unwrap_err();
        assert_eq!(Level::current(), before);
    }

    #[test]
    fn a_level_that_this_machine_has_not_is_the_best() {
        for level in Level::ALL.into_iter().filter(|level| !level.is_available()) {
            assert_eq!(level.with(Level::current), Level::best());
        }
    }

    #[test]
    fn levels_have_names() {
        assert_eq!(Level::named("AVX512"), Some(Level::Avx512));
        assert_eq!(Level::named("sse"), None);
    }
}
