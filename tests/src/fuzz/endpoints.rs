//! Every route of a real server, with every kind of caller and bodies that are odd in every way.

use super::mutate;
use super::{Sum, Until};
use crate::api::Reply;
use crate::device::{Device, REGISTRY};
use crate::roster::Seed;
use crate::roster::dice::Dice;
use crate::world::{OPERATOR_KEY, World};
use anyhow::{Context, Result, bail};
use shared::api::routes::{Caller, ROUTES, Route};
use shared::state::{Method, Status};
use shared::sync::Want;
use std::time::Instant;

/// Inputs after which the server's ordinary work is looked at again.
const LOOK_EVERY: u64 = 500;

/// Sends odd requests to a world's server and stops at the first that is answered by a fault of the server's own.
///
/// # Errors
/// The seed, the number, and what was sent where.
pub fn run(world: &mut World, seed: u64, first: u64, until: Until) -> Result<Sum> {
    let callers = callers(world)?;
    let sound = sound(world)?;
    let (begun, mut sum) = (Instant::now(), Sum::default());
    while until.goes_on(sum.inputs, begun) {
        let nth = first + sum.inputs;
        sum.inputs += 1;
        let mut dice = Dice::new(Seed(seed), nth.wrapping_add(1));
        let route = dice.pick(ROUTES);
        // Tests' own routes panic on purpose.
        if route.caller == Caller::Tests {
            continue;
        }
        let path = path(&mut dice, route, world);
        let body = body(&mut dice, route, &sound);
        let caller = dice.pick(&callers);
        let headers: Vec<(&str, &str)> =
            caller.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
        let verb = if dice.percent(3) { "DELETE" } else { route.verb.as_str() };
        let reply = world.hq.api.ask(verb, &path, &headers, &body);
        let reply =
            reply.with_context(|| format!("input {nth} of seed {seed}: {verb} {path} was not answered"))?;
        if reply.status >= 500 {
            let sent = String::from_utf8_lossy(&body[..body.len().min(400)]).into_owned();
            bail!("input {nth} of seed {seed}: {verb} {path} answered {}: {sent}", said(&reply));
        }
        sum.taken += u64::from(reply.status < 300);
        if sum.inputs.is_multiple_of(LOOK_EVERY) {
            world
                .lead
                .sync(&world.shard, Want::View)
                .with_context(|| format!("after input {nth} of seed {seed}"))?;
        }
    }
    world.lead.sync(&world.shard, Want::View)?;
    Ok(sum)
}

fn said(reply: &Reply) -> String {
    format!("{} {}", reply.status, reply.text())
}

/// Authorizations: nobody, a broken one, the operator, and each kind of account at the registry and at the shard.
fn callers(world: &mut World) -> Result<Vec<Option<String>>> {
    let shard = world.shard.to_string();
    let mut callers = vec![None, Some("Bearer x.y".to_owned()), Some(format!("Operator {OPERATOR_KEY}"))];
    let mut tokens = |device: &mut Device, audiences: &[&str]| -> Result<()> {
        for audience in audiences {
            callers.push(Some(format!("Bearer {}", device.token(audience)?)));
        }
        Ok(())
    };
    tokens(&mut world.hq, &[REGISTRY])?;
    tokens(&mut world.coordinator, &[REGISTRY, &shard])?;
    tokens(&mut world.lead, &[REGISTRY, &shard])?;
    tokens(&mut world.outsider, &[REGISTRY, &shard])?;
    Ok(callers)
}

/// Bodies as they should be, one or more for each route that takes one.
fn sound(world: &mut World) -> Result<Vec<Vec<u8>>> {
    let shard = world.shard.clone();
    world.lead.sync(&shard, Want::View)?;
    let body = world.marks(0, &world.session.people[..2], Status::Late, Method::Tap);
    world.lead.write(&shard, &body);
    let request = world.lead.client(&shard).request(Want::View);
    let parcel = world.lead.parcel(&shard)?;
    let join = crate::device::ask_to_join(
        &world.lead.api,
        "ABCD-EFGH-JKMN-PQRS-T",
        shared::id::DeviceId(5),
        "tablet",
    );
    let invite =
        crate::device::operator::invitation("Name", shared::grant::AccountRole::Monitor, Some(&shard), None);
    let ask =
        shared::api::AskToken { device: world.lead.id, challenge: String::new(), signature: String::new() };
    Ok(vec![
        serde_json::to_vec(&request)?,
        serde_json::to_vec(&parcel)?,
        serde_json::to_vec(&join)?,
        serde_json::to_vec(&invite)?,
        serde_json::to_vec(&ask)?,
        serde_json::to_vec(&shared::testing::programme())?,
        b"3".to_vec(),
        b"{}".to_vec(),
        vec![],
    ])
}

fn path(dice: &mut Dice, route: &Route, world: &World) -> String {
    let odd = ["x", "%00", "..", "0000000000000000", "999999999999999999999", "kg-osh", "%F0%9F%92%A9", ""];
    let segments = route.path.split('/').map(|segment| match segment {
        "{shard}" if dice.percent(85) => world.shard.to_string(),
        "{stage}" if dice.percent(50) => world.published.problem.stage.to_string(),
        named if named.starts_with('{') && dice.percent(50) => world.lead.account.to_string(),
        named if named.starts_with('{') => (*dice.pick(&odd)).to_owned(),
        plain => plain.to_owned(),
    });
    let path = segments.collect::<Vec<_>>().join("/");
    if dice.percent(10) { format!("{path}?after=-1&limit=99999999999999&x=%ff") } else { path }
}

fn body(dice: &mut Dice, route: &Route, sound: &[Vec<u8>]) -> Vec<u8> {
    if route.verb.as_str() == "GET" {
        return vec![];
    }
    let (one, other) = (dice.pick(sound).clone(), dice.pick(sound).clone());
    match dice.below(20) {
        0 => one,
        1 => vec![b'['; 1 << dice.below(20)],
        2..=8 => mutate::bytes(dice, &one, &other),
        _ => mutate::json(dice, &one, &other),
    }
}
