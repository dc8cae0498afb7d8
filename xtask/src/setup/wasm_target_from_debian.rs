//! The target's standard library without rustup: built from Debian's `rust-src` of exactly the compiler in use.

use anyhow::{Result, bail};

/// Builds it into the toolchain.
pub fn build() -> Result<()> {
    bail!("not tried")
}
