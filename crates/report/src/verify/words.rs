//! Evidence in words, the same in every format. A ratio always names both
//! sides, so that it cannot be read the wrong way round.

use jiff::Span;
use jiff::civil::Date;
use model::{Metric, Scale, Tier, Unit, Verdict};

use super::document::{
    ClaimRow, EvidenceRow, Measured, SelfCheckRow, Shown, SourceRow, VerifyDocument,
};
use crate::comparison::Compared;
use crate::quantity::{self, percent, quantity, ratio};

/// A metric for people.
pub(crate) fn metric_title(metric: Metric) -> String {
    let title = match metric {
        Metric::Cpu => "CPU time",
        Metric::Wall => "wall time",
        Metric::StartUp => "start-up",
        Metric::Memory => "peak memory",
        Metric::Size => "file size",
        Metric::BuildClean => "clean build",
        Metric::BuildCleanCpu => "clean build, CPU time",
        Metric::BuildIncremental => "incremental build",
        Metric::BuildIncrementalCpu => "incremental build, CPU time",
        Metric::Dependencies => "dependencies",
        Metric::SourceLines => "lines of source",
        Metric::Faults => "page faults",
        Metric::Switches => "context switches",
        Metric::Instructions => "instructions",
        Metric::CpuPerRequest => "CPU time a request",
        Metric::ResponseP50 => "median response",
        Metric::ResponseP99 => "p99 of the response",
        Metric::ResponseP999 => "p99.9 of the response",
        Metric::ServiceP99 => "p99 from the send",
        Metric::Goodput => "goodput",
        Metric::Capacity => "capacity",
        Metric::MemoryUnderLoad => "memory under load",
        Metric::MemorySettled => "memory after load",
        Metric::FirstAnswer => "first answer",
        Metric::LostRequests => "lost requests",
        Metric::StopTime => "time to stop",
        Metric::IdleCpu => "CPU time when idle",
        Metric::Interference => "interference",
        Metric::Own(name) => return name.as_str().replace('-', " "),
    };
    title.to_owned()
}

impl VerifyDocument {
    /// What runs a claim again.
    pub(crate) fn command(&self, claim: &ClaimRow) -> String {
        self.verify(claim.id.as_str())
    }

    /// The same of any claim.
    pub(crate) fn any_claim(&self) -> String {
        self.verify("CLAIM")
    }

    fn verify(&self, claim: &str) -> String {
        let pack = self.frame.pack.as_ref().map(|pack| format!(" --pack {pack}"));
        format!("evenhand verify {claim}{}", pack.unwrap_or_default())
    }
}

impl ClaimRow {
    /// The verdict; in a list, what the claim would rest on.
    pub(crate) fn phrase(&self) -> &'static str {
        self.verdict.map_or(self.kind.name(), Verdict::phrase)
    }
}

impl ClaimRow {
    /// Whether something was run or tried for it.
    pub(crate) fn was_looked_at(&self) -> bool {
        !self.evidence.is_empty() || !self.attempts.is_empty()
    }
}

impl SourceRow {
    /// The day by which it should be read again.
    pub(crate) fn due(&self) -> Option<Date> {
        self.checked?.checked_add(Span::new().days(self.max_age_days?)).ok()
    }
}

impl EvidenceRow {
    /// What was measured or counted.
    pub(crate) fn subject(&self) -> String {
        match &self.metric {
            Measured::Metric(metric) => metric_title(*metric),
            Measured::Slope { metric, per } => format!("{} a {per}", metric_title(*metric)),
            Measured::Fact(id) => self.about.clone().unwrap_or_else(|| id.clone()),
        }
    }

    /// Where: `hello greet, static`.
    pub(crate) fn place(&self) -> String {
        format!("{}, {}", self.program(), self.build())
    }

    /// Which program at what: `hello greet`.
    pub(crate) fn program(&self) -> String {
        let case = self.case.as_ref().map(|case| format!(" {case}")).unwrap_or_default();
        format!("{}{case}", self.experiment.name())
    }

    /// How it was built, and the tier unless it is the headline's.
    pub(crate) fn build(&self) -> String {
        match self.tier {
            Tier::Idiomatic => self.profile.to_string(),
            tier => format!("{}, {tier}", self.profile),
        }
    }

