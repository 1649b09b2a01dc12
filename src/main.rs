//! The bin that ships: Trunk builds it. Everything is in the library, so that tests can reach it.

// Where the loader calls what it wants there is nothing to start, and the standard library's start-up stays out.
#![cfg_attr(target_family = "wasm", no_main)]

use alliancepay_checkout as _;

/// A widget has a few hundred small pieces of memory: the default allocator's care for large heaps is not worth its
/// size.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(not(target_family = "wasm"))]
fn main() {}
