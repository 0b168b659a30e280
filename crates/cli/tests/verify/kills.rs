//! What `kill -9` at any moment leaves: everything that was stored, and nothing
//! else.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use model::{RunEnd, RunFacts};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::Store;

use crate::{Ran, Scene};

const KILLS: usize = 50;

/// Every kind of trial, more of them than the kills leave time for.
fn lengthy() -> Scene {
    let scene = Scene::lengthy();
    // Slow enough to be killed while it builds.
    let script = std::fs::read_to_string(scene.path("bin/left")).unwrap();
    for language in ["left", "right"] {
        scene.command(language, &script.replace("build)", "build)\n    sleep 0.05"));
    }
    let own = scene.path("bin/evenhand");
    let built = Path::new(env!("CARGO_BIN_EXE_evenhand"));
    std::fs::hard_link(built, &own).or_else(|_| std::fs::copy(built, &own).map(drop)).unwrap();
    scene
}

/// The scene's own copy of the program: its launchers show by their path.
fn verify(scene: &Scene, budget: &str) -> Command {
    let claims = ["speed/later", "speed/built-alike", "habits/right-is-heard"];
    let args = [&["verify", "--pack", "pack", "--full", "--budget", budget], &claims[..]].concat();
    let mut command = scene.evenhand_at(&scene.path("bin/evenhand"), &args);
    command.env("XDG_DATA_HOME", scene.path("data"));
    command
}

fn store(scene: &Scene) -> PathBuf {
    scene.path("data/evenhand/evenhand.sqlite")
}

/// Everything stored; `None` while there is no store, or one without its tables.
fn stored(scene: &Scene) -> Option<RunFacts> {
    let reader = Store::open_for_reading(&store(scene)).ok()?;
    let runs = reader.runs().unwrap();
    assert!(runs.len() <= 1, "an unfinished run is gone on with, not begun anew: {runs:?}");
    runs.first().map(|run| reader.facts_of(&run.id).unwrap())
}

#[track_caller]
fn assert_kept(before: Option<&RunFacts>, after: Option<&RunFacts>, kill: usize) {
    let Some(before) = before else { return };
    let after = after.unwrap_or_else(|| panic!("kill {kill}: the run is gone"));
    assert_eq!(before.run.id, after.run.id, "kill {kill}");
    assert!(after.trials.starts_with(&before.trials), "kill {kill}: trials are lost or changed");
    assert!(after.facts.starts_with(&before.facts), "kill {kill}: facts are lost");
    assert!(after.notes.starts_with(&before.notes), "kill {kill}: notes are lost");
    let mut places: Vec<_> =
        after.trials.iter().map(|t| (&t.series, t.block, &t.side, t.replica)).collect();
    places.sort();
    places.dedup();
    assert_eq!(places.len(), after.trials.len(), "kill {kill}: a trial was repeated");
}

fn assert_whole(store: &Path) {
    if !store.exists() {
        return;
    }
    let connection = rusqlite::Connection::open(store).unwrap();
    let told: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(told, "ok");
}

/// Some time after the start, while files are opened and programs built, or so many trials and a
/// bit later, in the midst of a block or beside a commit.
fn await_moment(scene: &Scene, random: &mut ChaCha8Rng) {
    let (trials, millis) = match random.random_range(0..5) {
        0 => (0, random.random_range(1..60)),
        1 => (0, random.random_range(60..400)),
        _ => (random.random_range(1..12), random.random_range(0..12)),
    };
    let known = count(scene);
    for _ in 0..10_000 {
        if count(scene) >= known + trials {
            break;
        }
        sleep(Duration::from_millis(2));
    }
    sleep(Duration::from_millis(millis));
}

/// Trials in the store.
fn count(scene: &Scene) -> u64 {
    let Ok(reader) = Store::open_for_reading(&store(scene)) else { return 0 };
    reader.runs().unwrap().first().map_or(0, |run| run.trials)
}

#[test]
fn fifty_kills_lose_nothing_and_leave_nothing() {
    let scene = lengthy();
    let mut random = ChaCha8Rng::seed_from_u64(50);
    let mut known: Option<RunFacts> = None;
    for kill in 0..KILLS {
        if kill % 5 == 4 {
            // Back to building and making inputs, if it had got so far.
            let _ = std::fs::remove_dir_all(scene.path("home/.cache/evenhand"));
        }
        let mut child = verify(&scene, "10m").spawn().unwrap();
        await_moment(&scene, &mut random);
        let acknowledged = stored(&scene);
        if child.try_wait().unwrap().is_some() {
            let Ran { stdout, stderr, .. } = Ran::of_child(child);
            panic!("kill {kill}: it ended by itself\n{stdout}\n{stderr}");
        }
        child.kill().unwrap();
        child.wait().unwrap();
        scene.is_left_alone();

        assert_whole(&store(&scene));
        let after = stored(&scene);
        assert_kept(known.as_ref(), after.as_ref(), kill);
        assert_kept(acknowledged.as_ref(), after.as_ref(), kill);
        known = after.or(known);
    }

    let before = known.unwrap();
    assert_eq!(before.end, None);
    let last = Ran::of(&mut verify(&scene, "2s")).exits(0);
    last.says(&format!("going on with run {}: {} trials", before.run.id, before.trials.len()));
    let after = stored(&scene);
    assert_kept(Some(&before), after.as_ref(), KILLS);
    let after = after.unwrap();
    assert_eq!(after.end, Some(RunEnd::Complete));
    assert!(after.trials.len() > before.trials.len());
    assert!(scene.page().contains(before.run.id.as_str()));
    scene.is_left_alone();
}

#[test]
fn two_runs_on_one_store_do_not_meet() {
    let scene = lengthy();
    let mut first = verify(&scene, "1s").spawn().unwrap();
    crate::exits::until(&mut first, "turn: comparing answers");
    let second = Ran::of(&mut verify(&scene, "1s")).exits(2);
    second.says(&format!("is being written by process {}", first.id())).says("--store DIR");
    assert_eq!(second.stdout, "");
    let mut reading = scene.evenhand(&["verify", "--pack", "pack", "--from-store"]);
    reading.env("XDG_DATA_HOME", scene.path("data"));
    Ran::of(&mut reading).exits(0);
    let mut elsewhere = verify(&scene, "1s");
    Ran::of(elsewhere.arg("--store").arg(scene.path("other"))).exits(0);
    Ran::of_child(first).exits(0);
    let facts = stored(&scene).unwrap();
    assert_eq!(facts.end, Some(RunEnd::Complete));
}
