//! One line of JSON a request, for the operator: which route by its pattern, what was answered, how long it took.
//!
//! Never a name, a number, a code, a token or a path as it came: a path may hold what somebody typed. A fault's own
//! text may quote a row, so quotations are left out of it.

use crate::metrics::{Answered, answered};
use crate::routes::objects::is_known;
use crate::shard_do::now_ms;
use serde::Serialize;
use shared::api::routes::{Found, find};
use worker::{Headers, Request, Response, console_log};

/// Carries a fault's code from an object to the line of its request.
pub const CODE: &str = "x-cascade-code";
/// Carries the length of a body.
pub const BYTES: &str = "x-cascade-bytes";

/// What is kept of a request until its answer is ready.
pub struct Asked {
    route: (&'static str, &'static str),
    shard: Option<String>,
    received: u64,
    begun_ms: i64,
}

#[derive(Serialize)]
struct Line<'a> {
    t: i64,
    method: &'static str,
    route: &'static str,
    status: u16,
    ms: u32,
    received: u64,
    sent: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

impl Asked {
    /// Of a request that has come.
    pub fn of(req: &Request) -> Self {
        let path = req.path();
        let (route, shard) = match find(req.method().as_ref(), &path) {
            Found::Route(route, texts) => {
                let at = route.names().iter().position(|name| *name == "shard");
                let shard = at.and_then(|at| texts.get(at)).map(|shard| (*shard).to_owned());
                ((route.verb.as_str(), route.path), shard)
            }
            Found::OtherVerbs(_) => (("other", "known"), None),
            Found::Nothing if path.starts_with("/api/") => (("other", "unknown"), None),
            Found::Nothing => (("GET", "file"), None),
        };
        Self { route, shard, received: number(req.headers(), "content-length"), begun_ms: now_ms() }
    }

    /// Writes the line and counts the request.
    pub fn answered(self, answer: &Response) {
        let (headers, now_ms) = (answer.headers(), now_ms());
        let told = Answered {
            route: self.route,
            status: answer.status_code(),
            ms: u32::try_from(now_ms.saturating_sub(self.begun_ms)).unwrap_or_default(),
            received: self.received,
            sent: number(headers, BYTES).max(number(headers, "content-length")),
        };
        answered(&told);
        let code = headers.get(CODE).ok().flatten();
        // A name that is no shard's is whatever somebody typed.
        let shard = self.shard.as_deref().filter(|name| name.parse().is_ok_and(|shard| is_known(&shard)));
        let line = Line {
            t: now_ms,
            method: told.route.0,
            route: told.route.1,
            status: told.status,
            ms: told.ms,
            received: told.received,
            sent: told.sent,
            shard,
            code: code.as_deref(),
        };
        console_log!("{}", serde_json::to_string(&line).unwrap_or_default());
    }
}

fn number(headers: &Headers, name: &str) -> u64 {
    headers.get(name).ok().flatten().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// A fault's own text without what it quotes.
pub fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut until = None;
    let mut escaped = false;
    for character in text.chars() {
        match until {
            Some(_) if escaped => escaped = false,
            Some(_) if character == '\\' => escaped = true,
            Some(end) if character == end => {
                out.push('\u{2026}');
                out.push(character);
                until = None;
            }
            Some(_) => {}
            None => {
                out.push(character);
                until = matches!(character, '"' | '`' | '\'').then_some(character);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_fault_quotes_is_left_out() {
        for (text, expected) in [
            ("no quotation", "no quotation"),
            (
                r#"invalid type: string "Aigul \"A\" Osmonova", expected u64"#,
                "invalid type: string \"…\", expected u64",
            ),
            (
                "unknown variant `Aigul`, expected `present` or `late`",
                "unknown variant `…`, expected `…` or `…`",
            ),
            ("a quotation that never ends 'Aigul", "a quotation that never ends '"),
        ] {
            assert_eq!(unquoted(text), expected);
        }
    }
}
