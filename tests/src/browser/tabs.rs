//! Tabs of one browser, and what each of them is given before its first page: size, touch, colours, scripts.

use super::Browser;
use anyhow::{Context, Result};
use serde_json::json;

/// A tab of a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab(String);

impl Browser {
    /// Opens a tab and goes to it.
    pub fn new_tab(&self) -> Result<Tab> {
        let opened = self.wire.post("/window/new", &json!({ "type": "tab" }))?;
        let tab =
            Tab(opened.get("handle").and_then(|h| h.as_str()).context("a tab without a handle")?.to_owned());
        self.switch(&tab)?;
        Ok(tab)
    }

    /// The tab that commands go to.
    pub fn current_tab(&self) -> Result<Tab> {
        Ok(Tab(self.wire.get("/window")?.as_str().unwrap_or_default().to_owned()))
    }

    /// All tabs, those that a page opened too.
    pub fn tabs(&self) -> Result<Vec<Tab>> {
        let handles: Vec<String> = serde_json::from_value(self.wire.get("/window/handles")?)?;
        Ok(handles.into_iter().map(Tab).collect())
    }

    /// Sends commands to another tab from now on.
    pub fn switch(&self, tab: &Tab) -> Result<()> {
        self.wire.post("/window", &json!({ "handle": tab.0 }))?;
        self.prepare_tab()
    }

    /// Closes the current tab and goes to the first one left; the last tab is better left to [`Browser::close`].
    pub fn close_tab(&self) -> Result<()> {
        let left: Vec<String> = serde_json::from_value(self.wire.delete("/window")?)?;
        match left.first() {
            Some(first) => self.switch(&Tab(first.clone())),
            None => Ok(()),
        }
    }

    /// Gives the current tab what every tab has; harmless where it has it already.
    pub(super) fn prepare_tab(&self) -> Result<()> {
        self.apply_look()?;
        if self.profile.touch {
            let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
            self.wire.devtools("Emulation.setTouchEmulationEnabled", touch)?;
        }
        if self.cpu_rate.get() > 1.0 {
            self.apply_cpu_rate()?;
        }
        self.wire.devtools("Emulation.setLocaleOverride", json!({ "locale": self.profile.locale }))?;
        self.give_scripts()
    }

    /// Gives the current tab the scripts it does not have yet.
    fn give_scripts(&self) -> Result<()> {
        let Tab(tab) = self.current_tab()?;
        let scripts = self.scripts.borrow();
        let mut given = self.scripts_given.borrow_mut();
        let given = given.entry(tab).or_default();
        for script in scripts.iter().skip(*given) {
            self.wire.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))?;
            *given += 1;
        }
        Ok(())
    }

    pub(super) fn apply_look(&self) -> Result<()> {
        let look = self.look.get();
        let (width, height) = look.size;
        self.wire.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": self.profile.touch }),
        )?;
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.wire.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    pub(super) fn apply_cpu_rate(&self) -> Result<()> {
        let rate = json!({ "rate": self.cpu_rate.get() });
        self.wire.devtools("Emulation.setCPUThrottlingRate", rate).map(drop)
    }

    /// Has every new document run a script before its own, and the current document at once; another tab has it from
    /// the next [`Browser::switch`] to it.
    pub fn run_first(&self, script: &str) -> Result<()> {
        self.scripts.borrow_mut().push(script.to_owned());
        self.give_scripts()?;
        self.wire.devtools("Runtime.evaluate", json!({ "expression": script })).map(drop)
    }
}
