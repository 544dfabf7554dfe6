"""Golden values of covariances of operators: `python3 scripts/golden_operators.py > tests/data/operators.json` (mpmath, some minutes).

Of kernels f(x - y) of two coordinates: all partial derivatives of f up to the eighth are in a Taylor polynomial at x - y, and one by y is minus one
by x. Operators: heat = d[0] - alpha d[1]², shear = alpha d[0] d[1]², laplacian, biharmonic, gradient and value, each with each. Where points
coincide the value is the limit y -> x, from |x - y| = 1e-60 along two directions that have to agree.
"""

import random

from golden_hessians import ROUNDING, difference, mp, mpf, size, write

# At 1e-60 the eighth derivative of a distance is 1e420, and cancels.
mp.dps = 600
ORDER = 8


class Taylor:
    """Σ parts[i, j] h_0^i h_1^j, up to a total order."""

    def __init__(self, parts):
        self.parts = parts

    @staticmethod
    def of(value):
        return value if isinstance(value, Taylor) else Taylor({(0, 0): mpf(value)})

    def __add__(self, other):
        parts = dict(self.parts)
        for place, value in Taylor.of(other).parts.items():
            parts[place] = parts.get(place, mpf(0)) + value
        return Taylor(parts)

    def __mul__(self, other):
        parts = {}
        for (i, j), a in self.parts.items():
            for (k, l), b in Taylor.of(other).parts.items():
                if i + j + k + l <= ORDER:
                    parts[i + k, j + l] = parts.get((i + k, j + l), mpf(0)) + a * b
        return Taylor(parts)

    def through(self, coefficients):
        """Σ c_n Nⁿ of what is not constant."""
        rest = Taylor({place: value for place, value in self.parts.items() if place != (0, 0)})
        result = Taylor.of(0)
        for c in reversed(coefficients):
            result = result * rest + c
        return result

    def exp(self):
        at = mp.exp(self.parts[0, 0])
        return self.through([at / mp.factorial(n) for n in range(ORDER + 1)])

    def sqrt(self):
        a = self.parts[0, 0]
        return self.through([mp.binomial(mpf(1) / 2, n) * a ** (mpf(1) / 2 - n) for n in range(ORDER + 1)])


def rbf(s, v, l):
    return (s * (-1 / (2 * l * l))).exp() * v


def matern(coefficients):
    """v Σ c_n qⁿ exp(-q) of q = √(2ν) r / l, with so many coefficients less a half for ν."""

    def of(s, v, l):
        q = s.sqrt() * (mp.sqrt(2 * len(coefficients) - 1) / l)
        total = Taylor.of(0)
        for c in reversed(coefficients):
            total = total * q + c
        return total * (q * -1).exp() * v

    return of


matern72 = matern([1, 1, mpf(2) / 5, mpf(1) / 15])
matern92 = matern([1, 1, mpf(3) / 7, mpf(2) / 21, mpf(1) / 105])
# Name: function of |x - y|² and parameters, how many of those, highest order of operators.
KERNELS = {
    "rbf": (rbf, 2, 4),
    "matern72": (matern72, 2, 3),
    "matern92": (matern92, 2, 4),
    "product": (lambda s, v, l, w, m: rbf(s, v, l) * matern92(s, w, m), 4, 4),
}
D = 2


def operators(alpha):
    """Components of each: (coefficient, how often by each coordinate)."""
    one = mpf(1)
    return {
        "value": [[(one, (0, 0))]],
        "gradient": [[(one, (1, 0))], [(one, (0, 1))]],
        "laplacian": [[(one, (2, 0)), (one, (0, 2))]],
        "heat": [[(one, (1, 0)), (-alpha, (0, 2))]],
        "shear": [[(alpha, (1, 2))]],
        "biharmonic": [[(one, (4, 0)), (2 * one, (2, 2)), (one, (0, 4))]],
    }


