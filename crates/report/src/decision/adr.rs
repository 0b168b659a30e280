//! A record after MADR 4 (adr.github.io/madr): the same headings in the same
//! order, the reasons with their numbers, and under Confirmation what `check`
//! reads again.

use std::fmt::Write;

use model::decision::Record;

use super::document::DecisionDocument;
use super::rows::{EvidenceRow, FlipRow, MustRow, OptionRow};
use super::words::listed;
use crate::markdown::{code_span, escaped, table, table_row};

impl DecisionDocument {
    /// The record. `decision` is the decision's file as seen from it, `record`
    /// the record's own, as `check` will be given it.
    pub fn adr(&self, decision: &str, record: &str) -> String {
        let mut text = self.front_matter();
        let title = self.question.trim_end_matches('.');
        let mut add = |part: String| {
            text.push_str(part.trim_end());
            text.push_str("\n\n");
        };
        add(format!("# {}", escaped(title)));
        add(escaped(&self.summary));
        add(format!("## Context and Problem Statement\n\n{}", escaped(&self.question)));
        add(format!("## Decision Drivers\n\n{}", self.drivers()));
        add(format!("## Considered Options\n\n{}", self.considered()));
        add(format!("## Decision Outcome\n\n{}", self.decided()));
        add(format!("### Consequences\n\n{}", self.consequences()));
        add(format!("### Confirmation\n\n{}", self.confirmation(decision, record)));
        add(format!("## Pros and Cons of the Options\n\n{}", self.pros_and_cons()));
        add(format!("## More Information\n\n{}", self.more_information()));
        text.trim_end().to_owned() + "\n"
    }

