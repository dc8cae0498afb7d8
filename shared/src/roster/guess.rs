//! A guess of the mapping, tried on the first rows: which of the columns that say where is really understood.
//!
//! Lists often carry codes of their own beside the names of districts. Of the columns that the headers suggest,
//! those are kept under which most of the first rows find their unit.

use super::cells::{Cells, Columns};
use super::mapping::Mapping;
use super::places::{Asked, UnitIndex};
use super::read::Record;
use super::target::Field;

/// The mapping, without the columns for unit, district or region that only stand in the way.
pub(super) fn refine(mapping: &Mapping, rows: &[Record], units: &UnitIndex) -> Mapping {
    let leave_out: [&[Field]; 5] =
        [&[], &[Field::Unit], &[Field::District], &[Field::Region], &[Field::Unit, Field::Region]];
    let mut best = (mapping.clone(), understood(mapping, rows, units));
    for fields in leave_out {
        let mut less = mapping.clone();
        for column in &mut less.columns {
            *column = column.filter(|field| !fields.contains(field));
        }
        let found = understood(&less, rows, units);
        if found > best.1 {
            best = (less, found);
        }
    }
    best.0
}

/// How many rows find their unit.
fn understood(mapping: &Mapping, rows: &[Record], units: &UnitIndex) -> usize {
    let columns = Columns::new(mapping);
    let finds = |row: &&Record| {
        let cells = Cells::new(&columns, row);
        let [unit, district, region] = [Field::Unit, Field::District, Field::Region].map(|f| cells.text(f));
        units.find(Asked { unit: &unit, district: &district, region: &region }).is_ok()
    };
    rows.iter().filter(finds).count()
}

#[cfg(test)]
mod tests {
    use super::super::read::{Options, read_all};
    use super::super::sample::programme;
    use super::super::target::Target;
    use super::*;

    #[test]
    fn codes_of_another_list_give_way_to_names_and_known_codes_stay() {
        let units = UnitIndex::new(&programme());
        for (csv, kept) in [
            ("section id,district code,district\n1,0101,Alay\n2,0102,Batken\n", Field::District),
            ("section id,district code,district\n1,D11,Alai\n2,D12,Lenin\n", Field::Unit),
        ] {
            let records = read_all(csv.as_bytes(), Options::default()).expect("a table");
            let mapping = Mapping::guess(Target::Stations, &records[0].cells);
            assert_eq!(mapping.columns, [Some(Field::Code), Some(Field::Unit), Some(Field::District)]);
            let refined = refine(&mapping, &records[1..], &units);
            assert!(refined.gives(kept), "{csv}");
            assert_eq!(refined.columns.iter().flatten().count(), 2, "{csv}");
        }
    }
}
