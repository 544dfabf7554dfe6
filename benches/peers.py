"""The batches of `cargo bench -p kernel-benches` in NumPy, scikit-learn, GPyTorch, JAX and KeOps, on the same points.

    cargo bench -p kernel-benches | tee speed.txt
    python peers.py speed.txt                        # tables, with our figures and how many times as fast they are
    python peers.py speed.txt gradients "K_ff v"     # what has one of these words in its name

GPyTorch and KeOps may be missing; their columns are empty then.

One thread on one core, double precision, results checked against NumPy's. The clock is the processor's time of the process, as in
`speed`; medians of 5 turns after one that does not count. Outputs are preallocated where the library lets one.
"""

import os

# Before the libraries are loaded. What others have told OpenBLAS of the machine is not for a comparison.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", JAX_PLATFORMS="cpu")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
# KeOps compiles for no processor in particular unless it is told, and is up to three times as slow then.
os.environ["CXXFLAGS"] = "-march=native -ffast-math"
for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(variable, None)
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import importlib.metadata
import pathlib
import platform
import statistics
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
from sklearn.gaussian_process import kernels as sk
from sklearn.metrics.pairwise import rbf_kernel

try:
    import gpytorch
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
except ImportError:
    gpytorch = torch = None

try:
    import pykeops
    from pykeops.numpy import Genred

    pykeops.set_verbose(False)
except ImportError:
    pykeops = Genred = None

jax.config.update("jax_enable_x64", True)

TURNS = 5
N = 4096
GAMMA = 0.7
# Of the products of gradients, whose points have more coordinates: the factor of the squared-exponential, and Matérn's variance and
# lengthscale.
WIDE = 0.01
MATERN = (1.3, 5.0)
PACKAGES = ["numpy", "scipy", "scikit-learn", "torch", "gpytorch", "linear-operator", "jax", "jaxlib", "pykeops"]


def numbers(seed, count):
    """SplitMix64 in [-1, 1), as src/points.rs has it."""
    z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0


def points(n, d):
    return numbers(1, n * d).reshape(n, d), numbers(2, n * d).reshape(n, d)


def median(run, repeat=1):
    """Of a run that has had its turn that does not count."""
    times = []
    for _ in range(TURNS):
        start = time.process_time()
        for _ in range(repeat):
            run()
        times.append((time.process_time() - start) / repeat)
    return statistics.median(times)


OUT = np.ones((N, N))
WORK = np.ones((N, N))
THIRD = np.ones((N, N))


def np_sq_dist(x, y):
    """By the product of matrices, into OUT: the fastest NumPy has, though it cancels where points are close."""
    out = OUT[: len(x), : len(y)]
    np.matmul(x, -2.0 * y.T, out=out)
    out += np.sum(x * x, axis=1)[:, None]
    out += np.sum(y * y, axis=1)[None, :]
    return np.maximum(out, 0.0, out=out)


def np_rbf(x, y, gamma=GAMMA):
    out = np_sq_dist(x, y)
    out *= -gamma
    return np.exp(out, out=out)


def np_matern(x, y, v=1.3, l=0.9):
    q = np_sq_dist(x, y)
    np.sqrt(q, out=q)
    q *= np.sqrt(5.0) / l
    np.negative(q, out=WORK)
    np.exp(WORK, out=WORK)
    WORK[...] *= v
    out = q * (1.0 / 3.0)
    out += 1.0
    out *= q
    out += 1.0
    out *= WORK
    return out


def np_rational_quadratic(x, y, v=1.3, a=0.8, l=1.1):
    out = np_sq_dist(x, y)
    out *= 1.0 / (2.0 * a * l * l)
    out += 1.0
    np.power(out, -a, out=out)
    out *= v
    return out


def np_sum(x, y, term):
    """A sum over coordinates, one coordinate after another: no array of (n, m, d)."""
    OUT[...] = 0.0
    for a, b in zip(x.T, y.T):
        np.subtract.outer(a, b, out=WORK)
        OUT[...] += term(WORK)
    return OUT


