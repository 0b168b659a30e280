//! Takes one program of a probe through its gates and tells where it was
//! stopped and with which words. Whether that was expected is for the judge.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use launch::{Ended, Scratch, tool::ToolOutcome};
use model::{Attempt, AttemptEnd, Check, Diagnostic, Experiment, Gate, GateRecipe, Probe};

use crate::attempts::Deadlines;
use crate::diagnostics;
use crate::switch::Chosen;
use crate::toolchain::{Tools, fill};

/// How far the program got.
struct Gone {
    end: AttemptEnd,
    stopped_at: Option<Gate>,
    diagnostics: Vec<Diagnostic>,
    stdout: String,
    stderr: String,
    detail: Option<String>,
}

/// One check, tried with one toolchain; products go below `parent`.
pub(crate) fn attempt(
    tools: &Tools<'_>,
    probe: &Probe,
    check: &Check,
    chosen: &Chosen,
    deadlines: Deadlines,
    parent: &Path,
) -> Attempt {
    let (started, clock) = (Timestamp::now(), Instant::now());
    let course = Course { tools, check, chosen, deadlines, file: &probe.folder.join(&check.file) };
    let gone = course.run(parent).unwrap_or_else(Gone::nowhere);
    Attempt {
        experiment: Experiment::Probe(probe.id.clone()),
        item: check.id.clone(),
        side: check.side.clone(),
        version: chosen.version.clone(),
        started,
        seconds: clock.elapsed().as_secs_f64(),
        end: gone.end,
        stopped_at: gone.stopped_at,
        diagnostics: gone.diagnostics,
        stdout: gone.stdout,
        stderr: gone.stderr,
        made: None,
        detail: gone.detail,
    }
}

impl Gone {
    fn nowhere(why: String) -> Self {
        Self {
            end: AttemptEnd::NotMade,
            stopped_at: None,
            diagnostics: Vec::new(),
            stdout: String::new(),
            stderr: String::new(),
            detail: Some(why),
        }
    }

    fn through() -> Self {
        Self { end: AttemptEnd::Passed, detail: None, ..Self::nowhere(String::new()) }
    }

    /// What a tool said, before or after others of the same attempt.
    fn add(&mut self, tools: &Tools<'_>, outcome: &ToolOutcome, gate: Gate) {
        let failed = !outcome.ended.is_success();
        let text = [outcome.stderr_text(), outcome.stdout_text()].join("\n");
        let told = diagnostics::read(tools.language.diagnostics, &text, failed);
        self.diagnostics.extend(told);
        self.end_with(outcome, gate);
    }

    fn end_with(&mut self, outcome: &ToolOutcome, gate: Gate) {
        self.stdout = outcome.first_of_stdout();
        self.stderr = outcome.last_of_stderr();
        match outcome.ended {
            Ended::Exited(0) => {}
            Ended::TimedOut => self.end = AttemptEnd::TimedOut,
            _ => {
                self.end = AttemptEnd::Failed;
                self.stopped_at = Some(gate);
            }
        }
    }
}

/// A program on its way.
struct Course<'a> {
    tools: &'a Tools<'a>,
    check: &'a Check,
    chosen: &'a Chosen,
    deadlines: Deadlines,
    file: &'a Path,
}

impl Course<'_> {
    fn run(&self, parent: &Path) -> Result<Gone, String> {
        let scratch = Scratch::within(parent).map_err(|error| error.to_string())?;
        let mut gone = Gone::through();
        for gate in self.gates() {
            let recipe = self.tools.language.gates.get(&gate);
            let recipe = recipe.ok_or_else(|| format!("no gate {gate}"))?;
            self.pass(gate, recipe, scratch.path(), &mut gone)?;
            if gone.end != AttemptEnd::Passed {
                break;
            }
        }
        Ok(gone)
    }

    /// The gates before and including the one asked for. Tests are compiled
    /// by their own gate.
    fn gates(&self) -> Vec<Gate> {
        match self.check.at {
            Gate::Compile => vec![Gate::Compile],
            Gate::Lint => vec![Gate::Compile, Gate::Lint],
            Gate::Test => vec![Gate::Test],
            Gate::Run => vec![Gate::Compile, Gate::Run],
        }
    }

    fn pass(
        &self,
        gate: Gate,
        recipe: &GateRecipe,
        out: &Path,
        gone: &mut Gone,
    ) -> Result<(), String> {
        if !recipe.command.is_empty() {
            let outcome = self.tool(recipe, &recipe.command, out, self.deadlines.tool)?;
            if let Ended::Signalled(_) | Ended::OutputTooLarge = outcome.ended {
                return Err(format!("{} itself ended with {}", recipe.command[0], outcome.ended));
            }
            // A tool that has something of its own to run afterwards compiles.
            let compiles = !recipe.then.is_empty();
            gone.add(self.tools, &outcome, if compiles { Gate::Compile } else { gate });
        }
        if gone.end == AttemptEnd::Passed && !recipe.then.is_empty() {
            let outcome = self.tool(recipe, &recipe.then, out, self.deadlines.program)?;
            if outcome.ended == Ended::OutputTooLarge {
                return Err(format!("the program was cut short: {}", outcome.ended));
            }
            gone.end_with(&outcome, gate);
        }
        Ok(())
    }

    fn tool(
        &self,
        recipe: &GateRecipe,
        command: &[String],
        out: &Path,
        deadline: Duration,
    ) -> Result<ToolOutcome, String> {
        let (file, folder) = (self.file.to_string_lossy(), out.to_string_lossy());
        let words = [("file", &*file), ("out", &*folder)];
        let mut filled: Vec<String> = Vec::new();
        for word in command {
            match word.as_str() {
                "{args}" => filled.extend(self.arguments(recipe)),
                word => filled.push(fill(word, &words)),
            }
        }
        let mut environment: BTreeMap<String, String> = self.chosen.environment.clone();
        environment.extend([("TMPDIR".to_owned(), folder.clone().into_owned())]);
        let ran = self.tools.run_for(&filled, out, &environment, deadline);
        ran.map_err(|error| error.to_string())
    }

    /// The check's own arguments after the defaults that they do not replace.
    fn arguments(&self, recipe: &GateRecipe) -> Vec<String> {
        let key = |argument: &str| argument.split_once('=').map(|(key, _)| key.to_owned());
        let replaced = |default: &&String| {
            let wanted = key(default);
            wanted.is_some() && self.check.args.iter().any(|own| key(own) == wanted)
        };
        let kept = recipe.defaults.iter().filter(|default| !replaced(default));
        kept.chain(&self.check.args).cloned().collect()
    }
}
