//! docs/schema and the structs that are written are one.

mod check_sample;
#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod compare_sample;
#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod load_sample;
#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod sample;

use std::path::PathBuf;

use report::check::CheckDocument;
use report::compare::CompareDocument;
use report::decision::{DecisionDocument, PresetsDocument, RecordDocument};
use report::defect::DefectsDocument;
use report::load::LoadDocument;
use report::verify::VerifyDocument;

/// Every document with its schema, by the name of the schema's file.
fn schemas() -> [(&'static str, String); 8] {
    [
        ("verify", VerifyDocument::json_schema().expect("a schema")),
        ("compare", CompareDocument::json_schema().expect("a schema")),
        ("check", CheckDocument::json_schema().expect("a schema")),
        ("defects", DefectsDocument::json_schema().expect("a schema")),
        ("load", LoadDocument::json_schema().expect("a schema")),
        ("decision", DecisionDocument::json_schema().expect("a schema")),
        ("presets", PresetsDocument::json_schema().expect("a schema")),
        ("record", RecordDocument::json_schema().expect("a schema")),
    ]
}

#[test]
fn the_schema_files_are_the_schemas_of_the_code() {
    for (name, schema) in schemas() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema");
        let file = PathBuf::from(folder).join(name).with_extension("json");
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&file, &schema).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            kept == schema,
            "docs/schema/{name}.json differs: run this test with UPDATE_SCHEMAS=1"
        );
    }
}

fn conforms(schema: &str, json: &str) {
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let json = serde_json::from_str(json).expect("JSON");
    let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_verify_writes_conforms_to_its_schema() {
    let schema = VerifyDocument::json_schema().unwrap();
    for document in [sample::document(), sample::list(), sample::only(&["tail/limits"])] {
        conforms(&schema, &document.json().unwrap());
    }
}

#[test]
fn what_compare_writes_conforms_to_its_schema() {
    let schema = CompareDocument::json_schema().unwrap();
    for (_, sample) in compare_sample::all() {
        conforms(&schema, &sample.document().json().unwrap());
    }
}

#[test]
fn what_check_writes_conforms_to_its_schema() {
    let schema = CheckDocument::json_schema().unwrap();
    for (_, document) in check_sample::all() {
        conforms(&schema, &document.json().unwrap());
    }
}

#[test]
fn what_load_writes_conforms_to_its_schema() {
    let schema = LoadDocument::json_schema().unwrap();
    for (_, sample) in load_sample::all() {
        conforms(&schema, &sample.document().json().unwrap());
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

/// The names of all properties that a document itself defines; those of the
/// environment are described where it is.
fn keys(schema: &serde_json::Value) -> Vec<String> {
    const ELSEWHERE: [&str; 6] =
        ["Environment", "Machine", "Toolchain", "ToolchainState", "Sees", "MemoryLimit"];
    let defined = schema["$defs"].as_object().into_iter().flatten();
    let defined = defined.filter(|(name, _)| !ELSEWHERE.contains(&name.as_str()));
    let objects = std::iter::once(schema).chain(defined.map(|(_, object)| object));
    let keys = objects.filter_map(|object| Some(object["properties"].as_object()?.keys().cloned()));
    keys.flatten().collect()
}

#[test]
fn every_key_is_explained_in_the_documentation() {
    let manual = include_str!("../../../docs/json.md");
    for (name, schema) in schemas() {
        let found = keys(&serde_json::from_str(&schema).unwrap());
        let explained = |key: &&String| {
            manual.contains(&format!("\"{key}\":")) || manual.contains(&format!("`{key}`"))
        };
        let missing: Vec<&String> = found.iter().filter(|key| !explained(key)).collect();
        assert!(found.len() > 5 && missing.is_empty(), "{name}: {} keys, {missing:?}", found.len());
    }
}
