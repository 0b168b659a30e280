//! docs/schema/pack and the types that files are read into are one, and what
//! reads without fault conforms.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use walkdir::WalkDir;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn validator(name: &str) -> jsonschema::Validator {
    let schemas = pack::schemas().unwrap();
    let schema = schemas.iter().find(|schema| schema.name == name).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&schema.json).unwrap()).unwrap()
}

/// Days as an editor's validator sees them: strings.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, as_json(value))).collect()
        }
    }
}

fn parsed(text: &str) -> Value {
    as_json(toml::Value::Table(text.parse().unwrap()))
}

/// The schema for a file of a pack; none for the files of its programs.
fn schema_of(path: &Path) -> Option<&'static str> {
    let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    match parts.as_slice() {
        ["comparison.toml"] => Some("comparison"),
        ["sources.toml"] => Some("sources"),
        ["claims", _] => Some("claims"),
        ["workloads", _, "workload.toml"] => Some("workload"),
        ["probes", _, "probe.toml"] => Some("probe"),
        ["drills", _, "drill.toml"] => Some("drill"),
        ["languages", name] if name.ends_with(".toml") => Some("language"),
        _ => None,
    }
}

/// How many files there were, and what does not conform in them.
fn faults_below(folder: &Path) -> (usize, Vec<String>) {
    let mut seen = 0;
    let mut faults = Vec::new();
    for entry in WalkDir::new(folder).into_iter().flatten() {
        let path = entry.path().strip_prefix(folder).unwrap();
        let Some(name) = schema_of(path) else { continue };
        seen += 1;
        let json = parsed(&fs::read_to_string(entry.path()).unwrap());
        for fault in validator(name).iter_errors(&json) {
            faults.push(format!("{}: {}: {fault}", path.display(), fault.instance_path()));
        }
    }
    (seen, faults)
}

#[test]
fn the_schema_files_are_the_schemas_of_the_code() {
    let folder = repository().join("docs/schema/pack");
    let update = std::env::var_os("UPDATE_SCHEMAS").is_some();
    for schema in pack::schemas().unwrap() {
        let name = schema.name;
        let file = folder.join(format!("{name}.json"));
        if update {
            fs::create_dir_all(&folder).and_then(|()| fs::write(&file, &schema.json)).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == schema.json,
            "docs/schema/pack/{name}.json differs: run this test with UPDATE_SCHEMAS=1"
        );
    }
}

#[test]
fn every_file_of_every_pack_conforms() {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny");
    let real = pack::Pack::names().into_iter();
    let real = real.map(|name| repository().join("comparisons").join(name));
    for folder in real.chain([tiny]) {
        let (seen, faults) = faults_below(&folder);
        assert!(seen > 5 && faults.is_empty(), "{}: {faults:#?}", folder.display());
    }
}

#[test]
fn every_language_conforms() {
    for entry in fs::read_dir(repository().join("languages")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let json = parsed(&fs::read_to_string(&path).unwrap());
            assert!(validator("language").is_valid(&json), "{}", path.display());
        }
    }
}

#[test]
fn every_contract_conforms() {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let ours = ["full.toml", "serving.toml"].map(|file| ours.join(file));
    let examples = fs::read_dir(repository().join("examples")).into_iter().flatten().flatten();
    let examples = examples.map(|entry| entry.path().join("evenhand.toml"));
    for path in examples.filter(|path| path.is_file()).chain(ours) {
        let json = parsed(&fs::read_to_string(&path).unwrap());
        let faults: Vec<String> =
            validator("evenhand").iter_errors(&json).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    }
}

#[test]
fn words_keys_and_types_that_are_none_do_not_conform() {
    let good = "title = \"t\"\nabout = \"a\"\n[[check]]\nid = \"x\"\nside = \"s\"\nabout = \"a\"\n\
                file = \"x.c\"\nexpect = \"passes\"\n";
    let probe = validator("probe");
    assert!(probe.is_valid(&parsed(good)));
    for (find, with) in [
        ("\"passes\"", "\"pases\""),
        ("file = ", "fil = "),
        ("title = \"t\"\n", ""),
        ("\"x.c\"", "3"),
    ] {
        assert!(!probe.is_valid(&parsed(&good.replace(find, with))), "{find} as {with}");
    }
}

#[test]
fn every_key_is_described() {
    for schema in pack::schemas().unwrap() {
        let json: Value = serde_json::from_str(&schema.json).unwrap();
        let definitions = json["definitions"].as_object().into_iter().flatten();
        let types = definitions.map(|(name, of)| (name.as_str(), of)).chain([("", &json)]);
        for (name, of) in types {
            for (key, value) in of["properties"].as_object().into_iter().flatten() {
                let described = value["description"].is_string();
                assert!(described, "{}: {name}.{key} has no description", schema.name);
            }
        }
    }
}
