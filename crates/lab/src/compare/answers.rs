//! Same answers before any number: every case on every side, compared with the
//! first side's; what each side gave is held against all its later runs.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use agree::Terms;
use launch::{Bytes, Ended, Outcome};
use model::contract::{AnswerTerms, Case, CrossDecode, Decoded};
use model::{AnswerOutcome, AnswerRule, Answered, Aspect, CaseId, SideName, TrialStatus};

use super::side::Ready;
use super::turn::{Failed, MOST_OUTPUT, Starter};
use crate::event::{Event, Observer, Stop};

/// The reader has gone before the program starts: anything later is a race.
const READ_BEFORE_CLOSING: Bytes = Bytes(0);

/// What every side gave to every case.
#[derive(Debug)]
pub(super) struct Expected {
    terms: Terms,
    /// Whether outputs are only read back, so that each run may write another.
    only_decoded: bool,
    given: BTreeMap<(CaseId, SideName), Given>,
}

/// What one side gave to one case.
#[derive(Debug)]
struct Given {
    ended: Ended,
    took: Duration,
    sha256: String,
    kept: Kept,
}

/// An output as it is held against later ones.
#[derive(Debug)]
enum Kept {
    Fingerprint([u8; 32]),
    /// Where numbers may lie apart.
    Whole(Vec<u8>),
}

/// One side's answer, whole.
struct Full {
    ended: Ended,
    took: Duration,
    said: String,
    stdout: Vec<u8>,
    sha256: String,
    files: Vec<(PathBuf, Option<Vec<u8>>)>,
}

/// Why answers cannot be compared at all.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// An expression of the contract's.
    #[error(transparent)]
    Normalise(#[from] agree::PatternError),
}

/// The terms of a contract as they are applied.
pub(super) fn terms(answers: &AnswerTerms) -> Result<Terms, TermsError> {
    let rule = match answers.rule {
        AnswerRule::Bytes => agree::Rule::Bytes,
        AnswerRule::SortedLines => agree::Rule::SortedLines,
        AnswerRule::Json => agree::Rule::Json,
        AnswerRule::Set => agree::Rule::Set,
    };
    let tolerance = answers.tolerance.map(|tolerance| agree::Tolerance {
        relative: tolerance.relative,
        absolute: tolerance.absolute,
    });
    let normalise = answers
        .normalise
        .iter()
        .map(|one| agree::Normalise::new(&one.pattern, &one.replacement))
        .collect::<Result<_, _>>()?;
    Ok(Terms { rule, tolerance, normalise })
}

/// Runs every case on every side; hands over what came of each comparison.
pub(super) fn compare(
    starter: Starter<'_>,
    sides: &[Ready<'_>],
    terms: Terms,
    known: &[Answered],
    observer: &mut dyn Observer,
) -> Result<Expected, Stop> {
    let contract = starter.contract;
    let only_decoded = contract.answers.cross_decode.is_some();
    let mut expected = Expected { terms, only_decoded, given: BTreeMap::new() };
    for case in contract.cases.iter().filter(|case| case.drive.is_none()) {
        let asked = Asked { starter, case, sides, known, observer, terms: &expected.terms };
        for (side, given) in asked.compare()? {
            expected.given.insert((case.id.clone(), side), given);
        }
    }
    Ok(expected)
}

impl Expected {
    /// How long a side's first run of a case took; `None`: it gave no answer.
    pub(super) fn took(&self, side: &SideName, case: &Case) -> Option<Duration> {
        Some(self.given.get(&(case.id.clone(), side.clone()))?.took)
    }

    /// Whether a later run of a side ended and answered as its first did.
    pub(super) fn check(&self, side: &SideName, case: &Case, outcome: &Outcome) -> Failed {
        let Some(given) = self.given.get(&(case.id.clone(), side.clone())) else {
            let detail = "it gave no answer when answers were compared".to_owned();
            return Err((TrialStatus::Crashed, Some(detail)));
        };
        if outcome.ended != given.ended {
            let said = crate::trial::words(&outcome.stderr_tail());
            let detail = format!("ended with {}, not with {}: {said}", outcome.ended, given.ended);
            return Err((TrialStatus::Crashed, Some(detail)));
        }
        if self.only_decoded || outcome.stdout.sha256 == given.sha256 || self.agrees(given, outcome)
        {
            return Ok(());
        }
        let detail = "another answer than in its first run".to_owned();
        Err((TrialStatus::WrongAnswer, Some(detail)))
    }

    fn agrees(&self, given: &Given, outcome: &Outcome) -> bool {
        let Ok(bytes) = outcome.stdout.read(MOST_OUTPUT) else { return false };
        match &given.kept {
            Kept::Fingerprint(right) => self.terms.fingerprint(&bytes).as_ref() == Some(right),
            Kept::Whole(right) => self.terms.difference(right, &bytes).is_none(),
        }
    }
}

/// One case put to all sides.
struct Asked<'a, 'b> {
    starter: Starter<'a>,
    case: &'a Case,
    sides: &'a [Ready<'a>],
    /// Told before, by a run that this one goes on with.
    known: &'a [Answered],
    observer: &'b mut dyn Observer,
    terms: &'a Terms,
}

