//! `load` for a reader: one file that needs no network and no script. Whether
//! to believe it first, then quantiles, plots, failures, and what was asked.

use minijinja::value::Serde;
use model::Unit;
use serde::Serialize;

use super::curve;
use super::document::LoadDocument;
use super::rows::{QuantilesRow, SliceRow};
use super::words::{HEADS, cells, number, time};
use crate::chart::latency::LatencyPlot;
use crate::chart::timeline::{Second, TimelinePlot};
use crate::page::{self, PageError};
use crate::place::{Term, term};
use crate::quantity::quantity;

const TEMPLATES: [(&str, &str); 1] = [("load.html", include_str!("load.html"))];

/// Bytes; memory is drawn in it, so that round values are round.
const MIB: f64 = 1_048_576.0;

/// What `load.html` is filled with.
#[derive(Serialize)]
struct Page<'a> {
    looks: &'static str,
    css: &'static str,
    title: String,
    version: &'a str,
    date: String,
    callout: &'static str,
    verdict: String,
    reasons: &'a [String],
    partial: Option<String>,
    achieved: String,
    capacity: Option<String>,
    measured: bool,
    heads: [&'static str; 7],
    quantiles: Vec<QuantilesView>,
    gap: Option<String>,
    censored: Option<String>,
    latency: Option<String>,
    timeline: Option<TimelineView>,
    errors_summary: String,
    errors: Vec<ErrorView>,
    bounded: String,
    steps: Vec<StepView>,
    slices: Vec<SliceView>,
    asked: Vec<Term>,
    told: Vec<Term>,
    command: &'a str,
}

#[derive(Serialize)]
struct QuantilesView {
    name: &'static str,
    about: &'static str,
    cells: [String; 7],
}

#[derive(Serialize)]
struct TimelineView {
    times: String,
    requests: String,
    memory: Option<String>,
}

#[derive(Serialize)]
struct ErrorView {
    name: &'static str,
    count: String,
    meaning: String,
}

#[derive(Serialize)]
struct StepView {
    rate: String,
    sent: String,
    bounded: String,
    failed: String,
    passed: bool,
    because: String,
}

#[derive(Serialize)]
struct SliceView {
    second: u32,
    cells: [String; 6],
}

impl LoadDocument {
    /// The page, complete in one file.
    ///
    /// # Errors
    /// If a template and what fills it do not fit each other.
    pub fn html(&self) -> Result<String, PageError> {
        let templates = page::templates(&TEMPLATES)?;
        let template = templates.get_template("load.html")?;
        Ok(template.render(Serde(self.page()))?)
    }

