//! From what was judged to what is shown.

use judge::{AnswersVerdict, GuardJudged, GuardVerdict};
use model::Metric;

use super::document::{CheckDocument, ContractRow, Evidence, GuardRow, OverallAnswers, SCHEMA};
use super::words;
use crate::compare::{CompareDocument, MeasuredIn};
use crate::conceal;
use crate::verify::BySide;

/// Everything that a document of `check` is made from.
#[derive(Debug, Clone, Copy)]
pub struct CheckInput<'a> {
    /// One contract; with a base one a side.
    pub parts: &'a [CheckPart<'a>],
    /// The revision that was checked against, if one was.
    pub base: Option<&'a str>,
    /// The code that the command will end with.
    pub exit: u8,
    /// Evenhand's own version.
    pub version: &'a str,
    /// The command that repeats it.
    pub command: &'a str,
    /// Words that must not leave this machine, each with what stands for it.
    pub conceal: &'a [(String, String)],
}

/// One contract with what came of its guards.
#[derive(Debug, Clone, Copy)]
pub struct CheckPart<'a> {
    /// Its name; unique.
    pub name: &'a str,
    /// What its programs did: answers, side effects, where and when.
    pub compared: &'a CompareDocument,
    /// Its guards, confirmed where they were.
    pub guards: &'a [GuardJudged],
    /// Where the evidence comes from.
    pub evidence: EvidenceFrom,
    /// Whether a failure was looked for in a second, fresh set.
    pub second_set: bool,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
}

/// Where evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceFrom {
    /// Measured now.
    Fresh,
    /// The store.
    Stored {
        /// How long ago it was begun.
        age_seconds: i64,
    },
    /// What there is is too old.
    Expired,
}

impl CheckDocument {
    /// The document of what was checked.
    pub fn new(input: &CheckInput<'_>) -> Self {
        let open = |text: &str| conceal::open(text, input.conceal);
        Self {
            schema: SCHEMA,
            guards: input
                .parts
                .iter()
                .flat_map(|part| part.guards.iter().map(|guard| part.guard(guard, &open)))
                .collect(),
            answers: overall(input.parts),
            contracts: input.parts.iter().map(|part| part.contract(&open)).collect(),
            exit: input.exit,
            exit_means: words::exit_means(input.exit).to_owned(),
            base: input.base.map(open),
            version: input.version.to_owned(),
            command: open(input.command),
        }
    }
}

/// The worst verdict, and all cases.
fn overall(parts: &[CheckPart<'_>]) -> OverallAnswers {
    let badness = |verdict: &AnswersVerdict| match verdict {
        AnswersVerdict::Same => 0,
        AnswersVerdict::Allowed => 1,
        AnswersVerdict::NotComparable => 2,
        AnswersVerdict::Differ => 3,
    };
    let answers = || parts.iter().map(|part| &part.compared.answers);
    OverallAnswers {
        verdict: answers()
            .map(|row| row.verdict)
            .max_by_key(badness)
            .unwrap_or(AnswersVerdict::NotComparable),
        cases: answers().map(|row| row.cases).sum(),
        differing: answers().map(|row| row.differing).sum(),
    }
}

impl EvidenceFrom {
    fn kind(self) -> Evidence {
        match self {
            Self::Fresh => Evidence::Fresh,
            Self::Stored { .. } => Evidence::Stored,
            Self::Expired => Evidence::Expired,
        }
    }

    fn age_seconds(self) -> Option<i64> {
        match self {
            Self::Stored { age_seconds } => Some(age_seconds),
            Self::Fresh | Self::Expired => None,
        }
    }
}

impl CheckPart<'_> {
    fn contract(&self, open: &impl Fn(&str) -> String) -> ContractRow {
        let compared = self.compared;
        let measured = self.evidence != EvidenceFrom::Expired;
        ContractRow {
            name: open(self.name),
            answers: compared.answers.clone(),
            effects: compared.effects.clone(),
            first_difference: compared.first_difference.clone(),
            evidence: self.evidence.kind(),
            age_seconds: self.evidence.age_seconds(),
            second_set: self.second_set,
            interrupted: self.interrupted,
            remarks: compared.remarks.clone(),
            run: compared.run.clone().filter(|_| measured),
            place: measured.then(|| compared.place_line()),
        }
    }

    fn guard(&self, judged: &GuardJudged, open: &impl Fn(&str) -> String) -> GuardRow {
        let of_sides = judged.against.is_some();
        let sides = self.compared.sides.iter().map(|side| &side.name);
        let values = sides.filter_map(|side| Some((side.clone(), *judged.values.get(side)?)));
        GuardRow {
            name: judged.guard.clone(),
            verdict: judged.verdict,
            metric: judged.metric,
            case: judged.case.clone(),
            side: judged.side.clone(),
            against: judged.against.clone(),
            ratio: judged.seen.filter(|_| of_sides),
            value: judged.seen.filter(|_| !of_sides),
            low: judged.low,
            high: judged.high,
            limit: judged.limit,
            margin: judged.margin,
            floor: judged.floor,
            unit: self.unit(judged.metric).unwrap_or(MeasuredIn::Unit(judged.unit)),
            pairs: judged.pairs,
            values: BySide(values.collect()),
            evidence: self.evidence.kind(),
            age_seconds: self.evidence.age_seconds(),
            confirmed: self.second_set && judged.verdict == GuardVerdict::Fails,
            why: open(&judged.why),
            notice: judged.notice.as_deref().map(open),
            contract: open(self.name),
        }
    }

    /// What a metric of the user's own counts, as `compare` tells it.
    fn unit(&self, metric: Metric) -> Option<MeasuredIn> {
        let row = self.compared.metrics.iter().find(|row| row.metric == metric)?;
        Some(row.unit.clone())
    }
}
