//! A decision for a reader: one file, no network, no script. The answer first,
//! then what each option is worth and why, what would turn it, and what it
//! stands on.

use minijinja::value::Serde;
use serde::Serialize;

use super::document::DecisionDocument;
use super::rows::{EvidenceRow, OptionRow};
use crate::page::{self, PageError};

const TEMPLATES: [(&str, &str); 1] = [("decision.html", include_str!("decision.html"))];

/// What `decision.html` is filled with.
#[derive(Serialize)]
struct Page<'a> {
    version: &'a str,
    looks: &'static str,
    css: &'static str,
    document: &'a DecisionDocument,
    title: &'a str,
    outcome: &'a str,
    tone: &'static str,
    decided: String,
    expires: String,
    musts: Vec<MustView<'a>>,
    gains: Vec<&'a str>,
    costs: Vec<&'a str>,
    rival: Option<&'a str>,
    boundaries: &'a [String],
    bars: Vec<BarView<'a>>,
    legend: Vec<(&'a str, usize)>,
    heads: Vec<&'a str>,
    pure: Vec<&'a str>,
    values: Vec<ValueView<'a>>,
    evidence: Vec<EvidenceView>,
    evidence_words: &'a str,
    unknown: Vec<String>,
    next: Vec<NextView<'a>>,
    weighed: bool,
    no_weight: bool,
}

#[derive(Serialize)]
struct MustView<'a> {
    requires: &'a str,
    why: Option<&'a str>,
    met: Vec<(&'a str, &'static str)>,
}

/// An option as a bar, a part a criterion.
#[derive(Serialize)]
struct BarView<'a> {
    title: &'a str,
    chosen: bool,
    told: String,
    parts: Vec<PartView<'a>>,
}

#[derive(Serialize)]
struct PartView<'a> {
    colour: usize,
    criterion: &'a str,
    width: String,
    told: String,
}

#[derive(Serialize)]
struct ValueView<'a> {
    criterion: &'a str,
    asked: String,
    points: String,
    why: Option<&'a str>,
    values: &'a [String],
}

#[derive(Serialize)]
struct EvidenceView {
    what: String,
    kind: &'static str,
    from: String,
}

#[derive(Serialize)]
struct NextView<'a> {
    what: String,
    saves: String,
    commands: &'a [String],
}

/// Colours that can be told apart; more criteria than that begin anew.
const COLOURS: usize = 8;

impl DecisionDocument {
    /// The page, complete in one file.
    ///
    /// # Errors
    /// If a template and what fills it do not fit each other.
    pub fn html(&self) -> Result<String, PageError> {
        let templates = page::templates(&TEMPLATES)?;
        let template = templates.get_template("decision.html")?;
        Ok(template.render(Serde(self.page()))?)
    }

