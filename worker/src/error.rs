//! What goes wrong on the server, as the other side may know it: a status and a stable code.
//!
//! Internals (SQL, JavaScript messages) go to the log and never into an answer. A business refusal is not a fault:
//! it is a `Rejection` of `shared` inside a normal answer.

use crate::journal::{CODE, unquoted};
use serde::Serialize;
use worker::{Response, ResponseBuilder};

/// A request that could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// No such route or file.
    #[error("nothing here")]
    NotFound,
    /// The route exists and does not take this method.
    #[error("method not allowed; allowed: {allow}")]
    Method {
        /// The methods it takes, as the `Allow` header says them.
        allow: String,
    },
    /// The request breaks the protocol: a bad body, a bad parameter.
    #[error("bad request: {code}")]
    BadRequest {
        /// What is wrong, as a stable kebab-case code.
        code: &'static str,
    },
    /// Nobody known is asking: no token, or one that does not hold.
    #[error("not signed in: {code}")]
    Unauthorised {
        /// Why, as a stable kebab-case code.
        code: &'static str,
    },
    /// Somebody known is asking for what is not theirs.
    #[error("not permitted: {code}")]
    Forbidden {
        /// Why, as a stable kebab-case code.
        code: &'static str,
    },
    /// The body is over the limit of its route.
    #[error("body over {limit_bytes} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit_bytes: usize,
    },
    /// Not now: the server is in recovery.
    #[error("not now: {code}")]
    Unavailable {
        /// Why, as a stable kebab-case code.
        code: &'static str,
    },
    /// Storage, a binding or the runtime failed.
    #[error("the runtime failed: {0}")]
    Runtime(#[from] worker::Error),
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
}

impl Fault {
    /// The status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Method { .. } => 405,
            Self::BadRequest { .. } => 400,
            Self::Unauthorised { .. } => 401,
            Self::Forbidden { .. } => 403,
            Self::TooLarge { .. } => 413,
            Self::Runtime(_) => 500,
            Self::Unavailable { .. } => 503,
        }
    }

    /// The stable code of the answer.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Method { .. } => "method-not-allowed",
            Self::BadRequest { code }
            | Self::Unauthorised { code }
            | Self::Forbidden { code }
            | Self::Unavailable { code } => code,
            Self::TooLarge { .. } => "body-too-large",
            Self::Runtime(_) => "internal",
        }
    }

    /// Writes what only the operator may see.
    pub fn log(&self) {
        if let Self::Runtime(error) = self {
            worker::console_error!("runtime: {}", unquoted(&error.to_string()));
        }
    }

    /// The answer: `{"code": ".."}` under the fault's status.
    ///
    /// # Errors
    /// When the runtime refuses a header.
    pub fn to_response(&self) -> worker::Result<Response> {
        let mut builder = ResponseBuilder::new()
            .with_status(self.status())
            .with_header("cache-control", "no-store")?
            .with_header(CODE, self.code())?;
        if let Self::Method { allow } = self {
            builder = builder.with_header("allow", allow)?;
        }
        if let Self::Unavailable { .. } = self {
            builder = builder.with_header("retry-after", "5")?;
        }
        builder.from_json(&Body { code: self.code() })
    }
}
