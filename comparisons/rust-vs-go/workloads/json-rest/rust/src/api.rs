//! Paths, and what is answered.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Path, Query, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::task;

use crate::archive::{self, Waiting};
use crate::fault::Fault;
use crate::order::{self, Order};
use crate::store::Store;

const MAX_BODY_LEN: usize = 4096;
const PAGE_LEN: usize = 20;
const MAX_PAGE_LEN: usize = 100;

type Service = State<Arc<Shop>>;

struct Shop {
    store: Store,
    waiting: Waiting,
}

pub fn router(store: Store, waiting: Waiting) -> Router {
    Router::new()
        .route("/ready", get(ready))
        .route("/orders", get(list).post(create))
        .route("/orders/{id}", get(read).put(update).delete(delete))
        .route("/orders/{id}/receipt", get(receipt))
        .fallback(async || Fault::NoSuchPath)
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_LEN))
        .with_state(Arc::new(Shop { store, waiting }))
}

/// A valid draft of an order, from the body.
struct Draft(order::Draft);

impl<S: Send + Sync> FromRequest<S> for Draft {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let Json(draft) = Json::<order::Draft>::from_request(request, state).await?;
        draft.check()?;
        Ok(Self(draft))
    }
}

/// The id in the path.
#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Path), rejection(Fault))]
struct Id(u32);

/// Which orders are listed.
#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Query), rejection(Fault))]
struct Paging {
    after: Option<u32>,
    #[serde(default = "page_len")]
    limit: usize,
}

fn page_len() -> usize {
    PAGE_LEN
}

#[derive(Serialize)]
struct Page {
    orders: Vec<Arc<Order>>,
    /// What to ask for with `after` to go on; `null` at the end.
    next: Option<u32>,
}

#[derive(Serialize)]
struct Receipt {
    id: u32,
    receipt: String,
}

async fn ready() -> &'static str {
    "ready\n"
}

async fn list(State(shop): Service, paging: Paging) -> Result<Json<Page>, Fault> {
    if !(1..=MAX_PAGE_LEN).contains(&paging.limit) {
        return Err(Fault::Invalid {
            field: "limit",
            rule: "must be 1 to 100",
        });
    }
    let mut orders = shop.store.list(paging.after, paging.limit + 1);
    let more = orders.len() > paging.limit;
    orders.truncate(paging.limit);
    let next = orders.last().filter(|_| more).map(|order| order.id);
    Ok(Json(Page { orders, next }))
}

async fn create(
    State(shop): Service,
    Draft(draft): Draft,
) -> (StatusCode, [(HeaderName, String); 1], Json<Arc<Order>>) {
    let order = shop.store.create(draft);
    let location = format!("/orders/{}", order.id);
    (
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Json(order),
    )
}

async fn read(State(shop): Service, Id(id): Id) -> Result<Json<Arc<Order>>, Fault> {
    shop.store.get(id).map(Json)
}

async fn update(
    State(shop): Service,
    Id(id): Id,
    Draft(draft): Draft,
) -> Result<Json<Arc<Order>>, Fault> {
    shop.store.update(id, draft).map(Json)
}

