//! The text being read: white space, words, numbers, values that nobody wants. Nothing here depends on a type.

use super::Unreadable;
use std::borrow::Cow;

/// How deep values may lie in each other, as in `serde_json`.
const MAX_DEPTH: u8 = 127;

/// The powers of ten that a float holds exactly end here.
const EXACT_POWER: i32 = 22;

/// A text and how far it is read.
pub struct Source<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

/// A number, in the first of these that holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number from zero.
    Whole(u64),
    /// A whole number below zero.
    Below(i64),
    /// Any other.
    Float(f64),
}

impl<'de> Source<'de> {
    /// The beginning of a text.
    pub fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Whether nothing is left.
    pub fn is_spent(&self) -> bool {
        self.at >= self.text.len()
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no white space; 0 at the end.
    #[inline(never)]
    pub fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\t' | b'\r') {
            self.at += 1;
        }
        self.byte()
    }

    /// Takes one byte that must be next.
    #[inline(never)]
    pub fn take(&mut self, wanted: u8) -> Result<(), Unreadable> {
        if self.peek() != wanted {
            return Err(Unreadable);
        }
        self.at += 1;
        Ok(())
    }

    /// Takes `null`, `true` or `false`.
    #[inline(never)]
    pub fn literal(&mut self, wanted: &str) -> Result<(), Unreadable> {
        self.peek();
        match self.text.as_bytes().get(self.at..) {
            Some(rest) if rest.starts_with(wanted.as_bytes()) => {
                self.at += wanted.len();
                Ok(())
            }
            _ => Err(Unreadable),
        }
    }

    /// `true` or `false`.
    #[inline(never)]
    pub fn truth(&mut self) -> Result<bool, Unreadable> {
        let yes = self.peek() == b't';
        self.literal(if yes { "true" } else { "false" }).map(|()| yes)
    }

    /// Opens an object or a list.
    #[inline(never)]
    pub fn enter(&mut self, open: u8) -> Result<(), Unreadable> {
        self.take(open)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Unreadable) } else { Ok(()) }
    }

    /// Closes an object or a list.
    #[inline(never)]
    pub fn leave(&mut self, close: u8) -> Result<(), Unreadable> {
        self.depth = self.depth.saturating_sub(1);
        self.take(close)
    }

    /// Whether another member follows; takes the comma before it.
    #[inline(never)]
    pub fn more(&mut self, first: &mut bool, close: u8) -> Result<bool, Unreadable> {
        if self.peek() == close {
            return Ok(false);
        }
        if !std::mem::replace(first, false) {
            self.take(b',')?;
            if self.peek() == close {
                return Err(Unreadable);
            }
        }
        Ok(true)
    }

    /// A text in quotation marks.
    #[inline(never)]
    pub fn word(&mut self) -> Result<Cow<'de, str>, Unreadable> {
        self.take(b'"')?;
        let text = self.text;
        let mut made = String::new();
        loop {
            let start = self.at;
            while !matches!(self.byte(), b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            let run = text.get(start..self.at).ok_or(Unreadable)?;
            let end = self.byte();
            self.at += 1;
            match end {
                b'"' if made.is_empty() => return Ok(Cow::Borrowed(run)),
                b'"' => {
                    made.push_str(run);
                    return Ok(Cow::Owned(made));
                }
                b'\\' => {
                    made.push_str(run);
                    made.push(self.escaped()?);
                }
                _ => return Err(Unreadable),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Unreadable> {
        let which = self.byte();
        self.at += 1;
        Ok(match which {
            b'"' | b'\\' | b'/' => char::from(which),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.four_hex()?;
                if (0xD800..0xDC00).contains(&code) {
                    if self.byte() != b'\\' {
                        return Err(Unreadable);
                    }
                    self.at += 1;
                    if self.byte() != b'u' {
                        return Err(Unreadable);
                    }
                    self.at += 1;
                    let low = self.four_hex()?;
                    if !(0xDC00..0xE000).contains(&low) {
                        return Err(Unreadable);
                    }
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                }
                char::from_u32(code).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    fn four_hex(&mut self) -> Result<u32, Unreadable> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.byte()).to_digit(16).ok_or(Unreadable)?;
            self.at += 1;
        }
        Ok(code)
    }

    /// A number, by JSON's grammar.
    #[inline(never)]
    pub fn number(&mut self) -> Result<Number, Unreadable> {
        let below = self.peek() == b'-';
        self.at += usize::from(below);
        let start = self.at;
        let (mut digits, mut power, mut whole) = (0_u64, 0_i32, true);
        self.digits(&mut digits, &mut power, false)?;
        if self.at - start > 1 && self.text.as_bytes().get(start) == Some(&b'0') {
            return Err(Unreadable);
        }
        if power > 0 {
            whole = false;
        }
        if self.byte() == b'.' {
            self.at += 1;
            whole = false;
            self.digits(&mut digits, &mut power, true)?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            whole = false;
            let minus = self.byte() == b'-';
            self.at += usize::from(matches!(self.byte(), b'-' | b'+'));
            let (mut exponent, mut beyond) = (0, 0);
            self.digits(&mut exponent, &mut beyond, false)?;
            let exponent = if beyond > 0 { i32::MAX } else { i32::try_from(exponent).unwrap_or(i32::MAX) };
            power = power.saturating_add(if minus { -exponent } else { exponent });
        }
        match (whole, below) {
            (true, false) => return Ok(Number::Whole(digits)),
            (true, true) if digits > 0 => {
                if let Some(n) = 0_i64.checked_sub_unsigned(digits) {
                    return Ok(Number::Below(n));
                }
            }
            _ => {}
        }
        let value = scaled(digits, power);
        if value.is_infinite() {
            return Err(Unreadable);
        }
        Ok(Number::Float(if below { -value } else { value }))
    }

    /// One digit or more, added to those before; what does not fit any more only shifts the power of ten.
    fn digits(&mut self, digits: &mut u64, power: &mut i32, fraction: bool) -> Result<(), Unreadable> {
        if !self.byte().is_ascii_digit() {
            return Err(Unreadable);
        }
        let mut full = *power > 0;
        while self.byte().is_ascii_digit() {
            let digit = u64::from(self.byte() - b'0');
            self.at += 1;
            match digits.checked_mul(10).and_then(|d| d.checked_add(digit)).filter(|_| !full) {
                Some(more) => {
                    *digits = more;
                    *power -= i32::from(fraction);
                }
                None => {
                    full = true;
                    *power = power.saturating_add(i32::from(!fraction));
                }
            }
        }
        Ok(())
    }

    /// Passes over one value and gives its text.
    #[inline(never)]
    pub fn skip(&mut self) -> Result<&'de str, Unreadable> {
        let next = self.peek();
        let start = self.at;
        match next {
            b'"' => drop(self.word()?),
            b'n' => self.literal("null")?,
            b't' | b'f' => drop(self.truth()?),
            b'{' | b'[' => {
                let close = if next == b'{' { b'}' } else { b']' };
                self.enter(next)?;
                let mut first = true;
                while self.more(&mut first, close)? {
                    if next == b'{' {
                        self.word()?;
                        self.take(b':')?;
                    }
                    self.skip()?;
                }
                self.leave(close)?;
            }
            _ => drop(self.number()?),
        }
        self.text.get(start..self.at).ok_or(Unreadable)
    }
}

/// Digits times a power of ten; exact for every number that is written with up to 15 digits.
fn scaled(digits: u64, mut power: i32) -> f64 {
    let mut value = digits as f64;
    while power != 0 && value != 0.0 && value.is_finite() {
        let step = power.clamp(-EXACT_POWER, EXACT_POWER);
        let mut ten = 1.0;
        for _ in 0..step.unsigned_abs() {
            ten *= 10.0;
        }
        value = if step > 0 { value * ten } else { value / ten };
        power -= step;
    }
    value
}