def square(u):
    return np.multiply(u, u, out=u)


def np_periodic(x, y, v=1.3, p=1.7, l=1.1):
    def term(u):
        u *= np.pi / p
        return square(np.sin(u, out=u))

    out = np_sum(x, y, term)
    out *= -2.0 / l**2
    np.exp(out, out=out)
    out *= v
    return out


def np_hyperbola(x, y, gamma=GAMMA):
    def term(u):
        square(u)
        u += 1.0
        return np.sqrt(u, out=u)

    out = np_sum(x, y, term)
    out -= x.shape[1]
    out *= -gamma
    return np.exp(out, out=out)


def np_arcsine(x, y, v=1.3, b=0.3, w=0.9):
    left = 1.0 + 2.0 * (b + w * np.sum(x * x, axis=1))
    right = 1.0 + 2.0 * (b + w * np.sum(y * y, axis=1))
    out = np.matmul(x * (2.0 * w / np.sqrt(left))[:, None], (y / np.sqrt(right)[:, None]).T, out=OUT)
    np.multiply.outer(2.0 * b / np.sqrt(left), 1.0 / np.sqrt(right), out=WORK)
    out += WORK
    np.arcsin(out, out=out)
    out *= v * 2.0 / np.pi
    return out


LENGTHSCALE = np.array([0.8, 1.3, 2.1])


def np_ard(x, y, v=1.3):
    out = np_rbf(x / LENGTHSCALE, y / LENGTHSCALE, 0.5)
    out *= v
    return out


def np_blocks(x, y, joint):
    """K_gg, or interleaved values and gradients, by the closed forms."""
    (n, d), m = x.shape, len(y)
    u = 2.0 * GAMMA * (x[:, None, :] - y[None, :, :])
    k = np_rbf(x, y).copy()
    gg = -u[:, :, :, None] * u[:, :, None, :]
    gg[:, :, range(d), range(d)] += 2.0 * GAMMA
    gg *= k[:, :, None, None]
    if not joint:
        return gg
    out = np.empty((n, 1 + d, m, 1 + d))
    out[:, 0, :, 0] = k
    u *= k[:, :, None]
    out[:, 0, :, 1:] = u
    out[:, 1:, :, 0] = -u.transpose(0, 2, 1)
    out[:, 1:, :, 1:] = gg.transpose(0, 2, 1, 3)
    return out.reshape(n * (1 + d), m * (1 + d))


def jit(x, y, k, sq_dist=False):
    """Pair by pair, as one writes it with vmap; or of squared distances by a product of matrices."""
    if sq_dist:

        def all_pairs(x, y):
            s = jnp.sum(x * x, 1)[:, None] + jnp.sum(y * y, 1)[None, :] - 2.0 * x @ y.T
            return k(jnp.maximum(s, 0.0))
    else:
        all_pairs = jax.vmap(jax.vmap(k, (None, 0)), (0, None))
    compiled, x, y = jax.jit(all_pairs), jnp.asarray(x), jnp.asarray(y)
    return lambda: compiled(x, y).block_until_ready()


def jax_rbf(x, y):
    return jnp.exp(-GAMMA * jnp.sum((x - y) ** 2))


def jax_joint(x, y):
    """Interleaved: the value and both gradients of a pair, and the block of second derivatives, by differentiation."""
    top = jnp.concatenate([jax_rbf(x, y)[None], jax.grad(jax_rbf, 1)(x, y)])
    left = jax.grad(jax_rbf, 0)(x, y)[:, None]
    return jnp.concatenate([top[None], jnp.concatenate([left, jax_gg(x, y)], 1)])


def jax_gg(x, y):
    return jax.jacfwd(jax.grad(jax_rbf, 0), 1)(x, y)


def torch_run(kernel, x, y, scale=1.0):
    if kernel is None:
        return None
    x, y = torch.from_numpy(x), torch.from_numpy(y)

    def run():
        out = kernel(x, y).to_dense()
        return (out if scale == 1.0 else out.mul_(scale)).numpy()

    return run


