//! Where the numbers of a few points x and some points y are, all in one piece of memory: an array for each, with a
//! number for each point y.

use super::evaluate::{Entry, Make, Plan, Term};
use super::outer::bit;
use super::pairing::Pairing;
use super::source::{Made, Operand, Sources};
use crate::engine::packed::whole_lines;
use crate::engine::reduce::{COLUMNS, ROWS};
use crate::real::Real;

/// What begins where. Sums are of all points x, the rest is of one after the other.
#[derive(Clone, Copy)]
pub struct Arrays {
    /// Sums of a point x: the kernel's, and those beside them.
    pub slots: [usize; 2],
    pub others: usize,
    pub coefficients: usize,
    pub factors: usize,
    pub right: usize,
    pub made: usize,
    pub end: usize,
    /// How many numbers an array begins after another, but for sums.
    pub stride: usize,
    pub d: usize,
}

/// How many there are of each kind.
#[derive(Clone, Copy)]
pub struct Counts {
    pub sums: usize,
    pub others: usize,
    pub coefficients: usize,
    pub factors: usize,
    pub right: usize,
    pub made: usize,
}

impl Arrays {
    pub fn new<S>(counts: Counts, stride: usize, d: usize) -> Self {
        let slots = [counts.sums.max(1), counts.others];
        let [others, coefficients] = [slots[0], slots[0] + slots[1]].map(|slots| ROWS * slots * COLUMNS);
        let factors = coefficients + counts.coefficients * stride;
        let right = factors + counts.factors * d * stride;
        let made = right + counts.right * stride;
        let end = whole_lines::<S>(made + counts.made * stride);
        Self { slots, others, coefficients, factors, right, made, end, stride, d }
    }

    /// Where the array of an operand begins, of a row of points x.
    fn place(&self, operand: Operand, row: usize) -> usize {
        let [of_kernel, beside] = self.slots;
        match operand {
            Operand::Known(slot) => (row * of_kernel + slot) * COLUMNS,
            Operand::Reduced(slot) => self.others + (row * beside + slot) * COLUMNS,
            Operand::Coefficient(number) => self.coefficients + number * self.stride,
            Operand::Filled(factor, i) => self.factors + (factor * self.d + i) * self.stride,
            Operand::Right(partial) => self.right + partial * self.stride,
            Operand::Made(number) => self.made + number * self.stride,
        }
    }

    /// Entries of a row of points x as sums of products of these arrays.
    pub fn plan<S: Real>(&self, pairing: &Pairing<S>, sources: &Sources<S>, row: usize) -> Plan<S> {
        let place = |operand| self.place(operand, row);
        let mut plan = Plan { made: Vec::new(), entries: Vec::new(), terms: Vec::new() };
        plan.made.extend(sources.made.iter().map(|made| match made {
            Made::Product(operands) => Make::Product(operands.map(place)),
            Made::Summed { factors, weights } => {
                let factors = factors.iter().map(|&factor| place(Operand::Filled(factor, 0)));
                Make::Summed { factors: factors.collect(), weights: weights.clone() }
            }
        }));
        let (mut values, mut last) = (sources.terms.iter().enumerate(), None);
        for group in &pairing.groups {
            if last != Some(group.entry) {
                let (of_right, end) = (pairing.components[1], plan.terms.len());
                let components = [group.entry / of_right, group.entry % of_right];
                plan.entries.push(Entry { components, terms: end..end });
                last = Some(group.entry);
            }
            let first = plan.terms.len();
            let of_group = [Some(Operand::Coefficient(group.coefficient)), group.right.map(Operand::Right)];
            for (number, value) in values.by_ref().take(group.terms.len()) {
                let (mut operands, mut count) = ([0; 4], 0);
                for &operand in of_group.iter().flatten().chain(&value.operands) {
                    operands[count] = place(operand);
                    count += 1;
                }
                let weight = (number, value.times);
                match plan.terms[first..].iter_mut().find(|term| (term.operands, term.count) == (operands, count)) {
                    Some(term) => term.weights.push(weight),
                    None => plan.terms.push(Term { weights: vec![weight], operands, count }),
                }
            }
            if let Some(entry) = plan.entries.last_mut() {
                entry.terms.end = plan.terms.len();
            }
        }
        plan
    }
}

/// What a pairing reads of the frame and coefficients, as bits.
pub fn wanted<S: Real>(pairing: &Pairing<S>, sources: &Sources<S>, frame: usize) -> u64 {
    let of_terms = sources.terms.iter().flat_map(|term| &term.operands);
    let of_made = sources.made.iter().flat_map(|made| match made {
        Made::Product(operands) => &operands[..],
        Made::Summed { .. } => &[],
    });
    let numbers = of_terms.chain(of_made).filter_map(|operand| match operand {
        Operand::Coefficient(number) => Some(*number),
        _ => None,
    });
    let of_filled = 0..if sources.filled.contains(&true) { frame } else { 0 };
    let all = numbers.chain(pairing.groups.iter().map(|group| group.coefficient)).chain(of_filled);
    all.fold(0, |bits, number| bits | bit(number))
}
