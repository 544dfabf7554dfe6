"""Golden values of covariances with Hessians: `python3 scripts/golden_hessians.py > tests/data/hessians.json` (mpmath, 5 minutes).

Derivatives are exact: four nilpotent units e_0 … e_3 with e_n² = 0, so that f(x + e_0 + …) holds every mixed partial. Where points
coincide the value is the limit y -> x, from |x - y| = 1e-60 along two directions that have to agree.
"""

import json
import random

from mpmath import mp, mpf

mp.dps = 260
ROUNDING = mpf(2) ** -53
UNITS = range(16)
# Pairs (left, right) of sets of units that do not meet.
SPLITS = {whole: [(part, whole ^ part) for part in UNITS if part & whole == part] for whole in UNITS}


class Jet:
    """Coefficients of all products of units, by bits."""

    def __init__(self, parts):
        self.parts = parts

    @staticmethod
    def of(value):
        return value if isinstance(value, Jet) else Jet([mpf(value)] + [mpf(0)] * 15)

    def __add__(self, other):
        other = Jet.of(other)
        return Jet([a + b for a, b in zip(self.parts, other.parts)])

    def __mul__(self, other):
        other = Jet.of(other)
        a, b = self.parts, other.parts
        return Jet([sum((a[l] * b[r] for l, r in SPLITS[n] if a[l] and b[r]), mpf(0)) for n in UNITS])

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Jet.of(other)

    def __truediv__(self, other):
        return self * Jet.of(other).power(-1)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return Jet.of(other) - self

    def through(self, derivatives):
        """Σ f^(n)(a) Nⁿ/n!, with N⁵ = 0."""
        rest = Jet([mpf(0)] + self.parts[1:])
        result, power, factorial = Jet.of(derivatives[0]), Jet.of(1), 1
        for n, derivative in enumerate(derivatives[1:], 1):
            power, factorial = power * rest, factorial * n
            result = result + power * (derivative / factorial)
        return result

    def exp(self):
        return self.through([mp.exp(self.parts[0])] * 5)

    def power(self, p):
        a, derivatives, c = self.parts[0], [], mpf(1)
        for n in range(5):
            derivatives.append(c * a ** (p - n) if c else mpf(0))
            c *= p - n
        return self.through(derivatives)

    def sqrt(self):
        return self.power(mpf(1) / 2)

    def sin(self):
        s, c = mp.sin(self.parts[0]), mp.cos(self.parts[0])
        return self.through([s, c, -s, -c, s])

    def cos(self):
        s, c = mp.sin(self.parts[0]), mp.cos(self.parts[0])
        return self.through([c, -s, -c, s, c])

    def log(self):
        a = self.parts[0]
        return self.through([mp.log(a), 1 / a, -(a**-2), 2 * a**-3, -6 * a**-4])

    def cosh(self):
        s, c = mp.sinh(self.parts[0]), mp.cosh(self.parts[0])
        return self.through([c, s, c, s, c])

    def asin(self):
        a = self.parts[0]
        w = 1 - a * a
        return self.through([
            mp.asin(a),
            w ** mpf(-0.5),
            a * w ** mpf(-1.5),
            (1 + 2 * a * a) * w ** mpf(-2.5),
            (9 * a + 6 * a**3) * w ** mpf(-3.5),
        ])


def square(x, y, lengthscale=None):
    lengthscale = lengthscale or [mpf(1)] * len(x)
    return sum(((a - b) / l) * ((a - b) / l) for a, b, l in zip(x, y, lengthscale))


def dot(x, y):
    return sum(a * b for a, b in zip(x, y))


def polynomial_times_exp(coefficients, q):
    total = Jet.of(0)
    for c in reversed(coefficients):
        total = total * q + c
    return total * (-q).exp()


def matern(coefficients, root):
    def of(x, y, v, l):
        return polynomial_times_exp(coefficients, square(x, y).sqrt() * (mp.sqrt(root) / l)) * v

    return of


def ard_matern52(x, y, v, l):
    return polynomial_times_exp([1, 1, mpf(1) / 3], square(x, y, l).sqrt() * mp.sqrt(5)) * v


def periodic(x, y, v, p, l):
    sines = [((a - b) * (mp.pi / p)).sin() for a, b in zip(x, y)]
    return (sum(s * s for s in sines) * (-2 / l**2)).exp() * v


def ard_periodic(x, y, v, p, l):
    sines = [((a - b) * (mp.pi / q)).sin() / m for a, b, q, m in zip(x, y, p, l)]
    return (sum(s * s for s in sines) * -2).exp() * v


