//! The device's clock.

use shared::time::WallMs;

/// What it shows.
pub fn now() -> WallMs {
    WallMs(js_sys::Date::now() as i64)
}
