//! The WooCommerce plugin: its zip, the shop it is tried in, its checks.
//!
//! `package` puts the plugin together, `site` lays out a WordPress shop with it, `server` runs that shop, `checks` is
//! what the test run asks of the PHP, `journeys` drives any shop that is given.

pub(crate) mod checks;
pub(crate) mod journeys;
mod package;
mod server;
mod site;
mod translations;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::dist::{self, Build};
use crate::tools::{self, Needs};
use crate::workspace::Workspace;

pub(crate) use server::command as server_command;
pub(crate) use site::{Connection, Site, build as build_site, provide_express};

/// Where everything of the plugin is built.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target/woo")
}

/// `cargo xtask woo`: the installable zip, with the very files that the test run tries.
pub(crate) fn run(workspace: &Workspace, build: Build) -> anyhow::Result<ExitCode> {
    let toolbox = tools::install(workspace, Needs::Build)?;
    tools::install_gettext(workspace)?;
    dist::build(workspace, &toolbox, build)?;
    let plugin = package::assemble(workspace)?;
    println!("{}", package::zip(workspace, &plugin)?.display());
    Ok(ExitCode::SUCCESS)
}
