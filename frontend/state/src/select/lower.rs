//! Small letters, for searching in names.
//!
//! The standard tables of all alphabets weigh more than the rest of the search; these are the alphabets in which names
//! on a list may be written and which have capitals.

/// A text in small letters: Latin, Greek, Cyrillic, Armenian.
pub fn lower(text: &str) -> String {
    text.chars().map(small).collect()
}

fn small(letter: char) -> char {
    let code = u32::from(letter);
    // In the long blocks, capitals and small letters stand in turn.
    let even_is_capital = |code: u32| code + u32::from(code.is_multiple_of(2));
    let odd_is_capital = |code: u32| code + u32::from(!code.is_multiple_of(2));
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => {
            code + 0x20
        }
        // Dotted I becomes the plain letter.
        0x130 => 0x69,
        0x178 => 0xFF,
        0x138 | 0x149 => code,
        0x100..=0x137 | 0x14A..=0x177 | 0x218..=0x21B | 0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F => {
            even_is_capital(code)
        }
        0x139..=0x148 | 0x179..=0x17E | 0x4C1..=0x4CE => odd_is_capital(code),
        0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => even_is_capital(code),
        0x18F => 0x259,
        0x386 => 0x3AC,
        0x388..=0x38A => code + 37,
        0x38C => 0x3CC,
        0x38E | 0x38F => code + 63,
        0x400..=0x40F => code + 0x50,
        0x4C0 => 0x4CF,
        0x531..=0x556 => code + 0x30,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{lower, small};

    #[test]
    fn letters_of_the_lists_alphabets_have_the_standard_small_letter() {
        for code in (0..0x180)
            .chain([0x18F])
            .chain(0x218..0x21C)
            .chain(0x370..0x3D0)
            .chain(0x400..0x590)
            .chain(0x1E00..0x1E96)
            .chain(0x1EA0..0x1F00)
        {
            let Some(letter) = char::from_u32(code) else { continue };
            // Kai and the archaic letters of Greek are in no list.
            if matches!(code, 0x370..=0x37F | 0x3CF) {
                continue;
            }
            assert_eq!(Some(small(letter)), letter.to_lowercase().next(), "{code:x} {letter}");
        }
    }

    #[test]
    fn a_name_is_found_whatever_its_capitals() {
        assert_eq!(lower("АЙДА Өмүрова Ç. ŞİŞ"), "айда өмүрова ç. şiş");
    }
}
