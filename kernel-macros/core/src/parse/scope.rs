//! Which name stands for what while a body is read, and how assignments change that.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::value::Value;
use crate::error::Checked;

/// Names in scope, innermost block last.
#[derive(Debug)]
pub(super) struct Scope {
    blocks: Vec<HashMap<String, Binding>>,
    /// Of this many outer blocks only constants and functions can be seen, as inside a constant's value.
    wall: usize,
    /// Variables of this many outer blocks cannot be assigned to.
    sealed: usize,
    /// What each assignment overwrote, so that both branches of an `if` start from the same values.
    journal: Vec<(Variable, Checked<Value>)>,
}

#[derive(Debug)]
struct Binding {
    /// An error has been reported where the name was bound.
    value: Checked<Value>,
    constant: bool,
}

/// A variable that lives longer than the block that assigns to it: its block, and its name.
pub(super) type Variable = (usize, String);

/// Why an assignment is refused.
pub(super) enum Refused {
    /// There is no such variable.
    Unknown,
    /// It lives outside the closure or the loop that assigns to it.
    Sealed,
}

impl Scope {
    pub(super) fn new() -> Self {
        Self { blocks: vec![HashMap::new()], wall: 0, sealed: 0, journal: Vec::new() }
    }

    pub(super) fn enter(&mut self) {
        self.blocks.push(HashMap::new());
    }

    pub(super) fn leave(&mut self) {
        self.blocks.pop();
    }

    /// Hides everything but constants and functions, from blocks entered from now on; gives what
    /// [`open`](Scope::open) wants back.
    pub(super) fn wall(&mut self) -> usize {
        std::mem::replace(&mut self.wall, self.blocks.len())
    }

    /// Takes the last wall away.
    pub(super) fn open(&mut self, before: usize) {
        self.wall = before;
    }

    /// A new block from which no variable outside it can be assigned to; gives what [`unseal`](Scope::unseal) wants
    /// back.
    pub(super) fn seal(&mut self) -> usize {
        let before = std::mem::replace(&mut self.sealed, self.blocks.len());
        self.enter();
        before
    }

    /// Leaves the block of [`seal`](Scope::seal).
    pub(super) fn unseal(&mut self, before: usize) {
        self.leave();
        self.sealed = before;
    }

    pub(super) fn bind(&mut self, name: &Ident, value: Checked<Value>) {
        self.insert(name.unraw().to_string(), Binding { value, constant: false });
    }

    pub(super) fn bind_constant(&mut self, name: &Ident, value: Checked<Value>) {
        self.insert(name.unraw().to_string(), Binding { value, constant: true });
    }

    /// A name brought in by `use`.
    pub(super) fn import(&mut self, name: &str, value: Checked<Value>) {
        self.insert(name.to_owned(), Binding { value, constant: true });
    }

    fn insert(&mut self, name: String, binding: Binding) {
        if let Some(block) = self.blocks.last_mut() {
            block.insert(name, binding);
        }
    }

    pub(super) fn get(&self, name: &Ident) -> Option<&Checked<Value>> {
        let variable = self.find(&name.unraw().to_string())?;
        self.value(&variable)
    }

    fn find(&self, name: &str) -> Option<Variable> {
        let visible = |&block: &usize| self.blocks[block].get(name).is_some_and(|b| b.constant || block >= self.wall);
        (0..self.blocks.len()).rev().find(visible).map(|block| (block, name.to_owned()))
    }

    fn value(&self, (block, name): &Variable) -> Option<&Checked<Value>> {
        self.blocks.get(*block)?.get(name).map(|binding| &binding.value)
    }

    /// `name = value;`
    pub(super) fn assign(&mut self, name: &Ident, value: Checked<Value>) -> Result<(), Refused> {
        let variable = self.find(&name.unraw().to_string()).ok_or(Refused::Unknown)?;
        if variable.0 < self.sealed {
            return Err(Refused::Sealed);
        }
        self.set(variable, value);
        Ok(())
    }

    /// Overwrites a variable, and remembers what it was.
    pub(super) fn set(&mut self, variable: Variable, value: Checked<Value>) {
        let (block, name) = &variable;
        if let Some(binding) = self.blocks.get_mut(*block).and_then(|block| block.get_mut(name)) {
            let before = std::mem::replace(&mut binding.value, value);
            self.journal.push((variable, before));
        }
    }

    /// The number of assignments so far.
    pub(super) fn assignments(&self) -> usize {
        self.journal.len()
    }

    /// Takes back all assignments after the first `mark`: what they left in the variables that are still alive.
    pub(super) fn rewind(&mut self, mark: usize) -> BTreeMap<Variable, Checked<Value>> {
        let mut after = BTreeMap::new();
        while self.journal.len() > mark
            && let Some((variable, before)) = self.journal.pop()
        {
            let (block, name) = &variable;
            if let Some(binding) = self.blocks.get_mut(*block).and_then(|block| block.get_mut(name)) {
                let now = std::mem::replace(&mut binding.value, before);
                after.entry(variable).or_insert(now);
            }
        }
        after
    }

    /// The value of a variable that [`rewind`](Scope::rewind) has given back.
    pub(super) fn current(&self, variable: &Variable) -> Option<Checked<Value>> {
        self.value(variable).cloned()
    }
}
