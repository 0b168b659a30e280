//! Documents that list what the code has: they may not miss anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use model::{Margin, Metric, Scale, Unit, Verdict};

use crate::source::{Kind, Source};
use crate::{Fault, hold, read, root, sources};

/// Public types, and ids declared by the macro `id!`.
fn nouns(source: &Source) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for part in source.tokens.windows(4).filter(|part| !part[0].test) {
        let declared = part[0].is("pub") && (part[1].is("struct") || part[1].is("enum"));
        let id = part[0].is("id") && part[1].is("!") && part[2].is("(");
        let noun = if id { &part[3] } else { &part[2] };
        if (declared || id) && noun.kind == Kind::Word {
            found.push((noun.text.clone(), noun.line));
        }
    }
    found
}

fn unexplained(model: &[Source], glossary: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in model {
        for (noun, line) in nouns(source) {
            if !glossary.contains(&format!("`{noun}`")) {
                faults.push(Fault {
                    at: source.at(line),
                    what: format!("docs/glossary.md does not explain `{noun}`"),
                    way_out: "add a row there; if it is hard to write, the noun is not needed"
                        .to_owned(),
                });
            }
        }
    }
    faults
}

fn in_words(floor: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds if floor > 0.0 && floor < 1e-4 => format!("{:.0} µs", floor * 1e6),
        Unit::Seconds if floor > 0.0 && floor < 1e-3 => format!("{:.1} ms", floor * 1e3),
        Unit::Seconds if floor < 1.0 => format!("{:.0} ms", floor * 1000.0),
        Unit::Seconds => format!("{floor:.0} s"),
        Unit::Bytes => format!("{:.0} MiB", floor / (1024.0 * 1024.0)),
        Unit::Count => format!("{floor:.0}"),
        Unit::PerSecond => format!("{floor:.0} /s"),
    }
}

/// The row of a metric in the table of margins of claims.
fn margin_row(metric: Metric) -> String {
    let factor = metric.default_margin();
    let factor = if factor > 1.0 { format!("{factor:.2}") } else { "–".to_owned() };
    format!("| `{metric}` | {factor} | {} |", in_words(metric.default_floor(), metric.unit()))
}

/// Its row in the table of margins of comparisons of one's own. What is told
/// as a difference has a floor only.
fn comparison_row(metric: Metric) -> String {
    let Margin { factor, floor } = metric.comparison_margin();
    let by_ratio = metric.scale() == Scale::Ratio && factor > 1.0;
    let percent = format!("{:.0} %", (factor - 1.0) * 100.0);
    let floor = if floor > 0.0 { in_words(floor, metric.unit()) } else { NONE.to_owned() };
    format!("| `{metric}` | {} | {floor} |", if by_ratio { &percent } else { NONE })
}

/// What stands in a table where there is nothing.
const NONE: &str = "–";

fn missing_rows(text: &str) -> Vec<Fault> {
    let verdicts = Verdict::ALL.iter().map(|verdict| format!("| `{verdict}` | "));
    let metrics = Metric::ALL.iter().map(|&metric| margin_row(metric));
    let of_comparisons = Metric::ALL.iter().map(|&metric| comparison_row(metric));
    verdicts
        .chain(metrics)
        .chain(of_comparisons)
        .filter(|row| !text.lines().any(|line| line.starts_with(row)))
        .map(|row| Fault {
            at: "docs/verdicts.md".to_owned(),
            what: format!("no row starts with \"{row}\""),
            way_out: "write there what the code says, or ask whether the code is right".to_owned(),
        })
        .collect()
}

/// Markdown files for people, relative to the root.
fn documents() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("docs")).expect("there is a folder of documents");
    let inside = folder.filter_map(Result::ok).map(|entry| entry.file_name());
    let mut all: Vec<String> =
        inside.map(|name| format!("docs/{}", name.to_string_lossy())).collect();
    all.retain(|path| path.ends_with(".md"));
    all.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned));
    all.sort();
    all
}

