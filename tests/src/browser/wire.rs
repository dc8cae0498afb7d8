//! One WebDriver session on the wire: JSON over HTTP to chromedriver, and the DevTools commands it passes on.
//!
//! Invariant: every call has a time limit, so that a browser that hangs fails a test instead of hanging it.

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use std::time::Duration;

/// The key under which the protocol writes a reference to an element.
pub(super) const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Longer than the page-load and the script time limit, which the driver itself keeps.
const CALL_LIMIT: Duration = Duration::from_secs(150);

/// The longest answer read: a screenshot or a print of a long page in base64.
const ANSWER_LIMIT_BYTES: u64 = 256 * 1024 * 1024;

/// An answer of the driver that is an error, with the protocol's own code such as `no such element`.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the browser answered `{code}`: {message}")]
pub struct DriverError {
    /// The protocol's code.
    pub code: String,
    /// What the driver said, first line only.
    pub message: String,
}

impl DriverError {
    /// Whether trying the same again may succeed: the page is still being drawn or changed meanwhile.
    pub(super) fn passing(&self) -> bool {
        matches!(
            self.code.as_str(),
            "no such element"
                | "stale element reference"
                | "element not interactable"
                | "element click intercepted"
                | "javascript error"
                | "move target out of bounds"
                | "detached shadow root"
        )
    }
}

/// A session's address and the agent that talks to it.
pub(super) struct Wire {
    agent: ureq::Agent,
    driver: String,
    session: String,
}

impl Wire {
    /// Opens a session on the driver's port; gives the capabilities that the browser answered.
    ///
    /// # Errors
    /// Where the driver cannot be reached or cannot start the browser.
    pub fn open(port: u16, capabilities: &Value) -> Result<(Self, Value)> {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(CALL_LIMIT))
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .new_agent();
        let mut wire = Self { agent, driver: format!("http://127.0.0.1:{port}"), session: String::new() };
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let mut answer = wire.send("POST", "/session", Some(&body)).context("the browser did not start")?;
        let id = answer.get("sessionId").and_then(Value::as_str).context("a session without an id")?;
        wire.session = format!("/session/{id}");
        Ok((wire, answer.get_mut("capabilities").map(Value::take).unwrap_or_default()))
    }

    /// Sends a command with a body to the session.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.send("POST", &format!("{}{path}", self.session), Some(body))
    }

    /// Asks the session for something.
    pub fn get(&self, path: &str) -> Result<Value> {
        self.send("GET", &format!("{}{path}", self.session), None)
    }

    /// Deletes something; an empty path ends the session.
    pub fn delete(&self, path: &str) -> Result<Value> {
        self.send("DELETE", &format!("{}{path}", self.session), None)
    }

    /// Runs a DevTools command on the current tab.
    pub fn devtools(&self, command: &str, params: Value) -> Result<Value> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
            .with_context(|| format!("the DevTools command {command}"))
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let url = format!("{}{path}", self.driver);
        let sent = match (method, body) {
            (_, Some(body)) => self
                .agent
                .post(&url)
                .content_type("application/json; charset=utf-8")
                .send(serde_json::to_vec(body)?.as_slice()),
            ("DELETE", None) => self.agent.delete(&url).call(),
            (_, None) => self.agent.get(&url).call(),
        };
        let mut response = sent.with_context(|| format!("chromedriver did not answer {method} {path}"))?;
        let bytes = response.body_mut().with_config().limit(ANSWER_LIMIT_BYTES).read_to_vec()?;
        let mut answer: Value = serde_json::from_slice(&bytes).with_context(|| {
            format!("chromedriver answered {method} {path} with something else than JSON")
        })?;
        let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
        if response.status().is_success() {
            return Ok(value);
        }
        let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let message = part("message").lines().next().unwrap_or_default().to_owned();
        Err(anyhow!(DriverError { code: part("error"), message }))
    }
}
