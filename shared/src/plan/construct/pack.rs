//! Who is in which group: neighbouring stations together, whole where that is possible.
//!
//! Groups are formed one after the other, from an edge of the unit inwards. Each takes the outermost station left
//! and, of the nearest others, those that fill it best; a station is split only where the groups after it could not
//! seat the rest. This is tried in several ways ([`Way`]) and the best kept: fewest groups, then fewest stations
//! split, then least travel.

use super::size::Bounds;
use crate::plan::geo::{Place, centre, metres};
use crate::plan::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// Groups, and those for whom there was none.
pub(super) struct Packed {
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) rest: Vec<usize>,
}

/// People of one station who stay together.
#[derive(Clone)]
struct Block {
    station: usize,
    at: Place,
    people: Vec<usize>,
}

/// What a group may and should hold.
#[derive(Clone, Copy)]
struct Aim {
    least: usize,
    target: usize,
    norm: usize,
    most: usize,
}

/// One way of packing.
#[derive(Clone, Copy)]
struct Way {
    /// Where groups begin.
    edge: Edge,
    /// One person more or fewer than the target counts like so many metres walked.
    miss: u64,
}

/// Where groups begin: at the station farthest from the middle of those left, or from one side of the map.
#[derive(Clone, Copy)]
enum Edge {
    Outer,
    West,
    South,
}

const WAYS: [Way; 9] = [
    Way { edge: Edge::Outer, miss: 3_000 },
    Way { edge: Edge::Outer, miss: 500 },
    Way { edge: Edge::Outer, miss: 20_000 },
    Way { edge: Edge::West, miss: 3_000 },
    Way { edge: Edge::West, miss: 500 },
    Way { edge: Edge::West, miss: 20_000 },
    Way { edge: Edge::South, miss: 3_000 },
    Way { edge: Edge::South, miss: 500 },
    Way { edge: Edge::South, miss: 20_000 },
];
/// So many neighbours are looked at; more when those do not do.
const NEIGHBOURS: [usize; 2] = [16, 48];

/// Packs the people of a unit.
pub(super) fn pack(table: &Table<'_>, people: &[usize], bounds: &[Bounds]) -> Packed {
    let (blocks, loose) = blocks_of(table, people);
    // Without stations all ways are one.
    let ways = if blocks.is_empty() { &WAYS[..1] } else { &WAYS[..] };
    let tried = ways.iter().map(|way| pack_in(*way, blocks.clone(), loose.clone(), bounds));
    match tried.min_by_key(|(rank, _)| *rank) {
        Some((_, packed)) => packed,
        None => Packed { groups: Vec::new(), rest: people.to_vec() },
    }
}

/// People left over, groups, stations split, metres from the groups' middles: the less the better.
type Rank = (usize, usize, usize, u64);

/// Packs in one way.
fn pack_in(way: Way, mut blocks: Vec<Block>, mut loose: Vec<usize>, bounds: &[Bounds]) -> (Rank, Packed) {
    let mut groups: Vec<Vec<Block>> = Vec::new();
    let mut loose_of: Vec<Vec<usize>> = Vec::new();
    for (at, bound) in bounds.iter().enumerate() {
        let later = bounds.get(at + 1..).unwrap_or_default();
        let stationed: usize = blocks.iter().map(|b| b.people.len()).sum();
        let remaining = stationed + loose.len();
        if remaining == 0 {
            break;
        }
        let least = remaining.saturating_sub(later.iter().map(|b| b.max).sum()).min(bound.max);
        let norms = bound.norm + later.iter().map(|b| b.norm).sum::<usize>();
        let target = (remaining * bound.norm).div_ceil(norms.max(1)).clamp(least.max(1), bound.max.max(1));
        let aim = Aim { least, target, norm: bound.norm, most: bound.max };
        let group = form(way, &mut blocks, loose.len(), aim);
        let seated: usize = group.iter().map(|b| b.people.len()).sum();
        let fillers = target.saturating_sub(seated).min(loose.len());
        loose_of.push(loose.drain(..fillers).collect());
        groups.push(group);
    }
    reunite(&mut groups, &loose_of, bounds);
    let rest: Vec<usize> = blocks.into_iter().flat_map(|b| b.people).chain(loose).collect();
    let (split, travel) = judge(&groups);
    let groups = groups.into_iter().zip(loose_of).map(|(stationed, loose)| {
        stationed.into_iter().flat_map(|b| b.people).chain(loose).collect::<Vec<usize>>()
    });
    let groups: Vec<Vec<usize>> = groups.filter(|group| !group.is_empty()).collect();
    ((rest.len(), groups.len(), split, travel), Packed { groups, rest })
}

