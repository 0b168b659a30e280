//! Progress on standard error: one changing line on a terminal, a line a step
//! elsewhere.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lab::Step;
use model::{Profile, Series};

/// Shows what is being done.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    terminal: bool,
    trials: u64,
    last: String,
    told_first: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target =
            if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        // The template is a constant that indicatif accepts.
        if let Ok(style) = ProgressStyle::with_template("  {spinner} {elapsed:>4}  {wide_msg}") {
            bar.set_style(style);
        }
        if terminal {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, terminal, trials: 0, last: String::new(), told_first: false }
    }

    pub(crate) fn step(&mut self, step: Step<'_>) {
        let Some(told) = told(step) else { return };
        if self.terminal {
            let trials = match self.trials {
                0 => String::new(),
                n => format!(" · {n} trials"),
            };
            self.bar.set_message(format!("{told}{trials}"));
        } else if !matches!(step, Step::Block { .. }) && told != self.last {
            anstream::eprintln!("  {told}");
            self.last = told;
        }
    }

    /// Where the measuring stands; on a terminal only, where it can change.
    pub(crate) fn stands(&mut self, text: &str) {
        if self.terminal {
            self.bar.set_message(text.to_owned());
        }
    }

    /// A line that is told once, the first time there is one.
    pub(crate) fn first(&mut self, line: Option<String>) {
        if let Some(line) = line
            && !self.told_first
        {
            self.told_first = true;
            self.line(&line);
        }
    }

    pub(crate) fn trial(&mut self) {
        self.trials += 1;
    }

    /// A line above the progress line.
    pub(crate) fn line(&self, text: &str) {
        self.bar.suspend(|| anstream::eprintln!("{text}"));
    }

    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// What is said of it; nothing where there is nothing new.
fn told(step: Step<'_>) -> Option<String> {
    Some(match step {
        Step::Environment => "looking at the machine and the toolchains".to_owned(),
        Step::Waiting => return None,
        Step::WaitingForAnother => "defects: waiting for another evenhand".to_owned(),
        Step::Catching { gate, tool, side } => format!("defects: {side} {gate} {tool}"),
        Step::Trying(experiment) => format!("{experiment}: trying"),
        Step::Inputs(workload) => format!("{workload}: making its inputs"),
        Step::Building { workload, side, profile } => {
            format!("{workload}: building {side} ({profile})")
        }
        Step::Agreeing(workload) => format!("{workload}: comparing answers"),
        Step::Effects(workload) => format!("{workload}: counting side effects"),
        Step::Block { series, block } => format!("{}: block {}", short(series), block + 1),
    })
}

/// A series in few columns: what is usual is left out.
fn short(series: &Series) -> String {
    let case = series.case.as_ref().map(|case| format!(" {case}")).unwrap_or_default();
    let profile = match series.profile {
        Profile::ReleasePractice => String::new(),
        profile => format!(" ({profile})"),
    };
    format!("{} {}{case}{profile}", series.workload, series.activity)
}
