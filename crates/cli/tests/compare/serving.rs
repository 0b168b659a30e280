//! Programs that serve, compared under load.

use model::{Metric, TrialStatus};
use serde_json::Value;
use store::Store;

use crate::scene::{Scene, metric};

const READY: &str = "[service]\n[[service.request]]\nid = \"plain\"\npath = \"/\"\nstable = true\n\
                     [[service.exchange]]\npath = \"/hello\"\n";

/// Two servers and a contract: one drive, a few blocks.
fn scene(a: &str, b: &str, drive: &str) -> Scene {
    let scene = Scene::new();
    scene.program("a", &format!("exec @subject@ web {a} \"$@\""));
    scene.program("b", &format!("exec @subject@ web {b} \"$@\""));
    scene.write(
        "evenhand.toml",
        &format!(
            "name = \"servers\"\n[effort]\nbudget = \"6 s\"\npairs = 8\n\
             [[side]]\nname = \"a\"\nprogram = \"./a\"\n\
             [[side]]\nname = \"b\"\nprogram = \"./b\"\n\
             {READY}\
             [[case]]\nname = \"load\"\n[case.drive]\n{drive}\n"
        ),
    );
    scene
}

/// What was stored of a side in a case, whether or not its block counts: here it is the drive that is
/// looked at, and what else a machine does would void blocks.
fn stored(scene: &Scene, case: &str, metric: Metric, side: &str) -> Option<f64> {
    let reader = Store::open_for_reading(&scene.path("store/evenhand.sqlite")).unwrap();
    let runs = reader.runs().unwrap();
    let facts = runs.iter().map(|run| reader.facts_of(&run.id).unwrap());
    let trials: Vec<_> = facts.flat_map(|facts| facts.trials).collect();
    let of = |trial: &&model::Trial| {
        trial.side.as_str() == side
            && trial.series.case.as_ref().is_some_and(|id| id.as_str() == case)
    };
    let done = trials.iter().filter(of).filter(|trial| trial.status == TrialStatus::Done);
    done.filter_map(|trial| trial.values.get(&metric)).next().copied()
}

fn compared(scene: &Scene, code: i32) -> Value {
    scene.run_alone(&["compare", "--format", "json", "--seed", "3"]).json(code)
}

#[test]
fn what_a_request_costs_is_told_of_both() {
    let drive = "kind = \"load\"\nrate = 400\nseconds = 0.4\nwarm-up-seconds = 0.1";
    let scene = scene("spin-us=100", "spin-us=1000", drive);
    let json = compared(&scene, 0);
    let cpu = metric(&json, "cpu_per_request");
    let (a, b) = (cpu["values"]["a"].as_f64().unwrap(), cpu["values"]["b"].as_f64().unwrap());
    assert!(a > 5e-5 && b > a * 2.0, "{a} {b}");
}

#[test]
fn servers_are_told_by_flags_too() {
    let scene = scene("spin-us=50", "spin-us=50", "kind = \"cold-start\"");
    let flags = ["--rate", "200", "--for", "300ms", "--warm-up", "100ms", "--cold-start"];
    let mut args = vec!["compare", "./a", "./b", "--format", "json", "--seed", "3"];
    args.extend(["--pairs", "8", "--budget", "6s"].iter().chain(&flags));
    let json = scene.run_alone(&args).json(0);
    for name in ["cpu_per_request", "response_p50", "goodput", "memory_under_load", "first_answer"]
    {
        let values = &metric(&json, name)["values"];
        assert!(values["a"].as_f64().unwrap() > 0.0, "{name}: {values}");
    }
}

#[test]
fn servers_that_answer_differently_are_not_compared() {
    let drive = "kind = \"load\"\nrate = 100\nseconds = 0.2";
    let scene = scene("word=left", "word=right", drive);
    let ran = scene.run_alone(&["compare", "--format", "json"]);
    assert_eq!(ran.code, 4, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("left") && ran.stdout.contains("right"), "{}", ran.stdout);
}

