//! The pieces a screen is made of; each reads the picture and knows no phase.

pub mod button;
pub mod icon;
pub mod lines;
pub mod mark;
pub mod ways;
