//! Bytes as the source of a kernel: every byte is a choice, so what a mutation changes is one choice.
//!
//! Shared by the fuzz target and by the plain test that replays its corpus.

/// What follows `#[kernel` and the item below it.
pub struct Source {
    /// Inside the parentheses of the attribute.
    pub attribute: String,
    /// The function.
    pub item: String,
}

/// The source that some bytes stand for; it need not even be tokens.
#[must_use]
pub fn source(data: &[u8]) -> Source {
    let mut choices = Choices { data };
    let attribute = choices.one(&ATTRIBUTES).to_owned();
    let item = match choices.next() % 8 {
        0 => choices.soup(),
        1 => format!("{} {{ {} }}", choices.signature(), choices.soup()),
        form => {
            let signature = choices.signature();
            let mut body = Body { choices, out: String::new(), locals: 0, depth: 0 };
            if form == 2 {
                body.module(signature);
            } else {
                body.put(signature);
                body.block();
            }
            body.out
        }
    };
    Source { attribute, item }
}

const ATTRIBUTES: [&str; 12] = [
    "",
    "",
    "assume(a > 0)",
    "assume(a > 0, 0 < b && b <= 2, w > 0)",
    "assume(a >= 0, b != 0)",
    "psd",
    "psd = assume",
    "indefinite, asymmetric",
    "smooth = assume(1), name = Name",
    "crate = ::other",
    "assume(a > 1e999, w < -3)",
    "assume(a >",
];

const SIGNATURES: [&str; 10] = [
    "fn k(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64",
    "fn k(x: &[f64; 3], y: &[f64; 3], a: f64, b: f64, w: &[f64; 3]) -> f64",
    "fn k<const D: usize>(x: &[f64; D], y: &[f64; D], a: f64, b: f64, w: &[f64; D]) -> f64",
    "fn k(x: f64, y: f64, a: f64, b: f64) -> f64",
    "fn k(x: &[f64], y: &[f64]) -> f64",
    "fn k(x: &[f32], y: &[f32], a: f32, b: f32, w: &[f32]) -> f32",
    "fn k<T: Real>(x: &[T], y: &[T], a: T, b: T, w: &[T]) -> T",
    "fn k<T: Real, const D: usize>(x: &[T; D], y: &[T; D], a: T, b: T) -> T",
    "pub fn k(x: &[f64; 0], y: &[f64; 0], a: f64, b: f64, w: &[f64; 0]) -> f64",
    "fn k(x: f64, y: f64, a: f64, b: f64, c0: f64, c1: f64, c2: f64, c3: f64, c4: f64, c5: f64) -> f64",
];

const TOKENS: [&str; 116] = [
    "x",
    "y",
    "a",
    "b",
    "w",
    "k",
    "t",
    "i",
    "D",
    "T",
    "f64",
    "f32",
    "usize",
    "Self",
    "self",
    "crate",
    "_",
    "let",
    "if",
    "else",
    "match",
    "for",
    "in",
    "while",
    "loop",
    "return",
    "fn",
    "mod",
    "struct",
    "impl",
    "const",
    "static",
    "use",
    "pub",
    "mut",
    "ref",
    "as",
    "move",
    "async",
    "unsafe",
    "dyn",
    "where",
    "true",
    "false",
    "break",
    "continue",
    "0",
    "1",
    "2.0",
    "0.5",
    "1e308",
    "1e-320",
    "3_f64",
    "0x1f",
    "99999999999999999999",
    "\"s\"",
    "'c'",
    "'l",
    "+",
    "-",
    "*",
    "/",
    "%",
    "=",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&",
    "&&",
    "|",
    "||",
    "!",
    "?",
    ";",
    ",",
    ".",
    "..",
    "..=",
    ":",
    "::",
    "->",
    "=>",
    "#",
    "$",
    "@",
    "^",
    "~",
    "exp()",
    ".sqrt()",
    ".powi(2)",
    ".powf(a)",
    ".abs()",
    ".iter()",
    ".zip(y)",
    ".map(|t| t)",
    ".sum::<f64>()",
    ".product::<f64>()",
    ".enumerate()",
    ".len()",
    "sq_dist(x, y)",
    "dot(x, y)",
    "angle(x, y)",
    "norm(x)",
    "erf(a)",
    "x[0]",
    "y[1]",
    "w[0]",
    "#[kernel]",
    "#[cfg(a)]",
    "vec![1.0]",
    "std::f64::consts::PI",
    "T::of(2.0)",
    "f64::EPSILON",
];

