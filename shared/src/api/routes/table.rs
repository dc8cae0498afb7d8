//! The rows of the table; see [`super`] for what a row says.

use super::{Caller, Content, Right, Route, RouteId, Scope, Verb};
use crate::grant::Action;

/// What most rows say: an account reads something.
const ROUTE: Route = Route {
    id: RouteId::Health,
    verb: Verb::Get,
    path: "",
    caller: Caller::Account,
    right: Right::None,
    scope: Scope::Free,
    limit_bytes: 0,
    request: Content::Nothing,
    response: Content::Nothing,
    purpose: "",
};

/// What changes an account.
const MANAGE: Route = Route {
    caller: Caller::AccountOrOperator,
    right: Right::Action(Action::ManageAccess),
    scope: Scope::Named,
    limit_bytes: 10_000,
    ..ROUTE
};

/// The table.
#[allow(clippy::needless_update, reason = "each row says only what is its own, and some say everything")]
pub static ROUTES: &[Route] = &[
    Route {
        id: RouteId::Health,
        path: "/api/v1/health",
        caller: Caller::Anybody,
        response: Content::Json("Health"),
        purpose: "Says whether the server can do its work, and which build it serves.",
        ..ROUTE
    },
    Route {
        id: RouteId::Join,
        verb: Verb::Post,
        path: "/api/v1/join",
        caller: Caller::JoinCode,
        limit_bytes: 4_000,
        request: Content::Json("Join"),
        response: Content::Json("Joined"),
        purpose: "Joins a device to the account of a code.",
        ..ROUTE
    },
    Route {
        id: RouteId::RegistryToken,
        verb: Verb::Post,
        path: "/api/v1/token",
        caller: Caller::DeviceSignature,
        limit_bytes: 4_000,
        request: Content::Json("AskToken"),
        response: Content::Json("Token"),
        purpose: "Signs a device in at the registry, for fifteen minutes.",
        ..ROUTE
    },
    Route {
        id: RouteId::Me,
        path: "/api/v1/me",
        response: Content::Json("Me"),
        purpose: "Says who the caller is and where the programme stands.",
        ..ROUTE
    },
    Route {
        id: RouteId::ReadProgramme,
        path: "/api/v1/programme",
        caller: Caller::AccountOrOperator,
        right: Right::Action(Action::ReadProgramme),
        response: Content::Json("Programme"),
        purpose: "The programme's pack.",
        ..ROUTE
    },
    Route {
        id: RouteId::PutProgramme,
        verb: Verb::Put,
        path: "/api/v1/programme",
        caller: Caller::AccountOrOperator,
        right: Right::Action(Action::PutProgramme),
        scope: Scope::Programme,
        limit_bytes: 1_500_000,
        request: Content::Json("Programme"),
        response: Content::Json("u64"),
        purpose: "Loads a newer pack; answers its version.",
        ..ROUTE
    },
    Route {
        id: RouteId::DayOffset,
        verb: Verb::Put,
        path: "/api/v1/operator/day-offset",
        caller: Caller::DemoOperator,
        limit_bytes: 100,
        request: Content::Json("i32"),
        response: Content::Json("i32"),
        purpose: "Moves the programme's day, on a server made with the demo.",
        ..ROUTE
    },
    Route {
        id: RouteId::EndRecovery,
        verb: Verb::Post,
        path: "/api/v1/operator/recovery/end",
        caller: Caller::Operator,
        right: Right::None,
        scope: Scope::Free,
        limit_bytes: 0,
        request: Content::Nothing,
        response: Content::Json("Option<Recovered>"),
        purpose: "Ends a recovery without the shards that stay silent; answers how the last one ended.",
    },
    Route {
        id: RouteId::Metrics,
        verb: Verb::Get,
        path: "/api/v1/metrics",
        caller: Caller::Operator,
        right: Right::None,
        scope: Scope::Free,
        limit_bytes: 0,
        request: Content::Nothing,
        response: Content::Text,
        purpose: "Counts of what the server has done since it started, as Prometheus reads them.",
    },
    Route {
        id: RouteId::OpenApi,
        path: "/api/v1/openapi.json",
        caller: Caller::Anybody,
        response: Content::Json("OpenApi"),
        purpose: "This API as an OpenAPI document: the file docs/openapi.json of the running version.",
        ..ROUTE
    },
    Route {
        id: RouteId::Accounts,
        path: "/api/v1/accounts",
        caller: Caller::AccountOrOperator,
        right: Right::Action(Action::ReadAccounts),
        scope: Scope::CutDown,
        response: Content::Json("Vec<AccountLine>"),
        purpose: "Accounts with their grants; a coordinator's list has those that reach no further than the own shard.",
        ..ROUTE
    },
    Route {
        id: RouteId::Invite,
        verb: Verb::Post,
        path: "/api/v1/accounts",
        caller: Caller::AccountOrOperator,
        right: Right::Action(Action::Invite),
        scope: Scope::Named,
        limit_bytes: 10_000,
        request: Content::Json("Invite"),
        response: Content::Json("Invited"),
        purpose: "Makes an account, or a new code for a trainer who has one.",
        ..ROUTE
    },
    Route {
        id: RouteId::AddGrant,
        verb: Verb::Post,
        path: "/api/v1/accounts/{account}/grants",
        request: Content::Json("AddGrant"),
        response: Content::Json("Grant"),
        purpose: "Gives an account a further right.",
        ..MANAGE
    },
    Route {
        id: RouteId::ChangeGrant,
        verb: Verb::Post,
        path: "/api/v1/accounts/{account}/grants/{grant}",
        request: Content::Json("ChangeGrant"),
        response: Content::Json("Grant"),
        purpose: "Lets a right end later or sooner, and says which sessions a monitor observes.",
        ..MANAGE
    },
    Route {
        id: RouteId::EndGrant,
        verb: Verb::Post,
        path: "/api/v1/accounts/{account}/grants/{grant}/end",
        request: Content::Json("EndAccess"),
        response: Content::Json("Grant"),
        purpose: "Ends a right at once, in the ordinary way or for cause.",
        ..MANAGE
    },
    Route {
        id: RouteId::Devices,
        path: "/api/v1/accounts/{account}/devices",
        caller: Caller::Account,
        right: Right::Action(Action::ReadAccounts),
        limit_bytes: 0,
        response: Content::Json("Vec<DeviceLine>"),
        purpose: "An account's devices: where each is, when it was last seen, what it holds.",
        ..MANAGE
    },
    Route {
        id: RouteId::EndDevice,
        verb: Verb::Post,
        path: "/api/v1/accounts/{account}/devices/{device}/end",
        request: Content::Json("EndAccess"),
        response: Content::Json("DeviceLine"),
        purpose: "Revokes one device; its account goes on.",
        ..MANAGE
    },
    Route {
        id: RouteId::FurtherCode,
        verb: Verb::Post,
        path: "/api/v1/accounts/{account}/codes",
        request: Content::Nothing,
        limit_bytes: 0,
        response: Content::Json("Invited"),
        purpose: "A code by which a further device of the same person joins.",
        ..MANAGE
    },
    Route {
        id: RouteId::Overview,
        path: "/api/v1/overview",
        right: Right::Action(Action::ReadOverview),
        scope: Scope::CutDown,
        response: Content::Json("Overview"),
        purpose: "What each shard counted.",
        ..ROUTE
    },
    Route {
        id: RouteId::ShardToken,
        verb: Verb::Post,
        path: "/api/v1/shards/{shard}/token",
        caller: Caller::DeviceSignature,
        scope: Scope::Shard,
        limit_bytes: 4_000,
        request: Content::Json("AskToken"),
        response: Content::Json("Token"),
        purpose: "Signs a device in at a shard, for fifteen minutes; one whose right has ended too, to deposit what waits.",
        ..ROUTE
    },
    Route {
        id: RouteId::Sync,
        verb: Verb::Post,
        path: "/api/v1/shards/{shard}/sync",
        caller: Caller::ShardToken,
        right: Right::EachEvent,
        scope: Scope::Shard,
        limit_bytes: crate::sync::MAX_BODY_BYTES,
        request: Content::Json("Request"),
        response: Content::Json("Reply"),
        purpose: "Events up, verdicts and rows of the caller's view down.",
        ..ROUTE
    },
    Route {
        id: RouteId::Parcels,
        verb: Verb::Post,
        path: "/api/v1/shards/{shard}/parcels",
        caller: Caller::ShardToken,
        right: Right::EachEvent,
        scope: Scope::Shard,
        limit_bytes: crate::sync::MAX_BODY_BYTES,
        request: Content::Json("Parcel"),
        response: Content::Json("ParcelReply"),
        purpose: "What waits on another device, sealed and signed by it; judged under its author's rights.",
        ..ROUTE
    },
    Route {
        id: RouteId::Sessions,
        path: "/api/v1/shards/{shard}/sessions",
        right: Right::Action(Action::ReadSessions),
        scope: Scope::Shard,
        response: Content::Json("Vec<SessionLine>"),
        purpose: "Sessions and their counts.",
        ..ROUTE
    },
    Route {
        id: RouteId::Log,
        path: "/api/v1/shards/{shard}/log",
        right: Right::Action(Action::ReadLog),
        scope: Scope::Shard,
        response: Content::Json("LogPage"),
        purpose: "A page of the log, newest first: who, when by both clocks, verdict, before and after. \
                  `before` `after` `limit` `record` `account` `person` `session` `import` `kind` `clock=off`.",
        ..ROUTE
    },
    Route {
        id: RouteId::Erase,
        verb: Verb::Post,
        path: "/api/v1/shards/{shard}/erase",
        caller: Caller::ShardToken,
        right: Right::Action(Action::Erase),
        scope: Scope::Shard,
        limit_bytes: 100_000,
        request: Content::Json("Event"),
        response: Content::Json("Erasing"),
        purpose: "Erases what records hold; the chain stays whole and the log says who did it and why.",
        ..ROUTE
    },
    Route {
        id: RouteId::Keys,
        path: "/api/v1/keys",
        caller: Caller::Anybody,
        response: Content::Json("Keys"),
        purpose: "The public keys by which receipts are checked.",
        ..ROUTE
    },
    Route {
        id: RouteId::CheckReceipt,
        verb: Verb::Post,
        path: "/api/v1/receipts/check",
        right: Right::Action(Action::CheckReceipt),
        scope: Scope::CutDown,
        limit_bytes: 4_000,
        request: Content::Json("AskCheck"),
        response: Content::Json("Checked"),
        purpose: "Whether a receipt is the commission's, and which records it covers.",
        ..ROUTE
    },
    Route {
        id: RouteId::StageSessions,
        path: "/api/v1/shards/{shard}/sessions/{stage}",
        right: Right::Action(Action::ReadSessions),
        scope: Scope::Shard,
        response: Content::Json("Vec<SessionLine>"),
        purpose: "The same of one stage.",
        ..ROUTE
    },
    Route {
        id: RouteId::Stations,
        path: "/api/v1/shards/{shard}/stations",
        right: Right::Action(Action::ReadStationCodes),
        scope: Scope::Shard,
        response: Content::Json("Vec<StationLine>"),
        purpose: "Polling stations by number, to sort an import by shard.",
        ..ROUTE
    },
    Route {
        id: RouteId::Held,
        path: "/api/v1/shards/{shard}/held",
        right: Right::Action(Action::JudgeHeld),
        scope: Scope::Shard,
        response: Content::Json("Vec<HeldLine>"),
        purpose: "Records that wait for the coordinator's word.",
        ..ROUTE
    },
    Route {
        id: RouteId::ImportParts,
        path: "/api/v1/shards/{shard}/imports/{import}",
        right: Right::Action(Action::Import),
        scope: Scope::Shard,
        response: Content::Json("Vec<ImportLine>"),
        purpose: "What the parts of an import did.",
        ..ROUTE
    },
    Route {
        id: RouteId::PlanProblem,
        path: "/api/v1/shards/{shard}/problem/{stage}",
        right: Right::Action(Action::ReadPlanProblem),
        scope: Scope::Shard,
        response: Content::Json("Problem"),
        purpose: "What the planner needs of a stage: ids only.",
        ..ROUTE
    },
    Route {
        id: RouteId::TestRead,
        path: "/api/v1/test/{what}/{where}",
        caller: Caller::Tests,
        purpose: "Reads what a fault on purpose left behind.",
        ..ROUTE
    },
    Route {
        id: RouteId::TestDo,
        verb: Verb::Post,
        path: "/api/v1/test/{what}/{where}",
        caller: Caller::Tests,
        purpose: "Makes a fault on purpose, or moves the clock.",
        ..ROUTE
    },
];
