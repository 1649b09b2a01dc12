//! The staff in the ledger: accounts, sessions, tokens for embedding, and the audit log. Every change is stored with the
//! entry of the log that tells of it, in one transaction.

use async_trait::async_trait;
use console_api::{Change, Role};
use jiff::Timestamp;

use super::StoreError;

/// The store's id of a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StaffId(pub i64);

/// One account.
#[derive(Debug, Clone)]
pub struct StaffRecord {
    /// The store's id.
    pub id: StaffId,
    /// The login, in small letters.
    pub login: String,
    /// The password, hashed.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// The most by one refund, in kopecks.
    pub refund_limit_minor: Option<i64>,
    /// The most by all refunds of a day, in kopecks.
    pub daily_refund_limit_minor: Option<i64>,
    /// The console's language.
    pub locale: Option<String>,
    /// The second factor's secret; it counts once it is on.
    pub totp_secret: Option<Vec<u8>>,
    /// Whether the second factor is asked for.
    pub totp_on: bool,
    /// The step of the last code used.
    pub totp_last_step: i64,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
}

/// An account to make.
#[derive(Clone)]
pub struct NewStaffRecord {
    /// The login, in small letters.
    pub login: String,
    /// The password, hashed.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// The most by one refund, in kopecks.
    pub refund_limit_minor: Option<i64>,
    /// The most by all refunds of a day, in kopecks.
    pub daily_refund_limit_minor: Option<i64>,
    /// The console's language.
    pub locale: Option<String>,
    /// Who makes it.
    pub by: String,
    /// The time.
    pub now: Timestamp,
}

/// What is to change of an account.
#[derive(Clone)]
pub struct StaffChange {
    /// Whose.
    pub login: String,
    /// A new role.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub active: Option<bool>,
    /// The most by one refund.
    pub refund_limit_minor: Change<i64>,
    /// The most by all refunds of a day.
    pub daily_refund_limit_minor: Change<i64>,
    /// A new password, hashed; the second factor is switched off with it.
    pub password_hash: Option<String>,
    /// Who changes it.
    pub by: String,
    /// The time.
    pub now: Timestamp,
}

/// What became of a change.
#[derive(Debug, Clone)]
pub enum StaffChanged {
    /// It is stored.
    Done(Box<StaffRecord>),
    /// There is no such account.
    Unknown,
    /// No active admin would be left: nothing was stored.
    LastAdmin,
}

/// A session to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Whose.
    pub staff: StaffId,
    /// The session's secret, hashed.
    pub hash: Vec<u8>,
    /// The hash that the password was compared with: none begins by a password that was changed meanwhile.
    pub password_hash: String,
    /// The step of the code used; `None` without a second factor.
    pub totp_step: Option<i64>,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// The time.
    pub now: Timestamp,
}

/// A new state of the second factor.
#[derive(Clone)]
pub enum SecondFactorChange {
    /// Keep this secret; it counts only once it is on.
    Offer(Vec<u8>),
    /// Switch it on; the code's step is used up.
    SwitchOn(i64),
    /// Switch it off; the code's step is used up.
    SwitchOff(i64),
}

/// A console token.
#[derive(Debug, Clone)]
pub struct ConsoleTokenRecord {
    /// The token, hashed.
    pub hash: Vec<u8>,
    /// The one order it opens; `None`: it reads all.
    pub order: Option<String>,
    /// What it may do.
    pub role: Role,
    /// Who uses it.
    pub actor: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Something that was done.
#[derive(Debug, Clone)]
pub struct NewAuditEntry {
    /// Who.
    pub actor: String,
    /// What.
    pub action: &'static str,
    /// The order it is about.
    pub order: Option<String>,
    /// More, for a person.
    pub detail: Option<String>,
    /// The time.
    pub now: Timestamp,
}

/// Which entries to read.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only about this order.
    pub order: Option<String>,
    /// Only by this actor.
    pub actor: Option<String>,
    /// Only before these.
    pub before: AuditCursor,
    /// How many.
    pub limit: u32,
}

/// A place in the log: it is read from two tables, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditCursor {
    /// Entries of staff before this one.
    pub audit: i64,
    /// Entries of orders' histories before this one.
    pub events: i64,
}

/// An entry as read.
#[derive(Debug, Clone)]
pub struct AuditView {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// The order it is about.
    pub order: Option<String>,
    /// More, for a person.
    pub detail: Option<String>,
}

/// The staff.
#[async_trait]
pub trait StaffStore {
    /// The account of a login.
    async fn staff(&self, login: String) -> Result<Option<StaffRecord>, StoreError>;

    /// All accounts, by login.
    async fn all_staff(&self) -> Result<Vec<StaffRecord>, StoreError>;

    /// Makes an account; `None` if the login is taken.
    async fn add_staff(&self, new: NewStaffRecord) -> Result<Option<StaffRecord>, StoreError>;

    /// Changes an account. A new password and the end of `active` end its sessions.
    async fn change_staff(&self, change: StaffChange) -> Result<StaffChanged, StoreError>;

    /// Stores an own new password and ends every other session; says whether the session is still one.
    async fn change_own_password(
        &self,
        session: Vec<u8>,
        password_hash: String,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Changes the second factor; says whether it was done: a step that was used before is refused.
    async fn change_second_factor(
        &self,
        staff: StaffId,
        change: SecondFactorChange,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Begins a session; says whether it did: a code's step counts once, and the account must be active.
    async fn begin_session(&self, new: NewSession) -> Result<bool, StoreError>;

    /// Whose session it is; `None` once it has ended. `seen_before`: a use later than this is stored.
    async fn session_owner(
        &self,
        hash: Vec<u8>,
        idle_since: Timestamp,
        seen_before: Timestamp,
        now: Timestamp,
    ) -> Result<Option<StaffRecord>, StoreError>;

    /// Ends a session.
    async fn end_session(&self, hash: Vec<u8>, now: Timestamp) -> Result<(), StoreError>;

    /// Stores a console token; `by` is who asked for it.
    async fn add_console_token(
        &self,
        token: ConsoleTokenRecord,
        by: String,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// A console token that has not ended.
    async fn console_token(
        &self,
        hash: Vec<u8>,
        now: Timestamp,
    ) -> Result<Option<ConsoleTokenRecord>, StoreError>;

    /// Writes an entry of the log.
    async fn write_audit(&self, entry: NewAuditEntry) -> Result<(), StoreError>;

    /// Reads the log, newest first, with the place of the next page.
    async fn audit(&self, filter: AuditFilter) -> Result<(Vec<AuditView>, Option<AuditCursor>), StoreError>;
}

impl Default for AuditCursor {
    fn default() -> Self {
        Self { audit: i64::MAX, events: i64::MAX }
    }
}

macro_rules! without_secrets {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).field("login", &self.login).finish_non_exhaustive()
            }
        })+
    };
}
without_secrets!(NewStaffRecord, StaffChange);

impl std::fmt::Debug for SecondFactorChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Offer(_) => "Offer(…)",
            Self::SwitchOn(_) => "SwitchOn(…)",
            Self::SwitchOff(_) => "SwitchOff(…)",
        })
    }
}