def cosine(x, y, v, p):
    return (sum((a - b) / q for a, b, q in zip(x, y, p)) * (2 * mp.pi)).cos() * v


def spectral_mixture(x, y, v, m, w):
    width = sum(((a - b) * s) * ((a - b) * s) for a, b, s in zip(x, y, w))
    phase = sum((a - b) * f for a, b, f in zip(x, y, m))
    return (width * (-2 * mp.pi**2)).exp() * (phase * (2 * mp.pi)).cos() * v


def wendland_c4(x, y, v, radius):
    u = square(x, y).sqrt() / radius
    if u.parts[0] >= 1:
        return Jet.of(0)
    return (1 - u).power(6) * (u * u * 35 + u * 18 + 3) * (v / 3)


def nn_arcsine(x, y, v, b, w):
    across = (dot(x, y) * w + b) * 2
    left, right = ((dot(p, p) * w + b) * 2 + 1 for p in (x, y))
    return (across / (left * right).sqrt()).asin() * (v * 2 / mp.pi)


def gibbs(x, y, v, l, g):
    total = Jet.of(0)
    for a, b, m, n in zip(x, y, l, g):
        c = ((a - b) * n).cosh()
        total = total + (a - b) * (a - b) / (((a + b) * n).exp() * c * (m * m)) + c.log()
    return (total * (-mpf(1) / 2)).exp() * v


# Name: function, parameters ("v": one number for each coordinate), whether it depends on x - y alone, most coordinates.
KERNELS = {
    "rbf": (lambda x, y, v, l: (square(x, y) * (-1 / (2 * l * l))).exp() * v, "ss", True, 3),
    "ard_rbf": (lambda x, y, v, l: (square(x, y, l) * (-mpf(1) / 2)).exp() * v, "sv", True, 3),
    "matern52": (matern([1, 1, mpf(1) / 3], 5), "ss", True, 3),
    "matern72": (matern([1, 1, mpf(2) / 5, mpf(1) / 15], 7), "ss", True, 3),
    "matern92": (matern([1, 1, mpf(3) / 7, mpf(2) / 21, mpf(1) / 105], 9), "ss", True, 3),
    "ard_matern52": (ard_matern52, "sv", True, 3),
    "rational_quadratic": (
        lambda x, y, v, a, l: (square(x, y) * (1 / (2 * a * l * l)) + 1).power(-a) * v, "sss", True, 3,
    ),
    "inverse_multiquadric": (lambda x, y, v, l: (square(x, y) / (l * l) + 1).power(-mpf(1) / 2) * v, "ss", True, 3),
    "periodic": (periodic, "sss", True, 2),
    "ard_periodic": (ard_periodic, "svv", True, 2),
    "cosine": (cosine, "sv", True, 2),
    "spectral_mixture": (spectral_mixture, "svv", True, 2),
    "wendland_c4": (wendland_c4, "ss", True, 3),
    "linear": (lambda x, y, v, b: dot(x, y) * v + b, "ss", False, 2),
    "polynomial2": (lambda x, y, v, b: (dot(x, y) * v + b).power(2), "ss", False, 2),
    "polynomial3": (lambda x, y, v, b: (dot(x, y) * v + b).power(3), "ss", False, 3),
    "nn_arcsine": (nn_arcsine, "sss", False, 2),
    "gibbs": (gibbs, "svv", False, 2),
}


def blocks(kernel, x, y, parameters):
    """Blocks by (order of x, order of y), each with its distinct entries a <= a', b <= b' in order."""
    d = len(x)
    found = {(p, q): {} for p in range(3) for q in range(3)}
    for a in range(d):
        for c in range(a, d):
            for b in range(d):
                for e in range(b, d):
                    points = [[Jet.of(t) for t in x], [Jet.of(t) for t in y]]
                    for unit, (side, i) in enumerate([(0, a), (0, c), (1, b), (1, e)]):
                        points[side][i].parts[1 << unit] = mpf(1)
                    parts = KERNELS[kernel][0](*points, *parameters).parts
                    # With equal indices one coordinate carries two units: their product is the second derivative.
                    for p, of_x in enumerate([0, 1, 3]):
                        for q, of_y in enumerate([0, 4, 12]):
                            at = ((a, c)[:p], (b, e)[:q])
                            found[p, q][at] = parts[of_x | of_y]
    return {key: [entry for _, entry in sorted(entries.items())] for key, entries in found.items()}


