//! What can be wrong in a pack: one stable code with parameters for each fault.
//!
//! The page translates by code; `Display` is the English sentence for logs, tests and the command line.

/// How many problems of one pack are listed; a broken generator can make any number of them.
pub const MAX_PROBLEMS: usize = 200;

/// One thing wrong in a pack: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// Where in the file, such as `stages[2].taught_by`; empty where the whole file is meant.
    pub path: String,
    /// What is wrong there.
    pub fault: PackFault,
}

impl core::fmt::Display for PackProblem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.fault)
    }
}

macro_rules! faults {
    ($($name:ident { $($field:ident: $kind:ty),* } $code:literal $sentence:literal;)*) => {
        /// A fault of a pack; its fields are the parameters of its sentence.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[allow(missing_docs)]
        pub enum PackFault {
            $(#[error($sentence)] $name { $($field: $kind),* },)*
        }

        impl PackFault {
            /// Every code there is, for a test that each has a translation.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code, such as `unknown-parent`.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }

            /// The parameters of the sentence, by name.
            pub fn params(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$name { $($field),* } => vec![$((stringify!($field), $field.to_string())),*],)*
                }
            }
        }
    };
}

faults! {
    FileTooLarge { max_bytes: usize } "file-too-large" "the file is larger than {max_bytes} bytes";
    Unreadable { line: usize, column: usize, reason: String } "unreadable" "line {line}, column {column}: {reason}";
    Format { found: u32, readable: u32 } "format" "this pack is format {found}; this Cascade reads {readable}";
    TooMany { found: usize, max: usize } "too-many" "{found} entries; at most {max} are allowed";
    Empty {} "empty" "at least one entry is needed";
    NoEnglish {} "no-english" "the English text (en) is missing";
    BlankText { tag: String } "blank-text" "the text in {tag} is blank";
    LongText { tag: String, max: usize } "long-text" "the text in {tag} is longer than {max} characters";
    BadTag { tag: String } "bad-tag" "{tag} is not a language tag such as en or az-Cyrl";
    Blank {} "blank" "this must not be blank";
    Long { max: usize } "long" "longer than {max} characters";
    Repeated { value: String } "repeated" "{value} is listed twice";
    BadName { name: String } "bad-name" "{name} may hold only a-z, 0-9 and hyphens between them";
    BadCountry { country: String } "bad-country" "{country} is not a country code of two capital letters";
    OutOfRange { value: String, min: String, max: String } "out-of-range" "{value} lies outside {min} to {max}";
    DuplicateCode { code: String } "duplicate-code" "the code {code} is used twice";
    NoNation {} "no-nation" "no unit has the level nation";
    SecondNation { first: String } "second-nation" "a second nation; {first} is already the nation";
    NationInside { parent: String } "nation-inside" "the nation cannot lie in {parent}";
    NoParent { unit: String } "no-parent" "{unit} is not the nation, so it needs a parent";
    UnknownParent { parent: String } "unknown-parent" "no unit has the code {parent}";
    ParentAfterChild { parent: String } "parent-after-child" "the parent {parent} must come before the units in it";
    UnitCycle { unit: String } "unit-cycle" "{unit} lies in itself";
    ParentBelow { parent: String } "parent-below" "the parent {parent} is not of a higher level";
    AmbiguousName { name: String, other: String } "ambiguous-name" "{name} could also mean {other}, its neighbour";
    NoShard { unit: String } "no-shard" "{unit} belongs to no shard: give one to it or to a unit above it";
    DuplicateShard { shard: String, other: String } "duplicate-shard" "the shard {shard} already belongs to {other}";
    UnknownRole { role: String } "unknown-role" "no role has the code {role}";
    UnknownStage { stage: String } "unknown-stage" "no stage has the code {stage}";
    UnknownSource { source_index: usize, sources: usize } "unknown-source" "source {source_index} of {sources} (the first is 0)";
    WindowReversed { first: String, last: String } "window-reversed" "the window ends on {last}, before it begins on {first}";
    WindowTooLong { days: usize, max: usize } "window-too-long" "the window spans {days} days; at most {max} are allowed";
    WindowTooShort { taught: usize, days: usize } "window-too-short" "a session takes {days} days; the window has {taught} taught days";
    AfterElection { last: String, election: String } "after-election" "the window ends on {last}, not before polling day, {election}";
    NormOverMax { norm: u16, max: u16 } "norm-over-max" "the norm {norm} is greater than the maximum {max}";
    SlotCount { slots: usize, starts: usize } "slot-count" "{slots} slots a day, but {starts} starting times";
    SlotOverlap { start_min: u32, free_min: u32 } "slot-overlap" "the slot at minute {start_min} begins before the one above ends, at minute {free_min}";
    FirstStageTaught { stage: String } "first-stage-taught" "{stage} is the first tier: no tier can teach it";
    StageCycle { stage: String } "stage-cycle" "{stage} is taught by its own graduates";
    TaughtByLater { stage: String } "taught-by-later" "{stage} teaches this tier, so it must be listed above it";
    TaughtTooEarly { stage: String, first: String } "taught-too-early" "this tier ends before {stage}, which teaches it, has begun on {first}";
    ModulesTooLong { stage: String, minutes: u32, available: u32 } "modules-too-long" "the modules of {stage} take {minutes} minutes; a session has {available}";
    HolidayWorked { day: String } "holiday-worked" "{day} is both a holiday and a working day";
    NoTaughtWeekday {} "no-taught-weekday" "all seven weekdays rest";
}
