//! Places on a grid of tiles by their coordinates: a map that needs no boundary file.
//!
//! Invariants: each place gets a tile of its own; the same places always get the same tiles; a place moves to the
//! nearest free tile only where its own is taken.

/// A tile: column from the west, row from the north.
pub type Tile = (u32, u32);

/// The tiles of places given as (degrees north, degrees east), in the same order, and the grid's size.
pub fn tiles(places: &[(f64, f64)]) -> (Vec<Tile>, Tile) {
    if places.is_empty() {
        return (Vec::new(), (0, 0));
    }
    let (south, north) = range(places.iter().map(|p| p.0));
    let (west, east) = range(places.iter().map(|p| p.1));
    // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    let width = (east - west) * ((south + north) / 2.0).to_radians().cos().max(0.1);
    let height = north - south;
    // About one tile in two is taken: close neighbours touch, and the shape of the country stays.
    let wanted = places.len() as f64 * 1.7;
    let ratio = if height > 0.0 && width > 0.0 { (width / height).clamp(0.2, 5.0) } else { 1.0 };
    let columns = (wanted * ratio).sqrt().ceil().max(1.0) as u32;
    let rows = (wanted / ratio).sqrt().ceil().max(1.0) as u32;

    let at = |value: f64, from: f64, to: f64, tiles: u32| {
        if to > from { (value - from) / (to - from) * f64::from(tiles - 1) } else { 0.0 }
    };
    let wishes: Vec<(f64, f64)> = places
        .iter()
        .map(|&(lat, lon)| (at(lon, west, east, columns), at(-lat, -north, -south, rows)))
        .collect();
    // Those nearest to the middle of a tile choose first; ties by their order in the list.
    let mut order: Vec<usize> = (0..places.len()).collect();
    let off =
        |at: usize| wishes.get(at).map_or(0.0, |w| (w.0 - w.0.round()).abs() + (w.1 - w.1.round()).abs());
    order.sort_by(|a, b| off(*a).total_cmp(&off(*b)).then(a.cmp(b)));

    let mut free: Vec<Tile> =
        (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))).collect();
    let mut found = vec![(0, 0); places.len()];
    for place in order {
        let Some(&(x, y)) = wishes.get(place) else { continue };
        let distance = |tile: &Tile| (f64::from(tile.0) - x).powi(2) + (f64::from(tile.1) - y).powi(2);
        let nearest = (0..free.len()).min_by(|a, b| match (free.get(*a), free.get(*b)) {
            (Some(a), Some(b)) => distance(a).total_cmp(&distance(b)),
            _ => std::cmp::Ordering::Equal,
        });
        if let (Some(at), Some(slot)) = (nearest, found.get_mut(place)) {
            *slot = free.remove(at);
        }
    }
    (found, (columns, rows))
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const KYRGYZSTAN: [(&str, f64, f64); 9] = [
        ("Bishkek", 42.87, 74.59),
        ("Osh city", 40.52, 72.80),
        ("Batken", 40.06, 70.82),
        ("Chuy", 42.75, 74.30),
        ("Issyk-Kul", 42.49, 78.39),
        ("Jalal-Abad", 40.93, 73.00),
        ("Naryn", 41.43, 75.99),
        ("Osh", 40.40, 73.20),
        ("Talas", 42.52, 72.24),
    ];

    #[test]
    fn each_place_has_a_tile_of_its_own_inside_the_grid() {
        for count in [1, 2, 9, 54, 144, 500] {
            let places: Vec<(f64, f64)> = (0..count)
                .map(|n| (40.0 + f64::from(n * 37 % 91) / 40.0, 70.0 + f64::from(n * 53 % 97) / 12.0))
                .collect();
            let (found, (columns, rows)) = tiles(&places);
            assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), places.len(), "{count} places");
            assert!(found.iter().all(|t| t.0 < columns && t.1 < rows), "{count} places");
        }
    }

    #[test]
    fn places_at_one_point_still_get_a_tile_each() {
        let (found, _) = tiles(&[(41.0, 74.0); 7]);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 7);
    }

    #[test]
    fn west_stays_west_and_north_stays_north() {
        let places: Vec<(f64, f64)> = KYRGYZSTAN.iter().map(|p| (p.1, p.2)).collect();
        let (found, _) = tiles(&places);
        let tile = |name: &str| {
            KYRGYZSTAN
                .iter()
                .position(|p| p.0 == name)
                .and_then(|at| found.get(at))
                .copied()
                .unwrap_or_default()
        };
        assert!(tile("Batken").0 < tile("Naryn").0 && tile("Naryn").0 < tile("Issyk-Kul").0);
        assert!(tile("Bishkek").1 < tile("Osh").1);
        assert!(tile("Talas").1 < tile("Batken").1);
    }
}
