//! The languages of the page.

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
    /// English words running from right to left: shows what a right-to-left language will meet.
    Rtl,
}

impl Locale {
    /// The languages that people are offered.
    pub const OFFERED: [Self; 2] = [Self::En, Self::Ru];

    /// The BCP 47 tag, as in `lang` and in programme texts.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Rtl => "en-XB",
        }
    }

    /// The writing direction, as in `dir`.
    pub fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Ru => "ltr",
            Self::Rtl => "rtl",
        }
    }

    /// The language's own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
            Self::Rtl => "⇆ English",
        }
    }

    /// The tag whose dates are shown: English means day before month.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn intl_tag(self) -> &'static str {
        match self {
            Self::En | Self::Rtl => "en-GB",
            Self::Ru => "ru",
        }
    }

    /// Its place in the generated tables; the pseudo-locale turns the texts of English.
    pub(crate) fn index(self) -> usize {
        match self {
            Self::En | Self::Rtl => 0,
            Self::Ru => 1,
        }
    }

    /// The language of a tag (`ru`, `ru-KG`, `en-XB`), if the page has it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let base = tag.split(['-', '_']).next().unwrap_or(tag);
        if tag.eq_ignore_ascii_case("en-XB") {
            Some(Self::Rtl)
        } else if base.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else if base.eq_ignore_ascii_case("ru") {
            Some(Self::Ru)
        } else {
            None
        }
    }

    /// The first language of a list of wishes that the page has, else English.
    pub fn best_of<'a>(wishes: impl IntoIterator<Item = &'a str>) -> Self {
        wishes.into_iter().find_map(Self::from_tag).unwrap_or_default()
    }
}
