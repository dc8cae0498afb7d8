//! What every screen of headquarters reads, and the words for places and failures.

use crate::i18n::{Locale, t};
use crate::store::use_selector;
use frontend_state::{Failure, Location, Model};
use shared::api::Overview;
use shared::grant::AccountRole;
use shared::id::{AccountId, ShardId, StageCode, UnitCode};
use shared::programme::{Programme, Stage};
use std::rc::Rc;
use yew::prelude::*;

/// What every screen of headquarters reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The programme, once one is loaded.
    pub programme: Option<Rc<Programme>>,
    /// The tallies.
    pub overview: Option<Rc<Overview>>,
    /// They are being read.
    pub reading: bool,
    /// Why they could not be read.
    pub failure: Option<Failure>,
    /// Where the reader is.
    pub location: Location,
    /// What the account is for.
    pub role: Option<AccountRole>,
    /// The account.
    pub account: Option<AccountId>,
    /// Decisions that wait for a connection.
    pub waiting: u32,
}

fn seen(model: &Model, (): &()) -> Seen {
    let open = model.account.as_ref();
    let outbox = &model.hq.outbox;
    Seen {
        programme: open.and_then(|o| o.programme.clone()),
        overview: model.hq.overview.clone(),
        reading: model.hq.reading,
        failure: model.hq.failure.clone(),
        location: model.location.clone(),
        role: model.role(),
        account: open.map(|o| o.entry.account),
        waiting: if outbox.failure.is_some() { outbox.waiting.len() as u32 } else { 0 },
    }
}

/// What every screen of headquarters reads.
#[hook]
pub fn use_seen() -> Rc<Seen> {
    use_selector((), seen)
}

impl Seen {
    /// The stage that the address asks for, else the one that is taught now.
    pub fn stage<'a>(&self, programme: &'a Programme) -> Option<&'a Stage> {
        let asked = self.location.asked("stage").and_then(|s| s.parse::<StageCode>().ok());
        let today = self.overview.as_ref().map(|o| o.today);
        asked.and_then(|code| programme.stage(&code)).or_else(|| match today {
            Some(today) => frontend_state::hq::overview::stage_now(programme, today),
            None => programme.stages.last(),
        })
    }

    /// The shard that the address asks for.
    pub fn shard(&self) -> Option<ShardId> {
        self.location.asked("shard").and_then(|s| s.parse().ok())
    }
}

/// The name of a shard's unit.
pub fn place_name(programme: &Programme, shard: &ShardId, locale: Locale) -> String {
    let unit = programme.units.iter().find(|u| u.shard.as_ref() == Some(shard));
    unit.map_or_else(|| shard.to_string(), |u| u.name.in_locale(locale.tag()).to_owned())
}

/// The name of a unit.
pub fn unit_name(programme: &Programme, unit: &UnitCode, locale: Locale) -> String {
    programme.unit(unit).map_or_else(|| unit.to_string(), |u| u.name.in_locale(locale.tag()).to_owned())
}

/// The name of a stage.
pub fn stage_name(programme: &Programme, stage: &StageCode, locale: Locale) -> String {
    programme.stage(stage).map_or_else(|| stage.to_string(), |s| s.name.in_locale(locale.tag()).to_owned())
}

/// What happened, what is safe, what to do.
pub fn failure_words(locale: Locale, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => t::errors_offline(locale).to_owned(),
        Failure::Server => t::errors_server(locale).to_owned(),
        Failure::Refused(code) => match t::error_by_code(locale, code) {
            Some(words) => words.to_owned(),
            None => format!("{} {}", t::errors_unknown(locale), t::errors_code(locale, code)),
        },
    }
}
