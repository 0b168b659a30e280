//! `compare` on a terminal: one screen of at most eighty columns, answers
//! first, then side effects, then a row a metric.

use anstyle::Style as Ansi;
use judge::{EffectVerdict, MetricVerdict};
use model::Scale;

use super::document::{CaseRow, CompareDocument, MetricRow};
use crate::Style;
use crate::layout::{WIDTH, columns, cut, elide, plain, wrap};
use crate::place;
use crate::screen::Screen;
use crate::verify::words::coarsest;

/// Most lines of the first difference.
const MOST_LINES: usize = 12;
/// Columns of the names of metrics, unless a name is longer.
const LABEL: usize = 9;
/// The longest name that others are aligned with.
const LONGEST_LABEL: usize = 17;

impl CompareDocument {
    /// The document for a terminal of eighty columns.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        screen.comparison_head(self);
        screen.answers(self);
        screen.effects(self);
        if let Some(withheld) = &self.withheld {
            screen.toned("numbers", style.falls, &format!("withheld: {}", withheld.why.join("; ")));
            screen.toned("", Ansi::new(), &withheld.way_on());
        }
        screen.metrics(self);
        for why in self.marks() {
            screen.mark(why);
        }
        for remark in &self.remarks {
            screen.hanging("note", remark);
        }
        screen.text
    }

    fn verdict_tone(row: &MetricRow, style: &Style) -> Ansi {
        match row.verdict {
            _ if row.marked.is_some() => style.faint,
            MetricVerdict::Above | MetricVerdict::Below => style.stands,
            MetricVerdict::Differs => style.partly,
            MetricVerdict::Within | MetricVerdict::Inconclusive => style.faint,
        }
    }
}

impl Screen<'_> {
    fn comparison_head(&mut self, document: &CompareDocument) {
        let words = format!(
            "evenhand {} · {} · {} · {}",
            document.frame.version,
            document.name,
            document.sides_line(),
            document.built()
        );
        let strong = self.style.strong;
        for (at, line) in wrap(&words, 0, 2).iter().enumerate() {
            let indent = if at == 0 { "" } else { "  " };
            self.line(&format!("{indent}{strong}{line}{strong:#}"));
        }
        let Some(environment) = &document.environment else { return };
        let mut machine = vec![place::machine(environment).join(", ")];
        machine.extend(document.toolchains());
        self.items("machine", &machine);
        let itself = coarsest(&document.self_check);
        if !itself.is_empty() {
            let mut items = vec!["this machine can tell apart".to_owned()];
            items.extend(itself);
            self.items("itself", &items);
        }
    }

    /// A label, and words in a tone hanging beside it.
    fn toned(&mut self, label: &str, tone: Ansi, words: &str) {
        const INDENT: usize = LABEL + 3;
        for (at, line) in wrap(words, INDENT, INDENT).iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.line(&format!("  {label:<LABEL$} {tone}{line}{tone:#}"));
        }
    }

    /// What the mark of a row means.
    fn mark(&mut self, why: &str) {
        let (falls, indent) = (self.style.falls, LABEL + 3);
        for (at, line) in wrap(why, indent, indent).iter().enumerate() {
            let label = if at == 0 { "! marked" } else { "" };
            self.line(&format!("{label:<indent$}{falls}{line}{falls:#}"));
        }
    }

    fn answers(&mut self, document: &CompareDocument) {
        let answers = &document.answers;
        let style = self.style;
        let tone = if answers.verdict.lets_pass() { style.stands } else { style.falls };
        self.toned("answers", tone, &answers.summary());
        for allowance in document.allowances() {
            self.toned("", style.faint, &allowance);
        }
        if let Some(first) = &document.first_difference {
            self.first_difference(first);
            if let Some(more) = answers.more() {
                self.toned("", style.faint, &format!("and {more}"));
            }
        }
    }

    /// Its title, and the lines as they are: a difference is read by column.
    fn first_difference(&mut self, first: &CaseRow) {
        const INDENT: usize = LABEL + 5;
        self.toned("", self.style.strong, &first.title());
        let lines = first.lines();
        for line in lines.iter().take(MOST_LINES) {
            self.line(&format!("{:INDENT$}{}", "", cut(line, WIDTH - INDENT)));
        }
        if lines.len() > MOST_LINES {
            let more = lines.len() - MOST_LINES;
            self.toned("", self.style.faint, &format!("and {more} more lines"));
        }
    }

    fn effects(&mut self, document: &CompareDocument) {
        let lines = document.effect_lines();
        if lines.is_empty() {
            self.toned("effects", self.style.faint, "not looked at");
        }
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { "effects" } else { "" };
            let tone = match line.verdict {
                EffectVerdict::Same => self.style.stands,
                EffectVerdict::Differs => self.style.falls,
                EffectVerdict::Allowed => self.style.partly,
                EffectVerdict::Unseen => self.style.faint,
            };
            self.toned(label, tone, &line.words);
            for seen in &line.seen {
                self.toned("", self.style.faint, seen);
            }
        }
    }

    fn metrics(&mut self, document: &CompareDocument) {
        for group in document.groups() {
            if let Some(heading) = &group.heading {
                let strong = self.style.strong;
                for line in wrap(heading, 2, 2) {
                    self.line(&format!("  {strong}{line}{strong:#}"));
                }
            }
            let rows: Vec<Line> = group.rows.iter().map(|row| Line::of(document, row)).collect();
            let widths = Widths::of(&rows);
            for (row, line) in group.rows.iter().zip(&rows) {
                let tone = CompareDocument::verdict_tone(row, self.style);
                self.metric(line, &widths, tone);
                for note in row.notes() {
                    self.hang(widths.label + 3, self.style.faint, &note);
                }
            }
        }
    }

    /// On one line if it fits; what does not hangs below, the verdict first.
    fn metric(&mut self, line: &Line, widths: &Widths, tone: Ansi) {
        let strong = self.style.strong;
        let label = format!("{} {strong}{}{strong:#}", line.mark, line.label);
        let gap = widths.label.saturating_sub(columns(&line.label)) + 1;
        let mut flow = Flow {
            written: label + &" ".repeat(gap),
            used: 2 + columns(&line.label) + gap,
            indent: widths.label + 3,
            fresh: true,
            screen: self,
        };
        let aligned = if line.flows { (0, 0) } else { (widths.comparison, widths.interval) };
        flow.push(Ansi::new(), &line.comparison, aligned.0);
        flow.push(Ansi::new(), &line.interval, aligned.1);
        flow.push(tone, &line.verdict, 0);
        let faint = flow.screen.style.faint;
        flow.push(faint, &line.values, 0);
        flow.end();
    }

    fn hang(&mut self, indent: usize, tone: Ansi, text: &str) {
        for line in wrap(text, indent, indent) {
            self.line(&format!("{:indent$}{tone}{line}{tone:#}", ""));
        }
    }
}

