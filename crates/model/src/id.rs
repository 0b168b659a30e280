//! Names given by authors of packs: lower-case words joined by hyphens.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a word cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {shape}")]
pub struct IdError {
    /// The word as written.
    pub given: String,
    /// What it should have looked like.
    pub shape: &'static str,
}

pub(crate) fn is_slug(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !word.ends_with('-')
}

fn is_claim_path(word: &str) -> bool {
    word.split_once('/').is_some_and(|(dimension, slug)| is_slug(dimension) && is_slug(slug))
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $check:path, $shape:literal) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash,
            Serialize, Deserialize, schemars::JsonSchema,
        )]
        #[serde(try_from = "String", into = "String")]
        #[schemars(with = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(given: &str) -> Result<Self, IdError> {
                if $check(given) {
                    Ok(Self(given.to_owned()))
                } else {
                    Err(IdError { given: given.to_owned(), shape: $shape })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(given: String) -> Result<Self, IdError> {
                given.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

id!(
    /// `dimension/slug`, such as `footprint/small-runtime`.
    ClaimId, is_claim_path, "a claim id: dimension/slug, lower-case words joined by hyphens"
);
id!(
    /// A group of claims, such as `footprint`.
    DimensionId, is_slug, "a dimension: lower-case words joined by hyphens"
);
id!(
    /// One of the things compared, such as `rust`.
    SideName, is_slug, "a side: lower-case words joined by hyphens"
);
id!(
    /// A language described in `languages/`, such as `go`.
    LanguageId, is_slug, "a language: lower-case words joined by hyphens"
);
id!(
    /// A job that each side's program does, such as `line-search`.
    WorkloadId, is_slug, "a workload: lower-case words joined by hyphens"
);
id!(
    /// One way of running a workload's programs, such as `large-csv`.
    CaseId, is_slug, "a case: lower-case words joined by hyphens"
);
id!(
    /// Something counted in a workload's programs, such as `collector`.
    FactId, is_slug, "a fact: lower-case words joined by hyphens"
);
id!(
    /// A question that a toolchain answers, such as `use-after-move`.
    ProbeId, is_slug, "a probe: lower-case words joined by hyphens"
);
id!(
    /// Steps of a tool, such as `failing-test`.
    DrillId, is_slug, "a drill: lower-case words joined by hyphens"
);
id!(
    /// A class of mistakes, such as `ignored-error`.
    DefectId, is_slug, "a defect: lower-case words joined by hyphens"
);
id!(
    /// A check of a probe or a step of a drill, such as `moved`.
    ItemId, is_slug, "an item: lower-case words joined by hyphens"
);
id!(
    /// A toolchain by the name that its language gives it, such as `newest`.
    ToolchainName, is_slug, "a toolchain: lower-case words joined by hyphens"
);
id!(
    /// Something that matters in a decision, such as `memory`.
    CriterionId, is_slug, "a criterion: lower-case words joined by hyphens"
);
id!(
    /// A component or a must of a decision, such as `agent`.
    PartId, is_slug, "a name: lower-case words joined by hyphens"
);
id!(
    /// One stored run.
    RunId, is_slug, "a run id: lower-case letters, digits and hyphens"
);

impl ToolchainName {
    /// What is on `PATH`, whatever its version.
    pub fn installed() -> Self {
        Self("installed".to_owned())
    }

    /// Whether this is what is on `PATH`.
    pub fn is_installed(&self) -> bool {
        self.0 == "installed"
    }
}
