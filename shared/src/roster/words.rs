//! The words by which offices call things: column headers, kinds of territory, yes and no, languages.
//!
//! English, Russian, Kyrgyz, Azerbaijani, Urdu, Bulgarian, and Russian in Latin letters. All are folded before
//! they are compared.

use super::target::{Field, Target};

/// The headers under which a field is found, for a target.
pub(super) fn headers(target: Target, field: Field) -> impl Iterator<Item = &'static str> {
    known(target, field).split('|')
}

fn known(target: Target, field: Field) -> &'static str {
    match field {
        Field::Code if target == Target::Stations => STATION,
        Field::Code => "code|room code|room no|room number|код|код помещения|номер помещения|kod",
        Field::Name => match target {
            Target::Stations => {
                "name|station name|polling station name|title|название|наименование|наименование участка|\
             название участка|аталышы|adı|nazvanie|naimenovanie|polling unit name|\
             наименование избирательного участка"
            }
            Target::Rooms => {
                "name|room|room name|venue|venue name|hall|название|наименование|помещение|зал|аудитория|\
             место|место проведения|аталышы|nazvanie|pomeshchenie|otaq"
            }
            Target::Trainers | Target::People => {
                "name|full name|fullname|surname|last name|family name|first name|given name|middle name|\
             patronymic|фио|ф и о|фамилия|имя|отчество|фамилия имя отчество|фамилиясы|аты|\
             атасынын аты|аты жөнү|soyadı|adı|ata adı|ad soyad|fio|familiya|imya|otchestvo|نام|име|\
             презиме|trainer|тренер"
            }
        },
        Field::NameOther => {
            "name other|name en|name_en|name in english|english name|latin name|name latin|name ky|\
             name ru|фио на кыргызском|фио на русском|фио латиницей|имя латиницей|имя на английском"
        }
        Field::Unit => {
            "unit|unit code|territory|constituency|constituency code|constituency no|dec|tec|rec|\
             код территории|территория|тик|окружная комиссия|округ|код округа|код района|dairə|\
             dairənin nömrəsi|na|код единицы|kod rayona|municipality code|district code|код на община"
        }
        Field::Region => {
            "region|oblast|province|state|область|регион|облус|облусу|дубан|rik name|rik_name|област|\
             vilayət|صوبہ|край|наименование области|governorate"
        }
        Field::District => {
            "district|raion|rayon|район|районы|р-н|lga|municipality|община|dairənin adı|ضلع|tehsil|\
             район/город|город/район|район город|rayonu|county|наименование района|\
             local government area|city/district"
        }
        Field::Address => {
            "address|addr|location|street|адрес|дареги|дарек|местонахождение|адрес участка|ünvan|\
             adres|پتہ|место нахождения|адрес помещения|address of the polling station"
        }
        Field::Lat => "lat|latitude|y|широта|shirota|кеңдик|географска ширина",
        Field::Lon => "lon|lng|long|longitude|x|долгота|dolgota|узундук|географска дължина",
        Field::Capacity => {
            "capacity|seats|places|number of seats|вместимость|мест|количество мест|число мест|\
             орундардын саны|tutum|vmestimost|mest|капацитет"
        }
        Field::Key => {
            "key|personal number|personal no|person id|personal id|national id|id number|pin|inn|\
             cnic|fin|инн|пин|пинфл|персональный номер|личный номер|табельный номер|жеке номер|\
             fin kod|شناختی کارڈ|егн|passport|паспорт|staff no|employee id"
        }
        Field::Station => STATION,
        Field::Role => {
            "role|position|duty|post|election role|designation|роль|должность|статус|кызматы|vəzifə|\
             vəzifəsi|dolzhnost|عہدہ|длъжност|статус в комиссии"
        }
        Field::Seat => "seat|seat no|seat number|номер места|место №|место в комиссии|орун|мандат",
        Field::Phone => {
            "phone|telephone|tel|mobile|cell|phone number|mobile number|contact|contact phone|\
             телефон|тел|моб|мобильный|номер телефона|контакт|контактный телефон|telefon|فون"
        }
        Field::Language => "language|lang|язык|язык обучения|тили|тил|dil|yazyk|زبان|език",
        Field::Stage => "stage|teaches|tier|level|course|этап|уровень|ступень|обучает|этап обучения|etap",
        Field::Qualified => {
            "qualified|already trained|trained|certified|подготовлен|обучен|сертифицирован|\
             уже обучен|прошел обучение|прошла обучение|подготовка пройдена"
        }
    }
}

const STATION: &str = "code|station|station code|station no|station number|polling station|\
             polling station code|polling station number|polling station no|ps|ps no|ps code|pec|\
             pec no|section|section id|polling unit|pu code|уик|уик №|№ уик|номер уик|код|\
             код участка|участок|номер участка|№ участка|избирательный участок|\
             номер избирательного участка|ушк|ушк №|шайлоо участогу|участок №|məntəqə|\
             məntəqənin nömrəsi|uik|uchastok|nomer uchastka|پولنگ اسٹیشن نمبر|секция|номер на секция|\
             номер на сик|сик";

/// Words that say what kind of territory a name is of, and may be left out of it.
pub(super) const TERRITORY: &str = "область|обл|облусу|облус|район|р-н|районы|району|город|гор|г|шаары|шаар|округ|oblast|\
             obl|oblus|oblusu|region|district|raion|rayon|rayonu|city|shaary|province|state|lga|\
             county|municipality|община|област|okrug|constituency|dairəsi|şəhəri|qəsəbəsi|tehsil|\
             division|ضلع|صوبہ|vilayat|gorod|of|the";

/// Yes, no, or neither.
pub(super) fn yes_no(folded: &str) -> Option<bool> {
    match folded {
        "yes" | "y" | "true" | "1" | "x" | "да" | "д" | "ооба" | "beli" | "he" | "ہاں" | "da" | "v" => {
            Some(true)
        }
        "no" | "n" | "false" | "0" | "нет" | "н" | "жок" | "xeyr" | "yox" | "نہیں" | "net" | "не" => {
            Some(false)
        }
        _ => None,
    }
}

/// The tag of a language by its names (folded); any text shaped like a tag is one.
pub(super) fn language(folded: &str) -> Option<String> {
    let tag = match folded {
        "русскии" | "рус" | "russian" | "rus" | "орусча" | "орус" | "rusca" | "rus dili" => {
            "ru"
        }
        "кыргызскии" | "кырг" | "кыргызча" | "кыргыз" | "kyrgyz" | "kirgiz" | "kyr" | "kg" => {
            "ky"
        }
        "узбекскии" | "uzbek" | "озбекча" | "ozbek" => "uz",
        "азербаиджанскии" | "azerbaijani" | "azerbaycan" | "azerbaycanca" | "aze" => "az",
        "урду" | "urdu" | "اردو" => "ur",
        "англиискии" | "english" | "eng" => "en",
        "таджикскии" | "tajik" => "tg",
        "казахскии" | "kazakh" => "kk",
        other if (2..=3).contains(&other.len()) && other.bytes().all(|b| b.is_ascii_lowercase()) => other,
        _ => return None,
    };
    Some(tag.to_owned())
}
