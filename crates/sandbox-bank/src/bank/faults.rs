//! Switches for every failure, set through `/sandbox/faults`. A fault waits for a call (or any order's call), acts
//! `times` times and is gone.

use serde::{Deserialize, Serialize};

/// The bank's calls, as faults and counters name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
    Authorize,
    CreateOrder,
    Operations,
    Refund,
    Notification,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Slow,
    Http500,
    AnswerLost,
    Lost,
    Late,
    Twice,
    Reordered,
    Pending,
    Expired,
    DuplicateRefused,
    DuplicateReplayed,
    TokenKilled,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub on: Call,
    /// hppOrderId or merchantRequestId; none = the next call for any order.
    #[serde(default)]
    pub order: Option<String>,
    #[serde(default = "once")]
    pub times: u32,
    pub kind: Kind,
    #[serde(default)]
    pub ms: Option<i64>,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// Brings kinds that mean the same on a call to one name; none if the pair has no meaning.
    pub(crate) fn normalised(mut self) -> Option<Self> {
        self.kind = match (self.on, self.kind) {
            (Call::Notification, Kind::Slow | Kind::Late) => Kind::Late,
            (Call::Notification, Kind::Lost | Kind::AnswerLost) => Kind::Lost,
            (Call::Operations, Kind::Pending | Kind::Reordered) => Kind::Pending,
            (Call::Notification, Kind::Twice | Kind::Reordered | Kind::Pending)
            | (
                Call::CreateOrder | Call::Refund,
                Kind::Pending | Kind::DuplicateRefused | Kind::DuplicateReplayed,
            )
            | (Call::CreateOrder | Call::Operations | Call::Authorize, Kind::Expired) => self.kind,
            (Call::Notification, _) => return None,
            (_, Kind::Slow | Kind::Late) => Kind::Slow,
            (_, Kind::AnswerLost | Kind::Lost) => Kind::AnswerLost,
            (_, Kind::Http500 | Kind::TokenKilled) => self.kind,
            (_, _) => return None,
        };
        Some(self)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn set(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn all(&self) -> &[Fault] {
        &self.0
    }

    /// Uses up one turn of the first fault that fits; `ids` are all names the order has in this call.
    pub(crate) fn take(&mut self, on: Call, kind: Kind, ids: &[&str]) -> Option<Fault> {
        let at = self.0.iter().position(|fault| {
            fault.on == on
                && fault.kind == kind
                && fault.times > 0
                && fault.order.as_deref().is_none_or(|order| ids.contains(&order))
        })?;
        let fault = self.0.get_mut(at)?;
        fault.times -= 1;
        let taken = fault.clone();
        if taken.times == 0 {
            self.0.remove(at);
        }
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(order: Option<&str>, times: u32) -> Fault {
        Fault { on: Call::CreateOrder, order: order.map(str::to_owned), times, kind: Kind::Http500, ms: None }
    }

    #[test]
    fn a_fault_acts_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.set(fault(None, 2));
        assert!(faults.take(Call::CreateOrder, Kind::Http500, &["a"]).is_some());
        assert!(faults.take(Call::Operations, Kind::Http500, &["a"]).is_none());
        assert!(faults.take(Call::CreateOrder, Kind::Http500, &[]).is_some());
        assert!(faults.take(Call::CreateOrder, Kind::Http500, &["a"]).is_none());
    }

    #[test]
    fn a_fault_of_one_order_leaves_others_alone() {
        let mut faults = Faults::default();
        faults.set(fault(Some("mine"), 1));
        assert!(faults.take(Call::CreateOrder, Kind::Http500, &["other"]).is_none());
        assert!(faults.take(Call::CreateOrder, Kind::Http500, &["hpp", "mine"]).is_some());
    }

    #[test]
    fn a_fault_without_meaning_is_not_taken() {
        let twice = Fault { kind: Kind::Twice, ..fault(None, 1) };
        assert_eq!(twice.normalised(), None);
        let lost = Fault { kind: Kind::Lost, ..fault(None, 1) };
        assert_eq!(lost.normalised().map(|fault| fault.kind), Some(Kind::AnswerLost));
    }
}
