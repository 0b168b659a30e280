//! From what was judged to what is shown: the same facts in the order and
//! names of the document, free of what must not leave the machine.

use std::collections::BTreeMap;

use judge::{
    AnswersJudged, AnswersVerdict, CaseDiffers, CompareJudgement, EffectJudged, EffectVerdict,
    MetricJudged, Withheld,
};
use model::contract::Running;
use model::{Contract, ProgramSeen, RunFacts, SideName, Unit};

use super::document::{
    AllowedRow, AnswersRow, CaseRow, CompareDocument, EffectRow, Frame, MeasuredIn, MetricRow,
    ProgramRow, SCHEMA, SideRow, WithheldRow,
};
use crate::conceal;
use crate::layout::plain;
use crate::quantity::{count, quantity};
use crate::verify::{BySide, RunHead, SelfCheckRow};

/// Everything that a document of `compare` is made from.
#[derive(Debug, Clone, Copy)]
pub struct CompareInput<'a> {
    /// What was asked.
    pub contract: &'a Contract,
    /// What was stored; `None` if the values were measured elsewhere, one side
    /// after the other: the document says so at every row.
    pub facts: Option<&'a RunFacts>,
    /// What came of it.
    pub judgement: &'a CompareJudgement,
    /// Evenhand's own version.
    pub version: &'a str,
    /// The command that repeats it.
    pub command: &'a str,
    /// Words that must not leave this machine, each with what stands for it:
    /// the home folder (`~`), the host's and the user's name.
    pub conceal: &'a [(String, String)],
}

impl CompareDocument {
    /// The document of a judgement.
    pub fn new(input: &CompareInput<'_>) -> Self {
        let CompareInput { contract, facts, judgement, .. } = *input;
        let programs = facts.map_or(&[][..], |facts| &facts.programs);
        Self {
            schema: SCHEMA,
            sides: contract.sides.iter().map(side_row).collect(),
            answers: input.answers(&judgement.answers),
            effects: judgement.effects.iter().map(|effect| input.effect(effect)).collect(),
            metrics: judgement.metrics.iter().map(|metric| input.metric(metric)).collect(),
            self_check: judgement.self_check.iter().map(SelfCheckRow::of).collect(),
            first_difference: judgement.answers.first.as_ref().map(|first| input.case(first)),
            withheld: judgement.withheld.as_ref().map(|withheld| input.withheld(withheld)),
            remarks: input.remarks(),
            name: contract.name.clone(),
            profile: contract.profile,
            programs: programs.iter().map(|program| input.program(program)).collect(),
            environment: facts.map(|facts| conceal::place(&facts.run.environment, input.conceal)),
            run: facts.map(|facts| RunHead::of(facts, input.open(input.command))),
            frame: Frame {
                version: input.version.to_owned(),
                command: input.open(input.command),
                each_case: contract.each_case,
                setting: input.setting(&contract.running),
            },
        }
    }
}

fn side_row(side: &model::contract::Side) -> SideRow {
    SideRow {
        name: side.name.clone(),
        kind: side.origin.kind(),
        language: side.origin.language().cloned(),
    }
}

