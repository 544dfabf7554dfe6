//! Bytes → a kernel's source → `expand`.
#![no_main]

use std::time::Duration;

use kernel_fuzz::decode::{self, Source};
use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

const LIMIT: Duration = Duration::from_secs(1);

fuzz_target!(|data: &[u8]| {
    let Source { attribute, item } = decode::source(data);
    let (Ok(attribute), Ok(item)) = (attribute.parse::<TokenStream>(), item.parse::<TokenStream>()) else { return };
    let start = processor_time();
    drop(kernel_core::kernel::expand(attribute.clone(), item.clone()));
    let time = processor_time() - start;
    assert!(time < LIMIT, "{time:?} for\n#[kernel({attribute})]\n{item}");
});

/// What this thread has had of a processor: what others have does not make a hang.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux says how long a thread has run");
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.expect("its first number is in nanoseconds"))
}
