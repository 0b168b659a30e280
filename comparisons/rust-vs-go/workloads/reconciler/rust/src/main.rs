//! A controller: it watches the apps of a namespace, and creates, updates and deletes replicas
//! until each app has those that its spec names.
//!
//! `API` is the address of the API server. On the port `PORT` the controller tells its own state.
//!
//! An `inform`er for each kind of `object` keeps a `cache` as the `api` says, and adds the apps
//! that something happened to to the `queue`. Workers take them from there to `reconcile` them.

mod api;
mod cache;
mod inform;
mod object;
mod queue;
mod reconcile;
mod status;

use std::env;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::runtime::Handle;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::api::Api;
use crate::cache::Cache;
use crate::inform::Informer;
use crate::object::{App, Replica};
use crate::queue::Queue;
use crate::reconcile::Controller;

/// How many apps are worked on at a time.
const WORKERS: usize = 8;

/// How long what was begun may take to be finished when the end is asked for.
const GRACE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    let (Some(namespace), None) = (env::args().nth(1), env::args().nth(2)) else {
        eprintln!("usage: reconciler NAMESPACE");
        return ExitCode::from(2);
    };
    let workers = Handle::current().metrics().num_workers();
    eprintln!("workers={workers} memory_limit=none");

    match run(&namespace).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reconciler: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Works until the end is asked for, and then finishes what was begun.
async fn run(namespace: &str) -> Result<()> {
    let mut end = End::new()?;
    let api = Api::new(&env::var("API").context("API")?, namespace)?;
    let apps = Arc::new(Cache::<App>::default());
    let replicas = Arc::new(Cache::<Replica>::default());
    let queue = Arc::new(Queue::default());

    let filled = {
        let (apps, replicas) = (Arc::clone(&apps), Arc::clone(&replicas));
        move || apps.is_filled() && replicas.is_filled()
    };
    tokio::spawn(status::serve(status::listen().await?, filled));

    // They end when the set is dropped.
    let mut informers = JoinSet::new();
    informers.spawn(Informer::new(&api, &apps, &queue).run());
    informers.spawn(Informer::new(&api, &replicas, &queue).run());
    tokio::select! {
        () = async { tokio::join!(apps.filled(), replicas.filled()); } => {}
        () = end.asked_for() => return Ok(()),
    }

    let controller = Arc::new(Controller::new(api, apps, replicas));
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let (controller, queue) = (Arc::clone(&controller), Arc::clone(&queue));
        workers.spawn(async move { controller.work(&queue).await });
    }
    end.asked_for().await;
    queue.close();
    // What is not finished by then is left to the next start.
    let _ = timeout(GRACE, workers.join_all()).await;
    Ok(())
}

/// A request from outside that the program end.
struct End {
    terminate: Signal,
    interrupt: Signal,
}

impl End {
    fn new() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn asked_for(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
