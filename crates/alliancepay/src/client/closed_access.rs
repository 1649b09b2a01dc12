//! The memory that the bank has closed access. Without it every waiting order would authorize on its own, again and
//! again, against a door only the bank's support can open.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::bank_error::BankError;
use crate::error::Error;

#[derive(Debug)]
pub(super) struct ClosedAccess {
    pause: Duration,
    told: Mutex<Option<(Instant, BankError)>>,
}

impl ClosedAccess {
    pub(super) const fn new(pause: Duration) -> Self {
        Self { pause, told: Mutex::new(None) }
    }

    /// Keeps what an answer tells about access: closed, or open again.
    pub(super) fn learn<T>(&self, answer: &Result<T, Error>) {
        let told = match answer {
            Err(Error::AccessClosed(error)) => Some((Instant::now(), (**error).clone())),
            Ok(_) => None,
            Err(_) => return,
        };
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }

    /// The bank's word, repeated while the pause lasts.
    pub(super) fn still(&self) -> Result<(), Error> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match &*told {
            Some((at, error)) if at.elapsed() < self.pause => {
                Err(Error::AccessClosed(Box::new(error.clone())))
            }
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed() -> Result<(), Error> {
        Err(Error::AccessClosed(Box::default()))
    }

    #[test]
    fn the_word_lasts_as_long_as_the_pause_and_ends_with_an_answer() {
        let access = ClosedAccess::new(Duration::from_mins(5));
        assert!(access.still().is_ok());
        access.learn(&closed());
        access.learn::<()>(&Err(Error::Timeout { call: "/" }));
        assert!(matches!(access.still(), Err(Error::AccessClosed(_))));
        access.learn(&Ok(()));
        assert!(access.still().is_ok());
        let without_pause = ClosedAccess::new(Duration::ZERO);
        without_pause.learn(&closed());
        assert!(without_pause.still().is_ok());
    }
}
