//! Takes one side's tool through the steps of a drill, in a fresh copy of its
//! project. Whether a step came as expected is for the judge.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use launch::{Ended, Scratch, tool::ToolOutcome};
use model::{Drill, DrillStep, Edit, SideName};

use crate::attempts::Deadlines;
use crate::build::copy_sources;
use crate::came::Came;
use crate::switch::Chosen;
use crate::toolchain::{Tools, fill};

/// The fresh folders of one side's steps.
pub(crate) struct Course<'a> {
    tools: &'a Tools<'a>,
    deadlines: Deadlines,
    project: PathBuf,
    out: PathBuf,
    _scratch: Scratch,
}

impl<'a> Course<'a> {
    /// Copies the project of `side` below `parent`.
    pub(crate) fn set_up(
        tools: &'a Tools<'a>,
        drill: &Drill,
        side: &SideName,
        deadlines: Deadlines,
        parent: &Path,
    ) -> Result<Self, String> {
        let scratch = Scratch::within(parent).map_err(|error| error.to_string())?;
        let project = scratch.path().join("project");
        let out = scratch.path().join("out");
        let sources = drill.folder.join(side.as_str());
        let made = fs::create_dir(&project).and_then(|()| fs::create_dir(&out)).and_then(|()| {
            if sources.is_dir() { copy_sources(&sources, &project) } else { Ok(()) }
        });
        made.map_err(|error| format!("the fresh folder cannot be made: {error}"))?;
        Ok(Self { tools, deadlines, project, out, _scratch: scratch })
    }

    /// The next step with the toolchain it asks for.
    pub(crate) fn tried(&self, step: &DrillStep, chosen: &Chosen) -> Came {
        let mut came = Came::through();
        match self.step(step, chosen) {
            Err(why) => return Came::to_nothing(why),
            Ok(outcome) => came.end_with(&outcome, None),
        }
        came.made = step.makes.as_ref().map(|path| self.place(path).exists());
        came
    }

    fn step(&self, step: &DrillStep, chosen: &Chosen) -> Result<ToolOutcome, String> {
        if step.network && self.tools.offline {
            return Err("it needs the network, which --offline forbids".to_owned());
        }
        for program in &step.needs {
            if !self.tools.is_on_path(program) {
                let hint = step.hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
                return Err(format!("there is no `{program}` on PATH{hint}"));
            }
        }
        if let Some(edit) = &step.edit {
            self.edit(edit)?;
        }
        let out = self.out.to_string_lossy();
        let words = [("out", &*out), ("arch", std::env::consts::ARCH)];
        let command: Vec<String> = step.command.iter().map(|word| fill(word, &words)).collect();
        let mut environment: BTreeMap<String, String> = chosen.environment.clone();
        let own = step.environment.iter();
        environment.extend(own.map(|(name, value)| (name.clone(), fill(value, &words))));
        let Deadlines { step: usual, fetching_step, .. } = self.deadlines;
        let deadline = if step.network { fetching_step } else { usual };
        let ran = self.tools.run_plainly(&command, &self.project, &environment, deadline);
        let outcome = ran.map_err(|error| error.to_string())?;
        // Killed, or cut short: that is no answer, least of all the failure that was expected.
        if let Ended::Signalled(_) | Ended::OutputTooLarge = outcome.ended {
            return Err(format!("{} itself ended with {}", command[0], outcome.ended));
        }
        Ok(outcome)
    }

    fn edit(&self, edit: &Edit) -> Result<(), String> {
        let path = self.project.join(&edit.file);
        let told = |why: String| format!("{} cannot be edited: {why}", edit.file.display());
        let text = fs::read_to_string(&path).map_err(|error| told(error.to_string()))?;
        let count = text.matches(&edit.find).count();
        if count != 1 {
            return Err(told(format!("the text to find stands in it {count} times")));
        }
        fs::write(&path, text.replace(&edit.find, &edit.replace))
            .map_err(|error| told(error.to_string()))
    }

    fn place(&self, path: &str) -> PathBuf {
        match path.strip_prefix("{out}/") {
            Some(rest) => self.out.join(rest),
            None => self.project.join(path),
        }
    }
}
