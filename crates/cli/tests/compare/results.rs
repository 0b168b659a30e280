//! What is told, and in which forms.

use crate::Scene;
use crate::scene::metric;

#[test]
fn a_side_that_does_twice_the_work_is_above() {
    let scene = Scene::with("@subject@ spin 10", "@subject@ spin 20");
    let json = scene.compare(&["--pairs", "40", "--budget", "20s"]).json(0);
    let row = metric(&json, "cpu");
    assert_eq!(row["verdict"], "above", "{row}");
    let ratio = row["ratio"].as_f64().unwrap();
    assert!((1.3..3.0).contains(&ratio), "{ratio}");
    let text = scene.run(&["compare", "./a", "./b", "--budget", "10s"]).stdout;
    assert!(text.contains("x of a") && text.contains("matters"), "{text}");
}

#[test]
fn a_number_that_the_programs_tell_is_a_metric() {
    let scene = Scene::with("echo rows: 100 >&2", "echo rows: 200 >&2");
    let own = ["--own", r"rows=rows: (\d+)", "--primary", "rows", "--more-is-better", "rows"];
    let json = scene.compare(&own).json(0);
    let row = metric(&json, "own:rows");
    assert!((row["ratio"].as_f64().unwrap() - 2.0).abs() < 1e-9, "{row}");
    assert_eq!((&row["primary"], &row["better"]), (&true.into(), &"more".into()), "{row}");
    let scene = Scene::with(r#"echo '{"s":{"n":[5]}}'"#, r#"echo '{"s":{"n":[5]}}'"#);
    let json = scene.compare(&["--own-json", "n=s.n[0]"]).json(0);
    assert_eq!(metric(&json, "own:n")["values"]["a"].as_f64(), Some(5.0));
}

#[test]
fn every_form_is_written_by_the_ending_of_its_file() {
    let scene = Scene::with("echo x", "echo x");
    let mut args = vec!["compare", "./a", "./b", "--budget", "1s", "--no-effects"];
    for file in
        ["--output=r.html", "--output=r.json", "--output=r.csv", "--output=r.md", "--output=r.txt"]
    {
        args.push(file);
    }
    let ran = scene.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (file, begins) in
        [("r.html", "<!"), ("r.json", "{"), ("r.md", ""), ("r.csv", ""), ("r.txt", "evenhand")]
    {
        let text = std::fs::read_to_string(scene.path(file)).unwrap();
        assert!(text.len() > 100 && text.trim_start().starts_with(begins), "{file}: {text}");
        assert!(!text.contains("/home/"), "{file} names a home");
    }
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(scene.path("r.json")).unwrap()).unwrap();
    assert_eq!(json["schema"], 1);
}

#[test]
fn limits_hold_for_both_sides_alike() {
    let scene = Scene::with("@subject@ workers", "@subject@ workers");
    let ran = scene.compare(&["--limits", "cpu=500m,memory=256Mi", "--no-effects"]);
    // Without control groups that can be written to, that is said and nothing is measured.
    if ran.code == 4 || ran.code == 3 {
        assert!(format!("{}{}", ran.stdout, ran.stderr).contains("cgroup"), "{}", ran.stderr);
        return;
    }
    assert_eq!(ran.json(0)["answers"]["verdict"], "same");
}
