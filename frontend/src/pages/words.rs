//! From the state's values to the reader's words.

use crate::components::attendance_row::{Attendance, Custody};
use crate::components::sync_pill::SyncState;
use crate::i18n::{Locale, fmt_moment, fmt_time, t};
use frontend_state::Failure;
use frontend_state::model::Done;
use frontend_state::select::{Pill, Record, RecordState, RowCustody, SeatAt};
use shared::grant::AccountRole;
use shared::state::Status;
use yew::AttrValue;

/// A mark as the list shows it.
pub fn attendance(status: Status) -> Attendance {
    match status {
        Status::Present => Attendance::Present,
        Status::Late => Attendance::Late,
        Status::Absent => Attendance::Absent,
        Status::Excused => Attendance::Excused,
    }
}

/// A mark as the records hold it.
pub fn status(attendance: Attendance) -> Status {
    match attendance {
        Attendance::Present => Status::Present,
        Attendance::Late => Status::Late,
        Attendance::Absent => Status::Absent,
        Attendance::Excused => Status::Excused,
    }
}

/// Where a row's record is.
pub fn custody(custody: &RowCustody) -> Custody {
    match custody {
        RowCustody::None => Custody::None,
        RowCustody::Saving => Custody::Saving,
        RowCustody::OnTablet => Custody::OnTablet,
        RowCustody::WithCommission => Custody::WithCommission,
        RowCustody::Held => Custody::Held,
        RowCustody::NotStored => Custody::NotStored,
        RowCustody::Refused(_) => Custody::Refused,
    }
}

/// Where a record is.
pub fn record_state(state: RecordState) -> Custody {
    match state {
        RecordState::Saving => Custody::Saving,
        RecordState::NotStored => Custody::NotStored,
        RecordState::OnTablet => Custody::OnTablet,
        RecordState::WithCommission => Custody::WithCommission,
        RecordState::Held => Custody::Held,
        RecordState::Refused => Custody::Refused,
        RecordState::PutAway => Custody::PutAway,
    }
}

/// "Station 7041 · chair", "Naryn district · member 2".
pub fn seat(locale: Locale, seat: Option<&SeatAt>) -> AttrValue {
    let Some(seat) = seat else { return AttrValue::default() };
    let place = match (&seat.station, &seat.unit) {
        (Some(code), _) => t::common_station_code(locale, code),
        (None, Some(unit)) => unit.in_locale(locale.tag()).to_owned(),
        (None, None) => String::new(),
    };
    let role = seat.role.in_locale(locale.tag());
    [place.as_str(), role].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · ").into()
}

/// The pill's state; nothing where there is nothing to sync.
pub fn pill(pill: Pill, utc_offset_min: i32) -> Option<SyncState> {
    Some(match pill {
        Pill::Nothing => return None,
        Pill::NotYet => SyncState::NotYet,
        Pill::WithCommission(at) => SyncState::WithCommission(fmt_time(at, utc_offset_min).into()),
        Pill::Waiting(n) => SyncState::Waiting(n),
        Pill::Sending(n) => SyncState::Sending(n),
        Pill::Offline(n) => SyncState::Offline(n),
        Pill::Saving(n) => SyncState::Saving(n),
        Pill::NotStored(n) => SyncState::NotStored(n),
        Pill::Held(n) => SyncState::Held(n),
        Pill::Attention(n) => SyncState::Attention(n),
    })
}

/// What a record is.
pub fn record(locale: Locale, record: &Record) -> String {
    // Somebody who is not on this device's lists.
    let known =
        |name: &String| if name.is_empty() { t::common_not_known(locale).to_owned() } else { name.clone() };
    match record {
        Record::Mark(_, name) => t::sync_kind_mark(locale, &known(name)),
        Record::Everyone(_, number) => {
            t::sync_kind_everyone(locale, &t::session_numbered(locale, &number.to_string()))
        }
        Record::Resolve(_, name) => t::sync_kind_resolve(locale, &known(name)),
        Record::Take(_, number) => {
            t::sync_kind_take(locale, &t::session_numbered(locale, &number.to_string()))
        }
        Record::Other => t::sync_kind_other(locale, 1),
    }
}

/// What happened, what is safe, what to do: by stable code.
pub fn error(locale: Locale, code: &str) -> String {
    let known = match code {
        "code-mistyped" | "code-unknown" => t::errors_code_wrong(locale),
        "code-used" => t::errors_code_used(locale),
        "code-expired" => t::errors_code_expired(locale),
        "insecure" => t::errors_insecure(locale),
        "storage" | "not-stored" => t::errors_storage(locale),
        "storage-full" => t::errors_storage_full(locale),
        "held" => t::errors_held(locale),
        "not-permitted" | "not-lead" | "outside-your-scope" => t::errors_not_permitted(locale),
        "revoked" | "no-grant-here" => t::errors_access_ended(locale),
        "stale" => t::errors_stale(locale),
        "unknown" => t::errors_unknown_record(locale),
        "malformed" | "other-shard" | "other-account" => t::errors_malformed(locale),
        "too-large" => t::errors_too_large(locale),
        "protocol-not-spoken" => t::errors_version(locale),
        other => return format!("{} {}", t::errors_unknown(locale), t::errors_code(locale, other)),
    };
    known.to_owned()
}

/// What happened to a request.
pub fn failure(locale: Locale, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => t::errors_offline(locale).to_owned(),
        Failure::Server => t::errors_server(locale).to_owned(),
        Failure::Refused(code) => error(locale, code),
    }
}

/// What happened to a code. A device that joins has nothing to lose yet: no word of records.
pub fn join_failure(locale: Locale, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => t::start_join_offline(locale).to_owned(),
        Failure::Refused(code) if code == "code-mistyped" => t::start_join_mistyped(locale).to_owned(),
        Failure::Refused(code) if code == "code-unknown" => t::start_join_unknown(locale).to_owned(),
        other => self::failure(locale, other),
    }
}

/// What was just done.
pub fn done(locale: Locale, done: &Done, name: &str) -> String {
    match done {
        Done::Marked { status: Some(status), .. } => {
            t::session_marked(locale, name, attendance(*status).word(locale))
        }
        Done::Marked { status: None, .. } => t::session_marked(locale, name, t::session_unmarked(locale)),
        Done::EveryonePresent { count } => t::session_everyone_done(locale, *count),
        Done::ResolutionAsked { status, .. } => {
            t::session_resolution_asked(locale, name, attendance(*status).word(locale))
        }
        Done::TakenBack => t::session_taken_back(locale).to_owned(),
        Done::Ready => t::trainer_ready_all(locale).to_owned(),
    }
}

/// What an account is for.
pub fn role(locale: Locale, role: AccountRole) -> &'static str {
    match role {
        AccountRole::Hq => t::start_role_headquarters(locale),
        AccountRole::Approver => t::start_role_approver(locale),
        AccountRole::Coordinator => t::start_role_coordinator(locale),
        AccountRole::Trainer => t::start_role_trainer(locale),
        AccountRole::Monitor => t::start_role_monitor(locale),
        AccountRole::Trainee => t::start_role_trainee(locale),
        AccountRole::Auditor => t::start_role_auditor(locale),
    }
}

/// A moment of the server, as the programme's place shows it.
pub fn moment(locale: Locale, at: shared::time::WallMs, utc_offset_min: i32) -> AttrValue {
    fmt_moment(locale, at, utc_offset_min).into()
}