impl Asked<'_, '_> {
    fn tell(
        &mut self,
        side: &SideName,
        aspect: Aspect,
        outcome: AnswerOutcome,
        told: Option<String>,
    ) -> Result<(), Stop> {
        let (case, side) = (self.case.id.clone(), side.clone());
        let answered = Answered { case, side, aspect, outcome, told };
        if self.known.contains(&answered) {
            return Ok(());
        }
        self.observer.observe(Event::Answered(&answered))
    }

    fn compare(mut self) -> Result<Vec<(SideName, Given)>, Stop> {
        let mut answers: Vec<(&SideName, Full)> = Vec::new();
        for side in self.sides {
            match self.ask(side) {
                Ok(full) => answers.push((&side.name, full)),
                Err(why) => {
                    self.tell(&side.name, Aspect::Exit, AnswerOutcome::Missing, Some(why))?;
                }
            }
        }
        if self.all_fail(&answers) {
            for (side, full) in &answers {
                let told = format!(
                    "every side ends with {}: {}; runs get a clean environment (--env NAME), and \
                     --exit CODE says that this is meant",
                    full.ended, full.said
                );
                self.tell(side, Aspect::Exit, AnswerOutcome::Missing, Some(told))?;
            }
            return Ok(Vec::new());
        }
        if let Some(((first, reference), others)) = answers.split_first() {
            self.exit(first, reference, None)?;
            for (side, full) in others {
                if self.exit(side, full, Some((first, reference)))? {
                    self.contents((first, reference), (side, full))?;
                }
            }
        }
        self.sizes(&answers)?;
        if let Some(cross) = &self.starter.contract.answers.cross_decode {
            self.cross_decode(cross, &answers)?;
        }
        if self.starter.contract.answers.closed_pipe {
            self.closed_pipe()?;
        }
        Ok(answers.into_iter().map(|(side, full)| (side.clone(), self.given(full))).collect())
    }

    /// Whether no side succeeds, though nobody said that this is how it has to be.
    fn all_fail(&self, answers: &[(&SideName, Full)]) -> bool {
        self.case.exit.is_none()
            && self.starter.contract.answers.exit
            && !answers.is_empty()
            && answers.iter().all(|(_, full)| !full.ended.is_success())
    }

    fn given(&self, full: Full) -> Given {
        let kept = match self.terms.fingerprint(&full.stdout) {
            Some(fingerprint) => Kept::Fingerprint(fingerprint),
            None => Kept::Whole(full.stdout),
        };
        Given { ended: full.ended, took: full.took, sha256: full.sha256, kept }
    }

    fn ask(&self, side: &Ready<'_>) -> Result<Full, String> {
        let trial = self.starter.trial(side, self.case);
        let directory = trial.directory.clone().unwrap_or_default();
        let files = &self.starter.contract.answers.files;
        let run = || {
            // What another side left there is no answer of this one's.
            for file in files {
                let _ = fs::remove_file(directory.join(file));
            }
            self.starter.launcher.run(&trial)
        };
        let outcome = self.starter.between(run).map_err(|error| error.to_string())?;
        if matches!(outcome.ended, Ended::TimedOut | Ended::OutputTooLarge) {
            return Err(match outcome.ended {
                Ended::TimedOut => format!(
                    "still running after {} s; a longer --deadline gives it more",
                    self.starter.contract.running.deadline_seconds
                ),
                _ => format!("its output is larger than {MOST_OUTPUT}, which is not compared"),
            });
        }
        Ok(Full {
            ended: outcome.ended,
            took: outcome.wall,
            said: crate::trial::words(&outcome.stderr_tail()),
            stdout: outcome.stdout.read(MOST_OUTPUT).map_err(|error| error.to_string())?,
            sha256: outcome.stdout.sha256.clone(),
            files: files.iter().map(|f| (f.clone(), fs::read(directory.join(f)).ok())).collect(),
        })
    }

    /// Whether what follows can be compared at all.
    fn exit(
        &mut self,
        side: &SideName,
        full: &Full,
        reference: Option<(&SideName, &Full)>,
    ) -> Result<bool, Stop> {
        let wanted = self.case.exit.map(Ended::Exited);
        let differs = match (wanted, reference) {
            (Some(wanted), _) if full.ended != wanted => {
                Some(format!("ended with {}, not with {wanted}: {}", full.ended, full.said))
            }
            (None, Some((first, reference)))
                if self.starter.contract.answers.exit && full.ended != reference.ended =>
            {
                let (ended, other) = (full.ended, reference.ended);
                Some(format!("ended with {ended}, {first} with {other}: {}", full.said))
            }
            _ => None,
        };
        let outcome = if differs.is_some() { AnswerOutcome::Differs } else { AnswerOutcome::Same };
        let same = differs.is_none();
        self.tell(side, Aspect::Exit, outcome, differs)?;
        Ok(same)
    }

