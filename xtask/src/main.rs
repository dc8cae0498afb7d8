//! Set-up, build, serve, test, ci, bench.

fn main() {}
