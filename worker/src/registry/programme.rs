//! The programme's pack and its day.

use super::manage::Desk;
use crate::auth::internal;
use crate::error::Fault;
use crate::shard::log::put_meta;
use crate::shard_do::json;
use shared::api::ApiError;
use shared::event::Hasher;
use shared::grant::log::Act;
use worker::{Response, ResponseBuilder};

impl Desk<'_> {
    /// Loads a newer pack of the programme that runs here; one that is broken is answered with its problems.
    ///
    /// # Errors
    /// Where it is another programme's, or lacks a shard.
    pub fn put_programme(&self, bytes: &[u8]) -> Result<Response, Fault> {
        let text = core::str::from_utf8(bytes).map_err(|_| Fault::BadRequest { code: "not-utf8" })?;
        let programme = match shared::programme::read(text) {
            Ok(programme) => programme,
            Err(problems) => {
                let problems = problems.into_iter().map(|p| (p.path.clone(), p.to_string())).collect();
                let error = ApiError { code: "pack-broken".into(), problems };
                let builder =
                    ResponseBuilder::new().with_status(422).with_header("cache-control", "no-store")?;
                return Ok(builder.from_json(&error)?);
            }
        };
        let store = self.store;
        if let Some(held) = store.pack()?
            && held.programme.slug != programme.slug
        {
            return Err(Fault::Forbidden { code: "another-programme-runs-here" });
        }
        if let Some(held) = store.pack()? {
            let kept = programme.shards();
            if !held.programme.shards().iter().all(|shard| kept.contains(shard)) {
                return Err(Fault::Forbidden { code: "shard-missing" });
            }
        }
        let text = serde_json::to_string(&programme).map_err(|e| internal(&e))?;
        self.commit(|| {
            put_meta(&store.0, "programme", &text)?;
            store.put_shards(&programme.shards())?;
            store.put_utc_offset_min(programme.utc_offset_min)?;
            let before = store.version()?;
            store.bump()?;
            store.pack_changed()?;
            let pack = Hasher::new("cascade pack 1").text(&text).done();
            self.note(Act::Programme { before, after: before + 1, pack }, "")
        })?;
        json(&store.version()?)
    }

    /// Moves the programme's day. Real programmes stand on the real day: only the demo's operator moves it.
    ///
    /// # Errors
    /// When storage fails.
    pub fn put_day_offset(&self, days: i32) -> Result<Response, Fault> {
        let store = self.store;
        let before = store.day_offset()?;
        self.commit(|| {
            put_meta(&store.0, "day_offset", &days.to_string())?;
            store.bump()?;
            store.pack_changed()?;
            self.note(Act::Day { before, after: days }, "")
        })?;
        json(&days)
    }
}
