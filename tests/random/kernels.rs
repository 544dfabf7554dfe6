//! Written by `write_kernels` in `main.rs`.
#![allow(clippy::all, clippy::pedantic, unused, reason = "nobody wrote it")]
#![cfg_attr(rustfmt, rustfmt_skip)]

use kernel_runtime::kernel;

use super::{Argument, Blocks, Evaluate};

#[kernel(assume(a > 0), asymmetric, indefinite, name = K0)]
fn k0(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    (a.powf(2.5_f64) + (sq_norm(x) * 1.0_f64))
}

#[kernel(asymmetric, indefinite, name = K1)]
fn k1(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (2.0_f64 / 3.0_f64).exp().powf(0.5_f64)
}

#[kernel(asymmetric, indefinite, name = K2)]
fn k2(x: &[f64], y: &[f64]) -> f64 {
    (x[0].powi(2) + (0.7_f64 - sq_norm(x)))
}

#[kernel(asymmetric, indefinite, name = K3)]
fn k3(x: &[f64], y: &[f64]) -> f64 {
    (((x.len() as f64) - sq_norm(x)) / (0.6_f64 + (-0.4_f64).powi(2)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K4)]
fn k4(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    ((dot(x, y) + 3.0_f64) * x[0].atan2(y[0]))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K5)]
fn k5(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = (1.5_f64 - dist(x, y));
    (2.0_f64 * l1_dist(x, y)).max(x.iter().zip(y).map(|(&p, &q)| (p - q).powi(2)).sum::<f64>())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K6)]
fn k6(x: f64, y: f64, a: f64) -> f64 {
    (3.0_f64 * (y * dist(x, y)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K7)]
fn k7(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 {
    let t0 = (a * angle(x, y)).cbrt();
    (b / 3.0_f64).exp().ln()
}

#[kernel(asymmetric, indefinite, name = K8)]
fn k8(x: f64, y: f64) -> f64 {
    ((y * sq_dist(x, y)).sqrt() - (3.0_f64 * 0.3_f64))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K9)]
fn k9(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {
    (x.iter().zip(y).zip(w).map(|((&p, &q), &r)| (r * (p - q)).powi(2)).product::<f64>() * (sq_dist(x, y) - (x.len() as f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K10)]
fn k10(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = (y[0] - x[0]);
    (if t0 < 0.377_f64 { (2.0_f64 / a) } else { x.iter().zip(y).map(|(&p, &q)| p).sum::<f64>() })
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K11)]
fn k11(x: f64, y: f64, a: f64, b: f64) -> f64 {
    ((y - y) / (1.0_f64 + dot(x, y).powi(2)))
}

#[kernel(asymmetric, indefinite, name = K12)]
fn k12(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    (0.6_f64 + x[0].powi(2)).powf(0.5_f64)
}

#[kernel(asymmetric, indefinite, name = K13)]
fn k13(x: f64, y: f64) -> f64 {
    (dist(x, y) * sq_dist(x, y)).ln().abs()
}

#[kernel(asymmetric, indefinite, name = K14)]
fn k14(x: &[f64], y: &[f64]) -> f64 {
    y[0].min(3.0_f64).powi(3)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K15)]
fn k15(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    let t0 = x[0].abs();
    x.iter().zip(y).map(|(&p, &q)| (p * q)).sum::<f64>().powi(2)
}

#[kernel(asymmetric, indefinite, name = K16)]
fn k16(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (x[1] + 0.5_f64).powi(4)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K17)]
fn k17(x: &[f64], y: &[f64], a: f64) -> f64 {
    (a * l1_dist(x, y)).powi(4)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K18)]
fn k18(x: f64, y: f64, a: f64) -> f64 {
    let t0 = a.ln();
    (a + t0.powi(2)).powi(-2)
}

