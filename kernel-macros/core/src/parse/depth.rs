//! How much stack the syntax tree of some tokens can take, found out before syn builds it.
//!
//! syn's parsers, and the destructors of what they make, recurse without a limit of their own, so a few kilobytes of
//! tokens can overflow the compiler's stack. This walk is iterative, and counts from above.

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::error::{Checked, Errors, message};

/// Half of the 8 MiB that rustc and rust-analyzer give a macro, in kilobytes.
const STACK: usize = 4000;

/// What one more level costs in kilobytes, rounded up from what a debug build takes, where frames are largest.
mod cost {
    /// Around a type; around an expression it is less than half of that.
    pub(super) const PARENTHESES: usize = 40;
    pub(super) const BRACES: usize = 32;
    pub(super) const ANGLE: usize = 60;
    /// `&` and `*` before a type.
    pub(super) const POINTER: usize = 40;
    /// `fn`, `dyn`, … before a type.
    pub(super) const TYPE: usize = 40;
    /// A closure has two of them.
    pub(super) const PIPE: usize = 10;
    pub(super) const ASSIGNMENT: usize = 10;
    pub(super) const KEYWORD: usize = 12;
    /// Half of `::`, which nests in a `use`.
    pub(super) const COLON: usize = 2;
    /// A prefix operator, or a link of a chain `a + b + c` or `a.f().g()`.
    pub(super) const OPERATOR: usize = 5;
}

/// Keywords after which an expression or a pattern nests to the right.
const EXPRESSIONS: [&str; 19] = [
    "as", "async", "box", "break", "else", "if", "in", "let", "loop", "match", "move", "ref", "return", "static",
    "try", "while", "yield", "become", "where",
];
/// Keywords after which a type may nest to the right.
const TYPES: [&str; 9] = ["const", "dyn", "extern", "fn", "for", "impl", "mut", "raw", "unsafe"];

/// A group that the walk is inside of.
struct Level {
    tokens: IntoIter,
    /// Stack in use where a statement of this group starts.
    start: usize,
    /// Stack in use at the current token, angle brackets apart.
    now: usize,
    /// Open angle brackets, or comparisons.
    angles: usize,
    after: After,
}

/// What kind of token came last.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Operator,
    Operand,
    Braces,
}

/// Refuses tokens whose syntax tree may nest deeper than the stack allows.
pub(super) fn check(tokens: &TokenStream, errors: &Errors) -> Checked<()> {
    let mut levels = vec![Level::new(tokens.clone(), 0)];
    while let Some(level) = levels.last_mut() {
        let Some(token) = level.tokens.next() else {
            levels.pop();
            continue;
        };
        let inner = level.step(&token);
        if level.used() > STACK {
            return Err(errors.at_span(token.span(), message::TOO_DEEP));
        }
        levels.extend(inner);
    }
    Ok(())
}

impl Level {
    fn new(tokens: TokenStream, start: usize) -> Self {
        Self { tokens: tokens.into_iter(), start, now: start, angles: 0, after: After::Operator }
    }

    fn used(&self) -> usize {
        self.now + self.angles * cost::ANGLE
    }

    /// Counts one token; a group is the next level.
    fn step(&mut self, token: &TokenTree) -> Option<Self> {
        match token {
            TokenTree::Group(group) => {
                let braces = group.delimiter() == Delimiter::Brace;
                self.after = if braces { After::Braces } else { After::Operand };
                let level = if braces { cost::BRACES } else { cost::PARENTHESES };
                return Some(Self::new(group.stream(), self.used() + level));
            }
            TokenTree::Punct(punct) => self.punct(punct.as_char()),
            TokenTree::Ident(ident) => {
                let is = |words: &[&str]| words.iter().any(|word| ident == word);
                if ident == "else" {
                    // What is open before it is an `if`: its condition is over.
                    self.angles = 0;
                } else if self.after == After::Braces && ident != "as" {
                    // A block-like expression ends where a name follows it: a new statement.
                    self.next_statement();
                }
                let (expression, ty) = (is(&EXPRESSIONS), is(&TYPES));
                self.now += usize::from(expression) * cost::KEYWORD + usize::from(ty) * cost::TYPE;
                self.after = if expression || ty { After::Operator } else { After::Operand };
            }
            TokenTree::Literal(_) => self.after = After::Operand,
        }
        None
    }

    fn punct(&mut self, punct: char) {
        match punct {
            ';' => self.next_statement(),
            '<' => self.angles += 1,
            '>' => self.angles = self.angles.saturating_sub(1),
            '|' => self.now += cost::PIPE,
            '=' | '@' => self.now += cost::ASSIGNMENT,
            '&' | '*' if self.after == After::Operator => self.now += cost::POINTER,
            // `?` is a postfix operator: what comes after it is no prefix.
            '?' => return self.now += cost::OPERATOR,
            ':' => self.now += cost::COLON,
            ',' | '#' | '\'' | '$' => {}
            _ => self.now += cost::OPERATOR,
        }
        self.after = After::Operator;
    }

    fn next_statement(&mut self) {
        self.now = self.start;
        self.angles = 0;
    }
}