    /// `accepted`, or `proposed` where nothing is settled.
    fn status(&self) -> &'static str {
        match self.outcome {
            "choose" | "by_constraint" | "either" => "accepted",
            _ => "proposed",
        }
    }

    fn front_matter(&self) -> String {
        let mut runs: Vec<String> = self
            .evidence
            .iter()
            .filter_map(|row| row.run.as_ref().map(ToString::to_string))
            .collect();
        runs.sort();
        runs.dedup();
        format!(
            "---\nstatus: {}\ndate: {}\ndecision-hash: {}\nevidence-runs: [{}]\nexpires: {}\n---\n\n",
            self.status(),
            self.decided,
            self.hash,
            runs.join(", "),
            self.expires
        )
    }

    /// Musts, then weights.
    fn drivers(&self) -> String {
        let mut text = String::new();
        for must in &self.musts {
            let why = must.why.as_ref().map(|why| format!(" {}", escaped(why))).unwrap_or_default();
            let _ = writeln!(text, "* Must: {}.{why}", escaped(&must.requires));
        }
        for criterion in &self.criteria {
            let why =
                criterion.why.as_ref().map(|why| format!(" {}", escaped(why))).unwrap_or_default();
            let _ = writeln!(
                text,
                "* {}: from {} to {} {} matters {} of 100.{why}",
                escaped(criterion.criterion.as_str()),
                criterion.floor,
                criterion.goal,
                escaped(&criterion.unit),
                criterion.points
            );
        }
        text
    }

    fn considered(&self) -> String {
        let mut text = String::new();
        for option in &self.options {
            let _ = writeln!(text, "* {}", escaped(&option.title));
        }
        text + &match &self.incumbent {
            Some(incumbent) => format!("* Do nothing: {} as it is stays\n", escaped(incumbent)),
            None => "* Do nothing: it is not written at all\n".to_owned(),
        }
    }

    fn decided(&self) -> String {
        let chosen = match (&self.choice, self.outcome) {
            (None, "no_option") => "No option is left.".to_owned(),
            (None, _) => "Nothing is chosen yet.".to_owned(),
            (Some(_), "lean") => {
                format!("Leaning to \u{201c}{}\u{201d}, not settled.", self.chosen_title())
            }
            (Some(_), _) => format!("Chosen option: \u{201c}{}\u{201d}.", self.chosen_title()),
        };
        let mut text = format!("{} {}\n", escaped(&chosen), escaped(&self.summary));
        for boundary in &self.words.boundaries {
            let _ = write!(text, "\n* Boundary: {}", escaped(boundary));
        }
        text
    }

    pub(super) fn chosen_title(&self) -> &str {
        self.chosen.and_then(|chosen| self.options.get(chosen)).map_or("", |option| &option.title)
    }

    /// What is gained, and the advantages given up, with numbers.
    fn consequences(&self) -> String {
        let mut text = String::new();
        for gain in &self.words.gains {
            let _ = writeln!(text, "* Good, because of {}", escaped(&gain.words));
        }
        for cost in &self.words.costs {
            let _ = writeln!(text, "* Bad, because it gives up {}", escaped(&cost.words));
        }
        match text.is_empty() {
            true => "* Neutral: nothing is gained or given up that was weighed\n".to_owned(),
            false => text,
        }
    }

    fn confirmation(&self, decision: &str, record: &str) -> String {
        let command = code_span(&format!("evenhand check {}", shell_word(record)));
        let mut text = format!(
            "{command} exits with 1 when one of these turns, and with 5 from {} on.\n\n",
            self.expires
        );
        for flip in &self.flips {
            let _ = writeln!(text, "* {}", escaped(&flip.words));
        }
        if self.flips.is_empty() {
            text.push_str("* Nothing that could plausibly change turns it.\n");
        }
        format!("{text}\n{}\n{}```\n", Record::FENCE, self.block(decision))
    }

    fn block(&self, decision: &str) -> String {
        let mut text = format!(
            "decision = {}\nhash = {}\ndecided = {}\nexpires = {}\noutcome = {}\n",
            quoted(decision),
            quoted(&self.hash),
            self.decided,
            self.expires,
            quoted(self.outcome)
        );
        if let Some(choice) = &self.choice {
            let _ = writeln!(text, "choice = {}", quoted(choice));
        }
        for flip in &self.flips {
            text.push_str(&watch(flip));
        }
        text
    }

    fn pros_and_cons(&self) -> String {
        let mut text = String::new();
        for (index, option) in self.options.iter().enumerate() {
            let _ = writeln!(text, "### {}\n", escaped(&option.title));
            for met in &option.musts {
                let said = match met.standing {
                    "in" => "Good, because it meets",
                    "out" => "Bad, because it does not meet",
                    _ => "Neutral, because nobody knows whether it meets",
                };
                let must = self.musts.iter().find(|must| must.must == met.must);
                let _ = writeln!(
                    text,
                    "* {said} {}",
                    must.map_or(String::new(), |must| self.must_words(must))
                );
            }
            for (at, criterion) in option.criteria.iter().enumerate() {
                let sign = match criterion.worth {
                    _ if self.criteria[at].points == 0.0 => "Neutral, for it was not weighed:",
                    _ if option.standing == "out" => "Neutral, ruled out before it was weighed:",
                    worth if worth >= 2.0 / 3.0 => "Good, because",
                    worth if worth <= 1.0 / 3.0 => "Bad, because",
                    _ => "Neutral, because",
                };
                let values = escaped(&self.words.values[at][index]);
                let from = escaped(&self.told_by(option, criterion.criterion.as_str()));
                let _ = writeln!(text, "* {sign} {}: {values} ({from})", criterion.criterion);
            }
            text.push('\n');
        }
        text.push_str("### Do nothing\n\n* Neutral, because what it costs to stay was not asked: put it in as an option's estimates where it matters\n");
        text
    }

    /// A must with where its fact is from.
    fn must_words(&self, must: &MustRow) -> String {
        let mut told: Vec<String> = must.source.iter().map(|source| escaped(source)).collect();
        told.extend(must.claim.as_ref().and_then(|claim| self.words.claims.get(claim)).cloned());
        match told.is_empty() {
            true => escaped(&must.requires),
            false => format!("{} ({})", escaped(&must.requires), told.join("; ")),
        }
    }

    /// The claim with its verdict and date, else the kind of evidence and its date.
    fn told_by(&self, option: &OptionRow, criterion: &str) -> String {
        let used = |row: &&EvidenceRow| {
            row.criterion.as_str() == criterion
                && option.components.iter().any(|at| at.option == row.option)
        };
        let mut told: Vec<String> = self.evidence.iter().filter(used).map(evidence_words).collect();
        told.dedup();
        let claim = self.criteria.iter().find(|row| row.criterion.as_str() == criterion);
        told.extend(claim.and_then(|row| self.words.claims.get(row.claim.as_ref()?)).cloned());
        match told.is_empty() {
            true => format!("counted, {}", self.decided),
            false => told.join("; "),
        }
    }

    fn more_information(&self) -> String {
        let mut text = format!("* Evidence: {}\n", escaped(&self.words.evidence));
        for unknown in &self.words.unknown {
            let _ = writeln!(text, "* Not known: {}", escaped(unknown));
        }
        for next in &self.next {
            let how = match next.commands.as_slice() {
                [] => "nothing measures it; narrow the estimate".to_owned(),
                commands => listed(&commands.iter().map(|it| code_span(it)).collect::<Vec<_>>()),
            };
            let _ = writeln!(
                text,
                "* Knowing {} would tell {:.0} %: {how}",
                next.criterion,
                next.saves * 100.0
            );
        }
        let _ = writeln!(
            text,
            "* {} draws, seed {}, nearly as good within {}, weights as concentrated as {}; evenhand {}\n",
            self.draws, self.seed, self.delta, self.concentration, self.version
        );
        let rows = self.options.iter().map(|option| {
            let worth = option.worth.map_or("ruled out".to_owned(), |worth| format!("{worth:.2}"));
            table_row(&[
                escaped(&option.title),
                format!("{:.0} %", option.safe * 100.0),
                worth,
                option.parts.to_string(),
            ])
        });
        text + &table(&["Option", "nearly as good as the best", "expected worth", "parts"], rows)
    }
}