def gp(kernel, lengthscale, **others):
    """The kernel that `kernel` makes of GPyTorch's, if that is there."""
    if gpytorch is None:
        return None
    kernel = kernel(gpytorch.kernels).double()
    kernel.lengthscale = torch.as_tensor(lengthscale, dtype=torch.float64)
    for name, value in others.items():
        setattr(kernel, name, torch.as_tensor(value, dtype=torch.float64))
    return kernel


def gram_workloads():
    wide = 1.0 / np.sqrt(2.0 * GAMMA)
    for d in (3, 8):
        x, y = points(N, d)
        yield f"RBF Gram 4096² d={d}", x, y, {
            "NumPy": lambda x=x, y=y: np_rbf(x, y),
            "scikit-learn": lambda x=x, y=y: rbf_kernel(x, y, gamma=GAMMA),
            "GPyTorch": torch_run(gp(lambda g: g.RBFKernel(), wide), x, y),
            "JAX": jit(x, y, lambda s: jnp.exp(-GAMMA * s), True),
            "JAX, vmap": jit(x, y, jax_rbf),
        }

    def matern(s):
        q = jnp.sqrt(5.0 * s) / 0.9
        return 1.3 * (1.0 + q + q * q / 3.0) * jnp.exp(-q)

    for d in (3, 8):
        x, y = points(N, d)
        kernel = 1.3 * sk.Matern(0.9, nu=2.5)
        yield f"Matérn-5/2 Gram 4096² d={d}", x, y, {
            "NumPy": lambda x=x, y=y: np_matern(x, y),
            "scikit-learn": lambda x=x, y=y, kernel=kernel: kernel(x, y),
            "GPyTorch": torch_run(gp(lambda g: g.MaternKernel(nu=2.5), 0.9), x, y, 1.3),
            "JAX": jit(x, y, matern, True),
        }
    x, y = points(N, 3)
    kernel = 1.3 * sk.RationalQuadratic(1.1, 0.8)
    yield "rational quadratic Gram 4096² d=3", x, y, {
        "NumPy": lambda: np_rational_quadratic(x, y),
        "scikit-learn": lambda: kernel(x, y),
        "GPyTorch": torch_run(gp(lambda g: g.RQKernel(), 1.1, alpha=0.8), x, y, 1.3),
        "JAX": jit(x, y, lambda s: 1.3 * (1.0 + s / (2.0 * 0.8 * 1.1**2)) ** -0.8, True),
    }
    yield "periodic Gram 4096² d=3", x, y, {
        "NumPy": lambda: np_periodic(x, y),
        "GPyTorch": torch_run(gp(lambda g: g.PeriodicKernel(), 1.1**2, period_length=1.7), x, y, 1.3),
        "JAX": jit(x, y, lambda x, y: 1.3 * jnp.exp(-2.0 * jnp.sum(jnp.sin(jnp.pi * (x - y) / 1.7) ** 2) / 1.1**2)),
    }

    def arcsine(x, y, v=1.3, b=0.3, w=0.9):
        left, right = 1.0 + 2.0 * (b + w * x @ x), 1.0 + 2.0 * (b + w * y @ y)
        return v * 2.0 / jnp.pi * jnp.arcsin(2.0 * (b + w * x @ y) / jnp.sqrt(left * right))

    yield "arcsine Gram 4096² d=3", x, y, {"NumPy": lambda: np_arcsine(x, y), "JAX": jit(x, y, arcsine)}
    ard = 1.3 * sk.RBF(LENGTHSCALE)
    yield "ARD-RBF Gram 4096² d=3", x, y, {
        "NumPy": lambda: np_ard(x, y),
        "scikit-learn": lambda: ard(x, y),
        "GPyTorch": torch_run(gp(lambda g: g.RBFKernel(ard_num_dims=3), LENGTHSCALE), x, y, 1.3),
        "JAX": jit(x / LENGTHSCALE, y / LENGTHSCALE, lambda s: 1.3 * jnp.exp(-0.5 * s), True),
    }
    yield "own coordinate sum Gram 4096² d=3", x, y, {
        "NumPy": lambda: np_hyperbola(x, y),
        "JAX": jit(x, y, lambda x, y: jnp.exp(-GAMMA * jnp.sum(jnp.sqrt(1.0 + (x - y) ** 2) - 1.0))),
    }


