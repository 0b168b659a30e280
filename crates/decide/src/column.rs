//! Every value that evidence leaves uncertain, drawn: a column a quantity.
//!
//! What one evidence says is one quantity wherever it applies: its column is the
//! same at every component, and a ratio multiplies the very draws of what it is
//! held against.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::Decision;
use model::decision::{Basis, Criterion, Found, Measured, Range, Spacing};

use crate::Terms;
use crate::chance::Stream;
use crate::option::Assignment;

/// A criterion under an option at a component, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) criterion: usize,
    pub(crate) option: usize,
    pub(crate) component: usize,
}

/// One draw after the other.
pub(crate) type Column = Rc<Vec<f64>>;

/// All that was drawn so far.
pub(crate) struct Columns<'a> {
    pub(crate) decision: &'a Decision,
    found: &'a Found,
    terms: &'a Terms,
    drawn: BTreeMap<Place, Column>,
    edges: BTreeMap<usize, Column>,
    /// Places of which nothing is known.
    nothing: BTreeSet<(usize, usize, Option<usize>)>,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(decision: &'a Decision, found: &'a Found, terms: &'a Terms) -> Self {
        let (drawn, edges, nothing) = Default::default();
        Self { decision, found, terms, drawn, edges, nothing }
    }

    pub(crate) fn delta(&self) -> f64 {
        self.terms.delta
    }

    pub(crate) fn draws(&self) -> usize {
        self.terms.draws
    }

    /// Which evidence speaks at a place.
    pub(crate) fn evidence_at(&self, place: Place) -> Option<usize> {
        let decision = self.decision;
        decision.evidence_at(
            &decision.criteria[place.criterion].id,
            &decision.options[place.option],
            &decision.components[place.component].id,
        )
    }

    /// The value at a place, in the criterion's unit.
    pub(crate) fn at(&mut self, place: Place) -> Column {
        self.at_depth(place, 0)
    }

    fn at_depth(&mut self, place: Place, depth: usize) -> Column {
        if let Some(drawn) = self.drawn.get(&place) {
            return Rc::clone(drawn);
        }
        let evidence = self.evidence_at(place);
        // What speaks of all components is one quantity.
        let first = Place { component: 0, ..place };
        // A ratio is not, for what it multiplies may differ from one to the next.
        let is_ratio = evidence.is_some_and(|index| {
            matches!(self.decision.evidence[index].basis, Basis::Ratio { .. })
        });
        let shared = evidence.is_some() && !is_ratio && self.evidence_at(first) == evidence;
        let column = match (shared && first != place, evidence) {
            (true, _) => self.at_depth(first, depth),
            (false, Some(index)) if depth <= self.decision.options.len() => {
                self.draw(place, index, depth)
            }
            (false, _) => self.of_nothing(place),
        };
        self.drawn.insert(place, Rc::clone(&column));
        column
    }

    fn stream(&self, place: Place, what: &str) -> Stream {
        let decision = self.decision;
        let at = match self.evidence_at(place).map(|index| &decision.evidence[index].component) {
            Some(None) => "",
            _ => decision.components[place.component].id.as_str(),
        };
        let criterion = decision.criteria[place.criterion].id.as_str();
        // By its place in the list, not its name: labels do not matter.
        Stream::of(decision.seed, &[criterion, at, &place.option.to_string(), what])
    }

    fn draw(&mut self, place: Place, index: usize, depth: usize) -> Column {
        let decision = self.decision;
        let measured = self.found.of(index);
        let draws = self.draws();
        match &decision.evidence[index].basis {
            Basis::Exact(value) => Rc::new(vec![*value; draws]),
            Basis::Estimate(range) => self.triangular(place, *range),
            Basis::Value { until, .. } => match (measured, until) {
                (Some(measured), _) => {
                    let factor = decision.criteria[place.criterion].factor.unwrap_or(1.0);
                    let medians = self.stream(place, "value").medians(&sorted(measured), draws);
                    Rc::new(medians.into_iter().map(|value| value / factor).collect())
                }
                (None, Some(until)) => self.triangular(place, *until),
                (None, None) => self.of_nothing(place),
            },
            Basis::Ratio { likeness, against, ratio, controlled, .. } => {
                let Some(ratios) = self.ratios(place, measured, *ratio) else {
                    return self.of_nothing(place);
                };
                let option = decision.options.iter().position(|option| option == against);
                let Some(option) = option else { return self.of_nothing(place) };
                let base = self.at_depth(Place { option, ..place }, depth + 1);
                let spread = likeness.spread() * self.terms.spread_factor;
                self.carried_over(place, &base, &ratios, spread, *controlled)
            }
        }
    }

    /// x = base × ((1 − s) + s·r·e^(τz)).
    fn carried_over(
        &self,
        place: Place,
        base: &[f64],
        ratios: &[f64],
        spread: f64,
        controlled: Range,
    ) -> Column {
        let (mut shares, mut noise) =
            (self.stream(place, "controlled"), self.stream(place, "spread"));
        let x = base.iter().zip(ratios).map(|(base, ratio)| {
            let s = shares.triangular(controlled);
            let carried = if spread > 0.0 { (spread * noise.normal()).exp() } else { 1.0 };
            base * ((1.0 - s) + s * ratio * carried)
        });
        Rc::new(x.collect())
    }

    /// Replicates of a measured ratio, or draws of a stated one on a logarithmic
    /// scale, where twice and half are equally far.
    fn ratios(
        &self,
        place: Place,
        measured: Option<&Measured>,
        stated: Option<Range>,
    ) -> Option<Vec<f64>> {
        let mut stream = self.stream(place, "ratio");
        if let Some(measured) = measured {
            return Some(stream.medians(&sorted(measured), self.draws()));
        }
        let Range { least, likely, most } = stated?;
        let logs = Range { least: least.ln(), likely: likely.ln(), most: most.ln() };
        Some((0..self.draws()).map(|_| stream.triangular(logs).exp()).collect())
    }

    fn triangular(&self, place: Place, range: Range) -> Column {
        let mut stream = self.stream(place, "range");
        Rc::new((0..self.draws()).map(|_| stream.triangular(range)).collect())
    }

    /// Anything from floor to goal: what is not known speaks for nobody.
    fn of_nothing(&mut self, place: Place) -> Column {
        let criterion = &self.decision.criteria[place.criterion];
        let at = self.decision.components.len() > 1;
        self.nothing.insert((place.criterion, place.option, at.then_some(place.component)));
        let mut stream = self.stream(place, "nothing");
        Rc::new((0..self.draws()).map(|_| between(criterion, stream.uniform())).collect())
    }

    /// The value at a component of an option, what its boundaries cost included.
    pub(crate) fn of_option(
        &mut self,
        criterion: usize,
        option: &Assignment,
        component: usize,
    ) -> Column {
        let place = Place { criterion, option: option.of[component], component };
        let value = self.at(place);
        let costs = option.costs_at(self.decision, &self.decision.criteria[criterion], component);
        costs.into_iter().fold(value, |value, edge| {
            let cost = self.edge(edge);
            Rc::new(value.iter().zip(cost.iter()).map(|(value, cost)| value + cost).collect())
        })
    }

    /// What is most likely at a component of an option: what its column spreads around.
    pub(crate) fn likely_of_option(
        &mut self,
        criterion: usize,
        option: &Assignment,
        component: usize,
    ) -> f64 {
        let place = Place { criterion, option: option.of[component], component };
        let costs = option.costs_at(self.decision, &self.decision.criteria[criterion], component);
        let costs: f64 = costs.into_iter().map(|edge| quantile(&self.edge(edge), 0.5)).sum();
        self.likely(place, 0) + costs
    }

    fn likely(&mut self, place: Place, depth: usize) -> f64 {
        let decision = self.decision;
        let Some(index) = self.evidence_at(place).filter(|_| self.is_known(place)) else {
            return between(&decision.criteria[place.criterion], 0.5);
        };
        match (&decision.evidence[index].basis, self.found.of(index)) {
            (Basis::Exact(value), _) => *value,
            (Basis::Estimate(range), _) | (Basis::Value { until: Some(range), .. }, None) => {
                range.likely
            }
            (Basis::Ratio { against, ratio, controlled, .. }, measured)
                if depth <= decision.options.len() =>
            {
                let option = decision.options.iter().position(|option| option == against);
                let base = option.map(|option| self.likely(Place { option, ..place }, depth + 1));
                let ratio = match measured {
                    Some(measured) => quantile(&measured.values, 0.5),
                    None => ratio.map_or(1.0, |ratio| ratio.likely),
                };
                base.unwrap_or(0.0) * (1.0 - controlled.likely + controlled.likely * ratio)
            }
            _ => quantile(&self.at(place), 0.5),
        }
    }

    /// What crossing an edge adds, for one operation.
    pub(crate) fn edge(&mut self, index: usize) -> Column {
        if let Some(drawn) = self.edges.get(&index) {
            return Rc::clone(drawn);
        }
        let column = Rc::new(self.drawn_edge(index).unwrap_or_else(|| vec![0.0; self.draws()]));
        self.edges.insert(index, Rc::clone(&column));
        column
    }

    fn drawn_edge(&self, index: usize) -> Option<Vec<f64>> {
        let edge = &self.decision.edges[index];
        let cost = edge.cost.as_ref()?;
        let factor = self.decision.criterion(&cost.criterion)?.factor.unwrap_or(1.0);
        let mut stream = Stream::of(
            self.decision.seed,
            &["edge", edge.from.as_str(), edge.to.as_str(), cost.criterion.as_str()],
        );
        if let Some(measured) = self.found.of_edge(index) {
            let medians = stream.medians(&sorted(measured), self.draws());
            return Some(
                medians.into_iter().map(|cost_of_one| cost_of_one / factor * cost.times).collect(),
            );
        }
        let range = cost.range?;
        Some((0..self.draws()).map(|_| stream.triangular(range) * cost.times).collect())
    }

    /// Whether anything is known of a place.
    pub(crate) fn is_known(&self, place: Place) -> bool {
        let mut place = place;
        for _ in 0..=self.decision.options.len() {
            let Some(index) = self.evidence_at(place) else { return false };
            match (&self.decision.evidence[index].basis, self.found.of(index)) {
                (Basis::Exact(_) | Basis::Estimate(_), _) => return true,
                (Basis::Value { until, .. }, found) => return found.is_some() || until.is_some(),
                (Basis::Ratio { ratio: None, .. }, None) => return false,
                (Basis::Ratio { against, .. }, _) => {
                    let base = self.decision.options.iter().position(|option| option == against);
                    let Some(option) = base else { return false };
                    place = Place { option, ..place };
                }
            }
        }
        false
    }

    /// What was drawn from nothing: criterion, option, component where there are several.
    pub(crate) fn unknown(&self) -> Vec<(usize, usize, Option<usize>)> {
        self.nothing.iter().copied().collect()
    }
}

fn sorted(measured: &Measured) -> Vec<f64> {
    let mut values = measured.values.clone();
    values.sort_by(f64::total_cmp);
    values
}

/// The value that is worth `worth`.
pub(crate) fn between(criterion: &Criterion, worth: f64) -> f64 {
    let (floor, goal) = (criterion.floor, criterion.goal);
    match criterion.spacing {
        Spacing::Linear => floor + worth * (goal - floor),
        Spacing::Log => (floor.ln() + worth * (goal.ln() - floor.ln())).exp(),
    }
}

/// The quantile of a column.
pub(crate) fn quantile(column: &[f64], at: f64) -> f64 {
    let mut sorted = column.to_vec();
    let index = ((sorted.len().saturating_sub(1)) as f64 * at).round() as usize;
    let (_, value, _) = sorted.select_nth_unstable_by(index, f64::total_cmp);
    *value
}

/// The mean of a column.
pub(crate) fn mean(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len() as f64
}