def covariances(kernel, x, y, parameters, alpha):
    """By names of operators on the left and on the right."""
    function, _, highest = KERNELS[kernel]
    squares = [Taylor({(0, 0): a - b, place: mpf(1)}) for a, b, place in zip(x, y, [(1, 0), (0, 1)])]
    found = function(squares[0] * squares[0] + squares[1] * squares[1], *parameters).parts

    def entry(a, b):
        i, j = a[0] + b[0], a[1] + b[1]
        return (-1) ** sum(b) * mp.factorial(i) * mp.factorial(j) * found.get((i, j), mpf(0))

    known = {
        name: rows
        for name, rows in operators(alpha).items()
        if all(sum(by) <= highest for row in rows for _, by in row)
    }
    return {
        f"{left}-{right}": [
            sum((c * e * entry(a, b) for c, a in of_x for e, b in of_y), mpf(0)) for of_x in rows for of_y in columns
        ]
        for left, rows in known.items()
        for right, columns in known.items()
    }


def limit(kernel, x, parameters, alpha):
    """At y = x, from two sides."""
    results = []
    for direction in ([0.6, -0.7], [-0.2, 0.5]):
        y = [a + mpf(10) ** -60 * t for a, t in zip(x, direction)]
        results.append(covariances(kernel, x, y, parameters, alpha))
    for key, change in difference(*results).items():
        assert change <= mpf(10) ** -40 * (1 + size(results[0][key])), (kernel, key)
    # What vanishes is 0, not 1e-60.
    return {
        key: [mpf(0) if abs(entry) < mpf(10) ** -40 * (1 + size(block)) else entry for entry in block]
        for key, block in results[0].items()
    }


def at(kernel, x, y, parameters, alpha, coincident):
    return limit(kernel, x, parameters, alpha) if coincident else covariances(kernel, x, y, parameters, alpha)


def sensitivity(kernel, x, y, parameters, alpha, exact, coincident):
    """By pair, the sum over inputs of its change when that input moves by a rounding."""
    total = {key: mpf(0) for key in exact}

    def moved(x, y, parameters, alpha):
        for key, change in difference(exact, at(kernel, x, y, parameters, alpha, coincident)).items():
            if size(exact[key]) > 0:
                total[key] += change / size(exact[key])

    moved(x, y, parameters, alpha * (1 + ROUNDING))
    for p, parameter in enumerate(parameters):
        moved(x, y, parameters[:p] + [parameter * (1 + ROUNDING)] + parameters[p + 1 :], alpha)
    if not coincident:
        for i in range(D):
            moved(x, y[:i] + [y[i] - (x[i] - y[i]) * ROUNDING] + y[i + 1 :], parameters, alpha)
    return total


def case(kernel, tag, x, y, parameters, alpha):
    exact = [[mpf(t) for t in point] for point in (x, y, parameters)]
    coincident = x == y
    here = at(kernel, *exact, mpf(alpha), coincident)
    cond = sensitivity(kernel, *exact, mpf(alpha), here, coincident)
    return {
        "id": f"{kernel}/{tag}",
        "kernel": kernel,
        "x": x,
        "y": y,
        "parameters": parameters,
        "alpha": alpha,
        "blocks": {key: [float(entry) for entry in block] for key, block in here.items()},
        "cond": {key: float(mp.nstr(value, 3)) for key, value in cond.items()},
    }


def cases():
    generator = random.Random(7)
    number = lambda low, high: round(generator.uniform(low, high), 6)
    for kernel, (_, count, _) in KERNELS.items():
        parameters = [number(0.5, 1.6) for _ in range(count)]
        alpha = number(0.1, 2)
        point = lambda: [number(-1, 1) for _ in range(D)]
        x = point()
        direction = [number(0.3, 1) * generator.choice([-1, 1]) for _ in range(D)]
        for n in range(4):
            yield case(kernel, f"random{n}", point(), point(), parameters, number(0.1, 2))
        yield case(kernel, "far", x, [a + 3 * t for a, t in zip(x, direction)], parameters, alpha)
        yield case(kernel, "coincident", x, x, parameters, alpha)
        for distance in [1e-1, 1e-3, 1e-6, 1e-9, 1e-12]:
            yield case(kernel, f"near{distance:.0e}", x, [a + distance * t for a, t in zip(x, direction)], parameters, alpha)


if __name__ == "__main__":
    write(cases())
