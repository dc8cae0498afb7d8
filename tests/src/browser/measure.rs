//! What a browser can be asked about itself: long tasks, the console, pictures and prints.

use super::Browser;
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::Path;

const LONG_TASKS: &str = include_str!("scripts/long_tasks.js");

/// A task that held the main thread for more than 50 ms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LongTask {
    /// When it began, in milliseconds since the document did.
    pub start_ms: f64,
    /// How long it took, in milliseconds.
    pub duration_ms: f64,
}

/// A line of the console, or a fault that the browser wrote there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `DEBUG`, `INFO`, `WARNING` or `SEVERE`.
    pub level: String,
    /// Where it comes from and what it says.
    pub message: String,
}

impl Browser {
    /// Has every document from now on keep its long tasks.
    pub fn install_long_task_observer(&self) -> Result<()> {
        self.run_first(LONG_TASKS)
    }

    /// The long tasks of the current document; needs [`Browser::install_long_task_observer`] first.
    pub fn long_tasks(&self) -> Result<Vec<LongTask>> {
        // A task is reported after it ends: let the one that runs now end first.
        let tasks = self.js_async(
            "await new Promise((done) => setTimeout(done, 0));\n\
             if (!globalThis.__longTasks) throw new Error('no long task observer in this document');\n\
             return globalThis.__longTasks();",
            &[],
        )?;
        let tasks: Vec<(f64, f64)> = serde_json::from_value(tasks)?;
        Ok(tasks.into_iter().map(|(start_ms, duration_ms)| LongTask { start_ms, duration_ms }).collect())
    }

    /// Everything written to the console since launch, all tabs.
    pub fn console_log(&self) -> Result<Vec<ConsoleLine>> {
        let fresh = self.wire.post("/se/log", &json!({ "type": "browser" }))?;
        let mut console = self.console.borrow_mut();
        for entry in fresh.as_array().into_iter().flatten() {
            let part = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            console.push(ConsoleLine { level: part("level"), message: part("message") });
        }
        Ok(console.clone())
    }

    /// Writes a picture of what is shown, as PNG.
    pub fn screenshot(&self, path: &Path) -> Result<()> {
        write(path, &self.wire.get("/screenshot")?)
    }

    /// Writes a picture of the whole page, also of what would be scrolled to, as PNG.
    pub fn screenshot_page(&self, path: &Path) -> Result<()> {
        let shot = self.wire.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true }))?;
        write(path, shot.get("data").unwrap_or(&Value::Null))
    }

    /// Prints the page to a PDF on A4, with its backgrounds.
    pub fn print(&self, path: &Path) -> Result<()> {
        let page = json!({ "width": 21.0, "height": 29.7 });
        write(path, &self.wire.post("/print", &json!({ "background": true, "page": page }))?)
    }
}

fn write(path: &Path, base64: &Value) -> Result<()> {
    let bytes = STANDARD.decode(base64.as_str().context("no picture came")?)?;
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
