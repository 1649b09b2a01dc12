//! The ids by which a late answer or an old timer is told from the one waited for.

/// Names one request the core asked for; its answer brings the same id back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u32);

/// Names one wake-up the core asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WakeId(pub u32);
