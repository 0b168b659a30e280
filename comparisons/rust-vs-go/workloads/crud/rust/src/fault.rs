//! Why a request was refused.

use thiserror::Error;

#[derive(Debug, Error)]
pub enum Fault {
    #[error("not a request")]
    Malformed(#[source] serde_json::Error),
    #[error("operation {0}: unknown")]
    UnknownOperation(u16),
    #[error("{field}: {rule}")]
    Invalid {
        field: &'static str,
        rule: &'static str,
    },
    #[error("{0}: exists")]
    Exists(String),
    #[error("{0}: not found")]
    NotFound(String),
}

impl Fault {
    /// What a client tells faults apart by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::UnknownOperation(_) => "unknown_operation",
            Self::Invalid { .. } => "invalid",
            Self::Exists(_) => "exists",
            Self::NotFound(_) => "not_found",
        }
    }
}
