//! Numbers: what `#[kernel]` emits and what the runtime makes of it, against values that are not ours.

#[macro_use]
mod golden;
mod assumed;
mod extremes;
mod golden_f32;
mod hessians;
mod input;
mod kernels;
mod nested;
mod operators;
mod orders;
mod points;
mod powers;
mod products;
mod seed;
mod singular;
mod traps;
mod weights;