async fn delete(State(shop): Service, Id(id): Id) -> Result<StatusCode, Fault> {
    shop.store.delete(id)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn receipt(State(shop): Service, Id(id): Id) -> Result<Json<Receipt>, Fault> {
    shop.store.get(id)?;
    let receipt = match shop.waiting {
        Waiting::Apart => task::spawn_blocking(move || archive::receipt(id))
            .await
            .map_err(|_| Fault::Internal)?,
        Waiting::OnWorkers => archive::receipt(id),
    };
    Ok(Json(Receipt { id, receipt }))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{HeaderMap, Request};
    use tower::ServiceExt;

    use super::*;

    const ORDER: &str =
        r#"{"customer":"zoë","lines":[{"sku":"a","quantity":2,"price_cents":5,"colour":1}]}"#;

    async fn ask(router: &Router, line: &str, body: String) -> (StatusCode, HeaderMap, String) {
        let (method, path) = line.split_once(' ').unwrap();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
            .body(Body::from(body))
            .unwrap();
        let (head, body) = router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap().to_vec();
        (head.status, head.headers, String::from_utf8(body).unwrap())
    }

    #[tokio::test]
    async fn an_order_is_created_read_replaced_and_deleted() {
        let router = router(Store::seeded(2), Waiting::Apart);
        let created = r#"{"id":2,"customer":"zoë","status":"open","lines":[{"sku":"a","quantity":2,"price_cents":5}],"total_cents":10}"#;
        let paid = created.replace("open", "paid");
        let pay = ORDER.replace("\"lines\"", "\"status\":\"paid\",\"lines\"");
        for (line, body, status, answer) in [
            ("POST /orders", ORDER, 201, created),
            ("GET /orders/2", "", 200, created),
            ("PUT /orders/2", &*pay, 200, &*paid),
            ("GET /orders/2", "", 200, &*paid),
            (
                "GET /orders/2/receipt",
                "",
                200,
                r#"{"id":2,"receipt":"R-000002"}"#,
            ),
            ("DELETE /orders/2", "", 204, ""),
            (
                "GET /orders/2",
                "",
                404,
                r#"{"error":"not_found","message":"order 2: not found"}"#,
            ),
        ] {
            let (found, headers, text) = ask(&router, line, body.into()).await;
            assert_eq!((found.as_u16(), &*text), (status, answer), "{line}");
            if status == 201 {
                assert_eq!(headers[header::LOCATION], "/orders/2");
            }
        }
    }

    #[tokio::test]
    async fn a_page_tells_where_the_next_begins() {
        let router = router(Store::seeded(30), Waiting::OnWorkers);
        for (query, expected) in [
            ("", r#","next":19}"#),
            ("?limit=3&after=5", r#","next":8}"#),
            ("?after=19&limit=10", r#","next":null}"#),
            ("?after=29", r#"{"orders":[],"next":null}"#),
        ] {
            let (_, _, text) = ask(&router, &format!("GET /orders{query}"), String::new()).await;
            assert!(text.ends_with(expected), "{text}");
        }
    }

    #[tokio::test]
    async fn mistakes_are_told() {
        let router = router(Store::seeded(1), Waiting::Apart);
        let long = ORDER.replace("zoë", &"x".repeat(MAX_BODY_LEN));
        for (line, body, status, code) in [
            ("GET /", "", 404, "not_found"),
            ("GET /orders/", "", 404, "not_found"),
            ("GET /orders/x", "", 400, "malformed"),
            ("GET /orders/-1", "", 400, "malformed"),
            ("GET /orders?limit=x", "", 400, "malformed"),
            ("GET /orders?limit=101", "", 422, "invalid"),
            ("POST /orders", "", 400, "malformed"),
            ("POST /orders", "{}", 422, "invalid"),
            ("POST /orders", "{}{}", 400, "malformed"),
            ("POST /orders", &*long, 413, "too_large"),
            ("PUT /orders/9", ORDER, 404, "not_found"),
            ("PATCH /orders/0", ORDER, 405, "method_not_allowed"),
        ] {
            let (found, headers, text) = ask(&router, line, body.into()).await;
            let start = format!(r#"{{"error":"{code}","message":""#);
            assert_eq!(found.as_u16(), status, "{line}: {text}");
            assert!(text.starts_with(&start), "{line}: {text}");
            assert_eq!(headers[header::CONTENT_TYPE], "application/json");
            assert_eq!(headers.contains_key(header::ALLOW), status == 405);
        }
    }

    #[tokio::test]
    async fn a_body_of_another_type_is_not_looked_at() {
        let router = router(Store::default(), Waiting::Apart);
        let request = Request::post("/orders").body(Body::from(ORDER)).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
}
