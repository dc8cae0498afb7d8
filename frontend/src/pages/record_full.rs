//! One own record in full: to be read, and to be shown to the coordinator.

use super::record::{actions, badge};
use super::{reasons, words};
use crate::components::definition_list::{Definition, DefinitionList};
use crate::components::dialog::Dialog;
use crate::i18n::{t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::select::{self, RecordState};
use frontend_state::{Location, Msg};
use shared::event::EventId;
use shared::time::WallMs;
use std::rc::Rc;
use yew::prelude::*;

/// Which record.
#[derive(Properties, PartialEq)]
pub struct RecordProps {
    /// The record.
    pub id: EventId,
    /// Where the reader goes when it is closed.
    pub back: AttrValue,
}

/// One record in full, to be read and to be shown to the coordinator.
#[component]
pub fn Record(props: &RecordProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let found = use_selector(props.id, |model, id| {
        (select::line(model, *id), select::programme(model).map_or(0, |p| p.utc_offset_min))
    });
    let on_close = use_callback((dispatch.clone(), props.back.clone()), |(): (), (dispatch, back)| {
        dispatch.emit(Msg::Go(Location::of(back)));
    });
    let (Some(line), utc_offset_min) = (&found.0, found.1) else { return html! {} };
    let moment = |at: WallMs| words::moment(locale, at, utc_offset_min);
    let mut facts = vec![
        Definition::node(t::records_where(locale), badge(locale, line.state)),
        Definition::text(t::records_written(locale), moment(line.at)),
    ];
    if let Some((_, number)) = line.session {
        let session = t::session_numbered(locale, &number.to_string());
        facts.push(Definition::text(t::records_session(locale), session));
    }
    if let Some(seq) = line.seq {
        facts.push(Definition::text(t::records_log_number(locale), seq.to_string()));
    }
    let receipt = line.receipt.map_or_else(|| t::records_not_receipted(locale).into(), moment);
    facts.push(Definition::text(t::records_receipt_of(locale), receipt));
    if let Some(reason) = &line.reason {
        facts.push(Definition::text(t::records_code(locale), reasons::code(reason)));
    }
    let id = html! { <code class="record__id">{ line.id.to_string() }</code> };
    let to_show = matches!(line.state, RecordState::Held | RecordState::Refused | RecordState::PutAway);
    let named = Definition::node(t::records_id(locale), id);
    facts.push(if to_show { named.with_note(t::records_show_hint(locale)) } else { named });
    let facts: Rc<[Definition]> = facts.into();
    html! {
        <Dialog id="record" open={true} title={words::record(locale, &line.what)} {on_close}
            actions={actions(locale, &dispatch, line, true)}>
            if let Some(reason) = &line.reason { <p>{ reasons::words(locale, reason) }</p> }
            <DefinitionList items={facts} />
        </Dialog>
    }
}
