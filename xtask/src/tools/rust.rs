//! Parts of the Rust toolchain: the wasm target, the standard library's source, formatter and lints.

use std::path::PathBuf;

use anyhow::Context;

use crate::process::{answer, cargo, command, on_path, run};

/// The target the widget is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

pub(crate) fn add_wasm_target() -> anyhow::Result<()> {
    if sysroot()?.join("lib/rustlib").join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    eprintln!("tools: adding the Rust target {WASM} (usually 20 seconds)");
    run(rustup()?.args(["target", "add", WASM]), "rustup target add")
}

/// Needed only where the standard library itself is rebuilt.
pub(crate) fn add_standard_library_source() -> anyhow::Result<()> {
    let manifest = sysroot()?.join("lib/rustlib/src/rust/library/Cargo.toml");
    if !manifest.is_file() {
        eprintln!("tools: adding the standard library's source (usually 20 seconds)");
        run(rustup()?.args(["component", "add", "rust-src"]), "rustup component add rust-src")?;
    }
    // Its own dependencies: Trunk builds offline and could not fetch them.
    let mut fetch = cargo();
    fetch.args(["fetch", "--quiet", "--locked", "--manifest-path"]).arg(manifest);
    // Its manifest uses features of cargo that are not stable yet.
    run(fetch.env("RUSTC_BOOTSTRAP", "1"), "fetching the standard library's dependencies")
}

/// `cargo fmt` and `cargo clippy`, which a minimal toolchain lacks.
pub(crate) fn add_checkers() -> anyhow::Result<()> {
    let bin = sysroot()?.join("bin");
    if bin.join("rustfmt").is_file() && bin.join("cargo-clippy").is_file() {
        return Ok(());
    }
    eprintln!("tools: adding rustfmt and clippy (usually 20 seconds)");
    run(rustup()?.args(["component", "add", "rustfmt", "clippy"]), "rustup component add rustfmt clippy")
}

fn sysroot() -> anyhow::Result<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Ok(PathBuf::from(answer(command(rustc).args(["--print", "sysroot"]), "rustc --print sysroot")?))
}

fn rustup() -> anyhow::Result<std::process::Command> {
    on_path("rustup").map(command).context(
        "rustup is not on PATH. Install Rust with rustup, or add the missing part to your toolchain by hand",
    )
}
