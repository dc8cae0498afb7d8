//! The card with a code: shown once, printed, scanned or typed.

use crate::components::button::{Button, Weight};
use crate::components::icon::Icon;
use crate::components::qr::Qr;
use crate::i18n::{Locale, fmt_moment, t, use_locale};
use crate::store::use_dispatch;
use frontend_state::hq::access::{AccessMsg, Card};
use frontend_state::{Msg, hq};
use shared::grant::AccountRole;
use shared::time::WallMs;
use yew::prelude::*;

/// What the card takes.
#[derive(Properties, PartialEq)]
pub struct AccessCardProps {
    /// The code and whom it is for.
    pub card: Card,
    /// Minutes that the place is ahead of UTC.
    pub utc_offset_min: i32,
    /// The name of the place.
    pub place: AttrValue,
}

/// The card with a code.
#[component]
pub fn AccessCard(props: &AccessCardProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let card = &props.card;
    let origin = gloo::utils::window().location().origin().unwrap_or_default();
    // After #: the code never reaches a server's log.
    let link = format!("{origin}/#join={}", card.invited.code);
    let away = dispatch.reform(|_: MouseEvent| Msg::Hq(hq::Msg::Access(AccessMsg::PutAway)));
    html! {
        <section class="access-card" aria-labelledby="access-card-title" role="status">
            <div class="access-card__words">
                <p class="access-card__lead">{ t::people_card_lead(locale) }</p>
                <h2 id="access-card-title">{ &card.name }</h2>
                <p>{ role_words(locale, card.role) }{ " · " }{ &props.place }</p>
                <p class="access-card__code"><code>{ card.invited.code.clone() }</code></p>
                <p>{ t::people_card_how(locale, &origin) }</p>
                <p class="quiet">{ t::people_code_once(locale, &fmt_moment(locale, WallMs(card.invited.expires_ms), props.utc_offset_min)) }</p>
                <p class="access-card__once">{ t::people_code_shown_once(locale) }</p>
                <div class="access-card__actions">
                    <Button label={t::common_print(locale)} icon={Icon::Print} weight={Weight::Primary}
                        onclick={|_| { let _ = gloo::utils::window().print(); }} />
                    <Button label={t::people_put_away(locale)} onclick={away} />
                </div>
            </div>
            <Qr text={link} label={t::people_card_qr(locale)} />
        </section>
    }
}

/// The name of a role.
pub fn role_words(locale: Locale, role: AccountRole) -> &'static str {
    match role {
        AccountRole::Hq => t::people_role_hq(locale),
        AccountRole::Approver => t::people_role_approver(locale),
        AccountRole::Coordinator => t::people_role_coordinator(locale),
        AccountRole::Trainer => t::people_role_trainer(locale),
        AccountRole::Monitor => t::people_role_monitor(locale),
        AccountRole::Trainee => t::people_role_trainee(locale),
        AccountRole::Auditor => t::people_role_auditor(locale),
    }
}
