//! The messages. Each names the cause, says what is supported, and what to write instead.

mod operator;
mod property;

pub(crate) use operator::*;
pub(crate) use property::*;

// The item as a whole.

pub(crate) const BUG: &str =
    "this kernel could not be read, and no reason was given: this is a bug in kernel-core, please report it";

/// Where bugs are reported.
const PLACE: &str = "`cargo info kernel-runtime` names the repository";

/// `what` is "kernel" or "operator".
pub(crate) fn bug(what: &str, panic: &str, source: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "this is a bug in kernel-core {version}, not in your {what}: {panic}\n\
         please report it with the source of the {what} ({PLACE}):\n\n{source}"
    )
}

pub(crate) const TOO_DEEP: &str = "this is nested too deeply for #[kernel]: give intermediate results names with `let`";
pub(crate) const NOT_A_FUNCTION: &str = "#[kernel] goes on a function with a body, `#[kernel] fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 { … }`, or on an inline module of such";
pub(crate) const MODULE_INLINE: &str = "#[kernel] needs to see the module's items: write them inline, `#[kernel] mod name { … }`, \
     or put #[kernel] on each function of the file";
pub(crate) const MODULE_OPTIONS: &str =
    "the one option of a module is `crate = ::path`: all others go on its kernels, `#[kernel(assume(gamma > 0))]`";
pub(crate) const MARK: &str = "a kernel of a module is marked `#[kernel]` or `#[kernel(assume(gamma > 0))]`";
pub(crate) const KERNEL_TWICE: &str = "#[kernel] stands here twice: remove one";
pub(crate) const CFG: &str = "a #[cfg] inside a kernel is invisible to #[kernel], which would differentiate every alternative at once: \
     write one kernel per configuration and put the #[cfg] on the whole function";

pub(crate) fn name_collision(name: &str) -> String {
    format!(
        "the function `{name}` and its struct would have the same name: \
         add a name of its own for the struct, `#[kernel(name = {name}Kernel)]`, or write the function in snake_case"
    )
}

pub(crate) fn no_struct_name(function: &str) -> String {
    format!("no struct name can be made out of `{function}`: add one, `#[kernel(name = MyKernel)]`")
}

// Options.

pub(crate) const OPTIONS: &str = "`assume(…)`, `psd`, `psd = assume`, `indefinite`, `asymmetric`, `smooth = assume(n)`, `name = Rbf`, `crate = ::path`";
pub(crate) const PSD: &str = "`psd` stands alone (a proof is demanded) or as `psd = assume` (you vouch for it)";
pub(crate) const SMOOTH: &str =
    "`smooth` is written `smooth = assume(1)`: the number of mean-square derivatives you vouch for";
pub(crate) const NAME: &str = "`name` is written `name = Rbf`: the name of the kernel's struct";
pub(crate) const CRATE: &str = "`crate` is written `crate = ::path::to::kernel_runtime`";
pub(crate) const ASSUME: &str = "`assume` is written `assume(gamma > 0, 0 < p && p <= 2)`";

pub(crate) fn unknown_option(option: &str) -> String {
    format!("#[kernel] has no option `{option}`: the options are {OPTIONS}")
}

pub(crate) fn option_twice(option: &str) -> String {
    format!("the option `{option}` is given twice: remove one")
}

pub(crate) fn flag_with_value(option: &str) -> String {
    format!("the option `{option}` takes no value: write just `{option}`")
}

pub(crate) fn contradiction(one: &str, other: &str) -> String {
    format!("`{one}` contradicts `{other}`: a covariance is symmetric and positive definite; remove one of the two")
}

// assume(…).

pub(crate) const BOUND: &str =
    "`assume` compares a parameter with a number, `gamma > 0`, and joins comparisons with `&&` or `,`";
pub(crate) const BOUND_CHAIN: &str = "comparisons are not chained: write `0 < p && p <= 2`";
pub(crate) const BOUND_OR: &str =
    "`||` is not supported in `assume`: a parameter's range is one interval, `0 < p && p <= 2`";
