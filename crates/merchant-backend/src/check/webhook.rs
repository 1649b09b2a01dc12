//! The shop's address for webhooks: whether it answers, and on demand whether it looks at the signature.

use jiff::Timestamp;
use serde_json::json;

use super::Finding;
use super::addresses::why;
use crate::config::WebhookTarget;
use crate::sessions::rfc3339;
use crate::webhooks::{client, signed};

const KEY: &str = "shop.webhook_url";

pub(super) async fn check(target: &WebhookTarget, send: bool) -> Vec<Finding> {
    let client = match client(target) {
        Ok(client) => client,
        Err(error) => {
            return vec![Finding::problem(
                KEY,
                format!("No client can be made: {error}."),
                "Look at the system's certificates.",
            )];
        }
    };
    if !send {
        return vec![match client.head(target.url.clone()).send().await {
            Ok(_) => Finding::ok(KEY, "The shop answers. `check --send-webhook` also tries the signature."),
            Err(error) => Finding::problem(
                KEY,
                format!("The shop does not answer: {}.", why(&error)),
                "Look at the address; one in a private network needs shop.allow_private_webhooks = true.",
            ),
        }];
    }
    let body = json!({"id": "wh_check", "type": "check", "createdAt": rfc3339(Timestamp::now())}).to_string();
    let right = signed(&client, target, &body).send().await;
    let mut findings = vec![match right {
        Ok(answer) if answer.status().is_success() => {
            Finding::ok(KEY, "The shop took a signed webhook of the type `check`.")
        }
        Ok(answer) => Finding::problem(
            KEY,
            format!("The shop answers {} to a signed webhook.", answer.status()),
            "Compare the secrets of both sides; types that it does not know are to be answered 2xx and skipped.",
        ),
        Err(error) => Finding::problem(
            KEY,
            format!("The shop does not answer: {}.", why(&error)),
            "Look at the address.",
        ),
    }];
    let forged = format!("{body} ");
    let request = signed(&client, target, &body).body(forged);
    if let Ok(answer) = request.send().await
        && answer.status().is_success()
    {
        findings.push(Finding::problem(
            KEY,
            "The shop took a webhook with a wrong signature: anybody can tell it that orders are paid.",
            "Compare the signature before reading the body: docs/webhooks.md has receivers to copy.",
        ));
    }
    findings
}
