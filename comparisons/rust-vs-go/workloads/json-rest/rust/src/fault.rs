//! Why a request was refused.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use thiserror::Error;

#[derive(Debug, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("the body is not an order")]
    Malformed,
    #[error("id: must be a number")]
    MalformedId,
    #[error("after, limit: must be numbers")]
    MalformedPage,
    #[error("order {0}: not found")]
    NoSuchOrder(u32),
    #[error("no such path")]
    NoSuchPath,
    #[error("this path has other methods")]
    MethodNotAllowed,
    #[error("the body is larger than 4096 bytes")]
    TooLarge,
    #[error("the content type must be application/json")]
    UnsupportedMediaType,
    #[error("{field}: {rule}")]
    Invalid {
        field: &'static str,
        rule: &'static str,
    },
    #[error("something went wrong here")]
    Internal,
}

#[derive(Serialize)]
struct Refusal {
    error: &'static str,
    message: String,
}

impl Fault {
    /// The status, and what a client tells faults apart by.
    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Malformed | Self::MalformedId | Self::MalformedPage => {
                (StatusCode::BAD_REQUEST, "malformed")
            }
            Self::NoSuchOrder(_) | Self::NoSuchPath => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
            }
            Self::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, error) = self.kind();
        let message = self.to_string();
        (status, Json(Refusal { error, message })).into_response()
    }
}

impl From<JsonRejection> for Fault {
    fn from(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Malformed,
        }
    }
}

impl From<PathRejection> for Fault {
    fn from(_: PathRejection) -> Self {
        Self::MalformedId
    }
}

impl From<QueryRejection> for Fault {
    fn from(_: QueryRejection) -> Self {
        Self::MalformedPage
    }
}
