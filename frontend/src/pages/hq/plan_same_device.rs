//! Approving on a device that has held the author's account: allowed with a reason, which is recorded.

use crate::components::button::Button;
use crate::components::field::Field;
use crate::i18n::{t, use_locale};
use crate::store::use_dispatch;
use frontend_state::hq::planning::PlanMsg;
use frontend_state::{Msg, hq};
use shared::id::{ShardId, StageCode};
use yew::prelude::*;

/// What it takes.
#[derive(Properties, PartialEq)]
pub struct SameDeviceProps {
    /// The plan's shard.
    pub shard: ShardId,
    /// The plan's stage.
    pub stage: StageCode,
}

/// A reason, and the approval.
#[component]
pub fn SameDevice(props: &SameDeviceProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let why = use_state(|| AttrValue::from(""));
    let on_input = use_callback(why.setter(), |text: AttrValue, why| why.set(text));
    let (shard, stage, reason) = (props.shard.clone(), props.stage.clone(), (*why).clone());
    let onclick = dispatch.reform(move |_: MouseEvent| {
        let msg = PlanMsg::ApproveHere(shard.clone(), stage.clone(), reason.to_string());
        Msg::Hq(hq::Msg::Plan(msg))
    });
    html! {
        <div class="stack">
            <Field id={format!("same-device-{}", props.shard)} label={t::plan_same_device_why(locale)}
                hint={t::plan_same_device_hint(locale)} value={(*why).clone()} {on_input} />
            <Button label={t::plan_same_device_approve(locale)} disabled={why.trim().is_empty()} {onclick} />
        </div>
    }
}