#[kernel(asymmetric, indefinite, name = K19)]
fn k19(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (0.6_f64 * erf(dist(x, y))).acos()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K20)]
fn k20(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {
    let t0 = x.iter().zip(y).map(|(&p, &q)| (q * q)).sum::<f64>();
    (-dist(x, y).cos().powi(2)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K21)]
fn k21(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    (-(-l1_dist(x, y)).exp().powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K22)]
fn k22(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| p).sum::<f64>().min(dot(x, y).atan2((x.len() as f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K23)]
fn k23(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let t0 = x.iter().zip(y).map(|(&p, &q)| (q * q)).sum::<f64>();
    (1.0_f64 + t0.powi(2)).sqrt()
}

#[kernel(asymmetric, indefinite, name = K24)]
fn k24(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-dist(x, y).powi(3).powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K25)]
fn k25(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = (dot(x, y) / 0.6_f64);
    1.3_f64.powf(0.3_f64).hypot((y[0] + angle(x, y)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K26)]
fn k26(x: f64, y: f64, a: f64) -> f64 {
    (0.7_f64 + l1_dist(x, y).abs()).powf(0.3333333333333333_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K27)]
fn k27(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    let t0 = (if x[1] < 0.377_f64 { dot(x, y) } else { sq_dist(x, y) });
    (if dot(x, y) < 0.377_f64 { sq_dist(x, y).atan2(dist(x, y)) } else { (x[0] * norm(x)) })
}

#[kernel(asymmetric, indefinite, name = K28)]
fn k28(x: f64, y: f64) -> f64 {
    ((-1.0_f64) * (dist(x, y) * l1_dist(x, y)))
}

#[kernel(asymmetric, indefinite, name = K29)]
fn k29(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (sq_dist(x, y) + sq_dist(x, y)).powi(2).powf(3.0_f64)
}

#[kernel(asymmetric, indefinite, name = K30)]
fn k30(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((1.0_f64 + sq_dist(x, y)).powf((-0.6_f64)) * (-dist(x, y)).exp())
}

#[kernel(asymmetric, indefinite, name = K31)]
fn k31(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((1.0_f64 + sq_dist(x, y)).sqrt() * (1.0_f64 + sq_dist(x, y)).sqrt())
}

#[kernel(asymmetric, indefinite, name = K32)]
fn k32(x: &[f64], y: &[f64]) -> f64 {
    (x.iter().zip(y).map(|(&p, &q)| q).sum::<f64>() / (1.0_f64 + dist(x, y).powi(2)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K33)]
fn k33(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    (2.0_f64 / 3.0_f64).exp().powf(0.75_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K34)]
fn k34(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    a.powf((b / 3.0_f64)).powi(2).sqrt()
}

#[kernel(asymmetric, indefinite, name = K35)]
fn k35(x: &[f64], y: &[f64]) -> f64 {
    (dist(x, y).powi(3) * 2.0_f64.powf(1.0_f64))
}

#[kernel(asymmetric, indefinite, name = K36)]
fn k36(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-(dist(x, y) / 2.0_f64).cos().powi(2)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K37)]
fn k37(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 {
    (a.powi(-2) * a.powf(2.5_f64))
}

#[kernel(asymmetric, indefinite, name = K38)]
fn k38(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    (-((1.0_f64 - (dist(x, y) / 3.0_f64)).max(0.0_f64).powi(4) * (1.0_f64 + dist(x, y))).powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K39)]
fn k39(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-(0.6_f64 * sq_dist(x, y))).exp()
}

#[kernel(asymmetric, indefinite, name = K40)]
fn k40(x: f64, y: f64) -> f64 {
    let t0 = (1.0_f64 * dist(x, y));
    ((t0 - t0) + (norm(y) + t0))
}

#[kernel(asymmetric, indefinite, name = K41)]
fn k41(x: f64, y: f64) -> f64 {
    let t0 = norm(y).hypot(y);
    (-(y * t0).powi(2)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K42)]
fn k42(x: f64, y: f64, a: f64, b: f64) -> f64 {
    let t0 = (y * y);
    t0.atan2(l1_dist(x, y)).abs()
}

#[kernel(asymmetric, indefinite, name = K43)]
fn k43(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (sq_dist(x, y) * dot(x, y));
    (dist(x, y).atan2(t0) * (x[0] + 3.0_f64))
}

#[kernel(asymmetric, indefinite, name = K44)]
fn k44(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| (p - q).powi(2)).sum::<f64>()
}

#[kernel(asymmetric, indefinite, name = K45)]
fn k45(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (-0.4_f64).max(x[0]);
    ((x[0] + 0.3_f64) / 0.6_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K46)]
fn k46(x: &[f64], y: &[f64], a: f64) -> f64 {
    ((dot(x, y) + y[0]) * (-0.4_f64).hypot(3.0_f64))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K47)]
fn k47(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let t0 = (norm(y) + a);
    (((1.0_f64 + dist(x, y)) * (-dist(x, y)).exp()) + (x.iter().zip(y).map(|(&p, &q)| (q * q)).sum::<f64>() * (t0 - 0.25_f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K48)]
fn k48(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = (sq_dist(x, y) * a);
    (a.powf(0.3333333333333333_f64) + a.powi(-2))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K49)]
fn k49(x: f64, y: f64, a: f64) -> f64 {
    (dot(x, y).hypot(3.0_f64) + (a / a))
}

#[kernel(asymmetric, indefinite, name = K50)]
fn k50(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (dot(x, y) * 0.25_f64).powi(3).powf(1.5_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K51)]
fn k51(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = (l1_dist(x, y) / a);
    (t0.powi(3) * (t0 * angle(x, y)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K52)]
fn k52(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (a / 3.0_f64).exp().powf(b)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K53)]
fn k53(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    let t0 = (b / 3.0_f64).exp2();
    ((a * (angle(x, y).cos() - 1.0_f64)).exp() * (x.iter().zip(y).map(|(&p, &q)| (p - q).powi(2)).sum::<f64>() * dot(x, y).powi(2)))
}

#[kernel(asymmetric, indefinite, name = K54)]
fn k54(x: &[f64], y: &[f64]) -> f64 {
    (((x.len() as f64) * (x.len() as f64)).sqrt() * ((x.len() as f64) + dot(x, y)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K55)]
fn k55(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    let t0 = sq_dist(x, y).tanh();
    (b.powi(2) * angle(x, y).atan2((-1.0_f64)))
}

#[kernel(asymmetric, indefinite, name = K56)]
fn k56(x: &[f64], y: &[f64]) -> f64 {
    (0.7_f64 + norm(x).abs()).ln()
}

#[kernel(asymmetric, indefinite, name = K57)]
fn k57(x: f64, y: f64) -> f64 {
    let t0 = (sq_dist(x, y) * sq_dist(x, y));
    (1.5_f64 * (-y.powi(2)).exp())
}

#[kernel(asymmetric, indefinite, name = K58)]
fn k58(x: &[f64], y: &[f64]) -> f64 {
    (0.7_f64 + (-1.0_f64).abs()).log2()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K59)]
fn k59(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    ((1.0_f64 - (dist(x, y) / 3.0_f64)).max(0.0_f64).powi(4) * (1.0_f64 + dist(x, y)))
}

#[kernel(asymmetric, indefinite, name = K60)]
fn k60(x: f64, y: f64) -> f64 {
    (0.5_f64 * (dist(x, y) * 3.0_f64))
}

#[kernel(asymmetric, indefinite, name = K61)]
fn k61(x: f64, y: f64) -> f64 {
    y.hypot(0.5_f64).powi(4)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K62)]