fn evidence_words(row: &EvidenceRow) -> String {
    let kind = row.kind.map_or("nothing known", |kind| kind.name());
    let from = match (&row.run, row.missing) {
        (Some(run), _) => format!(" run {run}"),
        (None, true) => ", no run yet".to_owned(),
        (None, false) => String::new(),
    };
    let day = row.day.map(|day| format!(", {day}")).unwrap_or_default();
    let source = row.source.as_ref().map(|source| format!(": {source}")).unwrap_or_default();
    format!("{kind}{from}{day}{source}")
}

fn watch(flip: &FlipRow) -> String {
    let mut text =
        format!("\n[[watch]]\nkind = {}\nof = {}\n", quoted(flip.kind), quoted(&flip.of));
    if let Some(option) = &flip.option {
        let _ = writeln!(text, "option = {}", quoted(option.as_str()));
    }
    if let Some(component) = &flip.component {
        let _ = writeln!(text, "component = {}", quoted(component.as_str()));
    }
    for (key, value) in [("was", flip.now), ("at", flip.at), ("others", flip.others)] {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            let _ = writeln!(text, "{key} = {}", rounded(value));
        }
    }
    let to: Vec<String> = flip.to.iter().map(|to| quoted(to)).collect();
    let _ = writeln!(text, "to = [{}]", to.join(", "));
    text
}

/// Six digits are more than any value here is known to.
fn rounded(value: f64) -> String {
    if value == 0.0 {
        return "0.0".to_owned();
    }
    let scale = 10_f64.powf(5.0 - value.abs().max(f64::MIN_POSITIVE).log10().floor());
    let rounded = (value * scale).round() / scale;
    if rounded.fract() == 0.0 { format!("{rounded:.1}") } else { rounded.to_string() }
}

/// A path as a shell takes it.
fn shell_word(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}
