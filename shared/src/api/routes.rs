//! Every route of the HTTP API, as data: what it is called by, who may call it, within which scope, how much it reads.
//!
//! The server dispatches from this table and checks rights by it, so a route that is not here does not exist; the
//! permission table in the docs, the OpenAPI document and the test that walks every route with every role are made
//! from it. The page's own files are no part of it.

mod table;

pub use table::ROUTES;

use crate::grant::{AccountRole, Action, Grant};
use crate::id::ShardId;

/// Where the API begins.
pub const PREFIX: &str = "/api/v1/";

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Verb {
    Get,
    Post,
    Put,
}

impl Verb {
    /// As HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// Which handler answers: the server matches on it, so no row of the table is without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum RouteId {
    Health,
    Join,
    RegistryToken,
    Me,
    ReadProgramme,
    PutProgramme,
    DayOffset,
    EndRecovery,
    Metrics,
    OpenApi,
    Accounts,
    Invite,
    AddGrant,
    ChangeGrant,
    EndGrant,
    Devices,
    EndDevice,
    FurtherCode,
    Overview,
    ShardToken,
    Sync,
    Parcels,
    Log,
    Erase,
    Keys,
    CheckReceipt,
    Sessions,
    StageSessions,
    Stations,
    Held,
    ImportParts,
    PlanProblem,
    TestRead,
    TestDo,
}

/// Who may call a route at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// Anybody.
    Anybody,
    /// Whoever brings a join code that can still be used.
    JoinCode,
    /// A joined device, by its signature under a challenge of the object it asks.
    DeviceSignature,
    /// An account, by a token of the registry.
    Account,
    /// An account, or whoever has the key of the server's folder.
    AccountOrOperator,
    /// Whoever has the key of the server's folder.
    Operator,
    /// Whoever has the key of the server's folder, on a server made with the demo.
    DemoOperator,
    /// An account, by a token of the very shard.
    ShardToken,
    /// Tests alone: elsewhere the route does not exist.
    Tests,
}

/// Which right an account needs for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// None but being let in.
    None,
    /// A role that this action is allowed to.
    Action(Action),
    /// None to deposit what waits; each event is judged by the action it needs, and the view by the grants.
    EachEvent,
}

/// Of what the right must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Of nothing in particular: all who may call get the same, or only what is their own.
    Free,
    /// Of anything: the answer is cut down to what the right reaches.
    CutDown,
    /// Of the shard that the path names.
    Shard,
    /// Of everything: the right must not be bound to a shard.
    Programme,
    /// Of what the path's account and the body name: it must be below the caller and inside the caller's own scope.
    Named,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// No body.
    Nothing,
    /// JSON of a type of `shared`, named without its path.
    Json(&'static str),
    /// Plain text.
    Text,
}

/// One route.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Which.
    pub id: RouteId,
    /// Method.
    pub verb: Verb,
    /// Path; a segment in braces stands for any text.
    pub path: &'static str,
    /// Who may call.
    pub caller: Caller,
    /// Which right is needed.
    pub right: Right,
    /// Of what.
    pub scope: Scope,
    /// Bytes of a request's body; more is refused with 413.
    pub limit_bytes: usize,
    /// The request's body.
    pub request: Content,
    /// The body of a 200.
    pub response: Content,
    /// What it is for.
    pub purpose: &'static str,
}

/// What a path and a method name.
#[derive(Debug)]
pub enum Found<'p> {
    /// A route, and the texts in the place of its braces, in their order.
    Route(&'static Route, Vec<&'p str>),
    /// A path of the table under other methods: these.
    OtherVerbs(Vec<Verb>),
    /// Nothing of the table.
    Nothing,
}

/// Finds the route of a request.
pub fn find<'p>(method: &str, path: &'p str) -> Found<'p> {
    let mut others = vec![];
    for route in ROUTES {
        let Some(texts) = route.texts(path) else { continue };
        if route.verb.as_str() == method {
            return Found::Route(route, texts);
        }
        others.push(route.verb);
    }
    if others.is_empty() { Found::Nothing } else { Found::OtherVerbs(others) }
}

