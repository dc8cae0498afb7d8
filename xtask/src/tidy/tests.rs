//! A breach of every rule, planted in a copy of this tree, is named with its place.

use super::licences::{Dependency, Metadata, Package};
use super::{Breach, RULES, Tree, licences, units};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// A copy of what git tracks, but the large files of data.
fn copy() -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for name in Tree::of_git(root).unwrap().files {
        let from = root.join(&name);
        if from.metadata().unwrap().len() > 1_000_000 {
            continue;
        }
        let to = folder.path().join(&name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
    folder
}

fn breaches(folder: &TempDir) -> Vec<String> {
    let tree = Tree::of_folder(folder.path()).unwrap();
    RULES.iter().flat_map(|rule| rule(&tree)).map(|breach| breach.to_string()).collect()
}

/// What is wrong with the tree as it is: not what these tests are about.
static ALREADY: OnceLock<Vec<String>> = OnceLock::new();

/// Plants a text into a file, made when absent, and says what is found then.
fn planted(name: &str, text: &str) -> Vec<String> {
    let folder = copy();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, format!("{text}\n{before}")).unwrap();
    let already = ALREADY.get_or_init(|| breaches(&copy()));
    breaches(&folder).into_iter().filter(|breach| !already.contains(breach)).collect()
}

#[test]
fn a_forbidden_import_is_named_in_every_unit() {
    for (name, code, expected) in [
        ("shared/src/planted.rs", "use web_sys::Window;", "names web_sys, and shared is the pure core"),
        (
            "shared/src/planted.rs",
            "fn a() { std::time::SystemTime::now(); }",
            "names std::time::SystemTime, and time",
        ),
        ("shared/src/planted.rs", "use std::{fmt, env};", "names std::env, and time"),
        ("frontend/state/src/planted.rs", "use yew::prelude::*;", "names yew, and the state"),
        (
            "frontend/src/components/planted.rs",
            "use crate::{i18n, store};",
            "names crate::store, and a component",
        ),
        (
            "frontend/src/components/planted.rs",
            "type A = frontend_state::Model;",
            "names frontend_state, and",
        ),
        (
            "frontend/src/pages/planted.rs",
            "fn a() { crate::shell::http::post(); }",
            "names crate::shell, and a page",
        ),
        ("frontend/src/shell/planted.rs", "use crate::pages;", "names crate::pages, and the shell"),
        ("frontend/modules/desk/src/planted.rs", "use yew::html;", "names yew, and the desk"),
        ("worker/src/planted.rs", "use frontend_state::Model;", "names frontend_state, and the worker"),
        ("tests/sim/src/planted.rs", "use std::fs;", "names std::fs, and a seed alone"),
        ("tests/src/planted.rs", "use worker_app::error::Fault;", "names worker_app, and the tests"),
    ] {
        let found = planted(name, code);
        assert!(
            found.iter().any(|breach| breach.starts_with(&format!("{name}:1: {expected}"))),
            "{code}: {found:?}"
        );
    }
}

#[test]
fn what_is_allowed_is_no_breach() {
    for (name, code) in [
        (
            "shared/src/planted.rs",
            "use serde::Serialize;\n// use yew::a;\n#[cfg(test)]\nmod tests { use std::env; }",
        ),
        ("frontend/src/pages/planted.rs", "use crate::{components, store};"),
        ("tests/src/planted.rs", "use frontend_state::Model; use shared::worker_like::a;"),
    ] {
        assert_eq!(planted(name, code), Vec::<String>::new(), "{code}");
    }
}

#[test]
fn a_permission_table_that_says_something_else_is_named() {
    let found = planted("docs/permissions.md", "everybody may do everything");
    assert_eq!(found, ["docs/permissions.md: is stale: write it again with `cargo xtask docs`"]);
    let found = planted("docs/openapi.json", "{}");
    assert_eq!(found, ["docs/openapi.json: is stale: write it again with `cargo xtask docs`"]);
}

#[test]
fn a_pack_that_cannot_be_read_is_named() {
    let found = planted("programmes/planted/programme.json", "{}");
    assert!(
        found.iter().any(|breach| breach.starts_with("programmes/planted/programme.json: cannot be read")),
        "{found:?}"
    );
}

