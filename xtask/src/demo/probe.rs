//! Short questions over HTTP on loopback.

use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;
use ureq::http::Response;
use ureq::{Agent, Body};

/// Gives up after seconds, and asks no proxy for what is on this machine. A refusal is an answer.
pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(5)))
        .http_status_as_error(false)
        .proxy(None)
        .build()
        .into()
}

/// Whether the address answers with a success, redirects followed.
pub(crate) fn answers(url: &str) -> anyhow::Result<bool> {
    match agent().get(url).call() {
        Ok(response) => Ok(response.status().is_success()),
        // Not listening yet.
        Err(ureq::Error::Io(_) | ureq::Error::ConnectionFailed | ureq::Error::Timeout(_)) => Ok(false),
        Err(error) => Err(error).with_context(|| format!("asking {url}")),
    }
}

/// The answer's JSON.
pub(crate) fn json(url: &str) -> anyhow::Result<Value> {
    let mut response = agent().get(url).call().with_context(|| format!("asking {url}"))?;
    let text = response.body_mut().read_to_string().with_context(|| format!("reading {url}"))?;
    serde_json::from_str(&text).with_context(|| format!("{url} answered no JSON"))
}

/// Sends JSON; anything but a success is an error with its words.
pub(crate) fn post(url: &str, body: &Value) -> anyhow::Result<()> {
    let request = agent().post(url).header("Content-Type", "application/json");
    let mut response = request.send(body.to_string()).with_context(|| format!("asking {url}"))?;
    words_of_success(&mut response, url).map(drop)
}

/// What an answer says; anything but a success is an error with its words.
pub(crate) fn words_of_success(response: &mut Response<Body>, asked: &str) -> anyhow::Result<String> {
    let words = response.body_mut().read_to_string().with_context(|| format!("reading {asked}"))?;
    ensure!(response.status().is_success(), "{asked} answered {}: {words}", response.status());
    Ok(words)
}