/// The row of a route.
pub fn route(id: RouteId) -> &'static Route {
    // Every id has a row: the test below holds it.
    ROUTES.iter().find(|route| route.id == id).unwrap_or(&ROUTES[0])
}

impl Route {
    /// The texts in the place of the braces, where the path is this route's.
    fn texts<'p>(&self, path: &'p str) -> Option<Vec<&'p str>> {
        let mut texts = vec![];
        let mut segments = path.split('/');
        for pattern in self.path.split('/') {
            let segment = segments.next()?;
            if pattern.starts_with('{') {
                texts.push(segment);
            } else if pattern != segment {
                return None;
            }
        }
        segments.next().is_none().then_some(texts)
    }

    /// The names in the path's braces, in their order.
    pub fn names(&self) -> Vec<&'static str> {
        let segments = self.path.split('/');
        segments.filter_map(|s| s.strip_prefix('{').and_then(|s| s.strip_suffix('}'))).collect()
    }

    /// Whether grants that hold let an account in; `shard` is the one that the path names. What the body names is
    /// judged after this, by [`Scope::Named`].
    pub fn lets_in(&self, grants: &[Grant], shard: Option<&ShardId>) -> bool {
        let reaches = |grant: &Grant| match self.scope {
            Scope::Programme => grant.shard.is_none(),
            Scope::Shard => shard.is_some_and(|s| grant.covers(s)),
            Scope::Free | Scope::CutDown | Scope::Named => true,
        };
        grants.iter().any(|grant| self.open_to(grant.role) && reaches(grant))
    }

    /// Whether an account of a role may use it inside its scope.
    pub fn open_to(&self, role: AccountRole) -> bool {
        let called_by_accounts =
            matches!(self.caller, Caller::Account | Caller::AccountOrOperator | Caller::ShardToken);
        called_by_accounts
            && match self.right {
                Right::None | Right::EachEvent => true,
                Right::Action(action) => action.allowed(role),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_id_has_one_row_and_each_row_its_own_method_and_path() {
        let ids: BTreeSet<RouteId> = ROUTES.iter().map(|r| r.id).collect();
        let places: BTreeSet<(Verb, &str)> = ROUTES.iter().map(|r| (r.verb, r.path)).collect();
        assert_eq!((ids.len(), places.len()), (ROUTES.len(), ROUTES.len()));
        for row in ROUTES {
            assert_eq!(route(row.id).path, row.path);
        }
    }

    #[test]
    fn a_row_asks_for_a_scope_only_where_its_path_or_body_names_one() {
        for row in ROUTES {
            assert_eq!(row.names().contains(&"shard"), row.scope == Scope::Shard, "{}", row.path);
            let names_account = row.names().contains(&"account");
            assert!(!names_account || row.scope == Scope::Named, "{}", row.path);
            let names_any = names_account || row.request != Content::Nothing;
            assert!(names_any || row.scope != Scope::Named, "{}", row.path);
            assert_eq!(
                row.request == Content::Nothing,
                row.limit_bytes == 0,
                "{} reads what it has no type for",
                row.path
            );
            assert!(row.purpose.ends_with('.'), "{}", row.path);
        }
    }

    #[test]
    fn a_path_finds_its_route_its_texts_or_the_methods_it_has() {
        match find("GET", "/api/v1/shards/kg-osh/sessions/pec") {
            Found::Route(route, texts) => {
                assert_eq!((route.id, texts), (RouteId::StageSessions, vec!["kg-osh", "pec"]));
            }
            other => panic!("{other:?}"),
        }
        match find("DELETE", "/api/v1/programme") {
            Found::OtherVerbs(verbs) => assert_eq!(verbs, [Verb::Get, Verb::Put]),
            other => panic!("{other:?}"),
        }
        for path in
            ["/api/v1/nosuch", "/api/v1/shards/kg-osh", "/api/v1/health/", "/api/v1/shards/a/internal/tally"]
        {
            assert!(matches!(find("GET", path), Found::Nothing), "{path}");
        }
    }
}
