//! How often a kernel can be differentiated where its two points meet.
//!
//! Near the diagonal a kernel is F(s, …) with s = r² for every sum s that vanishes there to second order, or a function
//! of x - y on one-dimensional points. F = Σ c_n rⁿ; rⁿ with n odd is n - 1 times differentiable in the points, and no
//! more; even powers are polynomials. The lowest odd n with c_n ≠ 0 is where smoothness ends: the kernel's *kink*. rⁿ
//! ln r is n - 1 times differentiable for every n. Matérn-1/2 has it at 1, Matérn-3/2 at 3, RBF nowhere. In mean square
//! the process is once differentiable when ∂²k/∂x∂y exists and is continuous on the diagonal (kink ≥ 3), twice when the
//! fourth derivatives are (kink ≥ 5).

use crate::map::Map;

use super::approach::{Approach, approaches, terms};
use super::joint::joint_kink;
use super::leading::{Leading, leading};
use super::powers;
use super::singular::{Singular, irregular, meeting_together};
use crate::symbolic::{Graph, Id, Number, Parity, Series, Side, Symbol};

/// How smooth a kernel is on the diagonal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smoothness {
    /// The order of the lowest kink, `None` if there is none as far as the series go.
    pub kink: Option<i64>,
    /// The kernel near that kink.
    pub leading: Option<Leading>,
    /// Why the analysis cannot vouch for every diagonal point, if it cannot.
    pub doubt: Option<Doubt>,
    /// As many derivatives in mean square were looked at.
    pub reach: i64,
}

/// Why smoothness is not proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There is no expansion along one approach.
    Expansion,
    /// The angle is not smooth where a point is 0.
    Angle,
    /// This argument of such an operation is not provably away from where the operation is singular.
    Singular(Id, Singular),
}

impl Smoothness {
    /// Whether the process is provably `times` times differentiable in mean square.
    #[must_use]
    pub fn allows(&self, times: i64) -> bool {
        self.doubt.is_none() && times <= self.reach && !self.forbids(times)
    }

    /// Whether a kink was found that `times` derivatives in mean square do not outlive.
    #[must_use]
    pub fn forbids(&self, times: i64) -> bool {
        self.kink.is_some_and(|kink| kink <= 2 * times)
    }

    /// Whether there are certainly no `times` derivatives in mean square, but for exceptional parameters.
    #[must_use]
    pub fn is_certain(&self, times: i64) -> bool {
        self.forbids(times) && self.leading.as_ref().is_some_and(|leading| leading.certain)
    }

    fn meet(&mut self, found: Result<Option<Leading>, Doubt>) {
        match found {
            Ok(Some(leading)) if self.kink.is_none_or(|known| leading.order < known) => {
                self.kink = Some(leading.order);
                self.leading = Some(leading);
            }
            Ok(_) => {}
            Err(doubt) => self.doubt = self.doubt.take().or(Some(doubt)),
        }
    }
}

/// Every way in which the points of a kernel come together, and what the kernel does along it, if that could be worked
/// out.
pub type Meetings = Vec<(Approach, Result<Along, Doubt>)>;

/// How many derivatives in mean square every kernel is looked at for.
const NEAR: i64 = 2;

/// For how many those are that have so many.
const FAR: i64 = 4;

/// Works them out for `value`.
pub fn meetings(graph: &mut Graph, value: Id) -> Meetings {
    meetings_to(graph, value, NEAR)
}

fn meetings_to(graph: &mut Graph, value: Id, reach: i64) -> Meetings {
    approaches(graph, value).into_iter().map(|approach| (approach, along(graph, value, approach, reach))).collect()
}

/// Analyses `value` on the diagonal.
pub fn smoothness(graph: &mut Graph, value: Id, meetings: &Meetings) -> Smoothness {
    let near = smoothness_to(graph, value, meetings, NEAR);
    if near.kink.is_some() || near.doubt.is_some() {
        return near;
    }
    let meetings = meetings_to(graph, value, FAR);
    let far = smoothness_to(graph, value, &meetings, FAR);
    if far.doubt.is_some() { near } else { far }
}

