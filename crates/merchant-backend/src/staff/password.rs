//! Passwords: argon2id, a few at a time on threads that may block, and what counts as too weak.

use std::sync::{Arc, LazyLock};

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use tokio::sync::Semaphore;

const LEAST: usize = 12;
/// Longer ones only cost time.
const MOST: usize = 256;
const AT_ONCE: usize = 2;

/// Why a password is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Shorter than the least.
    #[error(
        "a password has at least {LEAST} characters: four words that have nothing to do with each other are good"
    )]
    Short,
    /// Longer than anybody types.
    #[error("a password has at most {MOST} characters")]
    Long,
    /// Found in lists, or made after a pattern.
    #[error("this password is too easy to guess: take four words that have nothing to do with each other")]
    Guessable,
}

/// Hashes and compares passwords. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    slots: Arc<Semaphore>,
}

/// What an unknown login's password is compared with, so that the answer takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody's password").unwrap_or_default());

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The hash to store; `None` only when the machine has no randomness.
    pub(crate) async fn hash(&self, password: String) -> Option<String> {
        self.apart(move || hash_now(&password)).await.flatten()
    }

    /// Whether it is the password of `stored`. Without one it takes as long and is `false`.
    pub(crate) async fn verify(&self, password: String, stored: Option<String>) -> bool {
        self.apart(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODYS.clone());
            let same = PasswordHash::new(&stored)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            same && known
        })
        .await
        .unwrap_or(false)
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _slot = self.slots.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
}

/// Refuses what is guessed first.
pub(crate) fn check(password: &str, login: &str) -> Result<(), WeakPassword> {
    match password.chars().count() {
        0..LEAST => return Err(WeakPassword::Short),
        LEAST..=MOST => {}
        _ => return Err(WeakPassword::Long),
    }
    let guess = zxcvbn::zxcvbn(password, &[login, "alliance", "alliancepay", "console"]);
    if guess.score() < zxcvbn::Score::Three { Err(WeakPassword::Guessable) } else { Ok(()) }
}

fn hash_now(password: &str) -> Option<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).ok()?;
    Some(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_refused() {
        for (password, weak) in [
            ("short", WeakPassword::Short),
            ("password1234", WeakPassword::Guessable),
            ("aaaaaaaaaaaaaaaa", WeakPassword::Guessable),
            ("qwertyuiop123", WeakPassword::Guessable),
            ("anna.kovalenkoanna.kovalenko", WeakPassword::Guessable),
        ] {
            assert_eq!(check(password, "anna.kovalenko"), Err(weak), "{password}");
        }
        assert_eq!(check(&"x1 ".repeat(100), "anna"), Err(WeakPassword::Long));
        assert_eq!(check("plum violin harbour seventeen", "anna"), Ok(()));
    }

    #[tokio::test]
    async fn a_password_is_its_own_and_nobody_has_none() {
        let passwords = Passwords::default();
        let hash = passwords.hash("plum violin harbour".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(passwords.verify("plum violin harbour".to_owned(), Some(hash.clone())).await);
        assert!(!passwords.verify("plum violin harbours".to_owned(), Some(hash)).await);
        assert!(!passwords.verify("nobody's password".to_owned(), None).await);
    }
}
