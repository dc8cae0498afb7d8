//! Coverage by place: tiles placed by coordinates, shaded in seven steps, with the same facts as a table.

use super::link::Link;
use super::tile_grid::tiles;
use crate::i18n::{Locale, fmt_percent, t, use_locale};
use std::rc::Rc;
use yew::prelude::*;

/// The side of a tile, and the gap, in the drawing's units.
const SIDE: u32 = 88;
const GAP: u32 = 8;

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPlace {
    /// The unit's code; the key.
    pub key: AttrValue,
    /// Its name, short enough for a tile.
    pub name: AttrValue,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many of how many: the shade.
    pub part: u64,
    /// Of how many; zero means nothing is known.
    pub whole: u64,
    /// Whether the figures are older than a day: the tile is hatched.
    pub stale: bool,
    /// What it opens to.
    pub href: AttrValue,
}

impl MapPlace {
    /// The step of the scale, 0 (none) to 6 (all).
    pub fn step(&self) -> u64 {
        match (self.part, self.whole) {
            (_, 0) | (0, _) => 0,
            (part, whole) if part >= whole => 6,
            (part, whole) => 1 + part.saturating_mul(5) / whole,
        }
    }
}

/// What the map takes.
#[derive(Properties, PartialEq)]
pub struct TileMapProps {
    /// What it shows.
    pub label: AttrValue,
    /// The places.
    pub places: Rc<[MapPlace]>,
}

/// Coverage by place.
#[component]
pub fn TileMap(props: &TileMapProps) -> Html {
    let locale = use_locale();
    let placed = use_memo(props.places.clone(), |places| {
        tiles(&places.iter().map(|p| (p.lat, p.lon)).collect::<Vec<_>>())
    });
    let (found, (columns, rows)) = &*placed;
    let size = |count: u32| count * (SIDE + GAP) + GAP;
    html! {
        <figure class="tile-map">
            <svg class="tile-map__tiles" viewBox={format!("0 0 {} {}", size(*columns), size(*rows))}
                role="group" aria-label={props.label.clone()}>
                <defs>
                    <pattern id="tile-map-stale" width="8" height="8" patternUnits="userSpaceOnUse"
                        patternTransform="rotate(45)">
                        <rect class="tile-map__hatch" width="2" height="8" />
                    </pattern>
                </defs>
                { for props.places.iter().zip(found).map(|(place, tile)| tile_of(locale, place, *tile)) }
            </svg>
            <figcaption class="tile-map__scale">
                <span>{ t::hq_map_scale(locale) }</span>
                <span class="tile-map__steps">
                    <small>{ t::hq_map_least(locale) }</small>
                    { for (0..7).map(|step| html! {
                        <span key={step} class={format!("tile-map__step tile-map__step--{step}")} />
                    }) }
                    <small>{ t::hq_map_most(locale) }</small>
                </span>
                if props.places.iter().any(|p| p.stale) {
                    <span class="tile-map__old">{ t::hq_map_stale(locale) }</span>
                }
            </figcaption>
            <details class="tile-map__table">
                <summary>{ t::hq_map_table(locale) }</summary>
                <ul>
                    { for props.places.iter().map(|place| html! {
                        <li key={place.key.to_string()}>
                            <Link href={place.href.clone()}>{ &place.name }</Link>
                            <span>{ t::common_of(locale, count(place.part), count(place.whole)) }</span>
                            <span>{ fmt_percent(locale, place.part, place.whole) }</span>
                        </li>
                    }) }
                </ul>
            </details>
        </figure>
    }
}

fn tile_of(locale: Locale, place: &MapPlace, (column, row): (u32, u32)) -> Html {
    let share = fmt_percent(locale, place.part, place.whole);
    let at = |tile: u32| GAP + tile * (SIDE + GAP);
    let (x, y) = (at(column), at(row));
    let side = SIDE.to_string();
    html! {
        <a key={place.key.to_string()} class={format!("tile-map__tile tile-map__tile--{}", place.step())}
            href={place.href.clone()} aria-label={t::hq_map_place(locale, &place.name, &share)}>
            <rect x={x.to_string()} y={y.to_string()} width={side.clone()} height={side.clone()} rx="4" />
            if place.stale {
                <rect class="tile-map__stale" x={x.to_string()} y={y.to_string()} width={side.clone()}
                    height={side.clone()} rx="4" fill="url(#tile-map-stale)" />
            }
            <text x={(x + SIDE / 2).to_string()} y={(y + 36).to_string()}>{ &place.name }</text>
            <text class="tile-map__share" x={(x + SIDE / 2).to_string()} y={(y + 64).to_string()}>{ share }</text>
        </a>
    }
}

fn count(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_is_the_last_step_and_only_none_the_first() {
        let step = |part, whole| {
            let text = AttrValue::Static("");
            MapPlace {
                key: text.clone(),
                name: text.clone(),
                lat: 0.0,
                lon: 0.0,
                part,
                whole,
                stale: false,
                href: text,
            }
            .step()
        };
        for (part, whole, expected) in
            [(0, 0, 0), (0, 9, 0), (1, 1_000, 1), (500, 1_000, 3), (999, 1_000, 5), (9, 9, 6)]
        {
            assert_eq!(step(part, whole), expected, "{part} of {whole}");
        }
    }
}
