"""Golden values of covariances of operators: `python3 scripts/golden_operators.py > tests/data/operators.json` (mpmath, half a minute).

Sums of the derivatives that `golden_hessians.py` makes, in its precision: of points of two coordinates, heat = d[0] - alpha d[1]²,
laplacian, gradient and value, each with each.
"""

import random

from golden_hessians import KERNELS, ROUNDING, blocks, difference, limit, mp, mpf, size, write


def product(x, y, v, l, w, m):
    return KERNELS["rbf"][0](x, y, v, l) * KERNELS["matern92"][0](x, y, w, m)


KERNELS["product"] = (product, "ssss", True, 2)
D = 2
# Of a derivative by some indices its number among the distinct entries of its order, which are in ascending order.
NUMBER = {(): 0, (0,): 0, (1,): 1, (0, 0): 0, (0, 1): 1, (1, 1): 2}


def operators(alpha):
    """Components of each: (coefficient, indices)."""
    return {
        "value": [[(mpf(1), ())]],
        "gradient": [[(mpf(1), (0,))], [(mpf(1), (1,))]],
        "laplacian": [[(mpf(1), (0, 0)), (mpf(1), (1, 1))]],
        "heat": [[(mpf(1), (0,)), (-alpha, (1, 1))]],
    }


def covariances(found, alpha):
    """Of blocks by orders, by names of operators on the left and on the right."""
    count = {0: 1, 1: D, 2: 3}

    def entry(a, b):
        return found[len(a), len(b)][NUMBER[a] * count[len(b)] + NUMBER[b]]

    return {
        f"{left}-{right}": [
            sum((c * e * entry(a, b) for c, a in of_x for e, b in of_y), mpf(0)) for of_x in rows for of_y in columns
        ]
        for left, rows in operators(alpha).items()
        for right, columns in operators(alpha).items()
    }


def at(kernel, x, y, parameters, alpha, coincident):
    found = limit(kernel, x, parameters) if coincident else blocks(kernel, x, y, parameters)
    return covariances(found, alpha)


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
    for kernel in ["rbf", "matern92", "product"]:
        parameters = [number(0.5, 1.6) for _ in KERNELS[kernel][1]]
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