fn k62(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let t0 = (a / 3.0_f64).sinh();
    (sq_norm(y) - t0).min((a * sq_norm(x)).ln())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K63)]
fn k63(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = dist(x, y).atan2(y[0]);
    (t0 - dot(x, y)).hypot((a / 3.0_f64).asin())
}

#[kernel(asymmetric, indefinite, name = K64)]
fn k64(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    1.0_f64.atan2(x[1]).abs()
}

#[kernel(asymmetric, indefinite, name = K65)]
fn k65(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let t0 = y[0].powi(2);
    (1.0_f64.sqrt() * l1_dist(x, y).powi(4))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K66)]
fn k66(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| (q.powi(2) * q)).sum::<f64>()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K67)]
fn k67(x: f64, y: f64, a: f64) -> f64 {
    (0.6_f64 * erf(y)).cosh()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K68)]
fn k68(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    (x.iter().zip(y).map(|(&p, &q)| q).sum::<f64>() * (if y[0] < 0.377_f64 { x[0] } else { dist(x, y) }))
}

#[kernel(asymmetric, indefinite, name = K69)]
fn k69(x: f64, y: f64) -> f64 {
    ((0.5_f64 / 2.0_f64) + (y * y))
}

#[kernel(asymmetric, indefinite, name = K70)]
fn k70(x: f64, y: f64) -> f64 {
    let t0 = sq_dist(x, y).powi(3).powf(3.0_f64);
    (0.6_f64 * norm(y).cos()).sinh()
}

#[kernel(asymmetric, indefinite, name = K71)]
fn k71(x: f64, y: f64) -> f64 {
    (-(-(1.0_f64 * sq_dist(x, y))).exp().powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K72)]
fn k72(x: &[f64], y: &[f64]) -> f64 {
    (1.0_f64 + dist(x, y)).recip()
}

#[kernel(asymmetric, indefinite, name = K73)]
fn k73(x: f64, y: f64) -> f64 {
    ((dot(x, y) + 1.5_f64) * ((-0.4_f64) / 0.6_f64))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K74)]
fn k74(x: &[f64], y: &[f64], a: f64) -> f64 {
    ((1.0_f64 - dist(x, y).cos()) / dist(x, y).powi(2))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K75)]
fn k75(x: f64, y: f64, a: f64) -> f64 {
    let t0 = x.max(y);
    (((1.0_f64 + dist(x, y)) + (dist(x, y).powi(2) / 3.0_f64)) * (-dist(x, y)).exp())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K76)]
fn k76(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    ((dist(x, y) + x[0]) - (x[0] - sq_norm(y)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K77)]
fn k77(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    norm(x).powi(3).max(a.cbrt())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K78)]
fn k78(x: f64, y: f64, a: f64) -> f64 {
    let t0 = a.powf((a / 3.0_f64));
    ((y * 0.3_f64) - (0.5_f64 * 1.5_f64))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K79)]
fn k79(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (0.6_f64 * erf(l1_dist(x, y))).sinh()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K80)]
fn k80(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    ((dist(x, y) / a).sin().powi(2) * (1.0_f64 + y[0].powi(2)).powf(a))
}

#[kernel(asymmetric, indefinite, name = K81)]
fn k81(x: f64, y: f64) -> f64 {
    let t0 = 0.7_f64.cos();
    (sq_dist(x, y) + t0).powi(2)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K82)]
fn k82(x: &[f64], y: &[f64], a: f64) -> f64 {
    ((sq_norm(x) * 0.7_f64) * (-sq_norm(x).powi(2)).exp()).ln()
}

#[kernel(asymmetric, indefinite, name = K83)]
fn k83(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (1.0_f64 + norm(x));
    (-dist(x, y)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K84)]
fn k84(x: f64, y: f64, a: f64, b: f64) -> f64 {
    ((1.0_f64 + sq_dist(x, y).sqrt()).recip() + ((b / 3.0_f64).sinh() * (x / a)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K85)]
fn k85(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| (p / a)).sum::<f64>()
}

#[kernel(asymmetric, indefinite, name = K86)]
fn k86(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    0.5_f64.atan2(sq_dist(x, y)).powi(2).powf(0.3333333333333333_f64)
}

#[kernel(asymmetric, indefinite, name = K87)]
fn k87(x: f64, y: f64) -> f64 {
    let t0 = (sq_norm(x) * y);
    ((-l1_dist(x, y)).exp() * dist(x, y).cos())
}

#[kernel(asymmetric, indefinite, name = K88)]
fn k88(x: f64, y: f64) -> f64 {
    ((-(1.3_f64 * sq_dist(x, y))).exp() * ((y - 0.3_f64) * (3.0_f64 / 3.0_f64).acos()))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K89)]
