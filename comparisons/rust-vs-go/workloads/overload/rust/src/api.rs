//! Paths, and what is answered.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::pool::{Busy, Pool};

pub fn router(pool: Pool) -> Router {
    Router::new()
        .route("/ready", get(async || "ready\n"))
        .route("/work/{byte}", get(work))
        .fallback(async || (StatusCode::NOT_FOUND, "no such path\n"))
        .method_not_allowed_fallback(async || (StatusCode::METHOD_NOT_ALLOWED, "only GET\n"))
        .with_state(Arc::new(pool))
}

async fn work(
    State(pool): State<Arc<Pool>>,
    byte: Result<Path<u8>, PathRejection>,
) -> Result<String, Refusal> {
    let Path(byte) = byte.map_err(|_| Refusal::NotAByte)?;
    let buffer = pool.work(byte).await?;
    Ok(format!("{} bytes of {byte}\n", buffer.len()))
}

enum Refusal {
    NotAByte,
    Busy,
}

impl From<Busy> for Refusal {
    fn from(Busy: Busy) -> Self {
        Self::Busy
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::NotAByte => (StatusCode::BAD_REQUEST, "not a byte\n").into_response(),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, "1")],
                "busy\n",
            )
                .into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tokio::task::JoinSet;
    use tokio::time::Instant;
    use tower::ServiceExt;

    use super::*;
    use crate::pool::{QUEUE_LEN, WORKERS};

    async fn ask(router: Router, path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap()
    }

    /// Asks so many times at once; how many were answered 200 and 503, and when the last was.
    async fn ask_at_once(pool: Pool, requests: usize) -> (usize, usize, Duration) {
        let (router, start) = (router(pool), Instant::now());
        let mut asked = JoinSet::new();
        for _ in 0..requests {
            let router = router.clone();
            asked.spawn(async move { ask(router, "/work/1").await });
        }
        let answers = asked.join_all().await;
        let busy = answers
            .iter()
            .filter(|answer| answer.status() == StatusCode::SERVICE_UNAVAILABLE)
            .inspect(|answer| assert_eq!(answer.headers()[header::RETRY_AFTER], "1"))
            .count();
        (requests - busy, busy, start.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_bound_everything_is_done_in_the_end() {
        let (done, busy, time) = ask_at_once(Pool::unbounded(), 20 * WORKERS).await;
        assert_eq!((done, busy), (20 * WORKERS, 0));
        assert!(time >= Duration::from_secs(1), "{time:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn with_a_bound_what_cannot_be_done_in_time_is_refused() {
        let (done, busy, time) = ask_at_once(Pool::bounded(), 20 * WORKERS).await;
        assert_eq!((done, done + busy), (WORKERS + QUEUE_LEN, 20 * WORKERS));
        assert!(time < Duration::from_millis(250), "{time:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_buffer_is_told_and_mistakes_are() {
        for (path, status, expected) in [
            ("/work/255", StatusCode::OK, "65536 bytes of 255\n"),
            ("/work/256", StatusCode::BAD_REQUEST, "not a byte\n"),
            ("/", StatusCode::NOT_FOUND, "no such path\n"),
        ] {
            let answer = ask(router(Pool::bounded()), path).await;
            assert_eq!(answer.status(), status);
            let body = to_bytes(answer.into_body(), 1024).await.unwrap();
            assert_eq!(body, expected);
        }
    }
}