fn smoothness_to(graph: &mut Graph, value: Id, meetings: &Meetings, reach: i64) -> Smoothness {
    let mut smoothness = Smoothness { kink: None, leading: None, doubt: None, reach };
    for (approach, along) in meetings {
        let found = along.as_ref().map_err(Clone::clone);
        smoothness.meet(found.map(|along| along.leading(graph, *approach)));
        if *approach == Approach::Angle {
            smoothness.meet(Err(Doubt::Angle));
        }
    }
    for coordinates in meeting_together(graph, value) {
        smoothness.meet(Ok(joint_kink(graph, value, &coordinates, 2 * reach)));
    }
    for symbol in graph.ingredients(&[value]) {
        let (Symbol::Sum(r) | Symbol::Product(r, _)) = symbol else { continue };
        let body = graph.reductions()[r].body;
        let found = body_kink(graph, body, reach);
        let found = found.map(|found| found.map(|leading| leading.of_body(graph, value, symbol)));
        smoothness.meet(found);
    }
    if smoothness.doubt.is_none()
        && let Some((argument, singular)) = irregular(graph, value, meetings)
    {
        smoothness.doubt = Some(Doubt::Singular(argument, singular));
    }
    smoothness
}

/// A term c tⁿ of a kernel near the diagonal that is not smooth there.
#[derive(Clone, Copy, Debug)]
pub struct Kink {
    /// The lowest order in which the derivative does not exist: n, rounded up.
    pub order: i64,
    /// c
    pub coefficient: Id,
    /// Whether it is one for some values of the parameters only.
    pub depends: bool,
}

impl Kink {
    /// Whether a derivative of this order does not exist for it. One that depends on parameters has another for each
    /// order.
    #[must_use]
    pub const fn forbids(&self, order: i64) -> bool {
        self.order == order || (self.order < order && !self.depends)
    }
}

/// What is not smooth along each approach, up to second derivatives, and up to those by both points of a process for
/// which so many in mean square are vouched for.
pub fn kinks(graph: &mut Graph, value: Id, meetings: &Meetings, vouched: i64) -> Vec<(Approach, Vec<Kink>)> {
    // Where nothing is known, no number is better than a wrong one.
    let coefficient = graph.integer(1);
    let unknown = |order: i64| vec![Kink { order, coefficient, depends: false }];
    let mut along_one = |approach: Approach, near: &Result<Along, Doubt>| match near {
        // An angle kernel may also be singular where x and -y are parallel: its poles speak for themselves.
        _ if approach == Approach::Angle => Vec::new(),
        Ok(near) if vouched <= NEAR => near.kinks.clone(),
        Ok(near) => match along(graph, value, approach, vouched) {
            Ok(far) => far.kinks,
            Err(_) => [near.kinks.clone(), unknown(2 * NEAR + 1)].concat(),
        },
        Err(_) => powers::kinks(graph, value, approach, 2 * vouched.max(1)).unwrap_or_else(|| unknown(1)),
    };
    meetings.iter().map(|(approach, near)| (*approach, along_one(*approach, near))).collect()
}

/// A kernel along one approach.
#[derive(Clone, Debug)]
pub struct Along {
    /// The kinks, the lowest first.
    pub kinks: Vec<Kink>,
    /// Exponents of the series there.
    pub(super) exponents: Vec<i64>,
    /// In this root of the distance; `None` if the kernel jumps.
    pub(super) series: Option<(Series, i64)>,
}

impl Along {
    fn leading(&self, graph: &mut Graph, approach: Approach) -> Option<Leading> {
        match &self.series {
            None => Some(Leading::jump(graph, approach)),
            Some((series, root)) => leading(graph, series, *root, *self.exponents.first()?, approach),
        }
    }
}