const NUMBERS: [&str; 20] = [
    "0.0",
    "1.0",
    "2.0",
    "0.5",
    "3.0",
    "1.5",
    "0.1",
    "-1.0",
    "1e-3",
    "1e300",
    "1e-300",
    "0.3333333333333333",
    "7",
    "1_f64",
    "100.0",
    "(1.0 / 3.0)",
    "std::f64::consts::PI",
    "f64::MAX",
    "f64::NAN",
    "f64::INFINITY",
];

const UNARY: [&str; 30] = [
    "exp",
    "exp_m1",
    "ln",
    "ln_1p",
    "sqrt",
    "cbrt",
    "recip",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "abs",
    "exp2",
    "log2",
    "log10",
    "to_radians",
    "to_degrees",
    "signum",
    "floor",
    "powi",
    "fract",
    "to_owned",
    "len",
    "iter",
    "sin_cos",
];

const BINARY: [&str; 9] = ["powf", "max", "min", "atan2", "hypot", "log", "copysign", "rem_euclid", "mul_add"];

const VOCABULARY: [&str; 16] = [
    "sq_dist(x, y)",
    "dist(x, y)",
    "dot(x, y)",
    "norm(x)",
    "norm(y)",
    "sq_norm(x)",
    "sq_norm(y)",
    "l1_dist(x, y)",
    "angle(x, y)",
    "sq_dist(y, x)",
    "dot(x, x)",
    "kernel_runtime::dot(y, y)",
    "help(a, b, a)",
    "help(b, help(a, a, b), C)",
    "other(x, y, a, b, w)",
    "super::help(x[0], y[0], a)",
];

const LEAVES: [&str; 16] = [
    "x",
    "y",
    "a",
    "b",
    "a",
    "b",
    "x[0]",
    "y[0]",
    "x[1]",
    "y[1]",
    "w[0]",
    "x.len() as f64",
    "c0",
    "c1",
    "D as f64",
    "w[2]",
];

/// How deep generated expressions nest.
const DEPTH: usize = 14;

struct Choices<'a> {
    data: &'a [u8],
}

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.data.split_first() else { return 0 };
        self.data = rest;
        first
    }

    fn next(&mut self) -> usize {
        usize::from(self.byte())
    }

    fn is_over(&self) -> bool {
        self.data.is_empty()
    }

    fn one<'t>(&mut self, table: &[&'t str]) -> &'t str {
        table[self.next() % table.len()]
    }

    fn signature(&mut self) -> &'static str {
        self.one(&SIGNATURES)
    }

    /// Tokens in any order, delimiters balanced.
    fn soup(&mut self) -> String {
        let mut out = String::new();
        let mut open = Vec::new();
        while !self.is_over() {
            let choice = self.next();
            let (opening, closing) = [("(", ")"), ("[", "]"), ("{", "}")][choice % 3];
            match choice {
                0..24 => {
                    out.push_str(opening);
                    open.push(closing);
                }
                24..56 => out.push_str(open.pop().unwrap_or(" ")),
                // The same many times: only then does a stack overflow.
                250.. => {
                    let count = 1 << (self.next() % 12);
                    let token = self.one(&TOKENS);
                    (0..count).for_each(|_| {
                        out.push_str(token);
                        out.push(' ');
                    });
                }
                248 | 249 => {
                    let count = 1 << (self.next() % 10);
                    (0..count).for_each(|_| {
                        out.push_str(opening);
                        open.push(closing);
                    });
                }
                _ => out.push_str(TOKENS[(choice - 56) % TOKENS.len()]),
            }
            out.push(' ');
        }
        while let Some(closing) = open.pop() {
            out.push_str(closing);
        }
        out
    }
}

/// A body that follows the grammar, more or less.
struct Body<'a> {
    choices: Choices<'a>,
    out: String,
    locals: usize,
    depth: usize,
}