pub(crate) const BOUND_EQUAL: &str =
    "`assume` knows <, <=, >, >= and !=: a parameter with only one value is a constant, write it in the body";
pub(crate) const BOUND_TWO: &str = "`assume` compares one parameter with a number, not two parameters with each other";
pub(crate) const BOUND_NONE: &str = "this comparison mentions no parameter: write `gamma > 0`";
pub(crate) const BOUND_NUMBER: &str = "the other side of a bound is a finite number such as `0`, `-1.5` or `2 * PI`";

pub(crate) fn unknown_parameter(name: &str, known: &[String]) -> String {
    if known.is_empty() {
        return format!("`{name}` is not a parameter: this kernel has none");
    }
    format!("`{name}` is not a parameter of this kernel: its parameters are {}", known.join(", "))
}

pub(crate) fn no_value_left(name: &str) -> String {
    format!("no value of `{name}` satisfies this together with the bounds before it")
}

// The signature.

pub(crate) const TWO_POINTS: &str = "a kernel takes two points first, then its parameters: \
     `fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64`; points are `f64`, `&[f64; 3]`, `&[f64; D]` or `&[f64]`";
pub(crate) const RECEIVER: &str = "a kernel is a free function and takes no `self`: pass what it needs as parameters, \
     `fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64`";
pub(crate) const ASYNC: &str = "a kernel cannot be async: it is a plain function of two points";
pub(crate) const UNSAFE: &str = "a kernel cannot be unsafe: it is plain arithmetic on two points";
pub(crate) const EXTERN: &str = "a kernel cannot be extern: wrap it in an extern function of your own instead";
pub(crate) const VARIADIC: &str =
    "a kernel takes a fixed number of parameters: per-coordinate ones are slices, `w: &[f64]`";
pub(crate) const WHERE: &str = "the one where clause of a kernel is that of its scalar, `where T: Real`";
pub(crate) const BOUNDS: &str = "the emitted code knows of the scalar that it is `Real`, and no more: remove this bound, or write the kernel in f64, \
     which also gives its f32 form";
pub(crate) const GENERIC_TYPE: &str = "the one type parameter of a kernel is its scalar, `T: Real`: write `fn k<T: Real>(x: &[T], y: &[T], gamma: T) -> T`, or f64, \
     which also gives the f32 form";
pub(crate) const GENERIC_CONST: &str = "the one const generic of a kernel is the number of coordinates of its points: `fn k<const D: usize>(x: &[f64; D], y: &[f64; D]) -> f64`";
pub(crate) const PARAMETER_PATTERN: &str =
    "an argument of a kernel is a plain name, `x: &[f64]`: take it apart in the body with `let`";
pub(crate) const PARAMETER_MUT: &str =
    "an argument of a kernel is not `mut`: write a new `let` where its value should change";
pub(crate) const PARAMETER_NEW: &str =
    "a parameter cannot be called `new`: the kernel's struct has a constructor of that name; rename it";
pub(crate) const IMPL_TRAIT: &str = "`impl Trait` arguments are not supported: points are `f64`, `&[f64; 3]`, `&[f64; D]` or `&[f64]`, parameters `f64` or `&[f64]`";
pub(crate) const MUT_REFERENCE: &str = "a kernel does not change its arguments: write `&` without `mut`";

pub(crate) fn no_return(scalar: &str) -> String {
    format!("a kernel returns a number: write `-> {scalar}`")
}

pub(crate) fn wrong_return(scalar: &str) -> String {
    format!("this kernel is written in {scalar}, so it returns {scalar}: write `-> {scalar}`")
}

pub(crate) fn mixed_scalars(found: &str, expected: &str) -> String {
    format!(
        "this is {found}, but the kernel's points are {expected}: use one floating-point type throughout, {expected}"
    )
}

pub(crate) fn points_differ(first: &str, second: &str) -> String {
    format!("the two points differ in type, {first} and {second}: give both the same type")
}

pub(crate) fn by_value(scalar: &str, length: &str) -> String {
    format!("arrays are taken by reference: write `&[{scalar}; {length}]`")
}

