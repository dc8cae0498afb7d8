//! The demo: Kyrgyzstan 2021 at true size on a real server, as it stood on 10 March 2021, made through the API alone.
//!
//! Headquarters imports and plans, a second person approves, trainers' own devices mark. Who was where is drawn from
//! a seed, so every load tells the same story; device keys and codes are fresh each time. Days pass by moving the
//! programme's day, so that each step is taken on a day on which it could have been; stamps of records stay real.

mod attendance;
mod crew;
mod deliver;
mod links;
mod region;
mod story;

pub use links::{DemoLinks, open};

use crate::device::operator::invitation;
use crate::device::{Device, Operator};
use crate::roster::{Seed, generate};
use crate::world::steps::Published;
use anyhow::{Context, Result};
use crew::Crew;
use shared::api::Invite;
use shared::event::{CloseVenue, Decision};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId};
use shared::time::Day;
use story::Story;

/// The shard whose coordinator and trainers have role links.
pub const HOME: &str = "kg-naryn";
/// The seed of the roster and of everything that happens.
pub const SEED: Seed = Seed(2021);
/// The day the demo stands on.
pub const TODAY: &str = "2021-03-10";

/// Loads the demo into a server that has nothing yet and was started as a demo server.
///
/// # Errors
/// Where the server refuses a step.
pub fn load(server_url: &str, operator_key: &str, progress: &mut dyn FnMut(&str)) -> Result<DemoLinks> {
    load_observed(server_url, operator_key, progress, &mut |_, _| {})
}

/// As [`load`], up to the morning on which the last stage can be planned; returns headquarters' code.
///
/// # Errors
/// As [`load`].
pub fn load_to_last_plan(
    server_url: &str,
    operator_key: &str,
    progress: &mut dyn FnMut(&str),
) -> Result<String> {
    let operator = Operator::new(server_url, operator_key)?;
    let programme = crate::world::kyrgyzstan()?;
    operator.put_programme(&serde_json::to_string(&programme)?)?;
    let code = |name: &str, role| -> Result<String> {
        Ok(operator.invite(&Invite { demo: true, ..invitation(name, role, None, None) })?.code)
    };
    let hq = code("Training department", AccountRole::Hq)?;
    let approver = code("Deputy head of training", AccountRole::Approver)?;
    let crew = Crew::join(server_url, &hq, &approver)?;
    let mut observe = |_: &ShardId, _: &Published| {};
    Story::new(server_url, &operator, &programme, crew, progress, &mut observe)
        .run_to_last_plan(&generate(&programme, SEED)?)?;
    Ok(hq)
}

/// As [`load`], and shows every plan that is published.
///
/// # Errors
/// As [`load`].
pub fn load_observed(
    server_url: &str,
    operator_key: &str,
    progress: &mut dyn FnMut(&str),
    observe: &mut dyn FnMut(&ShardId, &Published),
) -> Result<DemoLinks> {
    let operator = Operator::new(server_url, operator_key)?;
    let programme = crate::world::kyrgyzstan()?;
    operator.put_programme(&serde_json::to_string(&programme)?)?;
    let roster = generate(&programme, SEED)?;
    let home: ShardId = HOME.parse()?;
    let code = |name: &str, role, shard: Option<&ShardId>, person: Option<PersonId>| -> Result<String> {
        let invite = Invite { demo: true, ..invitation(name, role, shard, person) };
        Ok(operator.invite(&invite)?.code)
    };
    let hq = code("Training department", AccountRole::Hq, None, None)?;
    let approver = code("Deputy head of training", AccountRole::Approver, None, None)?;
    let coordinator = code("Coordinator, Naryn region", AccountRole::Coordinator, Some(&home), None)?;

    let crew = Crew::join(server_url, &hq, &approver)?;
    let mut story = Story::new(server_url, &operator, &programme, crew, progress, observe);
    story.run(&roster)?;

    let today: Day = TODAY.parse()?;
    let (region, plan) = story.region_and_plan(&home).context("the home shard has no plan")?;
    let mut open = plan.groups.iter().filter(|g| g.days.first().is_some_and(|d| *d >= today));
    let session = open.clone().find(|g| g.days.first() == Some(&today)).context("no session begins today")?;
    let [lead, second, ..] = session.trainers[..] else { anyhow::bail!("a session without two trainers") };
    let lost = open.find(|g| g.venue != session.venue).context("no room to lose")?.venue;
    let based_on = *region.rooms.get(&lost).context("an unknown room")?;
    let reason = "Water damage after a burst pipe".to_owned();
    let close = CloseVenue { venue: lost, based_on, closed: true, reason };
    let mut device = Device::join(server_url, &coordinator)?;
    crate::world::steps::decide(&mut device, &home, Decision::CloseVenue(close))?;

    let trainer = |person| code(region.name_of(person), AccountRole::Trainer, Some(&home), Some(person));
    let (lead, second) = (trainer(lead)?, trainer(second)?);
    Ok(DemoLinks::new([
        ("hq", hq),
        ("approver", approver),
        ("coordinator", coordinator),
        ("trainer", lead),
        ("second-trainer", second),
    ]))
}
