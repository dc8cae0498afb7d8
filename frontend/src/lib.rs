//! The page: yew components around the state crate; thin.
//!
//! `i18n` has the texts, `components` the parts that know nothing of the application.

pub mod components;
pub mod i18n;

#[cfg(feature = "gallery")]
pub mod gallery;