fn k89(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    x[0].powi(2).powf(1.5_f64).atan()
}

#[kernel(asymmetric, indefinite, name = K90)]
fn k90(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let t0 = erf(2.0_f64);
    (2.0_f64.recip() * (t0 / 1.3_f64))
}

#[kernel(asymmetric, indefinite, name = K91)]
fn k91(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (l1_dist(x, y) + y[0]);
    (0.6_f64 * t0.tanh()).tan()
}

#[kernel(asymmetric, indefinite, name = K92)]
fn k92(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let t0 = y[0].tanh();
    ((0.7_f64 * t0) * x.iter().zip(y).map(|(&p, &q)| (0.7_f64 * q)).sum::<f64>())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K93)]
fn k93(x: f64, y: f64, a: f64) -> f64 {
    (x.powi(2) / (1.5_f64 + (3.0_f64 / 3.0_f64)))
}

#[kernel(asymmetric, indefinite, name = K94)]
fn k94(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = ((-0.4_f64) / 3.0_f64).acos();
    ((-l1_dist(x, y)).exp() * (if x[0] < 0.377_f64 { t0 } else { t0 }).abs())
}

#[kernel(asymmetric, indefinite, name = K95)]
fn k95(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| p.tanh()).product::<f64>()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K96)]
fn k96(x: f64, y: f64, a: f64, b: f64) -> f64 {
    a.powf((a / 3.0_f64)).powi(2).sqrt()
}

#[kernel(asymmetric, indefinite, name = K97)]
fn k97(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    ((angle(x, y) + angle(x, y)) + 3.0_f64.hypot((-1.0_f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K98)]
fn k98(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {
    (((1.0_f64 + x.iter().zip(y).zip(w).map(|((&p, &q), &r)| (r * (p - q)).powi(2)).sum::<f64>().sqrt()) * (-x.iter().zip(y).zip(w).map(|((&p, &q), &r)| (r * (p - q)).powi(2)).sum::<f64>().sqrt()).exp()) + ((x[0] + sq_dist(x, y)) - (dot(x, y) - x[0])))
}

#[kernel(asymmetric, indefinite, name = K99)]
fn k99(x: f64, y: f64) -> f64 {
    let t0 = (dot(x, y) * sq_dist(x, y));
    (if l1_dist(x, y) < 0.377_f64 { (l1_dist(x, y) - t0) } else { 0.7_f64.atan2(1.3_f64) })
}

#[kernel(asymmetric, indefinite, name = K100)]
fn k100(x: f64, y: f64) -> f64 {
    (3.0_f64 * sq_dist(x, y)).atan()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K101)]
fn k101(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (dist(x, y).hypot(norm(y)) * sq_dist(x, y).sin())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K102)]
fn k102(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    ((1.0_f64 - ((dist(x, y) / a) / 3.0_f64)).max(0.0_f64).powi(4) * (1.0_f64 + (dist(x, y) / a)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K103)]
fn k103(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    (-(a * sq_dist(x, y))).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K104)]
fn k104(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| ((q * p) * q)).sum::<f64>()
}

#[kernel(asymmetric, indefinite, name = K105)]
fn k105(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(y).zip(w).map(|((&p, &q), &r)| (r * (p - q)).powi(2)).product::<f64>()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K106)]
fn k106(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    l1_dist(x, y).powi(4).cos()
}

#[kernel(asymmetric, indefinite, name = K107)]
fn k107(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-(l1_dist(x, y) * x[0]).powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K108)]
fn k108(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (1.0_f64.log2() * 1.0_f64.powi(-3))
}

#[kernel(asymmetric, indefinite, name = K109)]
fn k109(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (0.7_f64 - dist(x, y)).powi(3)
}

#[kernel(asymmetric, indefinite, name = K110)]
fn k110(x: &[f64], y: &[f64]) -> f64 {
    (x[0].tanh() / (1.5_f64 + (1.5_f64 / 3.0_f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K111)]
fn k111(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = x[0].atan2(a);
    ((if t0 < 0.377_f64 { y[0] } else { 0.5_f64 }) * x.iter().zip(y).map(|(&p, &q)| (p - q).powi(2)).sum::<f64>())
}

#[kernel(asymmetric, indefinite, name = K112)]
fn k112(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| p).sum::<f64>().powi(2).powf(0.5_f64)
}

#[kernel(asymmetric, indefinite, name = K113)]
fn k113(x: &[f64], y: &[f64]) -> f64 {
    (1.0_f64 + y[0].powi(2)).powf(2.0_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K114)]
fn k114(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    (1.0_f64 + sq_dist(x, y)).sqrt()
}

#[kernel(asymmetric, indefinite, name = K115)]
fn k115(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = x.iter().zip(y).map(|(&p, &q)| (-0.4_f64)).product::<f64>();
    0.6_f64.powf(0.25_f64)
}

#[kernel(asymmetric, indefinite, name = K116)]
fn k116(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((y[0] * dist(x, y)) * dot(x, y).cos())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K117)]
fn k117(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    dist(x, y).sin().powi(2)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K118)]
fn k118(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| (q - q)).sum::<f64>()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K119)]
fn k119(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    let t0 = (y[1] * b).sqrt();
    (0.6_f64 * dist(x, y).tanh()).exp()
}

