//! Newtype ids and codes: an id of one thing can never be passed where another is meant.
//!
//! Ids are 64 random bits drawn by a shell and written as 16 hexadecimal digits (JavaScript would round a number
//! above 2^53). Codes are short texts that people wrote: a unit, a role, a stage.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not an id: sixteen hexadecimal digits were expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: sixteen hexadecimal digits expected")]
pub struct IdError;

/// A code that breaks the rules: 1 to 64 bytes, no control character, no space at either end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a code: 1 to 64 bytes without control characters or spaces at the ends expected")]
pub struct CodeError;

macro_rules! id64 {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{:016x}", self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:016x})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let plain = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
                if !plain { return Err(IdError); }
                u64::from_str_radix(text, 16).map(Self).map_err(|_| IdError)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

id64! {
    /// A person with rights in Cascade (not a trainee on a list).
    AccountId;
    /// One browser profile joined to one account.
    DeviceId;
    /// One load of the page on a device; event numbers count within it.
    RunId;
    /// A person who is trained or trains.
    PersonId;
    /// One group taught on one or more days.
    SessionId;
    /// A polling station.
    StationId;
    /// A room where sessions are held.
    VenueId;
    /// One plan of one stage in one shard.
    PlanId;
    /// One imported file.
    ImportId;
    /// One right given to one account.
    GrantId;
}

macro_rules! code {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The text of the code.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), &*self.0)
            }
        }
        impl FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                if is_code(text) { Ok(Self(text.into())) } else { Err(CodeError) }
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.serialize_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

code! {
    /// A node of the territory: nation, region, district.
    UnitCode;
    /// An election role, such as `pec-member`.
    RoleCode;
    /// One tier of the cascade, such as `rec`.
    StageCode;
    /// A curriculum topic.
    ModuleCode;
    /// The unit whose records sync together; also the name of its storage object.
    ShardId;
    /// A programme, such as `kyrgyzstan-2021`.
    ProgrammeSlug;
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && text.trim() == text && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        for id in [0, 1, 0x00ff_ffff_ffff_ffff, u64::MAX] {
            let text = PersonId(id).to_string();
            assert_eq!(text.parse(), Ok(PersonId(id)), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_no_id_is_refused() {
        for text in ["", "1", "+000000000000001", "000000000000000g", "00000000000000001"] {
            assert_eq!(text.parse::<PersonId>(), Err(IdError), "{text:?}");
        }
    }

    #[test]
    fn a_code_keeps_leading_zeros_and_refuses_blanks_at_the_ends() {
        assert_eq!("01.10".parse::<UnitCode>().map(|c| c.to_string()), Ok("01.10".into()));
        for text in ["", " a", "a ", "a\nb"] {
            assert_eq!(text.parse::<UnitCode>(), Err(CodeError), "{text:?}");
        }
    }
}
