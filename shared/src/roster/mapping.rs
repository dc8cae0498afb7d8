//! Which column means what: guessed from the headers, changed by people, the same for every row.

use super::fold::fold;
use super::target::{Field, Target};
use super::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the columns of a file are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// The meaning of each column; columns beyond the list mean nothing.
    pub columns: Vec<Option<Field>>,
    /// Values that hold for the whole file, or where the column's cell is blank.
    pub fixed: BTreeMap<Field, String>,
    /// What the values in the file stand for (such as a role's code), by field.
    pub values: BTreeMap<Field, BTreeMap<String, String>>,
}

impl Mapping {
    /// The mapping that the headers suggest.
    ///
    /// A header that is exactly a known name goes before one that holds a known name; among equals, the column
    /// further left. Only the fields that are joined from parts take several columns.
    pub fn guess(target: Target, header: &[String]) -> Self {
        let folded: Vec<String> = header.iter().map(|h| fold(h)).collect();
        let mut columns = vec![None; header.len()];
        for exact in [true, false] {
            for (field, _) in target.fields() {
                let known: Vec<String> = words::headers(target, *field).map(fold).collect();
                let suits = |cell: &str| {
                    if exact { known.iter().any(|w| w == cell) } else { known.iter().any(|w| holds(cell, w)) }
                };
                // Parts of a name or address are taken only where each is named exactly.
                let several = exact && field.joins();
                for (at, cell) in folded.iter().enumerate() {
                    let taken = columns.contains(&Some(*field));
                    let free = columns.get(at).is_some_and(Option::is_none);
                    if let Some(slot) =
                        columns.get_mut(at).filter(|_| free && (several || !taken) && suits(cell))
                    {
                        *slot = Some(*field);
                    }
                }
            }
        }
        Self { columns, ..Self::default() }
    }

    /// Whether a column is read for the field, or a value fixed.
    pub fn gives(&self, field: Field) -> bool {
        self.columns.contains(&Some(field)) || self.fixed.get(&field).is_some_and(|v| !v.trim().is_empty())
    }
}

/// Whether a header holds a known name long enough not to be there by chance.
fn holds(cell: &str, known: &str) -> bool {
    known.chars().count() >= 5 && cell.contains(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(target: Target, header: &str) -> Vec<(String, Field)> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let columns = Mapping::guess(target, &header).columns;
        header.into_iter().zip(columns).filter_map(|(h, f)| f.map(|f| (h, f))).collect()
    }

    fn expected(pairs: &[(&str, Field)]) -> Vec<(String, Field)> {
        pairs.iter().map(|(h, f)| ((*h).to_owned(), *f)).collect()
    }

    #[test]
    fn headers_in_several_languages_are_understood() {
        use Field::*;
        assert_eq!(
            guess(Target::People, "№,Soyadı,Adı,Ata adı,Dairə,Dairənin adı,Məntəqə"),
            expected(&[
                ("Soyadı", Name),
                ("Adı", Name),
                ("Ata adı", Name),
                ("Dairə", Unit),
                ("Dairənin adı", District),
                ("Məntəqə", Station)
            ])
        );
        assert_eq!(
            guess(Target::People, "№,Фамилиясы,Аты,УШК №,Жери,Дата"),
            expected(&[("Фамилиясы", Name), ("Аты", Name), ("УШК №", Station)])
        );
        assert_eq!(
            guess(Target::People, "ПИН,Ф.И.О.,Номер УИК,Должность в комиссии,Контактный телефон"),
            expected(&[
                ("ПИН", Key),
                ("Ф.И.О.", Name),
                ("Номер УИК", Station),
                ("Должность в комиссии", Role),
                ("Контактный телефон", Phone)
            ])
        );
        assert_eq!(
            guess(
                Target::Stations,
                "section_id,rik_code,rik_name,municipality,address,is_mobile,longitude,latitude"
            ),
            expected(&[
                ("section_id", Code),
                ("rik_name", Region),
                ("municipality", District),
                ("address", Address),
                ("longitude", Lon),
                ("latitude", Lat)
            ])
        );
        assert_eq!(
            guess(Target::Rooms, "Название,Район,Адрес,Количество мест"),
            expected(&[
                ("Название", Name),
                ("Район", District),
                ("Адрес", Address),
                ("Количество мест", Capacity)
            ])
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        let header: Vec<String> = ["name", "phone"].map(str::to_owned).into();
        let mut mapping = Mapping::guess(Target::People, &header);
        assert_eq!(Target::People.missing(&mapping), [Field::Role, Field::Station]);
        mapping.fixed.insert(Field::Role, "pec-member".into());
        mapping.fixed.insert(Field::District, "Alay".into());
        assert_eq!(Target::People.missing(&mapping), []);
    }
}
