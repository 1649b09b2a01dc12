//! Everything that can fail: cheap checks first, browsers last, side by side where one waits. A failing step does not
//! stop the rest, unless the rest needs what it makes. Each step's output is in a log; the end of it is shown on
//! failure, and again before the table.

mod contract;
pub(crate) mod counts;
mod examples;
mod reasons;
mod same_files;
mod slowest;
mod states;
pub(crate) mod step;
mod targets;

use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::chaos::{self, Store};
use crate::dist::{self, Build};
use crate::docs;
use crate::npm_apps;
use crate::process::cargo;
use crate::size;
use crate::tidy;
use crate::tools::{self, Needs, Toolbox};
use crate::trap;
use crate::woo;
use crate::workspace::Workspace;
use counts::Counts;
use step::{Counting, Report};

/// The root package: the widget and the tests of the assembled product.
const WIDGET: &str = "alliancepay-checkout";
/// The staff's console, the other thing that runs in a browser.
const CONSOLE: &str = "merchant-console";
/// The fuzz targets, which are compiled here only; what they do is replayed by ordinary tests.
const FUZZ_TARGETS: &str = "fuzz/targets";
const WASM: &str = "wasm32-unknown-unknown";
/// Tests of the assembled product, which need `dist/` and a browser.
const JOURNEYS: &str = "journeys";
/// Tests that run as WebAssembly inside a browser.
const IN_BROWSER: &str = "browser";

pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    let begun = Instant::now();
    let report = Report::new("test", workspace.target.join("test-logs"))?;
    let mut toolbox = None;
    report.step("tools", || {
        toolbox = Some(tools::install(workspace, Needs::Everything)?);
        Ok(())
    });
    let Some(toolbox) = toolbox else {
        return Ok(report.finish(begun.elapsed()));
    };
    let suite = Suite { workspace, toolbox: &toolbox };
    suite.check(&report);
    suite.native(&report)?;
    // Programs under faults mostly wait, what browsers get is compiled on one core: together they fill two.
    let built = std::thread::scope(|scope| {
        scope.spawn(|| suite.programs(&report));
        suite.for_browsers(&report)
    });
    if built {
        suite.journeys(&report);
    }
    Ok(report.finish(begun.elapsed()))
}

/// The contract step alone.
pub(crate) fn contract(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    let toolbox = tools::install(workspace, Needs::Everything)?;
    crate::chaos::build(workspace)?;
    let report = Report::new("test", workspace.target.join("test-logs"))?;
    let begun = Instant::now();
    report.counted("contract", |log| contract::check(workspace, toolbox.python.as_deref(), log));
    Ok(report.finish(begun.elapsed()))
}

struct Suite<'a> {
    workspace: &'a Workspace,
    toolbox: &'a Toolbox,
}

