//! From what was judged to what is shown: the same facts in the order and
//! names of the document, free of what must not leave the machine.

use std::collections::BTreeMap;

use judge::{Evidence, Finding, JudgedAttempt, JudgedClaim, Judgement, SelfCheck, Subject};
use model::{Claim, Comparison, Experiment, Relation, RunFacts, Seen, SideName, Suits, Workload};

use crate::conceal;
use crate::defect::{self, DefectTexts, GateRow};

use super::classes::ClassesRow;
use super::document::{
    AttemptRow, BySide, ClaimRow, CoverageCounts, EvidenceRow, Frame, Measured, RunHead, SCHEMA,
    SelfCheckRow, Shown, SourceRow, VerifyDocument, WorkloadNote,
};
use super::lineup::LineupRow;

/// Everything that a document of `verify` is made from.
#[derive(Debug, Clone, Copy)]
pub struct VerifyInput<'a> {
    /// The pack.
    pub comparison: &'a Comparison,
    /// The verdicts.
    pub judgement: &'a Judgement,
    /// What was run; `None` for a list.
    pub run: Option<RunView<'a>>,
    /// The texts of defects.
    pub texts: &'a DefectTexts,
    /// Evenhand's own version.
    pub version: &'a str,
    /// Words that must not leave this machine, each with what stands for it:
    /// the home folder (`~`), the host's and the user's name. Texts of tools
    /// may hold them.
    pub conceal: &'a [(String, String)],
}

/// A run as a document needs it.
#[derive(Debug, Clone, Copy)]
pub struct RunView<'a> {
    /// What was stored of it.
    pub facts: &'a RunFacts,
    /// The command that repeats it.
    pub repeat: &'a str,
    /// The pack as the command line names it; `None` is the one that needs no name.
    pub pack: Option<&'a str>,
}

impl VerifyDocument {
    /// The document of a judgement.
    pub fn new(input: &VerifyInput<'_>) -> Self {
        let Judgement {
            claims,
            coverage,
            self_check,
            lineups,
            defects,
            gate_costs,
            remarks,
            as_of,
        } = input.judgement;
        Self {
            schema: SCHEMA,
            pack: input.comparison.pack.clone(),
            environment: input
                .run
                .map(|run| conceal::place(&run.facts.run.environment, input.conceal)),
            coverage: CoverageCounts {
                claims: coverage.claims,
                contested: coverage.contested,
                run: coverage.run,
                documented: coverage.documented,
                judgement: coverage.judgement,
                not_run: coverage.not_run,
            },
            self_check: self_check.iter().map(SelfCheckRow::of).collect(),
            claims: claims.iter().filter_map(|judged| input.claim_row(judged)).collect(),
            remarks: input.open_all(remarks),
            run: input.run.map(|run| RunHead::of(run.facts, input.open(run.repeat))),
            as_of: *as_of,
            lineups: lineups.iter().map(LineupRow::of).collect(),
            defects: defect::rows(input.comparison, defects, input.texts, input.conceal),
            gates: gate_costs.iter().map(|cost| GateRow::of(input.comparison, cost)).collect(),
            frame: frame(input),
        }
    }
}

impl SourceRow {
    pub(crate) fn of(source: &model::Source) -> Self {
        Self {
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source.url.clone(),
            checked: source.checked,
            max_age_days: source.max_age_days,
        }
    }
}

impl SelfCheckRow {
    pub(crate) fn of(check: &SelfCheck) -> Self {
        Self {
            workload: check.workload.clone(),
            metric: check.metric,
            ratio: check.ratio,
            low: check.low,
            high: check.high,
            side: check.side.clone(),
            case: check.case.clone(),
            tells_apart: check.tells_apart,
        }
    }
}

