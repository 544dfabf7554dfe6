//! Messages of `operator!`.

// The definition as a whole.

pub(crate) const OPERATOR_TOO_DEEP: &str =
    "this is nested too deeply for `operator!`: give coefficients that need it a parameter or a constant of their own";
pub(crate) const OPERATOR_FORM: &str = "an operator is a name, its parameters and what it does, \
     `operator!(pub Heat(alpha) = d[0] - alpha * d[1] * d[1])`; without parameters, `operator!(pub Wave = d[0] * d[0] - d[1] * d[1])`";
pub(crate) const OPERATOR_GENERICS: &str =
    "operators are not generic: they work on points of f64 and of f32, and their parameters are f64";
pub(crate) const OPERATOR_NOTHING: &str =
    "this operator does nothing yet: write what it does after `=`, `d[0] - alpha * d[1] * d[1]`";
pub(crate) const OPERATOR_STATEMENTS: &str = "an operator is one expression, without statements: write it out, and put what it needs into parameters and constants";
pub(crate) const OPERATOR_COMPONENTS: &str =
    "several numbers for each point are a tuple: put the components into parentheses, `(1, d[0])`";
pub(crate) const OPERATOR_CFG: &str =
    "a #[cfg] inside `operator!` would not reach all that it emits: put it before the macro, `#[cfg(…)] operator!(…);`";
pub(crate) const OPERATOR_OPTION: &str =
    "the one option of an operator is `#[operator(crate = ::path::to::kernel_runtime)]`";

// Parameters.

pub(crate) const OPERATOR_PARAMETER: &str = "a parameter of an operator is a plain name, `Heat(alpha)`: it is an f64";
pub(crate) const OPERATOR_PARAMETER_NEW: &str =
    "a parameter cannot be called `new`: the operator's struct has a constructor of that name; rename it";
pub(crate) const OPERATOR_NO_PARAMETERS: &str =
    "an operator without parameters has no parentheses: remove them, and use its name as a value, as `Gradient`";

pub(crate) fn operator_parameter_reserved(name: &str) -> String {
    let means = if name == "d" { "partial derivatives, `d[0]`" } else { "the coordinates of the point, `x[0]`" };
    format!("a parameter cannot be called `{name}`, which stands for {means}: rename it")
}

pub(crate) fn operator_parameter_twice(name: &str) -> String {
    format!("the parameter `{name}` is given twice: remove one")
}

pub(crate) fn operator_parameter_unused(name: &str) -> String {
    format!("`{name}` has no effect on this operator, in which it does not occur or cancels: use it, or remove it")
}

// What it does.

const OPERATOR_LANGUAGE: &str = "an operator is made of partial derivatives `d[0]`, coordinates `x[0]`, parameters, numbers and constants, \
     with + - *, division by what has no derivative, and `powi`; its coefficients may be float methods and `erf(…)` of the latter, and `if`/`else`";

pub(crate) fn operator_unsupported(what: &str) -> String {
    format!("{what} is not supported in an operator: {OPERATOR_LANGUAGE}")
}

pub(crate) const OPERATOR_TUPLE_EMPTY: &str =
    "an operator makes one number or more of a function: `(1, d[0])` makes two";
pub(crate) const OPERATOR_TUPLE_INSIDE: &str = "a tuple of operators is the outermost thing, and its components are no tuples: multiply and add inside, `(2.0 * d[0], 2.0 * d[1])`";
pub(crate) const OPERATOR_ZERO: &str = "the operator is 0: all of its terms cancel";
pub(crate) const OPERATOR_NOT_FINITE: &str = "a coefficient is infinite or undefined here, as after a division by 0";

pub(crate) fn operator_order(most: usize, order: usize) -> String {
    format!("an operator has order at most {most}; this term has order {order}")
}

pub(crate) fn operator_too_large(terms: usize) -> String {
    format!(
        "multiplied out, this operator has more than {terms} terms, or coefficients too large for them: \
         write several operators, or a tuple"
    )
}

// Derivatives.

pub(crate) const DERIVATIVE_BARE: &str = "`d` is all partial derivatives at once: write one, `d[0]` for ∂/∂x_0";
pub(crate) const DERIVATIVE_INDEX: &str =
    "the coordinate that a derivative is taken by is a number, `d[0]`: there are no loops and no variables for it";
pub(crate) const DERIVATIVE_TWICE: &str = "a second derivative is a product: write `d[0] * d[1]` for ∂²/∂x_0∂x_1";
pub(crate) const DERIVATIVE_CALL: &str = "`d` is not a function: write `d[0]` for ∂/∂x_0, and `d[0] * a` for the derivative of `a` times what the operator is applied to";
pub(crate) const DERIVATIVE_BELOW: &str = "nothing is divided by a derivative: an operator has no inverse here; \
     write the equation so that derivatives are multiplied only";
pub(crate) const DERIVATIVE_CONDITION: &str = "a derivative is not a number that could be compared: compare coordinates and parameters, `if x[0] < 1.0 { … } else { … }`";
pub(crate) const DERIVATIVE_BRANCH: &str =
    "the branches of an `if` are numbers: make it a coefficient, `(if x[0] < 1.0 { 1.0 } else { 2.0 }) * d[0]`";
pub(crate) const DERIVATIVE_POWER: &str =
    "the power of an operator is a whole number, written here, 0 or larger: `(d[0] + d[1]).powi(2)`";

pub(crate) fn derivative_function(name: &str) -> String {
    format!(
        "`{name}` of a derivative is not a linear differential operator: derivatives are added, subtracted, multiplied, and raised with `powi`; \
         functions are for coefficients, `x[0].sin() * d[0]`"
    )
}

pub(crate) const DERIVATIVE_ORDER_OF_DIVISION: &str = "this division could be read in two ways, as what is divided differentiates the divisor or does not: \
     write `1.0 / x[0] * d[0]` for (∂f/∂x_0)/x_0, or `d[0] * (1.0 / x[0])` for ∂(f/x_0)/∂x_0";

// Coefficients.

pub(crate) const COORDINATE_BARE: &str = "`x` is a whole point where a number is needed: write a coordinate, `x[0]`";
pub(crate) const COORDINATE_INDEX: &str =
    "a coordinate is picked by a number, `x[0]`: write sums over coordinates out, `x[0] * x[0] + x[1] * x[1]`";
pub(crate) const COORDINATE_OTHER: &str = "only `d` and `x` have entries in an operator, `d[0]` and `x[0]`";
pub(crate) const OPERATOR_POWI: &str =
    "`powi` takes a whole number, written here, `x[0].powi(2)`: for other powers write `.powf(…)`";
pub(crate) const ONE_POINT: &str =
    "operators know one point: `x` is the point on whichever side of the covariance the operator stands";

pub(crate) fn operator_unknown_name(name: &str, operator: &str, parameters: &[String]) -> String {
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).chain([name]).collect();
    format!(
        "`{name}` is not known here: write it as a parameter, `{operator}({}) = …`, or use a constant, `SCALE` or `std::f64::consts::PI`",
        parameters.join(", ")
    )
}

pub(crate) fn operator_unknown_function(name: &str) -> String {
    format!(
        "calls of `{name}` are not supported in an operator: the functions are erf(s) and the float methods, `s.exp()` or `f64::exp(s)`; \
         write the function's expression out"
    )
}

pub(crate) fn parameter_entries(name: &str) -> String {
    format!("`{name}` is a number and has no entries: write one parameter for each")
}
