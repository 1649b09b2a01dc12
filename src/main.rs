//! The bin that ships: Trunk builds it. Everything is in the library, so that tests can reach it.

use alliancepay_checkout as _;

/// A widget has a few hundred small pieces of memory: the default allocator's care for large heaps is not worth its
/// size.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {}
