//! `evenhand check --base REV`: every project of a contract against itself as
//! of a revision, which is checked out beside the repository for the time.

use std::path::{Path, PathBuf};

use launch::Launcher;
use launch::tool::{self, Tool};
use model::contract::{Measure, Origin, Side};
use model::{Contract, Margin, Metric};
use tempfile::TempDir;

use ::pack::lock::Lock;

use super::guarded::{self, Guarded};
use crate::arguments::check::CheckArguments;
use crate::contest::Contest;
use crate::failure::{Failure, Kind};
use crate::interrupt::Interrupt;

/// Every project side against its base.
pub(super) fn check(
    contest: &Contest<'_>,
    arguments: &CheckArguments,
    revision: &str,
) -> Result<Vec<Guarded>, Failure> {
    let contract = contest.contract;
    for name in &arguments.side {
        if contract.side(name).is_none() {
            let known: Vec<&str> = contract.sides.iter().map(|side| side.name.as_str()).collect();
            return Err(Failure::usage(format!("--side {name}: the contract has no such side"))
                .hint(format!("its sides are {}", known.join(", "))));
        }
    }
    let chosen = contract.sides.iter().filter(|side| {
        folder_of(side).is_some()
            && (arguments.side.is_empty() || arguments.side.contains(&side.name))
    });
    // Listened for before there is a worktree, so that Ctrl-C leaves none behind.
    let _interrupt = Interrupt::listen()?;
    let mut all = Vec::new();
    for side in chosen {
        all.push(check_side(contest, arguments, side, revision)?);
    }
    if all.is_empty() {
        return Err(Failure::usage("--base: no side of the contract is built from a folder").hint(
            "a program that is there has no revision; give it `project` or `folder` and `build`",
        ));
    }
    Ok(all)
}

fn folder_of(side: &Side) -> Option<&Path> {
    match &side.origin {
        Origin::Project { folder, .. } | Origin::Built { folder, .. } => Some(folder),
        Origin::Program { .. } => None,
    }
}

fn check_side(
    contest: &Contest<'_>,
    arguments: &CheckArguments,
    side: &Side,
    revision: &str,
) -> Result<Guarded, Failure> {
    let folder = folder_of(side).unwrap_or(Path::new("."));
    let worktree = Worktree::of(contest.launcher, folder, revision)?;
    let mut contract = contract(contest.contract, side, &worktree, arguments)?;
    contract.guards = judge::base_guards(&contract);
    let based = Contest { contract: &contract, store: contest.store.clone(), ..*contest };
    let lock = Lock::of(&contract, Vec::new());
    let guarded = guarded::of_fresh(&based, arguments, &lock)?;
    Ok(Guarded { name: side.name.to_string(), ..guarded })
}

/// The contract of one side against its base.
fn contract(
    contract: &Contract,
    side: &Side,
    worktree: &Worktree,
    arguments: &CheckArguments,
) -> Result<Contract, Failure> {
    let named = |name: &str, origin: Origin| -> Result<Side, Failure> {
        let name = name.parse().map_err(|error: model::IdError| Failure::new(Kind::Bug, &error))?;
        Ok(Side { name, origin, ..side.clone() })
    };
    let base = named("base", worktree.moved(&side.origin)?)?;
    let head = named("head", side.origin.clone())?;
    let name = format!("{}-{}-base", contract.name, side.name);
    let measures = match arguments.metric.as_slice() {
        [] => contract.measures.iter().map(|measure| between_versions(*measure)).collect(),
        metrics => metrics
            .iter()
            .enumerate()
            .map(|(at, metric)| Measure { primary: at == 0, ..measure(contract, *metric) })
            .collect(),
    };
    Ok(Contract {
        name: name.parse().map_err(|error: model::IdError| Failure::usage(error.to_string()))?,
        sides: vec![base, head],
        measures,
        guards: Vec::new(),
        ..contract.clone()
    })
}

fn measure(contract: &Contract, metric: Metric) -> Measure {
    between_versions(contract.measure(metric).copied().unwrap_or(Measure::of(metric)))
}

/// Any change moves the size of a program by some bytes, which is no news.
fn between_versions(measure: Measure) -> Measure {
    match measure.metric {
        Metric::Size if measure.margin.factor <= 1.0 => Measure { margin: SIZE, ..measure },
        _ => measure,
    }
}

/// From where on growth of a program's file matters: 1 % and 16 KiB.
const SIZE: Margin = Margin { factor: 1.01, floor: 16_384.0 };

/// A revision checked out in a folder of its own, until dropped.
struct Worktree<'a> {
    launcher: &'a Launcher,
    repository: PathBuf,
    place: TempDir,
}

impl<'a> Worktree<'a> {
    fn of(launcher: &'a Launcher, folder: &Path, revision: &str) -> Result<Self, Failure> {
        let top = git(launcher, folder, &["rev-parse", "--show-toplevel"]).map_err(|said| {
            Failure::usage(format!("--base: {} is in no git repository: {said}", folder.display()))
        })?;
        let repository = PathBuf::from(top);
        let wanted = format!("{revision}^{{commit}}");
        let commit = git(launcher, &repository, &["rev-parse", "--verify", "--quiet", &wanted])
            .map_err(|_| {
                Failure::usage(format!("--base {revision}: no such revision in {}", repository.display()))
                    .hint("in CI fetch it first: `git fetch origin BRANCH`, or a clone that is not shallow")
            })?;
        let place = tempfile::tempdir()?;
        let path = place.path().join("base").to_string_lossy().into_owned();
        git(launcher, &repository, &["worktree", "add", "--detach", "--force", &path, &commit])
            .map_err(|said| Failure::usage(format!("--base {revision}: git worktree: {said}")))?;
        Ok(Self { launcher, repository, place })
    }

    fn root(&self) -> PathBuf {
        self.place.path().join("base")
    }

    /// The same origin, as of the revision.
    fn moved(&self, origin: &Origin) -> Result<Origin, Failure> {
        let there = |path: &Path| -> Result<PathBuf, Failure> {
            let relative = path.strip_prefix(&self.repository).map_err(|_| {
                Failure::usage(format!(
                    "--base: {} is outside of {}",
                    path.display(),
                    self.repository.display()
                ))
            })?;
            Ok(self.root().join(relative))
        };
        let mut moved = origin.clone();
        match &mut moved {
            Origin::Project { folder, .. } => *folder = there(folder)?,
            Origin::Built { folder, program, .. } => {
                *folder = there(folder)?;
                *program = there(program)?;
            }
            Origin::Program { .. } => {}
        }
        Ok(moved)
    }
}

impl Drop for Worktree<'_> {
    fn drop(&mut self) {
        let path = self.root().to_string_lossy().into_owned();
        // What cannot be removed is named by `git worktree prune`.
        let _ = git(self.launcher, &self.repository, &["worktree", "remove", "--force", &path]);
    }
}

/// What git prints, or what it says against it.
fn git(launcher: &Launcher, folder: &Path, args: &[&str]) -> Result<String, String> {
    let outcome = tool::run(launcher, &Tool::of("git", folder).with_args(args.iter().copied()))
        .map_err(|error| error.to_string())?;
    if !outcome.ended.is_success() {
        return Err(outcome.last_lines(2));
    }
    Ok(outcome.stdout_text().trim().to_owned())
}
