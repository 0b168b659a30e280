//! What would turn the answer: points in closed form, values by bisection.

use model::Decision;
use model::decision::{Basis, Requires};

use crate::Terms;
use crate::column::{Columns, Place};
use crate::option::Assignment;
use crate::recommendation::{EvidenceFlip, Outcome, OutcomeKind, WeightFlip, spread};
use crate::utility::Utilities;

/// Points further from the stated ones than this are not plausible.
const PLAUSIBLE: f64 = 3.0;
/// Draws that a value's expected worth is taken over.
const THINNED: usize = 400;
/// Steps in which a turn is looked for, each way.
const STEPS: usize = 24;
/// Halvings once it is between two steps.
const HALVINGS: usize = 30;

/// What is chosen, against whom, and how much the lead may shrink.
pub(crate) struct Turning<'a> {
    decision: &'a Decision,
    utilities: &'a Utilities,
    chosen: Option<usize>,
    rivals: Vec<usize>,
    /// How far below a rival still stands: nothing for a choice, delta for one of several.
    allowed: f64,
}

impl<'a> Turning<'a> {
    pub(crate) fn of(
        decision: &'a Decision,
        terms: &Terms,
        utilities: &'a Utilities,
        outcome: &Outcome,
    ) -> Self {
        let weighed =
            matches!(outcome.kind, OutcomeKind::Choose | OutcomeKind::Lean | OutcomeKind::Either);
        let chosen = outcome.choice.filter(|_| weighed);
        let rivals =
            utilities.ranked().into_iter().filter(|option| Some(*option) != chosen).collect();
        let allowed = if outcome.kind == OutcomeKind::Either { terms.delta } else { 0.0 };
        Self { decision, utilities, chosen, rivals, allowed }
    }

    /// Σ pⱼ·(Vaⱼ − Vbⱼ + allowed) = 0, solved for one p; nearest first.
    pub(crate) fn weights(&self) -> Vec<WeightFlip> {
        let Some(chosen) = self.chosen else { return Vec::new() };
        let mut flips: Vec<WeightFlip> = Vec::new();
        for (index, criterion) in self.decision.criteria.iter().enumerate() {
            let of_rivals = self.rivals.iter().filter_map(|rival| {
                let at = self.turn(chosen, *rival, index)?;
                Some(WeightFlip { criterion: index, stated: criterion.points, at, to: *rival })
            });
            flips
                .extend(of_rivals.min_by(|one, other| one.distance().total_cmp(&other.distance())));
        }
        // More than the top criterion has cannot be stated.
        flips.retain(|flip| flip.distance() <= PLAUSIBLE.ln() && flip.at <= 100.0);
        flips.sort_by(|one, other| one.distance().total_cmp(&other.distance()));
        flips
    }

    fn turn(&self, chosen: usize, rival: usize, criterion: usize) -> Option<f64> {
        let (a, b) = (&self.utilities.worth[chosen], &self.utilities.worth[rival]);
        let points = |index: usize| self.decision.criteria[index].points;
        let lead = |index: usize| a[index] - b[index] + self.allowed;
        let others: f64 =
            (0..a.len()).filter(|k| *k != criterion).map(|k| points(k) * lead(k)).sum();
        let leads_now = others + points(criterion) * lead(criterion) > 0.0;
        let at = -others / lead(criterion);
        (leads_now && points(criterion) > 0.0 && at.is_finite() && at > 0.0).then_some(at)
    }

    /// For each evidence the nearest value at which somebody else is as good.
    pub(crate) fn evidence(
        &self,
        options: &[Assignment],
        columns: &mut Columns,
    ) -> Vec<EvidenceFlip> {
        let Some(chosen) = self.chosen else { return Vec::new() };
        let decision = self.decision;
        let mut flips = Vec::new();
        for index in 0..decision.evidence.len() {
            let Some(place) = place_of(decision, columns, index) else { continue };
            let lead = Lead { turning: self, options, chosen, evidence: index, place };
            flips.extend(lead.flip(columns));
        }
        flips
    }
}

impl WeightFlip {
    fn distance(&self) -> f64 {
        (self.at / self.stated).ln().abs()
    }
}

