//! The addresses of the page. Every screen has one, so that it can be reloaded, sent and opened offline.

use shared::id::SessionId;

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Route {
    /// `/`: the first screen of the account, or the start where there is none.
    #[default]
    Home,
    /// `/join`: joining this device to one more account.
    Join,
    /// `/sessions`: all sessions this device may see.
    Sessions,
    /// `/session/<id>`
    Session(SessionId),
    /// `/ready`: getting ready for days without a connection.
    Ready,
    /// `/records`: every own record and where it is.
    Records,
    /// `/receipts`: what the commission signed for this device.
    Receipts,
    /// `/parcels`: records sent with another device.
    Parcels,
    /// `/hq/..`: headquarters.
    Hq(HqPage),
    /// No such page.
    Missing,
}

/// A screen of headquarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum HqPage {
    Overview,
    Programme,
    Import,
    Plan,
    Report,
    Access,
    Held,
}

impl HqPage {
    /// All, in the order of the rail.
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Programme, Self::Import, Self::Plan, Self::Report, Self::Access, Self::Held];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => "/hq",
            Self::Programme => "/hq/programme",
            Self::Import => "/hq/import",
            Self::Plan => "/hq/plan",
            Self::Report => "/hq/report",
            Self::Access => "/hq/access",
            Self::Held => "/hq/held",
        }
    }
}

impl Route {
    /// The screen of a path.
    pub fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        if let Some(page) = HqPage::ALL.into_iter().find(|p| p.path() == path) {
            return Self::Hq(page);
        }
        match path {
            "" => Self::Home,
            "/join" => Self::Join,
            "/sessions" => Self::Sessions,
            "/ready" => Self::Ready,
            "/records" => Self::Records,
            "/receipts" => Self::Receipts,
            "/parcels" => Self::Parcels,
            _ => path
                .strip_prefix("/session/")
                .and_then(|id| id.parse().ok())
                .map_or(Self::Missing, Self::Session),
        }
    }

    /// Whether only the whole application has it: rarely needed, so a trainer's first visit does without.
    pub fn is_of_the_whole(self) -> bool {
        matches!(self, Self::Records | Self::Receipts | Self::Parcels)
    }

    /// Its path.
    pub fn path(self) -> String {
        match self {
            Self::Home | Self::Missing => "/".to_owned(),
            Self::Join => "/join".to_owned(),
            Self::Sessions => "/sessions".to_owned(),
            Self::Session(id) => format!("/session/{id}"),
            Self::Ready => "/ready".to_owned(),
            Self::Records => "/records".to_owned(),
            Self::Receipts => "/receipts".to_owned(),
            Self::Parcels => "/parcels".to_owned(),
            Self::Hq(page) => page.path().to_owned(),
        }
    }
}

/// Where the reader is: a screen and what its address asks of it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Location {
    /// The screen.
    pub route: Route,
    /// What stands after the question mark, as `name=value&name=value`; empty where nothing does.
    pub query: String,
}

impl Location {
    /// Reads an address inside the page: `/hq/plan?shard=kg-naryn`.
    pub fn of(address: &str) -> Self {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Self { route: Route::of(path), query: query.to_owned() }
    }

    /// The address.
    pub fn address(&self) -> String {
        let path = self.route.path();
        if self.query.is_empty() { path } else { format!("{path}?{}", self.query) }
    }

    /// A value of the query, as it stands there (the codes and ids of Cascade need no escapes).
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.split('&').filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name).map(|p| p.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_reads_back_its_own_address() {
        let mut all =
            vec![Route::Home, Route::Join, Route::Sessions, Route::Session(SessionId(7)), Route::Ready];
        all.extend([Route::Records, Route::Receipts, Route::Parcels]);
        all.extend(HqPage::ALL.map(Route::Hq));
        for route in all {
            assert_eq!(Route::of(&route.path()), route);
        }
        assert_eq!(Route::of("/session/nonsense"), Route::Missing);
        assert_eq!(Route::of("/hq/"), Route::Hq(HqPage::Overview));
    }

    #[test]
    fn an_address_keeps_what_it_asks() {
        let location = Location::of("/hq/plan?shard=kg-naryn&stage=pec#top");
        assert_eq!(location.route, Route::Hq(HqPage::Plan));
        assert_eq!((location.asked("stage"), location.asked("x")), (Some("pec"), None));
        assert_eq!(location.address(), "/hq/plan?shard=kg-naryn&stage=pec");
    }
}
