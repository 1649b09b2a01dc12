//! Technical sessions (bank tokens): one live one per service code; a new one kills the old.

use alliancepay::PrivateJwk;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::clock::later;
use super::refusal::{self, Refusal};

const LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long a superseded session still works when the grace switch is on.
const GRACE: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Clone)]
pub(crate) struct BankSession {
    pub(crate) service_code: String,
    pub(crate) device_id: String,
    pub(crate) refresh_token: String,
    pub(crate) auth_token: String,
    /// The bank's half of the key for encrypted bodies; its public part is `serverPublic`.
    pub(crate) server_key: PrivateJwk,
    pub(crate) expires: Timestamp,
    ends: Option<(Timestamp, fn() -> Refusal)>,
}

#[derive(Debug, Default)]
pub(crate) struct Tokens(Vec<BankSession>);

impl Tokens {
    pub(crate) fn issue(&mut self, service_code: &str, grace: bool, now: Timestamp) -> BankSession {
        let end = if grace { later(now, GRACE) } else { now };
        for old in self.0.iter_mut().filter(|old| old.service_code == service_code && old.ends.is_none()) {
            old.ends = Some((end, refusal::session_superseded));
        }
        let session = BankSession {
            service_code: service_code.to_owned(),
            device_id: Uuid::new_v4().to_string(),
            refresh_token: Uuid::new_v4().to_string(),
            auth_token: Uuid::new_v4().to_string(),
            server_key: PrivateJwk::generate(),
            expires: later(now, LIFE),
            ends: None,
        };
        self.0.push(session.clone());
        session
    }

    /// The session these headers belong to, or the documented refusal.
    pub(crate) fn check(
        &self,
        device_id: Option<&str>,
        refresh_token: Option<&str>,
        now: Timestamp,
    ) -> Result<&BankSession, Refusal> {
        let refresh_token = refresh_token.ok_or_else(refusal::refresh_token_absent)?;
        let session = self
            .0
            .iter()
            .find(|session| Some(session.device_id.as_str()) == device_id)
            .ok_or_else(refusal::unknown_device)?;
        if session.refresh_token != refresh_token {
            return Err(refusal::used_token());
        }
        if let Some((_, why)) = session.ends.filter(|(end, _)| *end <= now) {
            return Err(why());
        }
        if session.expires <= now {
            return Err(refusal::expired_token());
        }
        Ok(session)
    }

    /// The bank's half of the key that bodies from this device are encrypted for.
    pub(crate) fn key_of(&self, device_id: Option<&str>) -> Option<PrivateJwk> {
        let session = self.0.iter().find(|session| Some(session.device_id.as_str()) == device_id)?;
        Some(session.server_key.clone())
    }

    /// Ends the session that has this device id (a fault).
    pub(crate) fn kill(&mut self, device_id: Option<&str>, now: Timestamp) {
        for session in self.0.iter_mut().filter(|session| Some(session.device_id.as_str()) == device_id) {
            session.ends = Some((now, refusal::expired_token));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(tokens: &Tokens, session: &BankSession, now: Timestamp) -> Option<&'static str> {
        tokens
            .check(Some(&session.device_id), Some(&session.refresh_token), now)
            .err()
            .map(|refusal| refusal.code)
    }

    #[test]
    fn a_new_token_kills_the_old_one_of_the_same_terminal_only() {
        let (mut tokens, now) = (Tokens::default(), Timestamp::UNIX_EPOCH);
        let (first, other) = (tokens.issue("card", false, now), tokens.issue("a2a", false, now));
        let second = tokens.issue("card", false, now);
        assert_eq!(code(&tokens, &first, now), Some("b_session_doesnt_exists"));
        assert_eq!(code(&tokens, &second, now), None);
        assert_eq!(code(&tokens, &other, now), None);
    }

    #[test]
    fn with_grace_the_old_token_lives_a_minute_more() {
        let (mut tokens, now) = (Tokens::default(), Timestamp::UNIX_EPOCH);
        let first = tokens.issue("card", true, now);
        tokens.issue("card", true, now);
        assert_eq!(code(&tokens, &first, now), None);
        assert_eq!(code(&tokens, &first, later(now, GRACE)), Some("b_session_doesnt_exists"));
    }

    #[test]
    fn a_token_lives_a_day() {
        let (mut tokens, now) = (Tokens::default(), Timestamp::UNIX_EPOCH);
        let session = tokens.issue("card", false, now);
        assert_eq!(code(&tokens, &session, later(now, LIFE)), Some("b_expired_token"));
    }

    #[test]
    fn wrong_headers_have_their_own_codes() {
        let (mut tokens, now) = (Tokens::default(), Timestamp::UNIX_EPOCH);
        let session = tokens.issue("card", false, now);
        let refused = |device, refresh| tokens.check(device, refresh, now).expect_err("refused").code;
        assert_eq!(refused(Some(session.device_id.as_str()), None), "b_refresh_token_absent");
        assert_eq!(refused(Some("other"), Some("x")), "b_unknown_device");
        assert_eq!(refused(Some(session.device_id.as_str()), Some("x")), "b_used_token");
    }
}
