//! docs/schema and the structs that are written are one.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod sample;

use std::path::PathBuf;

use report::verify::VerifyDocument;

fn file() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema/verify.json"))
}

#[test]
fn the_schema_file_is_the_schema_of_the_code() {
    let schema = VerifyDocument::json_schema().unwrap();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(file(), &schema).unwrap();
    }
    let kept = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(kept == schema, "docs/schema/verify.json differs: run this test with UPDATE_SCHEMAS=1");
}

#[test]
fn what_is_written_conforms_to_the_schema() {
    let schema = serde_json::from_str(&VerifyDocument::json_schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let few = sample::only(&["tail/limits"]);
    for document in [sample::document(), sample::list(), few] {
        let json = serde_json::from_str(&document.json().unwrap()).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn a_missing_key_does_not_conform() {
    let schema = serde_json::from_str(&VerifyDocument::json_schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut json: serde_json::Value =
        serde_json::from_str(&sample::document().json().unwrap()).unwrap();
    json["claims"][0].as_object_mut().unwrap().remove("verdict");
    assert!(!validator.is_valid(&json));
}

/// The names of all properties that the document itself defines; those of the
/// environment are described where it is.
fn keys(schema: &serde_json::Value, found: &mut Vec<String>) {
    const OURS: [&str; 7] = [
        "AttemptRow",
        "ClaimRow",
        "CoverageCounts",
        "EvidenceRow",
        "RunHead",
        "SelfCheckRow",
        "SourceRow",
    ];
    let objects = std::iter::once(schema).chain(OURS.map(|name| &schema["$defs"][name]));
    for object in objects {
        found.extend(object["properties"].as_object().expect("an object").keys().cloned());
    }
}

#[test]
fn every_key_is_explained_in_the_documentation() {
    let schema = serde_json::from_str(&VerifyDocument::json_schema().unwrap()).unwrap();
    let mut found = Vec::new();
    keys(&schema, &mut found);
    let manual = include_str!("../../../docs/json.md");
    let missing: Vec<&String> =
        found.iter().filter(|key| !manual.contains(&format!("\"{key}\":"))).collect();
    assert!(found.len() > 60 && missing.is_empty(), "{} keys, missing {missing:?}", found.len());
}
