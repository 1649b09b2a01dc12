//! How long a journey takes, and how much of that is making its world: `cargo xtask test` shows the slowest.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs from the making of a world until it is dropped; then a line goes to `journeys/took.tsv` in the build's folder for
/// tests: name, milliseconds in all, milliseconds until the world was there.
#[derive(Debug)]
pub(crate) struct Watch {
    name: String,
    begun: Instant,
    ready: Duration,
}

impl Watch {
    pub(crate) fn begun(name: &str) -> Self {
        Self { name: name.to_owned(), begun: Instant::now(), ready: Duration::ZERO }
    }

    /// The world is there.
    pub(crate) fn ready(mut self) -> Self {
        self.ready = self.begun.elapsed();
        self
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
        let line =
            format!("{}\t{}\t{}\n", self.name, self.begun.elapsed().as_millis(), self.ready.as_millis());
        let _ = std::fs::create_dir_all(&folder);
        // One write per line: journeys end at the same time. Without the line only a table is shorter.
        if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(folder.join("took.tsv")) {
            let _ = file.write_all(line.as_bytes());
        }
    }
}
