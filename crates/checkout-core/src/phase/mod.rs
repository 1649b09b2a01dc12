//! The phases: where a checkout stands. What each may become is written in the table at the head of its file.

mod awaiting;
mod opened;
mod opening;
mod option;
mod ready;
mod redirecting;
mod settled;
mod setup_error;
mod unresolved;

pub(crate) use awaiting::Awaiting;
pub(crate) use opening::{Device, Opening};
pub(crate) use ready::Ready;
pub(crate) use redirecting::Redirecting;
pub(crate) use settled::Settled;

use crate::clock::Moment;
use crate::{PhaseName, SetupError};

/// Where a checkout stands.
#[derive(Debug, Clone)]
pub(crate) enum Phase {
    Option,
    Ready(Ready),
    Opening(Opening),
    Redirecting(Redirecting),
    Awaiting(Awaiting),
    Settled(Settled),
    Unresolved,
    SetupError(SetupError),
}

impl Phase {
    pub(crate) const fn name(&self) -> PhaseName {
        match self {
            Self::Option => PhaseName::Option,
            Self::Ready(_) => PhaseName::Ready,
            Self::Opening(_) => PhaseName::Opening,
            Self::Redirecting(_) => PhaseName::Redirecting,
            Self::Awaiting(_) => PhaseName::Awaiting,
            Self::Settled(settled) => settled.name(),
            Self::Unresolved => PhaseName::Unresolved,
            Self::SetupError(_) => PhaseName::SetupError,
        }
    }

    /// The phase's own alarm. Waiting for an outcome has an end only while the page may ask.
    pub(crate) fn due(&self, paused: bool) -> Option<Moment> {
        match self {
            Self::Opening(opening) => opening.due(),
            Self::Redirecting(redirecting) => redirecting.due(),
            Self::Awaiting(awaiting) => (!paused).then_some(awaiting.due()),
            Self::Option | Self::Ready(_) | Self::Settled(_) | Self::Unresolved | Self::SetupError(_) => None,
        }
    }
}
