//! A queue that has each key once, however often it is added, and gives no key to two workers at a
//! time: one that is added while it is worked on comes again after.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::sleep;

const FIRST_RETRY: Duration = Duration::from_millis(5);
const MAX_RETRY: Duration = Duration::from_secs(1);

#[derive(Default)]
pub struct Queue {
    state: Mutex<State>,
    news: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<String>,
    /// To be worked on.
    dirty: HashSet<String>,
    /// Being worked on.
    active: HashSet<String>,
    /// Since the last success.
    failures: HashMap<String, u32>,
    closed: bool,
}

impl Queue {
    pub fn add(&self, key: String) {
        let mut state = self.lock();
        if state.closed || state.dirty.contains(&key) {
            return;
        }
        state.dirty.insert(key.clone());
        if !state.active.contains(&key) {
            state.waiting.push_back(key);
            self.news.notify_one();
        }
    }

    /// Waits for a key; `None` when the queue is closed.
    pub async fn take(&self) -> Option<String> {
        loop {
            let news = self.news.notified();
            {
                let mut state = self.lock();
                if state.closed {
                    // Passed on to the next worker.
                    self.news.notify_one();
                    return None;
                }
                if let Some(key) = state.waiting.pop_front() {
                    state.dirty.remove(&key);
                    state.active.insert(key.clone());
                    return Some(key);
                }
            }
            news.await;
        }
    }

    /// Ends the work on a key. After a failure it comes again, each time later.
    pub fn done(self: &Arc<Self>, key: String, succeeded: bool) {
        let mut state = self.lock();
        state.active.remove(&key);
        if state.dirty.contains(&key) {
            state.waiting.push_back(key.clone());
            self.news.notify_one();
        }
        if succeeded {
            state.failures.remove(&key);
            return;
        }
        let failures = state.failures.entry(key.clone()).or_default();
        let delay = MAX_RETRY.min(FIRST_RETRY * (1 << (*failures).min(16)));
        *failures += 1;
        drop(state);
        let queue = Arc::clone(self);
        tokio::spawn(async move {
            sleep(delay).await;
            queue.add(key);
        });
    }

    pub fn close(&self) {
        self.lock().closed = true;
        self.news.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::JoinSet;

    use super::*;

    fn queue(keys: &[&str]) -> Arc<Queue> {
        let queue = Arc::new(Queue::default());
        for key in keys {
            queue.add((*key).to_owned());
        }
        queue
    }

    #[tokio::test]
    async fn a_key_is_in_the_queue_once() {
        let queue = queue(&["a", "b", "a"]);
        assert_eq!(queue.take().await.unwrap(), "a");
        assert_eq!(queue.take().await.unwrap(), "b");
        assert!(queue.lock().waiting.is_empty());
    }

    #[tokio::test]
    async fn a_key_that_is_added_while_it_is_worked_on_comes_again_after() {
        let queue = queue(&["a"]);
        let key = queue.take().await.unwrap();
        queue.add(key.clone());
        assert!(queue.lock().waiting.is_empty());
        queue.done(key, true);
        assert_eq!(queue.take().await.unwrap(), "a");
    }

    #[tokio::test]
    async fn a_key_that_failed_comes_again() {
        let queue = queue(&["a"]);
        for _ in 0..3 {
            queue.done(queue.take().await.unwrap(), false);
        }
        queue.done(queue.take().await.unwrap(), true);
        assert!(queue.lock().failures.is_empty());
    }

    #[tokio::test]
    async fn a_closed_queue_lets_all_workers_go() {
        let queue = queue(&[]);
        let mut workers = JoinSet::new();
        for _ in 0..3 {
            let queue = Arc::clone(&queue);
            workers.spawn(async move { queue.take().await });
        }
        tokio::task::yield_now().await;
        queue.close();
        assert_eq!(workers.join_all().await, [None, None, None]);
    }
}
