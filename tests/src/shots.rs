//! Pictures of a page in every size, colour scheme and direction, to be looked at by people.

use crate::browser::{Browser, Look};
use anyhow::Result;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The sizes that a page is looked at in, in CSS pixels: a phone, a tablet both ways, a desk screen.
pub const SIZES: [(&str, (u32, u32)); 4] =
    [("phone", (360, 740)), ("tablet", (800, 1280)), ("tablet-wide", (1280, 800)), ("desk", (1440, 900))];

/// The colour schemes; the flag says dark.
const SCHEMES: [(&str, bool); 2] = [("light", false), ("dark", true)];

/// The directions of writing; the second mirrors the page as it stands.
const DIRECTIONS: [&str; 2] = ["ltr", "rtl"];

/// Writes the current page to `dir` as `name-size-scheme-direction.png`, sixteen pictures, and gives their paths.
///
/// The page is as before afterwards: its look and the direction of its root element are put back.
///
/// # Errors
/// Where the browser fails or a file cannot be written.
pub fn shoot(browser: &Browser, name: &str, dir: &Path) -> Result<Vec<PathBuf>> {
    let before = browser.look();
    let direction = browser.js("return document.documentElement.getAttribute('dir')", &[])?;
    let shot = shoot_all(browser, name, dir);
    browser.set_look(before)?;
    browser.js(
        "const root = document.documentElement; const dir = arguments[0];\n\
         if (dir === null) root.removeAttribute('dir'); else root.setAttribute('dir', dir)",
        &[direction],
    )?;
    shot
}

fn shoot_all(browser: &Browser, name: &str, dir: &Path) -> Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for (size_name, size) in SIZES {
        for (scheme, dark) in SCHEMES {
            browser.set_look(Look { size, dark })?;
            for direction in DIRECTIONS {
                // Two frames: the styles of the new look are laid out and painted.
                browser.js_async(
                    "document.documentElement.setAttribute('dir', arguments[0]);\n\
                     for (let i = 0; i < 2; i += 1) await new Promise((done) => requestAnimationFrame(done));",
                    &[json!(direction)],
                )?;
                let path = dir.join(format!("{name}-{size_name}-{scheme}-{direction}.png"));
                browser.screenshot_page(&path)?;
                written.push(path);
            }
        }
    }
    Ok(written)
}
