//! Who calls, and what they may do. Every handler of the shop's side takes an [`Actor`] and asks it for a right: the shop's
//! server by its key, staff by a cookie, a view embedded in the shop's admin by a short-lived token.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use console_api::Role;
use jiff::Timestamp;

use crate::error::ApiError;
use crate::http::bearer;
use crate::routes::{App, hash, same_secret};
use crate::staff::session::{UNATTENDED, has_csrf_token};
use crate::store::staff::{ConsoleTokenRecord, NewAuditEntry, StaffRecord};

/// What console tokens begin with: one that has ended is told apart from a wrong shop key.
pub(crate) const TOKEN_PREFIX: &str = "ct_";

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) enum Actor {
    /// The shop's server: everything but the staff.
    Shop,
    /// A person, by a session of the console.
    Staff(Box<StaffRecord>),
    /// A view in the shop's own admin.
    Token(ConsoleTokenRecord),
}

impl FromRequestParts<App> for Actor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        match bearer(&parts.headers) {
            Some(key) => by_key(app, key).await,
            None => by_cookie(app, &parts.headers, &parts.method).await,
        }
    }
}

impl Actor {
    /// The name in histories and in the audit log.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Shop => "shop".to_owned(),
            Self::Staff(staff) => format!("staff:{}", staff.login),
            Self::Token(token) => format!("token:{}", token.actor),
        }
    }

    /// Reads the lists: orders, changes, settlements, numbers.
    pub(crate) fn read_all(&self) -> Result<(), ApiError> {
        match self {
            Self::Shop | Self::Staff(_) => Ok(()),
            Self::Token(token) if token.order.is_none() => Ok(()),
            Self::Token(_) => Err(ApiError::scope()),
        }
    }

    /// Reads one order.
    pub(crate) fn read(&self, order: &str) -> Result<(), ApiError> {
        match self {
            Self::Shop | Self::Staff(_) => Ok(()),
            Self::Token(token) => {
                if token.order.as_deref().is_none_or(|own| own == order) {
                    Ok(())
                } else {
                    Err(ApiError::scope())
                }
            }
        }
    }

    /// Has the bank asked about one order.
    pub(crate) fn check(&self, order: &str) -> Result<(), ApiError> {
        self.act_on(order, Role::Operator)
    }

    /// Gives money of one order back.
    pub(crate) fn refund(&self, order: &str) -> Result<(), ApiError> {
        self.act_on(order, Role::Refunder)
    }

    /// Acts on everything: imports registers, sends webhooks again.
    pub(crate) fn operate(&self) -> Result<(), ApiError> {
        match self {
            Self::Shop => Ok(()),
            Self::Staff(staff) => at_least(staff.role, Role::Operator),
            Self::Token(_) => Err(ApiError::scope()),
        }
    }

    /// Reads what became of webhooks.
    pub(crate) fn read_webhooks(&self) -> Result<(), ApiError> {
        match self {
            Self::Shop | Self::Staff(_) => Ok(()),
            Self::Token(_) => Err(ApiError::scope()),
        }
    }

    /// Is the shop's server: puts orders, gives tokens out.
    pub(crate) fn is_shop(&self) -> Result<(), ApiError> {
        match self {
            Self::Shop => Ok(()),
            Self::Staff(_) => Err(ApiError::role_too_low("Only the shop's server does this, by its key.")),
            Self::Token(_) => Err(ApiError::scope()),
        }
    }

    /// Is a person with a session.
    pub(crate) fn staff(self) -> Result<StaffRecord, ApiError> {
        match self {
            Self::Staff(staff) => Ok(*staff),
            Self::Shop => Err(ApiError::not_signed_in()),
            Self::Token(_) => Err(ApiError::scope()),
        }
    }

    /// Is a person who manages the staff.
    pub(crate) fn admin(&self) -> Result<(), ApiError> {
        match self {
            Self::Staff(staff) => at_least(staff.role, Role::Admin),
            Self::Shop => {
                Err(ApiError::role_too_low("The shop key is no member of staff: sign in as an admin."))
            }
            Self::Token(_) => Err(ApiError::scope()),
        }
    }

    /// An entry of the audit log by this actor, now.
    pub(crate) fn did(&self, action: &'static str) -> NewAuditEntry {
        NewAuditEntry { actor: self.name(), action, order: None, detail: None, now: Timestamp::now() }
    }

    /// The same about an order.
    pub(crate) fn did_with(&self, order: &str, action: &'static str) -> NewAuditEntry {
        NewAuditEntry { order: Some(order.to_owned()), ..self.did(action) }
    }

    fn act_on(&self, order: &str, role: Role) -> Result<(), ApiError> {
        match self {
            Self::Shop => Ok(()),
            Self::Staff(staff) => at_least(staff.role, role),
            Self::Token(token) => {
                self.read(order)?;
                at_least(token.acts_as(), role)
            }
        }
    }
}

