//! The words of an order's history, of the audit log and of what keeps a register's row from settling. The backend writes
//! no others, and the console has each of them in every language.

/// `what` of an entry of an order's history.
pub const EVENTS: [&str; 27] = [
    "order_put",
    "order_renewed",
    "attempt_created",
    "page_opened",
    "redirected",
    "notified",
    "notified_with_other_ids",
    "captured",
    "paid",
    "rejected",
    "cancelled",
    "partially_refunded",
    "refunded",
    "refund_asked_for",
    "refund_recorded",
    "refund_pending",
    "refund_success",
    "refund_failed",
    "anomaly",
    "anomaly_ended",
    "unreachable",
    "operations_changed",
    "answer_mismatched",
    "no_news",
    "settled",
    "settlement_mismatched",
    "settlement_unmatched",
];

/// `action` of an entry of the audit log, beside those of the orders' histories.
pub const DEEDS: [&str; 16] = [
    "signed_in",
    "sign_in_refused",
    "signed_out",
    "password_changed",
    "second_factor_on",
    "second_factor_off",
    "staff_added",
    "staff_changed",
    "console_token_issued",
    "order_checked",
    "message_read",
    "refund_refused",
    "orders_exported",
    "report_exported",
    "register_imported",
    "webhook_replayed",
];

/// `code` of the reason why a register's row settles nothing.
pub const OBJECTIONS: [&str; 16] = [
    "no_operation",
    "no_key",
    "unknown_movement",
    "taken_back",
    "came_back",
    "disputed",
    "not_successful",
    "ambiguous",
    "sum",
    "currency",
    "merchant",
    "net",
    "commission",
    "already_settled",
    "ids_differ",
    "malformed",
];
