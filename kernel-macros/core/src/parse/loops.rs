//! `for` loops: sums and products over the coordinates, and short loops over known numbers.
//!
//! The body of a loop over the coordinates is read once, for the current one. A variable from outside that it adds to,
//! or multiplies, is an [`Accumulator`](super::value::Accumulator) meanwhile, and becomes a reduction afterwards.

use syn::{Expr, ExprForLoop};

use super::assign::assigned;
use super::body::Lowering;
use super::value::{Accumulator, Each, Stream, Value, Whole};
use crate::error::{Checked, message};
use crate::symbolic::{Gather, Id};

/// Rounds of all loops over known numbers, together.
const MAX_ROUNDS: usize = 1000;

impl Lowering<'_> {
    pub(super) fn for_loop(&mut self, repeat: &ExprForLoop) -> Checked<()> {
        match self.iterable(&repeat.expr, message::FOR) {
            Ok(Stream::List(elements)) => self.rounds(repeat, &elements),
            Ok(Stream::Each(each)) => {
                let (errors, start) = (self.errors.mark(), self.scope.assignments());
                let gathered = self.gathered(repeat, &each);
                let Some(elements) = self.each_of(&repeat.expr).filter(|_| gathered.is_err()) else {
                    return gathered;
                };
                // What is no sum can still be carried out where the number of coordinates is known.
                self.errors.rewind(errors);
                self.scope.rewind(start);
                self.rounds(repeat, &elements)
            }
            Err(reported) => {
                // The body has errors of its own.
                for name in assigned(&repeat.body) {
                    if self.scope.get(name).is_some() {
                        self.store(name, Err(reported))?;
                    }
                }
                self.scope.enter();
                self.bind(&repeat.pat, Err(reported));
                self.effects(&repeat.body);
                self.scope.leave();
                Err(reported)
            }
        }
    }

    /// The elements of a range over all coordinates of an array.
    fn each_of(&mut self, range: &Expr) -> Option<Vec<Value>> {
        let dimension = self.dimension().known.filter(|_| matches!(range, Expr::Range(_)))?;
        Some((0..dimension).map(|number| Value::Whole(self.whole(number))).collect())
    }

    /// Reads the body for the current coordinate.
    fn gathered(&mut self, repeat: &ExprForLoop, each: &Each) -> Checked<()> {
        let errors = self.errors.mark();
        let names: Vec<_> = assigned(&repeat.body).into_iter().filter(|name| self.scope.get(name).is_some()).collect();
        let sealed = self.scope.seal();
        for name in &names {
            self.scope.bind(name, Ok(Value::Accumulator(Accumulator { gathered: None })));
        }
        self.level += 1;
        self.scope.enter();
        self.bind(&repeat.pat, Ok(Value::clone(&each.element)));
        self.effects(&repeat.body);
        self.scope.leave();
        self.level -= 1;
        let gathered: Vec<_> = names.iter().filter_map(|name| Some((*name, self.scope.get(name)?.clone()))).collect();
        self.scope.unseal(sealed);

        let mut idle = true;
        for (name, value) in gathered {
            let value = match value {
                Ok(Value::Accumulator(Accumulator { gathered: Some((gather, body)) })) => {
                    let body = self.within(each.span, gather, body, self.level);
                    let initial = self.scope.get(name).cloned();
                    initial.map_or(Ok(value.clone()?), |initial| self.accumulated(&initial?, gather, body, repeat))
                }
                Ok(_) => continue,
                Err(reported) => Err(reported),
            };
            idle = false;
            // Where it is wrong, this has been reported; the other variables are still read.
            let _: Checked<()> = self.store(name, value);
        }
        self.errors.since(errors)?;
        if idle { Err(self.errors.at(repeat, message::NO_EFFECT)) } else { Ok(()) }
    }

    /// The value of a variable after the loop.
    fn accumulated(&mut self, initial: &Value, gather: Gather, body: Id, repeat: &ExprForLoop) -> Checked<Value> {
        let all = self.over_coordinates(gather, body, &repeat.body)?;
        if let Value::Accumulator(outer) = initial {
            let before = self.gathered_before(*outer, gather, &repeat.body)?;
            return Ok(Value::Accumulator(Accumulator { gathered: Some((gather, self.join(gather, before, all))) }));
        }
        let start = self.number(initial, &repeat.expr)?;
        let id = self.join(gather, start, all);
        Ok(if let Value::Whole(_) = initial { Value::Whole(Whole { id, known: None }) } else { Value::Number(id) })
    }

    /// What a variable has gathered so far, if the loop does nothing else to it.
    pub(super) fn gathered_before(
        &mut self,
        accumulator: Accumulator,
        gather: Gather,
        at: impl quote::ToTokens,
    ) -> Checked<Id> {
        match accumulator.gathered {
            None => Ok(self.neutral(gather)),
            Some((before, id)) if before == gather => Ok(id),
            Some(_) => Err(self.errors.at(at, message::SUM_AND_PRODUCT)),
        }
    }

    fn join(&mut self, gather: Gather, a: Id, b: Id) -> Id {
        match gather {
            Gather::Product => self.graph.mul(a, b),
            Gather::Sum | Gather::DoubleSum => self.graph.add(a, b),
        }
    }

    /// Carries the loop out.
    fn rounds(&mut self, repeat: &ExprForLoop, elements: &[Value]) -> Checked<()> {
        self.unroll(elements.len(), &repeat.expr)?;
        let start = self.scope.assignments();
        for element in elements {
            let errors = self.errors.mark();
            self.scope.enter();
            self.bind(&repeat.pat, Ok(element.clone()));
            self.effects(&repeat.body);
            self.scope.leave();
            // The next round would report the same.
            self.errors.since(errors)?;
        }
        if !elements.is_empty() && self.scope.assignments() == start {
            return Err(self.errors.at(repeat, message::NO_EFFECT));
        }
        Ok(())
    }

    /// Counts rounds of loops, so that short sources stay short kernels.
    pub(super) fn unroll(&mut self, rounds: usize, at: &Expr) -> Checked<()> {
        self.rounds += rounds;
        if self.rounds > MAX_ROUNDS { Err(self.errors.at(at, message::LONG_LOOP)) } else { Ok(()) }
    }

    /// The sum or the product of nothing.
    pub(super) fn neutral(&mut self, gather: Gather) -> Id {
        self.graph.integer(match gather {
            Gather::Sum | Gather::DoubleSum => 0,
            Gather::Product => 1,
        })
    }
}