impl Suite<'_> {
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = cargo();
        cargo
            .current_dir(&self.workspace.root)
            .args(arguments)
            .env("CARGO_TERM_COLOR", "never")
            // A failed test says where and why; hundreds of frames of the runtime would bury it.
            .env("RUST_BACKTRACE", "0")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        self.toolbox.tell(&mut cargo);
        cargo
    }

    fn check(&self, report: &Report) {
        report.command("format", Counting::Once, &mut self.cargo(&["fmt", "--all", "--check"]));
        report.step("tidy", || tidy::check(self.workspace));
        report.command(
            "clippy",
            Counting::Once,
            &mut self.cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--features",
                FUZZ_TARGETS,
                "--",
                "-D",
                "warnings",
            ]),
        );
        report.command(
            "clippy-wasm",
            Counting::Once,
            &mut self.cargo(&[
                "clippy",
                "-p",
                WIDGET,
                "-p",
                CONSOLE,
                "--target",
                WASM,
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]),
        );
    }

    /// Every native test but the journeys. The whole workspace is selected each time: with fewer packages cargo
    /// would choose other features for shared dependencies and compile them again.
    fn native(&self, report: &Report) -> anyhow::Result<()> {
        let targets = targets::tests(&self.workspace.root)?;
        // The programs too: journeys start them. The examples are run by a step of their own.
        let mut build = self.cargo(&["build", "--workspace", "--bins", "--tests", "--examples"]);
        report.command("build", Counting::Once, &mut build);
        let mut native = self.cargo(&["test", "--workspace", "--no-fail-fast", "--lib", "--bins"]);
        for name in targets.iter().filter(|name| ![JOURNEYS, IN_BROWSER].contains(&name.as_str())) {
            native.args(["--test", name]);
        }
        report.command("native-tests", Counting::TestResults, &mut native);
        states::tell(&report.log("native-tests"));
        let mut documentation = self.cargo(&["test", "--workspace", "--no-fail-fast", "--doc"]);
        report.command("doc-tests", Counting::TestResults, &mut documentation);
        Ok(())
    }

    /// The programs as they are started in earnest, held against others' clients and under faults.
    fn programs(&self, report: &Report) {
        let python = self.toolbox.python.as_deref();
        report.counted("contract", |log| contract::check(self.workspace, python, log));
        self.worldline_sdk(report);
        report.step("examples", || examples::check(self.workspace));
        for (name, store) in [("chaos-sqlite", Store::Sqlite), ("chaos-postgres", Store::Postgres)] {
            let mut slice = chaos::program(self.workspace, &chaos::Options::slice(store));
            report.command(name, Counting::Once, &mut slice);
        }
    }

    /// Worldline's own SDK against the sandbox: both sides of our tests of Alipay+ would otherwise be ours.
    fn worldline_sdk(&self, report: &Report) {
        let Some(python) = &self.toolbox.python else {
            report.step("worldline-sdk", || anyhow::bail!("there is no Python with Worldline's SDK"));
            return;
        };
        let mut judge = crate::process::command(python);
        judge
            .arg(self.workspace.root.join("crates/sandbox-bank/tests/sdk/alipay_plus.py"))
            .arg(self.workspace.target.join("debug/sandbox-bank"));
        report.command("worldline-sdk", Counting::TestResults, &mut judge);
    }

    /// Everything the journeys need, tested by itself; whether they can begin.
    fn for_browsers(&self, report: &Report) -> bool {
        let arguments = ["test", "-p", WIDGET, "--target", WASM, "--no-fail-fast", "--test", IN_BROWSER];
        report.command("browser-tests", Counting::TestResults, &mut self.cargo(&arguments));
        let built = report.step("dist", || dist::build(self.workspace, self.toolbox, Build::Small).map(drop));
        if !built {
            return false;
        }
        report.step("same-files", || same_files::check(self.workspace));
        report.step("trap-build", || trap::build(self.workspace, self.toolbox));
        report.step("size", || size::check(self.workspace));
        report.step("docs", || docs::build(self.workspace, self.toolbox).map(drop));
        self.plugin(report);
        self.npm_package(report);
        true
    }

    fn journeys(&self, report: &Report) {
        let arguments = ["test", "--workspace", "--no-fail-fast", "--test", JOURNEYS];
        slowest::forget(self.workspace);
        report.command("journeys", Counting::TestResults, &mut self.cargo(&arguments));
        slowest::tell(self.workspace);
    }
}

impl Suite<'_> {
    /// The npm package in other people's builds, which the journeys then open.
    fn npm_package(&self, report: &Report) {
        let mut tests = None;
        report.step("npm-apps", || {
            tests = Some(npm_apps::lay_out(self.workspace)?);
            Ok(())
        });
        if let Some(tests) = &mut tests {
            report.command("npm-package", Counting::TestResults, tests);
        }
    }

    /// The WooCommerce plugin's PHP, and the shop that the journeys are in.
    fn plugin(&self, report: &Report) {
        let mut trials = None;
        report.step("woo-shop", || {
            let tools = tools::install_shop(self.workspace)?;
            let site = woo::build_site(self.workspace, &tools)?;
            trials = Some(woo::checks::trials(self.workspace, &site)?);
            woo::provide_express(self.workspace)
        });
        if let Some(trials) = &mut trials {
            report.step("php-parses", || woo::checks::parses(self.workspace));
            report.command("php-style", Counting::Once, &mut woo::checks::style(self.workspace));
            report.command("php-tests", Counting::TestResults, &mut woo::checks::unit_tests(self.workspace));
            report.command("php-trials", Counting::TestResults, trials);
        }
    }
}

impl Counts {
    fn exit_code(self) -> ExitCode {
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
