//! One request, with a time limit; every answer of the server is an answer, whatever its status.

use frontend_state::{Answer, Failure, Method};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCache, RequestInit, Response};

/// After this no answer is expected any more: long enough for a full batch on a slow line.
const LIMIT_MS: u32 = 60_000;

/// Sends a request.
///
/// # Errors
/// [`Failure::Unreachable`]: no connection, or no whole answer in time.
pub async fn send(
    method: Method,
    path: &str,
    body: Option<&str>,
    token: Option<&str>,
) -> Result<Answer, Failure> {
    let unreachable = |_| Failure::Unreachable;
    let init = RequestInit::new();
    init.set_method(match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
    });
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(LIMIT_MS)));
    let headers = Headers::new().map_err(unreachable)?;
    if let Some(body) = body {
        init.set_body(&body.into());
        headers.set("content-type", "application/json").map_err(unreachable)?;
    }
    if let Some(token) = token {
        headers.set("authorization", &format!("Bearer {token}")).map_err(unreachable)?;
    }
    init.set_headers(&headers);
    let request = Request::new_with_str_and_init(path, &init).map_err(unreachable)?;
    let answer =
        JsFuture::from(gloo::utils::window().fetch_with_request(&request)).await.map_err(unreachable)?;
    let response: Response = answer.dyn_into().map_err(unreachable)?;
    let text = JsFuture::from(response.text().map_err(unreachable)?).await.map_err(unreachable)?;
    Ok(Answer { status: response.status(), body: text.as_string().unwrap_or_default() })
}