fn dead_links(path: &str, text: &str) -> Vec<Fault> {
    let folder = root().join(path).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or(link);
            let elsewhere = file.is_empty() || file.contains("://");
            if !elsewhere && !folder.join(file).exists() {
                faults.push(Fault {
                    at: format!("{path}:{}", index + 1),
                    what: format!("the link to {link} leads nowhere"),
                    way_out: "mend the link, or write the document".to_owned(),
                });
            }
        }
    }
    faults
}

/// Words that begin with two hyphens.
fn flags(text: &str) -> BTreeSet<String> {
    let word = |c: char| !(c.is_ascii_lowercase() || c == '-');
    let starts = text.split(word).filter(|word| word.starts_with("--"));
    let named = starts.map(|flag| flag.trim_end_matches('-').to_owned());
    named.filter(|flag| !flag.is_empty()).collect()
}

/// What a command takes, by the left column of what `-h` prints.
fn options(help: &str) -> BTreeSet<String> {
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let mut found: BTreeSet<String> =
        lines.filter_map(|line| line.split("  ").next()).flat_map(flags).collect();
    found.remove("--help");
    found
}

/// What a command prints with `-h`.
fn help(command: &str) -> String {
    let evenhand = std::process::Command::new(env!("CARGO_BIN_EXE_evenhand"))
        .args([command, "-h"])
        .output()
        .expect("evenhand can be started");
    assert!(evenhand.status.success(), "there is no command {command}");
    String::from_utf8_lossy(&evenhand.stdout).into_owned()
}

/// Flags in the first column of tables.
fn documented_flags<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let rows = lines.filter(|line| line.starts_with("| `-"));
    rows.filter_map(|row| row.split('|').nth(1)).flat_map(flags).collect()
}

/// The table under "What `verify` takes:".
fn taken_by_verify(readme: &str) -> BTreeSet<String> {
    let table = readme.lines().skip_while(|line| !line.starts_with("What `verify` takes"));
    documented_flags(table.skip(2).take_while(|line| line.starts_with('|')))
}

fn unlike_help(path: &str, command: &str, told: &BTreeSet<String>, help: &str) -> Vec<Fault> {
    let real = options(help);
    told.symmetric_difference(&real)
        .map(|flag| Fault {
            at: path.to_owned(),
            what: match real.contains(flag) {
                true => format!("`{command} {flag}` is not in the table of flags"),
                false => format!("there is no `{command} {flag}`"),
            },
            way_out: format!("mend the table of what `{command}` takes"),
        })
        .collect()
}

/// Commands that documents show with flags.
const COMMANDS: [&str; 8] =
    ["verify", "compare", "check", "decide", "load", "show", "history", "doctor"];

/// Our command lines in a document, in blocks of code or between backticks:
/// line number, command, and what follows it.
fn command_lines(text: &str) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let block = line.trim_start_matches("$ ");
        let inline = line.split('`').skip(1).step_by(2);
        for code in inline.chain([block]) {
            let Some((command, rest)) =
                code.strip_prefix("evenhand ").and_then(|rest| rest.split_once(' '))
            else {
                continue;
            };
            if COMMANDS.contains(&command) {
                // What follows `--` is not ours.
                found.push((index + 1, command, rest.split(" -- ").next().unwrap_or(rest)));
            }
        }
    }
    found
}

fn unknown_flags(path: &str, text: &str, help: impl Fn(&str) -> String) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (line, command, rest) in command_lines(text) {
        let real = options(&help(command));
        faults.extend(flags(rest).difference(&real).map(|flag| Fault {
            at: format!("{path}:{line}"),
            what: format!("there is no `{command} {flag}`"),
            way_out: "write a command that a reader can run".to_owned(),
        }));
    }
    faults
}

