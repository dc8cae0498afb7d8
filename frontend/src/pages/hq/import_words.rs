//! Fields, reasons and refusals of an import in words.

use crate::i18n::{Locale, fmt_number, t};
use shared::roster::problem::Reason;
use shared::roster::refusal::{ForeignEncoding, ForeignFormat};
use shared::roster::{Field, Refusal, Separator, Target};

/// A target.
pub fn target(locale: Locale, target: Target) -> &'static str {
    match target {
        Target::Stations => t::import_target_stations(locale),
        Target::Rooms => t::import_target_rooms(locale),
        Target::Trainers => t::import_target_trainers(locale),
        Target::People => t::import_target_people(locale),
    }
}

/// A field.
pub fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Code => t::import_field_code(locale),
        Field::Name => t::import_field_name(locale),
        Field::NameOther => t::import_field_name_other(locale),
        Field::Unit => t::import_field_unit(locale),
        Field::Region => t::import_field_region(locale),
        Field::District => t::import_field_district(locale),
        Field::Address => t::import_field_address(locale),
        Field::Lat => t::import_field_lat(locale),
        Field::Lon => t::import_field_lon(locale),
        Field::Capacity => t::import_field_capacity(locale),
        Field::Key => t::import_field_key(locale),
        Field::Station => t::import_field_station(locale),
        Field::Role => t::import_field_role(locale),
        Field::Seat => t::import_field_seat(locale),
        Field::Phone => t::import_field_phone(locale),
        Field::Language => t::import_field_language(locale),
        Field::Stage => t::import_field_stage(locale),
        Field::Qualified => t::import_field_qualified(locale),
    }
}

/// Several fields, one after the other.
pub fn fields(locale: Locale, all: &[Field]) -> String {
    all.iter().map(|f| field(locale, *f)).collect::<Vec<_>>().join(", ")
}

/// A separator.
pub fn separator(locale: Locale, separator: Separator) -> &'static str {
    match separator {
        Separator::Comma => t::import_separator_comma(locale),
        Separator::Semicolon => t::import_separator_semicolon(locale),
        Separator::Tab => t::import_separator_tab(locale),
    }
}

/// What is wrong with a row, by kind.
pub fn reason(locale: Locale, reason: &Reason) -> &'static str {
    match reason {
        Reason::Ragged { .. } => t::import_reason_ragged(locale),
        Reason::StrayQuote => t::import_reason_stray_quote(locale),
        Reason::Missing => t::import_reason_missing(locale),
        Reason::UnknownUnit { .. } => t::import_reason_unknown_unit(locale),
        Reason::AmbiguousUnit { .. } => t::import_reason_ambiguous_unit(locale),
        Reason::UnitElsewhere { .. } => t::import_reason_unit_elsewhere(locale),
        Reason::UnitTooHigh { .. } => t::import_reason_unit_too_high(locale),
        Reason::UnknownStation { .. } => t::import_reason_unknown_station(locale),
        Reason::AmbiguousStation { .. } => t::import_reason_ambiguous_station(locale),
        Reason::UnknownRole => t::import_reason_unknown_role(locale),
        Reason::UnknownStage => t::import_reason_unknown_stage(locale),
        Reason::UnknownLanguage => t::import_reason_unknown_language(locale),
        Reason::NotYesNo => t::import_reason_not_yes_no(locale),
        Reason::BadNumber { .. } => t::import_reason_bad_number(locale),
        Reason::BadCoordinate => t::import_reason_bad_coordinate(locale),
        Reason::HalfPoint => t::import_reason_half_point(locale),
        Reason::SwappedPoint => t::import_reason_swapped_point(locale),
        Reason::TooLong { .. } => t::import_reason_too_long(locale),
        Reason::ShortenedNumber => t::import_reason_shortened_number(locale),
        Reason::LostLetters => t::import_reason_lost_letters(locale),
        Reason::Garbled => t::import_reason_garbled(locale),
        Reason::Duplicate { .. } => t::import_reason_duplicate(locale),
        Reason::SeatTaken { .. } => t::import_reason_seat_taken(locale),
    }
}

