//! Join codes: 80 random bits in letters and digits that are hard to confuse, with a check character.
//!
//! Sixteen characters of Crockford's base 32 and one check character, written in groups: `ABCD-EFGH-JKMN-PQRS-T`.
//! Lower case, spaces, `O` for `0` and `I`, `L` for `1` are understood. Only a hash of a code is ever stored.

use crate::event::{Hash, Hasher};
use core::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS: usize = 16;

/// A code whose check character is right.
#[derive(Clone, PartialEq, Eq)]
pub struct JoinCode([u8; CHARACTERS]);

/// Why a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinCodeError {
    /// Too few or too many characters.
    #[error("a code has 17 characters, this has {0}")]
    Length(usize),
    /// A character that no code has.
    #[error("no code has the character {0:?}")]
    Character(char),
    /// A character was mistyped or two were swapped.
    #[error("mistyped: the check character does not fit")]
    Check,
}

impl JoinCode {
    /// A code of 80 random bits.
    pub fn from_bits(bits: [u8; 10]) -> Self {
        let mut number = bits.iter().fold(0u128, |n, b| (n << 8) | u128::from(*b));
        let mut values = [0; CHARACTERS];
        for value in values.iter_mut().rev() {
            *value = (number & 31) as u8;
            number >>= 5;
        }
        Self(values)
    }

    /// Reads what a person typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(typed: &str) -> Result<Self, JoinCodeError> {
        let mut values = Vec::with_capacity(CHARACTERS + 1);
        for character in
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2014}'))
        {
            let plain = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|a| char::from(*a) == plain);
            values.push(value.ok_or(JoinCodeError::Character(character))? as u8);
        }
        let Some((check, code)) = values.split_last().filter(|(_, code)| code.len() == CHARACTERS) else {
            return Err(JoinCodeError::Length(values.len()));
        };
        let mut read = [0; CHARACTERS];
        read.copy_from_slice(code);
        let read = Self(read);
        if read.check() == *check { Ok(read) } else { Err(JoinCodeError::Check) }
    }

    /// What is stored in place of the code.
    pub fn hash(&self) -> Hash {
        Hasher::new("cascade join code 1").bytes(&self.0).done()
    }

    /// Odd weights are invertible modulo 32, so every single wrong character shows; neighbours have different
    /// weights, so nearly every swap does.
    fn check(&self) -> u8 {
        let sum: u32 = self.0.iter().zip((1u32..).step_by(2)).map(|(v, w)| u32::from(*v) * w).sum();
        (sum % 32) as u8
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |value: u8| ALPHABET.get(usize::from(value)).map_or('?', |a| char::from(*a));
        for group in self.0.chunks(4) {
            for value in group {
                write!(f, "{}", letter(*value))?;
            }
            f.write_str("-")?;
        }
        write!(f, "{}", letter(self.check()))
    }
}

/// A code opens an account: it is never shown by accident.
impl fmt::Debug for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_back_however_it_is_typed(bits: [u8; 10]) {
            let code = JoinCode::from_bits(bits);
            let text = code.to_string();
            for typed in [text.clone(), text.to_lowercase(), text.replace('-', " "), text.replace('0', "O").replace('1', "l")] {
                prop_assert_eq!(JoinCode::read(&typed), Ok(code.clone()));
            }
        }

        #[test]
        fn one_wrong_character_shows(bits: [u8; 10], at in 0usize..17, other in 0usize..32) {
            let text: Vec<char> = JoinCode::from_bits(bits).to_string().replace('-', "").chars().collect();
            let wrong = char::from(ALPHABET[other]);
            prop_assume!(text[at] != wrong);
            let mut typed = text;
            typed[at] = wrong;
            prop_assert_eq!(JoinCode::read(&typed.into_iter().collect::<String>()), Err(JoinCodeError::Check));
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(JoinCode::read("ABC"), Err(JoinCodeError::Length(3)));
        assert_eq!(JoinCode::read("ABCU"), Err(JoinCodeError::Character('U')));
    }
}