/// Parts of a row one after the other, kept whole, on as few lines as hold them.
struct Flow<'a, 'b> {
    screen: &'a mut Screen<'b>,
    written: String,
    used: usize,
    indent: usize,
    /// Whether nothing but a label or an indent stands in the line.
    fresh: bool,
}

impl Flow<'_, '_> {
    fn push(&mut self, tone: Ansi, text: &str, width: usize) {
        let taken = columns(text).max(width);
        let gap = if self.fresh { 0 } else { 2 };
        if taken == 0 {
            return;
        }
        if self.used + gap + columns(text) <= WIDTH {
            let pad = " ".repeat(taken - columns(text));
            self.written.push_str(&format!("{:gap$}{tone}{text}{tone:#}{pad}", ""));
            self.used += gap + taken;
            self.fresh = false;
            return;
        }
        self.end();
        if self.indent + columns(text) > WIDTH {
            self.screen.hang(self.indent, tone, text);
        } else {
            self.push(tone, text, 0);
        }
    }

    /// Ends the line; what follows hangs under it.
    fn end(&mut self) {
        if !self.written.trim().is_empty() {
            self.screen.line(&self.written);
        }
        self.written = " ".repeat(self.indent);
        self.used = self.indent;
        self.fresh = true;
    }
}

/// A metric's row in the parts that are aligned.
struct Line {
    mark: char,
    /// Whether it is not aligned with the others: differences are long.
    flows: bool,
    label: String,
    comparison: String,
    interval: String,
    verdict: String,
    values: String,
}

impl Line {
    fn of(document: &CompareDocument, row: &MetricRow) -> Self {
        let interval = row.interval().map(|interval| format!("({interval})"));
        Self {
            mark: if row.marked.is_some() { '!' } else { ' ' },
            flows: row.scale == Scale::Difference,
            label: elide(&document.label(row), WIDTH / 2),
            comparison: row.comparison().unwrap_or_default(),
            interval: interval.unwrap_or_default(),
            verdict: plain(&row.verdict_words()),
            values: row.both_values().unwrap_or_default(),
        }
    }
}

struct Widths {
    label: usize,
    comparison: usize,
    interval: usize,
}

impl Widths {
    fn of(lines: &[Line]) -> Self {
        let widest = |part: fn(&Line) -> &str| {
            lines.iter().map(|line| columns(part(line))).max().unwrap_or(0)
        };
        Self {
            label: widest(|line| &line.label).clamp(LABEL, LONGEST_LABEL),
            comparison: widest(|line| if line.flows { "" } else { &line.comparison }),
            interval: widest(|line| if line.flows { "" } else { &line.interval }),
        }
    }
}

impl CompareDocument {
    /// Toolchains, machine and profile in a line.
    pub(crate) fn place_line(&self) -> String {
        let mut parts = self.toolchains();
        parts.extend(self.environment.as_ref().map(|place| place::machine(place).join(", ")));
        parts.push(self.built());
        parts.join(" · ")
    }

    /// The profile, unless nothing was built here.
    pub(crate) fn built(&self) -> String {
        match self.run {
            Some(_) => self.profile.to_string(),
            None => "measured elsewhere".to_owned(),
        }
    }

    /// `Rust 1.95.0 (7 months old)`, once a language.
    pub(crate) fn toolchains(&self) -> Vec<String> {
        let (Some(environment), Some(run)) = (&self.environment, &self.run) else {
            return Vec::new();
        };
        let as_of = run.started.to_zoned(jiff::tz::TimeZone::UTC).date();
        let sides = self.sides.iter().filter_map(|side| environment.toolchains.get(&side.name));
        let mut toolchains: Vec<String> = Vec::new();
        for words in sides.map(|toolchain| place::toolchain(toolchain, as_of)) {
            if !toolchains.contains(&words) {
                toolchains.push(words);
            }
        }
        toolchains
    }
}