pub(crate) fn scalar_reference(scalar: &str) -> String {
    format!("a single number is taken by value: write `{scalar}` (or `&[{scalar}]` for several)")
}

pub(crate) fn container(name: &str, scalar: &str) -> String {
    format!(
        "`{name}` is not supported here: write `&[{scalar}]`, which every contiguous container lends (`&v`, `v.as_slice()`)"
    )
}

pub(crate) fn unknown_type(scalar: &str) -> String {
    format!(
        "a kernel does not take this type: points are `{scalar}`, `&[{scalar}; 3]`, `&[{scalar}; D]` or `&[{scalar}]`, \
         parameters `{scalar}` or, with one entry per coordinate, `&[{scalar}]`"
    )
}

pub(crate) fn parameter_length(found: &str, points: &str) -> String {
    format!(
        "this parameter has {found} entries and the points have {points} coordinates: a vector parameter has one entry per coordinate"
    )
}

pub(crate) fn array_on_slices(scalar: &str) -> String {
    format!(
        "the points are slices, so a parameter with one entry per coordinate is a slice too: write `&[{scalar}]`, or make the points arrays"
    )
}

pub(crate) fn vector_on_scalars(scalar: &str) -> String {
    format!(
        "the points are single numbers, so every parameter is one: write `{scalar}`, or make the points `&[{scalar}]`"
    )
}

// The body: statements.

pub(crate) const NO_VALUE: &str =
    "this block has no value: end it with the expression it stands for, without a semicolon";
pub(crate) const NO_EFFECT: &str = "a statement without effect: bind its value with `let`, or remove it";
pub(crate) const LET_ELSE: &str = "`let … else` is not supported in a kernel: write `let` with a plain name";
pub(crate) const PATTERN: &str =
    "this pattern is not supported: write a name, `_`, `&a`, or a tuple of those such as `(a, b)`";
pub(crate) const PATTERN_SHAPE: &str =
    "this pattern does not fit the value: `.zip(y)` gives `(a, b)`, and one more `.zip(w)` gives `((a, b), w)`";
pub(crate) const ARRAY_PATTERN: &str =
    "this takes apart a point of another length: name every coordinate of an array point, `let [a, b] = *x;`";
pub(crate) const ITEM: &str = "items inside a kernel are not supported: move this outside the function (helper functions go beside it, into `#[kernel] mod name { … }`)";
pub(crate) const USE: &str = "inside a kernel only the float constants can be imported, `use std::f64::consts::PI;`: \
     move this `use` outside the function (the vocabulary needs none)";
pub(crate) const RETURN: &str = "`return` is supported as the end of the function, or as the end of an `if` before it, \
     `if r > 1.0 { return 0.0; }`: elsewhere write the value itself";
pub(crate) const RETURN_NOTHING: &str = "a kernel returns a number: write `return` with its value";
pub(crate) const UNREACHABLE: &str = "this is never reached, as the kernel has returned before it: remove it";

// The body: expressions.

const EXPRESSIONS: &str = "a kernel is made of `let`, arithmetic, `if`/`else`, float methods, the vocabulary (`sq_dist(x, y)`, …), \
     coordinate sums `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`, and loops that add up, `for i in 0..x.len() { sum += …; }`";

pub(crate) fn unsupported(what: &str) -> String {
    format!("{what} is not supported in a kernel: {EXPRESSIONS}")
}

pub(crate) const FOR: &str = "a `for` loop in a kernel goes over the coordinates, `for i in 0..x.len() { … }` or \
     `for (a, b) in x.iter().zip(y) { … }`, or between two known numbers, `for i in 0..3 { … }`";
pub(crate) const FOR_VALUE: &str =
    "a `for` loop has no value: let it add to a variable, `for i in 0..x.len() { sum += …; }`, and use that after it";
pub(crate) const RANGE: &str =
    "a range in a kernel goes over coordinates, `0..x.len()`, `1..x.len()`, or between two known numbers, `0..3`";
