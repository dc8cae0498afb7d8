//! Names of people: Kyrgyz and Russian, in Cyrillic and in Latin letters.

use super::dice::Dice;
use std::sync::LazyLock;

type List = LazyLock<Vec<&'static str>>;

macro_rules! lists {
    ($($name:ident $file:literal;)*) => {$(
        static $name: List = LazyLock::new(|| include_str!(concat!("../../data/names/", $file)).lines().collect());
    )*};
}

lists! {
    KYRGYZ_MALE "kyrgyz_male.txt";
    KYRGYZ_FEMALE "kyrgyz_female.txt";
    KYRGYZ_SURNAMES "kyrgyz_surnames.txt";
    RUSSIAN_MALE "russian_male.txt";
    RUSSIAN_FEMALE "russian_female.txt";
    RUSSIAN_SURNAMES "russian_surnames.txt";
    RUSSIAN_PATRONYMICS "russian_patronymics.txt";
}

/// Of a hundred Kyrgyz, so many are named by their father: Асан кызы Айгүл.
const BY_FATHER_PERCENT: usize = 8;

/// A whole name in Cyrillic and in Latin letters.
pub(super) fn draw(dice: &mut Dice, russian: bool, female: bool) -> (String, String) {
    let name = if russian { draw_russian(dice, female) } else { draw_kyrgyz(dice, female) };
    let latin = latin(&name, russian);
    (name, latin)
}

fn draw_russian(dice: &mut Dice, female: bool) -> String {
    let surname = feminine_if(female, one(dice, &RUSSIAN_SURNAMES));
    let name = one(dice, if female { &RUSSIAN_FEMALE } else { &RUSSIAN_MALE });
    let father = one(dice, &RUSSIAN_PATRONYMICS);
    let patronymic = match father.strip_suffix("ич") {
        Some(stem) if female => format!("{stem}на"),
        _ => father.to_owned(),
    };
    format!("{surname} {name} {patronymic}")
}

fn draw_kyrgyz(dice: &mut Dice, female: bool) -> String {
    let name = one(dice, if female { &KYRGYZ_FEMALE } else { &KYRGYZ_MALE });
    let father = one(dice, &KYRGYZ_MALE);
    if dice.percent(BY_FATHER_PERCENT) {
        return format!("{father} {} {name}", if female { "кызы" } else { "уулу" });
    }
    let surname = feminine_if(female, one(dice, &KYRGYZ_SURNAMES));
    match patronymic(father, female) {
        Some(patronymic) => format!("{surname} {name} {patronymic}"),
        None => format!("{surname} {name}"),
    }
}

fn one(dice: &mut Dice, list: &List) -> &'static str {
    dice.pick::<&'static str>(list)
}

fn feminine_if(female: bool, surname: &str) -> String {
    if female { format!("{surname}а") } else { surname.to_owned() }
}

/// Асан gives Асанович and Асановна, Бакай gives Бакаевич; a name that ends in a vowel gives none.
fn patronymic(father: &str, female: bool) -> Option<String> {
    let (stem, soft) = match father.chars().last()? {
        'й' => (father.strip_suffix('й')?, true),
        'ч' | 'ш' | 'ж' | 'щ' => (father, true),
        last if "аеёиоуыэюяөү".contains(last) => return None,
        _ => (father, false),
    };
    let end = match (soft, female) {
        (true, true) => "евна",
        (true, false) => "евич",
        (false, true) => "овна",
        (false, false) => "ович",
    };
    Some(format!("{stem}{end}"))
}

/// Latin letters as passports use them; Kyrgyz ж is j, Russian ж is zh.
pub(super) fn latin(text: &str, russian: bool) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        let small: String = letter.to_lowercase().collect();
        let sound = match small.as_str() {
            "а" => "a",
            "б" => "b",
            "в" => "v",
            "г" => "g",
            "д" => "d",
            "е" | "э" => "e",
            "ё" => "yo",
            "ж" if russian => "zh",
            "ж" => "j",
            "з" => "z",
            "и" => "i",
            "й" | "ы" => "y",
            "к" => "k",
            "л" => "l",
            "м" => "m",
            "н" | "ң" => "n",
            "о" | "ө" => "o",
            "п" => "p",
            "р" => "r",
            "с" => "s",
            "т" => "t",
            "у" | "ү" => "u",
            "ф" => "f",
            "х" => "kh",
            "ц" => "ts",
            "ч" => "ch",
            "ш" => "sh",
            "щ" => "shch",
            "ъ" | "ь" => "",
            "ю" => "yu",
            "я" => "ya",
            other => other,
        };
        if letter.is_uppercase() {
            let mut letters = sound.chars();
            written.extend(letters.next().map(|c| c.to_ascii_uppercase()));
            written.push_str(letters.as_str());
        } else {
            written.push_str(sound);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_latin_letters_as_passports_do() {
        for (cyrillic, russian, expected) in [
            ("Жээнбекова Чүрөк Бакаевна", false, "Jeenbekova Churok Bakaevna"),
            ("Жуков Илья Юрьевич", true, "Zhukov Ilya Yurevich"),
            ("Чыңгыз", false, "Chyngyz"),
        ] {
            assert_eq!(latin(cyrillic, russian), expected);
        }
    }

    #[test]
    fn a_patronymic_follows_the_end_of_the_fathers_name() {
        for (father, female, expected) in [
            ("Асан", false, Some("Асанович")),
            ("Асан", true, Some("Асановна")),
            ("Бакай", true, Some("Бакаевна")),
            ("Кубаныч", false, Some("Кубанычевич")),
            ("Нургазы", false, None),
        ] {
            assert_eq!(patronymic(father, female).as_deref(), expected, "{father}");
        }
    }
}
