//! Before an account is open: reading storage, no storage, the start.

use super::join::JoinForm;
use super::words;
use crate::components::card::Card;
use crate::components::empty_state::EmptyState;
use crate::components::frame::ProductMark;
use crate::components::icon::Icon;
use crate::components::language::Language;
use crate::components::menu::MenuItem;
use crate::components::notice::Notice;
use crate::components::tone::Tone;
use crate::i18n::{t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::Msg;
use yew::prelude::*;

/// Storage is being read.
#[component]
pub fn Opening() -> Html {
    let locale = use_locale();
    html! { <div class="boot" role="status"><p>{ t::common_loading(locale) }</p></div> }
}

/// The browser refuses storage.
#[component]
pub fn NoStorage() -> Html {
    let locale = use_locale();
    html! {
        <main class="start">
            <Notice tone={Tone::Missing} title={t::errors_title(locale)} urgent={true}>
                { t::errors_no_storage(locale) }
            </Notice>
        </main>
    }
}

/// The start: continue as somebody, or join by a code.
#[component]
pub fn Start() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let accounts = use_selector((), |model, ()| {
        let mut accounts = model.accounts.clone();
        accounts.sort_by_key(|a| -a.last_used_ms);
        accounts
    });
    let ended = use_selector((), |model, ()| model.ended_here.is_some());
    html! {
        <main class="start" id="content">
            <header class="start__head">
                <ProductMark />
                <h1>{ t::start_title(locale) }</h1>
                <Language />
            </header>
            <p class="start__lead">{ t::start_lead(locale) }</p>
            if *ended {
                <Notice tone={Tone::Attention} title={t::start_ended_title(locale)}>
                    <p>{ t::start_ended_text(locale) }</p>
                </Notice>
            }
            if !accounts.is_empty() {
                <Card title={t::start_accounts(locale)}>
                    <div class="start__accounts">
                        { for accounts.iter().map(|entry| {
                            let (dispatch, account) = (dispatch.clone(), entry.account);
                            let role = entry.role.map(|r| words::role(locale, r)).unwrap_or_default();
                            let place = entry.shard.as_ref().map(|s| format!(" · {s}")).unwrap_or_default();
                            html! {
                                <MenuItem key={account.0} icon={Icon::Person}
                                    label={t::start_continue(locale, &entry.name)} detail={format!("{role}{place}")}
                                    onclick={move |_: MouseEvent| dispatch.emit(Msg::Switch(account))} />
                            }
                        }) }
                    </div>
                </Card>
            }
            <JoinForm />
            if accounts.is_empty() {
                <EmptyState icon={Icon::Tablet} sentence={t::start_what_is_this(locale)} />
            }
        </main>
    }
}