def block_workloads():
    d = 8
    x, y = points(256, d)
    joint = jax.jit(
        lambda x, y: jax.vmap(jax.vmap(jax_joint, (None, 0)), (0, None))(x, y)
        .transpose(0, 2, 1, 3)
        .reshape(256 * (1 + d), 256 * (1 + d))
    )
    kernel = gp(lambda g: g.RBFKernelGrad(), 1.0 / np.sqrt(2.0 * GAMMA))
    yield "joint value+gradient n=256 d=8", x, y, {
        "NumPy": lambda: np_blocks(x, y, True),
        "GPyTorch": torch_run(kernel, x, y),
        "JAX": lambda: joint(x, y).block_until_ready(),
    }
    x, y = points(512, d)
    yield "K_gg n=512 d=8", x, y, {"NumPy": lambda: np_blocks(x, y, False), "JAX": jit(x, y, jax_gg)}


def np_values(rows):
    """K v of the squared-exponential, so many rows of K at a time, by a product of matrices."""

    def product(x, y, v, gamma=GAMMA):
        n, m = len(x), len(y)
        few, out = min(rows, n), np.empty(n)
        k = OUT.reshape(-1)[: few * m].reshape(few, m)
        left, right = gamma * np.sum(x * x, axis=1)[:, None], gamma * np.sum(y * y, axis=1)
        scaled = 2.0 * gamma * y.T
        for i in range(0, n, few):
            np.matmul(x[i : i + few], scaled, out=k)
            k -= right
            k -= left[i : i + few]
            np.exp(k, out=k)
            np.matmul(k, v, out=out[i : i + few])
        return out

    return product


def np_slopes_rbf(s, b):
    """Of squared distances s and a second array b: the factors of I and of -δδᵀ in the blocks of second derivatives, in their place."""
    s *= -WIDE
    np.exp(s, out=s)
    s *= 2.0 * WIDE
    np.multiply(s, 2.0 * WIDE, out=b)


def np_slopes_matern(s, b):
    v, l = MATERN
    np.maximum(s, 0.0, out=s)
    np.sqrt(s, out=s)
    s *= np.sqrt(5.0) / l
    np.negative(s, out=b)
    np.exp(b, out=b)
    s += 1.0
    s *= b
    s *= 5.0 * v / (3.0 * l**2)
    b *= 25.0 * v / (3.0 * l**4)


def np_gradients(slopes, rows):
    """Σ_j (a_ij v_j - b_ij δ (δ·v_j)) with δ = x_i - y_j: four products of matrices, of so many rows at a time."""

    def product(x, y, v):
        n, m = len(x), len(y)
        few, out, part = min(rows, n), np.empty_like(x), np.empty((min(rows, n), x.shape[1]))
        a, b, p = (room.reshape(-1)[: few * m].reshape(few, m) for room in (OUT, WORK, THIRD))
        left, right, along = np.sum(x * x, axis=1)[:, None], np.sum(y * y, axis=1), np.sum(y * v, axis=1)
        doubled = -2.0 * y.T
        for i in range(0, n, few):
            some, to = x[i : i + few], out[i : i + few]
            np.matmul(some, doubled, out=a)
            a += right
            a += left[i : i + few]
            slopes(a, b)
            np.matmul(some, v.T, out=p)
            p -= along
            p *= b
            np.matmul(a, v, out=to)
            np.matmul(p, y, out=part)
            to += part
            np.multiply(some, np.sum(p, axis=1)[:, None], out=part)
            to -= part
        return out

    return product