#[kernel(asymmetric, indefinite, name = K120)]
fn k120(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (dot(x, y) / 0.6_f64);
    2.0_f64.powf(0.5_f64).powi(4)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K121)]
fn k121(x: &[f64], y: &[f64], a: f64) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| ((a / 3.0_f64).cosh() * q)).sum::<f64>()
}

#[kernel(asymmetric, indefinite, name = K122)]
fn k122(x: &[f64], y: &[f64]) -> f64 {
    (y[0] - y[0]).powi(2)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K123)]
fn k123(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 {
    (1.0_f64 + (x.len() as f64).powi(2)).sqrt()
}

#[kernel(asymmetric, indefinite, name = K124)]
fn k124(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((sq_dist(x, y) / 0.6_f64) / (1.0_f64 + dot(x, y).powi(2)))
}

#[kernel(asymmetric, indefinite, name = K125)]
fn k125(x: &[f64], y: &[f64]) -> f64 {
    let t0 = 1.3_f64.powf(0.75_f64);
    ((dist(x, y) / 1.0_f64).cos() + x.iter().zip(y).map(|(&p, &q)| 1.0_f64.cbrt()).sum::<f64>())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K126)]
fn k126(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 {
    ((x.len() as f64).atan2(sq_dist(x, y)) + (x[0] + dist(x, y)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K127)]
fn k127(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    ((dist(x, y) * sq_dist(x, y)) * erf(x[0]))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K128)]
fn k128(x: &[f64], y: &[f64], a: f64) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| (a * q)).sum::<f64>().atan2(sq_norm(x).atan2(a))
}

#[kernel(asymmetric, indefinite, name = K129)]
fn k129(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (dot(x, y) * x[0]);
    (1.0_f64 + sq_dist(x, y).powi(2)).powi(-1)
}

#[kernel(asymmetric, indefinite, name = K130)]
fn k130(x: &[f64], y: &[f64]) -> f64 {
    (dist(x, y).cos() * (dist(x, y) / 0.6_f64).powi(3))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K131)]
fn k131(x: &[f64], y: &[f64], a: f64) -> f64 {
    (-(-l1_dist(x, y)).exp().powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K132)]
fn k132(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let t0 = (y[0] / 1.3_f64);
    ((-(dist(x, y) / 0.6_f64)).exp() * 2.0_f64.recip().abs())
}

#[kernel(asymmetric, indefinite, name = K133)]
fn k133(x: f64, y: f64) -> f64 {
    let t0 = (norm(y) + sq_norm(y));
    (0.7_f64.powi(4) / (1.5_f64 + (0.7_f64 / 3.0_f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K134)]
fn k134(x: f64, y: f64, a: f64, b: f64) -> f64 {
    ((b / a) + norm(y).abs())
}

#[kernel(asymmetric, indefinite, name = K135)]
fn k135(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    (erf(dist(x, y)) / dist(x, y))
}

#[kernel(asymmetric, indefinite, name = K136)]
fn k136(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (dist(x, y).sin().powi(2) * (1.0_f64 + sq_dist(x, y)).sqrt())
}

#[kernel(asymmetric, indefinite, name = K137)]
fn k137(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-sq_dist(x, y).sqrt()).exp()
}

#[kernel(asymmetric, indefinite, name = K138)]
fn k138(x: &[f64], y: &[f64]) -> f64 {
    ((dot(x, y) * sq_norm(y)) - (y[0] + x[0]))
}

#[kernel(asymmetric, indefinite, name = K139)]
fn k139(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    ((1.0_f64 + sq_dist(x, y)).ln() / sq_dist(x, y))
}

#[kernel(asymmetric, indefinite, name = K140)]
fn k140(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = (x[1] - dot(x, y));
    (((1.0_f64 - (-sq_dist(x, y)).exp()) / sq_dist(x, y)) + (0.5_f64 / 3.0_f64).exp().ln_1p())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K141)]
fn k141(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    (a.powf((b / 3.0_f64)) + angle(x, y).atan2(a))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K142)]
fn k142(x: f64, y: f64, a: f64) -> f64 {
    (1.0_f64 + sq_dist(x, y)).sqrt()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K143)]
fn k143(x: &[f64], y: &[f64], a: f64) -> f64 {
    ((sq_dist(x, y) * dot(x, y)) + x[0].atan2(a))
}

#[kernel(asymmetric, indefinite, name = K144)]
fn k144(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = sq_norm(y).atan2(dot(x, y));
    ((t0 / 0.6_f64) * (t0 + t0))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K145)]
fn k145(x: &[f64], y: &[f64], a: f64, b: f64, w: &[f64]) -> f64 {
    dist(x, y).abs().atan2((0.7_f64 + a.abs()))
}

#[kernel(asymmetric, indefinite, name = K146)]
fn k146(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (x[1].atan() / 1.3_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K147)]
fn k147(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (a / 3.0_f64).cosh().powi(3)
}