    fn compared(&self) -> Compared<'_> {
        Compared {
            numerator: self.numerator.as_str(),
            denominator: self.denominator.as_str(),
            scale: self.scale,
            ratio: self.ratio,
            difference: self.difference,
            low: self.low,
            high: self.high,
            counted: self.unit == Unit::Count,
        }
    }

    /// `rust 0.61x of go`; `None` if there is no such number.
    pub(crate) fn comparison(&self) -> Option<String> {
        if self.scale == Scale::Difference && !matches!(self.metric, Measured::Metric(_)) {
            return None;
        }
        self.compared().words(|value| quantity(value, self.unit))
    }

    /// The same row with this side as its numerator.
    pub(crate) fn with_on_top(&self, side: &str) -> Self {
        if self.numerator.as_str() == side || self.denominator.as_str() != side {
            return self.clone();
        }
        let turned = |value: Option<f64>| match self.scale {
            Scale::Ratio => value.filter(|value| *value > 0.0).map(f64::recip),
            Scale::Difference => value.map(|value| -value),
        };
        Self {
            numerator: self.denominator.clone(),
            denominator: self.numerator.clone(),
            ratio: self.ratio.filter(|ratio| *ratio > 0.0).map(f64::recip),
            difference: self.difference.map(|difference| -difference),
            low: turned(self.high),
            high: turned(self.low),
            finding: match self.finding {
                Shown::Below => Shown::Above,
                Shown::Above => Shown::Below,
                other => other,
            },
            ..self.clone()
        }
    }

    /// `0.58 to 0.64`, `at most 0.64`, `exact`; `None` without a number.
    pub(crate) fn interval(&self) -> Option<String> {
        self.comparison()?;
        let exact = self.level.is_none() && self.is_decided();
        let ends = self.compared().ends(|value| quantity(value, self.unit));
        ends.or_else(|| exact.then(|| "exact".to_owned()))
    }

    /// `rust 0.61x of go (0.58 to 0.64)`.
    pub(crate) fn headline(&self) -> Option<String> {
        let comparison = self.comparison()?;
        Some(match self.interval() {
            Some(interval) => format!("{comparison} ({interval})"),
            None => comparison,
        })
    }

    /// Absolute values: `rust 14 MiB, go 41 MiB`.
    pub(crate) fn absolute(&self) -> Option<String> {
        let values = self.values.0.iter();
        let shown: Vec<String> =
            values.map(|(side, value)| format!("{side} {}", quantity(*value, self.unit))).collect();
        (!shown.is_empty()).then(|| shown.join(", "))
    }

    /// `margin 1.10 and 1 ms`; `None` for facts.
    pub(crate) fn margin_words(&self) -> Option<String> {
        let floor = self.floor.filter(|floor| *floor > 0.0).map(|f| quantity(f, self.unit));
        match (self.scale, self.margin, floor) {
            (Scale::Ratio, Some(margin), Some(floor)) => {
                Some(format!("margin {} and {floor}", ratio(margin)))
            }
            (Scale::Ratio, Some(margin), None) => Some(format!("margin {}", ratio(margin))),
            (_, _, Some(floor)) => Some(format!("margin {floor}")),
            _ => None,
        }
    }

    /// `40 pairs, interval 95 %`; empty for exact values.
    pub(crate) fn basis(&self) -> Option<String> {
        let level = self.level?;
        let pairs = if self.pairs == 1 { "pair" } else { "pairs" };
        Some(format!("{} {pairs}, interval at {}", self.pairs, quantity::level(level)))
    }

    /// What the row shows by itself.
    pub(crate) fn finding_words(&self) -> String {
        let above = &self.numerator;
        let phrase = match self.finding {
            Shown::Below => format!("{above} less, beyond the margin"),
            Shown::Above => format!("{above} more, beyond the margin"),
            Shown::Inside => match self.below_floor() {
                Some(floor) => format!("no difference that matters: less than {floor} apart"),
                None => "no difference that matters".to_owned(),
            },
            Shown::Differs => "differs, size unclear".to_owned(),
            Shown::Inconclusive => "inconclusive".to_owned(),
            Shown::NotComparable => "not comparable".to_owned(),
            Shown::NotRun => "not run".to_owned(),
            Shown::AsSaid => "as the sentence says".to_owned(),
            Shown::NotAsSaid => "not as the sentence says".to_owned(),
        };
        let needed = self.more_pairs.map(|pairs| format!(", about {pairs} more pairs needed"));
        let why = self.why.as_ref().map(|why| format!(": {why}"));
        format!("{phrase}{}{}", needed.unwrap_or_default(), why.unwrap_or_default())
    }

    /// The same in two or three words, beside a plot.
    pub(crate) fn finding_in_short(&self) -> String {
        let phrase = match self.finding {
            Shown::Below | Shown::Above => "beyond the margin",
            Shown::Inside => match self.below_floor() {
                Some(floor) => return format!("less than {floor} apart"),
                None => "within the margin",
            },
            Shown::Differs => "straddles the margin",
            Shown::Inconclusive => "inconclusive",
            Shown::NotComparable => "not comparable",
            Shown::NotRun => "not run",
            Shown::AsSaid => "as said",
            Shown::NotAsSaid => "not as said",
        };
        phrase.to_owned()
    }

    /// The floor, if it is what makes a ratio beyond the margin not matter.
    fn below_floor(&self) -> Option<String> {
        let (ratio, margin, floor) = (self.ratio?, self.margin?, self.floor?);
        let beyond = ratio > margin || ratio < margin.recip();
        (beyond && self.scale == Scale::Ratio).then(|| quantity(floor, self.unit))
    }

    /// Whether the measurement settled something.
    pub(crate) fn is_decided(&self) -> bool {
        matches!(
            self.finding,
            Shown::Below | Shown::Above | Shown::Inside | Shown::AsSaid | Shown::NotAsSaid
        )
    }
}

/// The least that can be told apart, as `±3 %`.
pub(crate) fn told_apart(check: &SelfCheckRow) -> Option<String> {
    check.tells_apart.map(percent)
}

/// What a self-check was made on: the workload and its case.
pub(crate) fn checked(check: &SelfCheckRow) -> String {
    match &check.case {
        Some(case) => format!("{} {case}", check.workload),
        None => check.workload.to_string(),
    }
}

/// The coarsest that was told apart a metric: `cpu ±1 %`.
pub(crate) fn coarsest(checks: &[SelfCheckRow]) -> Vec<String> {
    let mut coarsest: Vec<(Metric, f64)> = Vec::new();
    for check in checks {
        let Some(factor) = check.tells_apart else { continue };
        match coarsest.iter_mut().find(|(metric, _)| *metric == check.metric) {
            Some((_, most)) => *most = most.max(factor),
            None => coarsest.push((check.metric, factor)),
        }
    }
    let words = |(metric, factor): (Metric, f64)| format!("{metric} {}", percent(factor));
    coarsest.into_iter().map(words).collect()
}
