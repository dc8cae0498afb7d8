//! The messages of one locale as data, read from Fluent, and what is wrong with them.
//!
//! A small part of Fluent is taken: text, variables, `NUMBER($n)`, and one selector, a plural on a number. Terms,
//! attributes and other functions are refused by name. A variable is a number where a plural selects on it or
//! `NUMBER` formats it, else words.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::collections::BTreeMap;

/// The messages of a locale by id.
pub type Catalog = BTreeMap<String, Message>;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it is made of, in order.
    pub parts: Vec<Part>,
    /// Its variables by name, and what each is.
    pub variables: BTreeMap<String, Kind>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands.
    Text(String),
    /// A variable, by name.
    Variable(String),
    /// One of several texts, chosen by the number in a variable.
    Plural(String, Vec<(Case, Vec<Part>)>),
}

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, shown as it is.
    Words,
    /// A whole number, grouped by the locale's rule.
    Number,
}

/// When a branch of a plural is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// For this number alone.
    Exactly(u32),
    /// For a CLDR plural category.
    Category(&'static str),
}

/// The CLDR plural categories of whole numbers in a locale.
pub fn categories(tag: &str) -> &'static [&'static str] {
    match tag {
        "ru" => &["one", "few", "many"],
        _ => &["one", "other"],
    }
}

/// Reads one area's file into the catalog; every id must begin with the area's name.
pub fn read(source: &str, area: &str, tag: &str, into: &mut Catalog, problems: &mut Vec<String>) {
    let resource = match fluent_syntax::parser::parse(source) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            problems.extend(errors.iter().map(|e| format!("{tag}/{area}.ftl: {e} at byte {}", e.pos.start)));
            resource
        }
    };
    for entry in resource.body {
        let mut say = |id: &str, what: &str| problems.push(format!("{tag}/{area}.ftl: {id}: {what}"));
        match entry {
            Entry::Message(message) => {
                let id = message.id.name;
                if !id.starts_with(&format!("{area}-")) {
                    say(id, "an id begins with its area's name");
                }
                if !message.attributes.is_empty() {
                    say(id, "attributes are not supported");
                }
                let Some(value) = message.value else {
                    say(id, "has no text");
                    continue;
                };
                let mut variables = BTreeMap::new();
                match parts(&value, tag, &mut variables) {
                    Ok(parts) => {
                        if into.insert(id.to_owned(), Message { parts, variables }).is_some() {
                            say(id, "is there twice");
                        }
                    }
                    Err(what) => say(id, &what),
                }
            }
            Entry::Term(term) => say(term.id.name, "terms are not supported"),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
}

/// How a catalog differs from English: missing and foreign ids, other variables.
pub fn differences(english: &Catalog, other: &Catalog, tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (id, message) in english {
        match other.get(id) {
            None => found.push(format!("{tag}: {id} is missing")),
            Some(theirs) if theirs.variables != message.variables => found.push(format!(
                "{tag}: {id} has the variables {:?}, English has {:?}",
                theirs.variables, message.variables
            )),
            Some(_) => {}
        }
    }
    found.extend(
        other
            .keys()
            .filter(|id| !english.contains_key(*id))
            .map(|id| format!("{tag}: {id} is not in English")),
    );
    found
}

type Variables = BTreeMap<String, Kind>;

fn parts(pattern: &Pattern<&str>, tag: &str, variables: &mut Variables) -> Result<Vec<Part>, String> {
    let mut made: Vec<Part> = Vec::new();
    for element in &pattern.elements {
        let part = match element {
            PatternElement::TextElement { value } => Part::Text((*value).to_owned()),
            PatternElement::Placeable { expression } => placeable(expression, tag, variables)?,
        };
        match (made.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(after)) => before.push_str(&after),
            (_, part) => made.push(part),
        }
    }
    Ok(made)
}

fn placeable(expression: &Expression<&str>, tag: &str, variables: &mut Variables) -> Result<Part, String> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => Ok(Part::Text((*value).to_owned())),
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            variables.entry(id.name.to_owned()).or_insert(Kind::Words);
            Ok(Part::Variable(id.name.to_owned()))
        }
        Expression::Inline(InlineExpression::FunctionReference { id, arguments }) if id.name == "NUMBER" => {
            let [InlineExpression::VariableReference { id }] = arguments.positional.as_slice() else {
                return Err("NUMBER takes one variable".to_owned());
            };
            variables.insert(id.name.to_owned(), Kind::Number);
            Ok(Part::Variable(id.name.to_owned()))
        }
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            variables.insert(id.name.to_owned(), Kind::Number);
            Ok(Part::Plural(id.name.to_owned(), branches(variants, tag, variables)?))
        }
        _ => Err("only variables, NUMBER($n) and plurals on a variable are supported".to_owned()),
    }
}

fn branches(
    variants: &[Variant<&str>],
    tag: &str,
    variables: &mut Variables,
) -> Result<Vec<(Case, Vec<Part>)>, String> {
    let known = categories(tag);
    let mut made = Vec::new();
    for variant in variants {
        let case = match &variant.key {
            VariantKey::NumberLiteral { value } => {
                Case::Exactly(value.parse().map_err(|_| format!("[{value}] is no whole number"))?)
            }
            VariantKey::Identifier { name } => match known.iter().find(|k| *k == name) {
                Some(category) => Case::Category(category),
                None => return Err(format!("[{name}] is no plural category of this language")),
            },
        };
        made.push((case, parts(&variant.value, tag, variables)?));
    }
    for category in known {
        if !made.iter().any(|(case, _)| *case == Case::Category(category)) {
            return Err(format!("the plural lacks [{category}]"));
        }
    }
    Ok(made)
}