#[kernel(asymmetric, indefinite, name = K148)]
fn k148(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = x.iter().zip(y).map(|(&p, &q)| (p - q).powi(2)).sum::<f64>();
    ((0.6_f64 * (angle(x, y).cos() - 1.0_f64)).exp() * (1.3_f64 + sq_norm(x).powi(2)).powf((-1.0_f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K149)]
fn k149(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    let t0 = (a - x[0]);
    (1.0_f64 + x[0].powi(2)).powf(0.5_f64)
}

#[kernel(asymmetric, indefinite, name = K150)]
fn k150(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((dot(x, y) + y[0]) * 2.0_f64.powi(2).sqrt())
}

#[kernel(asymmetric, indefinite, name = K151)]
fn k151(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let t0 = 1.3_f64.powi(-2);
    norm(y).powi(2).powf(2.0_f64).atan()
}

#[kernel(asymmetric, indefinite, name = K152)]
fn k152(x: f64, y: f64) -> f64 {
    (-(-dist(x, y)).exp().powi(2)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K153)]
fn k153(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = a.ln_1p();
    a.powf(1.5_f64)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K154)]
fn k154(x: f64, y: f64, a: f64) -> f64 {
    let t0 = 0.7_f64.sin();
    ((-l1_dist(x, y)).exp() + (if sq_dist(x, y) < 0.377_f64 { t0.max(y) } else { sq_dist(x, y).powi(3).powf(2.0_f64) }))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K155)]
fn k155(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    (((1.0_f64 - sq_dist(x, y).sqrt().cos()) / sq_dist(x, y).sqrt().powi(2)) * ((1.0_f64 + dist(x, y)) * (-dist(x, y)).exp()))
}

#[kernel(asymmetric, indefinite, name = K156)]
fn k156(x: &[f64], y: &[f64]) -> f64 {
    let t0 = 1.0_f64.powf((3.0_f64 / 3.0_f64));
    ((dot(x, y) * t0) + y[0].powi(4))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K157)]
fn k157(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (-sq_dist(x, y).sqrt()).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K158)]
fn k158(x: &[f64], y: &[f64], a: f64) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| ((p - q) * q)).sum::<f64>()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K159)]
fn k159(x: &[f64], y: &[f64], a: f64) -> f64 {
    (((-0.4_f64) / 3.0_f64).cosh() * x.iter().zip(y).map(|(&p, &q)| 0.7_f64).sum::<f64>())
}

#[kernel(asymmetric, indefinite, name = K160)]
fn k160(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = 3.0_f64.abs();
    (1.0_f64 + t0.powi(2)).log2()
}

#[kernel(asymmetric, indefinite, name = K161)]
fn k161(x: f64, y: f64) -> f64 {
    let t0 = (-dot(x, y).powi(2)).exp();
    (-l1_dist(x, y)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K162)]
fn k162(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {
    let t0 = a.cbrt();
    (dist(x, y).powi(3) * (if a < 0.377_f64 { sq_norm(x) } else { 2.0_f64 })).ln()
}

#[kernel(asymmetric, indefinite, name = K163)]
fn k163(x: &[f64], y: &[f64]) -> f64 {
    (0.6_f64 * y[0].sin()).exp_m1()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K164)]
fn k164(x: &[f64], y: &[f64], a: f64) -> f64 {
    norm(x).atan2(x[0]).atan2((1.0_f64 + (-1.0_f64).powi(2)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K165)]
fn k165(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    (x.len() as f64).powi(4).tanh()
}

#[kernel(asymmetric, indefinite, name = K166)]
fn k166(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((x[0] + y[1]) * 1.3_f64.recip())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K167)]
fn k167(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    let t0 = a.ln();
    (-(dist(x, y).tanh() / dist(x, y)).powi(2)).exp()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K168)]
fn k168(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    (sq_norm(x).atan2(a) / (1.0_f64 + (x.len() as f64).powi(2)))
}

#[kernel(asymmetric, indefinite, name = K169)]
fn k169(x: &[f64], y: &[f64]) -> f64 {
    (x.iter().zip(y).map(|(&p, &q)| 1.0_f64).sum::<f64>() + sq_dist(x, y).abs())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K170)]
fn k170(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    (l1_dist(x, y).min(y[0]) * a.powi(-1))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K171)]
fn k171(x: f64, y: f64, a: f64, b: f64) -> f64 {
    ((if x < 0.377_f64 { sq_dist(x, y) } else { norm(y) }) - a.powi(-1))
}

#[kernel(asymmetric, indefinite, name = K172)]
fn k172(x: f64, y: f64) -> f64 {
    let t0 = (dot(x, y) - 2.0_f64);
    (if sq_dist(x, y) < 0.377_f64 { y.tanh() } else { (dot(x, y) * t0) })
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K173)]
fn k173(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    let t0 = (x.len() as f64).powi(2);
    a.powf(3.0_f64)
}

#[kernel(asymmetric, indefinite, name = K174)]
fn k174(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (dist(x, y).powi(3) * (1.0_f64 + dist(x, y).powi(2)).ln())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K175)]
fn k175(x: f64, y: f64, a: f64) -> f64 {
    (y * 1.0_f64).hypot(((-1.0_f64) * dist(x, y)))
}

#[kernel(asymmetric, indefinite, name = K176)]
fn k176(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    ((-dist(x, y)).exp() * sq_dist(x, y).sqrt().powi(3))
}

#[kernel(asymmetric, indefinite, name = K177)]
fn k177(x: &[f64], y: &[f64]) -> f64 {
    let t0 = ((x.len() as f64) * (-0.4_f64));
    (0.6_f64.ln_1p() + (l1_dist(x, y) * dot(x, y)))
}

