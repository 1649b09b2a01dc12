//! How often somebody may try to sign in: wrong tries are counted per login and per address, and forgotten after a while.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_mins(15);
const MOST_PER_LOGIN: usize = 5;
const MOST_PER_ADDRESS: usize = 30;
/// Beyond this many, those whose time is over are thrown out first.
const MANY: usize = 10_000;

/// Wrong tries of the last minutes.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    logins: HashMap<String, Vec<Instant>>,
    addresses: HashMap<IpAddr, Vec<Instant>>,
}

impl Tries {
    /// Counts a try before it is looked at: many at once are not more than many in a row. How long to wait, if one may
    /// not try now.
    pub(crate) fn begin(&self, login: &str, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut counts = self.lock();
        let counts = &mut *counts;
        let of_login = wait(&mut counts.logins, login, MOST_PER_LOGIN, now);
        let of_address = wait(&mut counts.addresses, &address, MOST_PER_ADDRESS, now);
        if let Some(wait) = of_login.max(of_address) {
            return Err(wait);
        }
        make_room(&mut counts.logins, now);
        make_room(&mut counts.addresses, now);
        counts.logins.entry(login.to_owned()).or_default().push(now);
        counts.addresses.entry(address).or_default().push(now);
        Ok(())
    }

    /// The try was no wrong one: it does not count, and neither do those of the login before it.
    pub(crate) fn succeeded(&self, login: &str, address: IpAddr) {
        let mut counts = self.lock();
        counts.logins.remove(login);
        take_back(&mut counts.addresses, &address);
    }

    /// The password was right and the second factor is still to come: the try does not count.
    pub(crate) fn half_done(&self, login: &str, address: IpAddr) {
        let mut counts = self.lock();
        take_back(&mut counts.logins, login);
        take_back(&mut counts.addresses, &address);
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take_back<K: Eq + Hash + std::borrow::Borrow<Q>, Q: Eq + Hash + ?Sized>(
    tries: &mut HashMap<K, Vec<Instant>>,
    key: &Q,
) {
    if let Some(times) = tries.get_mut(key) {
        times.pop();
    }
}

fn wait<K: Eq + Hash + std::borrow::Borrow<Q>, Q: Eq + Hash + ?Sized>(
    tries: &mut HashMap<K, Vec<Instant>>,
    key: &Q,
    most: usize,
    now: Instant,
) -> Option<Duration> {
    let times = tries.get_mut(key)?;
    times.retain(|time| now.duration_since(*time) < WINDOW);
    let oldest = times.first().filter(|_| times.len() >= most)?;
    Some(WINDOW.saturating_sub(now.duration_since(*oldest)))
}

fn make_room<K: Eq + Hash>(tries: &mut HashMap<K, Vec<Instant>>, now: Instant) {
    if tries.len() >= MANY {
        tries.retain(|_, times| times.iter().any(|time| now.duration_since(*time) < WINDOW));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn the_sixth_wrong_try_waits_until_the_first_is_forgotten() {
        let (tries, start) = (Tries::default(), Instant::now());
        for second in 0..5 {
            assert_eq!(tries.begin("anna", HERE, start + Duration::from_secs(second)), Ok(()));
        }
        let wait = tries.begin("anna", HERE, start + Duration::from_mins(1)).unwrap_err();
        assert_eq!(wait, Duration::from_mins(14));
        assert_eq!(tries.begin("oleh", HERE, start + Duration::from_mins(1)), Ok(()));
        assert_eq!(tries.begin("anna", HERE, start + WINDOW), Ok(()));
    }

    #[test]
    fn an_address_that_tries_many_logins_waits_too() {
        let (tries, now) = (Tries::default(), Instant::now());
        for n in 0..MOST_PER_ADDRESS {
            assert_eq!(tries.begin(&format!("login-{n}"), HERE, now), Ok(()));
        }
        assert!(tries.begin("another", HERE, now).is_err());
        assert_eq!(tries.begin("another", IpAddr::from([10, 0, 0, 1]), now), Ok(()));
    }

    #[test]
    fn a_right_try_forgets_the_wrong_ones_of_its_login() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..20 {
            assert_eq!(tries.begin("anna", HERE, now), Ok(()));
            assert_eq!(tries.begin("anna", HERE, now), Ok(()));
            tries.succeeded("anna", HERE);
            assert_eq!(tries.begin("anna", HERE, now), Ok(()));
            tries.half_done("anna", HERE);
        }
    }
}
