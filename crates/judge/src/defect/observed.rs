//! What the tools said of one program, by gate and code.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    AtRun, CatchGate, Caught, CaughtRun, Comparison, CorpusTool, Defect, DefectVariant, Diagnostic,
    Level, RunEnding, SideName,
};
use regex::Regex;

/// The code of what has none.
const UNCODED: &str = "uncoded";

/// One program as the tools saw it.
#[derive(Debug, Default)]
pub(super) struct Observed<'f> {
    /// A tool each, in the order of the gates; a compiler that also lints stands twice.
    pub(super) tools: Vec<Looked<'f>>,
    /// How plain runs ended; `None`: it was not run.
    pub(super) ending: Option<Ending>,
    /// Whether the compiler refused it, with whatever code.
    pub(super) refused: bool,
    /// The two tests.
    pub(super) tests: BTreeMap<CatchGate, TestSeen>,
}

/// What one tool saw.
#[derive(Debug)]
pub(super) struct Looked<'f> {
    pub(super) gate: CatchGate,
    pub(super) row: &'f Caught,
    pub(super) tool: Option<&'f CorpusTool>,
    /// Each code, and in how many runs it was seen; 1 where nothing is run.
    pub(super) codes: BTreeMap<String, u32>,
}

/// How plain runs of a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ending {
    /// Runs with the right answer.
    pub right: u32,
    /// With success and a wrong answer, or something left behind.
    pub silent: u32,
    /// Loud: a panic, a signal, an exit code.
    pub loud: u32,
    /// Not within the budget.
    pub hang: u32,
}

/// What an ending shows, over all runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Some run failed loudly.
    Loud,
    /// None did, and some hung.
    Hang,
    /// None did or hung, and some were silently wrong.
    Silent,
    /// All were right.
    Right,
}

/// What came of a test over its runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TestSeen {
    /// Runs that passed.
    pub passed: u32,
    /// Runs that failed.
    pub failed: u32,
    /// Runs that did not end.
    pub hung: u32,
}

impl Ending {
    /// All of them.
    pub fn runs(self) -> u32 {
        self.right + self.silent + self.loud + self.hang
    }

    /// What shows in them.
    pub fn shows(self) -> Shows {
        if self.loud > 0 {
            Shows::Loud
        } else if self.hang > 0 {
            Shows::Hang
        } else if self.silent > 0 {
            Shows::Silent
        } else {
            Shows::Right
        }
    }

    /// Whether that is what was expected of a run that is not loud.
    pub(super) fn is(self, expected: AtRun) -> bool {
        matches!(
            (self.shows(), expected),
            (Shows::Hang, AtRun::Hang)
                | (Shows::Silent, AtRun::Silent)
                | (Shows::Right, AtRun::Right)
        )
    }
}

impl<'f> Observed<'f> {
    pub(super) fn of(
        comparison: &'f Comparison,
        defect: &Defect,
        side: &SideName,
        variant: DefectVariant,
        rows: &[&'f Caught],
    ) -> Self {
        let mut observed = Self::default();
        let tools = tools_of(comparison, side);
        let ours = |row: &&&'f Caught| &row.side == side && row.variant == variant;
        // A later row of the same tool is of a run that went on.
        let mut last: BTreeMap<(CatchGate, &str), &'f Caught> = BTreeMap::new();
        for &row in rows.iter().filter(ours) {
            last.insert((row.gate, &row.tool), row);
        }
        for ((gate, name), row) in last {
            let tool = tools.iter().find(|tool| tool.gate == gate && tool.name == name);
            observed.look(defect, row, tool);
        }
        observed.tools.sort_by_key(|looked| looked.gate);
        observed
    }

    fn look(&mut self, defect: &Defect, row: &'f Caught, tool: Option<&'f CorpusTool>) {
        let mut codes: BTreeMap<String, u32> = BTreeMap::new();
        let mut warnings: BTreeMap<String, u32> = BTreeMap::new();
        let apart = tool.and_then(|tool| tool.warnings_at);
        for diagnostic in &row.diagnostics {
            let warns = apart.is_some() && diagnostic.level == Level::Warning;
            let of = if warns { &mut warnings } else { &mut codes };
            of.insert(code(diagnostic), 1);
        }
        let mut ending = Ending::default();
        let mut test = TestSeen::default();
        for run in &row.runs {
            let found = tool.and_then(|tool| found(tool, run));
            match row.gate {
                CatchGate::Quiet | CatchGate::Trigger => test.add(run),
                CatchGate::G4 => {
                    let loud = ending.add(run, &defect.right(), found);
                    codes.extend(
                        loud.map(|code| (code.clone(), codes.get(&code).unwrap_or(&0) + 1)),
                    );
                }
                _ => {
                    let found = found.map(str::to_owned);
                    codes.extend(
                        found.map(|code| (code.clone(), codes.get(&code).unwrap_or(&0) + 1)),
                    );
                }
            }
        }
        match row.gate {
            CatchGate::Quiet | CatchGate::Trigger if !row.runs.is_empty() => {
                self.tests.insert(row.gate, test);
            }
            CatchGate::G4 if !row.runs.is_empty() => self.ending = Some(ending),
            _ => {}
        }
        let refuses = |told: &Diagnostic| told.level == Level::Error;
        let refused = row.gate == CatchGate::G0 && row.diagnostics.iter().any(refuses);
        self.refused |= refused;
        self.tools.push(Looked { gate: row.gate, row, tool, codes });
        // The linter had its say only if the compiler let the program through.
        if let Some(gate) = apart.filter(|_| row.not_run.is_none() && !refused) {
            self.tools.push(Looked { gate, row, tool, codes: warnings });
        }
    }

    /// Whether anything is known of it.
    pub(super) fn is_tried(&self) -> bool {
        !self.tools.is_empty()
    }

    /// Tools at a gate that were not in the way of themselves.
    pub(super) fn at(&self, gate: CatchGate) -> impl Iterator<Item = &Looked<'f>> {
        self.tools.iter().filter(move |looked| looked.gate == gate && looked.row.not_run.is_none())
    }

