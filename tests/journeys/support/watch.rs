//! How long a journey takes, and how much of that is making its place: `cargo xtask test` shows the slowest.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Appends a line to `journeys/took.tsv` in the build's folder for tests: name, milliseconds in all, milliseconds until the
/// place was there.
pub(super) fn note(name: &str, whole: Duration, making: Duration) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
    let line = format!("{name}\t{}\t{}\n", whole.as_millis(), making.as_millis());
    let _ = std::fs::create_dir_all(&folder);
    // One write per line: journeys end at the same time. Without the line only a table is shorter.
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(folder.join("took.tsv")) {
        let _ = file.write_all(line.as_bytes());
    }
}
