//! The note of the attempt under way, in the tab's session storage. Where storage is blocked or full, memory of this
//! page is all there is: losing the note loses no money.

use checkout_api::{IdempotencyKey, OrderToken, Product};
use checkout_core::Note;

use super::script;
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
        let text = script::remembered(&self.0)?;
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
        let product = note.product.as_ref().map_or("", Product::as_str);
        script::remember(&self.0, Some([note.key.as_str(), session, product].join(" ")));
    }

    /// Forgets.
    pub fn clear(&self) {
        script::remember(&self.0, None);
    }
}

/// FNV-1a: tells the orders of one tab apart. Nothing rests on it being hard to reverse: the token is random.
fn short_hash(text: &str) -> String {
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    money::written(hash.into(), 0)
}
