//! The page: yew components around the state crate; thin.
//!
//! `i18n` has the texts, `components` the parts that know nothing of the application, `shell` the browser, `store` the
//! bridge to the state, `pages` the screens, `app` their frame.

pub mod components;
pub mod i18n;

#[cfg(feature = "gallery")]
pub mod gallery;

#[cfg(not(feature = "gallery"))]
pub mod app;
#[cfg(not(feature = "gallery"))]
pub mod pages;
#[cfg(not(feature = "gallery"))]
pub mod shell;
#[cfg(not(feature = "gallery"))]
pub mod store;
