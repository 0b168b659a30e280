//! What is asked over HTTP.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::pages::{self, Page};
use crate::store::{Comment, Fortune, Store};

const LONGEST_AUTHOR: usize = 40;
const LONGEST_BODY: usize = 500;

/// Why a page is another than the one that was asked for.
enum Fault {
    NotFound,
    Comment,
    Inside(anyhow::Error),
}

/// What the form has, or should have.
#[derive(Deserialize)]
struct Written {
    author: String,
    body: String,
}

pub fn router(store: Store) -> Router {
    Router::new()
        .route("/fortunes", get(fortunes))
        .route("/articles/{id}", get(article))
        .route("/articles/{id}/comments", post(comment))
        .route("/ready", get(async || "ready\n"))
        .fallback(async || Fault::NotFound)
        .with_state(Arc::new(store))
}

async fn fortunes(State(store): State<Arc<Store>>) -> Result<Response, Fault> {
    let mut fortunes = store.fortunes().await?;
    let message = "Additional fortune added at request time.".to_owned();
    fortunes.push(Fortune { id: 0, message });
    fortunes.sort_by(|a, b| a.message.cmp(&b.message));
    answer(pages::fortunes(&fortunes))
}

async fn article(
    State(store): State<Arc<Store>>,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    let article = store.article(id).await?.ok_or(Fault::NotFound)?;
    let comments = store.comments(id).await?;
    answer(pages::article(&article, &comments))
}

async fn comment(
    State(store): State<Arc<Store>>,
    Path(id): Path<String>,
    form: Result<Form<Written>, FormRejection>,
) -> Result<Redirect, Fault> {
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    let Form(Written { author, body }) = form.map_err(|_| Fault::Comment)?;
    if !fits(&author, LONGEST_AUTHOR) || !fits(&body, LONGEST_BODY) {
        return Err(Fault::Comment);
    }
    if !store.comment(id, &Comment { author, body }).await? {
        return Err(Fault::NotFound);
    }
    Ok(Redirect::to(&format!("/articles/{id}")))
}

/// Whether the database takes it, too: no text there has a zero byte.
fn fits(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.contains('\0')
}

fn answer(page: Page) -> Result<Response, Fault> {
    Ok(page.map_err(anyhow::Error::from)?.into_response())
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        Self::Inside(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, title, message) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "Not found", "There is no such page."),
            Self::Comment => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "Not a comment",
                "A comment has an author of 1 to 40 characters and a text of 1 to 500.",
            ),
            Self::Inside(error) => {
                eprintln!("html-sql: {error:#}");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Sorry",
                    "Something went wrong.",
                )
            }
        };
        match pages::fault(title, message) {
            Ok(page) => (status, page).into_response(),
            Err(_) => (status, message).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_the_database_cannot_take_does_not_fit() {
        assert!(["", "four", "\0"].iter().all(|text| !fits(text, 3)));
        assert!(fits("äöü", 3));
    }
}
