//! Parts of the page that know nothing of the application: they take plain properties and emit callbacks.
//!
//! One thing a file, its style in `styles/<same stem>.css`. Texts come from [`crate::i18n`]; status is always an icon,
//! a word and a colour together; geometry that cannot stand in a style sheet is set through the CSSOM, because the
//! content policy forbids style attributes.

pub mod attendance_row;
pub mod badge;
pub mod button;
pub mod card;
pub mod code_input;
pub mod data_table;
pub mod definition_list;
pub mod dialog;
pub mod door;
pub mod empty_state;
pub mod field;
pub mod file_drop;
pub mod frame;
pub mod funnel;
pub mod geometry;
pub mod icon;
pub mod key_help;
pub mod language;
pub mod link;
pub mod menu;
pub mod notice;
pub mod page_head;
pub mod progress;
pub mod qr;
pub mod radio_group;
pub mod running_count;
pub mod select;
pub mod stat_tile;
pub mod step_road;
pub mod sync_pill;
pub mod sync_sheet;
pub mod tabs;
pub mod tile_grid;
pub mod tile_map;
pub mod timeline;
pub mod toast;
pub mod tone;
pub mod virtual_list;
