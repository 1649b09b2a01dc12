//! What the buyer sees at the bank: the card page, the 3-D Secure step, the page of banks, the status page. Plain
//! forms, no scripts: every page works in any browser. The number typed in is gone when the answer is written.

mod account;
mod actions;
mod amount;
mod card;
mod layout;
mod message;
mod open;
mod status;
mod texts;
mod three_ds;

use axum::Router;
use axum::routing::get;

use crate::shared::Shared;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/pay", get(open::pay).post(actions::handle))
        .route("/status", get(open::status))
        .route("/generate_receipt/{ecom_operation_id}/{operation_id}", get(open::receipt))
}
