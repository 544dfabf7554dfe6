//! The corpus that fuzzing left: no kernel in it may panic, hang or overflow the stack that rustc gives a macro.

#[path = "../../../fuzz/src/decode.rs"]
mod decode;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use decode::Source;
use kernel_core::kernel::expand;

/// Of a debug build on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);
/// What rustc and rust-analyzer give.
const STACK: usize = 8 << 20;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn corpus_expands() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/body");
    let files = files(&folder);
    assert!(files.len() > 50, "{} holds {} files", folder.display(), files.len());
    let replay = move || {
        for file in files {
            let data = std::fs::read(&file).expect("a readable file");
            let Source { attribute, item } = decode::source(&data);
            let start = Instant::now();
            // Not all of it are tokens.
            if let (Ok(attribute), Ok(item)) = (attribute.parse(), item.parse()) {
                let expansion = expand(attribute, item).to_string();
                assert!(!expansion.contains("a bug in kernel-core"), "{}: {expansion}", file.display());
            }
            let time = start.elapsed();
            assert!(time < LIMIT, "{}: {time:?} for\n#[kernel({attribute})]\n{item}", file.display());
        }
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(replay).expect("a thread");
    thread.join().expect("nothing panics");
}