pub(crate) const PART_OF_PART: &str = "a part is taken of a point or a vector parameter, `x[1..]`, not of a part";
pub(crate) const SPANS_DIFFER: &str =
    "these go over different coordinates: take the same part of both, `sq_dist(&x[1..], &y[1..])`";
pub(crate) const LONG_RANGE: &str =
    "this range is too long: up to 64 numbers are supported, or all coordinates, `0..x.len()`";
pub(crate) const LONG_LOOP: &str =
    "the loops over known numbers make too many rounds: up to 1000 are supported, all of them together";

pub(crate) fn too_large(most: usize) -> String {
    format!(
        "here the kernel comes to more than {most} different intermediate results, and its derivatives take many times as many: \
         write what repeats over the coordinates as one sum or product, `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`, loop fewer \
         rounds, or split it into several kernels and add or multiply those, `K1::new(…)? + K2::new(…)?`"
    )
}

pub(crate) const LOOP: &str = "of loops, a kernel has `for` over all coordinates, `for i in 0..x.len() { sum += …; }`: \
     there is no `while`, `loop`, `break` or `continue`";
pub(crate) const ASSIGN: &str =
    "an assignment has no value: make it a statement of its own, before the expression that uses the variable";
pub(crate) const ASSIGN_TARGET: &str =
    "only whole variables are assigned to in a kernel: write `name = …;` or `name += …;`";
pub(crate) const ASSIGN_OUTSIDE: &str = "a closure does not change variables from outside: sum its values, \
     `….map(|(a, b)| …).sum::<f64>()`, or write a loop, `for (a, b) in x.iter().zip(y) { sum += …; }`";
pub(crate) const OVERWRITTEN: &str = "a loop over the coordinates adds to a variable from outside, `sum += …`, or multiplies it, `product *= …`: \
     what it was in the last round only is not supported, use `let` inside the loop";
pub(crate) const SUM_AND_PRODUCT: &str =
    "this variable is both added to and multiplied in one loop over the coordinates: use one variable for each";
pub(crate) const MERGE: &str =
    "the branches of this `if` leave a variable with values that are not numbers: give each branch a number";

pub(crate) fn unset(name: &str) -> String {
    format!("`{name}` has no value yet: give it one where it is declared, `let {name} = …;`")
}

pub(crate) fn accumulator_read(name: &str) -> String {
    format!(
        "`{name}` is read inside the loop over the coordinates that changes it: the rounds of such a loop are independent of each other, \
         `{name} += …` with coordinates and parameters; use `{name}` after the loop"
    )
}

pub(crate) const MATCH: &str = "`match` is not supported in a kernel: write `if` / `else if` / `else` with comparisons";
pub(crate) const MACRO: &str = "macros are not supported in a kernel, which is differentiated before they expand: \
     write the expression out; ranges of parameters go into `#[kernel(assume(gamma > 0))]`";
pub(crate) const MUT_BORROW: &str = "a kernel changes nothing: write `&` without `mut`, or just the value";
pub(crate) const REMAINDER: &str =
    "`%` is not supported, as it jumps: periodic kernels are written with sin or cos, `(PI * (x - y) / p).sin()`";
pub(crate) const BIT_OPERATOR: &str =
    "this operator is not supported in a kernel: use + - * / on numbers, && || ! on comparisons";
pub(crate) const FIELD: &str =
    "of fields, a kernel has those of tuples, `pair.0`: pass what else is needed as parameters";
pub(crate) const IF_LET: &str = "`if let` is not supported in a kernel: compare numbers, `if r < 1.0 { … } else { … }`";
pub(crate) const IF_WITHOUT_ELSE: &str = "this `if` needs an `else` to have a value: `if r < 1.0 { … } else { 0.0 }`";
pub(crate) const LITERAL: &str = "only numbers are supported here, such as `2.0`, `0.5` or `1e-3`";
pub(crate) fn generic_literal(scalar: &str, literal: impl quote::ToTokens) -> String {
    let literal = literal.to_token_stream().to_string().replace(" . ", ".").replace(" ()", "()");
    format!("this is an f64, and the kernel is written in `{scalar}`: write `{scalar}::of({literal})`")
}

