//! Roles, stages and modules: references, windows, group sizes, slots, and who teaches whom.
//!
//! A programme may have several lines (polling staff, security, operators): each begins with a stage that no
//! other teaches. The first stage of the list always begins a line.

use super::Findings;
use crate::programme::fault::PackFault;
use crate::programme::{Programme, Seats, Stage};
use std::collections::BTreeSet;

const MAX_WINDOW_DAYS: usize = 731;
const DAY_MIN: u32 = 24 * 60;

pub(super) fn check(programme: &Programme, found: &mut Findings) {
    roles(programme, found);
    found.count("stages", programme.stages.len(), 1, 30);
    found.codes("stages", programme.stages.iter().map(|s| &s.code));
    for (at, stage) in programme.stages.iter().enumerate() {
        let path = format!("stages[{at}]");
        for (field, text) in [
            ("name", &stage.name),
            ("participants", &stage.participants),
            ("organisers", &stage.organisers),
            ("location", &stage.location),
        ] {
            found.name(&format!("{path}.{field}"), text);
        }
        audience(programme, stage, &path, found);
        window(programme, stage, &path, found);
        group(stage, &path, found);
        slots(stage, &path, found);
        taught_by(programme, at, stage, &path, found);
    }
    modules(programme, found);
}

fn roles(programme: &Programme, found: &mut Findings) {
    found.count("roles", programme.roles.len(), 1, 200);
    found.codes("roles", programme.roles.iter().map(|r| &r.code));
    for (at, role) in programme.roles.iter().enumerate() {
        found.name(&format!("roles[{at}].name"), &role.name);
        if let Seats::Station(seats) = role.seats {
            found.range(&format!("roles[{at}].seats"), seats, 1, 100);
        }
    }
}

fn audience(programme: &Programme, stage: &Stage, path: &str, found: &mut Findings) {
    let path = format!("{path}.audience");
    found.count(&path, stage.audience.len(), 1, 200);
    found.unique(&path, &stage.audience);
    for (at, role) in stage.audience.iter().enumerate() {
        if programme.role(role).is_none() {
            found.add(format!("{path}[{at}]"), PackFault::UnknownRole { role: role.to_string() });
        }
    }
}

fn window(programme: &Programme, stage: &Stage, path: &str, found: &mut Findings) {
    let path = format!("{path}.window");
    let (first, last) = stage.window;
    if last < first {
        let (first, last) = (first.to_string(), last.to_string());
        return found.add(path, PackFault::WindowReversed { first, last });
    }
    let span = (i64::from(last.0) - i64::from(first.0)) as usize + 1;
    if span > MAX_WINDOW_DAYS {
        return found.add(path, PackFault::WindowTooLong { days: span, max: MAX_WINDOW_DAYS });
    }
    let taught = programme.calendar.taught_days(stage.window).len();
    if taught < usize::from(stage.days) {
        found.add(&path, PackFault::WindowTooShort { taught, days: usize::from(stage.days) });
    }
    if last >= programme.election_day {
        let (last, election) = (last.to_string(), programme.election_day.to_string());
        found.add(path, PackFault::AfterElection { last, election });
    }
}

fn group(stage: &Stage, path: &str, found: &mut Findings) {
    found.range(&format!("{path}.days"), stage.days, 1, 60);
    found.range(&format!("{path}.norm"), stage.norm, 1, 1_000);
    found.range(&format!("{path}.max"), stage.max, 1, 1_000);
    found.range(&format!("{path}.trainers_per_session"), stage.trainers_per_session, 1, 20);
    if stage.norm > stage.max {
        found.add(format!("{path}.norm"), PackFault::NormOverMax { norm: stage.norm, max: stage.max });
    }
    if let Some(target) = stage.target_persons {
        found.range(&format!("{path}.target_persons"), target, 1, 10_000_000);
    }
}

fn slots(stage: &Stage, path: &str, found: &mut Findings) {
    found.range(&format!("{path}.slots_per_day"), stage.slots_per_day, 1, 8);
    found.range(&format!("{path}.minutes_per_day"), stage.minutes_per_day, 1, 16 * 60);
    let path = format!("{path}.slot_starts_min");
    let (slots, starts) = (usize::from(stage.slots_per_day), stage.slot_starts_min.len());
    if slots != starts {
        found.add(&path, PackFault::SlotCount { slots, starts });
    }
    let minutes = u32::from(stage.minutes_per_day);
    let mut free_min = 0;
    for (at, start) in stage.slot_starts_min.iter().enumerate() {
        let start_min = u32::from(*start);
        if start_min < free_min {
            found.add(format!("{path}[{at}]"), PackFault::SlotOverlap { start_min, free_min });
        }
        free_min = start_min + minutes;
        if free_min > DAY_MIN {
            found.range(&format!("{path}[{at}]"), start_min, 0, DAY_MIN.saturating_sub(minutes));
        }
    }
}

fn taught_by(programme: &Programme, at: usize, stage: &Stage, path: &str, found: &mut Findings) {
    let path = format!("{path}.taught_by");
    let Some(teacher) = &stage.taught_by else { return };
    let known = programme.stages.iter().enumerate().find(|(_, s)| s.code == *teacher);
    let name = teacher.to_string();
    match known {
        None => found.add(path, PackFault::UnknownStage { stage: name }),
        Some(_) if teaches_itself(programme, stage) => {
            found.add(path, PackFault::StageCycle { stage: stage.code.to_string() });
        }
        Some(_) if at == 0 => {
            found.add(path, PackFault::FirstStageTaught { stage: stage.code.to_string() });
        }
        Some((teacher_at, _)) if teacher_at > at => {
            found.add(path, PackFault::TaughtByLater { stage: name });
        }
        Some((_, above)) if stage.window.1 <= above.window.0 => {
            let first = above.window.0.to_string();
            found.add(path, PackFault::TaughtTooEarly { stage: name, first });
        }
        Some(_) => {}
    }
}

fn teaches_itself(programme: &Programme, stage: &Stage) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = stage.taught_by.as_ref();
    while let Some(code) = at {
        if *code == stage.code {
            return true;
        }
        if !seen.insert(code) {
            return false;
        }
        at = programme.stage(code).and_then(|s| s.taught_by.as_ref());
    }
    false
}

fn modules(programme: &Programme, found: &mut Findings) {
    found.count("modules", programme.modules.len(), 0, 300);
    found.codes("modules", programme.modules.iter().map(|m| &m.code));
    for (at, module) in programme.modules.iter().enumerate() {
        let path = format!("modules[{at}]");
        found.name(&format!("{path}.title"), &module.title);
        found.range(&format!("{path}.minutes"), module.minutes, 1, 16 * 60);
        found.count(&format!("{path}.stages"), module.stages.len(), 1, 30);
        found.unique(&format!("{path}.stages"), &module.stages);
        for (stage_at, stage) in module.stages.iter().enumerate() {
            if programme.stage(stage).is_none() {
                let fault = PackFault::UnknownStage { stage: stage.to_string() };
                found.add(format!("{path}.stages[{stage_at}]"), fault);
            }
        }
    }
    for (at, stage) in programme.stages.iter().enumerate() {
        let taught = programme.modules.iter().filter(|m| m.stages.contains(&stage.code));
        let minutes: u32 = taught.map(|m| u32::from(m.minutes)).sum();
        let available = u32::from(stage.days) * u32::from(stage.minutes_per_day);
        if minutes > available {
            let fault = PackFault::ModulesTooLong { stage: stage.code.to_string(), minutes, available };
            found.add(format!("stages[{at}].minutes_per_day"), fault);
        }
    }
}