impl RunHead {
    /// The head of a stored run, with the command that repeats it.
    pub(crate) fn of(facts: &RunFacts, repeat: String) -> Self {
        let run = &facts.run;
        Self {
            id: run.id.clone(),
            started: run.started,
            mode: run.plan.mode,
            seed: run.plan.seed,
            version: run.version.clone(),
            pack_hash: run.pack_hash.clone(),
            repeat,
            end: facts.end,
        }
    }
}

impl VerifyInput<'_> {
    fn open(&self, text: &str) -> String {
        conceal::open(text, self.conceal)
    }

    fn open_all(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.open(text)).collect()
    }

    fn claim_row(&self, judged: &JudgedClaim) -> Option<ClaimRow> {
        let claim = self.comparison.claim(&judged.id)?;
        Some(ClaimRow {
            id: judged.id.clone(),
            reference: claim.reference.clone(),
            dimension: claim.dimension().to_owned(),
            standing: claim.standing,
            kind: claim.kind,
            verdict: judged.verdict,
            reason: self.open(&judged.reason),
            experiments: judged.experiments.clone(),
            evidence: judged.evidence.iter().map(|row| self.evidence_row(row)).collect(),
            text: claim.text.clone(),
            conditions: self.open_all(&judged.conditions),
            suits: suited(&claim.suits),
            sources: self.source_rows(claim),
            attempts: judged.attempts.iter().map(|attempt| self.attempt_row(attempt)).collect(),
            classes: judged.classes.iter().map(ClassesRow::of).collect(),
        })
    }

    fn attempt_row(&self, attempt: &JudgedAttempt) -> AttemptRow {
        AttemptRow {
            experiment: attempt.experiment.clone(),
            item: attempt.item.clone(),
            side: attempt.side.clone(),
            about: attempt.about.clone(),
            toolchain: attempt.toolchain.clone(),
            version: attempt.version.clone(),
            expected: attempt.expected.clone(),
            seen: self.open(&attempt.seen),
            passed: attempt.passed,
            as_said: attempt.as_said,
            seconds: attempt.seconds,
        }
    }

    fn source_rows(&self, claim: &Claim) -> Vec<SourceRow> {
        let sources = claim.sources.iter().filter_map(|key| self.comparison.sources.get(key));
        sources.map(SourceRow::of).collect()
    }

    fn evidence_row(&self, row: &Evidence) -> EvidenceRow {
        let (finding, why, more_pairs) = shown(&row.finding);
        let (metric, about) = match &row.subject {
            Subject::Metric(metric) => (Measured::Metric(*metric), None),
            Subject::Slope { metric, per } => {
                (Measured::Slope { metric: *metric, per: per.clone() }, None)
            }
            Subject::Fact { id, about } => (Measured::Fact(id.clone()), Some(about.clone())),
        };
        EvidenceRow {
            experiment: Experiment::Workload(row.workload.clone()),
            metric,
            unit: row.unit,
            profile: row.profile,
            tier: row.tier,
            numerator: row.numerator.clone(),
            denominator: row.denominator.clone(),
            scale: row.scale,
            ratio: row.ratio,
            difference: row.difference,
            low: row.low,
            high: row.high,
            level: row.level,
            pairs: row.pairs,
            margin: row.margin,
            floor: row.floor,
            favours: row.favours.clone(),
            values: self.by_side(&row.values),
            case: row.case.clone(),
            finding,
            why: why.map(|why| self.open(&why)),
            more_pairs,
            spread: self.by_side(
                &row.spread
                    .iter()
                    .map(|(side, (low, high))| (side.clone(), [*low, *high]))
                    .collect(),
            ),
            voids: self.by_side(&row.voids),
            warnings: self.open_all(&row.warnings),
            about,
            pair_ratios: self.pair_ratios(row),
        }
    }

    fn by_side<T: Copy>(&self, values: &BTreeMap<SideName, T>) -> BySide<T> {
        let sides: Vec<&SideName> = self.comparison.sides.iter().map(|side| &side.name).collect();
        // Variants stand behind the sides.
        let variants = values.keys().filter(|name| !sides.contains(name));
        let order = sides.iter().copied().chain(variants);
        BySide(order.filter_map(|side| Some((side.clone(), *values.get(side)?))).collect())
    }

    /// The pairs that the row's interval came from, if its cell was planned.
    fn pair_ratios(&self, row: &Evidence) -> Vec<f64> {
        let (Some(run), Subject::Metric(metric)) = (self.run, &row.subject) else {
            return Vec::new();
        };
        let cell = run.facts.run.plan.cells.iter().find(|cell| {
            cell.metric == *metric
                && cell.series.workload == row.workload
                && cell.series.activity == row.activity
                && cell.series.case == row.case
                && cell.series.profile == row.profile
                && cell.series.tier == row.tier
                && cell.numerator == row.numerator
                && cell.denominator == row.denominator
        });
        let pairs = cell.map(|cell| cell.pairs_of(&run.facts.trials)).unwrap_or_default();
        let ratio = |pair: &model::Pair| match (pair.numerator, pair.denominator) {
            (Seen::Value(above), Seen::Value(below)) if above > 0.0 && below > 0.0 => {
                Some(above / below)
            }
            _ => None,
        };
        pairs.iter().filter_map(ratio).collect()
    }
}