pub(crate) const NUMBER_SIZE: &str = "this number cannot be read as a float";
pub(crate) const DIVISION_BY_ZERO: &str = "this integer division divides by zero";
pub(crate) const INTEGER_OVERFLOW: &str = "this integer does not fit: write it as a float, such as `1e20`";
pub(crate) const INTEGER_DIVISION: &str =
    "integer division of a length drops the remainder: convert first, `x.len() as f64 / 2.0`";

// The body: types of values.

pub(crate) fn point_as_number(name: &str) -> String {
    format!(
        "`{name}` is a whole point where a number is needed: use the vocabulary (`sq_dist(x, y)`, `dot(x, y)`, …), \
         a coordinate `{name}[0]`, or a coordinate sum `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`"
    )
}

pub(crate) fn weights_as_number(name: &str) -> String {
    format!(
        "`{name}` has one entry per coordinate and a number is needed: use it inside a coordinate sum, \
         `x.iter().zip(y).zip({name}).map(|((a, b), w)| …).sum::<f64>()`"
    )
}

pub(crate) const ITERATOR_AS_NUMBER: &str =
    "this is an iterator, not a number: end the chain with `.map(|…| …).sum::<f64>()`";
pub(crate) const FUNCTION_AS_NUMBER: &str = "this is a function, not a number: call it, `square(a)`";
pub(crate) const ARRAY_BOUND: &str = "this is out of the array's bounds";
pub(crate) const TUPLE_AS_NUMBER: &str =
    "this is a tuple, not a number: take it apart with a pattern, `let (a, b) = …;` or `|(a, b)|`";
pub(crate) const BOOL_AS_NUMBER: &str = "this is a comparison, not a number: write `if r < 1.0 { 1.0 } else { 0.0 }`";
pub(crate) const NUMBER_AS_BOOL: &str = "a condition compares numbers, `r < 1.0`, joined with `&&`, `||` and `!`";
pub(crate) const INTEGER_NEEDED: &str =
    "`powi` takes a whole number known when the kernel is compiled, `.powi(2)`: for others write `.powf(…)`";
pub(crate) const CAST_POINTS: &str =
    "casts are supported from integers to the kernel's own float type: `x.len() as f64`, `2 as f64`";
pub(crate) const TUPLE_TOO_DEEP: &str = "tuples inside tuples go too deep here: zip fewer vectors";

// The body: names, functions, methods.

pub(crate) fn unknown_name(name: &str) -> String {
    format!(
        "`{name}` is not known here: a kernel sees its arguments, its own `let`s, and constants, `SCALE` or `std::f64::consts::PI`"
    )
}

pub(crate) fn unknown_function(name: &str, vocabulary: &str) -> String {
    format!(
        "calls of `{name}` are not supported: the functions are {vocabulary}, erf(x) and the float methods as `f64::sqrt(s)`; \
         write the function's expression out, or put it with the kernel into `#[kernel] mod name {{ … }}`"
    )
}

pub(crate) fn recursion(name: &str) -> String {
    format!("`{name}` calls itself here: a kernel is one expression, without recursion")
}

pub(crate) const TOO_MANY_CALLS: &str = "too many calls of the module's functions are inside one another: give intermediate results names with `let`, and use those";
pub(crate) const CFG_KERNEL: &str =
    "a kernel inside a #[kernel] module cannot be under #[cfg] on its own: put the #[cfg] on the whole module";
pub(crate) const CFG_HELPER: &str = "a function under #[cfg] cannot be called from a kernel, which is differentiated before that is decided: \
     put the #[cfg] on the whole module";

pub(crate) fn unknown_method(name: &str, methods: &str) -> String {
    format!("the method `{name}` is not supported on numbers: the methods are {methods}")
}

pub(crate) fn argument_count(name: &str, expected: usize, found: usize) -> String {
    let s = if expected == 1 { "" } else { "s" };
    format!("`{name}` takes {expected} argument{s} here, not {found}")
}

pub(crate) fn vocabulary_argument(function: &str, example: &str) -> String {
    format!(
        "`{function}` works on the two points themselves, `{example}`: for anything else write a coordinate sum, \
         `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`"
    )
}

