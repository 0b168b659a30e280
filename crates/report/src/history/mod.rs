//! What was said of the claims, run by run.

use std::fmt::Write;

use jiff::Timestamp;
use model::{ClaimId, PlanMode, RunEnd, RunId, Verdict};
use serde::Serialize;

use crate::Style;
use crate::conceal;
use crate::layout::{WIDTH, columns, elide, wrap};

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
    /// The same without the words that must not be shown, each replaced by
    /// what stands for it: reasons may quote tools.
    pub fn concealing(mut self, words: &[(String, String)]) -> Self {
        for past in self.runs.iter_mut().flat_map(|run| &mut run.verdicts) {
            past.reason = conceal::open(&past.reason, words);
        }
        self
    }

    /// For a terminal: a line a run, and a line a claim asked for.
    pub fn text(&self, style: &Style) -> String {
        let mut text = String::new();
        let (strong, faint) = (style.strong, style.faint);
        for run in &self.runs {
            let id = columns(run.id.as_str());
            let mut lines = wrap(&run.line(), id + 2, 4).into_iter();
            let first = lines.next().unwrap_or_default();
            let _ = writeln!(text, "{strong}{}{strong:#}  {first}", run.id);
            for line in lines {
                let _ = writeln!(text, "    {line}");
            }
            let claims = run.verdicts.iter().map(|past| columns(past.claim.as_str()));
            let widest = claims.max().unwrap_or(0);
            for past in &run.verdicts {
                let phrase = past.verdict.phrase();
                let line = elide(&past.reason, WIDTH.saturating_sub(widest + columns(phrase) + 8));
                let claim = format!("{:widest$}", past.claim);
                let _ = writeln!(text, "    {faint}{claim}  {phrase}  {line}{faint:#}");
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

impl PastRun {
    /// All but its id.
    fn line(&self) -> String {
        let mut parts = vec![
            self.started.strftime("%Y-%m-%d %H:%M").to_string(),
            self.mode.to_string(),
            format!("{} trials", self.trials),
        ];
        parts.extend(self.toolchains.iter().cloned());
        parts.extend(match self.end {
            Some(RunEnd::Complete) => None,
            Some(RunEnd::Interrupted) => Some("interrupted".to_owned()),
            None => Some("not ended".to_owned()),
        });
        parts.extend((!self.same_pack).then(|| "another edition of the pack".to_owned()));
        parts.join(" · ")
    }
}
