//! What a fan-out service asks: answers a part of an item after a delay, and counts what it
//! finished and what it dropped because the caller had left.
//!
//! `GET /part/{part}?item=ITEM` takes 5 to 20 ms, told by item and part alone. Of an item that begins
//! with `slow-` part 1 takes ten seconds; of one that begins with `broken-` part 1 is a 500 and part 2 no
//! JSON. `GET /stats` tells the counts.

mod work;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::sleep;

use crate::work::{Counts, Work};

const SLOW: Duration = Duration::from_secs(10);
const TAGS: [&str; 5] = ["new", "heavy", "fragile", "local", "seasonal"];

/// It has one processor, and that is not its own.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let port: u16 = env::var("PORT").context("PORT")?.parse().context("PORT")?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .context("bind")?;
    let listener = listener.tap_io(|stream| {
        // A connection on which this fails is about to end.
        let _ = stream.set_nodelay(true);
    });
    let mut end = signal(SignalKind::terminate()).context("signal")?;
    tokio::select! {
        served = axum::serve(listener, router()) => served.context("serve"),
        _ = end.recv() => Ok(()),
    }
}

fn router() -> Router {
    Router::new()
        .route("/part/{part}", get(part))
        .route("/stats", get(stats))
        .route("/ready", get(async || "ready\n"))
        .with_state(Arc::new(Counts::default()))
}

#[derive(Deserialize)]
struct Asked {
    item: String,
}

#[derive(Serialize)]
struct Part {
    part: u32,
    item: String,
    title: String,
    score: u64,
    tags: [&'static str; 2],
}

async fn part(
    State(counts): State<Arc<Counts>>,
    Path(part): Path<u32>,
    Query(Asked { item }): Query<Asked>,
) -> Response {
    let hash = hash(&item, part);
    let work = Work::start(counts);
    sleep(delay(&item, part, hash)).await;
    work.complete();

    if item.starts_with("broken-") && part == 1 {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if item.starts_with("broken-") && part == 2 {
        return "<html>".into_response();
    }
    let title = format!("part {part} of item {item}, as the backend that keeps it describes it");
    let tag = |shift: u32| TAGS[(hash >> shift) as usize % TAGS.len()];
    let tags = [tag(8), tag(16)];
    Json(Part {
        part,
        item,
        title,
        score: hash % 1000,
        tags,
    })
    .into_response()
}

async fn stats(State(counts): State<Arc<Counts>>) -> Json<work::Told> {
    Json(counts.told())
}

fn delay(item: &str, part: u32, hash: u64) -> Duration {
    if item.starts_with("slow-") && part == 1 {
        SLOW
    } else {
        Duration::from_millis(5 + (hash >> 24) % 16)
    }
}

/// FNV-1a (Fowler, Noll and Vo, 1991): the same on every machine and with every compiler.
fn hash(item: &str, part: u32) -> u64 {
    item.bytes()
        .chain(part.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}