/// A place at which an evidence speaks.
fn place_of(decision: &Decision, columns: &Columns, evidence: usize) -> Option<Place> {
    let said = &decision.evidence[evidence];
    let criterion = decision.criteria.iter().position(|known| known.id == said.criterion)?;
    let option = decision.options.iter().position(|known| known == &said.option)?;
    (0..decision.components.len())
        .map(|component| Place { criterion, option, component })
        .find(|place| columns.evidence_at(*place) == Some(evidence))
}

/// The lead of what is chosen, as one value moves.
struct Lead<'t, 'a> {
    turning: &'t Turning<'a>,
    options: &'t [Assignment],
    chosen: usize,
    evidence: usize,
    place: Place,
}

impl Lead<'_, '_> {
    fn flip(&self, columns: &mut Columns) -> Option<EvidenceFlip> {
        let criterion = &self.turning.decision.criteria[self.place.criterion];
        let now = spread(&columns.at(self.place));
        let moved = Moved::of(self, columns);
        let (low, high) =
            (criterion.floor.min(criterion.goal), criterion.floor.max(criterion.goal));
        if moved.lead(now.1).0 <= 0.0 {
            return None;
        }
        let ends = [low.min(now.0), high.max(now.2)];
        let found = ends.iter().filter_map(|end| moved.turn(now.1, *end));
        let ruled_out = self.ruled_out(now.1).into_iter();
        let (at, to) = found.chain(ruled_out).min_by(|one, other| {
            let far = |at: f64| (at - now.1).abs();
            far(one.0).total_cmp(&far(other.0))
        })?;
        let inside = at >= now.0 && at <= now.2;
        Some(EvidenceFlip {
            evidence: self.evidence,
            component: self.place.component,
            now,
            at,
            to,
            inside,
        })
    }
}

impl Lead<'_, '_> {
    /// The limit at which what is chosen would be ruled out, and by whom it is followed.
    fn ruled_out(&self, now: f64) -> Option<(f64, usize)> {
        let decision = self.turning.decision;
        let (criterion, component) = (
            &decision.criteria[self.place.criterion].id,
            &decision.components[self.place.component].id,
        );
        let taken = self.options[self.chosen].of[self.place.component] == self.place.option;
        let limits = decision.musts.iter().filter_map(|must| {
            let here = must.component.as_ref().is_none_or(|at| at == component);
            match &must.requires {
                Requires::AtMost { criterion: of, limit }
                    if of == criterion && here && *limit >= now =>
                {
                    Some(*limit)
                }
                Requires::AtLeast { criterion: of, limit }
                    if of == criterion && here && *limit <= now =>
                {
                    Some(*limit)
                }
                _ => None,
            }
        });
        let nearest = limits.min_by(|one, other| (one - now).abs().total_cmp(&(other - now).abs()));
        nearest.filter(|_| taken).zip(self.turning.rivals.first().copied())
    }
}

/// Mean worths of a criterion as a function of one value, all else drawn.
struct Moved<'t, 'l, 'a> {
    lead: &'t Lead<'l, 'a>,
    /// What does not move: by option, the part of U that other criteria and places make.
    fixed: Vec<f64>,
    /// By option: part of one and, where a ratio is held against the value, its draws over the value's.
    moving: Vec<Vec<Moving>>,
}

/// How a place follows a value.
enum Follows {
    /// It is the value.
    Itself,
    /// So many times the value, draw by draw.
    Times(Vec<f64>),
}

/// A place whose value moves.
struct Moving {
    part: f64,
    follows: Follows,
    /// What boundaries add.
    added: f64,
}

impl<'t, 'l, 'a> Moved<'t, 'l, 'a> {
    fn of(lead: &'t Lead<'l, 'a>, columns: &mut Columns) -> Self {
        let turning = lead.turning;
        let criterion = lead.place.criterion;
        let (mut fixed, mut moving) = (Vec::new(), Vec::new());
        for (index, option) in lead.options.iter().enumerate() {
            let worth = &turning.utilities.worth[index];
            if worth.is_empty() {
                fixed.push(0.0);
                moving.push(Vec::new());
                continue;
            }
            let stated = &turning.utilities.stated;
            let others = (0..worth.len()).filter(|k| *k != criterion).map(|k| stated[k] * worth[k]);
            let (still, of_option) = lead.moving(option, columns);
            fixed.push(others.sum::<f64>() + stated[criterion] * still);
            moving.push(of_option);
        }
        Self { lead, fixed, moving }
    }

