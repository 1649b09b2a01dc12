//! How many tests passed and failed, read from what cargo's test programs and PHPUnit print.

/// Passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1 };

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// The sum of all `test result:` lines, of PHPUnit's closing ones and of Node.js' own.
    pub(crate) fn from_output(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            if let Some((_, rest)) = line.split_once("test result: ") {
                sum.add(Self {
                    passed: number_before(rest, " passed"),
                    failed: number_before(rest, " failed"),
                });
            } else if let Some(passed) = line.strip_prefix("# pass ") {
                sum.passed += passed.parse().unwrap_or(0);
            } else if let Some(failed) = line.strip_prefix("# fail ") {
                sum.failed += failed.parse().unwrap_or(0);
            } else if let Some(rest) = line.strip_prefix("OK (") {
                sum.passed += number_before(rest, " test");
            } else if let Some(rest) = line.strip_prefix("Tests: ") {
                let failed = number_after(rest, "Failures: ") + number_after(rest, "Errors: ");
                let all = rest.split(',').next().and_then(|number| number.parse().ok()).unwrap_or(failed);
                sum.add(Self { passed: all.saturating_sub(failed), failed });
            }
        }
        sum
    }

    /// What a step counts for: a program that ended badly with no failed test in sight is one failure.
    pub(crate) fn with_status(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let Some((before, _)) = text.split_once(word) else { return 0 };
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn number_after(text: &str, word: &str) -> u64 {
    let Some((_, after)) = text.split_once(word) else { return 0 };
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_line_counts() {
        let output = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n\
            test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Counts::from_output(output), Counts { passed: 5, failed: 1 });
    }

    #[test]
    fn phpunits_closing_lines_count() {
        let closing = |line| Counts::from_output(line);
        assert_eq!(closing("OK (12 tests, 34 assertions)"), Counts { passed: 12, failed: 0 });
        assert_eq!(closing("OK (1 test, 1 assertion)"), Counts { passed: 1, failed: 0 });
        let broken = "Tests: 12, Assertions: 30, Errors: 2, Failures: 1.";
        assert_eq!(closing(broken), Counts { passed: 9, failed: 3 });
    }

    #[test]
    fn nodes_closing_lines_count() {
        let closing = "# tests 5\n# suites 0\n# pass 4\n# fail 1\n# cancelled 0\n";
        assert_eq!(Counts::from_output(closing), Counts { passed: 4, failed: 1 });
    }

    #[test]
    fn a_program_that_did_not_even_compile_is_one_failure() {
        assert_eq!(Counts::from_output("error: could not compile").with_status(false), Counts::FAILED);
    }
}
