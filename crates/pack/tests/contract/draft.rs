//! A folder with two small projects and a contract that is right, to be spoilt.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use model::contract::Side;
use model::{Contract, Language, LanguageId};
use pack::Faults;
use tempfile::TempDir;

/// The smallest contract: two projects.
pub(crate) const SMALL: &str = "\
name = \"agent\"

[[side]]
name = \"go\"
project = \"agent-go\"

[[side]]
name = \"rust\"
project = \"agent-rust\"
";

/// One that says everything.
pub(crate) const FULL: &str = include_str!("full.toml");

/// One whose programs serve.
pub(crate) const SERVING: &str = include_str!("serving.toml");

/// A folder with a contract and what it names.
pub(crate) struct Draft {
    home: TempDir,
}

pub(crate) fn languages() -> BTreeMap<LanguageId, Language> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages");
    pack::languages(&folder).expect("our own languages read")
}

/// A folder with projects, programs and cases, and a contract that says this.
pub(crate) fn draft(text: &str) -> Draft {
    let home = tempfile::Builder::new().prefix("draft-").tempdir().expect("a folder for the draft");
    let draft = Draft { home };
    for (file, content) in [
        ("agent-go/go.mod", "module agent\n"),
        ("agent-rust/Cargo.toml", "[package]\nname = \"agent\"\n"),
        ("made/Makefile", "release:\n"),
        ("store/go.mod", "module store\n"),
        ("schema.sql", "create table item (id integer);\n"),
        ("big.json", "{\"rows\": []}\n"),
        ("work/.keep", ""),
        ("cases/empty.json", ""),
        ("cases/small.txt", "1\n2\n"),
        ("cases/strict/args", "--strict\n--count\n"),
        ("cases/strict/stdin", "x\n"),
        ("cases/strict/exit", "2\n"),
        ("cases/README.md", "# cases\n"),
        ("note.txt", "not a program\n"),
        ("tool", "#!/bin/sh\n"),
    ] {
        draft.put(file, content);
    }
    make_executable(&draft.path("tool"));
    draft.put("evenhand.toml", text);
    draft
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("the draft is ours");
}

impl Draft {
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.home.path().join(file)
    }

    /// Writes into a folder that may not be there yet.
    pub(crate) fn put(&self, file: &str, content: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("ours");
        fs::write(path, content).expect("the draft is ours");
    }

    /// Replaces the first `find` of the contract, which must be there.
    pub(crate) fn replace(self, find: &str, with: &str) -> Self {
        let text = fs::read_to_string(self.path("evenhand.toml")).expect("it is there");
        assert!(text.contains(find), "{find} is not in the contract");
        self.put("evenhand.toml", text.replacen(find, with, 1));
        self
    }

    pub(crate) fn append(self, more: &str) -> Self {
        let text = fs::read_to_string(self.path("evenhand.toml")).expect("it is there");
        self.put("evenhand.toml", text + more);
        self
    }

    pub(crate) fn read(&self) -> Result<Contract, Faults> {
        pack::contract::read(&self.path("evenhand.toml"), &languages())
    }

    pub(crate) fn contract(&self) -> Contract {
        self.read().unwrap_or_else(|faults| panic!("{faults}"))
    }

    /// The faults as text.
    pub(crate) fn faults(&self) -> String {
        match self.read() {
            Ok(contract) => panic!("the contract reads without fault: {contract:#?}"),
            Err(faults) => faults.render(),
        }
    }

    /// A path as a contract has it.
    pub(crate) fn real(&self, file: &str) -> PathBuf {
        fs::canonicalize(self.home.path()).expect("it is there").join(file)
    }
}

pub(crate) fn side<'a>(contract: &'a Contract, name: &str) -> &'a Side {
    contract.side(&name.parse().expect("a name")).expect("the side is there")
}
