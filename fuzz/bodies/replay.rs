//! Replays a committed corpus through a fuzz target's body, in an ordinary test on the stable toolchain.

use std::path::Path;

/// Runs every input of `fuzz/corpus/TARGET`; a body that panics fails the test, and the input is named.
pub(crate) fn corpus(target: &str, run: fn(&[u8])) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = package
        .ancestors()
        .map(|above| above.join("fuzz/corpus").join(target))
        .find(|folder| folder.is_dir())
        .expect("the corpus is committed");
    let mut inputs: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an input").path()).collect();
    inputs.sort();
    for input in &inputs {
        let data = std::fs::read(input).expect("an input");
        let held = std::panic::catch_unwind(|| run(&data)).is_ok();
        assert!(held, "replaying {} failed", input.display());
    }
    assert!(!inputs.is_empty(), "an empty corpus proves nothing");
    println!("{target}: {} inputs replayed", inputs.len());
}
