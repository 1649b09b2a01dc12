//! sandbox-bank
