//! What is asked over HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::gather::{Gatherer, Overview};
use crate::gauge::Gauge;

const DEFAULT_PARTS: u32 = 4;
const MOST_PARTS: u32 = 16;
/// Milliseconds.
const DEFAULT_WITHIN_MS: u32 = 100;
const MOST_WITHIN_MS: u32 = 10_000;
const LONGEST_ITEM: usize = 64;

pub struct Service {
    gatherer: Gatherer,
    under_way: Gauge,
    missing: AtomicU64,
}

/// Why there is no overview.
#[derive(Clone, Copy, Debug)]
enum Refusal {
    Item,
    Parts,
    Within,
    NotFound,
}

#[derive(Deserialize)]
struct Asked {
    parts: Option<String>,
    within: Option<String>,
}

#[derive(Serialize)]
struct Stats {
    /// Under way.
    requests: u64,
    /// Under way.
    calls: u64,
    /// Parts, since the start.
    missing: u64,
}

impl Service {
    pub fn new(gatherer: Gatherer) -> Self {
        Self {
            gatherer,
            under_way: Gauge::default(),
            missing: AtomicU64::new(0),
        }
    }
}

pub fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/items/{item}", get(item))
        .route("/stats", get(stats))
        .route("/ready", get(async || "ready\n"))
        .fallback(async || Refusal::NotFound)
        .with_state(service)
}

async fn item(
    State(service): State<Arc<Service>>,
    Path(item): Path<Arc<str>>,
    Query(asked): Query<Asked>,
) -> Result<Json<Overview>, Refusal> {
    let _under_way = service.under_way.enter();
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if item.len() > LONGEST_ITEM || !item.bytes().all(sound) {
        return Err(Refusal::Item);
    }
    let parts = number(asked.parts, DEFAULT_PARTS, MOST_PARTS).ok_or(Refusal::Parts)?;
    let within = number(asked.within, DEFAULT_WITHIN_MS, MOST_WITHIN_MS).ok_or(Refusal::Within)?;
    let within = Duration::from_millis(within.into());
    let overview = service.gatherer.gather(item, parts, within).await;
    service
        .missing
        .fetch_add(overview.missing() as u64, Relaxed);
    Ok(Json(overview))
}

/// The number that was given, if it is from 1 to `most`.
fn number(given: Option<String>, default: u32, most: u32) -> Option<u32> {
    let number = given.map_or(Ok(default), |given| given.parse());
    number.ok().filter(|number| (1..=most).contains(number))
}

async fn stats(State(service): State<Arc<Service>>) -> Json<Stats> {
    Json(Stats {
        requests: service.under_way.read(),
        calls: service.gatherer.under_way.read(),
        missing: service.missing.load(Relaxed),
    })
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Item => (
                StatusCode::BAD_REQUEST,
                "item: 1 to 64 letters, digits and hyphens, please",
            ),
            Self::Parts => (
                StatusCode::BAD_REQUEST,
                "parts: a number from 1 to 16, please",
            ),
            Self::Within => (
                StatusCode::BAD_REQUEST,
                "within: milliseconds from 1 to 10000, please",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "nothing is here"),
        };
        #[derive(Serialize)]
        struct Body {
            error: &'static str,
        }
        (status, Json(Body { error })).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::net::SocketAddr;
    use std::time::Instant;

    use tokio::net::TcpListener;
    use tokio::time::sleep;

    use super::*;
    use crate::backend::Backend;
    use crate::gather::Tie;

    async fn listen(router: Router) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, router).into_future());
        address
    }

    /// A backend that answers for parts 0 and 1 and keeps others waiting.
    async fn backend() -> Backend {
        let part = async |Path(part): Path<u32>| match part {
            0 => r#"{"part":0,"title":"a","score":7,"tags":["x"],"more":1}"#,
            1 => "<html>",
            _ => pending().await,
        };
        let address = listen(Router::new().route("/part/{part}", get(part))).await;
        Backend::new(&address.to_string()).unwrap()
    }

    async fn start(backend: Backend) -> (Arc<Service>, String) {
        let tie = Tie::ToRequest;
        let under_way = Gauge::default();
        let service = Arc::new(Service::new(Gatherer {
            backend,
            tie,
            under_way,
        }));
        let address = listen(router(service.clone())).await;
        (service, format!("http://{address}"))
    }

    async fn get_text(url: String) -> (u16, String) {
        let answer = reqwest::get(url).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    #[tokio::test]
    async fn what_does_not_come_in_time_is_missing() {
        let (_, base) = start(backend().await).await;
        let expected = concat!(
            r#"{"item":"i-1","parts":[{"part":0,"title":"a","score":7,"tags":["x"]}],"#,
            r#""missing":[{"part":1,"why":"malformed"},{"part":2,"why":"deadline"}],"score":7}"#,
        );
        assert_eq!(
            get_text(format!("{base}/items/i-1?parts=3&within=500")).await,
            (200, expected.into())
        );
    }

    #[tokio::test]
    async fn a_backend_that_is_not_there_is_unreachable() {
        // Port 0 cannot be connected to.
        let (_, base) = start(Backend::new("127.0.0.1:0").unwrap()).await;
        let expected =
            r#"{"item":"a","parts":[],"missing":[{"part":0,"why":"unreachable"}],"score":0}"#;
        assert_eq!(
            get_text(format!("{base}/items/a?parts=1&within=10000")).await,
            (200, expected.into())
        );
    }

    #[tokio::test]
    async fn what_is_not_understood_is_refused() {
        let (_, base) = start(backend().await).await;
        for (path, status) in [
            ("/items/a.b", 400),
            ("/items/a?parts=0", 400),
            ("/items/a?parts=17", 400),
            ("/items/a?parts=", 400),
            ("/items/a?within=0", 400),
            ("/items/a?within=10001", 400),
            ("/items/", 404),
            ("/", 404),
        ] {
            let (found, body) = get_text(format!("{base}{path}")).await;
            assert_eq!(found, status, "{path}: {body}");
            assert!(body.starts_with(r#"{"error":""#), "{path}: {body}");
        }
    }

    #[tokio::test]
    async fn calls_end_when_the_client_leaves() {
        let (service, base) = start(backend().await).await;
        let request = tokio::spawn(reqwest::get(format!(
            "{base}/items/a?parts=16&within=10000"
        )));
        let calls = || service.gatherer.under_way.read();
        while calls() < 14 {
            sleep(Duration::from_millis(1)).await;
        }
        request.abort();
        let left = Instant::now();
        while service.under_way.read() + calls() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
        // By themselves they would take ten.
        assert!(left.elapsed() < Duration::from_secs(5));
    }
}
