//! Parts of the page that know nothing of the application.
