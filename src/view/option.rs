//! The option beside other methods: brand and instruments, no button. The page's own button pays.

use checkout_core::PhaseName;

use super::picture::{Common, Layout, Picture};

/// The option.
pub fn picture(common: &Common<'_>) -> Picture {
    Picture {
        text: common.words.instruments.to_owned(),
        amount: common.amount.to_owned(),
        ..Picture::bare(PhaseName::Option, Layout::Option)
    }
}
