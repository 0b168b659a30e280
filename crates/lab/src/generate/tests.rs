use super::*;

/// A template of these files, and a cache.
struct Ground {
    folder: tempfile::TempDir,
}

impl Ground {
    fn of(files: &[(&str, &str)]) -> Self {
        let ground = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            let path = ground.template().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        ground
    }

    fn template(&self) -> PathBuf {
        self.folder.path().join("template")
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn rendered(&self, units: u32) -> Result<PathBuf, GenerateError> {
        rendered(&self.template(), "twins", &Generate { units }, &self.cache())
    }
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn paths(folder: &Path) -> Vec<String> {
    let files = files(folder).unwrap();
    files.iter().map(|(path, _)| path.to_string_lossy().into_owned()).collect()
}

#[test]
fn a_file_is_rendered_once_a_unit_once_a_group_or_once() {
    let ground = Ground::of(&[
        ("all.txt.jinja", "{{ name }}: {{ units }} in {{ groups }}\n"),
        ("hall{group}/list.txt.jinja", "{{ group }}: {{ members | join(' ') }}\n"),
        ("hall{group}/lane{unit}.txt.jinja", "{{ unit }} of {{ group }}, {{ members | length }}\n"),
        ("hall0/plain.txt", "{{ as it is }}\n"),
    ]);
    let folder = ground.rendered(22).unwrap();
    let mut expected: Vec<String> =
        (0..22).map(|unit| format!("hall{}/lane{unit}.txt", unit / 20)).collect();
    expected.extend(
        ["all.txt", "hall0/list.txt", "hall0/plain.txt", "hall1/list.txt"].map(String::from),
    );
    let mut found = paths(&folder);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(read(&folder, "all.txt"), "twins: 22 in 2\n");
    assert_eq!(read(&folder, "hall1/list.txt"), "1: 20 21\n");
    assert_eq!(read(&folder, "hall0/lane19.txt"), "19 of 0, 20\n");
    assert_eq!(read(&folder, "hall1/lane20.txt"), "20 of 1, 2\n");
    assert_eq!(read(&folder, "hall0/plain.txt"), "{{ as it is }}\n");
}

#[test]
fn what_was_rendered_is_kept_until_template_or_size_change() {
    let ground = Ground::of(&[("part{unit}.txt.jinja", "{{ unit }}\n")]);
    let first = ground.rendered(3).unwrap();
    let mark = first.join("mark");
    fs::write(&mark, "").unwrap();
    assert_eq!(ground.rendered(3).unwrap(), first);
    assert!(mark.exists(), "it was rendered again");

    assert_ne!(ground.rendered(4).unwrap(), first);
    fs::write(ground.template().join("part{unit}.txt.jinja"), "part {{ unit }}\n").unwrap();
    assert_ne!(ground.rendered(3).unwrap(), first);
}

#[test]
fn a_template_that_cannot_be_rendered_is_named_and_leaves_nothing() {
    for (wrong, reason) in [
        ("{{ unit }", "syntax error"),
        ("{{ group.size }}", "undefined value"),
        ("{{ members }}", "undefined value"),
    ] {
        let ground = Ground::of(&[("a.txt.jinja", "a\n"), ("src/main.txt.jinja", wrong)]);
        let told = ground.rendered(1).unwrap_err().to_string();
        assert!(told.starts_with("template src/main.txt.jinja: "), "{told}");
        assert!(told.contains(reason), "{told}");
        assert!(paths(&ground.cache().join("generated")).is_empty());
    }
}
