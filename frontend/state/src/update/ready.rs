//! "Get ready for offline": fetch everything, ask for lasting storage, then tell the planner that this device holds
//! its sessions.

use super::{exchange, write};
use crate::effect::Effect;
use crate::model::{Done, Model};
use crate::msg::At;
use crate::select;
use shared::event::{Body, Fact, TakeSession};

/// The button was pressed.
pub fn begin(model: &mut Model, at: At) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    open.getting_ready = true;
    let mut effects = vec![Effect::Persist { try_bytes: select::need_bytes(model) }, Effect::KeepWhole];
    effects.extend(super::account::ask_me(model));
    effects.extend(exchange::begin(model));
    effects.extend(proceed(model, at));
    effects
}

/// Something came: once all is here, the sessions are taken.
pub fn proceed(model: &mut Model, at: At) -> Vec<Effect> {
    let ready = model.account.as_ref().is_some_and(|o| o.getting_ready)
        && !model.net.exchanging
        && model.net.failures == 0
        && select::ready(model).may_take;
    if !ready {
        return vec![];
    }
    let today = model.today();
    let takes: Vec<TakeSession> = select::untaken(model)
        .into_iter()
        .filter_map(|(session, until)| (until >= today).then_some(TakeSession { session, until }))
        .collect();
    if let Some(open) = &mut model.account {
        open.getting_ready = false;
    }
    let mut effects: Vec<Effect> =
        takes.into_iter().flat_map(|take| write::write(model, &Body::Fact(Fact::Take(take)), at)).collect();
    effects.push(Effect::Measure);
    // Never say more than is so: what is still missing stands on the checklist.
    if select::ready(model).missing == 0 {
        write::toast(model, Done::Ready, None);
    }
    effects
}