    fn worth(&self, option: usize, value: f64) -> f64 {
        let turning = self.lead.turning;
        let criterion = &turning.decision.criteria[self.lead.place.criterion];
        let of = |moving: &Moving| match &moving.follows {
            Follows::Itself => moving.part * criterion.worth(value + moving.added),
            Follows::Times(factors) => {
                let sum: f64 =
                    factors.iter().map(|f| criterion.worth(f * value + moving.added)).sum();
                moving.part * sum / factors.len() as f64
            }
        };
        let moved: f64 = self.moving[option].iter().map(of).sum();
        self.fixed[option] + turning.utilities.stated[self.lead.place.criterion] * moved
    }

    /// The smallest lead, and over whom.
    fn lead(&self, value: f64) -> (f64, usize) {
        let chosen = self.worth(self.lead.chosen, value) + self.lead.turning.allowed;
        let rivals = self.lead.turning.rivals.iter();
        let leads = rivals.map(|rival| (chosen - self.worth(*rival, value), *rival));
        leads.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((f64::INFINITY, 0))
    }

    /// The first turn on the way from one value to another.
    fn turn(&self, from: f64, to: f64) -> Option<(f64, usize)> {
        let at = |step: usize| from + (to - from) * step as f64 / STEPS as f64;
        let beyond = (1..=STEPS).find(|step| self.lead(at(*step)).0 < 0.0)?;
        let (mut leads, mut turned) = (at(beyond - 1), at(beyond));
        for _ in 0..HALVINGS {
            let between = (leads + turned) / 2.0;
            match self.lead(between).0 < 0.0 {
                true => turned = between,
                false => leads = between,
            }
        }
        Some((turned, self.lead(turned).1))
    }
}

impl Lead<'_, '_> {
    /// What of a criterion's worth stays, and what moves with the value.
    fn moving(&self, option: &Assignment, columns: &mut Columns) -> (f64, Vec<Moving>) {
        let decision = self.turning.decision;
        let criterion = &decision.criteria[self.place.criterion];
        let (mut still, mut moving) = (0.0, Vec::new());
        for (at, component) in decision.components.iter().enumerate() {
            let part = component.share * component.relevance_of(&criterion.id);
            let place = Place { option: option.of[at], component: at, ..self.place };
            let added: f64 = option
                .costs_at(decision, criterion, at)
                .into_iter()
                .map(|edge| crate::column::mean(&columns.edge(edge)))
                .sum();
            match self.follows(place, columns) {
                Some(follows) => moving.push(Moving { part, follows, added }),
                None => {
                    let column = columns.of_option(self.place.criterion, option, at);
                    let thinned = thinned(&column);
                    let sum: f64 = thinned.iter().map(|x| criterion.worth(*x)).sum();
                    still += part * sum / thinned.len() as f64;
                }
            }
        }
        (still, moving)
    }

    /// How a place follows the value, if it does.
    fn follows(&self, place: Place, columns: &mut Columns) -> Option<Follows> {
        let decision = self.turning.decision;
        let mut at = place;
        for _ in 0..=decision.options.len() {
            let evidence = columns.evidence_at(at)?;
            if evidence == self.evidence {
                if at == place {
                    return Some(Follows::Itself);
                }
                let (own, base) = (columns.at(place), columns.at(at));
                let ratios = thinned(&own).into_iter().zip(thinned(&base));
                let times = ratios.map(|(own, base)| own / base).filter(|f| f.is_finite());
                let times: Vec<f64> = times.collect();
                // Of nothing nobody knows how many times it is.
                return (!times.is_empty()).then_some(Follows::Times(times));
            }
            let Basis::Ratio { against, .. } = &decision.evidence[evidence].basis else {
                return None;
            };
            let option = decision.options.iter().position(|known| known == against)?;
            at = Place { option, ..at };
        }
        None
    }
}

fn thinned(column: &[f64]) -> Vec<f64> {
    column.iter().step_by((column.len() / THINNED).max(1)).copied().collect()
}