#[kernel(asymmetric, indefinite, name = K178)]
fn k178(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(&p, &q)| 1.5_f64).sum::<f64>().hypot(x.iter().zip(y).map(|(&p, &q)| q).sum::<f64>())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K179)]
fn k179(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    (l1_dist(x, y).tanh() - a.sqrt())
}

#[kernel(asymmetric, indefinite, name = K180)]
fn k180(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = sq_dist(x, y).powi(2).powf(2.0_f64);
    (0.6_f64 * dist(x, y).atan()).acos()
}

#[kernel(asymmetric, indefinite, name = K181)]
fn k181(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let t0 = norm(y).abs();
    dist(x, y).cos()
}

#[kernel(asymmetric, indefinite, name = K182)]
fn k182(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = (sq_norm(x) / 0.6_f64);
    ((dot(x, y) + t0) * (y[0] - 3.0_f64))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K183)]
fn k183(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    let t0 = sq_norm(x).powi(2).sqrt();
    (a + sq_dist(x, y).powi(2)).powi(-2)
}

#[kernel(asymmetric, indefinite, name = K184)]
fn k184(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = x.iter().zip(y).map(|(&p, &q)| q).sum::<f64>();
    ((-l1_dist(x, y)).exp() * (t0 * dist(x, y)).atan())
}

#[kernel(asymmetric, indefinite, name = K185)]
fn k185(x: &[f64], y: &[f64]) -> f64 {
    ((-(2.0_f64 * sq_dist(x, y))).exp() + (dist(x, y) * y[0]).powi(3).powf(0.5_f64))
}

#[kernel(asymmetric, indefinite, name = K186)]
fn k186(x: f64, y: f64) -> f64 {
    ((-0.4_f64) * (if sq_dist(x, y) < 0.377_f64 { l1_dist(x, y) } else { dot(x, y) }))
}

#[kernel(asymmetric, indefinite, name = K187)]
fn k187(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (0.7_f64 * dist(x, y)).sin()
}

#[kernel(asymmetric, indefinite, name = K188)]
fn k188(x: &[f64], y: &[f64]) -> f64 {
    (((1.0_f64 + sq_dist(x, y)).ln() / sq_dist(x, y)) * (1.0_f64 + dist(x, y)).recip())
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K189)]
fn k189(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = y[0].powi(3);
    (0.7_f64 + x[0].abs()).powi(-3)
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K190)]
fn k190(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (-(sq_dist(x, y) / a).powi(2)).exp()
}

#[kernel(asymmetric, indefinite, name = K191)]
fn k191(x: &[f64], y: &[f64]) -> f64 {
    let t0 = (dot(x, y) - sq_dist(x, y));
    0.6_f64.log2().min(x.iter().zip(y).map(|(&p, &q)| (q * q)).sum::<f64>())
}

#[kernel(asymmetric, indefinite, name = K192)]
fn k192(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    (((1.0_f64 - (sq_dist(x, y).sqrt() / 3.0_f64)).max(0.0_f64).powi(4) * (1.0_f64 + sq_dist(x, y).sqrt())) * (angle(x, y).tanh() / (1.0_f64 + 0.25_f64.powi(2))))
}

#[kernel(asymmetric, indefinite, name = K193)]
fn k193(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let t0 = dist(x, y).powi(4);
    (if sq_dist(x, y) < 0.377_f64 { (dot(x, y) / 1.3_f64) } else { x.iter().zip(y).map(|(&p, &q)| p).sum::<f64>() })
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K194)]
fn k194(x: &[f64], y: &[f64], a: f64) -> f64 {
    let t0 = (x[0] * x[0]).sqrt();
    ((sq_dist(x, y) + sq_dist(x, y)) * (sq_dist(x, y) * (x.len() as f64)))
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K195)]
fn k195(x: f64, y: f64, a: f64, b: f64) -> f64 {
    (a / 3.0_f64).sinh().atan2((1.0_f64 + dot(x, y).powi(2)))
}

#[kernel(asymmetric, indefinite, name = K196)]
fn k196(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (x.iter().zip(y).map(|(&p, &q)| (p * q)).sum::<f64>() - (dist(x, y) / 1.3_f64))
}

#[kernel(asymmetric, indefinite, name = K197)]
fn k197(x: &[f64], y: &[f64]) -> f64 {
    let t0 = 2.0_f64.sqrt();
    1.0_f64.atan2(1.0_f64).powi(3).powf((-0.5_f64))
}

#[kernel(asymmetric, indefinite, name = K198)]
fn k198(x: f64, y: f64) -> f64 {
    let t0 = (dot(x, y) * 0.25_f64);
    (0.5_f64 * t0).powi(2).sqrt()
}

#[kernel(assume(a > 0), asymmetric, indefinite, name = K199)]
fn k199(x: f64, y: f64, a: f64) -> f64 {
    (a.powf(0.5_f64) * erf(x))
}

