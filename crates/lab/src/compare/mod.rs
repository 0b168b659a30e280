//! Two programs or more of the user's own: made ready, held to the same
//! answers and side effects, then measured in blocks of random order.
//!
//! [`plan`] and [`identify`] come before anything is stored; [`Site::prepare`]
//! makes the programs ready and hands over what can be said before any number;
//! [`Site::measure`] conducts the blocks. What follows from what was seen is the
//! judge's to say, and whether to go on the caller's.

mod answers;
mod effects;
mod identity;
mod own;
mod rounds;
mod served;
mod side;
mod site;
mod standing;
mod turn;
mod words;

use model::{Contract, Plan, PlanMode};
use sha2::{Digest, Sha256};

pub use answers::TermsError;
pub use own::OwnError;
pub use side::{Means, SideError};
pub use site::Site;

use crate::event::Stop;
use crate::input::hex;
use crate::service::ServiceError;

/// Why programs cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// A side has no program.
    #[error(transparent)]
    Side(#[from] SideError),
    /// Answers cannot be compared as the contract says.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// A number of the programs' own cannot be read as the contract says.
    #[error(transparent)]
    Own(#[from] OwnError),
    /// What has to stand beside programs that serve cannot be had.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// There is no place for temporary files.
    #[error(transparent)]
    Launch(#[from] launch::LaunchError),
    /// The observer does not want to go on.
    #[error("stopped")]
    Stopped(Stop),
}

impl From<Stop> for NotReady {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

/// What a contract sets out to measure, with every order drawn from `seed`.
pub fn plan(contract: &Contract, seed: u64) -> Plan {
    Plan {
        mode: PlanMode::Full,
        claims: Vec::new(),
        workloads: vec![contract.name.clone()],
        probes: Vec::new(),
        drills: Vec::new(),
        defects: Vec::new(),
        cells: contract.cells(),
        seed,
        budget_seconds: contract.effort.budget_seconds,
        most_pairs: contract.effort.most_pairs,
        realtime: contract.running.realtime,
    }
}

/// A digest of every side's program as it is now, without building any: where
/// it is the same, so are the programs.
///
/// # Errors
/// A side whose sources or program cannot be read.
pub fn identify(contract: &Contract, means: &Means<'_>) -> Result<String, SideError> {
    let mut hasher = Sha256::new();
    if let Some(service) = &contract.service {
        let drives: Vec<_> = contract.cases.iter().map(|case| &case.drive).collect();
        hasher.update(format!("{service:?}{drives:?}"));
    }
    words::feed(contract, &mut hasher);
    for side in &contract.sides {
        hasher.update(format!("{}\0{}\0", side.name, identity::of(side, contract, means)?));
    }
    Ok(hex(&hasher.finalize()))
}
