//! What may be done in one place only, seen by the paths that code names.

use crate::source::{Kind, Named, Source, Token};
use crate::{Fault, hold, sources};

/// Something that is done in few places.
struct Border {
    /// What crossing it means, after "this code".
    what: &'static str,
    /// Paths that cross it: any part of a path counts.
    paths: &'static [&'static str],
    /// Where it may be crossed: starts of file paths.
    allowed: &'static [&'static str],
    way_out: &'static str,
}

const PROCESS: Border = Border {
    what: "starts a process",
    paths: &[
        "process::Command",
        "process::CommandExt",
        "nix::spawn",
        "unistd::fork",
        "unistd::execv",
        "unistd::execve",
        "unistd::execvp",
        "unistd::execvpe",
        "unistd::fexecve",
    ],
    allowed: &["crates/launch/src/"],
    way_out: "ask launch: it contains, meters and ends what it starts",
};

const CLOCK: Border = Border {
    what: "reads the clock",
    paths: &[
        "Instant::now",
        "SystemTime::now",
        "Timestamp::now",
        "Zoned::now",
        "time::clock_gettime",
    ],
    allowed: &[
        "crates/launch/src/",
        // Deadlines and budgets; when a trial began.
        "crates/lab/src/run.rs",
        // When an attempt was made; nothing is judged by how long it took.
        "crates/lab/src/attempts.rs",
        "crates/lab/src/defects/tool.rs",
        "crates/lab/src/series.rs",
        // The budget of a comparison of the user's own; when a trial began.
        // Intended instants; everything in a drive asks this one clock.
        "crates/load/src/engine/clock.rs",
        // Patience with programs that start; how long one took to answer or to end.
        "crates/lab/src/service/wait.rs",
        // When a turn began.
        "crates/lab/src/service/drive.rs",
        "crates/lab/src/compare/rounds.rs",
        "crates/lab/src/compare/turn.rs",
        "crates/cli/src/",
    ],
    way_out: "take the moment as an argument; what is judged later must not depend on when",
};

const PRINTING: Border = Border {
    what: "prints",
    paths: &[
        "print!",
        "println!",
        "eprint!",
        "eprintln!",
        "dbg!",
        "io::stdout",
        "io::stderr",
        "anstream",
    ],
    allowed: &[
        "crates/cli/src/",
        // Subjects of launch's tests and benchmarks.
        "crates/launch/src/bin/",
        // In a launcher process the standard streams are the subject's: it looks at their size.
        "crates/launch/src/role/",
    ],
    way_out: "return the value or a typed error, and let cli speak",
};

const CHANCE: Border = Border {
    what: "draws a random number that no seed repeats",
    paths: &[
        "rand::rng",
        "rand::random",
        "rand::make_rng",
        "thread_rng",
        "ThreadRng",
        "OsRng",
        "SysRng",
        "getrandom",
        "from_os_rng",
        "from_entropy",
        "RandomState",
    ],
    allowed: &["crates/cli/src/"],
    way_out: "take a seed or a generator made from one; the plan records it",
};

const OUTSIDE: Border = Border {
    what: "reaches outside its arguments",
    paths: &["std::fs", "std::net", "std::env", "std::thread", "fs::File", "net::TcpStream"],
    allowed: &[
        "crates/pack/",
        "crates/launch/",
        "crates/load/",
        "crates/lab/",
        "crates/store/",
        "crates/inspect/",
        "crates/fleet/",
        "crates/bridge/",
        "crates/cli/",
    ],
    way_out: "model, agree, stats, judge, decide and report are pure: let the caller read and hand over",
};

/// Words that name a language or its tools.
const LANGUAGE_WORDS: &[&str] = &[
    "rust",
    "go",
    "golang",
    "cargo",
    "rustc",
    "rustup",
    "rustfmt",
    "clippy",
    "gofmt",
    "gomaxprocs",
    "zig",
];

/// Where a language may be known by name: starts of file paths.
const MAY_NAME_LANGUAGES: &[&str] = &[
    "crates/lab/src/toolchain",
    "crates/lab/src/diagnostics",
    "crates/inspect/src/",
    "crates/bridge/src/",
    // The comparison that is run when no other is named.
    "crates/cli/src/arguments.rs",
    // The flags --go and --rust.
    "crates/cli/src/arguments/compare.rs",
    // Results of other tools are read in those tools' own forms.
    "crates/pack/src/results/",
    // How Evenhand's own launcher and test subjects are built.
    "crates/launch/src/launcher.rs",
    "crates/launch/src/error.rs",
];

/// Names of packages and lints that contain such a word and mean something else.
const NO_LANGUAGE: &[&str] = &["rust_embed", "RustEmbed", "clippy"];

fn names_path(named: &Named, path: &str) -> bool {
    let wanted: Vec<&str> = path.split("::").collect();
    let segments: Vec<&str> = named.segments.iter().map(String::as_str).collect();
    let glob = segments.last() == Some(&"*")
        && wanted.len() > 1
        && segments[..segments.len() - 1].ends_with(&wanted[..wanted.len() - 1]);
    glob || segments.windows(wanted.len()).any(|part| part == wanted)
}

fn crossings(border: &Border, sources: &[Source]) -> Vec<Fault> {
    let inside =
        |source: &&Source| !border.allowed.iter().any(|start| source.path.starts_with(start));
    let mut faults = Vec::new();
    for source in sources.iter().filter(inside) {
        for named in source.names() {
            if let Some(path) = border.paths.iter().find(|path| names_path(&named, path)) {
                faults.push(Fault {
                    at: source.at(named.line),
                    what: format!("this code {} (`{path}`)", border.what),
                    way_out: border.way_out.to_owned(),
                });
            }
        }
    }
    faults
}

