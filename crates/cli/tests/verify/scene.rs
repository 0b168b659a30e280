//! A place where `evenhand` runs: a folder that goes away again, and nothing of
//! the user's.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The name of the user in every scene: it must not get into a page.
pub(crate) const USER: &str = "ursula-fixture";

/// Home, caches, store, toolchains and a copy of the pack.
pub(crate) struct Scene {
    folder: TempDir,
}

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::of("pack")
    }

    /// One whose pack is another of the folders beside this file.
    pub(crate) fn of(pack: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scene = Self { folder };
        for part in ["home", "bin"] {
            fs::create_dir(scene.path(part)).unwrap();
        }
        for language in ["left", "right"] {
            scene.toolchain(language, &scene.path("bin"));
            fs::create_dir(scene.path(&format!("bin/{language}-static"))).unwrap();
        }
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify").join(pack);
        for entry in walkdir::WalkDir::new(&pack) {
            let entry = entry.unwrap();
            let to = scene.path("pack").join(entry.path().strip_prefix(&pack).unwrap());
            match entry.file_type().is_dir() {
                true => fs::create_dir(to).unwrap(),
                false => drop(fs::copy(entry.path(), to).unwrap()),
            }
        }
        scene
    }

    /// One whose workload `late` is measured for many seconds: it has twenty cases, each with a
    /// pilot of its own.
    pub(crate) fn lengthy() -> Self {
        let scene = Self::new();
        for side in ["left", "right"] {
            scene.program("late", side, "echo later; exec @subject@ spin 5");
        }
        let case = "[[case]]\nid = \"once\"\nmetrics = [\"cpu\"]\ndeadline_seconds = 20\n";
        let cases = (1..=20).map(|n| case.replace("once", &format!("once-{n}")));
        scene.edit("workloads/late/workload.toml", case, &cases.collect::<Vec<_>>().join("\n"));
        scene
    }

    /// A path inside the scene.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// What no other test's processes have in their paths.
    pub(crate) fn mark(&self) -> String {
        self.folder.path().to_str().unwrap().to_owned()
    }

    fn toolchain(&self, language: &str, folder: &Path) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify/toolchain.sh");
        fs::copy(script, folder.join(language)).unwrap();
        executable(&folder.join(language));
    }

    /// A program on PATH.
    pub(crate) fn command(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, script).unwrap();
        executable(&path);
    }

    /// Writes a file of the pack.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        fs::write(self.path("pack").join(path), text).unwrap();
        self
    }

    /// Replaces a text that stands once in a file of the pack.
    pub(crate) fn edit(&self, path: &str, find: &str, replace: &str) -> &Self {
        let text = fs::read_to_string(self.path("pack").join(path)).unwrap();
        assert_eq!(text.matches(find).count(), 1, "{find} in {path}");
        self.write(path, &text.replace(find, replace))
    }

    /// The script that a side's program of a workload is built from.
    pub(crate) fn program(&self, workload: &str, side: &str, script: &str) -> &Self {
        let text = format!("#!/bin/sh\n# turns\n{script}\n");
        self.write(&format!("workloads/{workload}/{side}/main.sh"), &text)
    }

    /// `evenhand` with these arguments, the scene's folder as the current one.
    pub(crate) fn evenhand(&self, args: &[&str]) -> Command {
        self.evenhand_at(Path::new(env!("CARGO_BIN_EXE_evenhand")), args)
    }

    /// The same, from another copy of the program.
    pub(crate) fn evenhand_at(&self, program: &Path, args: &[&str]) -> Command {
        let subject = launch::built_binary("fake-subject").unwrap();
        let mut command = Command::new(program);
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("PATH", format!("{}:/usr/bin:/bin", self.path("bin").display()));
        command.env("HOME", self.path("home")).env("USER", USER).env("FAKE_SUBJECT", subject);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&mut self.evenhand(args))
    }

    /// `evenhand` where the compilers of this test's own PATH are to be had, after those of
    /// `folders`. What compilers cache stays between tests, and is nobody else's.
    pub(crate) fn among_compilers(&self, folders: &[&Path], args: &[&str]) -> Command {
        let mut command = self.evenhand(args);
        let own = std::env::var_os("PATH").unwrap();
        let folders = folders.iter().map(|folder| folder.to_path_buf());
        let path = folders.chain(std::env::split_paths(&own));
        command.env("PATH", std::env::join_paths(path).unwrap());
        let home = std::env::home_dir().unwrap();
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let folder = std::env::var_os(name).unwrap_or_else(|| home.join(folder).into());
            command.env(name, folder);
        }
        for name in ["GOCACHE", "ZIG_GLOBAL_CACHE_DIR"] {
            command.env(name, Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        }
        command
    }

    /// `evenhand verify` on the scene's pack in an order that is always the same, with little time
    /// unless the arguments say how much.
    pub(crate) fn verify(&self, args: &[&str]) -> Ran {
        let budget: &[&str] = if args.contains(&"--budget") { &[] } else { &["--budget", "5s"] };
        self.run(&[&["verify", "--pack", "pack", "--seed", "7"], budget, args].concat())
    }

    /// The same as JSON.
    pub(crate) fn verdicts(&self, args: &[&str]) -> (Ran, Value) {
        let ran = self.verify(&[args, &["--format", "json"]].concat());
        let json = ran.json();
        (ran, json)
    }

    pub(crate) fn page(&self) -> String {
        self.read("evenhand/pack.html")
    }

    pub(crate) fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap_or_else(|error| panic!("{inside}: {error}"))
    }

    /// Processes of this scene, each in a line: its program, working directory, command line or
    /// environment has the scene's folder in it.
    pub(crate) fn processes(&self) -> Vec<String> {
        let mark = self.mark();
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let link = |name| fs::read_link(entry.path().join(name)).unwrap_or_default();
            let read = |name| fs::read(entry.path().join(name)).unwrap_or_default();
            let text = |name| String::from_utf8_lossy(&read(name)).replace('\0', " ");
            let links = [link("exe"), link("cwd")].map(|path| path.to_string_lossy().into_owned());
            let texts = [text("cmdline"), text("environ")];
            if links.iter().chain(&texts).any(|part| part.contains(&mark)) {
                found.push(format!(
                    "{}: {}",
                    entry.file_name().display(),
                    links.concat() + &texts[0]
                ));
            }
        }
        found
    }

    /// Waits a moment for the scene's processes to end; fails if some do not.
    #[track_caller]
    pub(crate) fn is_left_alone(&self) {
        for _ in 0..200 {
            if self.processes().is_empty() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("still there: {:#?}", self.processes());
    }

    /// The store of runs without `--store`.
    pub(crate) fn store(&self) -> PathBuf {
        self.path("home/.local/share/evenhand/evenhand.sqlite")
    }
}

