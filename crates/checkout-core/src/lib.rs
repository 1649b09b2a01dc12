//! checkout-core
