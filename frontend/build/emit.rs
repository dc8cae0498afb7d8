//! Writes the functions: one a message, with a typed argument for each variable, in the order of their names.

use crate::catalog::{Case, Catalog, Kind, Message, Part};
use std::fmt::Write;

/// The source of the module `t`: `english` first, then the other locales in the order of `Locale`.
pub fn functions(english: &Catalog, others: &[Catalog]) -> String {
    let mut out = String::new();
    for (id, message) in english {
        let mut texts = vec![message];
        texts.extend(others.iter().filter_map(|c| c.get(id)));
        function(&mut out, id, message, &texts);
    }
    by_code(&mut out, english);
    out
}

fn function(out: &mut String, id: &str, message: &Message, texts: &[&Message]) {
    let name = id.replace('-', "_");
    // Writing to a String cannot fail.
    let _ = writeln!(out, "/// `{id}`: {}", shown(&message.parts).replace('\n', " "));
    if message.variables.is_empty() {
        let _ = writeln!(out, "pub fn {name}(locale: Locale) -> &'static str {{\n    pick(locale, &[");
        for text in texts {
            let _ = writeln!(out, "        {:?},", shown(&text.parts));
        }
        let _ = writeln!(out, "    ])\n}}");
        return;
    }
    let _ = write!(out, "pub fn {name}(locale: Locale");
    for (variable, kind) in &message.variables {
        let of = match kind {
            Kind::Words => "&str",
            Kind::Number => "u32",
        };
        let _ = write!(out, ", {}: {of}", variable.replace('-', "_"));
    }
    let _ = writeln!(out, ") -> String {{\n    render(locale, &[");
    let names: Vec<&str> = message.variables.keys().map(String::as_str).collect();
    for text in texts {
        let _ = writeln!(out, "        {},", parts(&text.parts, &names));
    }
    let _ = write!(out, "    ], &[");
    for (variable, kind) in &message.variables {
        let _ = write!(out, "Arg::{kind:?}({}), ", variable.replace('-', "_"));
    }
    let _ = writeln!(out, "])\n}}");
}

fn by_code(out: &mut String, english: &Catalog) {
    let _ = writeln!(
        out,
        "/// The text `errors-<code>` of an error that carries no values, by its stable code.\n\
         pub fn error_by_code(locale: Locale, code: &str) -> Option<&'static str> {{\n    Some(match code {{"
    );
    for (id, message) in english {
        if let (Some(code), true) = (id.strip_prefix("errors-"), message.variables.is_empty()) {
            let _ = writeln!(out, "        {code:?} => {}(locale),", id.replace('-', "_"));
        }
    }
    let _ = writeln!(out, "        _ => return None,\n    }})\n}}");
}

fn parts(from: &[Part], names: &[&str]) -> String {
    let mut made = String::from("&[");
    for part in from {
        let _ = match part {
            Part::Text(text) => write!(made, "Part::Text({text:?}), "),
            Part::Variable(name) => write!(made, "Part::Arg({}), ", at(name, names)),
            Part::Plural(name, branches) => {
                let _ = write!(made, "Part::Plural({}, &[", at(name, names));
                for (case, inner) in branches {
                    let case = match case {
                        Case::Exactly(n) => format!("Case::Exactly({n})"),
                        Case::Category(category) => format!("Case::{}", capital(category)),
                    };
                    let _ = write!(made, "({case}, {}), ", parts(inner, names));
                }
                write!(made, "]), ")
            }
        };
    }
    made.push(']');
    made
}

fn at(name: &str, names: &[&str]) -> usize {
    names.iter().position(|n| *n == name).unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn shown(from: &[Part]) -> String {
    from.iter()
        .map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Variable(name) => format!("{{{name}}}"),
            Part::Plural(_, branches) => branches.last().map(|(_, p)| shown(p)).unwrap_or_default(),
        })
        .collect()
}
