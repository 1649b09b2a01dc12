//! Who sits before the screen, and what they may do. The backend decides again each time; this only spares staff
//! buttons that would be refused.

use console_api::{Role, Staff};

/// Whether somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// Not known yet.
    Asking,
    /// Nobody; `over` when somebody was.
    Nobody {
        /// A session has ended by itself.
        over: bool,
    },
    /// Somebody.
    Staff(Staff),
    /// An embedded view whose token does not say whom it stands for.
    Unnamed,
}

impl Session {
    /// The session has ended by itself.
    pub fn ends(&mut self) {
        let was = matches!(self, Self::Staff(_));
        *self = Self::Nobody { over: was };
    }

    /// Who it is.
    pub const fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Staff(staff) => Some(staff),
            Self::Asking | Self::Nobody { .. } | Self::Unnamed => None,
        }
    }

    /// Whether the role reaches at least this far. Unknown roles are tried: the backend refuses.
    pub fn reaches(&self, role: Role) -> bool {
        match self {
            Self::Staff(staff) => staff.role >= role,
            Self::Unnamed => role <= Role::Refunder,
            Self::Asking | Self::Nobody { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(role: Role) -> Session {
        Session::Staff(Staff {
            login: "olena".to_owned(),
            role,
            refund_limit_minor: None,
            daily_refund_limit_minor: None,
            totp: false,
            locale: None,
        })
    }

    #[test]
    fn each_role_reaches_as_far_as_the_ones_below_it() {
        assert!(staff(Role::Admin).reaches(Role::Refunder));
        assert!(staff(Role::Operator).reaches(Role::Operator));
        assert!(!staff(Role::Viewer).reaches(Role::Operator));
        assert!(!Session::Asking.reaches(Role::Viewer));
    }

    #[test]
    fn a_session_that_ends_by_itself_says_so() {
        let mut session = staff(Role::Viewer);
        session.ends();
        assert_eq!(session, Session::Nobody { over: true });
    }
}
