//! Parts that several screens of headquarters share: what waits, what failed, which tier.

use super::seen::{Seen, failure_words, place_name};
use crate::components::button::ButtonLink;
use crate::components::button::{Button, Weight};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::link::Link;
use crate::components::notice::Notice;
use crate::components::tone::Tone;
use crate::i18n::{Locale, t};
use frontend_state::{HqPage, Msg, hq};
use shared::grant::AccountRole;
use shared::id::StageCode;
use shared::programme::Programme;
use yew::prelude::*;

/// Notices that stand at the top of a screen: what could not be read, who did not answer, what waits.
pub fn notices(locale: Locale, seen: &Seen, dispatch: &Callback<Msg>) -> Html {
    let again = dispatch.reform(|_: MouseEvent| Msg::Hq(hq::Msg::Refresh));
    let resend = dispatch.reform(|_: MouseEvent| Msg::Hq(hq::Msg::Resend));
    let silent: Vec<String> = match (&seen.overview, &seen.programme) {
        (Some(overview), Some(p)) => overview.silent.iter().map(|s| place_name(p, s, locale)).collect(),
        _ => vec![],
    };
    html! {
        <>
            if seen.waiting > 0 {
                <Notice tone={Tone::Note} title={t::hq_waiting_title(locale)}
                    actions={html! { <Button label={t::common_retry(locale)} onclick={resend} /> }}>
                    <p>{ t::hq_waiting(locale, seen.waiting) }</p>
                </Notice>
            }
            if let Some(failure) = &seen.failure {
                <Notice tone={Tone::Attention} title={t::hq_failed_title(locale)}
                    actions={html! { <Button label={t::common_retry(locale)} onclick={again.clone()} /> }}>
                    <p>{ failure_words(locale, failure) }</p>
                </Notice>
            }
            if !silent.is_empty() {
                <Notice tone={Tone::Attention}
                    actions={html! { <Button label={t::common_retry(locale)} onclick={again} /> }}>
                    <p>{ t::hq_silent(locale, &silent.join(", ")) }</p>
                </Notice>
            }
        </>
    }
}

/// What stands in place of figures while there are none.
pub fn nothing_yet(locale: Locale, seen: &Seen) -> Html {
    if seen.programme.is_none() {
        let may_load = seen.role == Some(AccountRole::Hq);
        return html! {
            <EmptyState icon={Icon::Programme} sentence={t::hq_empty(locale)}>
                if may_load {
                    <ButtonLink label={t::hq_load_programme(locale)} href={HqPage::Programme.path()}
                        weight={Weight::Primary} />
                }
            </EmptyState>
        };
    }
    if seen.failure.is_some() {
        return Html::default();
    }
    html! { <p class="quiet" role="status">{ t::hq_reading(locale) }</p> }
}

/// Links to the same screen for each tier.
pub fn stage_links(locale: Locale, programme: &Programme, page: HqPage, now: &StageCode) -> Html {
    html! {
        <nav class="hq-stages" aria-label={t::hq_stages(locale)}>
            { for programme.stages.iter().map(|stage| html! {
                <Link key={stage.code.to_string()} class={classes!("hq-stages__link")}
                    href={format!("{}?stage={}", page.path(), stage.code)} current={stage.code == *now}>
                    { stage.name.in_locale(locale.tag()).to_owned() }
                </Link>
            }) }
        </nav>
    }
}

/// Reads the figures again.
pub fn read_again(locale: Locale, seen: &Seen, dispatch: &Callback<Msg>) -> Html {
    let again = dispatch.reform(|_: MouseEvent| Msg::Hq(hq::Msg::Refresh));
    html! {
        <Button label={t::hq_read_again(locale)} weight={Weight::Bare} icon={Icon::Sync} disabled={seen.reading}
            onclick={again} />
    }
}
