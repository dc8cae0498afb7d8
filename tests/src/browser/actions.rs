//! Hands: single keys, taps of a finger, dragging.

use super::Browser;
use super::elements::Element;
use anyhow::{Result, bail};
use serde_json::{Value, json};

/// A distance on the screen in CSS pixels, to the right and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

impl Browser {
    /// Presses a key by its name, alone or held with others: `Enter`, `Escape`, `a`, `Control+a`, `Shift+Tab`.
    ///
    /// # Errors
    /// Where a name is not known.
    pub fn key(&self, keys: &str) -> Result<()> {
        let parts: Vec<&str> = if keys == "+" { vec![keys] } else { keys.split('+').collect() };
        let mut codes = Vec::with_capacity(parts.len());
        for part in parts {
            codes.push(key_code(part)?);
        }
        let down = codes.iter().map(|code| json!({ "type": "keyDown", "value": code }));
        let up = codes.iter().rev().map(|code| json!({ "type": "keyUp", "value": code }));
        self.act(json!({ "type": "key", "id": "keyboard", "actions": down.chain(up).collect::<Vec<_>>() }))
    }

    /// Taps the first element with a finger, once it is there, enabled and not covered.
    pub fn tap(&self, selector: &str) -> Result<()> {
        self.wait_until(&format!("{selector} to be tappable"), || match self.find_now(selector)? {
            Some(element) => self.tap_element(&element),
            None => Ok(false),
        })
    }

    /// Taps the element of a selector that says (or is labelled) `text`.
    pub fn tap_text(&self, selector: &str, text: &str) -> Result<()> {
        self.wait_until(&format!("a tappable {selector} that says \"{text}\""), || {
            match self.find_by_text(selector, text)? {
                Some(element) => self.tap_element(&element),
                None => Ok(false),
            }
        })
    }

    /// Drags the first element onto the middle of another: with a finger on a touch profile, else with the mouse.
    pub fn drag(&self, from: &str, to: &str) -> Result<()> {
        self.wait_until(&format!("{from} to be dragged to {to}"), || {
            let (Some(from), Some(to)) = (self.find_now(from)?, self.find_now(to)?) else { return Ok(false) };
            if !self.reachable(&from)? {
                return Ok(false);
            }
            let target = move_to(&to.as_json(), Point { x: 0, y: 0 }, 150);
            self.stroke(&from, &[move_to(&json!("pointer"), Point { x: 4, y: 4 }, 30), target])?;
            Ok(true)
        })
    }

    /// Drags from the middle of the first element by a distance: a swipe, a slider, a map.
    pub fn drag_by(&self, selector: &str, by: Point) -> Result<()> {
        self.wait_until(&format!("{selector} to be dragged"), || {
            let Some(element) = self.find_now(selector)? else { return Ok(false) };
            if !self.reachable(&element)? {
                return Ok(false);
            }
            self.stroke(&element, &[move_to(&json!("pointer"), by, 150)])?;
            Ok(true)
        })
    }

    fn tap_element(&self, element: &Element) -> Result<bool> {
        if !self.reachable(element)? {
            return Ok(false);
        }
        let mut actions = vec![move_to(&element.as_json(), Point { x: 0, y: 0 }, 0)];
        actions.push(json!({ "type": "pointerDown", "button": 0 }));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.point("touch", actions)?;
        Ok(true)
    }

    fn stroke(&self, from: &Element, moves: &[Value]) -> Result<()> {
        let mut actions = vec![move_to(&from.as_json(), Point { x: 0, y: 0 }, 0)];
        actions.push(json!({ "type": "pointerDown", "button": 0 }));
        actions.extend_from_slice(moves);
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.point(if self.profile.touch { "touch" } else { "mouse" }, actions)
    }

    fn point(&self, kind: &str, actions: Vec<Value>) -> Result<()> {
        self.act(json!({
            "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions,
        }))
    }

    fn act(&self, source: Value) -> Result<()> {
        self.wire.post("/actions", &json!({ "actions": [source] })).map(drop)
    }
}

fn move_to(origin: &Value, to: Point, duration_ms: u32) -> Value {
    json!({ "type": "pointerMove", "origin": origin, "x": to.x, "y": to.y, "duration": duration_ms })
}

fn key_code(name: &str) -> Result<char> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Ok(only);
    }
    Ok(match name {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        _ => bail!("no key is named {name}"),
    })
}
