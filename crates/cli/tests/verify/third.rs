//! A third language, brought by a pack as data: no line of the program knows
//! it. Its compiler comes from PyPI and is kept below `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scene::{all_verdicts, claim, lacking, verdict};
use crate::{Ran, Scene};

/// The release that the pack's programs were written with.
const PACKAGE: &str = "ziglang==0.17.1";

/// The folder that the compiler is in, installed by pip if need be; or why there is none.
fn compiler() -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let kept = target.join(PACKAGE.replace("==", "-"));
    let compiler = kept.join("ziglang");
    if compiler.join("zig").exists() {
        return Ok(compiler);
    }
    let fresh = tempfile::tempdir_in(target).map_err(|error| error.to_string())?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
    pip.arg("--target").arg(fresh.path()).arg(PACKAGE);
    let output = pip.output().map_err(|error| format!("python3: {error}"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("pip install {PACKAGE}: {}", told.trim()));
    }
    // Somebody else may have been quicker.
    if fs::rename(fresh.keep(), &kept).is_err() && !compiler.join("zig").exists() {
        return Err(format!("{} cannot be made", kept.display()));
    }
    Ok(compiler)
}

#[test]
fn a_language_that_a_pack_brings_is_built_compared_and_judged() {
    let compiler = match (lacking(&["go"]).as_slice(), compiler()) {
        ([], Ok(folder)) => folder,
        (lacking, compiler) => {
            let why = compiler.err().unwrap_or_else(|| format!("not on PATH: {lacking:?}"));
            assert!(std::env::var_os("CI").is_none(), "where CI is set this has to run: {why}");
            println!("skipped: {why}");
            return;
        }
    };
    let scene = Scene::of("third");
    let args = ["verify", "--pack", "pack", "--seed", "7", "--budget", "5s", "--format", "json"];
    let ran = Ran::of(&mut scene.among_compilers(&[&compiler], &args)).exits(0);
    let json = ran.json();
    let told = all_verdicts(&json);
    let told: Vec<(&str, &str)> = told.iter().map(|(id, v)| (id.as_str(), v.as_str())).collect();
    let expected =
        [("words/smaller", "holds"), ("words/as-quick", "holds"), ("words/unused", "by_design")];
    assert_eq!(told, expected, "{json:#}");
    assert_eq!(json["remarks"].as_array().map(Vec::len), Some(0), "{json:#}");
    let toolchains = json["environment"]["toolchains"].to_string();
    assert!(toolchains.contains("0.17.1"), "{toolchains}");
    for id in ["words/smaller", "words/as-quick"] {
        let values = &claim(&json, id)["evidence"][0]["values"];
        assert!(values["zig"].as_f64() > Some(0.0), "{id}: {values}");
    }
    assert!(scene.page().contains("Zig"), "the page names it");

    // The programs have to agree: one that counts otherwise is found out.
    scene.edit("workloads/words/zig/main.zig", "bytes += chunk.len", "bytes += chunk.len + 1");
    let args = ["verify", "--pack", "pack", "--seed", "7", "--format", "json", "words/as-quick"];
    let json = Ran::of(&mut scene.among_compilers(&[&compiler], &args)).exits(4).json();
    assert_eq!(verdict(&json, "words/as-quick"), "not_comparable");
}
