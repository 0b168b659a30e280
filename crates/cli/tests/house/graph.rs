//! The package graph is the data flow: which of our crates may use which.

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::{Fault, crate_folders, hold, read, root};

/// A crate of ours and what it may use. A crate that is not here has no place
/// in the flow yet: give it a row, and its reason in docs/architecture.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("launch", &[]),
    ("load", &[]),
    ("agree", &[]),
    ("stats", &[]),
    ("pack", &["model"]),
    ("store", &["model"]),
    ("inspect", &["model"]),
    ("lab", &["model", "stats", "launch", "load", "agree"]),
    ("judge", &["model", "stats"]),
    ("decide", &["model", "judge", "stats"]),
    ("report", &["model", "judge", "decide", "inspect", "load"]),
    ("fleet", &["model", "lab", "launch", "store"]),
    ("bridge", &["model", "pack", "lab"]),
    (
        "evenhand",
        &[
            "model", "launch", "load", "agree", "stats", "pack", "store", "inspect", "lab",
            "judge", "decide", "report", "fleet", "bridge",
        ],
    ),
];

/// What tests and benchmarks may use beyond that: user, used, reason.
const TESTS_MAY_USE: &[(&str, &str, &str)] = &[
    ("lab", "pack", "the lab's tests run the workloads that are in the tree"),
    ("decide", "pack", "scenarios whose answers are known are files of the pack"),
];

/// Why an edge is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Use,
    Tests,
}

struct Edge {
    from: String,
    to: String,
    needed_for: For,
}

/// Our packages with the folder of each, and the edges between them.
fn packages_and_edges() -> (Vec<(String, String)>, Vec<Edge>) {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo metadata describes the workspace");
    let mut packages = Vec::new();
    let mut edges = Vec::new();
    for package in metadata.packages {
        let name = package.name.to_string();
        let folder = package.manifest_path.parent().and_then(|folder| folder.file_name());
        packages.push((name.clone(), folder.unwrap_or_default().to_owned()));
        for dependency in package.dependencies.iter().filter(|it| it.path.is_some()) {
            let needed_for = match dependency.kind {
                DependencyKind::Development => For::Tests,
                _ => For::Use,
            };
            edges.push(Edge { from: name.clone(), to: dependency.name.clone(), needed_for });
        }
    }
    (packages, edges)
}

fn may_use(name: &str) -> Option<&'static [&'static str]> {
    MAY_USE.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, used)| *used)
}

fn wrong_edges(edges: &[Edge]) -> Vec<Fault> {
    let allowed = |edge: &&Edge| {
        may_use(&edge.from).is_none_or(|used| used.contains(&edge.to.as_str()))
            || (edge.needed_for == For::Tests
                && TESTS_MAY_USE.iter().any(|(from, to, _)| *from == edge.from && *to == edge.to))
    };
    edges
        .iter()
        .filter(|edge| !allowed(edge))
        .map(|edge| Fault {
            at: format!("Cargo.toml of {}", edge.from),
            what: match edge.needed_for {
                For::Use => format!("{} may not use {}", edge.from, edge.to),
                For::Tests => format!("tests of {} may not use {}", edge.from, edge.to),
            },
            way_out: format!(
                "hand the value over through the caller, or move the noun to model; {} may use {:?}",
                edge.from,
                may_use(&edge.from).unwrap_or_default()
            ),
        })
        .collect()
}

fn unknown_crates(packages: &[(String, String)]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, folder) in packages {
        if may_use(name).is_none() {
            faults.push(Fault {
                at: format!("crates/{folder}"),
                what: format!("crate {name} has no place in the flow"),
                way_out:
                    "put the code into a crate of MAY_USE in crates/cli/tests/house/graph.rs, \
                          or add a row there and its reason to docs/architecture.md"
                        .to_owned(),
            });
        }
        let expected = if name == "evenhand" { "cli" } else { name };
        if folder != expected {
            faults.push(Fault {
                at: format!("crates/{folder}"),
                what: format!("crate {name} is in a folder of another name"),
                way_out: format!("move it to crates/{expected}"),
            });
        }
    }
    faults
}

