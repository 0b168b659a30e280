//! What can be chosen: one of the options for everything, or a split.

use model::decision::Criterion;
use model::{Decision, SideName};

/// An option for each component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// Index into the decision's options, one a component.
    pub(crate) of: Vec<usize>,
}

/// Every option for everything in their order, then every split.
pub(crate) fn all(decision: &Decision) -> Vec<Assignment> {
    let (options, components) = (decision.options.len(), decision.components.len());
    let pure = (0..options).map(|option| Assignment { of: vec![option; components] });
    let mut all: Vec<Assignment> = pure.collect();
    let combinations = options.pow(u32::try_from(components).unwrap_or(0));
    for number in 0..combinations {
        let mut rest = number;
        let mut of: Vec<usize> = (0..components)
            .map(|_| {
                let digit = rest % options;
                rest /= options;
                digit
            })
            .collect();
        of.reverse();
        let split = Assignment { of };
        if split.is_split() {
            all.push(split);
        }
    }
    all
}

impl Assignment {
    /// Whether it takes more than one option.
    pub(crate) fn is_split(&self) -> bool {
        self.of.windows(2).any(|pair| pair[0] != pair[1])
    }

    /// The option that it takes for everything.
    pub(crate) fn only(&self) -> Option<usize> {
        (!self.is_split()).then(|| self.of.first().copied()).flatten()
    }

    /// Indices of the edges whose ends differ.
    pub(crate) fn boundaries<'a>(
        &'a self,
        decision: &'a Decision,
    ) -> impl Iterator<Item = usize> + 'a {
        let at = |id| decision.components.iter().position(|component| &component.id == id);
        decision.edges.iter().enumerate().filter_map(move |(index, edge)| {
            let (from, to) = (at(&edge.from)?, at(&edge.to)?);
            (self.of[from] != self.of[to]).then_some(index)
        })
    }

    /// Languages, and boundaries between two of them.
    pub(crate) fn parts(&self, decision: &Decision) -> usize {
        let mut languages = self.of.clone();
        languages.sort_unstable();
        languages.dedup();
        languages.len() + self.boundaries(decision).count()
    }

    /// The edges that cost something of a criterion at a component.
    pub(crate) fn costs_at(
        &self,
        decision: &Decision,
        criterion: &Criterion,
        component: usize,
    ) -> Vec<usize> {
        let id = &decision.components[component].id;
        let costs = |index: &usize| {
            let edge = &decision.edges[*index];
            &edge.from == id
                && edge.cost.as_ref().is_some_and(|cost| cost.criterion == criterion.id)
        };
        self.boundaries(decision).filter(costs).collect()
    }

    /// `go`, or `go (control) + rust (agent)`.
    pub(crate) fn name(&self, decision: &Decision) -> String {
        if let Some(only) = self.only() {
            return decision.options[only].to_string();
        }
        let of_option = |(index, option): (usize, &SideName)| {
            let at = self.of.iter().zip(&decision.components);
            let named: Vec<&str> = at
                .filter(|(taken, _)| **taken == index)
                .map(|(_, component)| component.id.as_str())
                .collect();
            (!named.is_empty()).then(|| format!("{option} ({})", named.join(", ")))
        };
        let named: Vec<String> =
            decision.options.iter().enumerate().filter_map(of_option).collect();
        named.join(" + ")
    }
}
