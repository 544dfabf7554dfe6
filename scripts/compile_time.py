"""The first half of `compile_time.sh`: a generated crate with few and many kernels, checked again and again."""

import os
import pathlib
import resource
import statistics
import subprocess
import sys

RUNS = 5
KERNELS = 50
BASE, EACH = 0.3, 0.025

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


def source(kernels):
    parts = ["#![allow(missing_docs)]", "use kernel_runtime::kernel;"]
    for n in range(kernels):
        parameters, assume, body = FORMS[n % len(FORMS)]
        parts.append(f"#[kernel(assume({assume}))]\npub fn k{n}(x: &[f64], y: &[f64], {parameters}) -> f64 {{ {body} }}")
    return "\n\n".join(parts) + "\n"


def main(root, scratch, target):
    (scratch / "src").mkdir()
    (scratch / "Cargo.toml").write_text(
        '[package]\nname = "many-kernels"\nversion = "0.0.0"\nedition = "2024"\n\n'
        f'[dependencies]\nkernel-runtime = {{ path = "{root}/kernel-runtime" }}\n\n[workspace]\n'
    )
    # Incremental compilation would find the emitted code unchanged and check none of it.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}
    seconds = {}
    for kernels in (1, KERNELS):
        times = []
        for run in range(RUNS + 1):
            (scratch / "src/lib.rs").write_text(f"// {run}\n{source(kernels)}")
            start = processor_time()
            subprocess.run(
                ["taskset", "-c", "0", "cargo", "check", "--quiet"], cwd=scratch, env=environment, check=True
            )
            times.append(processor_time() - start)
        # The first run may build the dependencies.
        seconds[kernels] = statistics.median(times[1:])
        print(f"cargo check, {kernels:2} kernels: {seconds[kernels]:.2f} s")
    each = (seconds[KERNELS] - seconds[1]) / (KERNELS - 1)
    goal = BASE + KERNELS * EACH
    print(f"{1e3 * each:.1f} ms a kernel; goal for {KERNELS}: {goal:.2f} s")
    return 0 if seconds[KERNELS] <= goal else 1


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]))
