//! Places and distances, the same to the last bit on every machine: only `+ - * /` and `sqrt`, which IEEE 754 fixes.

use serde::{Deserialize, Serialize};

/// A point on the map, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Place {
    /// A place, if the numbers are one.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        on_earth.then_some(Self { lat, lon })
    }
}

const METRES_PER_DEGREE: f64 = 111_195.0;

/// Metres between two places as the crow flies; good to a per mille within a country.
pub(super) fn metres(a: Place, b: Place) -> u64 {
    let north = b.lat - a.lat;
    let mut east = (b.lon - a.lon) % 360.0;
    if east > 180.0 {
        east -= 360.0;
    } else if east < -180.0 {
        east += 360.0;
    }
    let east = east * cosine((a.lat + b.lat) / 2.0);
    // Saturates; not-a-number becomes 0.
    ((north * north + east * east).sqrt() * METRES_PER_DEGREE).round() as u64
}

/// The middle of places, each with its weight.
pub(super) fn centre(places: impl Iterator<Item = (Place, usize)>) -> Option<Place> {
    let (mut lat, mut lon, mut all) = (0.0, 0.0, 0.0);
    for (place, weight) in places {
        let weight = weight as f64;
        lat += place.lat * weight;
        lon += place.lon * weight;
        all += weight;
    }
    (all > 0.0).then(|| Place { lat: lat / all, lon: lon / all })
}

/// Cosine of degrees between -90 and 90.
fn cosine(degrees: f64) -> f64 {
    let x = degrees.clamp(-90.0, 90.0) * (core::f64::consts::PI / 180.0);
    let x2 = x * x;
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..=8_u32 {
        let n = f64::from(2 * k);
        term *= -x2 / (n * (n - 1.0));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances_are_right_to_a_percent() {
        let bishkek = Place { lat: 42.870, lon: 74.590 };
        let osh = Place { lat: 40.530, lon: 72.800 };
        let found = metres(bishkek, osh) as f64;
        assert!((found - 299_500.0).abs() < 3_000.0, "{found}");
        assert_eq!(metres(bishkek, bishkek), 0);
    }

    #[test]
    fn the_date_line_is_no_wall() {
        let found = metres(Place { lat: 0.0, lon: 179.5 }, Place { lat: 0.0, lon: -179.5 });
        assert_eq!(found, 111_195);
    }

    #[test]
    fn places_off_the_earth_are_refused() {
        assert_eq!(Place::new(91.0, 0.0), None);
        assert_eq!(Place::new(0.0, f64::NAN), None);
        assert!(Place::new(-90.0, 180.0).is_some());
    }
}
