//! Reading bodies within a limit: a stream is cut off at it, whatever its headers claim.

use crate::error::Fault;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use worker::Request;

/// The bytes of a body.
///
/// # Errors
/// [`Fault::TooLarge`] as soon as the limit is passed.
pub async fn bytes(req: &mut Request, limit_bytes: usize) -> Result<Vec<u8>, Fault> {
    let declared = req.headers().get("content-length")?.and_then(|l| l.parse::<usize>().ok());
    if declared.is_some_and(|l| l > limit_bytes) {
        return Err(Fault::TooLarge { limit_bytes });
    }
    let Ok(mut stream) = req.stream() else { return Ok(vec![]) };
    let mut held = Vec::with_capacity(declared.unwrap_or(0));
    while let Some(chunk) = stream.next().await {
        held.extend_from_slice(&chunk?);
        if held.len() > limit_bytes {
            return Err(Fault::TooLarge { limit_bytes });
        }
    }
    Ok(held)
}

/// A JSON body.
///
/// # Errors
/// As [`bytes`], or [`Fault::BadRequest`].
pub async fn json<T: DeserializeOwned>(req: &mut Request, limit_bytes: usize) -> Result<T, Fault> {
    read(&bytes(req, limit_bytes).await?)
}

/// Bytes as a JSON body.
///
/// # Errors
/// [`Fault::BadRequest`].
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|_| Fault::BadRequest { code: "malformed-request" })
}
