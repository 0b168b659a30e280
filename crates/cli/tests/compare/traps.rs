//! Ways of getting a comparison wrong, each refused or told. Further ones are
//! held where they arise: memory inherited from the harness in launch
//! (tests/memory.rs), a first build that compiles the standard library in lab
//! (tests/lab/building.rs), position effects and a side that speeds up in judge
//! and stats, pinning and the count of processors in launch (tests/start.rs).

use rusqlite::Connection;

use crate::Scene;
use crate::scene::{effect, metric};

#[test]
fn a_program_that_skips_durability_is_not_called_faster() {
    let write =
        "dd if=/dev/zero of=\"$TMPDIR/data\" bs=1k count=64 2>/dev/null; rm \"$TMPDIR/data\"";
    let scene = Scene::with(&write.replace("2>", "conv=fsync 2>"), write);
    let json = scene.compare(&[]).json(4);
    assert_eq!(effect(&json, "syncs")["verdict"], "differs", "{json}");
    assert_eq!(effect(&json, "syncs")["values"]["a"], 1);
    assert_eq!(effect(&json, "syncs")["values"]["b"], 0);
    assert_eq!(json["metrics"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_fatter_output_is_told_before_it_is_called_faster() {
    let scene = Scene::with("head -c 1000 /dev/zero", "head -c 1100 /dev/zero");
    let lenient = ["--normalise=\\x00+=>zeros", "--no-effects"];
    assert_eq!(scene.compare(&lenient).json(0)["answers"]["verdict"], "same");
    let json = scene.compare(&[lenient[0], lenient[1], "--size-within=2%"]).json(4);
    assert_eq!(json["first_difference"]["aspect"], "size", "{json}");
}

#[test]
fn a_program_that_fails_one_run_in_ten_is_not_comparable_by_its_good_runs() {
    let flaky = "n=$(cat count 2>/dev/null || echo 0); echo $((n + 1)) >count\n\
                 [ $((n % 10)) -eq 9 ] && exit 1\necho one";
    let scene = Scene::with("cat /dev/null; echo one", flaky);
    let args = ["--no-effects", "--pairs", "150", "--margin", "cpu=0", "--budget", "60s"];
    let usual = ["compare", "./a", "./b", "--format", "json", "--seed", "7"];
    let ran = scene.run(&[usual.as_slice(), &args].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let failed = metric_voids(&json);
    assert!(failed || ran.code == 4, "nothing is said of failed runs: {json}");
}

fn metric_voids(json: &serde_json::Value) -> bool {
    let text = json.to_string();
    text.contains("b failed in")
        || text.contains("of b failed")
        || text.contains("\"voids\":{\"b\"")
}

#[test]
fn a_program_that_does_less_when_nobody_reads_cannot_tell() {
    let look = "if [ /dev/stdout -ef /dev/null ]; then :; else @subject@ spin 5; fi; echo done";
    let scene = Scene::with("@subject@ spin 5; echo done", look);
    let json = scene.compare(&["--no-effects", "--pairs", "20"]).json(0);
    let ratio = metric(&json, "cpu")["ratio"].as_f64().unwrap();
    assert!(ratio > 0.5, "half of the work was skipped: {ratio}");
}

#[test]
fn both_sides_see_the_processors_that_are_there() {
    let scene = Scene::with("@subject@ workers", "@subject@ workers");
    let json = scene.compare(&["--no-effects"]).json(0);
    assert_eq!(json["answers"]["verdict"], "same");
    let limited = Scene::with("@subject@ workers", "echo 1");
    if std::thread::available_parallelism().unwrap().get() > 1 {
        assert_eq!(limited.compare(&["--no-effects"]).json(4)["answers"]["verdict"], "differ");
    }
}

#[test]
fn evidence_from_the_future_is_not_believed() {
    let scene = Scene::with("echo one", "echo one");
    scene.contract(
        "[[guard]]\nname = \"b-cpu\"\nmetric = \"cpu\"\nside = \"b\"\nagainst = \"a\"\nat-most = 50.0\n",
    );
    let store = ["--store", "store", "--seed", "7"];
    let write = scene.run(&[["compare", "--write"].as_slice(), &store].concat());
    assert_eq!(write.code, 0, "{}{}", write.stdout, write.stderr);
    let stored = || scene.run(&["check", "--store", "store", "--from-store"]);
    assert_eq!(stored().code, 0, "{}{}", stored().stdout, stored().stderr);
    // As if the clock had been set back by a month since.
    let database = Connection::open(scene.path("store/evenhand.sqlite")).unwrap();
    database.execute_batch("DROP TRIGGER IF EXISTS run_is_kept; UPDATE run SET started = '2999' || substr(started, 5), pack_hash = pack_hash").unwrap();
    drop(database);
    assert_eq!(stored().code, 5);
}