    fn page(&self) -> Page<'_> {
        let believed = self.valid && self.measured();
        let bounded = self.capacity.as_ref().and_then(|capacity| capacity.slo.split('<').next());
        Page {
            looks: page::LOOKS,
            css: include_str!("load.css"),
            title: self.title(),
            version: &self.frame.version,
            date: self.started.strftime("%-d %B %Y, %H:%M UTC").to_string(),
            callout: if believed { "none" } else { "some" },
            verdict: self.alarm().unwrap_or_else(|| format!("Yes: {}.", self.believed_words())),
            reasons: &self.invalid_because,
            partial: self.partial_words(),
            achieved: self.achieved_words(),
            capacity: self.capacity_words(),
            measured: self.has_times(),
            heads: HEADS,
            quantiles: self.quantiles_view(),
            gap: self.gap_words(),
            censored: self.censored_words(),
            latency: self.latency(),
            timeline: self.timeline(),
            errors_summary: self.errors_summary(),
            errors: self.errors_view(),
            bounded: bounded.unwrap_or_default().to_owned(),
            steps: self.steps_view(),
            slices: self.slices.iter().map(slice_view).collect(),
            asked: self.asked_terms(),
            told: self.told_terms(),
            command: &self.frame.command,
        }
    }

    fn quantiles_view(&self) -> Vec<QuantilesView> {
        let view =
            |name, about, row: &QuantilesRow| QuantilesView { name, about, cells: cells(row) };
        let mut views = vec![
            view("response", "from when it was meant to be sent", &self.response),
            view("service", "from when it was sent", &self.service),
            view("lag", "how late the generator was", &self.lag),
        ];
        if self.frame.fresh {
            views.push(view("connect", "to a connection", &self.connect));
        }
        views
    }

    fn latency(&self) -> Option<String> {
        let points = |encoded: &str| curve::read(encoded).map(|all| all.points());
        let response = points(&self.response_histogram)?;
        let service = points(&self.service_histogram).unwrap_or_default();
        let slo = self.capacity.as_ref().map(|capacity| capacity.slo.as_str());
        let bound = slo.and_then(|slo| Some((slo.parse::<load::Bound>().ok()?.milliseconds, slo)));
        let plot = LatencyPlot {
            response: &response,
            service: &service,
            bound,
            words: format!(
                "latency by quantile; response p50 {}, p99 {}, largest {}",
                time(self.response.p50_ms),
                time(self.response.p99_ms),
                time(self.response.max_ms)
            ),
        };
        plot.svg(time)
    }

    fn timeline(&self) -> Option<TimelineView> {
        let second = |slice: &SliceRow| Second {
            at: f64::from(slice.second),
            intended: slice.intended as f64,
            right: slice.right as f64,
            failed: slice.errors as f64,
            times: [slice.p50_ms, slice.p99_ms, slice.max_ms],
            memory: slice.server_memory as f64 / MIB,
        };
        let plot = TimelinePlot::of(self.slices.iter().map(second).collect())?;
        Some(TimelineView {
            times: plot.times(time),
            requests: plot.requests(number),
            memory: plot.memory(|mebibytes| quantity(mebibytes * MIB, Unit::Bytes)),
        })
    }

    fn errors_view(&self) -> Vec<ErrorView> {
        let view = |line: super::words::ErrorLine| ErrorView {
            name: line.name,
            count: number(line.count as f64),
            meaning: line.meaning,
        };
        self.error_lines().into_iter().map(view).collect()
    }

    fn steps_view(&self) -> Vec<StepView> {
        let view = |step: &super::rows::StepRow| StepView {
            rate: number(step.rate),
            sent: number(step.achieved_rate),
            bounded: step.bounded_ms.map(time).unwrap_or_default(),
            failed: number(step.failed as f64),
            passed: step.passed,
            because: step.because.join("; "),
        };
        self.steps.iter().map(view).collect()
    }

    fn asked_terms(&self) -> Vec<Term> {
        let asked = &self.asked;
        let order = if asked.hot { "the one used last" } else { "the one free longest" };
        let mut terms = vec![
            term("Server", self.url.clone()),
            term("Asked", self.asked_words()),
            term("Free connections", format!("{order} is taken first")),
            term("Timeout", time(asked.timeout_ms)),
            term("Seed", asked.seed.to_string()),
        ];
        if let Some(after) = asked.leave_after_ms {
            terms.push(term("Clients give up after", time(after)));
        }
        if let Some(processor) = asked.processor {
            terms.push(term("Generator held to", format!("processor {processor}")));
        }
        if asked.spin {
            terms.push(term("Generator waits", "spinning"));
        }
        terms
    }

    fn told_terms(&self) -> Vec<Term> {
        let little = &self.little;
        let law = format!(
            "{} requests under way as counted, {} by rate times time",
            number(little.under_way),
            number(little.rate_times_time)
        );
        let counts = format!(
            "{} meant, {} sent, {} right, {} in time; {} in the warm-up",
            number(self.counts.intended as f64),
            number(self.counts.sent as f64),
            number(self.counts.right as f64),
            number(self.counts.in_time as f64),
            number(self.counts.warm_up as f64)
        );
        let mut terms = vec![term("Requests", counts), term("Little's law", law)];
        if let Some(words) = self.server_words() {
            let switches = self.server.as_ref().map_or(0, |server| server.switches);
            terms.push(term("Server", format!("{words}, {} switches", number(switches as f64))));
        }
        terms.extend(self.generator_words().map(|words| term("Generator", words)));
        terms.push(term("Machine", self.machine_words()));
        if let Some(machine) = &self.machine {
            terms.push(term("Processor", machine.cpu.clone()));
            terms.push(term("System", format!("{}, {}", machine.system, machine.kernel)));
        }
        terms
    }
}

fn slice_view(slice: &SliceRow) -> SliceView {
    SliceView {
        second: slice.second,
        cells: [
            number(slice.intended as f64),
            number(slice.right as f64),
            number(slice.errors as f64),
            time(slice.p50_ms),
            time(slice.p99_ms),
            time(slice.max_ms),
        ],
    }
}