    /// Whether nothing known speaks against it: it compiles, and ends right where it was run.
    pub(super) fn passes(&self) -> bool {
        !self.refused && self.ending.is_none_or(|ending| ending.shows() == Shows::Right)
    }

    /// Every code that was said at a gate.
    pub(super) fn codes_at(&self, gate: CatchGate) -> BTreeSet<&str> {
        self.at(gate).flat_map(|looked| looked.codes.keys().map(String::as_str)).collect()
    }

    /// Whether a tool at the gate was wanted and could say nothing.
    pub(super) fn is_dark(&self, gate: CatchGate, code: &str) -> bool {
        self.tools.iter().any(|looked| {
            let could_say = looked.tool.is_none_or(|tool| {
                let named = tool.findings.iter().any(|known| known.code == code);
                let prefixed = tool.prefix.as_ref().is_none_or(|prefix| code.starts_with(prefix));
                named || (tool.findings.is_empty() && prefixed)
            });
            looked.gate == gate && looked.row.not_run.is_some() && could_say
        })
    }
}

impl Looked<'_> {
    /// Why the tool says nothing of the program: it is not there, cannot run it, or did not come to
    /// an end with it though it ends by itself.
    pub(super) fn why_not(&self, ending: Option<Ending>) -> Option<String> {
        if let Some(why) = &self.row.not_run {
            return Some(why.clone());
        }
        let instrument = matches!(self.gate, CatchGate::G3 | CatchGate::G3L);
        let hangs = ending.is_none_or(|ending| ending.hang > 0);
        let cut = self.row.runs.iter().any(|run| run.ended == RunEnding::TimedOut);
        let cut_short = instrument && cut && self.codes.is_empty() && !hangs;
        cut_short.then(|| format!("{} did not come to an end with it in its budget", self.row.tool))
    }
}

impl TestSeen {
    fn add(&mut self, run: &CaughtRun) {
        match run.ended {
            RunEnding::Exited(0) => self.passed += 1,
            RunEnding::TimedOut => self.hung += 1,
            RunEnding::Exited(_) | RunEnding::Signalled(_) => self.failed += 1,
        }
    }
}

impl Ending {
    /// Counts a run; the code of one that failed loudly.
    fn add(&mut self, run: &CaughtRun, right: &str, found: Option<&str>) -> Option<String> {
        match run.ended {
            RunEnding::TimedOut => self.hang += 1,
            RunEnding::Exited(0) if run.stdout == right => self.right += 1,
            RunEnding::Exited(0) => self.silent += 1,
            RunEnding::Exited(_) | RunEnding::Signalled(_) => {
                self.loud += 1;
                return Some(found.unwrap_or("exit").to_owned());
            }
        }
        None
    }
}

fn tools_of<'f>(comparison: &'f Comparison, side: &SideName) -> &'f [CorpusTool] {
    let language = comparison.side(side).and_then(|side| comparison.languages.get(&side.language));
    let form = language.and_then(|language| language.corpus.as_ref());
    form.map(|form| form.tools.as_slice()).unwrap_or_default()
}

fn code(diagnostic: &Diagnostic) -> String {
    diagnostic.code.clone().unwrap_or_else(|| UNCODED.to_owned())
}

/// The first of the tool's findings that a run shows.
fn found<'t>(tool: &'t CorpusTool, run: &CaughtRun) -> Option<&'t str> {
    let shows = |finding: &&model::Finding| {
        // The pack reader has compiled the expression before.
        let said = finding.says.as_ref().is_none_or(|says| {
            Regex::new(says)
                .is_ok_and(|says| says.is_match(&run.stderr) || says.is_match(&run.stdout))
        });
        let exit = finding.exit.is_none_or(|code| run.ended == RunEnding::Exited(code));
        let signal = finding.signal.is_none_or(|number| run.ended == RunEnding::Signalled(number));
        said && exit && signal
    };
    tool.findings.iter().find(shows).map(|finding| finding.code.as_str())
}
