//! The page is set up wrongly: only the merchant can put it right, by another page load.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | an option is missing, the page's order is not its token's, the payment page is not allowed | set-up error | give up all questions; `Tell(Change)`, `Tell(Error)` |
//! | anything | set-up error | none |

use crate::checkout::Checkout;
use crate::phase::Phase;
use crate::{ErrorCode, SetupError};

impl Checkout {
    /// Stops for good and tells the merchant why.
    pub(crate) fn set_up_wrongly(&mut self, error: SetupError, code: ErrorCode) {
        self.stop_asking();
        self.stop_asking_order();
        self.enter(Phase::SetupError(error));
        self.tell_error(code, false, None);
    }
}
