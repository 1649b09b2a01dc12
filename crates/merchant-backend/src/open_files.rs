//! Every connection is an open file, and so is what the ledger and the bank need. Systems start a process with room for
//! a thousand or so and let it ask for more.

/// Kept free for the ledger, the bank and the shop: a crowd of waiting pages must not stop a payment.
const OUR_OWN: u64 = 256;

/// Raises the limit of open files as far as the system lets this process; says what it is then, none where the system
/// has no such limit.
pub fn raise_limit() -> Option<u64> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
        if raised.is_ok() { maximum } else { current }
    }
    #[cfg(not(unix))]
    None
}

/// How many of the `wanted` connections this process can hold.
pub(crate) fn connections(wanted: u32) -> u32 {
    let held = within(wanted, raise_limit());
    if held < wanted {
        tracing::warn!(
            wanted,
            held,
            "the system lets this process open too few files for `limits.connections`; raise the hard limit \
             (LimitNOFILE= of systemd, ulimit -Hn)"
        );
    }
    held
}

fn within(wanted: u32, files: Option<u64>) -> u32 {
    let Some(files) = files else { return wanted };
    // Half of a limit that is tiny: something must be served.
    let room = files.saturating_sub(OUR_OWN).max(files / 2).max(1);
    u32::try_from(room).map_or(wanted, |room| wanted.min(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_ledger_and_the_bank() {
        assert_eq!(within(20_000, None), 20_000);
        assert_eq!(within(20_000, Some(1_048_576)), 20_000);
        assert_eq!(within(20_000, Some(1024)), 768);
        assert_eq!(within(20_000, Some(64)), 32);
        assert_eq!(within(20_000, Some(0)), 1);
    }
}
