//! Results of other tools: files that the tools wrote, and files that they did
//! not.

mod matching;
mod reading;
mod spoilt;

use std::path::PathBuf;

use pack::results::{ResultsError, TheirResult, read};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/results/fixtures").join(name)
}

fn results(name: &str) -> Vec<TheirResult> {
    read(&fixture(name)).expect(name)
}

/// What is said of a text that is no good.
fn refused(text: &str) -> (ResultsError, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("given.txt");
    std::fs::write(&path, text).expect("written");
    let error = read(&path).expect_err("it is no good");
    let told = error.to_string().replace(&folder.path().display().to_string(), "");
    (error, told)
}
