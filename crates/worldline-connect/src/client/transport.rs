//! One HTTP call: address, headers, signature, time limit, and what a broken connection means. No decision about the
//! answer.

use std::net::IpAddr;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use url::{Host, Url};

use super::answer::{Answer, Head};
use super::call::Call;
use super::config::ClientConfig;
use crate::error::Error;
use crate::idempotence::IdempotenceKey;
use crate::secret::Secret;
use crate::signature::Signed;

/// A normal answer is a few kilobytes, a list of a hundred payments some hundred; more is not the platform's API.
const MOST_BYTES: usize = 4 * 1024 * 1024;
const JSON: &str = "application/json";
const KEY_HEADER: &str = "X-GCS-Idempotence-Key";
const KEY: HeaderName = HeaderName::from_static("x-gcs-idempotence-key");
const FIRST_ASKED: HeaderName = HeaderName::from_static("x-gcs-idempotence-request-timestamp");

pub(super) struct Transport {
    http: reqwest::Client,
    base: Url,
    api_key_id: String,
    secret_api_key: Secret,
}

/// A call ready to be signed.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    pub(super) url: Url,
    pub(super) body: Option<Vec<u8>>,
    pub(super) key: Option<&'a IdempotenceKey>,
}

impl Transport {
    pub(super) fn new(config: ClientConfig) -> Result<Self, Error> {
        let loopback = is_loopback(&config.api_url);
        let taken = match config.api_url.scheme() {
            "https" => true,
            "http" => loopback,
            _ => false,
        };
        if !taken || config.api_url.path() != "/" || config.api_url.query().is_some() {
            return Err(Error::Configuration(format!(
                "the address {} must be https, without path and query",
                config.api_url
            )));
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
        let ClientConfig { api_url: base, api_key_id, secret_api_key, .. } = config;
        Ok(Self { http, base, api_key_id, secret_api_key })
    }

    pub(super) const fn base(&self) -> &Url {
        &self.base
    }

    pub(super) async fn send(&self, call: Call, request: Request<'_>) -> Result<Answer, Error> {
        let headers = self.headers(&request)?;
        let with_key = request.key.is_some();
        let mut sending = match request.method {
            "GET" => self.http.get(request.url),
            _ => self.http.post(request.url),
        };
        sending = sending.headers(headers);
        if let Some(body) = request.body {
            sending = sending.body(body);
        }
        let mut response = sending.send().await.map_err(|error| broken(call, error))?;
        let http = response.status().as_u16();
        let repeats = response.headers().get(FIRST_ASKED).and_then(milliseconds);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(call, error))? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST_BYTES {
                let reason = "it is longer than 4 mebibytes".to_owned();
                return Err(Error::Unreadable { call: call.name(), http, reason });
            }
        }
        tracing::debug!(call = call.name(), http, "Worldline answered");
        Ok(Answer::new(Head { call, http, with_key, repeats }, body))
    }

    /// The content type is sent, and signed, only with a body.
    fn headers(&self, request: &Request<'_>) -> Result<HeaderMap, Error> {
        let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let content_type = request.body.is_some().then_some(JSON);
        let gcs: Vec<(&str, &str)> = request.key.map(|key| (KEY_HEADER, key.as_str())).into_iter().collect();
        let path_and_query = match request.url.query() {
            Some(query) => format!("{}?{query}", request.url.path()),
            None => request.url.path().to_owned(),
        };
        let signed = Signed {
            method: request.method,
            content_type,
            date: &date,
            gcs_headers: &gcs,
            path_and_query: &path_and_query,
        };
        let mut authorization = value(&signed.authorization(&self.api_key_id, &self.secret_api_key))?;
        authorization.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(JSON));
        headers.insert(DATE, value(&date)?);
        headers.insert(AUTHORIZATION, authorization);
        if content_type.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        }
        if let Some(key) = request.key {
            headers.insert(KEY, value(key.as_str())?);
        }
        Ok(headers)
    }
}

pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

fn value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text)
        .map_err(|_| Error::Configuration("the API key id cannot be sent as a header".to_owned()))
}

fn milliseconds(header: &HeaderValue) -> Option<Timestamp> {
    Timestamp::from_millisecond(header.to_str().ok()?.trim().parse().ok()?).ok()
}

/// Without the address: the transport's error would print it, and nothing is gained.
fn broken(call: Call, error: reqwest::Error) -> Error {
    let (call, source) = (call.name(), error.without_url());
    if source.is_connect() {
        Error::NotConnected { call, source }
    } else if source.is_timeout() {
        Error::Timeout { call }
    } else {
        Error::ConnectionLost { call, source }
    }
}
