//! The page's files: from the `FILES` binding, described by `files.json`, which the build writes beside them.
//!
//! The binding is a plain folder under workerd and an assets binding when hosted; both only hand out bytes. Types,
//! compression, validation, caching and what counts as a file are decided here, so both behave alike.
//!
//! A path whose last segment has a dot is a file and is found or is 404; any other path is a screen of the page, and
//! the shell answers it.

use crate::error::Fault;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use worker::{EncodeBody, Env, Method, Request, Response, ResponseBuilder};

const SHELL: &str = "/index.html";
const LISTING: &str = "/files.json";
/// Content-hashed names never change what they hold.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked about each time; an unchanged file costs a 304.
const ASK_AGAIN: &str = "no-cache";

/// What `files.json` says.
#[derive(Deserialize)]
struct Listing {
    /// Names this build of the page.
    build: String,
    /// By path, beginning with a slash.
    files: HashMap<String, File>,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "type")]
    content_type: String,
    /// Hash of the plain bytes, without quotes.
    etag: String,
    size: u64,
    /// Size of the `.br` beside it, when there is one.
    br: Option<u64>,
    /// Size of the `.gz` beside it, when there is one.
    gz: Option<u64>,
    immutable: bool,
}

/// A representation of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Plain,
    Brotli,
    Gzip,
}

impl Coding {
    fn suffix(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

thread_local! {
    /// Read once an instance: a new build means a new process.
    static LISTING_READ: RefCell<Option<Rc<Listing>>> = const { RefCell::new(None) };
}

/// Names the build of the page.
///
/// # Errors
/// When the listing cannot be read.
pub async fn build(env: &Env) -> Result<String, Fault> {
    Ok(listing(env).await?.build.clone())
}

/// Answers with a file, with the shell, or with 404.
///
/// # Errors
/// [`Fault::Method`] for anything but GET and HEAD, [`Fault::NotFound`], or a failing binding.
pub async fn serve(req: &Request, env: &Env) -> Result<Response, Fault> {
    let method = req.method();
    if method != Method::Get && method != Method::Head {
        return Err(Fault::Method { allow: "GET, HEAD".into() });
    }
    let listing = listing(env).await?;
    let path = req.path();
    let (path, file) = find(&listing, &path).ok_or(Fault::NotFound)?;
    let coding = choose(file, &req.headers().get("accept-encoding")?.unwrap_or_default());
    let etag = match coding {
        Coding::Plain => format!("\"{}\"", file.etag),
        Coding::Brotli => format!("\"{}-br\"", file.etag),
        Coding::Gzip => format!("\"{}-gz\"", file.etag),
    };
    let mut builder = ResponseBuilder::new()
        .with_header("etag", &etag)?
        .with_header("cache-control", if file.immutable { FOR_EVER } else { ASK_AGAIN })?;
    if file.br.is_some() || file.gz.is_some() {
        builder = builder.with_header("vary", "accept-encoding")?;
    }
    if matches(&req.headers().get("if-none-match")?.unwrap_or_default(), &etag) {
        return Ok(builder.with_status(304).empty());
    }
    builder = builder.with_header("content-type", &file.content_type)?;
    let size = match coding {
        Coding::Plain => file.size,
        Coding::Brotli => file.br.unwrap_or_default(),
        Coding::Gzip => file.gz.unwrap_or_default(),
    };
    builder = builder.with_header("content-length", &size.to_string())?;
    builder = match coding {
        Coding::Plain => builder,
        Coding::Brotli => {
            builder.with_encode_body(EncodeBody::Manual).with_header("content-encoding", "br")?
        }
        Coding::Gzip => {
            builder.with_encode_body(EncodeBody::Manual).with_header("content-encoding", "gzip")?
        }
    };
    if method == Method::Head {
        return Ok(builder.empty());
    }
    let stored = read(env, &format!("{path}{}", coding.suffix())).await?;
    let (_, body) = stored.into_parts();
    Ok(builder.body(body))
}

/// The file a path names: itself, or the shell for a screen.
fn find<'a>(listing: &'a Listing, path: &str) -> Option<(&'a str, &'a File)> {
    let is_screen = !path.rsplit('/').next().unwrap_or_default().contains('.');
    let wanted = if is_screen { SHELL } else { path };
    listing.files.get_key_value(wanted).map(|(path, file)| (path.as_str(), file))
}

/// The smallest representation the browser takes.
fn choose(file: &File, accepted: &str) -> Coding {
    let takes = |name: &str| {
        accepted.split(',').any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some(name) && !parts.any(|part| part == "q=0")
        })
    };
    if file.br.is_some() && takes("br") {
        Coding::Brotli
    } else if file.gz.is_some() && takes("gzip") {
        Coding::Gzip
    } else {
        Coding::Plain
    }
}

/// Whether an `If-None-Match` names this representation.
fn matches(header: &str, etag: &str) -> bool {
    header.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == etag || one == "*")
}

async fn listing(env: &Env) -> Result<Rc<Listing>, Fault> {
    if let Some(listing) = LISTING_READ.with_borrow(Clone::clone) {
        return Ok(listing);
    }
    let bytes = read(env, LISTING).await?.bytes().await?;
    let listing: Listing = serde_json::from_slice(&bytes)
        .map_err(|error| worker::Error::RustError(format!("files.json: {error}")))?;
    let listing = Rc::new(listing);
    LISTING_READ.set(Some(Rc::clone(&listing)));
    Ok(listing)
}

async fn read(env: &Env, path: &str) -> Result<Response, Fault> {
    let stored = env.service("FILES")?.fetch(format!("http://files{path}"), None).await?;
    match stored.status_code() {
        200 => Ok(stored),
        status => Err(worker::Error::RustError(format!("FILES answered {status} for {path}")).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing() -> Listing {
        let file = |br, gz| File {
            content_type: "text/javascript".into(),
            etag: "e".into(),
            size: 9,
            br,
            gz,
            immutable: false,
        };
        Listing {
            build: "b".into(),
            files: HashMap::from([
                ("/index.html".into(), file(None, None)),
                ("/app.js".into(), file(Some(3), Some(4))),
            ]),
        }
    }

    #[test]
    fn a_screen_is_answered_by_the_shell_and_an_unknown_file_by_nothing() {
        let listing = listing();
        for (path, expected) in [
            ("/", Some("/index.html")),
            ("/session/00ab", Some("/index.html")),
            ("/session/", Some("/index.html")),
            ("/app.js", Some("/app.js")),
            ("/other.js", None),
            ("/a.b/c", Some("/index.html")),
            ("/files.json", None),
        ] {
            assert_eq!(find(&listing, path).map(|found| found.0), expected, "{path}");
        }
    }

    #[test]
    fn the_smallest_accepted_coding_is_chosen() {
        let listing = listing();
        let file = &listing.files["/app.js"];
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", ".br"),
            ("gzip", ".gz"),
            ("br;q=0, gzip;q=0.5", ".gz"),
            ("identity", ""),
            ("", ""),
        ] {
            assert_eq!(choose(file, accepted).suffix(), expected, "{accepted}");
        }
    }

    #[test]
    fn an_entity_tag_is_matched_in_a_list_and_when_weak() {
        assert!(matches("\"a\", W/\"e-br\"", "\"e-br\""));
        assert!(!matches("\"e\"", "\"e-br\""));
        assert!(!matches("", "\"e\""));
    }
}
