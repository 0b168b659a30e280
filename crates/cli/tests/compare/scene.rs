//! A folder with programs to compare, and nothing of the user's.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::Ran;

/// Held alone by a run whose blocks are void if something else uses the processors unevenly.
static PROCESSORS: RwLock<()> = RwLock::new(());

/// As long as it is held nothing runs that has to be alone.
pub(crate) fn beside_others() -> RwLockReadGuard<'static, ()> {
    PROCESSORS.read().unwrap_or_else(PoisonError::into_inner)
}

/// Home, store and programs.
pub(crate) struct Scene {
    folder: TempDir,
}

impl Ran {
    /// The result as JSON; the run has to have ended so.
    pub(crate) fn json(&self, code: i32) -> Value {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }
}

impl Scene {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    /// One with two programs.
    pub(crate) fn with(a: &str, b: &str) -> Self {
        let scene = Self::new();
        scene.program("a", a).program("b", b);
        scene
    }

    /// A path inside the scene.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// A shell script; `@subject@` is a program that does as it is told.
    pub(crate) fn program(&self, name: &str, script: &str) -> &Self {
        let subject = launch::built_binary("fake-subject").unwrap();
        let script = script.replace("@subject@", &subject.to_string_lossy());
        let text = format!("{name}.text");
        self.write(&text, &format!("#!/bin/sh\n{script}\n"));
        // Never open for writing here: another test that forks just then would keep it so for a
        // moment, and a file that is being written to cannot be started.
        let mut install = Command::new("install");
        let install = install.args(["-m", "755"]).args([self.path(&text), self.path(name)]);
        assert!(install.status().unwrap().success());
        fs::remove_file(self.path(&text)).unwrap();
        self
    }

    /// `evenhand` with these arguments, the scene's folder as the current one.
    pub(crate) fn evenhand(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evenhand"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", self.path("home"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let _beside = beside_others();
        Ran::of(&mut self.evenhand(args))
    }

    /// The same while no other test runs anything.
    pub(crate) fn run_alone(&self, args: &[&str]) -> Ran {
        let _alone = PROCESSORS.write().unwrap_or_else(PoisonError::into_inner);
        Ran::of(&mut self.evenhand(args))
    }

    /// `compare ./a ./b`, a few pairs, as JSON.
    pub(crate) fn compare(&self, more: &[&str]) -> Ran {
        let mut args = vec!["compare", "./a", "./b", "--format", "json", "--seed", "7"];
        for (flag, value) in [("--pairs", "10"), ("--budget", "4s"), ("--metric", "cpu,memory")] {
            if !more.contains(&flag) {
                args.extend([flag, value]);
            }
        }
        self.run(&[args.as_slice(), more].concat())
    }

    /// Writes a contract between the two programs, with these entries beside.
    pub(crate) fn contract(&self, more: &str) -> &Self {
        self.write(
            "evenhand.toml",
            &format!(
                "name = \"scripts\"\n[effort]\nbudget = \"4 s\"\npairs = 10\n\
                 [[side]]\nname = \"a\"\nprogram = \"./a\"\n\
                 [[side]]\nname = \"b\"\nprogram = \"./b\"\n\
                 [[case]]\nname = \"run\"\n{more}\n"
            ),
        )
    }
}

/// The row of a metric.
pub(crate) fn metric<'a>(json: &'a Value, name: &str) -> &'a Value {
    let rows = json["metrics"].as_array().unwrap();
    rows.iter().find(|row| row["metric"] == name).unwrap_or_else(|| panic!("no {name} in {json}"))
}

/// The row of a side effect.
pub(crate) fn effect<'a>(json: &'a Value, name: &str) -> &'a Value {
    let rows = json["effects"].as_array().unwrap();
    rows.iter().find(|row| row["effect"] == name).unwrap_or_else(|| panic!("no {name} in {json}"))
}
