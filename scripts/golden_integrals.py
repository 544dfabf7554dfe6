"""Golden values of integrals: `python3 scripts/golden_integrals.py > tests/data/integrals.json` (mpmath, a minute).

Covariances of integrals over boxes, and expectations under normal distributions, with each other and with derivatives at points. Of Gaussians
by the closed forms, in 260 digits, of which cancellation may take what it wants; some are compared with numerical quadrature. Of polynomials by
multiplying out and taking moments term by term.

A place along one coordinate is `["point", t]`, `["box", a, b]` (an infinite bound is null), `["mean", a, b]` for the mean over it, or
`["normal", mean, variance]`; an operator is a place for each coordinate, or `["correlated", mean, covariance]`. Of a point, `orders` has the derivatives
that are asked for, by coordinate, as many as there are values.
"""

import itertools
import random

from golden_hessians import ROUNDING, mp, mpf, write
from mpmath import erfc, exp, inf, isinf, matrix, pi, quad, sqrt

D = 2
ZERO, ONE = mpf(0), mpf(1)


# Gaussians, exp(-c (x - y)²)


def hermite(n, z):
    before, this = ONE, 2 * z
    if n == 0:
        return before
    for k in range(1, n):
        before, this = this, 2 * z * this - 2 * k * before
    return this


def bell(c, u, n):
    """The n-th derivative."""
    if isinf(u):
        return ZERO
    return (-sqrt(c)) ** n * hermite(n, sqrt(c) * u) * exp(-c * u * u)


def tail(z):
    """∫_z^∞ √π/2 erfc"""
    return ZERO if z == inf else exp(-z * z) / 2 - sqrt(pi) / 2 * z * erfc(z)


def gaussian(c, one, other, order):
    """Of two places; a point has a derivative of this order."""
    if one[0] == "normal":
        wider = 1 + 2 * c * one[2]
        return gaussian(c / wider, ("point", one[1]), other, order) / sqrt(wider)
    if other[0] == "normal":
        return gaussian(c, other, one, order)
    if one[0] == "point" and other[0] == "point":
        # With the derivative by the second.
        return (-1) ** order * bell(c, one[1] - other[1], order)
    if one[0] == "point":
        return gaussian(c, other, one, order)
    a, b = one[1], one[2]
    divisor = b - a if one[0] == "mean" else 1
    if other[0] == "point":
        y = other[1]
        if order > 0:
            return (-1) ** order * (bell(c, b - y, order - 1) - bell(c, a - y, order - 1)) / divisor
        if c == 0:
            return (b - a) / divisor
        # Complementary functions on the side where both are small.
        near, far = sqrt(c) * (a - y), sqrt(c) * (b - y)
        if near < 0:
            near, far = -far, -near
        return sqrt(pi) / 2 / sqrt(c) * (erfc(near) - (ZERO if far == inf else erfc(far))) / divisor
    p, q = other[1], other[2]
    divisor *= q - p if other[0] == "mean" else 1
    if c == 0:
        return (b - a) * (q - p) / divisor
    if (a, b) == (-inf, inf):
        return (q - p) * sqrt(pi / c) / divisor
    if (p, q) == (-inf, inf):
        return (b - a) * sqrt(pi / c) / divisor
    if a == -inf or q == inf:
        a, b, p, q = p, q, a, b
    root = sqrt(c)
    at = lambda u: ZERO if u == inf else tail(root * u)
    return (at(a - q) - at(a - p) - at(b - q) + at(b - p)) / c / divisor


def correlated(rates, one, other, orders):
    """E exp(-Σ c (x - y)²) of normal distributions; of a point, its derivatives."""
    (m, a), (n, b) = one, other
    cov = matrix(a) + matrix(b)
    lam = matrix([[sqrt(rates[i]) if i == j else 0 for j in range(D)] for i in range(D)])
    wide = mp.eye(D) + 2 * lam * cov * lam
    inverse = lam * wide**-1 * lam
    delta = matrix(m) - matrix(n)
    value = exp(-(delta.T * inverse * delta)[0]) / sqrt(mp.det(wide))
    by = [i for i in range(D) for _ in range(orders[i])]
    slope = 2 * inverse * delta
    if not by:
        return value
    if len(by) == 1:
        return slope[by[0]] * value
    return (slope[by[0]] * slope[by[1]] - 2 * inverse[by[0], by[1]]) * value