/// Why a shard left a row out, by its code.
pub fn left_out(locale: Locale, code: &str) -> &'static str {
    match code {
        "repeated" => t::import_why_repeated(locale),
        "ambiguous" => t::import_why_ambiguous(locale),
        "seat-taken" => t::import_why_seat_taken(locale),
        "no-free-seat" | "no-seat" => t::import_why_no_seat(locale),
        "unknown-station" => t::import_why_unknown_station(locale),
        "other-shard" => t::import_why_other_shard(locale),
        "elsewhere" => t::import_why_elsewhere(locale),
        _ => t::import_why_other(locale),
    }
}

/// Why a whole file is refused.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Encoding { encoding, .. } => t::import_refused_encoding(locale, encoding_name(*encoding)),
        Refusal::Format { format } => t::import_refused_format(locale, format_name(*format)),
        Refusal::Binary { .. } => t::import_refused_binary(locale).to_owned(),
        Refusal::NotUtf8 { line, .. } => t::import_refused_not_utf8(locale, *line),
        Refusal::UnclosedQuote { line } => t::import_refused_quote(locale, *line),
        Refusal::FieldTooLong { line, .. }
        | Refusal::RecordTooLong { line, .. }
        | Refusal::TooManyColumns { line, .. } => t::import_refused_long(locale, *line),
        Refusal::TooManyRows { limit, .. } => t::import_refused_rows(locale, *limit),
        Refusal::Empty => t::import_refused_empty(locale).to_owned(),
        Refusal::Unmapped { fields: missing } => t::import_refused_unmapped(locale, &fields(locale, missing)),
    }
}

/// Names of encodings are the same in every language.
fn encoding_name(encoding: ForeignEncoding) -> &'static str {
    match encoding {
        ForeignEncoding::Utf16Le => "UTF-16 LE",
        ForeignEncoding::Utf16Be => "UTF-16 BE",
        ForeignEncoding::Utf32Le => "UTF-32 LE",
        ForeignEncoding::Utf32Be => "UTF-32 BE",
        ForeignEncoding::Windows1251 => "Windows-1251",
        ForeignEncoding::Windows1252 => "Windows-1252",
        ForeignEncoding::Windows1254 => "Windows-1254",
        ForeignEncoding::Windows1256 => "Windows-1256",
        ForeignEncoding::OneByte => "ANSI",
    }
}

/// And so are those of file formats.
fn format_name(format: ForeignFormat) -> &'static str {
    match format {
        ForeignFormat::Xlsx | ForeignFormat::LockedXlsx => "Excel (XLSX)",
        ForeignFormat::Ods => "OpenDocument (ODS)",
        ForeignFormat::Docx => "Word (DOCX)",
        ForeignFormat::Zip => "ZIP",
        ForeignFormat::Xls => "Excel 97-2003 (XLS)",
        ForeignFormat::Pdf => "PDF",
        ForeignFormat::Gzip => "GZIP",
        ForeignFormat::Archive => "7z, RAR",
        ForeignFormat::Image => "JPEG, PNG",
        ForeignFormat::Html => "HTML",
        ForeignFormat::Rtf => "RTF",
        ForeignFormat::Sqlite => "SQLite",
    }
}

/// Lines, a few of them named.
pub fn lines(locale: Locale, lines: &[u32]) -> String {
    const NAMED: usize = 8;
    let named: Vec<String> = lines.iter().take(NAMED).map(|l| fmt_number(locale, (*l).into())).collect();
    let more = lines.len().saturating_sub(NAMED) as u32;
    let said = t::import_lines(locale, &named.join(", "));
    if more > 0 { format!("{said} {}", t::import_lines_more(locale, more)) } else { said }
}
