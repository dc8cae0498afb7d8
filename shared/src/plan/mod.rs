//! Turning people into sessions.