fn executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::of_child(command.spawn().unwrap())
    }

    /// Of a program that has been started, at its end.
    pub(crate) fn of_child(child: Child) -> Self {
        let output = child.wait_with_output().unwrap();
        Self {
            status: output.status,
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails with all that was said unless the exit code is this one.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        let (status, signal) = (self.status.code(), self.status.signal());
        assert_eq!(status, Some(code), "{signal:?}\n{}\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }

    /// Fails unless standard error has this text.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "{text:?} is not in\n{}", self.stderr);
        self
    }
}

/// A claim of a JSON document.
#[track_caller]
pub(crate) fn claim<'a>(json: &'a Value, id: &str) -> &'a Value {
    let claims = json["claims"].as_array().expect("claims");
    claims.iter().find(|claim| claim["id"] == id).unwrap_or_else(|| panic!("no claim {id}"))
}

/// Its verdict.
#[track_caller]
pub(crate) fn verdict<'a>(json: &'a Value, id: &str) -> &'a str {
    claim(json, id)["verdict"].as_str().unwrap_or_else(|| panic!("{id} has no verdict"))
}

/// Its reason.
#[track_caller]
pub(crate) fn reason<'a>(json: &'a Value, id: &str) -> &'a str {
    claim(json, id)["reason"].as_str().expect("a reason")
}

/// The real compilers that are not on this test's PATH.
pub(crate) fn lacking(names: &[&'static str]) -> Vec<&'static str> {
    let path = std::env::var_os("PATH").unwrap();
    let there = |name: &str| std::env::split_paths(&path).any(|folder| folder.join(name).exists());
    names.iter().copied().filter(|name| !there(name)).collect()
}

/// Every verdict by claim.
pub(crate) fn all_verdicts(json: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    let claims = json["claims"].as_array().expect("claims");
    claims.iter().map(|claim| (text(&claim["id"]), text(&claim["verdict"]))).collect()
}
