"""The first half of `compile_time.sh`: a generated crate with few and many kernels, checked and built again and again, and the
Gram matrix of a development build."""

import os
import pathlib
import resource
import statistics
import subprocess
import sys

RUNS = 5
KERNELS = 50
BASE, EACH = 0.3, 0.025
# Of a kernel that is used in one block, in seconds of rustc; of a Gram matrix of 1000² in a development build.
USED = 0.060
DEVELOPMENT = 0.3

# Parameters and body, over slices; {n} keeps the copies apart.
FORMS = [
    ("gamma: f64", "gamma > 0", "(-gamma * sq_dist(x, y)).exp()"),
    ("v: f64, a: f64, l: f64", "v > 0, a > 0, l > 0", "v * (1.0 + sq_dist(x, y) / (2.0 * a * l.powi(2))).powf(-a)"),
    ("v: f64, l: f64", "v > 0, l > 0", "let q = 3.0_f64.sqrt() * dist(x, y) / l; v * (1.0 + q) * (-q).exp()"),
    ("v: f64, l: f64", "v > 0, l > 0", "let q = 5.0_f64.sqrt() * dist(x, y) / l; v * (1.0 + q + q * q / 3.0) * (-q).exp()"),
    ("a: f64, c: f64", "a > 0, c >= 0", "(a * dot(x, y) + c).powi(3)"),
    ("v: f64, b: f64", "v > 0, b >= 0", "v * dot(x, y) + b"),
    (
        "v: f64, l: &[f64]",
        "v > 0",
        "let s = x.iter().zip(y).zip(l).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>(); v * (-0.5 * s).exp()",
    ),
    ("v: f64, c: f64", "v > 0, c > 0", "v / (sq_dist(x, y) + c.powi(2)).sqrt()"),
    ("g: f64, v: f64, b: f64", "g > 0, v > 0, b >= 0", "(-g * sq_dist(x, y)).exp() * (v * dot(x, y) + b)"),
    ("v: f64, l: f64", "v > 0, l > 0", "v * (dot(x, y) / l.powi(2)).exp()"),
]


def processor_time():
    """What children have had of the processor: on an idle core the time they took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def source(kernels, used):
    parts = ["#![allow(missing_docs)]", "use kernel_runtime::kernel;"]
    for n in range(kernels):
        parameters, assume, body = FORMS[n % len(FORMS)]
        parts.append(f"#[kernel(assume({assume}))]\npub fn k{n}(x: &[f64], y: &[f64], {parameters}) -> f64 {{ {body} }}")
        if used:
            parts.append(
                f"pub fn use_{n}(k: &K{n}, x: &ndarray::Array2<f64>, out: &mut ndarray::Array2<f64>) {{\n"
                "    kernel_runtime::gram::k_ff_into(k, x, x, out).unwrap();\n}"
            )
    return "\n\n".join(parts) + "\n"


GRAM = """
use kernel_runtime::{Kernel, VectorPoints, gram, kernel, kernels};

#[kernel(assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(l > 0))]
fn matern52(x: &[f64], y: &[f64], l: f64) -> f64 {
    let q = 5.0_f64.sqrt() * dist(x, y) / l;
    (1.0 + q + q * q / 3.0) * (-q).exp()
}

#[kernel(assume(a > 0, l > 0))]
fn rational_quadratic(x: &[f64], y: &[f64], a: f64, l: f64) -> f64 {
    (1.0 + sq_dist(x, y) / (2.0 * a * l.powi(2))).powf(-a)
}

#[kernel]
fn coordinates(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| (-(a - b).abs()).exp()).sum::<f64>()
}

fn time<K: Kernel<Scalar = f64, Points = VectorPoints>>(name: &str, k: &K) {
    let x = ndarray::Array2::from_shape_fn((1000, 3), |(i, a)| ((i * (a + 2)) % 97) as f64 / 97.0);
    let best = (0..5)
        .map(|_| {
            let start = std::time::Instant::now();
            gram::k_ff(k, &x, &x).unwrap();
            start.elapsed()
        })
        .min();
    println!("{name} {}", best.unwrap().as_secs_f64());
}

fn main() {
    time("stock", &kernels::Rbf::new(1.0, 0.5).unwrap());
    time("rbf", &Rbf::new(0.5).unwrap());
    time("matern52", &Matern52::new(0.5).unwrap());
    time("rational_quadratic", &RationalQuadratic::new(1.3, 0.5).unwrap());
    time("coordinates", &Coordinates::new().unwrap());
}
"""
# The lines that the documentation advises.
ADVISED = "profile.dev.package.kernel-runtime.opt-level=1"


class Crate:
    def __init__(self, root, folder, target):
        self.folder = folder
        (folder / "src").mkdir()
        (folder / "Cargo.toml").write_text(
            '[package]\nname = "many-kernels"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n'
            f'kernel-runtime = {{ path = "{root}/kernel-runtime" }}\nndarray = {{ version = "0.17.2", default-features = false }}\n\n'
            "[workspace]\n"
        )
        # Incremental compilation would find the emitted code unchanged and check none of it.
        self.environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}

    def cargo(self, *command):
        pinned = ["taskset", "-c", "0", "cargo", *command, "--quiet"]
        return subprocess.run(
            pinned, cwd=self.folder, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def seconds(self, kernels, used, *command):
        """The median of what a command takes of the processor."""
        times = []
        for run in range(RUNS + 1):
            (self.folder / "src/lib.rs").write_text(f"// {run}\n{source(kernels, used)}")
            start = processor_time()
            self.cargo(*command)
            times.append(processor_time() - start)
        # The first run may build the dependencies.
        seconds = statistics.median(times[1:])
        print(f"cargo {' '.join(command)}, {kernels:2} kernels{', each used' if used else ''}: {seconds:.2f} s", flush=True)
        return seconds

    def gram(self, *options):
        """What Gram matrices of 1000² take in a development build, on all threads and on one. The slowest on all."""
        (self.folder / "src/main.rs").write_text(GRAM)
        slowest = {}
        for threads in ("0", "1"):
            environment = {**self.environment, "RAYON_NUM_THREADS": threads}
            command = ["cargo", "run", "--quiet", *options]
            run = subprocess.run(command, cwd=self.folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            times = {name: float(seconds) for name, seconds in map(str.split, run.stdout.splitlines())}
            slowest[threads] = max(times.values())
            print(
                f"Gram matrices of 1000², development build {' '.join(options)}, "
                f"{'one thread' if threads == '1' else f'goal {DEVELOPMENT} s'}: "
                + ", ".join(f"{name} {seconds:.3f} s" for name, seconds in times.items()),
                flush=True,
            )
        return slowest["0"]


def main(root, scratch, target):
    crate = Crate(root, scratch, target)
    one, many = (crate.seconds(kernels, False, "check") for kernels in (1, KERNELS))
    goal = BASE + KERNELS * EACH
    print(f"{1e3 * (many - one) / (KERNELS - 1):.1f} ms a kernel; goal for {KERNELS}: {goal:.2f} s")

    few, more = (crate.seconds(kernels, True, "build", "--release") for kernels in (1, KERNELS + 1))
    used = (more - few) / KERNELS
    print(f"{1e3 * used:.1f} ms a kernel used in one block; goal: {1e3 * USED:.0f} ms")

    slowest = crate.gram()
    crate.gram("--config", ADVISED)
    return 0 if many <= goal and used <= USED and slowest <= DEVELOPMENT else 1


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]))
