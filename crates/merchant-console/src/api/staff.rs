//! Signing in and out, the own account, colleagues, the audit log.

use console_api::{
    AuditList, ChangePassword, NewStaff, SecondFactorCode, SecondFactorSetup, SignIn, SignedIn, StaffList,
    StaffMember, StaffPatch,
};
use serde_json::json;

use super::Api;
use crate::failure::Failure;
use crate::percent::encode;

const SESSION: &str = "/v1/staff/session";

impl Api {
    /// Who is signed in, or whom the token stands for.
    pub async fn who(&self) -> Result<SignedIn, Failure> {
        let signed_in: SignedIn = self.get(SESSION).await?;
        if self.has_cookie() {
            self.keep_secret(&signed_in.csrf);
        }
        Ok(signed_in)
    }

    /// Signs in.
    pub async fn sign_in(&self, body: &SignIn) -> Result<SignedIn, Failure> {
        let signed_in: SignedIn = self.send("POST", SESSION, body, &[]).await?;
        self.keep_secret(&signed_in.csrf);
        Ok(signed_in)
    }

    /// Signs out.
    pub async fn sign_out(&self) -> Result<(), Failure> {
        self.order("DELETE", SESSION, &json!({})).await
    }

    /// Changes the own password.
    pub async fn change_password(&self, body: &ChangePassword) -> Result<(), Failure> {
        self.order("PUT", "/v1/staff/session/password", body).await
    }

    /// A fresh secret for the second factor; it counts once a code has proved it.
    pub async fn second_factor(&self) -> Result<SecondFactorSetup, Failure> {
        self.send("POST", "/v1/staff/session/totp", &json!({}), &[]).await
    }

    /// Switches the second factor on (`PUT`) or off (`DELETE`).
    pub async fn switch_second_factor(&self, method: &str, code: &str) -> Result<(), Failure> {
        let body = SecondFactorCode { code: code.to_owned() };
        self.order(method, "/v1/staff/session/totp", &body).await
    }

    /// All accounts.
    pub async fn staff(&self) -> Result<StaffList, Failure> {
        self.get("/v1/staff").await
    }

    /// A new account.
    pub async fn add_staff(&self, body: &NewStaff) -> Result<StaffMember, Failure> {
        self.send("POST", "/v1/staff", body, &[]).await
    }

    /// Changes an account.
    pub async fn change_staff(&self, login: &str, body: &StaffPatch) -> Result<StaffMember, Failure> {
        self.send("PATCH", &["/v1/staff/", &encode(login)].concat(), body, &[]).await
    }

    /// One page of the audit log.
    pub async fn audit(&self, actor: &str, order: &str, cursor: Option<&str>) -> Result<AuditList, Failure> {
        let parts = [("actor", actor), ("order", order), ("cursor", cursor.unwrap_or_default())];
        let query: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| [name, "=", &encode(value)].concat())
            .collect();
        self.get(&["/v1/audit?", &query.join("&")].concat()).await
    }
}
