//! One tool over all programs that it is still wanted for.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use launch::Ended;
use launch::tool::ToolOutcome;
use model::{CatchGate, Caught, CaughtRun, CorpusTool, Diagnostic};
use regex::Regex;

use super::kit::{self, Kits};
use super::runs::{self, Order, Ran};
use super::said::Said;
use super::{Bench, Corpus, Entries, Entry, Site};
use crate::event::{Event, Observer, Step, Stop};
use crate::toolchain::fill;

/// How long a tool may take over all programs.
const DEADLINE: Duration = Duration::from_secs(900);

/// A tool on its way through the corpus.
pub(super) struct Pass<'p, 'a> {
    pub(super) bench: &'p Bench<'a>,
    pub(super) site: &'p Site,
    pub(super) tool: &'p CorpusTool,
    pub(super) wanted: &'p Entries,
}

/// What came of one program under the tool.
#[derive(Debug)]
pub(super) struct Outcome {
    started: Timestamp,
    seconds: f64,
    cpu_seconds: f64,
    not_run: Option<String>,
    diagnostics: Vec<Diagnostic>,
    runs: Vec<CaughtRun>,
}

/// Whoever is told of one program.
pub(super) type HandOver<'h> =
    &'h mut dyn FnMut(usize, Caught, &mut dyn Observer) -> Result<(), Stop>;

/// A command's share for each of its programs.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    seconds: f64,
    cpu_seconds: f64,
}

impl Outcome {
    pub(super) fn not_run(why: String) -> Self {
        Self { not_run: Some(why), ..Self::begun(Timestamp::now(), Share::default()) }
    }

