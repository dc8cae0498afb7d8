//! `docs/permissions.md`: the permission table, written from the code that decides.

use anyhow::{Context, Result};
use shared::api::routes::{Caller, Content, ROUTES, Right, Route, Scope};
use shared::grant::{AccountRole, Action};
use std::fmt::Write;
use std::path::Path;

/// Where it is.
pub const PLACE: &str = "docs/permissions.md";

/// Writes it.
///
/// # Errors
/// When the file cannot be written.
pub fn run(root: &Path) -> Result<()> {
    std::fs::write(root.join(PLACE), text()).context(PLACE)
}

/// What it must say.
pub fn text() -> String {
    let mut text = String::from(BEGINNING);
    let names = AccountRole::ALL.map(|role| format!("{role:?}").to_lowercase());
    let _ = writeln!(text, "| action | {} |", names.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(names.len()));
    for action in Action::ALL {
        let yes = AccountRole::ALL.map(|role| if action.allowed(role) { "yes" } else { "" });
        let _ = writeln!(
            text,
            "| `{action:?}`{} | {} |",
            if action.writes() { " *" } else { "" },
            yes.join(" | ")
        );
    }
    text.push_str(ROUTES_BEGIN);
    for route in ROUTES {
        let _ = writeln!(text, "{}", row(route));
    }
    text
}

fn row(route: &Route) -> String {
    let Route { verb, path, limit_bytes, purpose, .. } = route;
    let right = match route.right {
        Right::None => String::new(),
        Right::Action(action) => format!("`{action:?}`"),
        Right::EachEvent => "judged event by event".into(),
    };
    let body = |content| match content {
        Content::Nothing => String::new(),
        Content::Json(name) => format!("`{name}`"),
        Content::Text => "text".into(),
    };
    let limit = if *limit_bytes == 0 { String::new() } else { format!("{limit_bytes}") };
    let cells = [
        format!("`{} {path}`", verb.as_str()),
        caller(route.caller).into(),
        right,
        scope(route.scope).into(),
        body(route.request),
        limit,
        body(route.response),
        (*purpose).to_owned(),
    ];
    format!("| {} |", cells.join(" | "))
}

fn caller(caller: Caller) -> &'static str {
    match caller {
        Caller::Anybody => "anybody",
        Caller::JoinCode => "join code",
        Caller::DeviceSignature => "signature of a joined device",
        Caller::Account => "account",
        Caller::AccountOrOperator => "account, operator",
        Caller::Operator => "operator",
        Caller::DemoOperator => "operator of a demo",
        Caller::ShardToken => "token of the shard",
        Caller::Tests => "tests alone",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Free => "",
        Scope::CutDown => "cut down to the caller's",
        Scope::Shard => "the path's shard",
        Scope::Programme => "the whole programme",
        Scope::Named => "below the caller, inside the caller's",
    }
}

const BEGINNING: &str = "\
# Who may do what

Written by `cargo xtask docs` from `shared::grant::Action` and `shared::api::routes`; `cargo xtask tidy` fails when it is
stale. The server decides by the same two tables, and `tests/tests/permissions.rs` walks every route with every role.

A right holds inside the scope of its grant: one shard, or the whole programme. An account is made, changed and ended
by somebody above it, inside their own scope.

## Actions

Those with a star add records to a shard. A trainer marks, takes and settles only in sessions of their own.

";

const ROUTES_BEGIN: &str = "
## Routes

*Operator* is whoever has the key of the server's folder. A token holds for fifteen minutes, for one device and for the
object that gave it. No, another object's, an expired or a changed token: 401. A right that has ended: 401 `revoked`.
A right that is missing: 403. The limit is in bytes of a request's body; a route without one reads none.

| route | who | right | of what | request | limit | answer | purpose |
|---|---|---|---|---|---|---|---|
";
