//! What this machine can measure, and what each missing thing costs: tried where
//! it can be tried, read from the kernel where it cannot.
//!
//! [`meters`] tries what the launcher is asked for, [`groups`] the limits, and
//! [`kernel`] tells what makes times vary. Toolchains are looked at here.

mod groups;
mod kernel;
mod meters;
#[cfg(test)]
mod tests;

use launch::{Launcher, Trial};
use model::{Comparison, Environment, ToolchainState};

use crate::toolchain::Tools;
use kernel::Kernel;
pub use meters::try_realtime;

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What, in a word or two.
    pub subject: String,
    /// What was found.
    pub found: String,
    /// What it costs that it is not better, with the way out; `None`: nothing.
    pub costs: Option<String>,
}

impl Checked {
    fn fine(subject: &str, found: impl Into<String>) -> Self {
        Self { subject: subject.to_owned(), found: found.into(), costs: None }
    }

    fn lacking(subject: &str, found: impl Into<String>, costs: impl Into<String>) -> Self {
        Self { costs: Some(costs.into()), ..Self::fine(subject, found) }
    }
}

/// Looks at toolchains, targets, meters and noise.
pub fn survey(
    comparison: &Comparison,
    environment: &Environment,
    launcher: &Launcher,
    offline: bool,
) -> Vec<Checked> {
    let mut all = toolchains(comparison, environment, launcher, offline);
    let kernel = Kernel::running();
    all.extend(meters::all(&kernel, launcher));
    all.extend(groups::all(&kernel, launcher));
    all.extend(kernel.all(&environment.machine));
    all
}

fn toolchains(
    comparison: &Comparison,
    environment: &Environment,
    launcher: &Launcher,
    offline: bool,
) -> Vec<Checked> {
    let mut all = Vec::new();
    for side in &comparison.sides {
        let Some(language) = comparison.languages.get(&side.language) else { continue };
        let Some(toolchain) = environment.toolchains.get(&side.name) else { continue };
        match &toolchain.state {
            ToolchainState::Ready { version, released } => {
                let of = released.map(|date| format!(", of {date}")).unwrap_or_default();
                all.push(Checked::fine(&side.title, format!("{version}{of}")));
            }
            ToolchainState::Missing { reason } | ToolchainState::TooOld { reason, .. } => {
                let costs = format!("nothing of {} runs: {reason}", side.title);
                all.push(Checked::lacking(&side.title, "not usable", costs));
                continue;
            }
        }
        let tools = Tools { launcher, language, offline };
        for (profile, recipe) in &language.profiles {
            if let Some(hint) = tools.missing_need(recipe) {
                let costs = format!("the profile {profile} is not run: {hint}");
                all.push(Checked::lacking(&format!("{} {profile}", side.title), "missing", costs));
            }
        }
    }
    all
}

/// A program that ends at once and does nothing.
fn no_op() -> Trial {
    Trial::of("/bin/true")
}
