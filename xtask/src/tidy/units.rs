//! What each unit of the house may import. The table is the architecture; see `ARCHITECTURE.md`.

use super::imports::paths;
use super::licences::Metadata;
use super::{Breach, Tree};

/// A part of the tree and what it must not name.
struct Unit {
    /// The folder of its sources.
    folder: &'static str,
    /// Paths that begin like one of these are breaches.
    never: &'static [&'static str],
    /// Whether its tests are bound too. Tests may read a clock or a file.
    tests_too: bool,
    /// What the rule is for, said to whoever broke it.
    why: &'static str,
}

const UNITS: [Unit; 11] = [
    Unit {
        folder: "shared/src/",
        never: &[
            "yew",
            "gloo",
            "idb",
            "worker",
            "worker_app",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "tokio",
            "frontend_state",
            "frontend",
            "cascade_tests",
        ],
        tests_too: true,
        why: "shared is the pure core of both ends",
    },
    Unit {
        folder: "shared/src/",
        never: &[
            "std::time::SystemTime",
            "std::time::Instant",
            "SystemTime::now",
            "Instant::now",
            "std::env",
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "rand",
            "getrandom",
            "log",
            "tracing",
            "chrono",
        ],
        tests_too: false,
        why: "time, new ids and everything outside come to shared as arguments",
    },
    Unit {
        folder: "frontend/state/src/",
        never: &[
            "yew",
            "yew_router",
            "gloo",
            "idb",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "worker",
            "worker_app",
            "frontend",
            "std::time::SystemTime",
            "std::time::Instant",
        ],
        tests_too: true,
        why: "the state is the page without the page; it is tested natively",
    },
    Unit {
        folder: "frontend/src/components/",
        never: &["crate::store", "crate::shell", "crate::pages", "frontend_state", "idb"],
        tests_too: true,
        why: "a component shows what it is given",
    },
    Unit {
        folder: "frontend/src/pages/",
        never: &["crate::shell", "idb"],
        tests_too: true,
        why: "a page asks the store; effects belong to the shell",
    },
    Unit {
        folder: "frontend/src/shell/",
        never: &["crate::pages", "crate::components", "yew"],
        tests_too: true,
        why: "the shell carries out effects and shows nothing",
    },
    Unit {
        folder: "frontend/modules/desk/src/",
        never: &["yew", "idb", "frontend", "frontend_state", "worker_app"],
        tests_too: true,
        why: "the desk runs in a Web Worker and has no page",
    },
    Unit {
        folder: "worker/src/",
        never: &[
            "yew",
            "idb",
            "frontend",
            "frontend_state",
            "desk",
            "cascade_tests",
            "std::time::SystemTime",
        ],
        tests_too: true,
        why: "the worker is a shell around shared",
    },
    Unit {
        folder: "tests/sim/src/",
        never: &[
            "frontend_state",
            "cascade_tests",
            "std::time::SystemTime",
            "std::time::Instant",
            "std::env",
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "std::collections::HashMap",
            "rand",
            "getrandom",
        ],
        tests_too: true,
        why: "a seed alone decides what the simulator does, in native code and in wasm",
    },
    Unit {
        folder: "tests/",
        never: &["worker", "worker_app", "frontend", "yew"],
        tests_too: true,
        why: "the tests reach the server through HTTP, as any device does",
    },
    Unit {
        folder: "ops/",
        never: &["worker", "worker_app", "frontend", "yew"],
        tests_too: true,
        why: "an operator's tools know the records, not the server's insides",
    },
];

/// Packages of this workspace and the dependencies they must never have, not even for their tests.
const NEVER_DEPENDS: [(&str, &[&str]); 4] = [
    (
        "shared",
        &[
            "yew",
            "gloo",
            "idb",
            "worker",
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "tokio",
            "rand",
            "getrandom",
            "log",
            "chrono",
        ],
    ),
    ("frontend-state", &["yew", "gloo", "idb", "worker", "web-sys", "js-sys", "wasm-bindgen"]),
    ("worker-app", &["frontend", "frontend-state", "yew"]),
    ("cascade-tests", &["worker-app", "worker", "frontend", "yew"]),
];

/// The breaches in sources.
pub fn imports(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for unit in &UNITS {
        for name in tree.named(unit.folder, ".rs") {
            if !unit.tests_too && is_test_file(name) {
                continue;
            }
            let Some(text) = tree.text(name) else { continue };
            let source = if unit.tests_too { text.as_str() } else { without_tests(&text) };
            for named in paths(source) {
                if let Some(never) = unit.never.iter().find(|never| begins_with(&named.path, never)) {
                    let place = format!("{name}:{}", named.line);
                    breaches.push(Breach::new(place, format!("names {never}, and {}", unit.why)));
                }
            }
        }
    }
    breaches
}

/// Packages that are shipped. None may have weakened rules, nor the simulator that has them.
const SHIPPED: [&str; 4] = ["frontend", "frontend-state", "desk", "worker-app"];

/// The breaches in manifests.
pub fn dependencies(metadata: &Metadata) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (package, never) in NEVER_DEPENDS {
        let Some(found) = metadata.packages.iter().find(|one| one.name == package && one.source.is_none())
        else {
            breaches
                .push(Breach::new(package, "is not a package of this workspace any more; tidy expects it"));
            continue;
        };
        let names = found.dependencies.iter().map(|dependency| dependency.name.as_str());
        for name in names.filter(|name| never.contains(name)) {
            breaches.push(Breach::new(package, format!("must not depend on {name}")));
        }
    }
    for package in metadata.packages.iter().filter(|p| p.source.is_none() && SHIPPED.contains(&&*p.name)) {
        for dependency in &package.dependencies {
            if dependency.name == "cascade-sim" || dependency.features.iter().any(|f| f == "mutants") {
                breaches.push(Breach::new(&package.name, "is shipped, and must not have weakened rules"));
            }
        }
    }
    breaches
}

fn begins_with(path: &str, beginning: &str) -> bool {
    path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_test_file(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/") || name.ends_with("_tests.rs")
}

/// The file up to its test module, which stands last.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |at| text.get(..at).unwrap_or(text))
}
