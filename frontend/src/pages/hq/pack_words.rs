//! Faults of a programme's file in words, by their stable codes.

use crate::i18n::{Locale, t};
use shared::programme::PackFault;

/// What is wrong.
pub fn fault(locale: Locale, fault: &PackFault) -> String {
    let params = fault.params();
    let of = |name: &str| params.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value.as_str());
    match fault.code() {
        "file-too-large" => t::hq_fault_file_too_large(locale, of("max_bytes")),
        "unreadable" => t::hq_fault_unreadable(locale, of("column"), of("line"), of("reason")),
        "format" => t::hq_fault_format(locale, of("found"), of("readable")),
        "too-many" => t::hq_fault_too_many(locale, of("found"), of("max")),
        "empty" => t::hq_fault_empty(locale).to_owned(),
        "no-english" => t::hq_fault_no_english(locale).to_owned(),
        "blank-text" => t::hq_fault_blank_text(locale, of("tag")),
        "long-text" => t::hq_fault_long_text(locale, of("max"), of("tag")),
        "bad-tag" => t::hq_fault_bad_tag(locale, of("tag")),
        "blank" => t::hq_fault_blank(locale).to_owned(),
        "long" => t::hq_fault_long(locale, of("max")),
        "repeated" => t::hq_fault_repeated(locale, of("value")),
        "bad-name" => t::hq_fault_bad_name(locale, of("name")),
        "bad-country" => t::hq_fault_bad_country(locale, of("country")),
        "out-of-range" => t::hq_fault_out_of_range(locale, of("max"), of("min"), of("value")),
        "duplicate-code" => t::hq_fault_duplicate_code(locale, of("code")),
        "no-nation" => t::hq_fault_no_nation(locale).to_owned(),
        "second-nation" => t::hq_fault_second_nation(locale, of("first")),
        "nation-inside" => t::hq_fault_nation_inside(locale, of("parent")),
        "no-parent" => t::hq_fault_no_parent(locale, of("unit")),
        "unknown-parent" => t::hq_fault_unknown_parent(locale, of("parent")),
        "parent-after-child" => t::hq_fault_parent_after_child(locale, of("parent")),
        "unit-cycle" => t::hq_fault_unit_cycle(locale, of("unit")),
        "parent-below" => t::hq_fault_parent_below(locale, of("parent")),
        "ambiguous-name" => t::hq_fault_ambiguous_name(locale, of("name"), of("other")),
        "no-shard" => t::hq_fault_no_shard(locale, of("unit")),
        "duplicate-shard" => t::hq_fault_duplicate_shard(locale, of("other"), of("shard")),
        "unknown-role" => t::hq_fault_unknown_role(locale, of("role")),
        "unknown-stage" => t::hq_fault_unknown_stage(locale, of("stage")),
        "unknown-source" => t::hq_fault_unknown_source(locale, of("source_index"), of("sources")),
        "window-reversed" => t::hq_fault_window_reversed(locale, of("first"), of("last")),
        "window-too-long" => t::hq_fault_window_too_long(locale, of("days"), of("max")),
        "window-too-short" => t::hq_fault_window_too_short(locale, of("days"), of("taught")),
        "after-election" => t::hq_fault_after_election(locale, of("election"), of("last")),
        "norm-over-max" => t::hq_fault_norm_over_max(locale, of("max"), of("norm")),
        "slot-count" => t::hq_fault_slot_count(locale, of("slots"), of("starts")),
        "slot-overlap" => t::hq_fault_slot_overlap(locale, of("free_min"), of("start_min")),
        "first-stage-taught" => t::hq_fault_first_stage_taught(locale, of("stage")),
        "stage-cycle" => t::hq_fault_stage_cycle(locale, of("stage")),
        "taught-by-later" => t::hq_fault_taught_by_later(locale, of("stage")),
        "taught-too-early" => t::hq_fault_taught_too_early(locale, of("first"), of("stage")),
        "modules-too-long" => {
            t::hq_fault_modules_too_long(locale, of("available"), of("minutes"), of("stage"))
        }
        "holiday-worked" => t::hq_fault_holiday_worked(locale, of("day")),
        "no-taught-weekday" => t::hq_fault_no_taught_weekday(locale).to_owned(),
        code => t::errors_code(locale, code),
    }
}
