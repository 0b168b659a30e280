//! Programs run under a tool, several at a time: most of them wait, for a
//! deadlock to be given up.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use launch::Ended;
use launch::tool::ToolOutcome;
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
    tools: &Tools<'_>,
    folder: &Path,
    environment: &BTreeMap<String, String>,
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
            scope.spawn(|| work(tools, folder, environment, &queue, sender));
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
    tools: &Tools<'_>,
    folder: &Path,
    environment: &BTreeMap<String, String>,
    queue: &Mutex<impl Iterator<Item = Order>>,
    sender: mpsc::Sender<Ran>,
) {
    loop {
        let order = match queue.lock() {
            Ok(mut queue) => queue.next(),
            Err(_) => return,
        };
        let Some(order) = order else { return };
        let outcome = tools.run_for(&order.command, folder, environment, order.budget);
        let ran = Ran { entry: order.entry, outcome: outcome.map_err(|error| error.to_string()) };
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
