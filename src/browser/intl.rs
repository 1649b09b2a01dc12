//! Amounts as the buyer writes them, by the browser's `Intl`.
//!
//! The sum goes in as a decimal text: current browsers format it exactly, and no float is made of it here.

use js_sys::{Array, Function, Object, Reflect};
use money::Amount;
use wasm_bindgen::{JsCast, JsValue};

use super::window::window;

/// The amount in the buyer's locale; the plain machine form where the browser refuses.
pub fn amount(amount: Amount, locale: &str) -> String {
    format(amount, locale)
        .or_else(|| format(amount, "en"))
        .unwrap_or_else(|| [&amount.decimal(), amount.currency().code()].join("\u{a0}"))
}

fn format(amount: Amount, locale: &str) -> Option<String> {
    let options = Object::new();
    for (option, value) in
        [("style", "currency"), ("currency", amount.currency().code()), ("currencyDisplay", "narrowSymbol")]
    {
        Reflect::set(&options, &option.into(), &value.into()).ok()?;
    }
    let intl = Reflect::get(&window(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"NumberFormat".into()).ok()?.dyn_into().ok()?;
    // A locale the browser cannot read throws: through `Reflect` it is an answer, not a trap.
    let format = Reflect::construct(&constructor, &Array::of2(&locale.into(), &options)).ok()?;
    let function: Function = Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()?;
    function.call1(&JsValue::UNDEFINED, &amount.decimal().into()).ok()?.as_string()
}