# Polynomials, as {exponents of x and y: coefficient}


def times(one, other):
    product = {}
    for (a, p), (b, q) in itertools.product(one.items(), other.items()):
        key = tuple(i + j for i, j in zip(a, b))
        product[key] = product.get(key, ZERO) + p * q
    return product


def power(base, n):
    result = {tuple([0] * len(next(iter(base)))): ONE}
    for _ in range(n):
        result = times(result, base)
    return result


def moment(place, k, order):
    """Of x^k."""
    if place[0] == "point":
        return ZERO if order > k else mp.ff(k, order) * place[1] ** (k - order)
    if place[0] == "normal":
        mean, variance = place[1], place[2]
        return sum(
            (mp.binomial(k, j) * mean ** (k - j) * variance ** (j // 2) * mp.fac2(j - 1) for j in range(0, k + 1, 2)), ZERO
        )
    a, b = place[1], place[2]
    return (b ** (k + 1) - a ** (k + 1)) / (k + 1) / (b - a if place[0] == "mean" else 1)


def normal_moment(exponents):
    """Of independent standard normal variables."""
    return ZERO if any(k % 2 for k in exponents) else mp.fprod(mp.fac2(k - 1) for k in exponents)


def root(cov):
    """A matrix whose product with its transpose is the covariance, of two coordinates."""
    low = matrix(2, 2)
    low[0, 0] = sqrt(cov[0][0])
    low[1, 0] = cov[1][0] / low[0, 0] if low[0, 0] else ZERO
    low[1, 1] = sqrt(cov[1][1] - low[1, 0] ** 2)
    return low


def polynomial(weights, offset, degree, one, other, orders):
    if one[0] == "correlated" or other[0] == "correlated":
        return correlated_polynomial(weights, offset, degree, one, other, orders)
    unit = lambda i: tuple(int(j in (i, D + i)) for j in range(2 * D))
    base = {unit(i): weights[i] for i in range(D)} | {tuple([0] * 2 * D): offset}
    total = ZERO
    for exponents, coefficient in power(base, degree).items():
        for i in range(D):
            coefficient *= moment(one[i], exponents[i], orders[i] if one[i][0] == "point" else 0)
            coefficient *= moment(other[i], exponents[D + i], orders[i] if other[i][0] == "point" else 0)
        total += coefficient
    return total


def correlated_polynomial(weights, offset, degree, one, other, orders):
    """With x and y linear in independent variables z; derivatives are by y, a point then, by differences that are exact for polynomials."""
    if one[0] != "correlated":
        one, other = other, one
    (m, a), (n, b) = as_normal(one), as_normal(other)
    if any(orders):
        i = next(i for i in range(D) if orders[i])
        less = [order - (j == i) for j, order in enumerate(orders)]

        def moved(step):
            place = [("point", n[j] + (step if j == i else 0)) for j in range(D)]
            return correlated_polynomial(weights, offset, degree, one, place, less)

        # Exact for degrees up to 4.
        return (8 * (moved(ONE) - moved(-ONE)) - (moved(ONE * 2) - moved(-ONE * 2))) / 12
    linear = lambda mean, low, i, at: {
        tuple([0] * 2 * D): mean[i],
        **{tuple(int(j == at + k) for j in range(2 * D)): low[i, k] for k in range(D)},
    }
    total = {tuple([0] * 2 * D): offset}
    low_a, low_b = root(a), root(b)
    for i in range(D):
        product = times(linear(m, low_a, i, 0), linear(n, low_b, i, D))
        for key, value in product.items():
            total[key] = total.get(key, ZERO) + weights[i] * value
    return sum((c * normal_moment(key) for key, c in power(total, degree).items()), ZERO)


def as_normal(operator):
    if operator[0] == "correlated":
        return operator[1], operator[2]
    spread = [place[2] if place[0] == "normal" else ZERO for place in operator]
    return [place[1] for place in operator], [[spread[0], ZERO], [ZERO, spread[1]]]


# Kernels: parts (amplitude, "gaussian", rates) or (amplitude, "polynomial", weights, offset, degree)

KERNELS = {
    "rbf": lambda v, l: [(v, "gaussian", [1 / (2 * l**2)] * D)],
    "ard_rbf": lambda v, l, k: [(v, "gaussian", [1 / (2 * l**2), 1 / (2 * k**2)])],
    "linear": lambda v, b: [(ONE, "polynomial", [v] * D, b, 1)],
    "polynomial2": lambda v, b: [(ONE, "polynomial", [v] * D, b, 2)],
    "polynomial3": lambda v, b: [(ONE, "polynomial", [v] * D, b, 3)],
    "constant": lambda v: [(v, "gaussian", [ZERO] * D)],
    "sum": lambda v, l, w, b: [(v, "gaussian", [1 / (2 * l**2)] * D), (ONE, "polynomial", [w] * D, b, 2)],
    "product": lambda v, l, w, k: [(v * w, "gaussian", [1 / (2 * l**2) + 1 / (2 * k**2)] * D)],
}
COUNT = {"rbf": 2, "ard_rbf": 3, "linear": 2, "polynomial2": 2, "polynomial3": 2, "constant": 1, "sum": 4, "product": 4}


def value(kernel, parameters, one, other, orders):
    total = ZERO
    for amplitude, kind, *rest in KERNELS[kernel](*parameters):
        if kind == "polynomial":
            total += amplitude * polynomial(*rest, one, other, orders)
        elif "correlated" in (one[0], other[0]):
            is_turned = one[0] != "correlated"
            first, second = (other, one) if is_turned else (one, other)
            total += amplitude * correlated(rest[0], as_normal(first), as_normal(second), orders)
        else:
            total += amplitude * mp.fprod(gaussian(rest[0][i], one[i], other[i], orders[i]) for i in range(D))
    return total


# Conditioning: the sum over inputs of the change when that input moves by a rounding. Those of a box are its width and where it is seen
# from the other side.


def center(place):
    if place[0] in ("point", "normal"):
        return place[1]
    a, b = place[1], place[2]
    return b if a == -inf else a if b == inf else (a + b) / 2


def shifted(place, step):
    if place[0] == "point":
        return ("point", place[1] + step)
    if place[0] == "normal":
        return ("normal", place[1] + step, place[2])
    return (place[0], place[1] + step, place[2] + step)


def widened(place):
    if place[0] == "normal":
        return ("normal", place[1], place[2] * (1 + ROUNDING))
    a, b = place[1], place[2]
    step = 0 if isinf(a) or isinf(b) else (b - a) * ROUNDING
    return (place[0], a, b + step)


def neighbours(parameters, one, other, stationary):
    for p, parameter in enumerate(parameters):
        yield parameters[:p] + [parameter * (1 + ROUNDING)] + parameters[p + 1 :], one, other
    for is_turned, (mine, its) in enumerate([(one, other), (other, one)]):
        back = lambda new: (parameters, its, new) if is_turned else (parameters, new, its)
        others = its[1] if its[0] == "correlated" else [center(place) for place in its]
        for i in range(D):
            where = mine[1][i] if mine[0] == "correlated" else center(mine[i])
            full = mine[0] != "correlated" and mine[i][0] == "box" and isinf(mine[i][1]) and isinf(mine[i][2])
            step = ROUNDING * ((ZERO if full or isinf(others[i]) else where - others[i]) if stationary else where)
            if mine[0] == "correlated":
                mean = mine[1][:i] + [where + step] + mine[1][i + 1 :]
                yield back(("correlated", mean, mine[2]))
                for j in range(i + 1):
                    cov = [list(row) for row in mine[2]]
                    cov[i][j] = cov[j][i] = cov[i][j] * (1 + ROUNDING)
                    yield back(("correlated", mine[1], cov))
                continue
            if not full:
                yield back(mine[:i] + [shifted(mine[i], step)] + mine[i + 1 :])
            if mine[i][0] != "point":
                yield back(mine[:i] + [widened(mine[i])] + mine[i + 1 :])


def conditioned(kernel, parameters, one, other, orders):
    here = value(kernel, parameters, one, other, orders)
    stationary = all(part[1] == "gaussian" for part in KERNELS[kernel](*parameters))
    moved = neighbours(parameters, one, other, stationary)
    return here, sum((abs(value(kernel, *at, orders) - here) for at in moved), ZERO)


# Cases


def exact(operator):
    if operator[0] == "correlated":
        return ("correlated", [mpf(t) for t in operator[1]], [[mpf(t) for t in row] for row in operator[2]])
    return [(place[0], *(mpf(t) for t in place[1:])) for place in operator]


def plain(operator):
    if operator[0] == "correlated":
        return list(operator)
    return [[place[0], *(None if isinf(mpf(t)) else t for t in place[1:])] for place in operator]


def case(kernel, tag, parameters, one, other, orders):
    values, changes = zip(
        *(conditioned(kernel, [mpf(p) for p in parameters], exact(one), exact(other), order) for order in orders)
    )
    return {
        "id": f"{kernel}/{tag}",
        "kernel": kernel,
        "parameters": parameters,
        "x": plain(one),
        "y": plain(other),
        "orders": orders,
        "values": [float(v) for v in values],
        "changes": [float(mp.nstr(c, 3)) for c in changes],
    }


VALUE = [[0, 0]]
GRADIENT = [[1, 0], [0, 1]]
HESSIAN = [[2, 0], [1, 1], [1, 1], [0, 2]]


def cases():
    generator = random.Random(11)
    number = lambda low, high: round(generator.uniform(low, high), 6)

    def box(kind="box", at=None, width=None):
        low = number(-1, 1) if at is None else at
        return (kind, low, low + (number(0.2, 2) if width is None else width))

    point = lambda: ("point", number(-1, 1))
    normal = lambda: ("normal", number(-1, 1), number(0.1, 1))
    pair = lambda make: [make(), make()]

    def spread():
        a, b = number(0.3, 1), number(0.3, 1)
        c = number(-0.25, 0.25)
        return ("correlated", [number(-1, 1), number(-1, 1)], [[a, c], [c, b]])

    for kernel in KERNELS:
        parameters = [number(0.5, 1.6) for _ in range(COUNT[kernel])]
        every = {"box": lambda: pair(box), "mean": lambda: pair(lambda: box("mean")), "normal": lambda: pair(normal)}
        for name, make in every.items():
            for tag, orders in [("value", VALUE), ("gradient", GRADIENT), ("hessian", HESSIAN)]:
                yield case(kernel, f"{name}-{tag}", parameters, make(), pair(point), orders)
            yield case(kernel, f"gradient-{name}", parameters, pair(point), make(), GRADIENT)
            for other, of_other in every.items():
                yield case(kernel, f"{name}-{other}", parameters, make(), of_other(), VALUE)
        for tag, orders in [("value", VALUE), ("gradient", GRADIENT), ("hessian", HESSIAN)]:
            yield case(kernel, f"correlated-{tag}", parameters, spread(), pair(point), orders)
        yield case(kernel, "gradient-correlated", parameters, pair(point), spread(), GRADIENT)
        yield case(kernel, "correlated-normal", parameters, spread(), pair(normal), VALUE)
        yield case(kernel, "correlated-correlated", parameters, spread(), spread(), VALUE)
        same = spread()
        yield case(kernel, "correlated-itself", parameters, same, same, VALUE)
        for width in [1e-1, 1e-3, 1e-6, 1e-9]:
            short, other = [box(width=width), box(width=width)], pair(box)
            yield case(kernel, f"short{width:.0e}-value", parameters, short, pair(point), VALUE)
            yield case(kernel, f"short{width:.0e}-gradient", parameters, short, pair(point), GRADIENT)
            yield case(kernel, f"short{width:.0e}-long", parameters, short, other, VALUE)
            yield case(kernel, f"short{width:.0e}-itself", parameters, short, short, VALUE)
        same = pair(box)
        yield case(kernel, "coincident", parameters, same, same, VALUE)
        # Side by side, sharing a face.
        beside = [("box", same[0][2], same[0][2] + 0.7), same[1]]
        yield case(kernel, "adjacent", parameters, same, beside, VALUE)
        yield case(kernel, "at-corner", parameters, same, [("point", same[0][1]), ("point", same[1][2])], VALUE)
        for distance in [3, 8, 15, 25]:
            far = [box(at=distance * parameters[min(1, len(parameters) - 1)]), box()]
            yield case(kernel, f"far{distance}-value", parameters, far, pair(point), VALUE)
            yield case(kernel, f"far{distance}-box", parameters, far, pair(box), VALUE)
            yield case(kernel, f"far{distance}-short", parameters, [(k, a, a + 1e-5) for k, a, _ in far], pair(box), VALUE)
            yield case(kernel, f"box-far{distance}", parameters, pair(box), far, VALUE)
        if kernel in ("rbf", "ard_rbf", "product"):
            offset = lambda place: (place[0], *(1e6 + t for t in place[1:]))
            for tag, one, make in [("value", box(), point), ("box", box(), box), ("short", box(width=1e-3), box)]:
                yield case(kernel, f"offset-{tag}", parameters, [offset(one), box()], [offset(make()), make()], VALUE)
            above, below = ("box", number(-1, 1), inf), ("box", -inf, number(-1, 1))
            everything = ("box", -inf, inf)
            ends = {"above": above, "below": below, "everything": everything}
            for name, end in ends.items():
                yield case(kernel, f"{name}-value", parameters, [end, box()], pair(point), VALUE)
                yield case(kernel, f"{name}-gradient", parameters, [end, box()], pair(point), GRADIENT)
                yield case(kernel, f"{name}-normal", parameters, [end, box()], pair(normal), VALUE)
                for width in [None, 1e-4, 4]:
                    yield case(kernel, f"{name}-box{width}", parameters, [end, box()], [box(width=width), box()], VALUE)
                    yield case(kernel, f"box{width}-{name}", parameters, [box(width=width), box()], [end, box()], VALUE)
            yield case(kernel, "apart", parameters, [above, box()], [("box", -inf, number(-4, 1)), box()], VALUE)


def check():
    """Closed forms against quadrature."""
    mp.dps = 25
    c = mpf("0.7")
    one, other = ("box", mpf("-0.3"), mpf("0.9")), ("box", mpf("0.4"), mpf("2.1"))
    k = lambda x, y: exp(-c * (x - y) ** 2)
    near = lambda a, b: abs(a - b) < mpf(10) ** -18
    assert near(gaussian(c, one, ("point", mpf("0.2")), 0), quad(lambda x: k(x, mpf("0.2")), one[1:]))
    assert near(gaussian(c, one, other, 0), quad(k, one[1:], other[1:]))
    density = lambda x, m, v: exp(-((x - m) ** 2) / (2 * v)) / sqrt(2 * pi * v)
    line = [mpf(-12), 0, mpf(12)]
    normal = ("normal", mpf("0.3"), mpf("0.5"))
    assert near(gaussian(c, normal, one, 0), quad(lambda x: density(x, *normal[1:]) * gaussian(c, one, ("point", x), 0), line))
    mp.dps = 260


if __name__ == "__main__":
    check()
    write(cases())
