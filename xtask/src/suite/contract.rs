//! The OpenAPI document against the running backend: schemathesis makes requests of every kind the document allows, and
//! some it forbids, as the shop, as a buyer's page and as an admin who is signed in. No answer may be a 5xx of ours or one
//! that the document does not know.

mod named;
mod signed_in;

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};

use super::counts::Counts;
use crate::demo::admin;
use crate::demo::configuration;
use crate::demo::ports::{self, Ports};
use crate::demo::probe;
use crate::demo::service::Service;
use crate::process::command;
use crate::workspace::Workspace;
use signed_in::SignedIn;

/// What must hold of every answer. Whether the backend refuses each bad request is its own tests' business.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";
const SECONDS: &str = "40";
/// Ends the session of whoever calls it: it has a run and a session of its own, or all that follows would be refused.
const SIGN_OUT: &str = "sign-out";

/// Waits and limits stand in the way of many requests in little time; each has its own tests.
const WITHOUT_LIMITS: &str = "
[timing]
min_gap = \"20ms\"
[limits]
order_token_per_minute = 0
shop_key_per_minute = 0
session_reads_per_minute = 0
failures_per_minute = 0
";

/// Counts by route; everything the tool said is in `log`.
pub(super) fn check(workspace: &Workspace, python: Option<&Path>, log: &Path) -> anyhow::Result<Counts> {
    let schemathesis = python.context("there is no Python with schemathesis: see above why")?;
    let schemathesis = schemathesis.with_file_name("schemathesis");
    let folder = tempfile::Builder::new().prefix("alliancepay-contract-").tempdir()?;
    let ports = ports::choose(0, false)?;
    let programs = workspace.target.join("debug");
    let mut bank = Service::command(&programs.join("sandbox-bank"));
    bank.args(["--listen", &ports::on_loopback(ports.bank)]);
    let mut bank = Service::start("bank", bank, &folder.path().join("bank.log"))?;
    let sandbox = |what: &str| format!("{}/sandbox/{what}", ports.addresses().bank);
    bank.wait_for(&sandbox("merchant"), || false)?;
    let (merchant, account) = (probe::json(&sandbox("merchant"))?, probe::json(&sandbox("aggregator"))?);
    let shop_key = configuration::write(folder.path(), workspace, &ports, &merchant, &account)?;
    let config = folder.path().join(configuration::FILE);
    // The document names the cookie as browsers get it by TLS, which a proxy would add.
    let settings =
        std::fs::read_to_string(&config)?.replace("public_url = \"http://", "public_url = \"https://");
    std::fs::write(&config, settings + WITHOUT_LIMITS)?;
    let program = programs.join("merchant-backend");
    let admin = admin::create(&program, folder.path())?;
    let mut backend = Service::command(&program);
    backend.env_remove("ALLIANCEPAY_SHOP_KEY").arg("serve").arg("--config").arg(&config);
    let mut backend = Service::start("backend", backend, &folder.path().join("backend.log"))?;
    let url = ports.addresses().backend;
    backend.wait_for(&format!("{url}/readyz"), || false)?;

    let token = order(&ports, &shop_key)?;
    let (staff, leaving) = (SignedIn::enter(&url, &admin)?, SignedIn::enter(&url, &admin)?);
    let output = File::create(log).with_context(|| format!("making {}", log.display()))?;
    let tool = Tool { program: &schemathesis, folder: folder.path(), backend: &url, output };
    let keys = |staff: &SignedIn| {
        format!(
            "{}\n[auth.openapi.shopKey]\nbearer = \"{shop_key}\"\n[auth.openapi.orderToken]\nbearer = \"{token}\"\n",
            staff.settings()
        )
    };
    let most =
        tool.run("most", &keys(&staff), &["--exclude-operation-id", SIGN_OUT, "--max-time", SECONDS])?;
    ensure!(
        staff.is_still_in(&url)?,
        "the admin's session ended on the way: what came after it proves nothing"
    );
    let end = tool.run(
        "end",
        &keys(&leaving),
        &["--include-operation-id", SIGN_OUT, "--phases", "examples,coverage"],
    )?;
    if let Some(ending) = backend.ended()? {
        bail!("{ending}");
    }
    named::all(&probe::json(&format!("{url}/v1/openapi.json"))?, &[&most.report, &end.report])?;
    let (most, end) = (most.counts(), end.counts());
    Ok(Counts { passed: most.passed + end.passed, failed: most.failed + end.failed })
}

struct Tool<'a> {
    program: &'a Path,
    folder: &'a Path,
    backend: &'a str,
    output: File,
}

struct Outcome {
    success: bool,
    report: String,
}

impl Tool<'_> {
    fn run(&self, name: &str, settings: &str, more: &[&str]) -> anyhow::Result<Outcome> {
        let (config, report) = (format!("{name}.toml"), format!("{name}.xml"));
        std::fs::write(self.folder.join(&config), settings)?;
        let mut schemathesis: Command = command(self.program);
        schemathesis
            .current_dir(self.folder)
            .args(["--config-file", &config, "run", &format!("{}/v1/openapi.json", self.backend)])
            .args(["--url", self.backend, "--checks", CHECKS, "--seed", "20261122"])
            .args([
                "--max-examples",
                "40",
                "--workers",
                "1",
                "--continue-on-failure",
                "--request-timeout",
                "30",
            ])
            .args(["--report", "junit", "--report-junit-path", &report])
            .args(more)
            .stdout(Stdio::from(self.output.try_clone()?))
            .stderr(Stdio::from(self.output.try_clone()?));
        let success = schemathesis.status().context("schemathesis could not be started")?.success();
        let report = std::fs::read_to_string(self.folder.join(report)).unwrap_or_default();
        Ok(Outcome { success, report })
    }
}

impl Outcome {
    fn counts(&self) -> Counts {
        counts(&self.report).with_status(self.success)
    }
}

/// The order of the document's examples, and the token to pay it.
fn order(ports: &Ports, shop_key: &str) -> anyhow::Result<String> {
    let body = json!({
        "amount": {"minor": 12_905, "currency": "UAH"},
        "lines": [{"id": "1", "name": "Book", "quantity": 2, "unitMinor": 6_000}],
        "shippingMinor": 905,
    });
    let url = format!("{}/v1/orders/A-1001", ports.addresses().backend);
    let mut answer = probe::agent()
        .put(&url)
        .header("Authorization", &format!("Bearer {shop_key}"))
        .header("Content-Type", "application/json")
        .send(body.to_string())
        .context("putting an order")?;
    let told: Value = serde_json::from_str(&probe::words_of_success(&mut answer, &url)?)?;
    told["orderToken"].as_str().map(str::to_owned).context("the backend gave no order token")
}

/// The sums of the report's first suite: its attributes `tests`, `failures` and `errors`.
fn counts(report: &str) -> Counts {
    let number = |name: &str| -> u64 {
        let value = report.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.and_then(|(number, _)| number.parse().ok()).unwrap_or(0)
    };
    let failed = number("failures") + number("errors");
    Counts { passed: number("tests").saturating_sub(failed), failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_counted_from_the_report() {
        let report = "<testsuites errors=\"1\" failures=\"2\" skipped=\"0\" tests=\"19\" time=\"4\">";
        assert_eq!(counts(report), Counts { passed: 16, failed: 3 });
        assert_eq!(counts("").with_status(false), Counts::FAILED);
    }
}