/// t^(n/root) is that often differentiable, and no more.
pub(super) fn order(n: i64, root: i64) -> i64 {
    n.div_euclid(root) + i64::from(n.rem_euclid(root) > 0)
}

fn along(graph: &mut Graph, value: Id, approach: Approach, reach: i64) -> Result<Along, Doubt> {
    if super::guard::jumps(graph, value, approach) {
        let jump = Kink { order: 0, coefficient: graph.integer(1), depends: false };
        return Ok(Along { kinks: vec![jump], exponents: vec![0], series: None });
    }
    let (series, root) = approach.expand_in_some_root(graph, value, terms(2 * reach)).ok_or(Doubt::Expansion)?;
    // One more than the order of derivatives is shown, where they end there.
    let end = series.end().min((2 * reach + 2) * root);
    let (mut kinks, mut exponents) = (Vec::new(), Vec::new());
    for n in series.start..end {
        let Some(coefficient) = series.coefficient(n) else { continue };
        let is_logarithmic = graph.symbols(&[coefficient]).contains(&Symbol::LogDistance);
        let smooth =
            n >= 0 && n % root == 0 && !is_logarithmic && coefficient_is_smooth(graph, coefficient, n / root, approach);
        if !smooth && !graph.is_zero(coefficient) {
            kinks.push(Kink { order: order(n, root), coefficient, depends: false });
            exponents.push(n);
        }
    }
    let unknown = kinks.is_empty() && end < (2 * reach + 1) * root;
    if unknown { Err(Doubt::Expansion) } else { Ok(Along { kinks, exponents, series: Some((series, root)) }) }
}

/// c rⁿ is smooth for even n; with t = |x - y| and σ the sign of x - y, c(σ) tⁿ is where c(σ) σⁿ does not depend on σ.
pub(super) fn coefficient_is_smooth(graph: &mut Graph, coefficient: Id, n: i64, approach: Approach) -> bool {
    if !matches!(approach, Approach::Difference(..)) {
        return n % 2 == 0;
    }
    match graph.parity(coefficient, Symbol::Direction) {
        Parity::Even => return n % 2 == 0,
        Parity::Odd => return n % 2 != 0,
        Parity::None => {}
    }
    let [from_above, from_below] = [1, -1].map(|sign| {
        let side = graph.integer(sign);
        let there = graph.substitute(coefficient, &Map::from_iter([(Symbol::Direction, side)]));
        graph.scale(there, Number::integer(sign).powi(n))
    });
    let change = graph.sub(from_above, from_below);
    let change = graph.branches(change);
    graph.is_zero(change)
}

/// The lowest kink of a body where a coordinate of x meets one of y: its own, or in a double sum the other.
fn body_kink(graph: &mut Graph, body: Id, reach: i64) -> Result<Option<Leading>, Doubt> {
    let symbols = graph.symbols(&[body]);
    let mut lowest: Option<Leading> = None;
    for approach in MEETINGS {
        let Approach::Difference(x, y) = approach else { continue };
        if symbols.contains(&x) && symbols.contains(&y) {
            let kink = along(graph, body, approach, reach)?.leading(graph, approach);
            lowest = lowest.into_iter().chain(kink).min_by_key(|leading| leading.order);
        }
    }
    Ok(lowest)
}

/// How coordinates meet inside a body.
pub(super) const MEETINGS: [Approach; 4] = {
    const OWN: [Symbol; 2] = [Symbol::Coordinate(Side::X), Symbol::Coordinate(Side::Y)];
    const OTHER: [Symbol; 2] = [OWN[0].other(), OWN[1].other()];
    [
        Approach::Difference(OWN[0], OWN[1]),
        Approach::Difference(OWN[0], OTHER[1]),
        Approach::Difference(OTHER[0], OWN[1]),
        Approach::Difference(OTHER[0], OTHER[1]),
    ]
};
