//! One purchase in the running demo. The browser's program does it, so that nothing here compiles a WebDriver.

use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use anyhow::Context;
use signal_hook::iterator::Signals;

use crate::process::command;
use crate::tools::Toolbox;
use crate::workspace::Workspace;

/// What the buyer's program has to know.
#[derive(Debug)]
pub(crate) struct Purchase<'a> {
    pub(crate) shop: &'a str,
    pub(crate) backend: &'a str,
    pub(crate) bank: &'a str,
    pub(crate) shop_key: &'a str,
}

/// 0: paid and captured; 1: not; 2: could not be tried.
pub(crate) fn run(
    workspace: &Workspace,
    purchase: &Purchase<'_>,
    card: &str,
    out: &Path,
    toolbox: &Toolbox,
    signals: &mut Signals,
) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(out).with_context(|| format!("making {}", out.display()))?;
    let mut buyer = command(workspace.target.join("debug/buy"));
    buyer
        .args(["--shop", purchase.shop, "--backend", purchase.backend, "--bank", purchase.bank])
        .args(["--card", card, "--out"])
        .arg(out)
        // Not on the command line, where every process list shows it.
        .env("ALLIANCEPAY_SHOP_KEY", purchase.shop_key)
        .stdout(Stdio::inherit());
    if let Some(browsers) = &toolbox.browsers {
        browsers.tell(&mut buyer);
    }
    let mut buyer = buyer.spawn().context("the buyer's program could not be started")?;
    let status = loop {
        if let Some(status) = buyer.try_wait()? {
            break status;
        }
        if signals.pending().next().is_some() {
            rustix::process::kill_process(
                rustix::process::Pid::from_child(&buyer),
                rustix::process::Signal::TERM,
            )?;
            buyer.wait()?;
            anyhow::bail!("stopped before the purchase was done");
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2);
    Ok(ExitCode::from(code))
}