impl CompareInput<'_> {
    fn open(&self, text: &str) -> String {
        conceal::open(text, self.conceal)
    }

    fn open_all(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.open(text)).collect()
    }

    /// All but what effects tell themselves.
    fn remarks(&self) -> Vec<String> {
        let CompareJudgement { effects, remarks, .. } = self.judgement;
        let told = |remark: &&String| {
            effects.iter().any(|one| {
                let reason = one.reason.as_deref().filter(|_| one.verdict == EffectVerdict::Unseen);
                reason.is_some_and(|why| **remark == format!("{} unseen: {why}", one.effect))
            })
        };
        remarks.iter().filter(|remark| !told(remark)).map(|remark| self.open(remark)).collect()
    }

    /// In the order of the contract.
    fn by_side<T, U>(&self, values: &BTreeMap<SideName, T>, shown: impl Fn(&T) -> U) -> BySide<U> {
        let order = self.contract.sides.iter().map(|side| &side.name);
        BySide(order.filter_map(|side| Some((side.clone(), shown(values.get(side)?)))).collect())
    }

    fn answers(&self, answers: &AnswersJudged) -> AnswersRow {
        let allowed = answers.allowed.iter();
        AnswersRow {
            verdict: answers.verdict,
            cases: answers.cases,
            differing: answers.differing,
            by_case: answers.by_case.iter().map(|case| self.case(case)).collect(),
            allowed: allowed
                .map(|(case, reason)| AllowedRow { case: case.clone(), reason: self.open(reason) })
                .collect(),
        }
    }

    fn case(&self, case: &CaseDiffers) -> CaseRow {
        CaseRow {
            case: case.case.clone(),
            side: case.side.clone(),
            aspect: case.aspect,
            told: self.open(&case.told),
        }
    }

    fn effect(&self, effect: &EffectJudged) -> EffectRow {
        EffectRow {
            effect: effect.effect,
            values: self.by_side(&effect.values, |value| *value),
            verdict: effect.verdict,
            reason: effect.reason.as_ref().map(|reason| self.open(reason)),
            told: self.by_side(&effect.told, |told| self.open(told)),
        }
    }

    fn metric(&self, row: &MetricJudged) -> MetricRow {
        MetricRow {
            metric: row.metric,
            unit: match &row.unit_label {
                Some(label) => MeasuredIn::Label(plain(label)),
                None => MeasuredIn::Unit(row.unit),
            },
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
            verdict: row.verdict,
            primary: row.primary,
            values: self.by_side(&row.values, |value| *value),
            case: row.case.clone(),
            better: row.better,
            more_pairs: row.more_pairs,
            why: (!row.why.is_empty()).then(|| self.open(&row.why)),
            spread: self.by_side(&row.spread, |(low, high)| [*low, *high]),
            by_position: self.by_side(&row.by_position, Clone::clone),
            voids: self.by_side(&row.voids, |voids| *voids),
            warnings: self.open_all(&row.warnings),
            marked: row.marked.as_ref().map(|why| self.open(why)),
            memory_source: self.by_side(&row.memory_source, |source| *source),
            unpaired: self.facts.is_none(),
            pairs_seen: row.pairs_seen.clone(),
        }
    }

    /// Why, and which names would let it pass.
    fn withheld(&self, withheld: &Withheld) -> WithheldRow {
        let answers = &self.judgement.answers;
        let may_be_allowed = answers.verdict == AnswersVerdict::Differ;
        let cases = answers.by_case.iter().filter(|_| may_be_allowed);
        let mut allow: Vec<String> =
            cases.filter_map(|differs| Some(differs.case.as_ref()?.to_string())).collect();
        let effects = self.judgement.effects.iter();
        let apart = effects.filter(|effect| effect.verdict == EffectVerdict::Differs);
        allow.extend(apart.map(|effect| effect.effect.to_string()));
        allow.dedup();
        WithheldRow { why: self.open_all(&withheld.why), allow }
    }

    fn program(&self, program: &ProgramSeen) -> ProgramRow {
        ProgramRow {
            side: program.side.clone(),
            sha256: program.sha256.clone(),
            bytes: program.bytes,
            toolchain: program.toolchain.clone(),
            content: program.content.as_ref().map(|content| self.open(content)),
            stripped: program.stripped,
        }
    }

    /// What is not as in a plain run. Values of variables stay here: they may
    /// be secrets.
    fn setting(&self, running: &Running) -> Vec<(&'static str, String)> {
        let command = |words: &[String]| (!words.is_empty()).then(|| self.open(&words.join(" ")));
        let names: Vec<&str> = running.env.keys().map(String::as_str).collect();
        let terms = [
            ("CPU limit", running.processors.map(|cores| format!("{} cores", count(cores)))),
            ("Memory limit", running.memory.map(|bytes| quantity(bytes as f64, Unit::Bytes))),
            ("Variables set", (!names.is_empty()).then(|| names.join(", "))),
            ("Before each run", command(&running.prepare)),
            ("After each run", command(&running.conclude)),
            ("Priority", running.realtime.then(|| "real-time".to_owned())),
        ];
        terms.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}
