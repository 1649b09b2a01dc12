//! The project's commands. Progress goes to stderr, answers to stdout.
//!
//! `tools` installs, `dist` makes what a merchant loads, `demo` runs the whole product on loopback, `test` runs
//! everything that can fail, `soak` what takes longer, `tidy` holds the house rules no lint can hold, `size` weighs the download, `bench` measures
//! beside a peer.

mod assemble;
mod bench;
mod buy;
mod chaos;
mod console;
mod demo;
mod dist;
mod docs;
mod files;
mod looks;
mod npm_apps;
mod options;
mod process;
mod size;
mod soak;
mod suite;
mod tidy;
mod tools;
mod trap;
mod woo;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use workspace::Workspace;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "AlliancePay Checkout: build it, run it, test it")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what is missing into a per-user cache
    Tools {
        /// Also what only tests need: Chromium and its driver, Python for the cross-check of encryption
        #[arg(long)]
        test: bool,
    },
    /// Builds what a merchant loads, into dist/
    Dist {
        /// With the standard library as it is installed: no rebuilding of it, larger by a fifth
        #[arg(long)]
        stable: bool,
    },
    /// Builds the documentation as a site; the demo serves it
    Docs,
    /// Runs bank, backend and shop on loopback and prints the shop's address
    Demo(demo::Options),
    /// Runs everything: format, lints, native tests, browser tests, journeys
    Test,
    /// The long runs: chaos, model, load, orders, widget
    Soak(soak::Options),
    /// Holds the running backend against its OpenAPI document; `test` does it too
    Contract,
    /// Writes what is made from the table of the widget's options: list, types, documentation
    Options,
    /// Checks the house rules that lints cannot hold
    Tidy,
    /// Compares how every screen of the widget looks and sounds with what is kept
    Looks(looks::Options),
    /// Weighs the files of dist/
    Size {
        /// One line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Purchases under faults and SIGKILL, held against the bank's books (500 of them: about 6 minutes)
    Chaos(chaos::Options),
    /// Measures something beside its peer, in one run
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Builds the WooCommerce plugin and prints the path of its zip
    Woo {
        /// With the stable build of the widget, as for `dist`
        #[arg(long)]
        stable: bool,
    },
    /// Runs the shop journeys at the shop that is given
    WooJourneys(woo::journeys::Options),
    /// Turns Trunk's output into the merchant's files; Trunk calls this by itself
    #[command(hide = true)]
    Assemble,
    /// Builds the widget that panics on demand, which some journeys need
    #[command(hide = true)]
    Trap,
    /// Tries the npm package of dist/ in other people's builds, which some journeys open
    #[command(hide = true)]
    NpmApps,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            // For `demo --buy` 1 means "the purchase was not paid"; a set-up that failed is 2.
            let buying = matches!(&arguments.command, Task::Demo(options) if options.buy);
            ExitCode::from(if buying { 2 } else { 1 })
        }
    }
}

/// A command as if it were typed after `cargo xtask`.
fn parsed(arguments: &[&str]) -> anyhow::Result<Task> {
    Ok(Arguments::try_parse_from(std::iter::once(&"xtask").chain(arguments))?.command)
}

fn run(task: &Task) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    match task {
        Task::Tools { test } => {
            let needs = if *test { tools::Needs::Everything } else { tools::Needs::Build };
            tools::install(&workspace, needs)?;
            eprintln!("tools: everything is there, in {}", workspace.tools().display());
        }
        Task::Dist { stable } => {
            let toolbox = tools::install(&workspace, tools::Needs::Build)?;
            let dist = dist::build(&workspace, &toolbox, dist::Build::from_flag(*stable))?;
            println!("{}", dist.display());
        }
        Task::Docs => {
            let toolbox = tools::install(&workspace, tools::Needs::Build)?;
            println!("{}", docs::build(&workspace, &toolbox)?.join("index.html").display());
        }
        Task::Demo(options) => return demo::run(&workspace, options),
        Task::Test => return suite::run(&workspace),
        Task::Soak(options) => return soak::run(&workspace, options),
        Task::Contract => return suite::contract(&workspace),
        Task::Options => options::write(&workspace)?,
        Task::Tidy => return tidy::run(&workspace),
        Task::Looks(options) => return looks::run(&workspace, options),
        Task::Size { json } => size::run(&workspace, *json)?,
        Task::Chaos(options) => return chaos::run(&workspace, options),
        Task::Bench(bench) => return bench::run(&workspace, bench),
        Task::Woo { stable } => return woo::run(&workspace, dist::Build::from_flag(*stable)),
        Task::WooJourneys(options) => return woo::journeys::run(&workspace, options),
        Task::Assemble => assemble::from_trunk(&workspace)?,
        Task::NpmApps => process::run(&mut npm_apps::lay_out(&workspace)?, "the npm package's tests")?,
        Task::Trap => trap::build(&workspace, &tools::install(&workspace, tools::Needs::Build)?)?,
    }
    Ok(ExitCode::SUCCESS)
}
