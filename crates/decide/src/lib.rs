//! Requirements and evidence to a recommendation: pure, and the same for a seed.
//!
//! 1. [`option`] makes what can be chosen: every language for everything, and
//!    every split of the components.
//! 2. [`column`] draws every value that evidence leaves uncertain.
//! 3. [`must`] finds what is ruled out, and what nobody has proved.
//! 4. [`utility`] draws the weights and adds up what the values are worth.
//! 5. [`outcome`] says what that comes to, [`vague`] keeps a choice from resting on
//!    vagueness, [`flip`] what would turn it, and
//!    [`next`] which measurement would settle most.
//!
//! Constraints come first; values are held against floors and goals that do not
//! depend on who else is compared, so that an option more never turns two
//! others; good enough is good enough. docs/decide.md has the formulas and where
//! they are from. Nothing here knows a language, a clock or a file.

mod chance;
mod column;
mod flip;
mod must;
mod next;
mod option;
mod outcome;
mod recommendation;
mod utility;
mod vague;
mod watch;

use model::Decision;
use model::decision::Found;

pub use recommendation::{
    AtComponent, Crossing, EvidenceFlip, MustFlip, MustMet, Next, Outcome, OutcomeKind, Rated,
    Recommendation, Relaxed, Stand, WeightFlip,
};

pub use watch::{Watched, choice_stands, watched};

use column::Columns;
use utility::Utilities;

/// What a recommendation is made by; the defaults are those of docs/decide.md,
/// and others show how much hangs on them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// How far below the best, of one, is nearly as good.
    pub delta: f64,
    /// What the spread of carried-over evidence is multiplied by.
    pub spread_factor: f64,
    /// How concentrated weights are; the decision's own if there is none.
    pub concentration: Option<f64>,
    /// How many draws.
    pub draws: usize,
}

impl Default for Terms {
    fn default() -> Self {
        Self { delta: 0.05, spread_factor: 1.0, concentration: None, draws: 20_000 }
    }
}

/// Safe in this share of the draws: to be chosen.
pub const CHOOSE: f64 = 0.8;
/// To be leaned to.
pub const LEAN: f64 = 0.7;
/// To be called nearly as good.
pub const NEARLY: f64 = 0.5;

/// What these requirements and this evidence come to.
pub fn decide(decision: &Decision, found: &Found, terms: &Terms) -> Recommendation {
    let options = option::all(decision);
    let mut columns = Columns::new(decision, found, terms);
    let musts = must::held(decision, &options, &mut columns);
    let standing: Vec<Stand> = musts.iter().map(|of| must::stand(of)).collect();
    let weights = utility::weights(decision, terms);
    let utilities = Utilities::of(decision, &options, &standing, &weights, &mut columns);
    let may_choose = |option| {
        !outcome::by_others_alone(decision)
            && vague::stands(decision, terms, &options, &weights, &utilities, option, &mut columns)
    };
    let outcome = outcome::outcome(decision, terms, &options, &standing, &utilities, may_choose);
    let turning = flip::Turning::of(decision, terms, &utilities, &outcome);
    let weight_flips = turning.weights();
    let evidence_flips = turning.evidence(&options, &mut columns);
    let next = next::measurements(decision, &options, &utilities, &mut columns);
    let relax = match outcome.kind {
        OutcomeKind::NoOption => must::cheapest(decision, &options, &musts, &mut columns),
        _ => None,
    };
    Recommendation {
        options: recommendation::rated(
            decision,
            &options,
            &musts,
            &standing,
            &utilities,
            &mut columns,
        ),
        must_flips: must::flips(decision, &musts, &standing),
        regret: utilities.regret(),
        unknown: columns.unknown(),
        outcome,
        weight_flips,
        evidence_flips,
        next,
        relax,
    }
}
