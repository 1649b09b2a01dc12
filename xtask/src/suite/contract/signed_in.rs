//! Staff in a browser, as the console signs them in.

use anyhow::Context;
use serde_json::{Value, json};

use crate::demo::admin::Admin;

/// A session, by the two texts that a browser sends.
#[derive(Debug)]
pub(super) struct SignedIn {
    cookie: String,
    csrf: String,
}

impl SignedIn {
    pub(super) fn enter(backend: &str, admin: &Admin) -> anyhow::Result<Self> {
        let body = json!({"login": admin.login, "password": admin.password});
        let mut answer = ureq::post(&format!("{backend}/v1/staff/session"))
            .header("Content-Type", "application/json")
            .send(body.to_string())
            .context("signing the admin in")?;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).context("no cookie came")?.to_owned();
        let told: Value = serde_json::from_str(&answer.body_mut().read_to_string()?)?;
        let csrf = told["csrf"].as_str().context("no token against forged requests came")?.to_owned();
        Ok(Self { cookie, csrf })
    }

    /// What schemathesis sends for the document's `console`, and with everything.
    pub(super) fn settings(&self) -> String {
        let (_, secret) = self.cookie.split_once('=').unwrap_or_default();
        format!(
            "headers = {{ \"X-CSRF-Token\" = \"{}\" }}\n\n[auth.openapi.console]\napi_key = \"{secret}\"\n",
            self.csrf
        )
    }

    pub(super) fn is_still_in(&self, backend: &str) -> anyhow::Result<bool> {
        let who = ureq::get(&format!("{backend}/v1/staff/session")).header("Cookie", &self.cookie).call();
        match who {
            Ok(_) => Ok(true),
            Err(ureq::Error::StatusCode(401)) => Ok(false),
            Err(error) => Err(error).context("asking who is signed in"),
        }
    }
}
