//! What the document is made of, as the command line has it.

use jiff::Timestamp;
use load::{Order, Quantiles, Report};
use model::Machine;

use super::document::{Frame, LoadDocument, SCHEMA};
use super::rows::{AskedRow, CapacityRow, SelfCheckRow, StepRow};
use crate::conceal;

/// A drive, or the best of a search.
#[derive(Debug, Clone, Copy)]
pub struct LoadInput<'a> {
    /// What became of it.
    pub report: &'a Report,
    /// What was asked.
    pub order: &'a Order,
    /// Of whom, as the user wrote it.
    pub url: &'a str,
    /// Whether the user stopped it before its end.
    pub partial: bool,
    /// What the generator can do here; `None`: it was not looked at.
    pub self_check: Option<SelfChecked>,
    /// Steps of a search in their order; empty: none was made.
    pub steps: &'a [Step],
    /// Where it was run.
    pub machine: Option<&'a Machine>,
    /// When it began.
    pub started: Timestamp,
    /// Evenhand's version.
    pub version: &'a str,
    /// The command that repeats it.
    pub command: &'a str,
    /// Words that must not leave the machine, each with what stands for it.
    pub conceal: &'a [(String, String)],
}

/// The generator against a responder of its own that does nothing else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SelfChecked {
    /// Requests a second that it can send here at most.
    pub ceiling: f64,
    /// From the intended instant to the send, at a rate it can keep.
    pub lag: Quantiles,
}

/// One rate of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Requests a second.
    pub rate: f64,
    /// What became of it.
    pub report: Report,
    /// Whether it is within the bound.
    pub passed: bool,
    /// Why not, one phrase each.
    pub because: Vec<String>,
}

impl LoadDocument {
    /// Puts together what all formats show.
    pub fn new(input: &LoadInput<'_>) -> Self {
        let LoadInput { report, order, .. } = *input;
        let open = |text: &str| conceal::open(text, input.conceal);
        let bound = report.capacity.as_ref().map(|capacity| capacity.slo);
        Self {
            schema: SCHEMA,
            asked_rate: report.asked_rate,
            achieved_rate: report.achieved_rate,
            response: report.response.into(),
            service: report.service.into(),
            lag: report.lag.into(),
            errors: report.errors.into(),
            valid: report.valid,
            invalid_because: report.invalid_because.iter().map(|why| open(why)).collect(),
            capacity: report.capacity.as_ref().map(CapacityRow::of),
            url: open(input.url),
            asked: AskedRow::of(order),
            partial: input.partial,
            connect: report.connect.into(),
            counts: report.counts.into(),
            goodput: report.goodput,
            little: report.little.into(),
            server: report.server.map(Into::into),
            interference: report.interference.into(),
            generator: report.generator.into(),
            self_check: input.self_check.map(SelfCheckRow::of),
            steps: input.steps.iter().map(|step| StepRow::of(step, bound)).collect(),
            slices: report.slices.iter().map(|slice| (*slice).into()).collect(),
            machine: input.machine.cloned(),
            started: input.started,
            response_histogram: report.response_histogram.clone(),
            service_histogram: report.service_histogram.clone(),
            frame: Frame {
                version: input.version.to_owned(),
                command: open(input.command),
                fresh: order.connections.reuse == load::Reuse::PerRequest,
            },
        }
    }
}
