//! What a colour means: every status is an icon, a word and a colour.

use super::icon::Icon;
use crate::i18n::{Locale, t};

/// A meaning with its colour, icon and word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// As it is: grey.
    #[default]
    Calm,
    /// Good to know: blue.
    Note,
    /// As it should be: green.
    Good,
    /// Needs a look: amber.
    Attention,
    /// Is not there: brick.
    Missing,
}

impl Tone {
    /// The end of its class names: `badge--good`.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Note => "note",
            Self::Good => "good",
            Self::Attention => "attention",
            Self::Missing => "missing",
        }
    }

    /// Its icon, where nothing more telling is at hand.
    pub fn icon(self) -> Icon {
        match self {
            Self::Calm => Icon::Empty,
            Self::Note => Icon::Note,
            Self::Good => Icon::Good,
            Self::Attention => Icon::Attention,
            Self::Missing => Icon::Missing,
        }
    }

    /// Its word.
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Self::Calm => t::common_waiting(locale),
            Self::Note => t::common_note(locale),
            Self::Good => t::common_good(locale),
            Self::Attention => t::common_attention(locale),
            Self::Missing => t::common_missing(locale),
        }
    }
}