pub(crate) fn vocabulary_shadowed(name: &str) -> String {
    format!("`{name}` is also the vocabulary function that this kernel calls: rename this variable")
}

pub(crate) const ERF_METHOD: &str = "`erf` is a function, not a method: write `erf(x)`";
pub(crate) const POINT_MAP: &str =
    "vectors have no arithmetic of their own: iterate over the coordinates, `x.iter().map(|a| …).sum::<f64>()`";

pub(crate) fn vector_method(name: &str) -> String {
    format!(
        "the method `{name}` is not supported on a vector: the methods are iter(), into_iter() and len(); \
         a coordinate sum is `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`"
    )
}

pub(crate) fn iterator_method(name: &str) -> String {
    format!(
        "the iterator method `{name}` is not supported: a coordinate sum is made of iter(), zip(…), enumerate(), copied(), cloned(), map(|…| …) and sum() or product(), \
         `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`"
    )
}

pub(crate) const FOLD: &str = "`fold` is not supported: write the sum or the product itself, `….map(|…| …).sum::<f64>()`, \
     or a loop, `for (a, b) in x.iter().zip(y) { sum += …; }`";
pub(crate) const FOR_EACH: &str = "`for_each` is not supported: write the loop, `for (a, b) in x.iter().zip(y) { sum += …; }`, or the sum itself, `….map(|…| …).sum::<f64>()`";
pub(crate) const ZIP_MIXED: &str = "these are a few known numbers, and there must be one for each coordinate of the points: make those arrays of that length, `&[f64; 3]`, \
     or use `.enumerate()` for the number of a coordinate";

pub(crate) fn other_method(name: &str, what: &str) -> String {
    format!("`{name}` is not supported on {what}")
}

// The body: indices.

pub(crate) const INDEX_LITERAL: &str = "a coordinate is picked by a whole number, `x[0]`: sums over all of them are `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`";

pub(crate) fn index_bound(index: i64, length: usize) -> String {
    format!(
        "the points have {length} coordinates, so the last is number {}: {index} is out of bounds",
        length.saturating_sub(1)
    )
}

pub(crate) const INDEX_SHIFTED: &str = "inside a loop over the coordinates only the current one is at hand, `x[i]`: \
     pick others by their numbers outside of it, `x[0]`";
pub(crate) const INDEX_OTHER: &str = "only points and vector parameters have entries to pick, `x[0]`";

// The body: coordinate sums.

pub(crate) const MAP_CLOSURE: &str = "`map` takes a closure here, `.map(|(a, b)| (a - b) * (a - b))`";
pub(crate) const ZIP_ARGUMENT: &str =
    "`zip` takes a vector of the kernel, `.zip(y)`, or an iterator over one, `.zip(w.iter())`";
pub(crate) const TRIPLE_SUM: &str = "sums over coordinates are nested three deep here, supported are two: \
     `x.iter().map(|a| y.iter().map(|b| (a - b).powi(2)).sum::<f64>()).sum::<f64>()`; \
     bind what does not depend on the outer coordinates to a name first";
pub(crate) const ITERATOR_OUTSIDE: &str =
    "this iterator was made outside the sum that it is used in: write it here, `y.iter()`";
pub(crate) const INNER_SUM: &str = "a function, such as `.sqrt()`, of an inner sum that depends on the coordinate of the outer sum: \
     supported is to add such a sum, and to multiply it by what holds none";
pub(crate) const INNER_PRODUCT: &str = "a product over coordinates may not depend on the coordinate of a sum or product around it: \
     take the product of what depends on its own coordinates only";
pub(crate) const PRODUCT_OF_WHOLE: &str = "a factor of a product over coordinates depends on whole points here: \
     factors are made of the current coordinates, parameters and numbers; divide by `x.len()` or by a norm after `.product()`";
pub(crate) const ANGLE_IN_SUM: &str = "`angle(x, y)` inside a sum or product over coordinates is supported as a factor only: \
     multiply by it after `.sum()`";
