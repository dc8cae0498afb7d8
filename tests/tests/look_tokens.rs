//! The style sheets keep their promises: contrast in both schemes, one file a component, nothing physical, no inline
//! style.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot read its files has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Tokens = BTreeMap<String, String>;

/// Text colour, ground, and the least ratio: 4.5 for text, 3 for the borders of controls. Source: WCAG 2.2, 1.4.3 and
/// 1.4.11.
const PAIRS: &[(&str, &[&str], f64)] = &[
    (
        "ink",
        &[
            "paper",
            "surface",
            "sunk",
            "accent-soft",
            "note-soft",
            "good-soft",
            "attention-soft",
            "missing-soft",
        ],
        4.5,
    ),
    ("ink-quiet", &["paper", "surface", "sunk", "accent-soft", "attention-soft"], 4.5),
    ("accent", &["paper", "surface", "sunk", "accent-soft"], 4.5),
    ("accent-hover", &["paper", "surface", "accent-soft"], 4.5),
    ("good", &["paper", "surface", "good-soft", "accent-soft"], 4.5),
    ("attention", &["paper", "surface", "attention-soft", "accent-soft"], 4.5),
    ("missing", &["paper", "surface", "missing-soft", "accent-soft"], 4.5),
    ("note", &["paper", "surface", "note-soft", "accent-soft"], 4.5),
    ("accent-ink", &["accent", "accent-hover"], 4.5),
    ("good-ink", &["good"], 4.5),
    ("attention-ink", &["attention"], 4.5),
    ("missing-ink", &["missing"], 4.5),
    ("note-ink", &["note"], 4.5),
    ("coverage-low-ink", &["coverage-0", "coverage-1", "coverage-2", "coverage-3"], 4.5),
    ("coverage-high-ink", &["coverage-4", "coverage-5", "coverage-6"], 4.5),
    ("surface", &["ink"], 4.5),
    ("line-strong", &["paper", "surface"], 3.0),
];

#[test]
fn every_text_has_enough_contrast_in_both_schemes() {
    let source = read("styles/tokens.css");
    for (scheme, tokens) in [("light", light(&source)), ("dark", dark(&source))] {
        for (text, grounds, least) in PAIRS {
            for ground in *grounds {
                let ratio = contrast(colour(&tokens, text), colour(&tokens, ground));
                assert!(ratio >= *least, "{scheme}: --{text} on --{ground} is {ratio:.2}, {least} is needed");
            }
        }
    }
}

#[test]
fn each_step_of_the_coverage_scale_differs_from_the_next() {
    let source = read("styles/tokens.css");
    for (scheme, tokens) in [("light", light(&source)), ("dark", dark(&source))] {
        let lights: Vec<f64> = (0..7).map(|n| luminance(colour(&tokens, &format!("coverage-{n}")))).collect();
        let falls = lights.windows(2).all(|w| w[0] > w[1]);
        let grows = lights[1..].windows(2).all(|w| w[0] < w[1]);
        assert!(falls || grows, "{scheme}: the scale must run one way: {lights:?}");
    }
}

#[test]
fn the_chosen_dark_scheme_is_the_device_s_dark_scheme() {
    let source = read("styles/tokens.css");
    let by_device = block(&source, ":root:not([data-theme=\"light\"])");
    let by_choice = block(&source, ":root[data-theme=\"dark\"]");
    assert!(by_device.len() > 30, "the dark block was found");
    assert_eq!(by_device, by_choice);
}

#[test]
fn the_index_lists_every_style_sheet_once_and_each_component_has_its_own() {
    let listed: Vec<String> = read("styles/index.txt").lines().map(str::to_owned).collect();
    let listed_once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), listed_once.len(), "a sheet is listed twice");
    let there: BTreeSet<String> =
        files("styles", "css").iter().filter_map(|p| Some(p.file_name()?.to_str()?.to_owned())).collect();
    assert_eq!(listed_once, there);

    let frameless = ["mod", "geometry", "link", "tile_grid", "tone"];
    for path in files("src/components", "rs") {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        if !frameless.contains(&stem) {
            assert!(there.contains(&format!("{stem}.css")), "{stem}.rs has no style sheet");
        }
    }
}

#[test]
fn style_sheets_know_start_and_end_and_never_left_and_right() {
    let physical = [
        "left:",
        "right:",
        "top:",
        "bottom:",
        "-left:",
        "-right:",
        "-top:",
        "-bottom:",
        "width:",
        "height:",
        "min-width:",
        "max-width:",
        "min-height:",
        "max-height:",
    ];
    for path in files("styles", "css") {
        let text = fs::read_to_string(&path).expect("readable");
        for (at, line) in text.lines().enumerate() {
            let declaration = line.trim_start();
            let found = physical.iter().any(|p| declaration.starts_with(p))
                || ["margin-", "padding-", "border-", "scroll-"].iter().any(|start| {
                    declaration.strip_prefix(start).is_some_and(|rest| {
                        ["left", "right", "top", "bottom"].iter().any(|side| rest.starts_with(side))
                    })
                })
                || ["text-align: left", "text-align: right", "float:"]
                    .iter()
                    .any(|p| declaration.starts_with(p));
            assert!(!found, "{}:{}: {declaration}", path.display(), at + 1);
        }
    }
}

#[test]
fn nothing_carries_an_inline_style() {
    for path in files("src", "rs") {
        let text = fs::read_to_string(&path).expect("readable");
        assert!(!text.contains("style={") && !text.contains("style=\""), "{}", path.display());
    }
    let shell = read("index.html");
    assert!(!shell.contains("style=") && !shell.contains("<style"));
    assert!(!shell.contains("<script>"), "the content policy forbids inline scripts");
}

fn frontend() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend")
}

fn read(path: &str) -> String {
    fs::read_to_string(frontend().join(path)).expect(path)
}

/// The files of an extension in a folder and the folders in it.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![frontend().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The custom properties of every block with exactly this selector.
fn block(source: &str, selector: &str) -> Tokens {
    let mut found = Tokens::new();
    for (at, _) in source.match_indices(&format!("{selector} {{")) {
        let body = &source[at..];
        let body = &body[..body.find('}').unwrap_or(body.len())];
        for declaration in body.split(['{', ';']).map(str::trim) {
            if let Some((name, value)) = declaration.strip_prefix("--").and_then(|d| d.split_once(':')) {
                found.insert(name.to_owned(), value.trim().to_owned());
            }
        }
    }
    found
}

fn light(source: &str) -> Tokens {
    block(source, ":root")
}

fn dark(source: &str) -> Tokens {
    let mut tokens = light(source);
    tokens.extend(block(source, ":root[data-theme=\"dark\"]"));
    tokens
}

fn colour(tokens: &Tokens, name: &str) -> [f64; 3] {
    let value = tokens.get(name).unwrap_or_else(|| panic!("--{name} is not there"));
    let digits =
        value.strip_prefix('#').filter(|d| d.len() == 6).unwrap_or_else(|| panic!("--{name}: {value}"));
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal")) / 255.0)
}

/// Relative luminance. Source: WCAG 2.2, glossary.
fn luminance(rgb: [f64; 3]) -> f64 {
    let [r, g, b] = rgb.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