#[test]
fn a_message_that_one_locale_lacks_is_named_in_that_locale() {
    let found = planted("frontend/locales/en/planted.ftl", "planted-a = Text");
    assert_eq!(found, ["frontend/locales/ru/planted.ftl: does not say planted-a"]);
    let found = planted("frontend/locales/ru/planted.ftl", "planted-b = Текст");
    assert_eq!(found, ["frontend/locales/en/planted.ftl: does not say planted-b, which ru says"]);
}

#[test]
fn a_message_with_other_variables_is_named() {
    let folder = copy();
    for (locale, text) in [("en", "planted-c = { $count } of { $all }\n"), ("ru", "planted-c = { $count }\n")]
    {
        fs::create_dir_all(folder.path().join("frontend/locales").join(locale)).unwrap();
        fs::write(folder.path().join(format!("frontend/locales/{locale}/planted.ftl")), text).unwrap();
    }
    let found = breaches(&folder);
    let expected = "frontend/locales/ru/planted.ftl: says planted-c with other variables than en";
    assert!(found.iter().any(|breach| breach == expected), "{found:?}");
}

#[test]
fn a_long_file_is_named() {
    let found = planted("shared/src/planted.rs", &"// a line\n".repeat(401));
    assert_eq!(found, ["shared/src/planted.rs: has 402 lines, more than 400"]);
}

#[test]
fn the_host_of_a_registry_is_named() {
    let line = format!("see https{}registry.example.org/a", "://");
    assert_eq!(planted("docs/planted.md", &line), ["docs/planted.md:1: names the host of a registry"]);
    assert_eq!(planted("docs/planted.md", "see https://example.org/registry.html"), Vec::<String>::new());
}

/// Written as `name` or `name/feature`.
fn depends_on(text: &str) -> Dependency {
    let (name, feature) = text.split_once('/').unwrap_or((text, ""));
    Dependency { name: name.into(), features: vec![feature.into()] }
}

fn package(name: &str, license: Option<&str>, dependencies: &[&str]) -> Package {
    Package {
        name: name.into(),
        version: "1.0.0".into(),
        license: license.map(Into::into),
        source: None,
        dependencies: dependencies.iter().map(|name| depends_on(name)).collect(),
    }
}

#[test]
fn a_licence_that_is_not_allowed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let lock = r#"{"packages": {"": {"license": "MIT"}, "node_modules/planted": {"license": "SSPL-1.0"}}}"#;
    fs::write(folder.path().join("package-lock.json"), lock).unwrap();
    let packages = vec![
        package("good", Some("MIT"), &[]),
        package("bad", Some("AGPL-3.0"), &[]),
        package("silent", None, &[]),
    ];
    let found = licences::check(&Metadata { packages }, &Tree::of_folder(folder.path()).unwrap());
    assert_eq!(
        found.iter().map(Breach::to_string).collect::<Vec<_>>(),
        [
            "bad 1.0.0: has the licence AGPL-3.0, which is not allowed",
            "silent 1.0.0: says no licence",
            "package-lock.json node_modules/planted: has the licence SSPL-1.0, which is not allowed",
        ]
    );
}

#[test]
fn a_forbidden_dependency_is_named() {
    let packages = vec![
        package("shared", None, &["serde", "tokio"]),
        package("frontend-state", None, &["shared"]),
        package("worker-app", None, &["worker"]),
        package("cascade-tests", None, &["shared"]),
    ];
    let found = units::dependencies(&Metadata { packages });
    assert_eq!(found.iter().map(Breach::to_string).collect::<Vec<_>>(), ["shared: must not depend on tokio"]);
}

#[test]
fn weakened_rules_in_a_shipped_package_are_named() {
    let mut packages = ["shared", "frontend-state", "cascade-tests"]
        .map(|name| package(name, None, &[]))
        .into_iter()
        .collect::<Vec<_>>();
    packages.push(package("worker-app", None, &["shared/mutants"]));
    packages.push(package("desk", None, &["cascade-sim"]));
    let found = units::dependencies(&Metadata { packages });
    let expected =
        ["worker-app", "desk"].map(|p| format!("{p}: is shipped, and must not have weakened rules"));
    assert_eq!(found.iter().map(Breach::to_string).collect::<Vec<_>>(), expected);
}
