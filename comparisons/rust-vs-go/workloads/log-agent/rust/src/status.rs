//! Tells on a port that the agent is ready, and what it holds.

use std::{env, fs, io};

use anyhow::{Context, Result};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use tokio::net::TcpListener;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Stats {
    open_files: usize,
}

pub async fn listen() -> Result<TcpListener> {
    let port = env::var("PORT").context("PORT")?;
    let address = format!("127.0.0.1:{port}");
    TcpListener::bind(&address).await.context(address)
}

pub async fn serve(listener: TcpListener) -> io::Result<()> {
    let routes = Router::new()
        .route("/ready", get(StatusCode::OK))
        .route("/stats", get(stats));
    axum::serve(listener, routes).await
}

async fn stats() -> Result<Json<Stats>, StatusCode> {
    let open = fs::read_dir("/proc/self/fd").map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    // The folder itself is open while it is read.
    Ok(Json(Stats {
        open_files: open.count() - 1,
    }))
}
