//! What `show` and `history` print of an experiment and of past runs.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod sample;

use std::path::Path;

use model::{Experiment, Verdict};
use report::Style;
use report::history::{HistoryDocument, PastRun, PastVerdict};
use report::show::{ExperimentDocument, ShowInput, WorkloadDocument};

use sample::attempts::{FAILING, IGNORED, attempts, stored};

/// The experiment as the sample's run left it; every program is one line.
fn shown(experiment: &str, conceal: &[(String, String)]) -> ExperimentDocument {
    let experiment: Experiment = experiment.parse().expect("an experiment");
    let comparison = sample::comparison();
    let mut judged = attempts("errors/go-explicit");
    judged.retain(|row| row.experiment == experiment);
    let stored: Vec<_> = judged.iter().filter(|row| !row.version.is_empty()).map(stored).collect();
    let input = ShowInput { comparison: &comparison, judged: &judged, attempts: &stored, conceal };
    let read = |path: &Path| Some(format!("// {}\n", path.file_name()?.to_str()?));
    ExperimentDocument::new(&experiment, &input, read).expect("a probe or drill of the sample")
}

#[test]
fn a_probe_shows_both_twins_and_what_the_tools_said() {
    insta::assert_snapshot!(shown(IGNORED, &sample::conceal()).text(&Style::plain()));
}

#[test]
fn a_drill_shows_every_command_and_its_output() {
    insta::assert_snapshot!(shown(FAILING, &sample::conceal()).text(&Style::plain()));
}

#[test]
fn json_of_a_drill_is_frozen() {
    insta::assert_snapshot!(shown(FAILING, &sample::conceal()).json().unwrap());
}

#[test]
fn a_workload_shows_its_programs_and_cases() {
    let comparison = sample::comparison();
    let document = WorkloadDocument::new(&comparison, &sample::line_search());
    insta::assert_snapshot!(document.text(&Style::plain()));
}

#[test]
fn neither_form_tells_who_or_where() {
    for experiment in [IGNORED, FAILING] {
        let document = shown(experiment, &sample::conceal());
        for text in [document.text(&Style::plain()), document.json().unwrap()] {
            for private in sample::PRIVATE {
                assert!(!text.contains(private), "{experiment} holds {private}: {text}");
            }
        }
        let open = shown(experiment, &[]).json().unwrap();
        assert!(sample::PRIVATE.iter().all(|private| open.contains(private)), "{open}");
    }
}

fn past(id: &str, verdict: Verdict, same_pack: bool) -> PastRun {
    let facts = sample::facts();
    PastRun {
        id: id.parse().expect("a run"),
        started: facts.run.started,
        mode: facts.run.plan.mode,
        end: facts.end,
        trials: 1520,
        toolchains: vec!["rust 1.95.0".to_owned(), "go 1.27.3".to_owned()],
        same_pack,
        verdicts: vec![PastVerdict {
            claim: "speed/regex".parse().expect("a claim"),
            verdict,
            reason: "9 pairs say rust 0.86x of go (0.55 to 1.30); about 140 more needed".to_owned(),
        }],
    }
}

fn history() -> HistoryDocument {
    HistoryDocument {
        schema: 1,
        pack: "rust-vs-go".to_owned(),
        runs: vec![
            past("r-20261122-0002", Verdict::Holds, true),
            past("r-20261122-0001", Verdict::Inconclusive, false),
        ],
    }
}

#[test]
fn history_is_a_line_a_run_and_a_line_a_claim_asked_for() {
    insta::assert_snapshot!(history().text(&Style::plain()));
}

#[test]
fn last_words_are_shown_beside_a_warning() {
    let mut document = shown(IGNORED, &[]);
    let told = document.items[2].told.as_mut().unwrap();
    told.stderr =
        "{\"message\":\"unused\"}\n# package\nx.rs:7: unused `Result` that must be used, \
                   in /home/ada/pack on tower7\nthread 'main' panicked\n"
            .to_owned();
    let text = document.text(&Style::plain());
    assert!(text.contains("  standard error\n  │ thread 'main' panicked\n"), "{text}");
    assert!(!text.contains("message"), "{text}");
}

#[test]
fn a_tool_cannot_steer_the_terminal() {
    let mut document = shown(FAILING, &[]);
    let told = document.items[0].told.as_mut().unwrap();
    told.stderr = "\u{1b}[2Jgone\u{7}\n".to_owned();
    let text = document.text(&Style::plain());
    assert!(text.contains("│ [2Jgone\n"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{7}']), "{text}");
}

#[test]
fn history_fits_eighty_columns_and_tells_nothing_of_the_machine() {
    let mut history = history();
    history.runs[0].verdicts[0].reason = "in /home/ada/pack on tower7, at great length ".repeat(4);
    let history = history.concealing(&sample::conceal());
    for text in [history.text(&Style::plain()), history.json().unwrap()] {
        assert!(sample::PRIVATE.iter().all(|private| !text.contains(private)), "{text}");
    }
    assert!(history.text(&Style::plain()).lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn history_is_also_for_programs() {
    let json: serde_json::Value = serde_json::from_str(&history().json().unwrap()).unwrap();
    assert_eq!(json["runs"][0]["verdicts"][0]["verdict"], "holds");
    assert_eq!(json["runs"][1]["same_pack"], false);
}