impl Body<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A kernel in a module, with functions that it, and they, may call.
    fn module(&mut self, signature: &str) {
        self.put("mod m { const C: f64 = 2.0; fn help(x: f64, y: f64, a: f64) -> f64 ");
        self.block();
        self.put(" #[kernel] pub fn other(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 ");
        self.block();
        self.put(" #[kernel] pub ");
        self.put(signature);
        self.block();
        self.put(" }");
    }

    fn block(&mut self) {
        self.put("{ ");
        let statements = self.choices.next() % 5;
        for _ in 0..statements {
            self.statement();
        }
        self.expression();
        self.put(" }");
    }

    fn statement(&mut self) {
        match self.choices.next() % 12 {
            0 => {
                self.put("let mut acc = 0.0; for i in 0..x.len() { acc += ");
                self.expression();
                self.put("; } ");
            }
            1 => {
                self.put("if ");
                self.condition();
                self.put(" { return ");
                self.expression();
                self.put("; } ");
            }
            2 => {
                self.put("const C: f64 = ");
                self.expression();
                self.put("; ");
            }
            3 => {
                self.put("let (a, b) = (");
                self.expression();
                self.put(", ");
                self.expression();
                self.put("); ");
            }
            4 => {
                self.put("let a = a;");
            }
            // A chain of lets, each used twice: what swells if it is not shared.
            5 => {
                let count = 1 + self.choices.next() % 40;
                let operator = self.choices.one(&["+", "*", "-", "/"]);
                let method = self.choices.one(&["", ".sin()", ".exp()", ".sqrt()", ".tanh()", ".abs()", ".recip()"]);
                self.put("let t = ");
                self.expression();
                self.put("; ");
                for _ in 0..count {
                    self.put(&format!("let t = (t {operator} t){method}; "));
                }
                self.put("let b = t; ");
            }
            _ => {
                let name = format!("t{}", self.locals);
                self.put(&format!("let {name}: f64 = "));
                self.expression();
                self.put("; ");
                self.locals += 1;
            }
        }
    }

    fn condition(&mut self) {
        let operator = self.choices.one(&["<", "<=", ">", ">=", "==", "!="]);
        let form = self.choices.next() % 8;
        if form == 0 {
            self.put("!(");
        }
        self.expression();
        self.put(&format!(" {operator} "));
        self.expression();
        if form == 0 {
            self.put(")");
        }
        if form == 1 || form == 2 {
            self.put(if form == 1 { " && " } else { " || " });
            self.put("a < b");
        }
    }

    fn leaf(&mut self) {
        let choice = self.choices.next();
        if choice.is_multiple_of(3) && self.locals > 0 {
            let local = (choice / 3) % self.locals;
            self.put(&format!("t{local}"));
        } else if choice % 3 == 1 {
            let number = NUMBERS[(choice / 3) % NUMBERS.len()];
            self.put(number);
        } else {
            self.put(LEAVES[(choice / 3) % LEAVES.len()]);
        }
    }

    fn parenthesised(&mut self) {
        self.put("(");
        self.expression();
        self.put(")");
    }

    fn expression(&mut self) {
        if self.choices.is_over() || self.depth >= DEPTH {
            return self.leaf();
        }
        self.depth += 1;
        match self.choices.next() % 32 {
            0..8 => {
                let operator = self.choices.one(&["+", "-", "*", "/", "%"]);
                self.parenthesised();
                self.put(&format!(" {operator} "));
                self.parenthesised();
            }
            8..14 => {
                let method = self.choices.one(&UNARY);
                self.parenthesised();
                self.put(&format!(".{method}()"));
            }
            14 | 15 => {
                let exponent = i64::from(self.choices.byte()) - 100;
                self.parenthesised();
                self.put(&format!(".powi({exponent})"));
            }
            16 | 17 => {
                let method = self.choices.one(&BINARY);
                self.parenthesised();
                self.put(&format!(".{method}("));
                self.expression();
                self.put(")");
            }
            18 => {
                self.put("-");
                self.parenthesised();
            }
            19..22 => {
                let call = self.choices.one(&VOCABULARY);
                self.put(call);
            }
            22 => {
                self.put("erf(");
                self.expression();
                self.put(")");
            }
            23 => {
                self.put("if ");
                self.condition();
                self.put(" ");
                self.block();
                self.put(" else ");
                self.block();
            }
            24..27 => self.reduction(),
            27 => {
                self.put("f64::");
                let method = self.choices.one(&UNARY);
                self.put(method);
                self.parenthesised();
            }
            28 => {
                self.parenthesised();
                self.put(".clamp(");
                self.expression();
                self.put(", ");
                self.expression();
                self.put(")");
            }
            _ => self.leaf(),
        }
        self.depth -= 1;
    }

    fn reduction(&mut self) {
        let zips = self.choices.one(&[
            "x.iter().zip(y).map(|(x, y)|",
            "x.iter().zip(y).zip(w).map(|((x, y), a)|",
            "x.iter().map(|x|",
            "w.iter().map(|a|",
            "x.iter().enumerate().map(|(i, x)|",
            "(0..x.len()).map(|i|",
            "std::iter::zip(x, y).map(|(&x, &y)|",
            "x.iter().zip(x.iter().skip(1)).map(|(x, y)|",
        ]);
        let end =
            self.choices.one(&[".sum::<f64>()", ".product::<f64>()", ".sum::<f64>()", ".fold(0.0, |s, t| s + t)"]);
        self.put(zips);
        self.put(" ");
        self.expression();
        self.put(")");
        self.put(end);
    }
}
