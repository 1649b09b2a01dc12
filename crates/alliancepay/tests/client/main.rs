//! The client against a stand-in on loopback: real HTTP, real JWE, real time limits.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod authorization;
mod lookup;
mod money_back;
mod outcomes;
mod stand_in;
mod wire;
