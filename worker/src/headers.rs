//! The headers every answer carries: what a browser may do with our pages, and what it may not.

use crate::journal;
use worker::{Headers, Response, Result};

/// Everything is refused, then exactly what the page needs is allowed: our own files, wasm, pictures made on the
/// device. No inline script or style, no third party, no frame around us.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
     worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const ALWAYS: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Half a year: long enough to matter, short enough to undo.
const STRICT_TRANSPORT: &str = "max-age=15552000";

/// Adds the security headers; strict transport only where the request came by TLS.
///
/// # Errors
/// When the runtime refuses a header.
pub fn secure(response: Response, over_tls: bool) -> Result<Response> {
    // A WebSocket's answer is the runtime's own; its headers are fixed.
    if response.status_code() == 101 {
        return Ok(response);
    }
    // The headers of an answer that came from an object are fixed; these are a copy.
    let headers = Headers::new();
    for (name, value) in response.headers().entries() {
        if name != journal::CODE && name != journal::BYTES {
            headers.append(&name, &value)?;
        }
    }
    for (name, value) in ALWAYS {
        headers.set(name, value)?;
    }
    if over_tls {
        headers.set("strict-transport-security", STRICT_TRANSPORT)?;
    }
    Ok(response.with_headers(headers))
}
