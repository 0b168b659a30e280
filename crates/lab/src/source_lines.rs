//! Counts the lines of a program's own sources that say something.

use std::fs;
use std::io;
use std::path::Path;

use model::SourceForm;
use walkdir::WalkDir;

/// Lines that are neither blank nor comment nor test.
pub(crate) fn count(folder: &Path, form: &SourceForm) -> io::Result<u64> {
    let mut lines = 0;
    let own = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        // Build products, and tests in a folder of their own.
        !(entry.file_type().is_dir() && (name == "target" || name == "tests"))
    };
    for entry in WalkDir::new(folder).into_iter().filter_entry(own) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        let is_source = form.extensions.iter().any(|ending| name.ends_with(&format!(".{ending}")));
        let is_test = form.tests.iter().any(|ending| name.ends_with(ending.as_str()));
        if entry.file_type().is_file() && is_source && !is_test {
            lines += in_text(&fs::read_to_string(entry.path())?, form);
        }
    }
    Ok(lines)
}

fn in_text(text: &str, form: &SourceForm) -> u64 {
    let own =
        text.lines().map(str::trim).take_while(|line| form.tests_after.as_deref() != Some(line));
    own.filter(|line| !line.is_empty() && !line.starts_with(&form.comment)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SourceForm {
        SourceForm {
            extensions: vec!["rs".to_owned()],
            comment: "//".to_owned(),
            tests: vec!["_test.rs".to_owned()],
            tests_after: Some("#[cfg(test)]".to_owned()),
        }
    }

    #[test]
    fn blank_lines_comments_and_tests_say_nothing() {
        let text = "//! About.\n\nfn main() {\n    // why\n    run(); // now\n}\n\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(in_text(text, &form()), 3);
    }

    #[test]
    fn only_the_programs_own_sources_count() {
        let folder = tempfile::tempdir().unwrap();
        for (path, lines) in [
            ("src/main.rs", 2),
            ("target/x.rs", 9),
            ("tests/t.rs", 9),
            ("a_test.rs", 9),
            ("n.txt", 9),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x\n".repeat(lines)).unwrap();
        }
        assert_eq!(count(folder.path(), &form()).unwrap(), 2);
    }
}
