//! What is left to libm, number by number: arguments for which a vector would compute more than it saves.

use crate::lane::register::Register;
use crate::real::{Lane, Real};

/// More numbers than any register has.
type Numbers<S> = [S; 16];

/// `result`, with `function` of x and y where `mask` is true.
#[inline(always)]
pub fn replace<S: Real, V: Register<Scalar = S>>(mask: V::Mask, x: V, y: V, result: V, function: fn(S, S) -> S) -> V {
    if !V::any(mask) {
        return result;
    }
    let mut numbers = [[<S as Lane>::of(0.0); 16]; 4];
    let registers = [V::select(mask, V::of(1.0), V::of(0.0)), x, y, result];
    for (numbers, register) in numbers.iter_mut().zip(registers) {
        register.store(numbers);
    }
    by_number(&mut numbers, function);
    V::load(&numbers[3])
}

#[cold]
#[inline(never)]
fn by_number<S: Real>([marks, x, y, results]: &mut [Numbers<S>; 4], function: fn(S, S) -> S) {
    for (i, result) in results.iter_mut().enumerate().filter(|&(i, _)| marks[i] != <S as Lane>::of(0.0)) {
        *result = function(x[i], y[i]);
    }
}