def jax_gradients(slopes):
    """The same of some points x, for JAX."""

    def product(x, y, v):
        s = jnp.sum(x * x, 1)[:, None] + jnp.sum(y * y, 1) - 2.0 * x @ y.T
        a, b = slopes(jnp.maximum(s, 0.0))
        w = b * (x @ v.T - jnp.sum(y * v, 1))
        return a @ v + w @ y - jnp.sum(w, 1)[:, None] * x

    return product


def jax_slopes_rbf(s):
    a = 2.0 * WIDE * jnp.exp(-WIDE * s)
    return a, 2.0 * WIDE * a


def jax_slopes_matern(s):
    v, l = MATERN
    q = jnp.sqrt(5.0 * s) / l
    e = v * jnp.exp(-q)
    return 5.0 / (3.0 * l**2) * (1.0 + q) * e, 25.0 / (3.0 * l**4) * e


def jax_forward_over_reverse(k):
    """∂/∂y of ∂k/∂x along v_j, pair by pair, summed over j."""

    def pair(x, y, v):
        return jax.jvp(lambda y: jax.grad(k)(x, y), (y,), (v,))[1]

    return lambda x, y, v: jnp.sum(jax.vmap(pair, (None, 0, 0))(x, y, v), 0)


def jax_wide_rbf(x, y):
    return jnp.exp(-WIDE * jnp.sum((x - y) ** 2))


def jax_matern_of(s):
    v, l = MATERN
    q = jnp.sqrt(5.0 * s) / l
    return v * (1.0 + q + q * q / 3.0) * jnp.exp(-q)


# The root has no slope at 0: where points coincide JAX finds NaN, unless it is told the first and the second derivative.
jax_matern_slope = jax.custom_jvp(lambda s: -0.5 * jax_slopes_matern(s)[0])
jax_matern_slope.defjvp(lambda s, t: (jax_matern_slope(*s), 0.25 * jax_slopes_matern(*s)[1] * t[0]))
jax_matern_told = jax.custom_jvp(jax_matern_of)
jax_matern_told.defjvp(lambda s, t: (jax_matern_of(*s), jax_matern_slope(*s) * t[0]))


def jax_matern(x, y):
    return jax_matern_told(jnp.sum((x - y) ** 2))


def jax_product(of_some, x, y, v, rows):
    """Of `of_some` points x at a time; of one that has no axis of points if `rows` is 1."""

    def product(x, y, v):
        if rows >= len(x):
            return of_some(x, y, v)
        if rows == 1:
            return jax.lax.map(lambda x: of_some(x, y, v), x)
        parts = jax.lax.map(lambda x: of_some(x, y, v), x.reshape(-1, rows, x.shape[1]))
        return parts.reshape(len(x), *parts.shape[2:])

    compiled, x, y, v = jax.jit(product), jnp.asarray(x), jnp.asarray(y), jnp.asarray(v)
    return lambda: compiled(x, y, v).block_until_ready()


def keops(formula, x, y, v, *parameters):
    """Σ_j of a formula in X, Y, V and G, a vector of parameters."""
    if Genred is None:
        return None
    v, parameters = v.reshape(len(y), -1), np.array(parameters)
    of = [f"X=Vi({x.shape[1]})", f"Y=Vj({y.shape[1]})", f"V=Vj({v.shape[1]})", f"G=Pm({len(parameters)})"]
    run = Genred(formula, of, reduction_op="Sum", axis=1)
    return lambda: run(x, y, v, parameters, backend="CPU")


KEOPS_RBF = "Exp(-G*SqDist(X,Y))*V"
# Factors of V and of δ (δ·V), with all numbers made before.
KEOPS_RBF_GRADIENTS = "Exp(-Elem(G,0)*SqDist(X,Y))*(Elem(G,1)*V-Elem(G,2)*((X-Y)|V)*(X-Y))"
KEOPS_MATERN_GRADIENTS = (
    "Exp(-Elem(G,0)*Sqrt(SqDist(X,Y)))*(Elem(G,1)*(IntCst(1)+Elem(G,0)*Sqrt(SqDist(X,Y)))*V-Elem(G,2)*((X-Y)|V)*(X-Y))"
)


