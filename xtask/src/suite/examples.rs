//! The examples of the bank's client, as its README says to run them: an order is made at the sandbox, paid, and a part of
//! it given back.

use anyhow::{Context, ensure};
use serde_json::json;

use crate::demo::ports;
use crate::demo::probe;
use crate::demo::service::Service;
use crate::process::{answer, command};
use crate::workspace::Workspace;

/// Fails unless both end as they should; they must be built.
pub(super) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("alliancepay-examples-").tempdir()?;
    let programs = workspace.target.join("debug");
    let ports = ports::choose(0, false)?;
    let url = ports.addresses().bank;
    let mut bank = Service::command(&programs.join("sandbox-bank"));
    bank.args(["--listen", &ports::on_loopback(ports.bank)]);
    let mut bank = Service::start("bank", bank, &folder.path().join("bank.log"))?;
    bank.wait_for(&format!("{url}/sandbox/merchant"), || false)?;
    let example = |name: &str, arguments: &[&str]| {
        let mut example = command(programs.join("examples").join(name));
        // The variables of a terminal of the real bank would send it there.
        example.env("ALLIANCEPAY_API", &url).env_remove("ALLIANCEPAY_SERVICE_CODE").args(arguments);
        answer(&mut example, &format!("the example {name}"))
    };

    let said = example("create_order", &["129.05"])?;
    let order = order_in(&said).with_context(|| format!("create_order names no order: {said}"))?;
    probe::post(&format!("{url}/sandbox/orders/{order}/complete"), &json!({}))?;
    let said = example("refund", &[order, "25.00"])?;
    ensure!(said.ends_with("the refund ended: SUCCESS"), "refund did not end well: {said}");
    Ok(())
}

/// Out of `order NUMBER: pay …`.
fn order_in(said: &str) -> Option<&str> {
    said.strip_prefix("order ")?.split_once(':').map(|(order, _)| order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_found_in_what_the_example_says() {
        assert_eq!(order_in("order 17abc: pay 129.05 UAH at http://127.0.0.1/pay"), Some("17abc"));
        assert_eq!(order_in("nobody can know"), None);
    }
}
