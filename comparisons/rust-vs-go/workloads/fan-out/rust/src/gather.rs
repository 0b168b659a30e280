//! Many calls at once, with one deadline.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::backend::{Backend, Part, Why};
use crate::gauge::Gauge;

/// What calls are tied to.
#[derive(Clone, Copy, Debug)]
pub enum Tie {
    /// They end when the request does, answered or not.
    ToRequest,
    /// A task each that nobody holds: they go on to their deadline.
    None,
}

/// An item with the parts that came in time.
#[derive(Debug, Serialize)]
pub struct Overview {
    item: Arc<str>,
    parts: Vec<Part>,
    missing: Vec<Missing>,
    score: u64,
}

#[derive(Debug, Serialize)]
struct Missing {
    part: u32,
    why: Why,
}

impl Overview {
    /// How many parts are missing.
    pub fn missing(&self) -> usize {
        self.missing.len()
    }
}

/// Asks a backend for many parts at once.
pub struct Gatherer {
    pub backend: Backend,
    pub tie: Tie,
    pub under_way: Gauge,
}

impl Gatherer {
    /// What has not come `within` a time is missing. If this is dropped, so are the calls that are
    /// tied to it.
    pub async fn gather(&self, item: Arc<str>, parts: u32, within: Duration) -> Overview {
        let deadline = Instant::now() + within;
        let mut calls = JoinSet::new();
        for part in 0..parts {
            let (backend, item) = (self.backend.clone(), item.clone());
            let under_way = self.under_way.enter();
            let call = async move {
                let _under_way = under_way;
                let answer = timeout_at(deadline, backend.part(&item, part)).await;
                (part, answer.unwrap_or(Err(Why::Deadline)))
            };
            match self.tie {
                Tie::ToRequest => calls.spawn(call),
                Tie::None => {
                    let task = tokio::spawn(call);
                    calls.spawn(async move { task.await.unwrap_or((part, Err(Why::Unreachable))) })
                }
            };
        }
        let mut answers = calls.join_all().await;
        answers.sort_unstable_by_key(|&(part, _)| part);
        merge(item, answers)
    }
}

fn merge(item: Arc<str>, answers: Vec<(u32, Result<Part, Why>)>) -> Overview {
    let mut overview = Overview {
        item,
        parts: Vec::new(),
        missing: Vec::new(),
        score: 0,
    };
    for (part, answer) in answers {
        match answer {
            Ok(part) => {
                overview.score += part.score;
                overview.parts.push(part);
            }
            Err(why) => overview.missing.push(Missing { part, why }),
        }
    }
    overview
}
