//! Line icons, drawn on a grid of 24 with the colour of the text around them; always beside a word.

use yew::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident: $path:literal;)*) => {
        /// An icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($(#[$doc])* $name,)* }

        impl Icon {
            fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

icons! {
    /// A tick: present, chosen.
    Check: "M5 12.5l4.5 4.5L19 7.5";
    /// A cross: absent, close.
    Cross: "M6.5 6.5l11 11M17.5 6.5l-11 11";
    /// A clock: late, waiting.
    Clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2";
    /// A note with lines: excused, a written reason.
    Excuse: "M6 3.5h12v17H6zM9.2 8.5h5.6M9.2 12h5.6M9.2 15.5h3";
    /// Two arrows apart: observers differ.
    Differ: "M12 4v16M8 8.5L4.5 12 8 15.5M16 8.5l3.5 3.5-3.5 3.5";
    /// Needs a look.
    Attention: "M12 4L2.8 20h18.4zM12 10v4.6M12 17.2v.3";
    /// Is not there.
    Missing: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6";
    /// Is as it should be.
    Good: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.3l2.8 2.8L16 9.5";
    /// Good to know.
    Note: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.4v.3";
    /// Not begun.
    Empty: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z";
    /// Half done.
    Half: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v10M12 7a5 5 0 0 1 0 10";
    /// This device.
    Tablet: "M6.5 3h11a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 17.8h2";
    /// The commission.
    Commission: "M3.5 20.5h17M5.5 17.5v-6M10 17.5v-6M14 17.5v-6M18.5 17.5v-6M3.5 8.8L12 3.8l8.5 5z";
    /// No connection.
    Offline: "M3.5 3.5l17 17M17.6 18.5H7a4.8 4.8 0 0 1-.9-9.5M9.3 6.3A6 6 0 0 1 18 10.6a4 4 0 0 1 2.7 6.1";
    /// Exchange.
    Sync: "M20 11a8 8 0 0 0-14.2-4.2L4 8.6M4 4.4v4.2h4.2M4 13a8 8 0 0 0 14.2 4.2l1.8-1.8M20 19.6v-4.2h-4.2";
    /// A person.
    Person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4.2 3.4-6.5 7.5-6.5s6.9 2.3 7.5 6.5";
    /// Several people.
    People: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.4c2 .8 3.2 2.7 3.5 5.6";
    /// A day, sessions.
    Calendar: "M4.5 5.5h15v14.5h-15zM4.5 10h15M8.5 3v4M15.5 3v4";
    /// The overview.
    Overview: "M4 4h7v9H4zM13.5 4H20v5h-6.5zM13.5 11.5H20V20h-6.5zM4 15.5h7V20H4z";
    /// The programme.
    Programme: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11";
    /// Into here; also: download.
    Import: "M12 3.5V14M7.5 9.8l4.5 4.4 4.5-4.4M4 16.5v4h16v-4";
    /// The plan.
    Plan: "M4 6h8M8 12h9M13 18h7M4 3.5v17";
    /// A document.
    Report: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6";
    /// Access.
    Key: "M8 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 13l8.5-8.5M16 8l2.5 2.5";
    /// Print.
    Print: "M7.5 8V3.5h9V8M7.5 17H4V8h16v9h-3.5M7.5 14h9v6.5h-9z";
    /// Search.
    Search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21";
    /// Language.
    Language: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9c-2.6-2.6-3.8-5.6-3.8-9S9.4 5.6 12 3z";
    /// Onward.
    Forward: "M9 5l7 7-7 7";
    /// Back.
    Backward: "M15 5l-7 7 7 7";
    /// Opens downward.
    Down: "M5.5 9l6.5 6.5L18.5 9";
    /// Smallest first.
    SortUp: "M12 19.5V5M6.5 10.5L12 5l5.5 5.5";
    /// Largest first.
    SortDown: "M12 4.5V19M6.5 13.5L12 19l5.5-5.5";
    /// Take it back.
    Undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3";
    /// A QR code.
    Qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM19 14h1M14 19v1";
    /// A place.
    Place: "M12 21s7-6.3 7-11.5a7 7 0 0 0-14 0C5 14.7 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z";
    /// Kept shut.
    Lock: "M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
    /// A certificate.
    Certificate: "M12 3l7 3v5.5c0 4.6-2.8 7.7-7 9.5-4.2-1.8-7-4.9-7-9.5V6zM9 12l2.2 2.2L15.2 10";
    /// Begin.
    Play: "M8 5l11 7-11 7z";
    /// Add.
    Plus: "M12 5v14M5 12h14";
    /// The keyboard.
    Keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8";
    /// Storage.
    Storage: "M4 6.5C4 4.6 7.6 3.5 12 3.5s8 1.1 8 3-3.6 3-8 3-8-1.1-8-3zM4 6.5v11c0 1.9 3.6 3 8 3s8-1.1 8-3v-11M4 12c0 1.9 3.6 3 8 3s8-1.1 8-3";
    /// Topics.
    Topics: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01";
    /// Settled: shut.
    Close: "M5 20.5v-17h10v17M3 20.5h18M12 12.5h.01M15 6.5h4v14";
    /// Kit.
    Kit: "M4 8l8-4.5L20 8v8.5L12 21l-8-4.5zM4 8l8 4.5L20 8M12 12.5V21";
    /// Photos.
    Photo: "M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z";
}

impl Icon {
    /// Whether the icon points along the text and so turns with it.
    fn turns(self) -> bool {
        matches!(self, Self::Forward | Self::Backward | Self::Undo | Self::Play | Self::Plan | Self::Topics)
    }
}

/// What an icon takes.
#[derive(Properties, PartialEq)]
pub struct IconMarkProps {
    /// Which.
    pub icon: Icon,
}

/// An icon as a picture without a name: the word beside it is the name.
#[component]
pub fn IconMark(props: &IconMarkProps) -> Html {
    let class = classes!("icon", props.icon.turns().then_some("icon--turns"));
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={props.icon.path()} />
        </svg>
    }
}
