//! A target without the fuzzer: so that an ordinary compiler checks it, and a found input runs under a debugger.

use std::io::Read;

/// Runs what comes on the standard input.
pub(crate) fn run(body: fn(&[u8])) -> std::io::Result<()> {
    let mut input = Vec::new();
    std::io::stdin().lock().read_to_end(&mut input)?;
    body(&input);
    Ok(())
}
