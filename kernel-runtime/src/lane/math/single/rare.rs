//! What is left to libm, number by number: arguments for which a vector would compute more than it saves.

use crate::lane::register::Register;

/// `result`, with `function` of x and y where `mask` is true.
#[inline(always)]
pub fn replace<V: Register<Scalar = f32>>(mask: V::Mask, x: V, y: V, result: V, function: fn(f32, f32) -> f32) -> V {
    if !V::any(mask) {
        return result;
    }
    let mut numbers = [[0.0; 16]; 4];
    let registers = [V::select(mask, V::of(1.0), V::of(0.0)), x, y, result];
    for (numbers, register) in numbers.iter_mut().zip(registers) {
        register.store(numbers);
    }
    by_number(&mut numbers, function);
    V::load(&numbers[3])
}

#[cold]
#[inline(never)]
fn by_number([marks, x, y, results]: &mut [[f32; 16]; 4], function: fn(f32, f32) -> f32) {
    for (i, result) in results.iter_mut().enumerate().filter(|&(i, _)| marks[i] != 0.0) {
        *result = function(x[i], y[i]);
    }
}
