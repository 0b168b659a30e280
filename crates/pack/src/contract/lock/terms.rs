//! The terms of guards and metrics in words, and which of two is easier to pass.

use model::contract::{Guard, GuardLimit, Measure};
use model::{Margin, Metric};

use super::{Change, Shift};
use crate::contract::written;
use crate::files::ContentHash;

/// What a term that is not there is called.
const NONE: &str = "none";

/// Keys of a contract with what they say, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms(pub(super) Vec<(&'static str, String)>);

impl Terms {
    pub(super) fn of_guard(guard: &Guard) -> Self {
        let case = guard.case.as_ref().map_or_else(|| "all".to_owned(), ToString::to_string);
        let mut terms = vec![
            ("metric", guard.metric.name().to_owned()),
            ("case", case),
            ("side", guard.side.to_string()),
            ("limit", limit(guard)),
        ];
        terms.extend(margin(guard.metric, guard.margin));
        terms.push(("max-age", written::age(guard.max_age_days)));
        Self(terms)
    }

    pub(super) fn of_measure(measure: &Measure) -> Self {
        Self(margin(measure.metric, measure.margin).into())
    }

    /// Over the name, and over keys and words in order.
    pub(super) fn sha256(&self, name: &str) -> String {
        let mut hash = ContentHash::new();
        hash.add("name", name.as_bytes());
        for (key, words) in &self.0 {
            hash.add(key, words.as_bytes());
        }
        hash.finish()
    }

    pub(super) fn get(&self, key: &str) -> &str {
        let term = self.0.iter().find(|(known, _)| *known == key);
        term.map_or(NONE, |(_, words)| words)
    }

    /// What is another term now than before.
    pub(super) fn changes_from(&self, before: &Self) -> Vec<Change> {
        let differs = |(key, words): &&(&'static str, String)| before.get(key) != words;
        let change = |(key, words): &(&'static str, String)| Change::Term {
            key,
            contract: words.clone(),
            lock: before.get(key).to_owned(),
            shift: shift(key, words, before.get(key)),
        };
        self.0.iter().filter(differs).map(change).collect()
    }
}

fn margin(metric: Metric, margin: Margin) -> [(&'static str, String); 2] {
    let floor = written::in_unit(metric, margin.floor);
    [("margin", written::percent(margin.factor)), ("floor", floor)]
}

fn limit(guard: &Guard) -> String {
    match &guard.limit {
        GuardLimit::Of { against, at_most } => format!("at most {at_most}x of {against}"),
        GuardLimit::Value(value) => {
            format!("at most {}", written::in_unit(guard.metric, *value))
        }
        GuardLimit::Recorded { against } => format!("as recorded against {against}"),
    }
}

/// Higher is easier to pass in every term that has an order.
fn shift(key: &str, now: &str, before: &str) -> Shift {
    let both = |read: fn(&str) -> Option<f64>| Some((read(now)?, read(before)?));
    let ordered = match key {
        "margin" => both(|text| written::factor(text).ok()),
        "floor" => both(amount),
        "max-age" => both(|text| written::days(text).ok().map(f64::from)),
        "limit" if rest_of(now).is_some() && rest_of(now) == rest_of(before) => {
            both(|text| amount(text.strip_prefix("at most ")?))
        }
        _ => None,
    };
    match ordered {
        Some((now, before)) if now > before => Shift::Loosened,
        Some((now, before)) if now < before => Shift::Tightened,
        _ => Shift::Other,
    }
}

/// What a limit is held against: nothing for a value of its own.
fn rest_of(limit: &str) -> Option<&str> {
    let amount = limit.strip_prefix("at most ")?;
    Some(amount.split_once("x of ").map_or("", |(_, side)| side))
}

/// A number, a time, a size or a ratio: two that are compared are of one kind.
fn amount(text: &str) -> Option<f64> {
    let text = text.split_once("x of ").map_or(text, |(ratio, _)| ratio);
    let plain = text.parse().ok();
    let time = || written::seconds(text).ok();
    plain.or_else(time).or_else(|| written::floor(Metric::Size, text).ok())
}
