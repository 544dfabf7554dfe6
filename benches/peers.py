"""The batches of `cargo bench -p kernel-benches` in NumPy, scikit-learn, GPyTorch and JAX, on the same points.

    cargo bench -p kernel-benches | tee speed.txt
    python peers.py speed.txt          # a table, with our figures and how many times as fast they are

One thread on one core, double precision, results checked against NumPy's. The clock is the processor's time of the process, as in
`speed`; medians of 5 turns after one that does not count. Outputs are preallocated where the library lets one.
"""

import os

# Before the libraries are loaded. What others have told OpenBLAS of the machine is not for a comparison.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", JAX_PLATFORMS="cpu")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(variable, None)
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import importlib.metadata
import pathlib
import platform
import statistics
import sys
import time

import gpytorch
import jax
import jax.numpy as jnp
import numpy as np
import torch
from sklearn.gaussian_process import kernels as sk
from sklearn.metrics.pairwise import rbf_kernel

jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)
torch.set_grad_enabled(False)

TURNS = 5
N = 4096
GAMMA = 0.7
PACKAGES = ["numpy", "scipy", "scikit-learn", "torch", "gpytorch", "linear-operator", "jax", "jaxlib"]


def numbers(seed, count):
    """SplitMix64 in [-1, 1), as src/points.rs has it."""
    z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0


def points(n, d):
    return numbers(1, n * d).reshape(n, d), numbers(2, n * d).reshape(n, d)


def median(run, repeat=1):
    run()
    times = []
    for _ in range(TURNS):
        start = time.process_time()
        for _ in range(repeat):
            run()
        times.append((time.process_time() - start) / repeat)
    return statistics.median(times)


OUT = np.ones((N, N))
WORK = np.ones((N, N))


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
    x, y = torch.from_numpy(x), torch.from_numpy(y)

    def run():
        out = kernel(x, y).to_dense()
        return (out if scale == 1.0 else out.mul_(scale)).numpy()

    return run


def gp(kernel, lengthscale, **others):
    kernel = kernel.double()
    kernel.lengthscale = torch.as_tensor(lengthscale, dtype=torch.float64)
    for name, value in others.items():
        setattr(kernel, name, value)
    return kernel



def gram_workloads():
    g = gpytorch.kernels
    wide = 1.0 / np.sqrt(2.0 * GAMMA)
    for d in (3, 8):
        x, y = points(N, d)
        yield f"RBF Gram 4096² d={d}", x, y, {
            "NumPy": lambda x=x, y=y: np_rbf(x, y),
            "scikit-learn": lambda x=x, y=y: rbf_kernel(x, y, gamma=GAMMA),
            "GPyTorch": torch_run(gp(g.RBFKernel(), wide), x, y),
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
            "GPyTorch": torch_run(gp(g.MaternKernel(nu=2.5), 0.9), x, y, 1.3),
            "JAX": jit(x, y, matern, True),
        }
    x, y = points(N, 3)
    kernel = 1.3 * sk.RationalQuadratic(1.1, 0.8)
    yield "rational quadratic Gram 4096² d=3", x, y, {
        "NumPy": lambda: np_rational_quadratic(x, y),
        "scikit-learn": lambda: kernel(x, y),
        "GPyTorch": torch_run(gp(g.RQKernel(), 1.1, alpha=torch.tensor(0.8).double()), x, y, 1.3),
        "JAX": jit(x, y, lambda s: 1.3 * (1.0 + s / (2.0 * 0.8 * 1.1**2)) ** -0.8, True),
    }
    yield "periodic Gram 4096² d=3", x, y, {
        "NumPy": lambda: np_periodic(x, y),
        "GPyTorch": torch_run(gp(g.PeriodicKernel(), 1.1**2, period_length=torch.tensor(1.7).double()), x, y, 1.3),
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
        "GPyTorch": torch_run(gp(g.RBFKernel(ard_num_dims=3), LENGTHSCALE), x, y, 1.3),
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
    kernel = gp(gpytorch.kernels.RBFKernelGrad(), 1.0 / np.sqrt(2.0 * GAMMA))
    yield "joint value+gradient n=256 d=8", x, y, {
        "NumPy": lambda: np_blocks(x, y, True),
        "GPyTorch": torch_run(kernel, x, y),
        "JAX": lambda: joint(x, y).block_until_ready(),
    }
    x, y = points(512, d)
    yield "K_gg n=512 d=8", x, y, {"NumPy": lambda: np_blocks(x, y, False), "JAX": jit(x, y, jax_gg)}


def ours(path):
    """Nanoseconds per entry by workload, from the table that `speed` prints; of more alignments the first."""
    figures = {}
    for line in pathlib.Path(path).read_text().splitlines() if path else ():
        cells = [cell.strip() for cell in line.split("|")]
        try:
            name, value = cells[1].split(",")[0], float(cells[2])
        except (IndexError, ValueError):
            continue
        if cells[1].endswith("µs"):
            name, value = "n=10 d=2", 1e3 * value / 100
        figures.setdefault(name, value)
    return figures


def cpu():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main():
    figures = ours(sys.argv[1] if len(sys.argv) > 1 else None)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    print(f"{cpu()}; Python {platform.python_version()}, {versions}\n")
    peers = ["NumPy", "scikit-learn", "GPyTorch", "JAX", "JAX, vmap"]
    print("| ns per entry, one thread | " + " | ".join(peers) + " | ours | times the best |")
    print("|---|" + "--:|" * (len(peers) + 2))

    def row(name, entries, runs, repeat=1):
        want, times = None, {}
        for peer, run in runs.items():
            got = np.array(run())
            want = got if want is None else want
            # Distances by products of matrices cancel; what is compared is the same function all the same.
            assert np.max(np.abs(got - want)) < 1e-6 * np.max(np.abs(want)), f"{name}: {peer} computes something else"
            times[peer] = 1e9 * median(run, repeat) / entries
        best, here = min(times.values()), figures.get(name)
        cells = [f"{times[peer]:.2f}" if peer in times else "" for peer in peers]
        cells += [f"{here:.2f}", f"{best / here:.1f}"] if here else ["", ""]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)

    for name, x, y, runs in gram_workloads():
        row(name, len(x) * len(y), runs)
    for name, x, y, runs in block_workloads():
        d = x.shape[1]
        row(name, len(x) * len(y) * ((1 + d) ** 2 if "joint" in name else d * d), runs)
    x = numbers(1, 20).reshape(10, 2)
    small = {
        "NumPy": lambda: np.exp(-np.sum((x[:, None, :] - x[None, :, :]) ** 2, axis=2)),
        "scikit-learn": lambda: rbf_kernel(x, x, gamma=1.0),
        "GPyTorch": torch_run(gp(gpytorch.kernels.RBFKernel(), np.sqrt(0.5)), x, x),
        "JAX": jit(x, x, lambda x, y: jnp.exp(-jnp.sum((x - y) ** 2))),
    }
    row("n=10 d=2", 100, small, 200)


main()