    fn contents(
        &mut self,
        (first, reference): (&SideName, &Full),
        (side, full): (&SideName, &Full),
    ) -> Result<(), Stop> {
        if self.starter.contract.answers.cross_decode.is_none() {
            let told = self.difference(first, &reference.stdout, side, &full.stdout);
            self.tell(side, Aspect::Output, outcome_of(&told), told)?;
        }
        for ((path, right), (_, other)) in reference.files.iter().zip(&full.files) {
            let told = match (right, other) {
                (Some(right), Some(other)) => self.difference(first, right, side, other),
                (None, None) => Some(format!("neither {first} nor {side} writes it")),
                (Some(_), None) => Some(format!("{side} does not write it, {first} does")),
                (None, Some(_)) => Some(format!("{first} does not write it, {side} does")),
            };
            let named = told.map(|told| format!("{}: {told}", path.display()));
            self.tell(side, Aspect::File, outcome_of(&named), named)?;
        }
        Ok(())
    }

    fn difference(
        &self,
        first: &SideName,
        right: &[u8],
        side: &SideName,
        other: &[u8],
    ) -> Option<String> {
        let difference = self.terms.difference(right, other)?;
        let told = difference.describe(first.as_str(), side.as_str());
        let shown = self.terms.diff(
            agree::Side { name: first.as_str(), output: right },
            agree::Side { name: side.as_str(), output: other },
        );
        Some(match shown {
            Some(shown) => format!("{told}\n{shown}"),
            None => told,
        })
    }

    fn sizes(&mut self, answers: &[(&SideName, Full)]) -> Result<(), Stop> {
        let Some(factor) = self.starter.contract.answers.size_within else { return Ok(()) };
        let sizes: Vec<(&str, u64)> =
            answers.iter().map(|(side, full)| (side.as_str(), full.stdout.len() as u64)).collect();
        let Some((side, _)) = answers.last() else { return Ok(()) };
        let told = agree::sizes(&sizes, factor).map(|differ| differ.to_string());
        self.tell(side, Aspect::Size, outcome_of(&told), told)
    }

    /// Every side reads what every side has written.
    fn cross_decode(
        &mut self,
        cross: &CrossDecode,
        answers: &[(&SideName, Full)],
    ) -> Result<(), Stop> {
        let mut right = match cross.gives {
            Decoded::Same => None,
            Decoded::Input => self.case.stdin.as_ref().and_then(|path| fs::read(path).ok()),
        };
        for (writer, full) in answers {
            for reader in self.sides {
                let told = match self.decode(reader, cross, &full.stdout) {
                    Err(why) => {
                        Some(format!("{} cannot read what {writer} wrote: {why}", reader.name))
                    }
                    Ok(decoded) => match &right {
                        None => {
                            right = Some(decoded);
                            None
                        }
                        Some(right) => {
                            let by = format!("{} reading {writer}", reader.name);
                            let difference = self.terms.difference(right, &decoded);
                            difference.map(|d| d.describe("what was written", &by))
                        }
                    },
                };
                self.tell(writer, Aspect::Decoded, outcome_of(&told), told)?;
            }
        }
        Ok(())
    }

    fn decode(
        &self,
        reader: &Ready<'_>,
        cross: &CrossDecode,
        written: &[u8],
    ) -> Result<Vec<u8>, String> {
        let path = self.starter.scratch.join("to-decode");
        let io = |error: std::io::Error| format!("{}: {error}", path.display());
        fs::File::create(&path).and_then(|mut file| file.write_all(written)).map_err(io)?;
        let case =
            Case { args: cross.args.clone(), stdin: Some(path.clone()), ..self.case.clone() };
        let trial = self.starter.trial(reader, &case);
        let outcome = self.starter.launcher.run(&trial).map_err(|error| error.to_string())?;
        if !outcome.ended.is_success() {
            let said = crate::trial::words(&outcome.stderr_tail());
            return Err(format!("it ended with {}: {said}", outcome.ended));
        }
        outcome.stdout.read(MOST_OUTPUT).map_err(|error| error.to_string())
    }

    fn closed_pipe(&mut self) -> Result<(), Stop> {
        let mut first: Option<(SideName, Ended)> = None;
        for side in self.sides {
            let trial = self.starter.trial(side, self.case);
            let launcher = self.starter.launcher;
            let probe = || launch::probe::closed_pipe(launcher, &trial, READ_BEFORE_CLOSING);
            let (outcome, told) = match (self.starter.between(probe), &first) {
                (Err(error), _) => (AnswerOutcome::Missing, Some(error.to_string())),
                (Ok(closed), None) => {
                    first = Some((side.name.clone(), closed.ended));
                    (AnswerOutcome::Same, None)
                }
                (Ok(closed), Some((_, right))) if closed.ended == *right => {
                    (AnswerOutcome::Same, None)
                }
                (Ok(closed), Some((name, right))) => {
                    let told = format!(
                        "when nobody reads on it ends with {}, {name} with {right}",
                        closed.ended
                    );
                    (AnswerOutcome::Differs, Some(told))
                }
            };
            self.tell(&side.name, Aspect::ClosedPipe, outcome, told)?;
        }
        Ok(())
    }
}

fn outcome_of(told: &Option<String>) -> AnswerOutcome {
    if told.is_some() { AnswerOutcome::Differs } else { AnswerOutcome::Same }
}
