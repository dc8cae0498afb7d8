//! The paths a Rust file names: `use` trees spread out, and every other `a::b::c` in the code.
//!
//! Not a parser: comments and literals are blanked, then words joined by `::` are read. That sees more than `use`
//! lines do (a path can be written anywhere), and needs no macro expanded. What only a macro's expansion names is
//! not seen.

/// One path and the line it begins in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// As written, group members spread out: `crate::shell::idb`.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
}

/// All paths of two or more words, and all `use` paths.
pub fn paths(source: &str) -> Vec<Named> {
    let tokens = tokens(&without_comments_and_literals(source));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((token, line)) = tokens.get(at) {
        if token == "use" {
            at = spread(&tokens, at + 1, "", *line, &mut found);
        } else if is_word(token) {
            let (path, next) = plain(&tokens, at);
            if path.contains("::") {
                found.push(Named { path, line: *line });
            }
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

type Tokens = [(String, usize)];

fn text(tokens: &Tokens, at: usize) -> &str {
    tokens.get(at).map_or("", |(token, _)| token)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// `a::b::c` from here on, and where it ends.
fn plain(tokens: &Tokens, mut at: usize) -> (String, usize) {
    let mut path = text(tokens, at).to_owned();
    while text(tokens, at + 1) == "::" && is_word(text(tokens, at + 2)) {
        at += 2;
        path.push_str("::");
        path.push_str(text(tokens, at));
    }
    (path, at + 1)
}

/// A `use` tree: each leaf becomes a path. Returns where the tree ends.
fn spread(tokens: &Tokens, mut at: usize, before: &str, line: usize, found: &mut Vec<Named>) -> usize {
    let joined = |path: &str| if before.is_empty() { path.to_owned() } else { format!("{before}::{path}") };
    if text(tokens, at) == "::" {
        at += 1;
    }
    let mut path = before.to_owned();
    if is_word(text(tokens, at)) {
        let (written, next) = plain(tokens, at);
        path = joined(&written);
        at = next;
        if text(tokens, at) == "::" {
            at += 1;
        }
    }
    match text(tokens, at) {
        "{" => {
            at += 1;
            while !matches!(text(tokens, at), "}" | "") {
                at = spread(tokens, at, &path, tokens.get(at).map_or(line, |token| token.1), found);
                // What follows a leaf (`as name`, a comma) is passed over.
                while !matches!(text(tokens, at), "," | "}" | "") {
                    at += 1;
                }
                if text(tokens, at) == "," {
                    at += 1;
                }
            }
            at + 1
        }
        "*" => {
            found.push(Named { path, line });
            at + 1
        }
        _ => {
            found.push(Named { path, line });
            at.max(1)
        }
    }
}

/// Words, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if first.is_alphanumeric() || first == '_' {
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at(length);
            found.push((token.to_owned(), number + 1));
            rest = after.trim_start();
        }
    }
    found
}

/// The code with comments and the insides of literals as spaces; lines stay where they are.
fn without_comments_and_literals(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut code = String::with_capacity(source.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let length = match c {
            '/' if rest.starts_with(&['/', '/']) => {
                rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())
            }
            '/' if rest.starts_with(&['/', '*']) => block_comment(rest),
            '"' => quoted(rest, '"'),
            'r' if !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') => raw_string(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if length == 0 {
            code.push(c);
            at += 1;
            continue;
        }
        let blanked = rest.iter().take(length).map(|c| if *c == '\n' { '\n' } else { ' ' });
        code.extend(blanked);
        at += length;
    }
    code
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let two = rest.get(at..at + 2).unwrap_or_default();
        match two {
            ['/', '*'] => depth += 1,
            ['*', '/'] => depth = depth.saturating_sub(1),
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// A literal from its opening quote to its closing one.
fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while let Some(c) = rest.get(at) {
        if *c == quote {
            return at + 1;
        }
        at += if *c == '\\' { 2 } else { 1 };
    }
    rest.len()
}

/// `r"..."` or `r#"..."#`; 0 when it is not one.
fn raw_string(rest: &[char]) -> usize {
    let hashes = rest.iter().skip(1).take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 0;
    }
    let mut at = 2 + hashes;
    while let Some(c) = rest.get(at) {
        let closes =
            *c == '"' && rest.iter().skip(at + 1).take(hashes).filter(|c| **c == '#').count() == hashes;
        at += 1;
        if closes {
            return at + hashes;
        }
    }
    rest.len()
}

/// A character literal; 0 when it is a lifetime.
fn character(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', ..] => quoted(rest, '\''),
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::paths;

    fn names(source: &str) -> Vec<String> {
        paths(source).into_iter().map(|named| named.path).collect()
    }

    #[test]
    fn groups_are_spread_out() {
        assert_eq!(
            names("use crate::{shell::{self, idb as db}, pages, i18n::*};\nuse std::fmt;"),
            ["crate::shell::self", "crate::shell::idb", "crate::pages", "crate::i18n", "std::fmt"]
        );
    }

    #[test]
    fn paths_in_the_middle_of_code_are_seen() {
        let source = "fn a() -> x::B { let c: Vec<crate::shell::Db> = yew::html!{}; c.d() }";
        assert_eq!(names(source), ["x::B", "crate::shell::Db", "yew::html"]);
    }

    #[test]
    fn comments_and_literals_name_nothing() {
        let source = "// use yew::a;\n/* yew::b /* yew::c */ */ const A: &str = \"yew::d \\\" yew::e\";\n\
                      const B: &str = r#\"yew::f \" yew::g\"#; const C: char = '\"'; fn d<'a>(e: &'a str) {} use f::g;";
        assert_eq!(names(source), ["f::g"]);
    }

    #[test]
    fn each_path_has_its_line() {
        let found = paths("use a::{\n    b,\n    c,\n};\n\nd::e();");
        let lines: Vec<(&str, usize)> = found.iter().map(|named| (named.path.as_str(), named.line)).collect();
        assert_eq!(lines, [("a::b", 2), ("a::c", 3), ("d::e", 6)]);
    }
}
