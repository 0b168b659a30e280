//! The files by which CI systems run `evenhand check`: that they are YAML, refer
//! only to what they declare, and give the program flags that it takes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use saphyr::{LoadableYamlNode, Yaml};

const ACTION: &str = "action.yml";
const GITLAB: &str = "ci/evenhand.gitlab-ci.yml";
const SCRIPTS: [&str; 3] = ["ci/needs", "ci/rust", "ci/comment"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

fn yaml(text: &str) -> Yaml<'_> {
    let mut documents = Yaml::load_from_str(text).expect("it is YAML");
    assert_eq!(documents.len(), 1, "one document");
    documents.remove(0)
}

fn at<'a>(yaml: &'a Yaml<'a>, path: &[&str]) -> &'a Yaml<'a> {
    path.iter().fold(yaml, |part, key| part.as_mapping_get(key).expect(key))
}

fn list<'a>(yaml: &'a Yaml<'a>) -> Vec<&'a Yaml<'a>> {
    yaml.as_sequence().expect("a list").iter().collect()
}

fn keys(yaml: &Yaml<'_>) -> BTreeSet<String> {
    let mapping = yaml.as_mapping().expect("a mapping");
    mapping.keys().filter_map(Yaml::as_str).map(str::to_owned).collect()
}

/// Every script in the files, with what it is.
fn scripts() -> Vec<(String, String)> {
    let action = text(ACTION);
    let action = yaml(&action);
    let steps = list(at(&action, &["runs", "steps"]));
    let mut scripts: Vec<(String, String)> = steps
        .iter()
        .filter_map(|step| {
            let script = step.as_mapping_get("run")?.as_str()?.to_owned();
            Some((format!("{ACTION}, {}", at(step, &["name"]).as_str()?), script))
        })
        .collect();
    let gitlab = text(GITLAB);
    let gitlab = yaml(&gitlab);
    let parts = ["before_script", "script"].map(|part| list(at(&gitlab, &["evenhand", part])));
    let lines: Vec<&str> = parts.into_iter().flatten().filter_map(Yaml::as_str).collect();
    scripts.push((GITLAB.to_owned(), lines.join("\n")));
    scripts.extend(SCRIPTS.map(|path| (path.to_owned(), text(path))));
    scripts
}

/// Lines that run the program, without what is done if it fails.
fn commands() -> Vec<(String, String)> {
    let scripts = scripts();
    let lines = scripts.iter().flat_map(|(place, script)| {
        script.lines().map(str::trim).map(move |line| (place.clone(), line))
    });
    let ours = lines.filter(|(_, line)| line.starts_with("evenhand "));
    ours.map(|(place, line)| (place, line.split(" || ").next().unwrap_or(line).to_owned()))
        .collect()
}

/// What the program's own parser says of a line, with these variables.
fn parsed(line: &str, variables: &[(&str, &str)]) -> Output {
    let script = format!("set -eu\nevenhand() {{ \"$PROGRAM\" \"$@\" --help; }}\n{line}\n");
    Command::new("bash")
        .args(["-c", &script])
        .env("PROGRAM", env!("CARGO_BIN_EXE_evenhand"))
        .envs(variables.iter().copied())
        .output()
        .expect("bash")
}

const FULL: [(&str, &str); 7] = [
    ("CONTRACT", "evenhand.toml"),
    ("BASE", "HEAD~1"),
    ("BUDGET", "90s"),
    ("STORE", "a folder"),
    ("EVENHAND_CONTRACT", "evenhand.toml"),
    ("EVENHAND_BASE", "HEAD~1"),
    ("EVENHAND_BUDGET", "5m"),
];

#[test]
fn every_command_line_is_one_that_the_program_takes() {
    let commands = commands();
    let places: BTreeSet<&str> = commands.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, BTreeSet::from(["action.yml, Check", GITLAB]));
    let bare = FULL.map(|(name, value)| match name {
        "BASE" | "BUDGET" | "EVENHAND_BASE" | "EVENHAND_BUDGET" => (name, ""),
        _ => (name, value),
    });
    for (place, line) in &commands {
        for variables in [FULL, bare] {
            let output = parsed(line, &variables);
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{place}: {line}\n{told}");
            let help = String::from_utf8_lossy(&output.stdout);
            assert!(help.contains("evenhand check"), "{place}: {help}");
        }
    }
}

#[test]
fn a_flag_that_the_program_does_not_have_would_be_found() {
    for line in ["evenhand check --no-such-flag", "evenhand check --budget \"$CONTRACT\""] {
        assert_eq!(parsed(line, &FULL).status.code(), Some(2), "{line}");
    }
}

