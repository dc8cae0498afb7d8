//! Content hashes: the names of files that never change what they hold.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The hash of these bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The first digits of [`hash`]: enough to tell the files of one site apart.
pub fn short_hash(bytes: &[u8]) -> String {
    let mut text = hash(bytes);
    text.truncate(16);
    text
}

/// `app.js` with these bytes becomes `app-0123456789abcdef.js`.
pub fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = short_hash(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{name}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_bytes_and_keeps_its_ending() {
        assert_eq!(hashed("app.js", b""), "app-e3b0c44298fc1c14.js");
        assert_ne!(hashed("app.js", b"a"), hashed("app.js", b"b"));
    }
}
