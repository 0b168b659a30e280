//! What every manifest has to say: the shared lints, and a reason for each
//! package of others.

use toml::Table;

use crate::{Fault, crate_folders, hold, read};

/// Lints that the workspace turns on for every crate.
fn lenient_workspace(text: &str) -> Vec<Fault> {
    let forbids = text
        .parse::<Table>()
        .ok()
        .and_then(|table| {
            table.get("workspace")?.get("lints")?.get("rust")?.get("unsafe_code").cloned()
        })
        .is_some_and(|level| level.as_str() == Some("forbid"));
    if forbids {
        return Vec::new();
    }
    vec![Fault {
        at: "Cargo.toml".to_owned(),
        what: "the workspace does not forbid unsafe code".to_owned(),
        way_out: "write `unsafe_code = \"forbid\"` under [workspace.lints.rust]".to_owned(),
    }]
}

/// A crate that does not take the workspace's lints.
fn lenient_crate(path: &str, text: &str) -> Vec<Fault> {
    let takes = text
        .parse::<Table>()
        .ok()
        .and_then(|table| table.get("lints")?.get("workspace")?.as_bool())
        .unwrap_or(false);
    if takes {
        return Vec::new();
    }
    vec![Fault {
        at: path.to_owned(),
        what: "the crate does not take the lints of the workspace, and so may use unsafe code"
            .to_owned(),
        way_out: "write `workspace = true` under [lints]".to_owned(),
    }]
}

/// Dependencies that neither stand under a comment, nor refer to the workspace,
/// nor are ours.
fn reasonless(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut inside = false;
    let mut before = "";
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
        } else if inside && !line.starts_with('#') && line.contains('=') {
            let shared = line.contains("workspace = true") || line.contains(".workspace");
            let ours = line.contains("path = ");
            if !shared && !ours && !before.starts_with('#') && !line.contains(" # ") {
                let name = line.split(['=', '.', ' ']).next().unwrap_or(line);
                faults.push(Fault {
                    at: format!("{path}:{}", index + 1),
                    what: format!("nothing says why {name} is used"),
                    way_out: "put the reason into a comment on the line above".to_owned(),
                });
            }
        }
        before = line;
    }
    faults
}

#[test]
fn unsafe_code_is_forbidden_in_every_crate() {
    let mut faults = lenient_workspace(&read("Cargo.toml"));
    for folder in crate_folders() {
        let path = format!("{folder}/Cargo.toml");
        faults.extend(lenient_crate(&path, &read(&path)));
    }
    hold(&faults);
}

#[test]
fn a_crate_without_the_lints_is_found() {
    assert!(lenient_workspace("[workspace.lints.rust]\nunsafe_code = \"forbid\"").is_empty());
    assert_eq!(lenient_workspace("[workspace.lints.rust]\nunsafe_code = \"warn\"").len(), 1);
    assert!(lenient_crate("crates/x/Cargo.toml", "[lints]\nworkspace = true").is_empty());
    assert_eq!(lenient_crate("crates/x/Cargo.toml", "[package]\nname = \"x\"").len(), 1);
}

#[test]
fn every_dependency_has_a_reason() {
    let mut faults = reasonless("Cargo.toml", &read("Cargo.toml"));
    for folder in crate_folders() {
        let path = format!("{folder}/Cargo.toml");
        faults.extend(reasonless(&path, &read(&path)));
    }
    hold(&faults);
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let text = "[package]\nname = \"x\"\n[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\n\
                c.workspace = true\nd = { path = \"../d\" }\n[dev-dependencies]\ne = { version = \"1\" }\n";
    let places: Vec<String> =
        reasonless("Cargo.toml", text).into_iter().map(|fault| fault.at).collect();
    assert_eq!(places, ["Cargo.toml:6", "Cargo.toml:10"]);
}
