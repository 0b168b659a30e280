//! Takes one program of a probe through its gates and tells where it was
//! stopped and with which words. Whether that was expected is for the judge.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use launch::{Ended, Scratch, tool::ToolOutcome};
use model::{AttemptEnd, Check, Diagnostic, Gate, GateRecipe, Probe};

use crate::attempts::Deadlines;
use crate::came::Came;
use crate::diagnostics;
use crate::switch::Chosen;
use crate::toolchain::{Tools, fill};

/// One check, tried with one toolchain; products go below `parent`.
pub(crate) fn tried(
    tools: &Tools<'_>,
    probe: &Probe,
    check: &Check,
    chosen: &Chosen,
    deadlines: Deadlines,
    parent: &Path,
) -> Came {
    let course = Course { tools, check, chosen, deadlines, file: &probe.folder.join(&check.file) };
    course.run(parent).unwrap_or_else(Came::to_nothing)
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
    fn run(&self, parent: &Path) -> Result<Came, String> {
        let scratch = Scratch::within(parent).map_err(|error| error.to_string())?;
        let mut came = Came::through();
        for gate in self.gates() {
            let recipe = self.tools.language.gates.get(&gate);
            let recipe = recipe.ok_or_else(|| format!("no gate {gate}"))?;
            self.pass(gate, recipe, scratch.path(), &mut came)?;
            if came.end != AttemptEnd::Passed {
                break;
            }
        }
        Ok(came)
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
        came: &mut Came,
    ) -> Result<(), String> {
        if !recipe.command.is_empty() {
            let outcome = self.tool(recipe, &recipe.command, out, self.deadlines.tool)?;
            if let Ended::Signalled(_) | Ended::OutputTooLarge = outcome.ended {
                return Err(format!("{} itself ended with {}", recipe.command[0], outcome.ended));
            }
            // A tool that has something of its own to run afterwards compiles.
            let compiles = !recipe.then.is_empty();
            came.diagnostics.extend(self.told(&outcome));
            came.end_with(&outcome, Some(if compiles { Gate::Compile } else { gate }));
        }
        if came.end == AttemptEnd::Passed && !recipe.then.is_empty() {
            let outcome = self.tool(recipe, &recipe.then, out, self.deadlines.program)?;
            if outcome.ended == Ended::OutputTooLarge {
                return Err(format!("the program was cut short: {}", outcome.ended));
            }
            came.end_with(&outcome, Some(gate));
        }
        Ok(())
    }

    fn told(&self, outcome: &ToolOutcome) -> Vec<Diagnostic> {
        let failed = !outcome.ended.is_success();
        let text = [outcome.stderr_text(), outcome.stdout_text()].join("\n");
        diagnostics::read(self.tools.language.diagnostics, &text, failed)
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