/// Stations in more than one group, and metres of all persons from the middle of their group.
fn judge(groups: &[Vec<Block>]) -> (usize, u64) {
    let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut travel = 0_u64;
    for group in groups {
        let stations: BTreeSet<usize> = group.iter().map(|b| b.station).collect();
        stations.into_iter().for_each(|station| *parts.entry(station).or_default() += 1);
        let Some(middle) = centre(group.iter().map(|b| (b.at, b.people.len()))) else { continue };
        for block in group {
            travel =
                travel.saturating_add(metres(middle, block.at).saturating_mul(block.people.len() as u64));
        }
    }
    (parts.values().filter(|n| **n > 1).count(), travel)
}

/// People by station, and those without one. A station nobody has placed counts as being in the middle.
fn blocks_of(table: &Table<'_>, people: &[usize]) -> (Vec<Block>, Vec<usize>) {
    let mut by_station: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut loose = Vec::new();
    for person in people {
        match table.people[*person].station {
            Some(station) => by_station.entry(station).or_default().push(*person),
            None => loose.push(*person),
        }
    }
    let places = by_station.iter().filter_map(|(s, who)| Some((table.stations[*s].at?, who.len())));
    let middle = centre(places).unwrap_or(Place { lat: 0.0, lon: 0.0 });
    let block = |(station, people): (usize, Vec<usize>)| {
        let at = table.stations[station].at.unwrap_or(middle);
        Block { station, at, people }
    };
    (by_station.into_iter().map(block).collect(), loose)
}

/// Takes one group's blocks out of those that are left; `loose` persons could fill it up.
fn form(way: Way, blocks: &mut Vec<Block>, loose: usize, aim: Aim) -> Vec<Block> {
    let near = by_nearness(way.edge, blocks);
    for neighbours in NEIGHBOURS {
        let near = near.get(..neighbours).unwrap_or(&near);
        if let Some(chosen) = choose(blocks, near, loose, aim, Fill::Whole(way.miss)) {
            return take(blocks, chosen);
        }
        if near.len() < neighbours {
            break;
        }
    }
    // No whole stations do, not even with the loose persons: the best start below the target, then part of a station.
    let aim = Aim { target: aim.target.saturating_sub(loose), ..aim };
    let near = near.get(..NEIGHBOURS[0]).unwrap_or(&near).to_vec();
    let chosen = choose(blocks, &near, 0, aim, Fill::Part).unwrap_or_default();
    let mut group = take(blocks, chosen);
    let mut seated: usize = group.iter().map(|b| b.people.len()).sum();
    while seated < aim.target {
        let from = group.first().map(|b| b.at);
        let near = match from {
            Some(place) => {
                (0..blocks.len()).min_by_key(|b| (metres(place, blocks[*b].at), blocks[*b].station))
            }
            None => near.first().copied(),
        };
        let Some(next) = near.filter(|b| *b < blocks.len()) else { break };
        let open = aim.target - seated;
        if blocks[next].people.len() <= open {
            let whole = blocks.remove(next);
            seated += whole.people.len();
            group.push(whole);
        } else {
            let block = &mut blocks[next];
            let part = block.people.drain(..open).collect();
            group.push(Block { station: block.station, at: block.at, people: part });
            seated += open;
        }
    }
    group
}

