//! What makes a body a program: a target of the fuzzer's, or a program that runs one input, so that an ordinary compiler
//! checks it and a found input runs under a debugger.

#[cfg(not(fuzzing))]
use std::io::Read;

macro_rules! target {
    ($body:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $body(data));

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            crate::one_input::run($body)
        }
    };
}
pub(crate) use target;

/// Runs what comes on the standard input.
#[cfg(not(fuzzing))]
pub(crate) fn run(body: fn(&[u8])) -> std::io::Result<()> {
    let mut input = Vec::new();
    std::io::stdin().lock().read_to_end(&mut input)?;
    body(&input);
    Ok(())
}
