//! What was said of the claims, run by run.

use std::fmt::Write;

use jiff::Timestamp;
use model::{ClaimId, PlanMode, RunEnd, RunId, Verdict};
use serde::Serialize;

use crate::Style;
use crate::layout::{WIDTH, elide};

/// The runs of a pack, newest first, with what each says now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// The pack.
    pub pack: String,
    /// The runs.
    pub runs: Vec<PastRun>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastRun {
    /// Its id.
    pub id: RunId,
    /// When it began.
    pub started: Timestamp,
    /// How much was planned.
    pub mode: PlanMode,
    /// How it ended; null while it runs or after it was killed.
    pub end: Option<RunEnd>,
    /// Trials stored.
    pub trials: u64,
    /// Toolchains by side, such as `rust 1.95.0`.
    pub toolchains: Vec<String>,
    /// Whether it was of the pack as it is now.
    pub same_pack: bool,
    /// The claims asked for, judged by today's rules.
    pub verdicts: Vec<PastVerdict>,
}

/// What a run says of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastVerdict {
    /// The claim.
    pub claim: ClaimId,
    /// What may be said of it.
    pub verdict: Verdict,
    /// Why, in one line.
    pub reason: String,
}

impl HistoryDocument {
    /// For a terminal: a line a run, and a line a claim asked for.
    pub fn text(&self, style: &Style) -> String {
        let mut text = String::new();
        let (strong, faint) = (style.strong, style.faint);
        for run in &self.runs {
            let end = match run.end {
                Some(RunEnd::Complete) => "",
                Some(RunEnd::Interrupted) => " · interrupted",
                None => " · not ended",
            };
            let pack = if run.same_pack { "" } else { " · another edition of the pack" };
            let at = run.started.strftime("%Y-%m-%d %H:%M");
            let _ = writeln!(
                text,
                "{strong}{}{strong:#}  {at}  {}  {} trials  {}{end}{pack}",
                run.id,
                run.mode,
                run.trials,
                run.toolchains.join("  ")
            );
            for past in &run.verdicts {
                let line = format!("  {}  {}  {}", past.claim, past.verdict.phrase(), past.reason);
                let _ = writeln!(text, "{faint}{}{faint:#}", elide(&line, WIDTH));
            }
        }
        text
    }

    /// For programs.
    ///
    /// # Errors
    /// None that can happen: every key is a string.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}