/// The outermost block and all others, the nearest to it first.
fn by_nearness(edge: Edge, blocks: &[Block]) -> Vec<usize> {
    let Some(middle) = centre(blocks.iter().map(|b| (b.at, b.people.len()))) else { return Vec::new() };
    let outermost = match edge {
        Edge::Outer => blocks.iter().max_by_key(|b| (metres(middle, b.at), b.station)),
        Edge::West => {
            blocks.iter().min_by(|a, b| a.at.lon.total_cmp(&b.at.lon).then(a.station.cmp(&b.station)))
        }
        Edge::South => {
            blocks.iter().min_by(|a, b| a.at.lat.total_cmp(&b.at.lat).then(a.station.cmp(&b.station)))
        }
    };
    let Some((seed, from)) = outermost.map(|b| (b.station, b.at)) else { return Vec::new() };
    let mut near: Vec<(bool, u64, usize, usize)> = blocks
        .iter()
        .enumerate()
        .map(|(i, b)| (b.station != seed, metres(from, b.at), b.station, i))
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(.., i)| i).collect()
}

/// What a subset of stations is chosen for.
#[derive(Clone, Copy)]
enum Fill {
    /// A whole group; with the price of a person more or fewer than the target.
    Whole(u64),
    /// The beginning of a group that part of a station fills up.
    Part,
}

/// The cheapest of the subsets of `near` that contain the first and fill a group: by travel and by how far the group
/// is from its target.
fn choose(blocks: &[Block], near: &[usize], loose: usize, aim: Aim, fill: Fill) -> Option<Vec<usize>> {
    let (first, others) = match near.split_first() {
        Some(split) => split,
        None => return (aim.least <= loose).then(Vec::new),
    };
    let from = blocks[*first].at;
    let mut best: Vec<Option<(u64, u64)>> = vec![None; aim.most + 1];
    *best.get_mut(blocks[*first].people.len())? = Some((0, 1));
    for (bit, other) in others.iter().enumerate() {
        let block = &blocks[*other];
        let size = block.people.len();
        let cost = metres(from, block.at).saturating_mul(size as u64);
        for total in (size..=aim.most).rev() {
            let Some((before, mask)) = best[total - size] else { continue };
            let after = (before.saturating_add(cost), mask | 1 << (bit + 1));
            if best[total].is_none_or(|known| after < known) {
                best[total] = Some(after);
            }
        }
    }
    let judged = best.iter().enumerate().filter_map(|(total, found)| {
        let (cost, mask) = (*found)?;
        let Fill::Whole(price_of_miss) = fill else {
            return (total <= aim.target).then_some((aim.target.abs_diff(total) as u64, cost, mask));
        };
        let full = total + aim.target.saturating_sub(total).min(loose);
        let miss = full.abs_diff(aim.target) + full.saturating_sub(aim.norm);
        let price = cost.saturating_add((miss as u64).saturating_mul(price_of_miss));
        (full >= aim.least).then_some((price, cost, mask))
    });
    let (.., mask) = judged.min()?;
    Some(near.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, block)| *block).collect())
}

fn take(blocks: &mut Vec<Block>, mut chosen: Vec<usize>) -> Vec<Block> {
    chosen.sort_unstable_by(|a, b| b.cmp(a));
    // From the back, so that the indexes before stay true.
    chosen.into_iter().map(|block| blocks.remove(block)).collect()
}

/// Moves parts of a split station into one group where there are seats for all of them.
fn reunite(groups: &mut [Vec<Block>], loose_of: &[Vec<usize>], bounds: &[Bounds]) {
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for block in group {
            parts.entry(block.station).or_default().push(at);
        }
    }
    for (station, at) in parts.into_iter().filter(|(_, at)| at.len() > 1) {
        let of_station = |group: &[Block]| -> usize {
            group.iter().filter(|b| b.station == station).map(|b| b.people.len()).sum()
        };
        let whole: usize = at.iter().map(|g| of_station(&groups[*g])).sum();
        let fits = |g: &&usize| {
            let seated: usize =
                groups[**g].iter().map(|b| b.people.len()).sum::<usize>() + loose_of[**g].len();
            seated - of_station(&groups[**g]) + whole <= bounds[**g].max
        };
        let Some(home) = at.iter().find(fits).copied() else { continue };
        let mut moved: Option<Block> = None;
        for g in at {
            for block in groups[g].extract_if(.., |b| b.station == station) {
                match &mut moved {
                    Some(all) => all.people.extend(block.people),
                    None => moved = Some(block),
                }
            }
        }
        groups[home].extend(moved);
    }
}
