//! The client over real HTTP against a server of a few lines that checks signatures with another implementation (ring)
//! and answers from a script.

mod outcomes;
mod stand_in;
mod wire;
