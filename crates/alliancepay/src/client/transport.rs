//! One HTTP call: address, headers, time limit, and what a broken connection means. No decision about the answer.

use std::net::IpAddr;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use url::{Host, Url};
use uuid::Uuid;

use super::answer::Answer;
use super::call::{Body, Call};
use super::config::ClientConfig;
use crate::error::Error;
use crate::token::BankToken;

/// A normal answer is a few kilobytes; more than this is not the bank's API.
const MOST_BYTES: usize = 1024 * 1024;

// The underscores are the bank's spelling (AlliancePay docs: headers of the authorization page).
const API_VERSION: HeaderName = HeaderName::from_static("x-api_version");
const DEVICE_ID: HeaderName = HeaderName::from_static("x-device_id");
const REFRESH_TOKEN: HeaderName = HeaderName::from_static("x-refresh_token");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request_id");

#[derive(Debug)]
pub(super) struct Transport {
    http: reqwest::Client,
    base: String,
}

impl Transport {
    pub(super) fn new(config: &ClientConfig) -> Result<Self, Error> {
        let loopback = is_loopback(&config.api_url);
        let taken = match config.api_url.scheme() {
            "https" => true,
            "http" => loopback,
            _ => false,
        };
        if !taken {
            return Err(Error::Configuration(format!("the bank's address {} must be https", config.api_url)));
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(config.timeouts.connect)
            .timeout(config.timeouts.call)
            // A redirect would repeat a money-moving body at an address nobody configured.
            .redirect(Policy::none());
        if loopback {
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|error| Error::Configuration(format!("the HTTP client cannot start: {error}")))?;
        Ok(Self { http, base: config.api_url.as_str().trim_end_matches('/').to_owned() })
    }

    pub(super) async fn post(
        &self,
        call: Call,
        token: Option<&BankToken>,
        body: Body,
    ) -> Result<Answer, Error> {
        let request_id = Uuid::new_v4().to_string();
        let request = self
            .http
            .post(format!("{}{}", self.base, call.path()))
            .headers(headers(token, &request_id)?)
            .header(CONTENT_TYPE, body.content_type())
            .body(body.into_bytes());
        let mut response = request.send().await.map_err(|error| broken(call, error))?;
        let status = response.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(call, error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MOST_BYTES {
                return Err(Error::Unreadable {
                    call: call.path(),
                    status: status.as_u16(),
                    reason: "it is longer than a mebibyte".to_owned(),
                });
            }
        }
        tracing::debug!(call = call.path(), request_id, status = status.as_u16(), "the bank answered");
        Ok(Answer::new(call, status, bytes))
    }
}

fn headers(token: Option<&BankToken>, request_id: &str) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(API_VERSION, HeaderValue::from_static("V1"));
    headers.insert(REQUEST_ID, value(request_id)?);
    if let Some(token) = token {
        headers.insert(DEVICE_ID, value(token.device_id.expose())?);
        headers.insert(REFRESH_TOKEN, value(token.refresh_token.expose())?);
    }
    Ok(headers)
}

fn value(text: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| Error::Configuration("the stored bank token cannot be sent as a header".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Without the address: the transport's error would print it, and nothing is gained.
fn broken(call: Call, error: reqwest::Error) -> Error {
    let (call, source) = (call.path(), error.without_url());
    if source.is_connect() {
        Error::NotConnected { call, source }
    } else if source.is_timeout() {
        Error::Timeout { call }
    } else {
        Error::ConnectionLost { call, source }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}
