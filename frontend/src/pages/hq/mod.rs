//! Headquarters' screens: programme, import, plan, overview, report, access.
//!
//! They read the tallies of all shards and deposit decisions; they hold no shard's rows.

mod access;
mod access_card;
mod held;
mod import;
mod import_result;
mod import_words;
mod overview;
mod pack_words;
mod parts;
mod plan;
mod plan_same_device;
mod plan_words;
mod programme;
mod programme_summary;
mod report;
mod report_words;
mod seen;
mod sessions;
mod trainers;

pub use held::HeldNotice;
pub use trainers::Trainers;

use frontend_state::HqPage;
use yew::prelude::*;

/// The screen of an address.
pub fn screen(page: HqPage) -> Html {
    match page {
        HqPage::Overview => html! { <overview::OverviewPage /> },
        HqPage::Programme => html! { <programme::ProgrammePage /> },
        HqPage::Import => html! { <import::ImportPage /> },
        HqPage::Plan => html! { <plan::PlanPage /> },
        HqPage::Report => html! { <report::ReportPage /> },
        HqPage::Access => html! { <access::AccessPage /> },
        HqPage::Held => html! { <held::HeldPage /> },
    }
}
