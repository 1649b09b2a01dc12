//! The note of the attempt under way, in the tab's session storage. Where storage is blocked or full, memory of this
//! page is all there is: losing the note loses no money.

use checkout_api::{IdempotencyKey, OrderToken, Product};
use checkout_core::Note;
use web_sys::Storage;

use super::window::window;
use crate::options;

/// The place of one order's note.
#[derive(Debug, Clone, Default)]
pub struct NotePlace(String);

impl NotePlace {
    /// Named by the page's order, else by the token; the token itself is not stored.
    pub fn of(order: Option<&str>, token: Option<&OrderToken>) -> Self {
        let scope = order.map(ToOwned::to_owned).or_else(|| token.map(|token| short_hash(token.reveal())));
        Self(["alliancepay:", &scope.unwrap_or_default()].concat())
    }

    /// What is remembered; anything unreadable counts as nothing.
    pub fn read(&self) -> Option<Note> {
        let text = storage()?.get_item(&self.0).ok()??;
        let mut parts = text.split(' ');
        let (key, session) = (parts.next()?, parts.next()?);
        let product = parts.next().filter(|word| !word.is_empty()).map(Product::from);
        (!key.is_empty()).then(|| Note {
            key: IdempotencyKey::new(key),
            session: options::session(session),
            product,
        })
    }

    /// Remembers.
    pub fn write(&self, note: &Note) {
        let session = note.session.as_ref().map_or("", |session| session.as_str());
        if let Some(storage) = storage() {
            let product = note.product.as_ref().map_or("", Product::as_str);
            let _ = storage.set_item(&self.0, &[note.key.as_str(), session, product].join(" "));
        }
    }

    /// Forgets.
    pub fn clear(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.0);
        }
    }
}

/// Merely asking for it throws where the page's storage is blocked.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// FNV-1a: tells the orders of one tab apart. Nothing rests on it being hard to reverse: the token is random.
fn short_hash(text: &str) -> String {
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash.to_string()
}
