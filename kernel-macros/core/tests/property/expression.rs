//! Kernels as trees, and their Rust source.

use std::fmt;

/// Which point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    X,
    Y,
}

/// The vocabulary.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    Dot,
    SqDist,
    Dist,
    Norm(Side),
    SqNorm(Side),
    L1Dist,
    Angle,
}

/// Functions of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    Neg,
    Exp,
    ExpM1,
    Exp2,
    Ln,
    Ln1p,
    Log2,
    Sqrt,
    Cbrt,
    Recip,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Abs,
    Erf,
}

/// Functions of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Powf,
    Max,
    Min,
    Atan2,
    Hypot,
}

/// A kernel's expression.
#[derive(Clone, Debug)]
pub enum Expr {
    Number(f64),
    /// The n-th `let`.
    Local(usize),
    /// `a` or `b`.
    Parameter(usize),
    /// A one-dimensional point.
    Point(Side),
    /// `x[0]`
    Pick(Side, usize),
    /// x_i, inside a sum.
    Coordinate(Side),
    /// w_i, inside a sum.
    Weight,
    /// `x.len() as f64`
    Dimension,
    Word(Word),
    /// Σ over coordinates.
    Sum(Box<Expr>),
    /// Π over coordinates.
    Product(Box<Expr>),
    Unary(Unary, Box<Expr>),
    Powi(Box<Expr>, i32),
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `if a < b { c } else { d }`
    If(Box<[Expr; 4]>),
}

/// What the points are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    Scalar,
    /// Two coordinates.
    Array,
    Slice,
}

/// A kernel of two points and some of the parameters `a` (positive), `b` and, on slices, `w: &[f64]`.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub points: Points,
    /// How many of `a` and `b` there are.
    pub scalars: usize,
    /// Whether there is `w`.
    pub weighted: bool,
    pub lets: Vec<Expr>,
    pub body: Expr,
}

impl Kernel {
    /// Inside the parentheses of the attribute.
    pub fn options(&self) -> &'static str {
        if self.scalars > 0 { "assume(a > 0), asymmetric, indefinite" } else { "asymmetric, indefinite" }
    }

    /// The function.
    pub fn source(&self, name: &str) -> String {
        let point = match self.points {
            Points::Scalar => "f64",
            Points::Array => "&[f64; 2]",
            Points::Slice => "&[f64]",
        };
        let mut arguments = format!("x: {point}, y: {point}");
        for name in ["a", "b"].iter().take(self.scalars) {
            arguments.extend([", ", name, ": f64"]);
        }
        if self.weighted {
            arguments += ", w: &[f64]";
        }
        let lets: Vec<String> =
            self.lets.iter().enumerate().map(|(n, value)| format!("    let t{n} = {value};\n")).collect();
        format!("fn {name}({arguments}) -> f64 {{\n{}    {}\n}}\n", lets.concat(), self.body)
    }

    /// Whether it is made of the angle between its points, which points at the origin do not have.
    pub fn has_angle(&self) -> bool {
        self.has(&|inner| matches!(inner, Expr::Word(Word::Angle)))
    }

    /// Whether some expression in it is like that.
    pub fn has(&self, like: &dyn Fn(&Expr) -> bool) -> bool {
        self.lets.iter().chain([&self.body]).any(|part| part.any(like))
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::X { "x" } else { "y" })
    }
}

impl Unary {
    fn method(self) -> &'static str {
        match self {
            Self::Neg | Self::Erf => unreachable!("neither is a method"),
            Self::Exp => "exp",
            Self::ExpM1 => "exp_m1",
            Self::Exp2 => "exp2",
            Self::Ln => "ln",
            Self::Ln1p => "ln_1p",
            Self::Log2 => "log2",
            Self::Sqrt => "sqrt",
            Self::Cbrt => "cbrt",
            Self::Recip => "recip",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Asin => "asin",
            Self::Acos => "acos",
            Self::Atan => "atan",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Abs => "abs",
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(value) if *value < 0.0 => write!(f, "({value:?}_f64)"),
            Self::Number(value) => write!(f, "{value:?}_f64"),
            Self::Local(n) => write!(f, "t{n}"),
            Self::Parameter(p) => f.write_str(["a", "b"][*p]),
            Self::Point(side) => write!(f, "{side}"),
            Self::Pick(side, k) => write!(f, "{side}[{k}]"),
            Self::Coordinate(side) => f.write_str(if *side == Side::X { "p" } else { "q" }),
            Self::Weight => f.write_str("r"),
            Self::Dimension => f.write_str("(x.len() as f64)"),
            Self::Word(word) => match word {
                Word::Dot => f.write_str("dot(x, y)"),
                Word::SqDist => f.write_str("sq_dist(x, y)"),
                Word::Dist => f.write_str("dist(x, y)"),
                Word::Norm(side) => write!(f, "norm({side})"),
                Word::SqNorm(side) => write!(f, "sq_norm({side})"),
                Word::L1Dist => f.write_str("l1_dist(x, y)"),
                Word::Angle => f.write_str("angle(x, y)"),
            },
            Self::Sum(body) | Self::Product(body) => {
                let (zip, names) = if body.is_weighted() { (".zip(w)", "((&p, &q), &r)") } else { ("", "(&p, &q)") };
                let reduction = if matches!(self, Self::Sum(_)) { "sum" } else { "product" };
                write!(f, "x.iter().zip(y){zip}.map(|{names}| {body}).{reduction}::<f64>()")
            }
            Self::Unary(Unary::Neg, a) => write!(f, "(-{a})"),
            Self::Unary(Unary::Erf, a) => write!(f, "erf({a})"),
            Self::Unary(function, a) => write!(f, "{a}.{}()", function.method()),
            Self::Powi(a, n) => write!(f, "{a}.powi({n})"),
            Self::Binary(function, a, b) => match function {
                Binary::Add => write!(f, "({a} + {b})"),
                Binary::Sub => write!(f, "({a} - {b})"),
                Binary::Mul => write!(f, "({a} * {b})"),
                Binary::Div => write!(f, "({a} / {b})"),
                Binary::Powf => write!(f, "{a}.powf({b})"),
                Binary::Max => write!(f, "{a}.max({b})"),
                Binary::Min => write!(f, "{a}.min({b})"),
                Binary::Atan2 => write!(f, "{a}.atan2({b})"),
                Binary::Hypot => write!(f, "{a}.hypot({b})"),
            },
            Self::If(parts) => {
                let [a, b, then, otherwise] = &**parts;
                write!(f, "(if {a} < {b} {{ {then} }} else {{ {otherwise} }})")
            }
        }
    }
}

impl Expr {
    fn is_weighted(&self) -> bool {
        self.any(&|inner| matches!(inner, Self::Weight))
    }

    /// Whether some expression in it, or it itself, is like that.
    pub fn any(&self, like: &dyn Fn(&Self) -> bool) -> bool {
        like(self)
            || match self {
                Self::Sum(a) | Self::Product(a) | Self::Unary(_, a) | Self::Powi(a, _) => a.any(like),
                Self::Binary(_, a, b) => a.any(like) || b.any(like),
                Self::If(parts) => parts.iter().any(|part| part.any(like)),
                _ => false,
            }
    }
}
