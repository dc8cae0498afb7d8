//! What is on the page: finding elements, reading them, clicking and filling them.

use super::wire::ELEMENT_KEY;
use super::{Browser, DriverError};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::Path;

const FIND_BY_TEXT: &str = include_str!("scripts/find_by_text.js");
const REACHABLE: &str = include_str!("scripts/reachable.js");
const SET_VALUE: &str = include_str!("scripts/set_value.js");

/// A reference to an element of the current document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element(String);

impl Element {
    fn read(value: &Value) -> Option<Self> {
        Some(Self(value.get(ELEMENT_KEY)?.as_str()?.to_owned()))
    }

    /// As an argument of a script, or the origin of a pointer move.
    pub(super) fn as_json(&self) -> Value {
        json!({ ELEMENT_KEY: self.0 })
    }
}

impl Browser {
    /// Whether an element is there now.
    pub fn exists(&self, selector: &str) -> Result<bool> {
        Ok(self.count(selector)? > 0)
    }

    /// How many elements are there now.
    pub fn count(&self, selector: &str) -> Result<usize> {
        let count = self.js("return document.querySelectorAll(arguments[0]).length", &[json!(selector)])?;
        Ok(usize::try_from(count.as_u64().context("no count")?)?)
    }

    /// The text of the first element as it is shown; waits for the element.
    pub fn text(&self, selector: &str) -> Result<String> {
        self.wait_for(selector, || self.first_text(selector))
    }

    /// The texts of all elements there now, as shown.
    pub fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let texts = self.js(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())",
            &[json!(selector)],
        )?;
        Ok(serde_json::from_value(texts)?)
    }

    /// All the text of the page as it is shown.
    pub fn page_text(&self) -> Result<String> {
        let text = self.js("return document.body ? document.body.innerText : ''", &[])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// An attribute of the first element; waits for the element.
    pub fn attr(&self, selector: &str, name: &str) -> Result<Option<String>> {
        let element = self.find(selector)?;
        let value =
            self.js("return arguments[0].getAttribute(arguments[1])", &[element.as_json(), json!(name)])?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// The value of the first field; waits for the field.
    pub fn value(&self, selector: &str) -> Result<String> {
        let element = self.find(selector)?;
        let value = self.js("return String(arguments[0].value)", &[element.as_json()])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks the first element, once it is there, enabled and not covered.
    pub fn click(&self, selector: &str) -> Result<()> {
        self.wait_until(&format!("{selector} to be clickable"), || match self.find_now(selector)? {
            Some(element) => self.click_element(&element),
            None => Ok(false),
        })
    }

    /// Clicks the element of a selector that says (or is labelled) `text`; an equal text is preferred to a longer.
    pub fn click_text(&self, selector: &str, text: &str) -> Result<()> {
        self.wait_until(&format!("a clickable {selector} that says \"{text}\""), || {
            match self.find_by_text(selector, text)? {
                Some(element) => self.click_element(&element),
                None => Ok(false),
            }
        })
    }

    /// Types into the first field, after what is in it.
    pub fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        self.wait_until(&format!("{selector} to take text"), || match self.find_now(selector)? {
            Some(element) => self.send_keys(&element, text),
            None => Ok(false),
        })
    }

    /// Replaces what is in the first field by typing.
    pub fn fill(&self, selector: &str, text: &str) -> Result<()> {
        self.wait_until(&format!("{selector} to take text"), || {
            let Some(element) = self.find_now(selector)? else { return Ok(false) };
            self.js(
                "arguments[0].focus(); if (arguments[0].select) arguments[0].select()",
                &[element.as_json()],
            )?;
            self.send_keys(&element, if text.is_empty() { "\u{e017}" } else { text })
        })
    }

    /// Sets a list, date or other field that typing does not suit; the page hears `input` and `change`.
    ///
    /// # Errors
    /// Where the field does not take the value: a list without it, a text that is no date.
    pub fn choose(&self, selector: &str, value: &str) -> Result<()> {
        self.wait_until(&format!("{selector} to take the value {value}"), || {
            let Some(element) = self.find_now(selector)? else { return Ok(false) };
            Ok(self.js(SET_VALUE, &[element.as_json(), json!(value)])?.as_bool().unwrap_or(false))
        })
    }

    /// Gives files to a file field, which may be hidden.
    pub fn upload(&self, selector: &str, paths: &[&Path]) -> Result<()> {
        let mut lines = Vec::with_capacity(paths.len());
        for path in paths {
            let path = path.canonicalize().with_context(|| format!("the file {}", path.display()))?;
            lines.push(path.to_str().context("a path that is not UTF-8")?.to_owned());
        }
        let element = self.find(selector)?;
        self.wire.post(&element_path(&element, "value"), &json!({ "text": lines.join("\n") })).map(drop)
    }

    /// Waits for the first element.
    pub(super) fn find(&self, selector: &str) -> Result<Element> {
        self.wait_for(selector, || self.find_now(selector))
    }

    pub(super) fn find_now(&self, selector: &str) -> Result<Option<Element>> {
        match self.wire.post("/element", &json!({ "using": "css selector", "value": selector })) {
            Ok(value) => Ok(Element::read(&value)),
            Err(error) => match error.downcast_ref::<DriverError>() {
                Some(driver) if driver.code == "no such element" => Ok(None),
                _ => bail!(error),
            },
        }
    }

    /// Whether a pointer reaches the element now, which is brought into view first.
    pub(super) fn reachable(&self, element: &Element) -> Result<bool> {
        Ok(self.js(REACHABLE, &[element.as_json()])?.as_bool().unwrap_or(false))
    }

    pub(super) fn find_by_text(&self, selector: &str, text: &str) -> Result<Option<Element>> {
        Ok(Element::read(&self.js(FIND_BY_TEXT, &[json!(selector), json!(text)])?))
    }

    pub(super) fn first_text(&self, selector: &str) -> Result<Option<String>> {
        let text = self.js(
            "const e = document.querySelector(arguments[0]); return e && e.innerText.trim()",
            &[json!(selector)],
        )?;
        Ok(text.as_str().map(str::to_owned))
    }

    fn click_element(&self, element: &Element) -> Result<bool> {
        if !self.wire.get(&element_path(element, "enabled"))?.as_bool().unwrap_or(false) {
            return Ok(false);
        }
        // The driver takes what lies under a bar at the edge for being in view; the page's own scrolling does not.
        self.reachable(element)?;
        self.wire.post(&element_path(element, "click"), &json!({}))?;
        Ok(true)
    }

    fn send_keys(&self, element: &Element, text: &str) -> Result<bool> {
        if !self.wire.get(&element_path(element, "enabled"))?.as_bool().unwrap_or(false) {
            return Ok(false);
        }
        self.wire.post(&element_path(element, "value"), &json!({ "text": text }))?;
        Ok(true)
    }
}

fn element_path(element: &Element, rest: &str) -> String {
    format!("/element/{}/{rest}", element.0)
}
