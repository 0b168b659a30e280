//! Metrics in words, the same in every format.

use judge::MetricVerdict;
use model::contract::Better;
use model::{CaseId, MemorySource, Metric, Scale, SideName, Unit};

use super::document::{CompareDocument, MeasuredIn, MetricRow, ProgramRow};
use crate::comparison::Compared;
use crate::quantity::{self, labelled, quantity, ratio};

/// Said of every row whose values were measured elsewhere.
pub(crate) const UNPAIRED: &str = "unpaired: runs of each side were not interleaved";

impl MetricRow {
    fn compared(&self) -> Compared<'_> {
        Compared {
            numerator: self.numerator.as_str(),
            denominator: self.denominator.as_str(),
            scale: self.scale,
            ratio: self.ratio,
            difference: self.difference,
            low: self.low,
            high: self.high,
            counted: self.unit == MeasuredIn::Unit(Unit::Count),
        }
    }

    /// An absolute value with its unit.
    pub(crate) fn quantity(&self, value: f64) -> String {
        match &self.unit {
            MeasuredIn::Unit(unit) => quantity(value, *unit),
            MeasuredIn::Label(label) => labelled(value, label),
        }
    }

    /// A difference with its sign, so that an interval over zero reads well.
    fn signed(&self, value: f64) -> String {
        let sign = if value > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.quantity(value))
    }

    /// `rust 0.61x of go`, `rust 3 fewer than go`.
    pub(crate) fn comparison(&self) -> Option<String> {
        self.compared().words(|value| self.quantity(value))
    }

    /// `0.58 to 0.64`, `-36 to -24 hits`, `at most 0.64`, `exact`.
    pub(crate) fn interval(&self) -> Option<String> {
        let exact = self.level.is_none() && self.is_decided();
        let ends = match (self.scale, self.low, self.high) {
            (Scale::Difference, Some(low), Some(high)) => {
                let (low, high) = (self.signed(low), self.signed(high));
                let unit = |text: &str| text.split_once(' ').map(|(_, unit)| unit.to_owned());
                let low = match low.split_once(' ') {
                    Some((number, of)) if unit(&high).as_deref() == Some(of) => number,
                    _ => low.as_str(),
                };
                Some(format!("{low} to {high}"))
            }
            _ => self.compared().ends(|value| self.signed(value)),
        };
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

    /// Absolute values, the numerator's first as in the headline: `rust 14 MiB, go 41 MiB`.
    pub(crate) fn absolute(&self) -> Option<String> {
        let of =
            |side: &SideName| Some(format!("{side} {}", self.quantity(*self.values.of(side)?)));
        let both = [of(&self.numerator), of(&self.denominator)];
        let shown: Vec<String> = both.into_iter().flatten().collect();
        (!shown.is_empty()).then(|| shown.join(", "))
    }

    /// The same without names: `142 ms and 233 ms`.
    pub(crate) fn both_values(&self) -> Option<String> {
        let of = |side: &SideName| Some(self.quantity(*self.values.of(side)?));
        match (of(&self.numerator), of(&self.denominator)) {
            (Some(above), Some(below)) => Some(format!("{above} and {below}")),
            _ => self.absolute(),
        }
    }

    /// `matters`, `no difference that matters`, `inconclusive: about 40 more pairs`.
    pub(crate) fn verdict_words(&self) -> String {
        let phrase = self.verdict.phrase();
        let told = match (self.verdict, self.more_pairs, &self.why) {
            (MetricVerdict::Inconclusive, Some(1), _) => format!("{phrase}: about 1 more pair"),
            (MetricVerdict::Inconclusive, Some(pairs), _) => {
                format!("{phrase}: about {} more pairs", about(pairs))
            }
            (MetricVerdict::Inconclusive, None, Some(why)) => format!("{phrase}: {why}"),
            _ => phrase.to_owned(),
        };
        match self.better {
            Better::More => format!("{told} (more is better)"),
            Better::Less => told,
        }
    }

    /// Which of the two is the better one, beyond the margin.
    pub(crate) fn favours(&self) -> Option<&SideName> {
        match (self.verdict, self.better) {
            (MetricVerdict::Below, Better::Less) | (MetricVerdict::Above, Better::More) => {
                Some(&self.numerator)
            }
            (MetricVerdict::Above, Better::Less) | (MetricVerdict::Below, Better::More) => {
                Some(&self.denominator)
            }
            _ => None,
        }
    }

    pub(crate) fn is_decided(&self) -> bool {
        matches!(self.verdict, MetricVerdict::Above | MetricVerdict::Below | MetricVerdict::Within)
    }

    /// `margin 1.02 and 1 ms`; `no margin` if any difference counts.
    pub(crate) fn margin_words(&self) -> String {
        let floor = (self.floor > 0.0).then(|| self.quantity(self.floor));
        match (self.scale, self.margin > 1.0, floor) {
            (Scale::Ratio, true, Some(floor)) => {
                format!("margin {} and {floor}", ratio(self.margin))
            }
            (Scale::Ratio, true, None) => format!("margin {}", ratio(self.margin)),
            (_, _, Some(floor)) => format!("margin {floor}"),
            (_, _, None) => "no margin".to_owned(),
        }
    }

    /// `40 pairs, interval at 95 %`; `None` for exact values.
    pub(crate) fn basis(&self) -> Option<String> {
        let level = self.level?;
        let noun = match (self.unpaired, self.pairs) {
            (true, _) => "runs a side",
            (false, 1) => "pair",
            (false, _) => "pairs",
        };
        Some(format!("{} {noun}, interval at {}", self.pairs, quantity::level(level)))
    }

    /// What is said of it, as a class of style sheets.
    pub(crate) fn tone(&self) -> &'static str {
        match self.verdict {
            _ if self.marked.is_some() => "open",
            MetricVerdict::Above | MetricVerdict::Below => "stands",
            MetricVerdict::Differs => "partly",
            MetricVerdict::Within | MetricVerdict::Inconclusive => "open",
        }
    }

    /// What to know about the row: what judging found, where inexact memory
    /// comes from, and that it was not measured in pairs.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = self.warnings.clone();
        let inexact = |(_, source): &&(SideName, MemorySource)| *source != MemorySource::VmHwm;
        let source = self.memory_source.0.iter().find(inexact).map(|(_, source)| source);
        if let Some(source) = source.filter(|one| !notes.iter().any(|n| n.contains(one.name()))) {
            notes.push(format!("memory read by {source}"));
        }
        if self.unpaired {
            notes.push(UNPAIRED.to_owned());
        }
        notes
    }
}