#[test]
fn the_flags_of_each_command_are_in_its_document() {
    let mut faults =
        unlike_help("README.md", "verify", &taken_by_verify(&read("README.md")), &help("verify"));
    for command in ["compare", "check", "decide", "load"] {
        let path = format!("docs/{command}.md");
        let told = documented_flags(read(&path).lines());
        faults.extend(unlike_help(&path, command, &told, &help(command)));
    }
    hold(&faults);
}

#[test]
fn a_flag_that_is_not_there_is_found() {
    let readme =
        "What `verify` takes:\n\n| flag | |\n|---|---|\n| `--quick`, `--full` | x |\n\n--other";
    let help = "  --quick  a run, unlike --slow\n  --seed <N>\n  -h, --help\n";
    let faults = unlike_help("README.md", "verify", &taken_by_verify(readme), help);
    let told: Vec<String> = faults.into_iter().map(|fault| fault.what).collect();
    assert_eq!(
        told,
        ["there is no `verify --full`", "`verify --seed` is not in the table of flags"]
    );
}

#[test]
fn commands_that_documents_show_take_their_flags() {
    let all: BTreeMap<&str, String> =
        COMMANDS.iter().map(|&command| (command, help(command))).collect();
    let documents = documents();
    let faults: Vec<Fault> = documents
        .iter()
        .flat_map(|path| unknown_flags(path, &read(path), |command| all[command].clone()))
        .collect();
    hold(&faults);
}

#[test]
fn a_shown_command_with_a_flag_that_is_not_there_is_found() {
    let text = "`evenhand check --bass x`\n\n```\n$ evenhand compare --go a -- --any\n```\n";
    let help = |_: &str| "  --base <REV>\n  --go <DIR>\n".to_owned();
    let faults = unknown_flags("docs/x.md", text, help);
    let places: Vec<String> = faults.into_iter().map(|fault| fault.at).collect();
    assert_eq!(places, ["docs/x.md:1"]);
}

#[test]
fn links_lead_somewhere() {
    let faults: Vec<Fault> =
        documents().iter().flat_map(|path| dead_links(path, &read(path))).collect();
    hold(&faults);
}

#[test]
fn a_dead_link_is_found() {
    let text =
        "[a](../README.md#quick-start) [b](#here)\n[c](https://example.org) [d](nowhere.md)\n";
    let places: Vec<String> =
        dead_links("docs/x.md", text).into_iter().map(|fault| fault.at).collect();
    assert_eq!(places, ["docs/x.md:2"]);
}

#[test]
fn every_noun_of_the_model_is_explained() {
    let mut model = sources("src");
    model.retain(|source| source.path.starts_with("crates/model/"));
    assert!(model.iter().map(|source| nouns(source).len()).sum::<usize>() > 50);
    hold(&unexplained(&model, &read("docs/glossary.md")));
}

#[test]
fn a_noun_without_an_explanation_is_found() {
    let text =
        "pub struct Side { }\nid!(\n    /// Doc.\n    SideName, is_slug);\nstruct Private;\n";
    let model = [Source::new("crates/model/src/x.rs", text)];
    let places: Vec<String> =
        unexplained(&model, "`Side` is").into_iter().map(|fault| fault.at).collect();
    assert_eq!(places, ["crates/model/src/x.rs:4"]);
}

#[test]
fn verdicts_and_margins_are_documented_as_they_are() {
    hold(&missing_rows(&read("docs/verdicts.md")));
}

#[test]
fn another_margin_than_documented_is_found() {
    let text = read("docs/verdicts.md");
    assert_eq!(missing_rows(&text.replace("| `memory` | 1.25", "| `memory` | 1.20")).len(), 1);
    assert_eq!(missing_rows(&text.replace("| `memory` | 5 %", "| `memory` | 9 %")).len(), 1);
    assert_eq!(missing_rows("").len(), Verdict::ALL.len() + 2 * Metric::ALL.len());
}
