//! Why tests failed, out of the log of a step: what each panic says, without what comes after it.

/// Lines of one reason that are shown.
const LINES: usize = 12;

/// One passage per panic.
pub(super) fn of(log: &str) -> Vec<String> {
    let lines: Vec<&str> = log.lines().collect();
    let begins = |line: &str| line.starts_with("thread '") && line.contains("panicked at");
    let starts = lines.iter().enumerate().filter(|(_, line)| begins(line)).map(|(at, _)| at);
    starts.map(|at| passage(&lines[at..])).collect()
}

fn passage(lines: &[&str]) -> String {
    let ends =
        |line: &&str| line.is_empty() || line.starts_with("note: ") || line.starts_with("stack backtrace:");
    let said: Vec<&str> = lines.iter().copied().take_while(|line| !ends(line)).take(LINES).collect();
    format!("{}\n", said.join("\n"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_panic_is_quoted_without_its_frames() {
        let log = "test a ... FAILED\n\nthread 'a' (7) panicked at tests/a.rs:3:5:\none is not\ntwo\n\
                   stack backtrace:\n   0: core\n\nthread 'b' (8) panicked at tests/b.rs:4:5:\nthree\nnote: run with\n";
        assert_eq!(
            super::of(log),
            [
                "thread 'a' (7) panicked at tests/a.rs:3:5:\none is not\ntwo\n",
                "thread 'b' (8) panicked at tests/b.rs:4:5:\nthree\n"
            ]
        );
    }
}
