//! Programs run under a tool, several at a time: most of them wait, for a
//! deadlock to be given up.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use launch::tool::ToolOutcome;
use launch::{Ended, Scratch};
use model::{CaughtRun, RunEnding};

use crate::event::{Event, Observer, Step, Stop};
use crate::toolchain::Tools;

/// How often the observer is asked whether to stop.
const POLL: Duration = Duration::from_millis(200);
/// Most at a time, for each processor: those that hang use none.
const FOR_EACH_PROCESSOR: usize = 4;
/// Characters kept of what a run wrote to one stream.
const KEPT: usize = 6_000;

/// One run that is to be made.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) entry: usize,
    pub(super) command: Vec<String>,
    pub(super) budget: Duration,
}

/// Where runs are made.
pub(super) struct Ground<'g> {
    pub(super) tools: &'g Tools<'g>,
    pub(super) folder: &'g Path,
    pub(super) environment: &'g BTreeMap<String, String>,
    /// Each run has a folder of its own below, for what it does not remove.
    pub(super) temporary: &'g Path,
}

impl Ground<'_> {
    fn run(&self, order: &Order) -> Result<ToolOutcome, String> {
        let scratch = Scratch::within(self.temporary).map_err(|error| error.to_string())?;
        let mut environment = self.environment.clone();
        let folder = scratch.path().to_string_lossy().into_owned();
        environment.insert("TMPDIR".to_owned(), folder);
        let ran = self.tools.run_for(&order.command, self.folder, &environment, order.budget);
        ran.map_err(|error| error.to_string())
    }
}

/// What came of one.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) entry: usize,
    /// `Err`: it could not be started.
    pub(super) outcome: Result<ToolOutcome, String>,
}

/// Carries out the orders; hands over each as it ends.
///
/// # Errors
/// The observer's reason to stop.
pub(super) fn carry_out(
    ground: &Ground<'_>,
    orders: Vec<Order>,
    observer: &mut dyn Observer,
    mut hand_over: impl FnMut(Ran, &mut dyn Observer) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let queue = Mutex::new(orders.into_iter());
    let (sender, receiver) = mpsc::channel();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..(processors * FOR_EACH_PROCESSOR).min(16) {
            let sender = sender.clone();
            scope.spawn(|| work(ground, &queue, sender));
        }
        drop(sender);
        let mut result = Ok(());
        loop {
            let heard = match receiver.recv_timeout(POLL) {
                Ok(ran) => hand_over(ran, observer),
                Err(RecvTimeoutError::Timeout) => observer.observe(Event::Step(Step::Waiting)),
                Err(RecvTimeoutError::Disconnected) => return result,
            };
            if heard.is_err() {
                // Those in flight end by themselves, and nothing more is begun.
                if let Ok(mut queue) = queue.lock() {
                    queue.by_ref().for_each(drop);
                }
            }
            result = result.and(heard);
        }
    })
}

fn work(
    ground: &Ground<'_>,
    queue: &Mutex<impl Iterator<Item = Order>>,
    sender: mpsc::Sender<Ran>,
) {
    loop {
        let order = match queue.lock() {
            Ok(mut queue) => queue.next(),
            Err(_) => return,
        };
        let Some(order) = order else { return };
        let ran = Ran { entry: order.entry, outcome: ground.run(&order) };
        // Nobody listens any more only after a stop.
        drop(sender.send(ran));
    }
}

/// One run as it is kept.
pub(super) fn kept(outcome: &ToolOutcome) -> CaughtRun {
    let ended = match outcome.ended {
        Ended::Exited(code) => RunEnding::Exited(code),
        Ended::Signalled(signal) => RunEnding::Signalled(signal),
        Ended::TimedOut | Ended::OutputTooLarge => RunEnding::TimedOut,
    };
    CaughtRun {
        ended,
        stdout: beginning(outcome.stdout_text()),
        stderr: beginning(outcome.stderr_text()),
    }
}

fn beginning(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(KEPT) {
        text.truncate(end);
        text.push('…');
    }
    text
}
