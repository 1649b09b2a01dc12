//! Wire types between the merchant console and the merchant backend: staff, their sessions, the audit log, tokens for
//! embedding, live changes, the overview and settlement. The order itself is `checkout-api`'s.
//!
//! JSON is camelCase, money is `{"minor","currency"}`, times are RFC 3339 in UTC and stay text. The golden files in
//! `tests/golden/` are the contract. It runs in a browser: plain serde types and nothing else.

mod audit;
mod change;
mod live;
mod overview;
mod session;
mod settlement;
mod staff;
mod token;

pub mod code;
pub mod vocabulary;

pub use audit::{AuditEntry, AuditList};
pub use change::Change;
pub use live::{OrderChanges, RawMessage};
pub use overview::{AnomalyCount, Decline, Delay, Hour, Overview, Unresolved};
pub use session::{ChangePassword, SecondFactorCode, SecondFactorSetup, SignIn, SignedIn, Staff};
pub use settlement::{
    Settlement, SettlementDay, SettlementDays, SettlementImported, SettlementKind, SettlementList,
    SettlementReason, SettlementRow, SettlementRows,
};
pub use staff::{NewStaff, Role, StaffList, StaffMember, StaffPatch};
pub use token::{ConsoleToken, NewConsoleToken};
