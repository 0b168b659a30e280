//! JSON Schemas of a pack's files, for editors: made from the very types that
//! the files are read into, with their comments as descriptions.
//!
//! A schema says which keys there are and of which type, and lists the words
//! where they come from a list. Whether references lead somewhere is for
//! [`crate::read`] to say.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::contract::SCALES;
use crate::meaning::{INPUT_KINDS, PREDICATE_KINDS, RELATIONS};
use crate::quantity::Quantity;
use crate::service::DRIVE_KINDS;
use crate::shape::{
    ClaimsFile, ComparisonFile, ContractFile, CorpusFile, DecisionFile, DefectFile, DrillFile,
    LanguageFile, ProbeFile, SourcesFile, WorkloadFile,
};

/// The schema of one kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSchema {
    /// `workload`: the schema's own file is `workload.json`.
    pub name: &'static str,
    /// Which files of a pack it describes, relative to the pack's folder.
    pub files: &'static str,
    /// The schema as JSON.
    pub json: String,
}

/// The schemas of all files of a pack.
///
/// # Errors
/// Only if a schema cannot be written as JSON.
pub fn schemas() -> Result<Vec<FileSchema>, serde_json::Error> {
    Ok(vec![
        of::<ComparisonFile>("comparison", "comparison.toml")?,
        of::<SourcesFile>("sources", "sources.toml")?,
        of::<ClaimsFile>("claims", "claims/*.toml")?,
        of::<WorkloadFile>("workload", "workloads/*/workload.toml")?,
        of::<ProbeFile>("probe", "probes/*/probe.toml")?,
        of::<DefectFile>("defect", "defects/*/defect.toml")?,
        of::<CorpusFile>("corpus", "languages/*/corpus.toml")?,
        of::<DrillFile>("drill", "drills/*/drill.toml")?,
        of::<LanguageFile>("language", "languages/*.toml")?,
        of::<ContractFile>("evenhand", "evenhand.toml")?,
        of::<DecisionFile>("decision", "decision.toml")?,
    ])
}

fn of<T: JsonSchema>(
    name: &'static str,
    files: &'static str,
) -> Result<FileSchema, serde_json::Error> {
    let settings = SchemaSettings::draft07().for_deserialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), files.into());
    let json = serde_json::to_string_pretty(&schema)? + "\n";
    Ok(FileSchema { name, files, json })
}

/// A day as TOML writes it.
pub(crate) struct Day;

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl JsonSchema for Quantity {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}

/// A metric of a case: one out of the list, or one of its drive's own.
pub(crate) struct MetricWord;

impl JsonSchema for MetricWord {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "MetricWord".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = <model::Metric as Vocabulary>::words();
        json_schema!({
            "type": "string",
            "anyOf": [{ "enum": words }, { "pattern": "^own:[a-z0-9-]+$" }],
        })
    }
}

/// A word out of a list.
pub(crate) struct Words<T>(PhantomData<T>);

/// Where the list is.
trait Vocabulary {
    fn words() -> Vec<&'static str>;
}

impl<T: Vocabulary> JsonSchema for Words<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::words().join("|").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": T::words() })
    }
}

macro_rules! named_words {
    ($module:path: $($name:ident),+ $(,)?) => {
        const _: () = {
            use $module as of;
            $(impl Vocabulary for of::$name {
                fn words() -> Vec<&'static str> {
                    Self::ALL.iter().map(|word| word.name()).collect()
                }
            })+
        };
    };
}

named_words!(
    model:
    AnswerRule,
    AtRun,
    CheckExpectation,
    ClaimKind,
    DefectVariant,
    DiagnosticForm,
    LicenceForm,
    FactExpectation,
    Gate,
    Lint,
    Metric,
    Profile,
    Standing,
    StepExpectation,
    Tier,
    ToolForm,
    Witness,
);

named_words!(model::claim: ClassTest);

named_words!(model::contract: Better, CaseUse, Decoded, Stream);

named_words!(model::decision: AskKind, Boundary, EvidenceKind, Spacing, Weights);

named_words!(model::service: Arrival, StopSignal, Teller, Wire);

impl Vocabulary for model::Scale {
    fn words() -> Vec<&'static str> {
        SCALES.iter().map(|(word, _)| *word).collect()
    }
}

impl Vocabulary for model::Relation {
    fn words() -> Vec<&'static str> {
        RELATIONS.iter().map(|(word, _)| *word).collect()
    }
}

/// Kinds of predicate.
pub(crate) struct PredicateKind;

impl Vocabulary for PredicateKind {
    fn words() -> Vec<&'static str> {
        PREDICATE_KINDS.iter().map(|(word, _)| *word).collect()
    }
}

/// Kinds of drive.
pub(crate) struct DriveWord;

impl Vocabulary for DriveWord {
    fn words() -> Vec<&'static str> {
        DRIVE_KINDS.iter().map(|(word, ..)| *word).collect()
    }
}

/// Kinds of input.
pub(crate) struct InputKind;

impl Vocabulary for InputKind {
    fn words() -> Vec<&'static str> {
        INPUT_KINDS.iter().map(|(word, _)| *word).collect()
    }
}
