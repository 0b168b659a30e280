//! How large files and functions may grow, and what they may not be called.

use crate::source::{Kind, Source, closing};
use crate::{Fault, hold, sources};

/// Lines of a file, tests counted apart.
const FILE: usize = 500;

/// Lines between the braces of a function.
const FUNCTION: usize = 60;

/// Functions that may be longer: file, function, reason.
const LONGER: &[(&str, &str, &str)] = &[];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"];

fn long_files(sources: &[Source]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in sources {
        let (tests, other) = source.test_and_other_lines();
        for (lines, what) in [(other, "lines"), (tests, "lines of tests")] {
            if lines > FILE {
                faults.push(Fault {
                    at: source.path.clone(),
                    what: format!("{lines} {what}, {FILE} are allowed"),
                    way_out: "find the noun that can have a file of its own".to_owned(),
                });
            }
        }
    }
    faults
}

/// A function with a body.
struct Function<'a> {
    name: &'a str,
    line: usize,
    body: usize,
}

fn functions(source: &Source) -> Vec<Function<'_>> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let Some(name) = tokens.get(index + 1) else { continue };
        // A function pointer type has no name after `fn`.
        if token.test || !token.is("fn") || name.kind != Kind::Word {
            continue;
        }
        let mut open = index + 2;
        while open < tokens.len() && !tokens[open].is("{") && !tokens[open].is(";") {
            let nested = tokens[open].is("(") || tokens[open].is("[");
            open = if nested { closing(tokens, open) } else { open } + 1;
        }
        let close = closing(tokens, open);
        if let (Some(first), Some(last)) = (tokens.get(open), tokens.get(close))
            && first.is("{")
        {
            let body = (last.line - first.line).saturating_sub(1);
            found.push(Function { name: &name.text, line: token.line, body });
        }
    }
    found
}

fn long_functions(sources: &[Source], longer: &[(&str, &str, &str)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut used = Vec::new();
    for source in sources {
        for function in functions(source).iter().filter(|function| function.body > FUNCTION) {
            let excepted = |(path, name, _): &&(&str, &str, &str)| {
                *path == source.path && *name == function.name
            };
            if let Some(exception) = longer.iter().find(excepted) {
                used.push(exception);
                continue;
            }
            faults.push(Fault {
                at: source.at(function.line),
                what: format!(
                    "the body of `{}` has {} lines, {FUNCTION} are allowed",
                    function.name, function.body
                ),
                way_out: "name its steps and make them functions; below 30 lines is usual"
                    .to_owned(),
            });
        }
    }
    for exception in longer.iter().filter(|exception| !used.contains(exception)) {
        let (path, name, reason) = exception;
        faults.push(Fault {
            at: (*path).to_owned(),
            what: format!("`{name}` is listed as longer ({reason}) and is not"),
            way_out: "take it from LONGER in crates/cli/tests/house/sizes.rs".to_owned(),
        });
    }
    faults
}

fn empty_names(sources: &[Source]) -> Vec<Fault> {
    let says_nothing = |name: &str| {
        name.split('_').any(|part| EMPTY_NAMES.contains(&part.to_lowercase().as_str()))
    };
    let fault = |at: String, name: &str| Fault {
        at,
        what: format!("`{name}` says nothing of what is inside"),
        way_out: "name it after what it knows, or put it with its only user".to_owned(),
    };
    let mut faults = Vec::new();
    for source in sources {
        let inside = source.path.split_once("/src/").or_else(|| source.path.split_once("/tests/"));
        let path = inside.map_or(source.path.as_str(), |(_, path)| path);
        for part in path.trim_end_matches(".rs").split('/').filter(|part| says_nothing(part)) {
            faults.push(fault(source.path.clone(), part));
        }
        for pair in source.tokens.windows(2) {
            if pair[0].is("mod") && pair[1].kind == Kind::Word && says_nothing(&pair[1].text) {
                faults.push(fault(source.at(pair[0].line), &pair[1].text));
            }
        }
    }
    faults
}

#[test]
fn no_file_is_longer_than_500_lines() {
    hold(&long_files(&sources("src")));
}

#[test]
fn a_file_of_501_lines_is_found() {
    let long = Source::new("crates/x/src/y.rs", &"fn f() {}\n".repeat(FILE + 1));
    let apart = format!("{}#[cfg(test)]\nmod tests {{\n}}\n", "fn f() {}\n".repeat(FILE));
    let faults = long_files(&[long, Source::new("crates/x/src/z.rs", &apart)]);
    assert_eq!(
        faults.iter().map(|fault| fault.at.as_str()).collect::<Vec<_>>(),
        ["crates/x/src/y.rs"]
    );
}

#[test]
fn no_function_is_longer_than_60_lines() {
    hold(&long_functions(&sources("src"), LONGER));
}

#[test]
fn a_function_of_61_lines_is_found_and_a_needless_exception_too() {
    let of = |lines| {
        format!("fn long<const N: usize>(a: [u8; N]) -> u8\n{{\n{}}}\n", "g();\n".repeat(lines))
    };
    let at = |path: &str, lines| Source::new(path, &of(lines));
    let sources = [at("crates/x/src/61.rs", 61), at("crates/x/src/60.rs", 60)];
    let places = |longer: &[_]| {
        long_functions(&sources, longer).into_iter().map(|fault| fault.at).collect::<Vec<_>>()
    };
    assert_eq!(places(&[]), ["crates/x/src/61.rs:1"]);
    assert_eq!(places(&[("crates/x/src/61.rs", "long", "a reason")]), [""; 0]);
    assert_eq!(
        places(&[
            ("crates/x/src/61.rs", "long", "a reason"),
            ("crates/x/src/60.rs", "long", "none")
        ]),
        ["crates/x/src/60.rs"]
    );
}

#[test]
fn no_file_or_module_has_an_empty_name() {
    let mut all = sources("src");
    all.extend(sources("tests"));
    hold(&empty_names(&all));
}

#[test]
fn an_empty_name_is_found_in_paths_and_in_modules() {
    let faults = empty_names(&[
        Source::new("crates/x/src/string_util.rs", ""),
        Source::new("crates/x/tests/common/mod.rs", ""),
        Source::new("crates/x/src/lib.rs", "mod shapes;\nmod helpers { }"),
    ]);
    let places: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
    assert_eq!(
        places,
        ["crates/x/src/string_util.rs", "crates/x/tests/common/mod.rs", "crates/x/src/lib.rs:2"]
    );
}