#[test]
fn results_are_written_where_they_are_looked_for() {
    let action = text(ACTION);
    let action = yaml(&action);
    let gitlab = text(GITLAB);
    let gitlab = yaml(&gitlab);
    let mut kept: Vec<&str> = ["markdown", "junit", "json"]
        .iter()
        .filter_map(|key| at(&action, &["outputs", key, "value"]).as_str())
        .collect();
    kept.extend(at(&gitlab, &["evenhand", "artifacts", "reports", "junit"]).as_str());
    kept.extend(
        list(at(&gitlab, &["evenhand", "artifacts", "paths"])).into_iter().filter_map(Yaml::as_str),
    );
    assert_eq!(kept.len(), 6);
    for (place, line) in commands() {
        for file in &kept {
            assert!(line.contains(&format!("--output {file}")), "{place}: {file}");
        }
    }
}

/// What stands after `${{` and the like: names that follow a prefix.
fn referred(text: &str, prefix: &str) -> BTreeSet<String> {
    let name = |rest: &str| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
        rest[..end.unwrap_or(rest.len())].to_owned()
    };
    text.match_indices(prefix).map(|(at, _)| name(&text[at + prefix.len()..])).collect()
}

#[test]
fn the_action_refers_to_what_it_declares_and_uses_all_of_it() {
    let source = text(ACTION);
    let action = yaml(&source);
    assert_eq!(referred(&source, "inputs."), keys(at(&action, &["inputs"])));
    let steps = list(at(&action, &["runs", "steps"]));
    let ids: BTreeSet<String> = steps
        .iter()
        .filter_map(|step| Some(step.as_mapping_get("id")?.as_str()?.to_owned()))
        .collect();
    assert_eq!(referred(&source, "steps."), ids);
    for step in steps {
        let keys = keys(step);
        assert!(keys.contains("name"));
        assert_ne!(keys.contains("run"), keys.contains("uses"));
        assert_eq!(keys.contains("run"), keys.contains("shell"), "a shell is no default there");
    }
}

/// A value that a stranger chose must not become a part of a script.
#[test]
fn no_script_of_the_action_is_put_together_from_expressions() {
    for (place, script) in scripts() {
        assert!(!script.contains("${{"), "{place}");
    }
}

#[test]
fn no_host_is_named() {
    for path in [ACTION, GITLAB].into_iter().chain(SCRIPTS) {
        assert!(!text(path).contains("://"), "{path}");
    }
}

#[test]
fn scripts_are_what_bash_and_shellcheck_take() {
    for (place, script) in scripts() {
        let checked = Command::new("bash").args(["-n", "-c", &script]).output().expect("bash");
        assert!(checked.status.success(), "{place}: {}", String::from_utf8_lossy(&checked.stderr));
        // It is not everywhere; CI has it.
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("script");
        // Both systems have steps end at the first command that fails.
        let strict = if script.starts_with("#!") { "" } else { "set -eo pipefail\n" };
        fs::write(&file, format!("{strict}{script}")).expect("written");
        let checked = Command::new("shellcheck").args(["--shell", "bash"]).arg(&file).output();
        if let Ok(checked) = checked {
            let told = String::from_utf8_lossy(&checked.stdout);
            assert!(checked.status.success(), "{place}: {told}");
        }
    }
}

#[test]
fn the_oldest_toolchain_is_the_manifests() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let minimum = manifest["workspace"]["package"]["rust-version"].as_str().expect("a version");
    assert!(text("ci/rust").contains(&format!("readonly minimum={minimum}\n")));
}

#[test]
fn the_comment_is_found_by_the_documents_own_mark() {
    assert!(text("ci/comment").contains(&format!("readonly mark='{}'\n", report::check::MARKER)));
}

fn needs(contract: &Path, wanted: &str) -> Output {
    Command::new(root().join("ci/needs")).arg(contract).arg(wanted).output().expect("ci/needs")
}

#[test]
fn go_is_set_up_if_a_side_has_a_project_of_it_or_if_that_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let contract = folder.path().join("evenhand.toml");
    fs::create_dir(folder.path().join("b")).expect("made");
    let text = "[[side]]\nproject = \"a\"\n[[side]]\n  project='b' # beside it\n";
    fs::write(&contract, text).expect("written");
    let said = |wanted| String::from_utf8(needs(&contract, wanted).stdout).expect("text");
    assert_eq!(said("auto"), "go=false\n");
    assert_eq!(said("true"), "go=true\n");
    fs::write(folder.path().join("b/go.mod"), "module b\n").expect("written");
    assert_eq!(said("auto"), "go=true\n");
    assert_eq!(said("false"), "go=false\n");
}

#[test]
fn without_a_contract_the_job_ends_before_anything_is_built() {
    let output = needs(Path::new("no/such.toml"), "auto");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no contract"));
}
