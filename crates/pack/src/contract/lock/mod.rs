//! evenhand.lock: what the guards and margins of a contract were when they were
//! last written, and the ratios that were seen then, a kind of machine each.
//!
//! Terms stand there in words, with a SHA-256 over them. A contract that says
//! something else has been changed since: [`Lock::holds`] names what, from what
//! to what, and whether that makes it easier to pass. Hands the recorded ratios
//! to `judge`; whether evidence bears them out is judged there.

mod read;
mod terms;
mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use jiff::civil::Date;
use model::{Contract, SideName};

use crate::fault::Faults;
use terms::Terms;

/// What was written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Lock {
    /// By name.
    guards: Vec<Locked>,
    /// By name.
    metrics: Vec<Locked>,
    /// What was seen, by guard and machine.
    pub recorded: Vec<Recorded>,
}

/// A guard's or metric's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Locked {
    name: String,
    terms: Terms,
    sha256: String,
}

/// What a guard saw on one kind of machine when the contract was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The guard's name.
    pub guard: String,
    /// The kind of machine: processor, cores and architecture.
    pub machine: String,
    /// Median of side / against.
    pub ratio: f64,
    /// Lower end of its interval; `None`: unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of its interval; `None`: unbounded or exact.
    pub high: Option<f64>,
    /// Medians of the sides, in the metric's unit.
    pub values: BTreeMap<SideName, f64>,
    /// When.
    pub date: Date,
    /// From how many pairs.
    pub pairs: u32,
}

/// Something in a contract that its lock does not bear out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{subject} {change}")]
pub struct LockFault {
    /// Of what.
    pub subject: Subject,
    /// In which way.
    pub change: Change,
}

/// What a lock fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A guard, by name.
    Guard(String),
    /// A metric, by name.
    Metric(String),
}

/// How a contract and its lock differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The lock does not know it.
    New,
    /// The contract has it no more.
    Gone,
    /// One of its terms is another one.
    Term {
        /// Its key in the contract, such as `margin`.
        key: &'static str,
        /// What the contract says, in words.
        contract: String,
        /// What the lock says, in words.
        lock: String,
        /// Which of the two is easier to pass.
        shift: Shift,
    },
    /// The lock's words are not those that its digest is over.
    Altered,
}

/// What a change of a term does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// The contract is easier to pass than the lock.
    Loosened,
    /// It is harder to pass.
    Tightened,
    /// It asks for something else.
    Other,
}

impl Lock {
    /// The lock of a contract as it is now. Of what was recorded the last
    /// counts, and only for guards that are there.
    pub fn of(contract: &Contract, recorded: Vec<Recorded>) -> Self {
        let mut kept: BTreeMap<(String, String), Recorded> = BTreeMap::new();
        for entry in recorded {
            if contract.guards.iter().any(|guard| guard.name == entry.guard) {
                kept.insert((entry.guard.clone(), entry.machine.clone()), entry);
            }
        }
        let guards =
            contract.guards.iter().map(|guard| (guard.name.clone(), Terms::of_guard(guard)));
        let metrics = contract
            .measures
            .iter()
            .map(|measure| (measure.metric.name().to_owned(), Terms::of_measure(measure)));
        let recorded = kept.into_values().collect();
        Self { guards: locked(guards), metrics: locked(metrics), recorded }
    }

    /// Reads an evenhand.lock.
    ///
    /// # Errors
    /// The first thing that does not fit the form of the file; if all does,
    /// every fault in what it says.
    pub fn read(path: &Path) -> Result<Self, Faults> {
        read::lock(path)
    }

    /// The text of an evenhand.lock: sorted, the same for the same lock.
    pub fn write(&self) -> String {
        write::text(self)
    }

    /// What was recorded on one kind of machine.
    pub fn recorded_on(&self, machine: &str) -> impl Iterator<Item = &Recorded> {
        self.recorded.iter().filter(move |entry| entry.machine == machine)
    }

    /// Whether anything was recorded on that kind of machine.
    pub fn knows(&self, machine: &str) -> bool {
        self.recorded_on(machine).next().is_some()
    }

    /// Everything in which the contract is not what was locked; empty if it is.
    /// Metrics without a guard may come and go.
    pub fn holds(&self, contract: &Contract) -> Vec<LockFault> {
        let now = Self::of(contract, Vec::new());
        let mut faults = Vec::new();
        for guard in &now.guards {
            let subject = || Subject::Guard(guard.name.clone());
            match find(&self.guards, &guard.name) {
                Some(before) => faults.extend(changes(guard, before, subject)),
                None => faults.push(LockFault { subject: subject(), change: Change::New }),
            }
        }
        for guard in &self.guards {
            if find(&now.guards, &guard.name).is_none() {
                let subject = Subject::Guard(guard.name.clone());
                faults.push(LockFault { subject, change: Change::Gone });
            }
        }
        for metric in &now.metrics {
            let before = find(&self.metrics, &metric.name);
            let subject = || Subject::Metric(metric.name.clone());
            faults.extend(before.iter().flat_map(|before| changes(metric, before, subject)));
        }
        faults
    }
}

fn locked(entries: impl Iterator<Item = (String, Terms)>) -> Vec<Locked> {
    let mut locked: Vec<Locked> =
        entries.map(|(name, terms)| Locked { sha256: terms.sha256(&name), name, terms }).collect();
    locked.sort_by(|one, other| one.name.cmp(&other.name));
    locked
}

fn find<'a>(locked: &'a [Locked], name: &str) -> Option<&'a Locked> {
    locked.iter().find(|entry| entry.name == name)
}

fn changes(now: &Locked, before: &Locked, subject: impl Fn() -> Subject) -> Vec<LockFault> {
    if before.terms.sha256(&before.name) != before.sha256 {
        return vec![LockFault { subject: subject(), change: Change::Altered }];
    }
    let changes = now.terms.changes_from(&before.terms);
    changes.into_iter().map(|change| LockFault { subject: subject(), change }).collect()
}

const RECORDS: &str = "if the change is meant, `evenhand compare --write` records it";

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guard(name) => write!(f, "guard \"{name}\":"),
            Self::Metric(name) => write!(f, "metric \"{name}\":"),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => write!(f, "evenhand.toml has it, the lock has not; {RECORDS}"),
            Self::Gone => write!(f, "the lock has it, evenhand.toml has not; {RECORDS}"),
            Self::Term { key, contract, lock, shift } => {
                let shift = match shift {
                    Shift::Loosened => " (looser)",
                    Shift::Tightened => " (tighter)",
                    Shift::Other => "",
                };
                write!(f, "{key}: evenhand.toml says {contract}{shift}, the lock {lock}; {RECORDS}")
            }
            Self::Altered => write!(
                f,
                "the lock was changed by hand: its words are not those that its digest is over; \
                 `evenhand compare --write` writes it anew"
            ),
        }
    }
}