/// A count rounded as it should be read: 137 more pairs are about 140.
fn about(number: u64) -> u64 {
    let step = match number {
        0..=20 => 1,
        21..=99 => 5,
        100..=999 => 10,
        _ => 100,
    };
    number.div_ceil(step) * step
}

impl ProgramRow {
    /// What its profile puts in, and what its file tells.
    pub(crate) fn about(&self) -> String {
        let stripped = match self.stripped {
            Some(true) => "its file is stripped",
            Some(false) => "its file is not stripped",
            None => "no ELF file",
        };
        match &self.content {
            Some(content) => format!("{content}; {stripped}"),
            None => stripped.to_owned(),
        }
    }

    /// Enough of its digest to tell programs apart.
    pub(crate) fn digest(&self) -> String {
        self.sha256.chars().take(12).collect()
    }
}

/// Rows that are read together, under a heading where there are several.
pub(crate) struct Group<'a> {
    pub(crate) heading: Option<String>,
    pub(crate) rows: Vec<&'a MetricRow>,
}

impl CompareDocument {
    /// By numerator where there are several, by case where each is told;
    /// what is not of one case comes last.
    pub(crate) fn groups(&self) -> Vec<Group<'_>> {
        let several = self.sides.len() > 2;
        let mut groups: Vec<Group<'_>> = Vec::new();
        for row in &self.metrics {
            let heading = self.heading(row, several);
            match groups.iter_mut().find(|group| group.heading == heading) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { heading, rows: vec![row] }),
            }
        }
        let place = |group: &Group<'_>| {
            let numerator = &group.rows[0].numerator;
            let side = self.sides.iter().position(|side| &side.name == numerator);
            (if several { side } else { None }, self.case_of(group.rows[0]).is_none())
        };
        groups.sort_by_key(place);
        groups
    }

    fn heading(&self, row: &MetricRow, several: bool) -> Option<String> {
        let sides = several.then(|| format!("{} against {}", row.numerator, row.denominator));
        let case = match (self.frame.each_case, self.case_of(row)) {
            (true, Some(case)) => Some(format!("case {case}")),
            (true, None) => Some("all cases".to_owned()),
            (false, _) => None,
        };
        let parts: Vec<String> = sides.into_iter().chain(case).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// The case under whose heading a row stands. Start-up has a case of its
    /// own, which is not one of those measured.
    fn case_of<'a>(&self, row: &'a MetricRow) -> Option<&'a CaseId> {
        row.case.as_ref().filter(|_| self.frame.each_case && row.metric != Metric::StartUp)
    }

    /// The metric's short name; with its case where that is not told otherwise.
    pub(crate) fn label(&self, row: &MetricRow) -> String {
        let alike = |other: &&MetricRow| {
            other.metric == row.metric
                && other.numerator == row.numerator
                && self.case_of(other) == self.case_of(row)
        };
        match &row.case {
            Some(case) if self.metrics.iter().filter(alike).count() > 1 => {
                format!("{} {case}", row.metric)
            }
            _ => row.metric.to_string(),
        }
    }

    /// The metric where no heading says of what: `cpu, case big, rust-arena`.
    pub(crate) fn full_label(&self, row: &MetricRow) -> String {
        let label = self.label(row);
        let case = self.case_of(row).map(|case| format!(", case {case}")).unwrap_or_default();
        let side = match self.sides.len() {
            ..=2 => String::new(),
            _ => format!(", {}", row.numerator),
        };
        format!("{label}{case}{side}")
    }

    /// Why rows are marked, each reason once.
    pub(crate) fn marks(&self) -> Vec<&str> {
        let mut marks: Vec<&str> = Vec::new();
        for why in self.metrics.iter().filter_map(|row| row.marked.as_deref()) {
            if !marks.contains(&why) {
                marks.push(why);
            }
        }
        marks
    }

    /// `rust against go`.
    pub(crate) fn sides_line(&self) -> String {
        match self.sides.split_first() {
            Some((first, others)) => {
                let others: Vec<&str> = others.iter().map(|side| side.name.as_str()).collect();
                format!("{} against {}", others.join(", "), first.name)
            }
            None => String::new(),
        }
    }
}
