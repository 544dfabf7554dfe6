//! Real numbers to 192 bits: a negative pivot of 10⁻²⁴ is one, where f64 sees rounding.

use std::cell::RefCell;
use std::collections::HashMap;

use astro_float_num::{BigFloat, Consts, RoundingMode, Sign, Word};

const BITS: usize = 192;
const ROUNDING: RoundingMode = RoundingMode::None;

/// Exponentials and waves of what is beyond 2 to this power take long: they count as no numbers, as exponentials are
/// none in f64.
const LARGE: i32 = 12;

/// A number, or not one.
#[derive(Clone, Debug)]
pub struct Real(BigFloat);

/// Of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Elementary {
    Exp,
    Ln,
    Sin,
    Cos,
    Asin,
    Atan,
    Sqrt,
}

type Key = (Elementary, Vec<Word>, bool, i32);

thread_local! {
    static CONSTANTS: RefCell<Consts> = RefCell::new(Consts::new().expect("constants"));
    /// Values that have been computed: on a lattice the same differences come again and again.
    static KNOWN: RefCell<HashMap<Key, Real>> = RefCell::new(HashMap::new());
}

/// Forgets values, so that memory stays small.
pub fn forget() {
    KNOWN.with_borrow_mut(HashMap::clear);
}

impl Real {
    pub fn new(value: f64) -> Self {
        Self(BigFloat::from_f64(value, BITS))
    }

    pub fn pi() -> Self {
        CONSTANTS.with_borrow_mut(|constants| Self(constants.pi(BITS, ROUNDING)))
    }

    pub fn add(&self, other: &Self) -> Self {
        Self(self.0.add(&other.0, BITS, ROUNDING))
    }

    pub fn sub(&self, other: &Self) -> Self {
        Self(self.0.sub(&other.0, BITS, ROUNDING))
    }

    pub fn mul(&self, other: &Self) -> Self {
        Self(self.0.mul(&other.0, BITS, ROUNDING))
    }

    pub fn div(&self, other: &Self) -> Self {
        Self(self.0.div(&other.0, BITS, ROUNDING))
    }

    pub fn neg(&self) -> Self {
        Self(self.0.neg())
    }

    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    pub fn is_finite(&self) -> bool {
        !self.0.is_nan() && !self.0.is_inf()
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Below 0.
    pub fn is_negative(&self) -> bool {
        self.is_finite() && !self.is_zero() && self.0.is_negative()
    }

    pub fn is_less(&self, other: &Self) -> bool {
        self.sub(other).is_negative()
    }

    /// The smallest power of two above its size.
    pub fn exponent(&self) -> i32 {
        self.0.exponent().unwrap_or(0)
    }

    /// 2ⁿ
    pub fn power_of_two(n: i32) -> Self {
        let mut one = BigFloat::from_f64(1.0, BITS);
        one.set_exponent(n + 1);
        Self(one)
    }

    pub fn powi(&self, n: i32) -> Self {
        let power = (0..n.unsigned_abs()).fold(Self::new(1.0), |power, _| power.mul(self));
        if n < 0 { Self::new(1.0).div(&power) } else { power }
    }

    /// As f64's: not a number for what is negative, 0⁰ = 1.
    pub fn powf(&self, exponent: &Self) -> Self {
        if exponent.is_zero() {
            return Self::new(1.0);
        }
        if self.is_negative() || !self.is_finite() {
            return Self::new(f64::NAN);
        }
        if self.is_zero() {
            return if exponent.is_negative() { Self::new(f64::INFINITY) } else { Self::new(0.0) };
        }
        self.call(Elementary::Ln).mul(exponent).call(Elementary::Exp)
    }

    pub fn call(&self, function: Elementary) -> Self {
        if !self.is_finite() {
            return Self::new(f64::NAN);
        }
        let Some((words, _, sign, exponent, _)) = self.0.as_raw_parts() else { return Self::new(f64::NAN) };
        let key = (function, words.to_vec(), sign == Sign::Neg, exponent);
        if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
            return known;
        }
        let value = self.evaluate(function);
        KNOWN.with_borrow_mut(|known| known.insert(key, value.clone()));
        value
    }

    fn evaluate(&self, function: Elementary) -> Self {
        let a = &self.0;
        if self.exponent() > LARGE && matches!(function, Elementary::Exp | Elementary::Sin | Elementary::Cos) {
            let vanishes = function == Elementary::Exp && self.is_negative();
            return Self::new(if vanishes { 0.0 } else { f64::NAN });
        }
        CONSTANTS.with_borrow_mut(|constants| {
            Self(match function {
                Elementary::Exp => a.exp(BITS, ROUNDING, constants),
                Elementary::Ln if a.is_zero() || a.is_negative() => BigFloat::nan(None),
                Elementary::Ln => a.ln(BITS, ROUNDING, constants),
                Elementary::Sin => a.sin(BITS, ROUNDING, constants),
                Elementary::Cos => a.cos(BITS, ROUNDING, constants),
                Elementary::Asin => self.within_one().0.asin(BITS, ROUNDING, constants),
                Elementary::Atan => a.atan(BITS, ROUNDING, constants),
                Elementary::Sqrt => a.sqrt(BITS, ROUNDING),
            })
        })
    }

    /// x·x/(|x||x|) is 1 but for rounding.
    fn within_one(&self) -> Self {
        let one = Self::new(1.0);
        let excess = self.abs().sub(&one);
        if !excess.is_negative() && excess.is_less(&Self::power_of_two(-150)) {
            return if self.is_negative() { one.neg() } else { one };
        }
        self.clone()
    }

    pub fn to_f64(&self) -> f64 {
        self.0.to_string().parse().unwrap_or(f64::NAN)
    }
}