#[test]
fn a_server_that_fails_gives_no_figures_and_says_why() {
    let drive = "kind = \"load\"\nrate = 200\nseconds = 0.3\nwarm-up-seconds = 0.1";
    let scene = scene("", "fail-every=5", drive);
    let toml = std::fs::read_to_string(scene.path("evenhand.toml")).unwrap();
    // A path that fails now and then answers differently, too: only the drive is looked at here.
    let toml = toml.replace("stable = true\n[[service.exchange]]\npath = \"/hello\"\n", "");
    scene.write("evenhand.toml", &toml);
    let ran = scene.run_alone(&["compare", "--format", "text", "--seed", "3"]);
    assert!(ran.stdout.contains("status"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_program_that_serves_nothing_is_named_with_what_it_said() {
    let drive = "kind = \"load\"\nrate = 100\nseconds = 0.2";
    let scene = scene("", "", drive);
    scene.program("b", "echo 'no such database' >&2; exit 3");
    let ran = scene.run_alone(&["compare", "--format", "json"]);
    assert_ne!(ran.code, 0);
    assert!(ran.stdout.contains("no such database"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_driver_of_ones_own_is_asked_for_its_numbers() {
    let scene = scene("spin-us=50", "spin-us=50", "kind = \"cold-start\"");
    scene.program(
        "driver",
        "i=0; while [ $i -lt 20 ]; do exec 3<>/dev/null; i=$((i+1)); done; \
         echo '{\"count\": 20, \"bad\": 0, \"p99\": 1.5}'",
    );
    let driver = format!("{} {{port}}", scene.path("driver").display());
    let ran = scene.run_alone(&[
        "compare",
        "./a",
        "./b",
        "--format",
        "json",
        "--seed",
        "3",
        "--pairs",
        "8",
        "--budget",
        "20s",
        "--driver",
        &driver,
        "--count",
        "count",
        "--errors",
        "bad",
        "--latency",
        "response-p99=p99:ms",
    ]);
    let json = ran.json(0);
    let p99 = metric(&json, "response_p99");
    assert!((p99["values"]["a"].as_f64().unwrap() - 0.0015).abs() < 1e-9, "{p99}");
}

#[test]
fn the_highest_rate_of_a_server_is_found() {
    // One request at a time for 2 ms each: 500 a second on one connection, or in 0.3 s so many more
    // that the one in the middle waits 100 ms.
    let drive = "kind = \"capacity\"\nrate = 200\nslo = \"p50<100ms\"\nseconds = 0.25\n\
         warm-up-seconds = 0.05\nconnections = 1";
    let scene = scene("sleep-ms=2", "sleep-ms=8", drive);
    let toml = std::fs::read_to_string(scene.path("evenhand.toml")).unwrap();
    scene.write("evenhand.toml", &toml.replace("pairs = 8", "pairs = 1"));
    // Where the machine is so busy that the generator is late, that is said and nothing is measured.
    let found = (3..6).find_map(|seed| {
        let seed = seed.to_string();
        let order = ["compare", "--format", "json", "--seed", &seed, "--store", "store"];
        scene.run_alone(&order).json(0);
        let side = |side| stored(&scene, "load", Metric::Capacity, side);
        side("a").zip(side("b"))
    });
    let (a, b) = found.unwrap();
    assert!(a / b > 1.5 && a < 1_200.0 && b < 300.0, "{a} {b}");
}

#[test]
fn each_side_is_asked_as_much_as_keeps_it_equally_busy() {
    let scene = scene("spin-us=200", "spin-us=800", "kind = \"cold-start\"");
    let flags = ["--utilisation", "0.3", "--rate", "300", "--for", "500ms", "--warm-up", "100ms"];
    let mut args = vec!["compare", "./a", "./b", "--format", "json", "--seed", "3"];
    args.extend(["--pairs", "2", "--budget", "6s", "--store", "store"].iter().chain(&flags));
    scene.run_alone(&args).json(0);
    let goodput = |case: &str| {
        let [a, b] = ["a", "b"].map(|side| stored(&scene, case, Metric::Goodput, side).unwrap());
        a / b
    };
    assert!((0.9..1.1).contains(&goodput("load")), "{}", goodput("load"));
    assert!((1.5..8.0).contains(&goodput("utilised")), "{}", goodput("utilised"));
}

#[test]
fn what_a_request_costs_is_written_as_a_guard_that_can_be_read() {
    let scene = scene("spin-us=100", "spin-us=1000", "kind = \"cold-start\"");
    std::fs::remove_file(scene.path("evenhand.toml")).unwrap();
    let flags = ["--rate", "300", "--for", "400ms", "--warm-up", "100ms", "--write"];
    let mut args = vec!["compare", "./a", "./b", "--seed", "3", "--pairs", "40"];
    args.extend(["--budget", "60s"].iter().chain(&flags));
    let ran = scene.run_alone(&args);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let toml = std::fs::read_to_string(scene.path("evenhand.toml")).unwrap();
    assert!(toml.contains("metric = \"cpu-per-request\"\nside"), "{toml}");
    let checked = scene.run_alone(&["check", "--format", "text"]);
    assert_eq!(checked.code, 0, "{}{}", checked.stdout, checked.stderr);
}

/// The number that each program answers with is the first of a table: were one database used twice, it
/// would be another one the second time, and no answer the one agreed on.
#[test]
fn each_turn_has_a_database_of_its_own() {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let none = versions.map_or(true, |mut versions| versions.next().is_none());
    let in_path = std::env::var("PATH").unwrap_or_default();
    if none
        && in_path.split(':').all(|folder| !std::path::Path::new(folder).join("initdb").exists())
    {
        println!("skipped: PostgreSQL is not installed (apt install postgresql)");
        return;
    }
    let scene = scene("", "", "kind = \"load\"\nrate = 100\nseconds = 0.2\nwarm-up-seconds = 0");
    let program = "first=$(psql \"$DATABASE\" -tAqc 'insert into item default values returning id') \
                   || exit 3\nexec @subject@ web word=first-is-$first \"$@\"";
    scene.program("a", program).program("b", program);
    scene.write("schema.sql", "create table item (id serial primary key);\n");
    let toml = std::fs::read_to_string(scene.path("evenhand.toml")).unwrap();
    let companion = "[service]\n[[service.companion]]\nvariable = \"DATABASE\"\n\
                     postgresql = \"schema.sql\"\n";
    let toml = toml.replace("[service]\n", companion).replace("path = \"/\"\n", "path = \"/x\"\n");
    scene.write("evenhand.toml", &toml);
    let json = compared(&scene, 0);
    let cpu = metric(&json, "cpu_per_request");
    assert_eq!(cpu["voids"], serde_json::json!({}), "a turn failed: {cpu}");
}