/// The rows of the table `| crate | uses | …` in docs/architecture.md.
fn documented_edges(text: &str) -> Vec<(String, Vec<String>)> {
    let quoted =
        |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<String>>();
    text.lines()
        .skip_while(|line| !line.starts_with("| crate | uses |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| {
            let mut cells = line.split('|').skip(1);
            let name = quoted(cells.next()?).first()?.clone();
            Some((name, quoted(cells.next()?)))
        })
        .collect()
}

fn undocumented(packages: &[(String, String)], edges: &[Edge], text: &str) -> Vec<Fault> {
    let told = documented_edges(text);
    let mut faults = Vec::new();
    for (name, _) in packages {
        let mut real: Vec<&str> = edges
            .iter()
            .filter(|edge| &edge.from == name && edge.needed_for == For::Use)
            .map(|edge| edge.to.as_str())
            .collect();
        real.sort_unstable();
        let mut row: Vec<&str> = told
            .iter()
            .filter(|(crate_name, _)| crate_name == name)
            .flat_map(|(_, used)| used.iter().map(String::as_str))
            .collect();
        row.sort_unstable();
        if real != row || !told.iter().any(|(crate_name, _)| crate_name == name) {
            faults.push(Fault {
                at: "docs/architecture.md".to_owned(),
                what: format!("the table says that {name} uses {row:?}; it uses {real:?}"),
                way_out: format!("mend the row of `{name}` in the table \"crate | uses\""),
            });
        }
    }
    faults
}

#[test]
fn crates_use_only_what_the_data_flow_allows() {
    hold(&wrong_edges(&packages_and_edges().1));
}

#[test]
fn an_edge_against_the_flow_is_found() {
    let edge = |from: &str, to: &str, needed_for| Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        needed_for,
    };
    let faults = wrong_edges(&[
        edge("judge", "stats", For::Use),
        edge("judge", "store", For::Use),
        edge("stats", "model", For::Tests),
        edge("lab", "pack", For::Tests),
        edge("lab", "pack", For::Use),
    ]);
    let told: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(
        told,
        ["judge may not use store", "tests of stats may not use model", "lab may not use pack"]
    );
}

#[test]
fn every_crate_has_a_place_and_its_own_folder() {
    let (packages, _) = packages_and_edges();
    assert_eq!(packages.len(), crate_folders().len(), "a folder of crates/ is no member");
    hold(&unknown_crates(&packages));
}

#[test]
fn a_crate_beyond_the_list_is_found() {
    let of = |name: &str, folder: &str| (name.to_owned(), folder.to_owned());
    let faults =
        unknown_crates(&[of("model", "model"), of("engine", "engine"), of("stats", "maths")]);
    let places: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
    assert_eq!(places, ["crates/engine", "crates/maths"]);
}

#[test]
fn the_documented_graph_is_the_real_one() {
    let (packages, edges) = packages_and_edges();
    hold(&undocumented(&packages, &edges, &read("docs/architecture.md")));
}

#[test]
fn a_row_that_lies_is_found() {
    let table =
        "| crate | uses | for |\n|---|---|---|\n| `judge` | `model` | x |\n| `model` | – | x |\n";
    let packages: Vec<_> =
        ["judge", "model"].iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect();
    let edge =
        |to: &str| Edge { from: "judge".to_owned(), to: to.to_owned(), needed_for: For::Use };
    assert!(undocumented(&packages, &[edge("model")], table).is_empty());
    assert_eq!(undocumented(&packages, &[edge("model"), edge("stats")], table).len(), 1);
    assert_eq!(undocumented(&packages, &[edge("model")], "no table").len(), 2);
}
