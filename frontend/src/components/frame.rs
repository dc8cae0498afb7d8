//! The frame of every screen: top bar, sections (a rail on a desktop, a bar at the bottom of phones and tablets),
//! content.

use super::badge::Badge;
use super::icon::{Icon, IconMark};
use super::language::Language;
use super::link::Link;
use super::menu::Menu;
use super::tone::Tone;
use crate::i18n::{DayStyle, fmt_day, t, use_locale};
use shared::time::Day;
use std::rc::Rc;
use yew::prelude::*;

/// A section of the application.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Where it is; unique, and the key.
    pub href: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Its icon.
    pub icon: Icon,
    /// Whether the reader is in it.
    pub current: bool,
    /// How many things wait there, if any.
    pub count: Option<u32>,
}

/// What the frame takes.
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// Where the product mark leads.
    #[prop_or_else(|| AttrValue::Static("/"))]
    pub home: AttrValue,
    /// The programme's title; nothing before one is chosen.
    #[prop_or_default]
    pub programme: Option<AttrValue>,
    /// The reader's place: a district, the nation.
    #[prop_or_default]
    pub place: Option<AttrValue>,
    /// The day on which a demo stands; nothing in real use.
    #[prop_or_default]
    pub demo_day: Option<Day>,
    /// The sections of the reader's role; at most five fit a phone.
    #[prop_or_else(|| Rc::new([]))]
    pub sections: Rc<[Section]>,
    /// The sync pill.
    #[prop_or_default]
    pub sync: Html,
    /// The reader's name; without one there is no menu.
    #[prop_or_default]
    pub person: Option<AttrValue>,
    /// The items of the person's menu: see [`super::menu::MenuItem`].
    #[prop_or_default]
    pub person_menu: Html,
    /// The screen.
    pub children: Html,
}

/// The frame of every screen.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let locale = use_locale();
    let demo = props.demo_day.map(|day| t::common_demo_day(locale, &fmt_day(locale, day, DayStyle::Long)));
    html! {
        <div class={classes!("frame", props.sections.is_empty().then_some("frame--plain"),
                props.programme.is_none().then_some("frame--unnamed"))}>
            <a class="frame__skip" href="#content">{ t::common_skip(locale) }</a>
            <header class="frame__top">
                <Link href={props.home.clone()} class="frame__mark">
                    <ProductMark />
                    <span class="frame__product">{ t::common_product(locale) }</span>
                </Link>
                <p class="frame__where">
                    if let Some(programme) = &props.programme {
                        <strong class="frame__programme">{ programme }</strong>
                    }
                    if let Some(place) = &props.place { <span class="frame__place">{ place }</span> }
                </p>
                if let Some(label) = demo {
                    <div class="frame__demo"><Badge tone={Tone::Attention} icon={Icon::Calendar} {label} /></div>
                }
                <div class="frame__sync">{ props.sync.clone() }</div>
                <Language />
                if let Some(name) = &props.person {
                    <Menu name={t::common_person_menu(locale)} button={html! {
                        <>
                            <span class="frame__initials" aria-hidden="true">{ initials(name) }</span>
                            <span class="frame__person">{ name }</span>
                        </>
                    }}>
                        { props.person_menu.clone() }
                    </Menu>
                }
            </header>
            if !props.sections.is_empty() {
                <nav class="frame__sections" aria-label={t::common_sections(locale)}>
                    <ul>{ for props.sections.iter().map(section_item) }</ul>
                </nav>
            }
            <main class="frame__content" id="content" tabindex="-1">{ props.children.clone() }</main>
        </div>
    }
}

fn section_item(section: &Section) -> Html {
    html! {
        <li key={section.href.to_string()}>
            <Link href={section.href.clone()} class="frame__section" current={section.current}>
                <IconMark icon={section.icon} />
                <span>{ &section.label }</span>
                if let Some(count) = section.count { <span class="frame__count">{ count }</span> }
            </Link>
        </li>
    }
}

/// Three tiers, each wider than the one above: the mark of the product.
#[component]
pub fn ProductMark() -> Html {
    html! {
        <svg class="product-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <rect x="3" y="4" width="5" height="4" />
            <rect x="3" y="10" width="11" height="4" />
            <rect x="3" y="16" width="18" height="4" />
        </svg>
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}