fn shown(finding: &Finding) -> (Shown, Option<String>, Option<u64>) {
    match finding {
        Finding::Shown(Relation::Below) => (Shown::Below, None, None),
        Finding::Shown(Relation::Above) => (Shown::Above, None, None),
        Finding::Shown(Relation::Inside) => (Shown::Inside, None, None),
        Finding::Differs => (Shown::Differs, None, None),
        Finding::Inconclusive { more_pairs, why } => {
            (Shown::Inconclusive, Some(why.clone()), *more_pairs)
        }
        Finding::NotComparable { why } => (Shown::NotComparable, Some(why.clone()), None),
        Finding::NotRun { why } => (Shown::NotRun, Some(why.clone()), None),
        Finding::Fact { as_said: true } => (Shown::AsSaid, None, None),
        Finding::Fact { as_said: false } => (Shown::NotAsSaid, None, None),
    }
}

fn suited(suits: &Suits) -> Option<SideName> {
    match suits {
        Suits::Neutral => None,
        Suits::Side(side) => Some(side.clone()),
    }
}

fn frame(input: &VerifyInput<'_>) -> Frame {
    let pack = input.run.and_then(|run| run.pack);
    let comparison = input.comparison;
    let note = |workload: &Workload| WorkloadNote {
        title: workload.title.clone(),
        about: workload.about.clone(),
        suits: suited(&workload.suits),
    };
    let contents = comparison.sides.iter().flat_map(|side| {
        let language = comparison.languages.get(&side.language);
        let profiles = language.map(|language| &language.profiles).into_iter().flatten();
        profiles.map(|(profile, recipe)| ((*profile, side.name.clone()), recipe.content.clone()))
    });
    let probes = comparison.probes.iter();
    let probes = probes.map(|(id, probe)| (Experiment::Probe(id.clone()), probe.title.clone()));
    let drills = comparison.drills.iter();
    let drills = drills.map(|(id, drill)| (Experiment::Drill(id.clone()), drill.title.clone()));
    Frame {
        title: comparison.title.clone(),
        text_date: comparison.text_date,
        sides: comparison.sides.iter().map(|s| (s.name.clone(), s.title.clone())).collect(),
        dimensions: comparison
            .dimensions
            .iter()
            .map(|dimension| (dimension.id.as_str().to_owned(), dimension.title.clone()))
            .collect(),
        prose: comparison.prose.clone(),
        all_claims: comparison.claims.iter().map(|c| (c.id.clone(), c.text.clone())).collect(),
        workloads: comparison.workloads.iter().map(|(id, w)| (id.clone(), note(w))).collect(),
        titles: probes.chain(drills).collect(),
        contents: contents.collect(),
        version: input.version.to_owned(),
        pack: pack.map(|pack| input.open(pack)),
    }
}
