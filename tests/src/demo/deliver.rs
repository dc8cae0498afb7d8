//! Delivery: each lead trainer joins with a device of their own and marks what is behind them.

use super::attendance::{disagreement, of_day};
use super::crew::Crew;
use super::region::Region;
use crate::device::operator::invitation;
use crate::device::{Device, Operator};
use crate::world::steps::admitted;
use anyhow::{Context, Result};
use shared::event::{Body, PlannedGroup};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId};
use shared::time::Day;
use std::collections::BTreeMap;

/// What is taught in a shard.
pub(super) struct Taught<'a> {
    pub region: &'a Region,
    pub groups: &'a [PlannedGroup],
}

/// How a stage was attended.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    /// Nobody is absent.
    pub all_came: bool,
    /// Where a second observer disagrees with the lead of the first session.
    pub disputed_in: Option<&'a ShardId>,
}

/// Marks every day before `today`; gives how many sessions were marked to their end.
pub(super) fn deliver(
    server_url: &str,
    operator: &Operator,
    crew: &mut Crew,
    taught: Vec<Taught<'_>>,
    today: Day,
    manner: Manner<'_>,
) -> Result<usize> {
    // All join before any signs in: a shard asks the registry for its accounts once, not once a device.
    let joined = crew.each(taught, |_, taught| {
        let region = taught.region;
        let mut leads: BTreeMap<PersonId, (Device, Vec<Body>)> = BTreeMap::new();
        let mut join = |person: PersonId, bodies: &mut Vec<Body>| -> Result<()> {
            if let Some((_, written)) = leads.get_mut(&person) {
                written.append(bodies);
                return Ok(());
            }
            let invite =
                invitation(region.name_of(person), AccountRole::Trainer, Some(&region.shard), Some(person));
            let device = Device::join(server_url, &operator.invite(&invite)?.code)?;
            leads.insert(person, (device, std::mem::take(bodies)));
            Ok(())
        };
        let mut held = 0;
        let mut disputed = manner.disputed_in == Some(&region.shard);
        for group in taught.groups {
            let days: Vec<u8> =
                (0..).zip(&group.days).filter(|(_, d)| **d < today).map(|(at, _)| at).collect();
            if days.is_empty() {
                continue;
            }
            let [lead, second, ..] = group.trainers[..] else { anyhow::bail!("a session without trainers") };
            let mut bodies: Vec<Body> =
                days.iter().flat_map(|d| of_day(group, *d, manner.all_came)).collect();
            if disputed && days.len() == group.days.len() {
                disputed = false;
                let (of_lead, of_second) = disagreement(group);
                bodies.push(of_lead);
                join(second, &mut vec![of_second])?;
            }
            held += usize::from(days.len() == group.days.len());
            join(lead, &mut bodies)?;
        }
        Ok((&region.shard, leads, held))
    })?;
    let held = joined.iter().map(|(.., held)| held).sum();
    crew.each(joined, |_, (shard, leads, _)| {
        for (person, (mut device, bodies)) in leads {
            for verdict in device.deposit_all(shard, &bodies)? {
                admitted(&verdict).with_context(|| format!("marks of {person} in {shard}"))?;
            }
        }
        Ok(())
    })?;
    Ok(held)
}