def check_gradients():
    """By hand beside a small matrix of JAX's derivatives, of points that do not coincide."""
    x, y, v = numbers(1, 24 * 5).reshape(24, 5), numbers(2, 16 * 5).reshape(16, 5), numbers(3, 16 * 5).reshape(16, 5)
    for k, of_numpy, of_jax in (
        (jax_wide_rbf, np_slopes_rbf, jax_slopes_rbf),
        (lambda x, y: jax_matern_of(jnp.sum((x - y) ** 2)), np_slopes_matern, jax_slopes_matern),
    ):
        blocks = jax.vmap(jax.vmap(jax.jacfwd(jax.grad(k), 1), (None, 0)), (0, None))(x, y)
        dense = np.array(blocks).transpose(0, 2, 1, 3).reshape(24 * 5, 16 * 5)
        want = (dense @ v.reshape(-1)).reshape(24, 5)
        for got in (np_gradients(of_numpy, 8)(x, y, v), np.array(jax_gradients(of_jax)(x, y, v))):
            assert np.max(np.abs(got - want)) < 1e-12 * np.max(np.abs(want)), "by hand it is something else"


def product_workloads():
    """Runs are of more than one way to cut the points x, of which the fastest counts."""
    n = 1024
    variance, length = MATERN
    rate = np.sqrt(5.0) / length
    for d in (8, 64, 1024):
        for kernel, of_numpy, of_jax, k, formula, parameters in (
            ("RBF", np_slopes_rbf, jax_slopes_rbf, jax_wide_rbf, KEOPS_RBF_GRADIENTS, (WIDE, 2.0 * WIDE, 4.0 * WIDE**2)),
            (
                "Matérn-5/2",
                np_slopes_matern,
                jax_slopes_matern,
                jax_matern,
                KEOPS_MATERN_GRADIENTS,
                (rate, variance * rate**2 / 3.0, variance * rate**4 / 3.0),
            ),
        ):
            for same in (True, False) if kernel == "RBF" else (True,):
                x, y, v = numbers(1, n * d), numbers(1 if same else 2, n * d), numbers(3, n * d)
                x, y, v = x.reshape(n, d), y.reshape(n, d), v.reshape(n, d)
                one = jax_forward_over_reverse(k)
                some = jax.vmap(one, (0, None, None))
                yield f"gradients, {kernel} n={n} d={d}" + ("" if same else ", y not x"), n * n, lambda: {
                    "NumPy": [lambda f=np_gradients(of_numpy, rows): f(x, y, v) for rows in (64, 128, n)],
                    "JAX": [jax_product(jax_gradients(of_jax), x, y, v, rows) for rows in (64, 128, n)],
                    "JAX, jvp of grad": [jax_product(one, x, y, v, 1), jax_product(some, x, y, v, 16)],
                    "KeOps": [keops(formula, x, y, v, *parameters)],
                }
    n, d = 16384, 3

    def one(x, y, v):
        return jax.vmap(jax_rbf, (None, 0))(x, y) @ v

    def some(x, y, v):
        s = jnp.sum(x * x, 1)[:, None] + jnp.sum(y * y, 1) - 2.0 * x @ y.T
        return jnp.exp(-GAMMA * jnp.maximum(s, 0.0)) @ v

    for same in (True, False):
        x, y, v = numbers(1, n * d).reshape(n, d), numbers(1 if same else 2, n * d).reshape(n, d), numbers(3, n)
        yield f"K_ff v, RBF n={n} d={d}" + ("" if same else ", y not x"), n * n, lambda: {
            "NumPy": [lambda f=np_values(rows): f(x, y, v) for rows in (64, 256)],
            "JAX": [jax_product(some, x, y, v, 64), jax_product(one, x, y, v, 1)],
            "KeOps": [keops(KEOPS_RBF, x, y, v, GAMMA)],
        }


