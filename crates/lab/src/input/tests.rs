use std::fs;

use super::*;

fn hash_of(kind: &InputKind) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input");
    write(kind, folder.path(), &path).unwrap();
    hash(&path).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    for kind in [
        |seed| InputKind::CsvRecords { rows: 100, seed },
        |seed| InputKind::JsonRecords { rows: 100, seed },
        |seed| InputKind::TextTree { files: 20, bytes: 20_000, seed },
    ] {
        assert_eq!(hash_of(&kind(1)), hash_of(&kind(1)));
        assert_ne!(hash_of(&kind(1)), hash_of(&kind(2)));
    }
}

#[test]
fn csv_and_json_lines_hold_the_same_records() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, json) = (folder.path().join("c"), folder.path().join("j"));
    records::write_csv(&csv, 200, 3).unwrap();
    records::write_json_lines(&json, 200, 3).unwrap();
    let csv = fs::read_to_string(csv).unwrap();
    let json = fs::read_to_string(json).unwrap();
    assert_eq!(csv.lines().count(), 201);
    for (row, line) in csv.lines().skip(1).zip(json.lines()) {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let start = format!(
            "{},{},{},{},{},{},{},",
            record["ts"].as_str().unwrap(),
            record["level"].as_str().unwrap(),
            record["service"].as_str().unwrap(),
            record["route"].as_str().unwrap(),
            record["status"],
            record["latency_us"],
            record["bytes"],
        );
        let user = row.strip_prefix(&start).unwrap_or_else(|| panic!("{row} against {start}"));
        let user = user.strip_prefix('"').and_then(|u| u.strip_suffix('"')).unwrap_or(user);
        assert_eq!(user.replace("\"\"", "\""), record["user"].as_str().unwrap());
    }
}

#[test]
fn a_text_tree_has_the_files_and_about_the_bytes_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    text_tree::write(folder.path(), 200, 1 << 20, 5).unwrap();
    let sizes: Vec<u64> = WalkDir::new(folder.path())
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.metadata().unwrap().len())
        .collect();
    assert_eq!(sizes.len(), 200);
    let total: u64 = sizes.iter().sum();
    assert!((900_000..1_200_000).contains(&total), "{total}");
}