pub const KERNELS: &[Evaluate] = &[
    array!(k0, a),
    array!(k1, ),
    slice!(k2, ),
    slice!(k3, ),
    slice!(k4, a, b),
    slice!(k5, a),
    scalar!(k6, a),
    slice!(k7, a, b, w),
    scalar!(k8, ),
    slice!(k9, a, w),
    slice!(k10, a),
    scalar!(k11, a, b),
    slice!(k12, w),
    scalar!(k13, ),
    slice!(k14, ),
    slice!(k15, a, b),
    array!(k16, ),
    slice!(k17, a),
    scalar!(k18, a),
    array!(k19, ),
    slice!(k20, a, w),
    array!(k21, a),
    slice!(k22, ),
    array!(k23, a),
    array!(k24, ),
    array!(k25, ),
    scalar!(k26, a),
    array!(k27, a, b),
    scalar!(k28, ),
    array!(k29, ),
    array!(k30, ),
    array!(k31, ),
    slice!(k32, ),
    array!(k33, a),
    array!(k34, a, b),
    slice!(k35, ),
    array!(k36, ),
    slice!(k37, a, b, w),
    slice!(k38, w),
    array!(k39, ),
    scalar!(k40, ),
    scalar!(k41, ),
    scalar!(k42, a, b),
    slice!(k43, ),
    slice!(k44, ),
    slice!(k45, ),
    slice!(k46, a),
    array!(k47, a),
    slice!(k48, a),
    scalar!(k49, a),
    array!(k50, ),
    slice!(k51, a),
    scalar!(k52, a, b),
    slice!(k53, a, b),
    slice!(k54, ),
    slice!(k55, a, b),
    slice!(k56, ),
    scalar!(k57, ),
    slice!(k58, ),
    array!(k59, a),
    scalar!(k60, ),
    scalar!(k61, ),
    array!(k62, a),
    slice!(k63, a),
    array!(k64, ),
    slice!(k65, w),
    array!(k66, a, b),
    scalar!(k67, a),
    slice!(k68, a, b),
    scalar!(k69, ),
    scalar!(k70, ),
    scalar!(k71, ),
    slice!(k72, ),
    scalar!(k73, ),
    slice!(k74, a),
    scalar!(k75, a),
    array!(k76, a, b),
    array!(k77, a),
    scalar!(k78, a),
    scalar!(k79, a, b),
    slice!(k80, a, b),
    scalar!(k81, ),
    slice!(k82, a),
    slice!(k83, ),
    scalar!(k84, a, b),
    slice!(k85, a, b, w),
    slice!(k86, w),
    scalar!(k87, ),
    scalar!(k88, ),
    array!(k89, a, b),
    slice!(k90, w),
    slice!(k91, ),
    slice!(k92, w),
    scalar!(k93, a),
    array!(k94, ),
    slice!(k95, ),
    scalar!(k96, a, b),
    slice!(k97, w),
    slice!(k98, a, w),
    scalar!(k99, ),
    scalar!(k100, ),
    scalar!(k101, a, b),
    array!(k102, a),
    array!(k103, a, b),
    slice!(k104, a, w),
    slice!(k105, w),
    array!(k106, a, b),
    array!(k107, ),
    array!(k108, ),
    array!(k109, ),
    slice!(k110, ),
    slice!(k111, a),
    array!(k112, ),
    slice!(k113, ),
    array!(k114, a),
    array!(k115, ),
    array!(k116, ),
    array!(k117, a),
    slice!(k118, a, b),
    array!(k119, a, b),
    slice!(k120, ),
    slice!(k121, a),
    slice!(k122, ),
    slice!(k123, a, b, w),
    array!(k124, ),
    slice!(k125, ),
    slice!(k126, a, b, w),
    slice!(k127, a, b),
    slice!(k128, a),
    slice!(k129, ),
    slice!(k130, ),
    slice!(k131, a),
    slice!(k132, w),
    scalar!(k133, ),
    scalar!(k134, a, b),
    slice!(k135, w),
    array!(k136, ),
    array!(k137, ),
    slice!(k138, ),
    slice!(k139, w),
    array!(k140, ),
    array!(k141, a, b),
    scalar!(k142, a),
    slice!(k143, a),
    array!(k144, ),
    slice!(k145, a, b, w),
    array!(k146, ),
    scalar!(k147, a, b),
    array!(k148, ),
    slice!(k149, a, b),
    array!(k150, ),
    slice!(k151, w),
    scalar!(k152, ),
    slice!(k153, a),
    scalar!(k154, a),
    array!(k155, a, b),
    slice!(k156, ),
    scalar!(k157, a, b),
    slice!(k158, a),
    slice!(k159, a),
    array!(k160, ),
    scalar!(k161, ),
    slice!(k162, a, w),
    slice!(k163, ),
    slice!(k164, a),
    slice!(k165, a, b),
    array!(k166, ),
    array!(k167, a, b),
    slice!(k168, a, b),
    slice!(k169, ),
    array!(k170, a),
    scalar!(k171, a, b),
    scalar!(k172, ),
    slice!(k173, a, b),
    array!(k174, ),
    scalar!(k175, a),
    array!(k176, ),
    slice!(k177, ),
    slice!(k178, ),
    slice!(k179, a, b),
    array!(k180, ),
    slice!(k181, w),
    array!(k182, ),
    slice!(k183, a, b),
    array!(k184, ),
    slice!(k185, ),
    scalar!(k186, ),
    array!(k187, ),
    slice!(k188, ),
    slice!(k189, a),
    scalar!(k190, a, b),
    slice!(k191, ),
    slice!(k192, w),
    array!(k193, ),
    slice!(k194, a),
    scalar!(k195, a, b),
    array!(k196, ),
    slice!(k197, ),
    scalar!(k198, ),
    scalar!(k199, a),
];