def size(block):
    return max(abs(entry) for entry in block)


def difference(one, other):
    return {key: size([a - b for a, b in zip(one[key], other[key])]) for key in one}


def limit(kernel, x, parameters):
    """At y = x, from two sides."""
    results = []
    for direction in ([0.6, -0.7, 0.3], [-0.2, 0.5, 0.8]):
        y = [a + mpf(10) ** -60 * t for a, t in zip(x, direction)]
        results.append(blocks(kernel, x, y, parameters))
    for key, change in difference(*results).items():
        # Not only of the size of the block, which may be 0.
        assert change <= mpf(10) ** -40 * (1 + size(results[0][key])), (kernel, key)
    # What vanishes is 0, not 1e-60.
    return {
        key: [mpf(0) if abs(entry) < mpf(10) ** -40 * (1 + size(block)) else entry for entry in block]
        for key, block in results[0].items()
    }


def sensitivity(kernel, x, y, parameters, exact, coincident):
    """By block, the sum over inputs of its change when that input moves by a rounding."""
    total = {key: mpf(0) for key in exact}

    def moved(x, y, parameters):
        there = limit(kernel, x, parameters) if coincident else blocks(kernel, x, y, parameters)
        for key, change in difference(exact, there).items():
            if size(exact[key]) > 0:
                total[key] += change / size(exact[key])

    for p, parameter in enumerate(parameters):
        entries = parameter if isinstance(parameter, list) else [parameter]
        for n in range(len(entries)):
            changed = [e * (1 + ROUNDING) if i == n else e for i, e in enumerate(entries)]
            moved(x, y, parameters[:p] + [changed if isinstance(parameter, list) else changed[0]] + parameters[p + 1 :])
    if coincident:
        return total
    for i in range(len(x)):
        if KERNELS[kernel][2]:
            moved(x, y[:i] + [y[i] - (x[i] - y[i]) * ROUNDING] + y[i + 1 :], parameters)
        else:
            moved(x[:i] + [x[i] * (1 + ROUNDING)] + x[i + 1 :], y, parameters)
            moved(x, y[:i] + [y[i] * (1 + ROUNDING)] + y[i + 1 :], parameters)
    return total


def case(kernel, tag, x, y, parameters):
    exact_x, exact_y = ([mpf(t) for t in point] for point in (x, y))
    exact_parameters = [[mpf(e) for e in p] if isinstance(p, list) else mpf(p) for p in parameters]
    coincident = x == y
    here = limit(kernel, exact_x, exact_parameters) if coincident else blocks(kernel, exact_x, exact_y, exact_parameters)
    cond = sensitivity(kernel, exact_x, exact_y, exact_parameters, here, coincident)
    name = lambda key: f"{key[0]}{key[1]}"
    return {
        "id": f"{kernel}/d{len(x)}/{tag}",
        "kernel": kernel,
        "x": x,
        "y": y,
        "parameters": parameters,
        "blocks": {name(key): [float(entry) for entry in block] for key, block in here.items()},
        "cond": {name(key): float(mp.nstr(value, 3)) for key, value in cond.items()},
    }


def cases():
    generator = random.Random(20)
    number = lambda low, high: round(generator.uniform(low, high), 6)
    for kernel, (_, kinds, _, most) in KERNELS.items():
        for d in range(1, most + 1):
            parameter = lambda kind: number(0.5, 1.6) if kind == "s" else [number(0.5, 1.6) for _ in range(d)]
            parameters = [parameter(kind) for kind in kinds]
            point = lambda: [number(-1, 1) for _ in range(d)]
            x = point()
            direction = [number(0.3, 1) * generator.choice([-1, 1]) for _ in range(d)]
            yield case(kernel, "random", x, point(), parameters)
            yield case(kernel, "far", x, [a + 3 * t for a, t in zip(x, direction)], parameters)
            yield case(kernel, "coincident", x, x, parameters)
            distances = [1e-3, 1e-6, 1e-9, 1e-12] if d == 2 or kernel.startswith("matern") else [1e-3, 1e-9]
            for distance in distances:
                y = [a + distance * t for a, t in zip(x, direction)]
                yield case(kernel, f"near{distance:.0e}", x, y, parameters)


def write(cases):
    print('{"cases": [')
    separator = ""
    for found in cases:
        print(separator + json.dumps(found), end="", flush=True)
        separator = ",\n"
    print("\n]}")


if __name__ == "__main__":
    write(cases())
