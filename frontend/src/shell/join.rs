//! Joining this device to an account by a code.
//!
//! The key is on disk before the code is used up: if the answer is lost, the same device asks again and gets it.

use super::browser::{Browser, Joining};
use super::{clock, http, key, random};
use frontend_state::model::AccountEntry;
use frontend_state::{Failure, Method};
use shared::api::{Join, Joined};
use shared::code::JoinCode;
use shared::id::DeviceId;

/// Joins.
///
/// # Errors
/// What the server says to the code, no connection, or no storage (`storage`, `insecure`).
pub async fn join(browser: &Browser, typed: &str) -> Result<AccountEntry, Failure> {
    let storage = |_| Failure::Refused("storage".into());
    let code = JoinCode::read(typed).map_err(|_| Failure::Refused("code-mistyped".into()))?;
    let hash = code.hash().to_string();
    let joining = match browser.joining(&hash).await.map_err(storage)? {
        Some(begun) => begun,
        None => {
            let key = key::make().await.map_err(|_| Failure::Refused("insecure".into()))?;
            let joining = Joining { device: DeviceId(random::bits()), key };
            browser.begin_join(&hash, &joining).await.map_err(storage)?;
            joining
        }
    };
    let tablet = browser.tablet(random::bits()).await.map_err(storage)?;
    let ask =
        Join { code: code.to_string(), device: joining.device, key: joining.key.public.clone(), tablet };
    let body = serde_json::to_string(&ask).unwrap_or_default();
    let answer = http::send(Method::Post, "/api/v1/join", Some(&body), None).await?;
    match answer.read::<Joined>() {
        Ok(joined) => {
            let entry =
                browser.end_join(&hash, Some((&joined, &joining)), clock::now().0).await.map_err(storage)?;
            entry.ok_or_else(|| Failure::Refused("storage".into()))
        }
        Err(failure) => {
            if matches!(failure, Failure::Refused(_)) {
                // Left behind, it would only take space.
                let _ = browser.end_join(&hash, None, 0).await;
            }
            Err(failure)
        }
    }
}
