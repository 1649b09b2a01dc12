//! How browsers and the bank reach us: what the configuration says, and what answers there.

use reqwest::{Client, StatusCode};
use serde_json::Value;
use url::Url;

use super::Finding;
use crate::config::Config;
use crate::payments::return_url::is_loopback;

const KEY: &str = "public_url";

/// What can be told without asking anybody.
pub(super) fn told(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &config.public_url {
        None => findings.push(Finding::problem(
            KEY,
            "is not set: the bank is given the address listened on.",
            "Set it to the proxy's https address, such as https://pay.shop.example.",
        )),
        Some(url) if url.scheme() == "https" => {
            findings.push(Finding::ok(KEY, format!("{url} is encrypted.")));
            if config.trusted_proxies.is_empty() {
                findings.push(Finding::warning(
                    "trusted_proxies",
                    "is empty, so all callers have the proxy's address.",
                    "Name the proxy's own address, such as [\"127.0.0.1\"].",
                ));
            }
        }
        Some(url) if is_loopback(url) => findings.push(Finding::warning(
            KEY,
            format!(
                "{url} is this very machine: good for trying out, unreachable for the bank and for buyers."
            ),
            "Set it to the proxy's https address before real payments.",
        )),
        Some(url) => findings.push(Finding::problem(
            KEY,
            format!("{url} is not encrypted, and the bank sends notifications to https only."),
            "Put a proxy with TLS before the backend and give its https address.",
        )),
    }
    for (key, list, what) in [
        ("shop.allowed_origins", &config.shop.allowed_origins, "no page may call the backend by script"),
        ("shop.return_hosts", &config.shop.return_hosts, "every `returnUrl` of the shop is refused"),
    ] {
        if list.is_empty() {
            findings.push(Finding::warning(key, format!("is empty: {what}."), "Name the shop's own."));
        }
    }
    findings
}

/// What answers at the public address: the way the bank's notifications come.
pub(super) async fn from_outside(client: &Client, config: &Config) -> Vec<Finding> {
    let Some(public) = &config.public_url else { return Vec::new() };
    let mut findings = Vec::new();
    let health = match public.join("/healthz") {
        Ok(url) => client.get(url).send().await,
        Err(_) => return findings,
    };
    let answer = match health {
        Ok(answer) => answer,
        Err(error) => {
            findings.push(Finding::problem(
                KEY,
                format!("Nobody answers at {public}: {}.", why(&error)),
                "Start the backend and the proxy, then check again. If they run: look at DNS, the firewall and the certificate.",
            ));
            return findings;
        }
    };
    let status = answer.status();
    if status != StatusCode::OK || answer.text().await.unwrap_or_default() != "ok\n" {
        findings.push(Finding::problem(
            KEY,
            format!("{public}healthz answers {status}, but not as this backend does."),
            "Let the proxy pass every path on, unchanged.",
        ));
        return findings;
    }
    findings.push(notifications(client, public).await);
    findings
}

/// An address with a secret that nobody was given: our own refusal proves that a notification would arrive.
async fn notifications(client: &Client, public: &Url) -> Finding {
    let secret = uuid::Uuid::new_v4().simple().to_string();
    let key = "notifications";
    let advice = "Let the proxy pass POST /v1/notifications/… on with its body, from the bank's addresses without a login.";
    let Ok(url) = public.join(&format!("/v1/notifications/{secret}")) else {
        return Finding::problem(key, "The address of notifications cannot be made.", advice);
    };
    match client.post(url).json(&serde_json::json!({})).send().await {
        Ok(answer) => {
            let status = answer.status();
            let problem: Value = answer.json().await.unwrap_or_default();
            let is_ours = matches!(status.as_u16(), 400 | 404 | 429) && problem["requestId"].is_string();
            if is_ours {
                Finding::ok(
                    key,
                    format!(
                        "A POST to {public}v1/notifications/… arrives, seen from this machine. Whether the bank may reach it \
                         cannot be known from here: it asks for the address to be on its list."
                    ),
                )
            } else {
                Finding::problem(
                    key,
                    format!("A POST to {public}v1/notifications/… is answered {status} by somebody else."),
                    advice,
                )
            }
        }
        Err(error) => Finding::problem(
            key,
            format!("A POST to {public}v1/notifications/… fails: {}.", why(&error)),
            advice,
        ),
    }
}

/// Why a request failed, without its address.
pub(super) fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
