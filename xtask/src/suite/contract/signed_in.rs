//! Staff in a browser, as the console signs them in.

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::demo::admin::Admin;
use crate::demo::probe;

/// A session, by the two texts that a browser sends.
#[derive(Debug)]
pub(super) struct SignedIn {
    cookie: String,
    csrf: String,
}

impl SignedIn {
    pub(super) fn enter(backend: &str, admin: &Admin) -> anyhow::Result<Self> {
        let body = json!({"login": admin.login, "password": admin.password});
        let url = format!("{backend}/v1/staff/session");
        let mut answer = probe::agent()
            .post(&url)
            .header("Content-Type", "application/json")
            .send(body.to_string())
            .context("signing the admin in")?;
        let told: Value = serde_json::from_str(&probe::words_of_success(&mut answer, &url)?)?;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).context("no cookie came")?.to_owned();
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
        let who = probe::agent().get(&format!("{backend}/v1/staff/session"));
        let answer = who.header("Cookie", &self.cookie).call().context("asking who is signed in")?;
        match answer.status().as_u16() {
            200 => Ok(true),
            401 => Ok(false),
            other => bail!("the question who is signed in was answered {other}"),
        }
    }
}
