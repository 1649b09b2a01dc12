//! `authorize_virtual_device`: a new technical session, encrypted for the merchant's key.

use std::collections::HashMap;

use alliancepay::jwe;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::body;
use super::call::InCall;
use crate::bank::dates;
use crate::bank::faults::{Call, Kind};
use crate::bank::refusal::{self, Refusal};
use crate::shared::Shared;

pub(crate) async fn handle(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
    raw: Bytes,
) -> Result<Response, Refusal> {
    let call = InCall::begin(&shared, Call::Authorize, Vec::new(), &headers).await?;
    if call.take(Kind::Expired).is_some() {
        return Err(refusal::access_closed());
    }
    let named = body::json(&raw).ok().map(|body| body::text(&body, "serviceCode").to_owned());
    // One plugin falls back to the query.
    let service_code = named.filter(|code| !code.is_empty()).or_else(|| query.get("serviceCode").cloned());
    let answer =
        authorize(&shared, &service_code.unwrap_or_default(), call.take(Kind::TokenKilled).is_some())?;
    Ok(call.end(Json(answer), None))
}

fn authorize(shared: &Shared, service_code: &str, dead_at_birth: bool) -> Result<Value, Refusal> {
    let (session, key) = shared.look(|bank| {
        let now = bank.clock.now();
        let terminal =
            bank.merchant.by_service_code(service_code).ok_or_else(refusal::virtual_device_not_found)?;
        let key = terminal.public_key().ok_or_else(refusal::unknown_error)?;
        let session = bank.tokens.issue(service_code, bank.switches.token_grace, now);
        if dead_at_birth {
            bank.tokens.kill(Some(&session.device_id), now);
        }
        Ok::<_, Refusal>((session, key))
    })?;
    let secret = json!({
        "deviceId": session.device_id,
        "refreshToken": session.refresh_token,
        "authToken": session.auth_token,
        "serverPublic": session.server_key.public(),
        "tokenExpirationDateTime": dates::token_utc(session.expires),
        "tokenExpiration": dates::token_local(session.expires),
        // Not documented, but three of the bank's plugins insist on it.
        "sessionExpiration": dates::token_local(session.expires),
    });
    let sealed = jwe::encrypt(secret.to_string().as_bytes(), &key).map_err(|_| refusal::unknown_error())?;
    Ok(json!({"jwe": sealed}))
}