    fn page(&self) -> Page<'_> {
        let words = &self.words;
        let weighed = matches!(self.outcome, "choose" | "lean" | "either" | "not_settled");
        Page {
            version: &self.version,
            looks: page::LOOKS,
            css: include_str!("decision.css"),
            document: self,
            title: &self.question,
            outcome: &words.outcome,
            tone: self.tone(),
            decided: page::day(self.decided),
            expires: page::day(self.expires),
            musts: self.must_views(),
            gains: words.gains.iter().map(|gain| gain.words.as_str()).collect(),
            costs: words.costs.iter().map(|cost| cost.words.as_str()).collect(),
            rival: words.rival.as_deref(),
            boundaries: &words.boundaries,
            bars: if weighed { self.bars() } else { Vec::new() },
            legend: self.legend(),
            heads: self.options.iter().map(|option| option.title.as_str()).collect(),
            pure: self.pure().map(|option| option.title.as_str()).collect(),
            values: self.value_views(),
            evidence: self.evidence.iter().map(evidence_view).collect(),
            evidence_words: &words.evidence,
            unknown: words.unknown.iter().map(|item| crate::prose::sentence(item)).collect(),
            next: self.next_views(),
            weighed,
            no_weight: weighed
                && !self.flips.iter().any(|flip| flip.kind == "weight")
                && self.choice.is_some(),
        }
    }

    fn tone(&self) -> &'static str {
        match self.outcome {
            "choose" | "by_constraint" | "either" => "stands",
            "no_option" => "falls",
            _ => "partly",
        }
    }

    fn must_views(&self) -> Vec<MustView<'_>> {
        let of = |index: usize| {
            let met = |option: &'_ OptionRow| option.musts[index].standing;
            self.options.iter().map(|option| (option.title.as_str(), sign(met(option)))).collect()
        };
        let all = self.musts.iter().enumerate();
        all.map(|(index, must)| MustView {
            requires: &must.requires,
            why: must.why.as_deref(),
            met: of(index),
        })
        .collect()
    }

    /// What is left, the best first.
    fn bars(&self) -> Vec<BarView<'_>> {
        let mut left: Vec<(usize, &OptionRow, f64)> = self
            .options
            .iter()
            .enumerate()
            .filter_map(|(index, option)| Some((index, option, option.worth?)))
            .collect();
        left.sort_by(|one, other| other.2.total_cmp(&one.2));
        left.into_iter().map(|(index, option, worth)| self.bar(index, option, worth)).collect()
    }

    fn bar<'a>(&'a self, index: usize, option: &'a OptionRow, worth: f64) -> BarView<'a> {
        let parts = option.criteria.iter().enumerate().filter(|(_, of)| of.contributes > 0.002);
        let parts = parts.map(|(at, of)| PartView {
            colour: at % COLOURS,
            criterion: of.criterion.as_str(),
            width: format!("{:.2}", of.contributes * 100.0),
            told: format!(
                "{}: {}, which adds {:.2} of at most {:.2}",
                of.criterion,
                self.words.values[at][index],
                of.contributes,
                of.contributes / of.worth.max(f64::MIN_POSITIVE)
            ),
        });
        BarView {
            title: &option.title,
            chosen: self.chosen == Some(index),
            told: format!(
                "worth {worth:.2} of 1, nearly as good as the best in {:.0} % of the draws",
                option.safe * 100.0
            ),
            parts: parts.collect(),
        }
    }

    fn legend(&self) -> Vec<(&str, usize)> {
        let all = self.criteria.iter().enumerate().filter(|(_, row)| row.points > 0.0);
        all.map(|(at, row)| (row.criterion.as_str(), at % COLOURS)).collect()
    }

    fn value_views(&self) -> Vec<ValueView<'_>> {
        let all = self.criteria.iter().enumerate();
        all.map(|(at, row)| ValueView {
            criterion: row.criterion.as_str(),
            asked: format!("from {} to {} {}", row.floor, row.goal, row.unit),
            points: row.points.to_string(),
            why: row.why.as_deref(),
            values: &self.words.values[at][..self.pure().count()],
        })
        .collect()
    }

    /// Options for everything, which come first; splits are made of their values.
    fn pure(&self) -> impl Iterator<Item = &OptionRow> {
        let one = |option: &&OptionRow| {
            option.components.windows(2).all(|pair| pair[0].option == pair[1].option)
        };
        self.options.iter().filter(one)
    }

    fn next_views(&self) -> Vec<NextView<'_>> {
        let all = self.next.iter().map(|next| {
            let place = next.component.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
            NextView {
                what: format!("{}{place}", next.criterion),
                saves: format!("{:.0} %", next.saves * 100.0),
                commands: &next.commands,
            }
        });
        all.collect()
    }
}

fn sign(standing: &str) -> &'static str {
    match standing {
        "in" => "meets it",
        "out" => "fails it",
        _ => "nobody knows",
    }
}

fn evidence_view(row: &EvidenceRow) -> EvidenceView {
    let place = row.component.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
    let mut from: Vec<String> = Vec::new();
    if let Some(run) = &row.run {
        let pairs = row.pairs.map(|pairs| format!(", {pairs} pairs")).unwrap_or_default();
        from.push(format!("run {run}{pairs}"));
    }
    from.extend(row.day.map(|day| day.to_string()));
    from.extend(row.source.clone());
    if row.missing {
        from.push("not measured yet".to_owned());
    }
    from.extend(row.command.clone().filter(|_| row.missing));
    EvidenceView {
        what: format!("{}{place} with {}", row.criterion, row.option),
        kind: row.kind.map_or("nothing known", |kind| kind.name()),
        from: from.join(" · "),
    }
}
