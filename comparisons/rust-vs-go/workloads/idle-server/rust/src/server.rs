//! The service: one route, one counter.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

/// What the server tells of itself.
#[derive(Serialize)]
struct Status {
    service: &'static str,
    ready: bool,
    /// Answered so far, this one included.
    requests: u64,
}

#[derive(Default)]
struct Service {
    requests: AtomicU64,
}

pub fn router() -> Router {
    Router::new()
        .route("/status", get(status))
        .with_state(Arc::new(Service::default()))
}

async fn status(State(service): State<Arc<Service>>) -> Json<Status> {
    Json(Status {
        service: "idle-server",
        ready: true,
        requests: service.requests.fetch_add(1, Ordering::Relaxed) + 1,
    })
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode, header};
    use tower::ServiceExt;

    use super::*;

    fn request(method: &str, path: &str) -> Request<Body> {
        Request::builder()
            .method(method)
            .uri(path)
            .body(Body::empty())
            .unwrap()
    }

    #[tokio::test]
    async fn the_status_counts_requests() {
        let router = router();
        for expected in [
            r#"{"service":"idle-server","ready":true,"requests":1}"#,
            r#"{"service":"idle-server","ready":true,"requests":2}"#,
        ] {
            let answer = router
                .clone()
                .oneshot(request("GET", "/status"))
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
            let body = to_bytes(answer.into_body(), 1024).await.unwrap();
            assert_eq!(body, expected);
        }
    }

    #[tokio::test]
    async fn only_get_of_the_status_is_served() {
        for (method, path, expected) in [
            ("POST", "/status", StatusCode::METHOD_NOT_ALLOWED),
            ("GET", "/", StatusCode::NOT_FOUND),
        ] {
            let answer = router().oneshot(request(method, path)).await.unwrap();
            assert_eq!(answer.status(), expected, "{method} {path}");
        }
    }
}
