//! What stops the build: the reading of `.ftl` files that the build script shares.

use super::catalog::{Catalog, differences, read};

fn problems(area: &str, tag: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    read(source, area, tag, &mut Catalog::new(), &mut found);
    found
}

fn catalog(tag: &str, source: &str) -> Catalog {
    let (mut made, mut found) = (Catalog::new(), Vec::new());
    read(source, "plan", tag, &mut made, &mut found);
    assert_eq!(found, Vec::<String>::new());
    made
}

#[test]
fn a_missing_key_a_foreign_key_and_another_variable_are_found() {
    let english = catalog("en", "plan-a = A\nplan-b = { $name } has { NUMBER($count) }\n");
    for (russian, said) in [
        ("plan-b = { $name }: { NUMBER($count) }\n", "ru: plan-a is missing"),
        ("plan-a = А\nplan-b = { $name }: { NUMBER($count) }\nplan-c = Я\n", "ru: plan-c is not in English"),
        ("plan-a = А\nplan-b = { $name }\n", "ru: plan-b has the variables"),
        ("plan-a = А\nplan-b = { $name }: { $count }\n", "ru: plan-b has the variables"),
    ] {
        let found = differences(&english, &catalog("ru", russian), "ru");
        assert!(matches!(found.as_slice(), [one] if one.starts_with(said)), "{said}: {found:?}");
    }
    assert!(differences(&english, &english, "ru").is_empty());
}

#[test]
fn a_plural_has_every_category_of_its_language_and_no_other() {
    let plural = |branches: &str| format!("plan-a = {{ $n ->\n{branches}\n}}\n");
    let english = "    [one] x\n   *[other] x";
    let russian = "    [one] x\n    [few] x\n   *[many] x";
    assert!(problems("plan", "en", &plural(english)).is_empty());
    assert!(problems("plan", "ru", &plural(russian)).is_empty());
    assert!(problems("plan", "ru", &plural(english))[0].contains("[other] is no plural category"));
    assert!(problems("plan", "ru", &plural("    [one] x\n   *[many] x"))[0].contains("lacks [few]"));
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    for (source, said) in [
        ("other-a = A\n", "begins with its area's name"),
        ("plan-a = A\nplan-a = B\n", "is there twice"),
        ("plan-a = A\n    .label = B\n", "attributes"),
        ("-plan-a = A\n", "terms"),
        ("plan-a = { DATETIME($day) }\n", "only variables"),
        ("plan-a = { $day\n", "plan.ftl:"),
    ] {
        let found = problems("plan", "en", source);
        assert!(found.iter().any(|p| p.contains(said)), "{source:?}: {found:?}");
    }
}