/// `GoToolchain` and `go_toolchain` to `go`, `toolchain`.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut lower_before = false;
    for c in word.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && lower_before) {
            parts.push(String::new());
        }
        if c.is_alphanumeric() {
            parts.last_mut().expect("there is one part at least").extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase();
    }
    parts
}

/// The language words in an identifier or in a text.
fn named_languages(token: &Token) -> Vec<String> {
    // Variables that Cargo sets while it builds this very crate.
    let mut text = token.text.clone();
    for own in ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_EXE_"] {
        text = text.replace(own, "");
    }
    // In a sentence "go" is a verb.
    if token.kind == Kind::Text && text.contains(' ') {
        text = text.replace(" go ", " ");
    }
    parts(&text).into_iter().filter(|part| LANGUAGE_WORDS.contains(&part.as_str())).collect()
}

fn language_words(sources: &[Source]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let free =
        |source: &&Source| !MAY_NAME_LANGUAGES.iter().any(|start| source.path.starts_with(start));
    for source in sources.iter().filter(free) {
        let says = |token: &&Token| !token.test && token.kind != Kind::Mark;
        let means = |token: &&Token| !NO_LANGUAGE.contains(&token.text.as_str());
        for token in source.tokens.iter().filter(says).filter(means) {
            for part in named_languages(token) {
                faults.push(Fault {
                    at: source.at(token.line),
                    what: format!("`{}` names a language or its tool (`{part}`)", token.text.trim()),
                    way_out: "let languages/*.toml or the pack say it; in a sentence, choose another word"
                        .to_owned(),
                });
            }
        }
    }
    faults
}

/// Places of the crossings in a file with this text.
fn found(border: &Border, path: &str, text: &str) -> Vec<usize> {
    let faults = crossings(border, &[Source::new(path, text)]);
    faults.iter().filter_map(|fault| fault.at.rsplit_once(':')?.1.parse().ok()).collect()
}

#[test]
fn only_launch_starts_processes() {
    hold(&crossings(&PROCESS, &sources("src")));
}

#[test]
fn a_process_started_elsewhere_is_found() {
    let text = "use std::process::{self, Stdio};\n\
                fn f() { process::Command::new(\"true\"); }\n\
                fn g(p: &mut clap::Command) { nix::unistd::fork(); }\n\
                // std::process::Command\n\
                #[cfg(test)] mod tests { use std::process::Command; }\n\
                use std::process::*;\n";
    assert_eq!(found(&PROCESS, "crates/lab/src/x.rs", text), [6, 2, 3]);
    assert!(found(&PROCESS, "crates/launch/src/x.rs", text).is_empty());
}

#[test]
fn only_launch_lab_and_cli_read_the_clock() {
    hold(&crossings(&CLOCK, &sources("src")));
}

#[test]
fn a_clock_read_elsewhere_is_found() {
    let text = "use std::time::{Duration, Instant as Moment};\nfn f() { Moment::now(); }\n\
                fn g() { jiff::Timestamp::now(); }\nfn h(now: Moment) { now.elapsed(); }\n";
    assert_eq!(found(&CLOCK, "crates/judge/src/x.rs", text), [2, 3]);
    assert_eq!(found(&CLOCK, "crates/lab/src/plan.rs", text), [2, 3]);
    assert!(found(&CLOCK, "crates/lab/src/run.rs", text).is_empty());
}

#[test]
fn only_cli_prints() {
    hold(&crossings(&PRINTING, &sources("src")));
}

#[test]
fn printing_elsewhere_is_found() {
    let text = "fn f() { println!(\"x\"); }\nfn g() { writeln!(std::io::stderr(), \"x\"); }\n\
                fn h() { let text = \"println!\"; self.print(text) }\nuse anstream::eprintln;\n";
    assert_eq!(found(&PRINTING, "crates/store/src/x.rs", text), [4, 1, 2]);
    assert!(found(&PRINTING, "crates/cli/src/x.rs", text).is_empty());
}

#[test]
fn only_cli_draws_unseeded_numbers() {
    hold(&crossings(&CHANCE, &sources("src")));
}

#[test]
fn an_unseeded_number_elsewhere_is_found() {
    let text = "use rand::{Rng, rngs::SysRng};\nfn f() { rand::rng(); }\n\
                fn g() { ChaCha8Rng::seed_from_u64(1); }\n";
    assert_eq!(found(&CHANCE, "crates/lab/src/x.rs", text), [1, 2]);
}

#[test]
fn pure_crates_reach_for_nothing() {
    hold(&crossings(&OUTSIDE, &sources("src")));
}

#[test]
fn a_pure_crate_that_reads_a_file_is_found() {
    let text = "use std::collections::BTreeMap;\nfn f() { std::fs::read(\"x\"); }\nuse std::env;\n";
    assert_eq!(found(&OUTSIDE, "crates/judge/src/x.rs", text), [3, 2]);
    assert!(found(&OUTSIDE, "crates/store/src/x.rs", text).is_empty());
}

#[test]
fn languages_are_data() {
    hold(&language_words(&sources("src")));
}

#[test]
fn a_language_known_by_name_is_found() {
    let text = "//! Rust and Go.\nfn go_root() {}\nconst A: &str = \"see `go vet`\";\n\
                const B: &str = env!(\"CARGO_PKG_VERSION\");\nstruct RustBuild;\n\
                const C: &str = \"good cargoes, ergo trust; run it to go on\";\n";
    let at = |path| {
        let faults = language_words(&[Source::new(path, text)]);
        faults.into_iter().map(|fault| fault.at).collect::<Vec<_>>()
    };
    assert_eq!(at("crates/report/src/x.rs").len(), 3, "{:?}", at("crates/report/src/x.rs"));
    assert!(at("crates/lab/src/toolchain/x.rs").is_empty());
}