def ours(path):
    """Nanoseconds per entry by workload, from the table that `speed` prints; of more alignments the first."""
    figures = {}
    for line in pathlib.Path(path).read_text().splitlines() if path else ():
        cells = [cell.strip() for cell in line.split("|")]
        try:
            name, value = cells[1], float(cells[2])
        except (IndexError, ValueError):
            continue
        if cells[1].endswith("µs"):
            name, value = "n=10 d=2", 1e3 * value / 100
        figures.setdefault(name, value)
        figures.setdefault(name.split(",")[0], value)
    return figures


def cpu():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def installed(package):
    try:
        return [f"{package} {importlib.metadata.version(package)}"]
    except importlib.metadata.PackageNotFoundError:
        return []


class Table:
    def __init__(self, unit, peers, figures, words):
        self.unit, self.peers, self.figures, self.words, self.begun = unit, peers, figures, words, False

    def wants(self, name):
        return not self.words or any(word in name for word in self.words)

    def row(self, name, entries, runs, repeat=1, within=1e-6):
        """Of each peer its run, or a list of them; None is for a peer that is not installed."""
        if not self.wants(name):
            return
        if not self.begun:
            print(f"| {self.unit} | " + " | ".join(self.peers) + " | ours | times the best |")
            print("|---|" + "--:|" * (len(self.peers) + 2))
            self.begun = True
        want, times = None, {}
        for peer, ways in (runs() if callable(runs) else runs).items():
            for run in ways if isinstance(ways, list) else [ways]:
                if run is None:
                    continue
                got = np.array(run())
                want = got if want is None else want
                off = np.max(np.abs(got.reshape(want.shape) - want))
                assert off < within * np.max(np.abs(want)), f"{name}: {peer} computes something else"
                time = 1e9 * median(run, repeat) / entries
                times[peer] = min(time, times.get(peer, time))
        best, here = min(times.values()), self.figures.get(name)
        cells = [f"{times[peer]:.2f}" if peer in times else "" for peer in self.peers]
        cells += [f"{here:.2f}", f"{best / here:.1f}"] if here else ["", ""]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)

    def end(self):
        if self.begun:
            print()


def main():
    figures, words = ours(sys.argv[1] if len(sys.argv) > 1 else None), sys.argv[2:]
    versions = ", ".join(version for package in PACKAGES for version in installed(package))
    print(f"{cpu()}; Python {platform.python_version()}, {versions}\n")

    # Distances by products of matrices cancel; what is compared is the same function all the same.
    table = Table("ns per entry, one thread", ["NumPy", "scikit-learn", "GPyTorch", "JAX", "JAX, vmap"], figures, words)
    for name, x, y, runs in gram_workloads():
        table.row(name, len(x) * len(y), runs)
    for name, x, y, runs in block_workloads():
        d = x.shape[1]
        table.row(name, len(x) * len(y) * ((1 + d) ** 2 if "joint" in name else d * d), runs)
    x = numbers(1, 20).reshape(10, 2)
    small = {
        "NumPy": lambda: np.exp(-np.sum((x[:, None, :] - x[None, :, :]) ** 2, axis=2)),
        "scikit-learn": lambda: rbf_kernel(x, x, gamma=1.0),
        "GPyTorch": torch_run(gp(lambda g: g.RBFKernel(), np.sqrt(0.5)), x, x),
        "JAX": jit(x, x, lambda x, y: jnp.exp(-jnp.sum((x - y) ** 2))),
    }
    table.row("n=10 d=2", 100, small, 200)
    table.end()

    check_gradients()
    table = Table("ns per pair of points, one thread", ["NumPy", "JAX", "JAX, jvp of grad", "KeOps"], figures, words)
    for name, pairs, runs in product_workloads():
        table.row(name, pairs, runs, within=1e-9)
    table.end()


main()