    fn begun(started: Timestamp, share: Share) -> Self {
        Self {
            started,
            seconds: share.seconds,
            cpu_seconds: share.cpu_seconds,
            not_run: None,
            diagnostics: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// As a fact about an entry of the corpus.
    pub(super) fn of(self, corpus: &Corpus<'_>, tool: &CorpusTool, entry: usize) -> Caught {
        let Entry { defect, program } = corpus.entries[entry];
        let kit = tool.kit.as_ref().and_then(|kit| corpus.form.kits.get(kit));
        let kit = kit.filter(|kit| !kit.version.is_empty());
        Caught {
            defect: defect.id.clone(),
            side: corpus.side.clone(),
            variant: program.variant,
            gate: tool.gate,
            tool: tool.name.clone(),
            version: kit.map_or(corpus.version, |kit| &kit.version).to_owned(),
            key: corpus.key(tool, entry).to_owned(),
            started: self.started,
            seconds: self.seconds,
            cpu_seconds: self.cpu_seconds,
            not_run: self.not_run,
            diagnostics: self.diagnostics,
            runs: self.runs,
        }
    }
}

impl Pass<'_, '_> {
    pub(super) fn take(
        &self,
        kits: &mut Kits,
        observer: &mut dyn Observer,
        hand_over: HandOver<'_>,
    ) -> Result<(), Stop> {
        let started = Timestamp::now();
        let prepared = waiting(observer, || {
            kits.require(self.bench, self.site, self.tool)?;
            self.command()
        })?;
        let (said, share) = match prepared {
            Ok(prepared) => prepared,
            Err(why) => return self.none(&why, observer, hand_over),
        };
        if self.tool.run.is_empty() {
            for &entry in self.wanted {
                let mut outcome = Outcome::begun(started, share);
                let name = self.bench.corpus.entries[entry].name();
                outcome.diagnostics = said.diagnostics.get(&name).cloned().unwrap_or_default();
                outcome.not_run = said.unread.get(&name).cloned();
                hand_over(entry, outcome.of(&self.bench.corpus, self.tool, entry), observer)?;
            }
            return Ok(());
        }
        self.runs(started, &said, share, observer, hand_over)
    }

    fn none(
        &self,
        why: &str,
        observer: &mut dyn Observer,
        hand_over: HandOver<'_>,
    ) -> Result<(), Stop> {
        for &entry in self.wanted {
            let outcome = Outcome::not_run(why.to_owned());
            hand_over(entry, outcome.of(&self.bench.corpus, self.tool, entry), observer)?;
        }
        Ok(())
    }

    /// The tool's command over all programs at once; or why it says nothing.
    fn command(&self) -> Result<(Said, Share), String> {
        if self.tool.command.is_empty() {
            return Ok((Said::default(), Share::default()));
        }
        // What an earlier program left must not be taken for this one.
        let compiles = self.tool.gate == CatchGate::G0;
        let tools = self.bench.corpus.form.tools.iter();
        let of_this =
            tools.filter(|tool| *tool == self.tool || compiles && tool.command.is_empty());
        for pass in of_this.map(|tool| Pass { tool, ..*self }) {
            for path in self.wanted.iter().filter_map(|&entry| pass.product(entry)) {
                // Where there is none, nothing is left.
                let _ = std::fs::remove_file(path);
            }
        }
        let command = self.spliced();
        let folder = &self.site.project;
        let ran = self.bench.tools.run_for(&command, folder, &self.environment(), DEADLINE);
        let outcome = ran.map_err(|error| error.to_string())?;
        let said = Said::by(self.tool, &outcome);
        if let Some(why) = self.failed(&outcome, &said) {
            return Err(why);
        }
        let programs = self.wanted.len().max(1) as f64;
        let share = Share {
            seconds: outcome.wall.as_secs_f64() / programs,
            cpu_seconds: cpu(&outcome) / programs,
        };
        Ok((said, share))
    }

    /// A tool that fails and points at nothing has failed by itself, as one has that crashed or ran
    /// out of time: what it did not say means nothing.
    fn failed(&self, outcome: &ToolOutcome, said: &Said) -> Option<String> {
        let name = &self.tool.name;
        let text = [outcome.stdout_text(), outcome.stderr_text()].join("\n");
        let unable = self.tool.unable.as_ref().and_then(|unable| Regex::new(unable).ok());
        let line = text.lines().find(|line| unable.as_ref().is_some_and(|u| u.is_match(line)));
        if let Some(line) = line.filter(|_| !outcome.ended.is_success() || said.is_broken) {
            let like = "as one does that is older than the toolchain";
            return Some(format!("{name} failed by itself, {like}: {line}"));
        }
        let points = said.diagnostics.values().any(|of_one| !of_one.is_empty());
        let made = !said.executables.is_empty()
            || self.wanted.iter().any(|&e| self.product(e).is_some_and(|path| path.is_file()));
        let ended = matches!(outcome.ended, Ended::Exited(_));
        if outcome.ended.is_success() || (ended && (points || made)) {
            return None;
        }
        Some(format!("{name} ended with {}: {}", outcome.ended, outcome.last_lines(2)))
    }

    /// Every program as often as its defect says.
    fn runs(
        &self,
        started: Timestamp,
        said: &Said,
        share: Share,
        observer: &mut dyn Observer,
        hand_over: HandOver<'_>,
    ) -> Result<(), Stop> {
        let mut orders = Vec::new();
        let mut open: HashMap<usize, (Outcome, u32)> = HashMap::new();
        for &entry in self.wanted {
            let Some(executable) = self.executable(entry, said) else {
                let why = format!("{} made no program of it", self.tool.name);
                let outcome = Outcome::not_run(why);
                hand_over(entry, outcome.of(&self.bench.corpus, self.tool, entry), observer)?;
                continue;
            };
            let defect = self.bench.corpus.entries[entry].defect;
            let repeats = defect.repeats.min(self.tool.most_runs.unwrap_or(u32::MAX));
            let budget = Duration::from_secs_f64(defect.budget_seconds * self.tool.slow);
            let command = self.run_words(entry, &executable);
            let order = Order { entry, command, budget };
            orders.extend((0..repeats).map(|_| order.clone()));
            open.insert(entry, (Outcome::begun(started, share), repeats));
        }
        let (folder, environment) = (&self.site.project, self.environment());
        runs::carry_out(
            &runs::Ground {
                tools: &self.bench.tools,
                folder,
                environment: &environment,
                temporary: &self.site.runs,
            },
            orders,
            observer,
            |ran, observer| {
                let Some((outcome, left)) = open.get_mut(&ran.entry) else { return Ok(()) };
                *left -= 1;
                if outcome.not_run.is_none() || ran.outcome.is_err() {
                    self.add(outcome, &ran);
                }
                if *left > 0 {
                    return Ok(());
                }
                let Some((outcome, _)) = open.remove(&ran.entry) else { return Ok(()) };
                hand_over(ran.entry, outcome.of(&self.bench.corpus, self.tool, ran.entry), observer)
            },
        )
    }

    fn add(&self, outcome: &mut Outcome, ran: &Ran) {
        match &ran.outcome {
            Ok(one) => {
                outcome.seconds += one.wall.as_secs_f64();
                outcome.cpu_seconds += cpu(one);
                let kept = runs::kept(one);
                if let Some(why) = self.unable(&kept) {
                    outcome.not_run = Some(why);
                }
                outcome.runs.push(kept);
            }
            // It may be possible the next time: nothing that could be kept for good.
            Err(why) => {
                outcome.not_run = Some(why.clone());
                outcome.runs.clear();
            }
        }
    }

    /// What the tool says of itself, and not of the program.
    fn unable(&self, run: &CaughtRun) -> Option<String> {
        let pattern = Regex::new(self.tool.unable.as_ref()?).ok()?;
        let found = pattern.find(&run.stderr)?;
        let line = run.stderr[found.start()..].lines().next().unwrap_or_default();
        Some(format!("{} cannot run it: {line}", self.tool.name))
    }

    fn executable(&self, entry: usize, said: &Said) -> Option<PathBuf> {
        // Run by the tool itself.
        if !self.tool.run.iter().any(|word| word.contains("{executable}")) {
            return Some(PathBuf::new());
        }
        match self.product(entry) {
            Some(path) => path.is_file().then_some(path),
            None => said.executables.get(&self.bench.corpus.entries[entry].name()).cloned(),
        }
    }

    /// Where the command leaves the program, if that is known beforehand.
    fn product(&self, entry: usize) -> Option<PathBuf> {
        let pattern = &self.tool.executable;
        let name = self.bench.corpus.entries[entry].name();
        let path = || PathBuf::from(self.filled(pattern, &[("name", &name)]));
        (!pattern.is_empty()).then(path)
    }

    fn run_words(&self, entry: usize, executable: &std::path::Path) -> Vec<String> {
        let Entry { defect, .. } = self.bench.corpus.entries[entry];
        let name = self.bench.corpus.entries[entry].name();
        let executable = executable.to_string_lossy();
        let words = [
            ("name", name.as_str()),
            ("executable", &*executable),
            ("trigger", defect.trigger.input.as_str()),
        ];
        self.tool.run.iter().map(|word| self.filled(word, &words)).collect()
    }

    /// The command, with the words of each program where it says so.
    fn spliced(&self) -> Vec<String> {
        let mut words = Vec::new();
        for word in &self.tool.command {
            if word != "{programs}" {
                words.push(self.filled(word, &[]));
                continue;
            }
            for &entry in self.wanted {
                let name = self.bench.corpus.entries[entry].name();
                let each = self.bench.corpus.form.each.iter();
                words.extend(each.map(|word| fill(word, &[("name", &name)])));
            }
        }
        words
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let kit = self.tool.kit.as_ref().and_then(|kit| self.bench.corpus.form.kits.get(kit));
        let of_kit = kit.map(|kit| kit::environment(self.bench, self.site, kit));
        let mut all = self.filled_in(&self.bench.corpus.form.environment);
        all.extend(of_kit.unwrap_or_default());
        all.extend(self.filled_in(&self.tool.environment));
        all
    }

    fn filled_in(&self, given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        given.iter().map(|(name, value)| (name.clone(), self.filled(value, &[]))).collect()
    }

    fn filled(&self, word: &str, more: &[(&str, &str)]) -> String {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let slug: String =
            self.tool.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let all = text(self.site.products.join("all"));
        let out = text(self.site.products.join(slug));
        let kits = text(self.site.kits.clone());
        let words = [
            ("all", all.as_str()),
            ("out", out.as_str()),
            ("kits", kits.as_str()),
            ("arch", std::env::consts::ARCH),
        ];
        // What the user of a program wrote comes last: it may hold braces.
        fill(&fill(word, &words), more)
    }
}

fn cpu(outcome: &ToolOutcome) -> f64 {
    (outcome.usage.user + outcome.usage.system).as_secs_f64()
}

/// Does something that takes long, while the observer is asked whether to stop.
fn waiting<T: Send>(
    observer: &mut dyn Observer,
    job: impl FnOnce() -> T + Send,
) -> Result<T, Stop> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(job);
        let mut result = Ok(());
        while !worker.is_finished() {
            std::thread::park_timeout(Duration::from_millis(100));
            result = result.and(observer.observe(Event::Step(Step::Waiting)));
        }
        let done = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        result.map(|()| done)
    })
}
