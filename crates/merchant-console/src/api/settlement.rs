//! The bank's registers: import with progress, results, net sums by day, the daily report.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use super::{Access, Api};
use crate::browser::days::zone;
use crate::failure::Failure;
use crate::percent::encode;
use console_api::{Settlement, SettlementDays, SettlementImported, SettlementList, SettlementRows};

/// The backend tells a register's kind by its first bytes.
const UNKNOWN: &str = "application/octet-stream";

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upload {
    /// So many per cent have left this browser.
    Sending(u32),
    /// All has left; the backend compares.
    Comparing,
}

impl Api {
    /// Everything imported, newest first.
    pub async fn settlements(&self, cursor: Option<&str>) -> Result<SettlementList, Failure> {
        self.get(&["/v1/settlements?cursor=", &encode(cursor.unwrap_or_default())].concat()).await
    }

    /// One import.
    pub async fn settlement(&self, id: &str) -> Result<Settlement, Failure> {
        self.get(&["/v1/settlements/", &encode(id)].concat()).await
    }

    /// One page of its rows of a kind.
    pub async fn settlement_rows(
        &self,
        id: &str,
        kind: &str,
        cursor: Option<&str>,
    ) -> Result<SettlementRows, Failure> {
        let cursor = encode(cursor.unwrap_or_default());
        self.get(&["/v1/settlements/", &encode(id), "/rows?kind=", kind, "&cursor=", &cursor].concat()).await
    }

    /// The sums of the days from `from` on.
    pub async fn settlement_days(&self, from: &str) -> Result<SettlementDays, Failure> {
        self.get(&["/v1/settlements/days?from=", from].concat()).await
    }

    /// Where the daily report can be had.
    pub fn report(&self, day: &str) -> String {
        [self.base(), "/v1/reports/transactions.csv?day=", &encode(day), "&zone=", &encode(&zone())].concat()
    }

    /// Imports a register. `XmlHttpRequest`, because `fetch` does not tell how far an upload is.
    pub async fn import(
        &self,
        file: File,
        report: impl Fn(Upload) + 'static,
    ) -> Result<SettlementImported, Failure> {
        let request = XmlHttpRequest::new().map_err(|_| Failure::Network)?;
        let url = [self.base(), "/v1/settlements?name=", &encode(&file.name())].concat();
        request.open("POST", &url).map_err(|_| Failure::Network)?;
        let secret = self.inner.secret.borrow().clone();
        let header = match &self.inner.access {
            Access::Cookie => ("X-CSRF-Token", secret),
            Access::Token { .. } => ("Authorization", ["Bearer ", &secret].concat()),
        };
        let kind = Some(file.type_()).filter(|kind| !kind.is_empty()).unwrap_or_else(|| UNKNOWN.to_owned());
        for (name, value) in [header, ("Content-Type", kind)] {
            request.set_request_header(name, &value).map_err(|_| Failure::Network)?;
        }
        let progress: Closure<dyn Fn(ProgressEvent)> = Closure::new(move |event: ProgressEvent| {
            report(share(&event));
        });
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        }
        // Held until the answer is here.
        let ended = Rc::new(RefCell::new(None));
        let waiting = Promise::new(&mut |done, _| {
            let end: Closure<dyn Fn()> = Closure::new(move || {
                let _ = done.call0(&wasm_bindgen::JsValue::UNDEFINED);
            });
            request.set_onloadend(Some(end.as_ref().unchecked_ref()));
            *ended.borrow_mut() = Some(end);
        });
        request.send_with_opt_blob(Some(&file)).map_err(|_| Failure::Network)?;
        let _ = JsFuture::from(waiting).await;
        let status = request.status().unwrap_or_default();
        let text = request.response_text().ok().flatten().unwrap_or_default();
        match status {
            0 => Err(Failure::Network),
            200..=299 => serde_json::from_str(&text).map_err(|error| Failure::Unreadable(error.to_string())),
            _ => Err(Failure::refused(status, &text, None)),
        }
    }
}

/// The browser counts bytes in floats; a share of them is no money.
#[allow(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes on the way, not money"
)]
fn share(event: &ProgressEvent) -> Upload {
    let (sent, all) = (event.loaded(), event.total());
    if all <= 0.0 || sent >= all { Upload::Comparing } else { Upload::Sending((sent * 100.0 / all) as u32) }
}
