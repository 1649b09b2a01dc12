//! How it ended, and the way back to the shop: by itself on the device that came from there.

use axum::response::Response;
use jiff::SignedDuration;
use maud::html;

use super::layout::View;
use crate::aggregator::payment::Status;
use crate::aggregator::products;

const TIMER: SignedDuration = SignedDuration::from_secs(10);
const PENDING_REFRESH_SECONDS: u32 = 1;

pub(super) fn page(view: &View) -> Response {
    let (language, payment) = (view.language, &view.payment);
    let works = payment.capturing.is_some();
    let (class, heading, lead) = match payment.status {
        Status::Captured | Status::Paid | Status::ChargebackNotification => {
            ("good", language.paid_heading(), language.paid_lead())
        }
        Status::Rejected | Status::RejectedCapture => {
            ("bad", language.declined_heading(), language.declined_lead())
        }
        Status::Cancelled => ("plain", language.cancelled_heading(), language.cancelled_lead()),
        Status::Refunded | Status::Reversed | Status::Chargebacked => {
            ("plain", language.returned_heading(), language.returned_lead())
        }
        Status::PendingFraudApproval => ("wait", language.pending_heading(), language.pending_lead()),
        Status::Created | Status::Redirected if works => {
            ("wait", language.pending_heading(), language.pending_lead())
        }
        Status::Created | Status::Redirected => {
            ("plain", language.expired_heading(), language.expired_lead())
        }
    };
    let leaves = payment.status.is_decided() && !view.on_phone;
    let refresh = if works {
        Some((PENDING_REFRESH_SECONDS, view.address("")))
    } else if leaves {
        let seconds = u32::try_from(view.pace.wait(TIMER).as_secs()).unwrap_or(1).max(1);
        Some((seconds, payment.back_url()))
    } else {
        None
    };
    let main = html! {
        section.outcome.(class) data-status=(payment.status.word()) {
            p.seal aria-hidden="true" {}
            h1 role="status" { (heading) }
            p { (lead) }
            @if let Some(wallet) = payment.wallet.filter(|_| payment.status.is_decided()) {
                dl { dt { (language.wallet()) } dd { (products::name(&payment.currency, wallet)) } }
            }
            @if view.on_phone {
                p { (language.look_there()) }
            } @else {
                form method="post" action={ "/wallet/" (payment.code) } {
                    (view.hidden())
                    button.primary type="submit" name="action" value="return" data-action="return" { (language.back()) }
                }
                @if leaves { p.small { (language.soon_back()) } }
            }
        }
    };
    view.page(refresh.as_ref(), &main)
}
