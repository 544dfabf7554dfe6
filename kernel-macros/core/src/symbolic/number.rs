//! Numbers inside expressions: exact rationals as long as they fit, floating point afterwards.
//!
//! Exactness is what lets terms cancel: 2/3 - 1 + 1/3 must be 0, not 5e-17.

#![allow(clippy::should_implement_trait, reason = "sums of fractions may not fit, which no operator can say")]

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rational {
    numerator: i128,
    denominator: i128,
}

impl Rational {
    /// The number 0.
    pub const ZERO: Self = Self::integer(0);
    /// The number 1.
    pub const ONE: Self = Self::integer(1);
    /// One half, the exponent of a square root.
    pub const HALF: Self = Self { numerator: 1, denominator: 2 };

    /// `n / 1`.
    #[must_use]
    pub const fn integer(n: i64) -> Self {
        Self { numerator: n as i128, denominator: 1 }
    }

    /// `numerator / denominator` in lowest terms; `None` if the denominator is 0 or the fraction does not fit.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        if denominator == 1 {
            return Some(Self { numerator, denominator });
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).cast_signed();
        let sign = denominator.signum();
        Some(Self { numerator: sign * numerator / divisor, denominator: sign * denominator / divisor })
    }

    /// The numerator, which carries the sign.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator, positive.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The value as a whole number, where it is one that fits.
    #[must_use]
    pub fn as_integer(self) -> Option<i64> {
        (self.denominator == 1).then(|| i64::try_from(self.numerator).ok()).flatten()
    }

    /// Whether the value is below 0.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// The largest whole number not above the value.
    #[must_use]
    pub const fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The sum, where it fits.
    #[must_use]
    pub fn add(self, other: Self) -> Option<Self> {
        if self.denominator == other.denominator {
            return Self::new(self.numerator.checked_add(other.numerator)?, self.denominator);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The product, where it fits.
    #[must_use]
    pub fn mul(self, other: Self) -> Option<Self> {
        Self::new(self.numerator.checked_mul(other.numerator)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The value with its sign changed.
    #[must_use]
    pub const fn neg(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// 1 divided by the value; `None` for 0.
    #[must_use]
    pub fn recip(self) -> Option<Self> {
        Self::new(self.denominator, self.numerator)
    }

    /// The nearest double (correctly rounded while both parts are below 2^53).
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }
}

/// Most are small whole numbers: half of the bits tell them apart.
impl Hash for Rational {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a hash need not see all")]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.numerator as u64 ^ ((self.denominator as u64) << 32));
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A coefficient or constant of an expression.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// Exactly this fraction.
    Exact(Rational),
    /// A double: a literal with too many digits, or what exact arithmetic overflowed into.
    Float(f64),
}

impl Number {
    /// The number 0.
    pub const ZERO: Self = Self::Exact(Rational::ZERO);
    /// The number 1.
    pub const ONE: Self = Self::Exact(Rational::ONE);
    /// The number -1.
    pub const MINUS_ONE: Self = Self::Exact(Rational::integer(-1));

    /// A whole number.
    #[must_use]
    pub const fn integer(n: i64) -> Self {
        Self::Exact(Rational::integer(n))
    }

    /// Reads a decimal literal. Exact if numerator and denominator are doubles too, so that printing it back loses
    /// nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const EXACT: i128 = 1 << 53;
        let text = text.replace('_', "");
        let value: f64 = text.parse().ok()?;
        let exact = || {
            let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
            let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
            let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
            let exponent = exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
            let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
            let ratio = if exponent < 0 {
                Rational::new(digits, power)?
            } else {
                Rational::new(digits.checked_mul(power)?, 1)?
            };
            (ratio.numerator.abs() <= EXACT && ratio.denominator <= EXACT).then_some(ratio)
        };
        Some(exact().map_or(Self::Float(value), Self::Exact))
    }

    /// The value as a double.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Exact(ratio) => ratio.to_f64(),
            Self::Float(value) => value,
        }
    }

    /// Whether this is exactly 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        match self {
            Self::Exact(ratio) => ratio.numerator == 0,
            Self::Float(value) => value == 0.0,
        }
    }

    /// Whether this is exactly 1.
    #[must_use]
    pub fn is_one(self) -> bool {
        matches!(self, Self::Exact(Rational { numerator: 1, denominator: 1 }))
    }

    /// Whether the value is below 0.
    #[must_use]
    pub fn is_negative(self) -> bool {
        match self {
            Self::Exact(ratio) => ratio.is_negative(),
            Self::Float(value) => value < 0.0,
        }
    }

    /// The exact fraction, where it is one.
    #[must_use]
    pub const fn as_rational(self) -> Option<Rational> {
        match self {
            Self::Exact(ratio) => Some(ratio),
            Self::Float(_) => None,
        }
    }

    /// The sum.
    #[must_use]
    pub fn add(self, other: Self) -> Self {
        self.combine(other, Rational::add, |a, b| a + b)
    }

    /// The product.
    #[must_use]
    pub fn mul(self, other: Self) -> Self {
        if self.is_one() {
            return other;
        }
        if other.is_one() {
            return self;
        }
        self.combine(other, Rational::mul, |a, b| a * b)
    }

    /// The value with its sign changed.
    #[must_use]
    pub fn neg(self) -> Self {
        match self {
            Self::Exact(ratio) => Self::Exact(ratio.neg()),
            Self::Float(value) => Self::Float(-value),
        }
    }

    /// 1 divided by the value; infinite for 0.
    #[must_use]
    pub fn recip(self) -> Self {
        let exact = self.as_rational().and_then(Rational::recip);
        exact.map_or_else(|| Self::Float(1.0 / self.to_f64()), Self::Exact)
    }

    /// The value to a whole power.
    #[must_use]
    pub fn powi(self, exponent: i64) -> Self {
        let base = if exponent < 0 { self.recip() } else { self };
        if exponent.unsigned_abs() > 512 {
            return Self::Float(base.to_f64().powf(exponent.unsigned_abs() as f64));
        }
        (0..exponent.unsigned_abs()).fold(Self::ONE, |power, _| power.mul(base))
    }

    fn combine(
        self,
        other: Self,
        exact: fn(Rational, Rational) -> Option<Rational>,
        float: fn(f64, f64) -> f64,
    ) -> Self {
        if let (Self::Exact(a), Self::Exact(b)) = (self, other)
            && let Some(ratio) = exact(a, b)
        {
            return Self::Exact(ratio);
        }
        Self::Float(float(self.to_f64(), other.to_f64()))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Exact(ratio) => ratio.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
        }
    }
}