impl ConsoleTokenRecord {
    /// The role it acts by. One of all orders only reads, whatever the ledger says.
    pub(crate) fn acts_as(&self) -> Role {
        if self.order.is_some() { self.role } else { Role::Viewer }
    }
}

fn at_least(role: Role, least: Role) -> Result<(), ApiError> {
    if role >= least {
        return Ok(());
    }
    let (role, least) = (role.word(), least.word());
    Err(ApiError::role_too_low(format!("This needs the role `{least}`; yours is `{role}`.")))
}

async fn by_key(app: &App, key: &str) -> Result<Actor, ApiError> {
    if same_secret(key, &app.shop.key) {
        return Ok(Actor::Shop);
    }
    if !key.starts_with(TOKEN_PREFIX) {
        return Err(ApiError::shop_key());
    }
    let token = app.store.console_token(hash(key), Timestamp::now()).await?;
    token.map(Actor::Token).ok_or_else(ApiError::console_token)
}

async fn by_cookie(app: &App, headers: &HeaderMap, method: &Method) -> Result<Actor, ApiError> {
    let rules = &app.door.rules;
    let secret = rules.secret(headers).ok_or_else(ApiError::not_signed_in)?;
    let now = Timestamp::now();
    let only_reads = matches!(*method, Method::GET | Method::HEAD);
    // What a page asks by itself is no use by a person: an open page keeps nobody signed in.
    let by_itself = only_reads && headers.contains_key(UNATTENDED);
    let idle_since = rules.idle_since(now);
    let seen_before = if by_itself { Timestamp::MIN } else { rules.seen_before(now) };
    let owner = app.store.session_owner(hash(secret), idle_since, seen_before, now).await?;
    let staff = owner.ok_or_else(ApiError::not_signed_in)?;
    if !only_reads && !has_csrf_token(headers, secret) {
        return Err(ApiError::csrf());
    }
    Ok(Actor::Staff(Box::new(staff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(order: Option<&str>, role: Role) -> Actor {
        Actor::Token(ConsoleTokenRecord {
            hash: Vec::new(),
            order: order.map(str::to_owned),
            role,
            actor: "wp:maria".to_owned(),
            expires_at: Timestamp::MAX,
        })
    }

    #[test]
    fn a_token_of_one_order_opens_no_other_and_no_list() {
        let actor = token(Some("A"), Role::Refunder);
        assert!(actor.read("A").is_ok() && actor.check("A").is_ok() && actor.refund("A").is_ok());
        assert!(actor.read("B").is_err() && actor.check("B").is_err() && actor.refund("B").is_err());
        assert!(actor.read_all().is_err() && actor.operate().is_err() && actor.admin().is_err());
        assert!(actor.is_shop().is_err());
    }

    #[test]
    fn a_token_of_the_list_reads_and_never_acts() {
        let actor = token(None, Role::Refunder);
        assert!(actor.read_all().is_ok() && actor.read("A").is_ok());
        assert!(actor.check("A").is_err() && actor.refund("A").is_err() && actor.operate().is_err());
    }

    #[test]
    fn the_shop_is_admin_of_orders_and_not_of_staff() {
        assert!(
            Actor::Shop.refund("A").is_ok() && Actor::Shop.is_shop().is_ok() && Actor::Shop.operate().is_ok()
        );
        assert!(Actor::Shop.admin().is_err() && Actor::Shop.staff().is_err());
    }
}
