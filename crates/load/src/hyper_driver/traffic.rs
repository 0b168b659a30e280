//! The life of a request: it comes, waits or is given to hyper, and goes with an answer or without.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::iter::Peekable;
use std::rc::{Rc, Weak};
use std::task::Waker;
use std::time::Duration;

use rustix::io::Errno;
use tokio::task::AbortHandle;

use super::answer::{Answer, Form, ask};
use super::link::{Opened, Opener, Sender, Unopened};
use super::{Over, STREAMS, Version};
use crate::engine::clock::Clock;
use crate::engine::open::is_own_fault;
use crate::engine::plan::{Judged, Prepared};
use crate::engine::wire::Status;
use crate::order::{Order, OrderError, Pick, Reuse};
use crate::schedule::{Draws, Instants};
use crate::tally::{Failure, Tally};

type Number = u64;

/// A request whose instant has come.
#[derive(Debug, Clone, Copy)]
struct Ask {
    intended: Duration,
    request: usize,
    number: u32,
    /// Whether every connection was taken and more were in front of it.
    waited: bool,
}

/// A request that a task has.
struct Going {
    ask: Ask,
    at_once: bool,
    /// `None`: the task has not had its turn yet.
    sent: Option<Duration>,
    link: Number,
    task: Option<AbortHandle>,
}

struct Link {
    /// Over HTTP/1.1 away with the request that has it.
    sender: Option<Sender>,
    task: AbortHandle,
    busy: u32,
}

/// Everything that tasks and the loop share; one thread, so that one has it at a time.
pub(super) struct Traffic {
    myself: Weak<RefCell<Self>>,
    order: Order,
    plan: Vec<Prepared>,
    forms: Vec<Form>,
    opener: Rc<Opener>,
    /// Requests at once on a connection.
    room: u32,
    instants: Peekable<Instants>,
    draws: Draws,
    clock: Clock,
    pub(super) tally: Tally,
    backlog: VecDeque<Ask>,
    going: HashMap<Number, Going>,
    links: HashMap<Number, Link>,
    /// Connections with room; some of them gone meanwhile.
    free: VecDeque<Number>,
    opening: HashMap<Number, AbortHandle>,
    /// Oldest first; some of them open or given up meanwhile.
    opening_since: VecDeque<(Duration, Number)>,
    /// In the order of sending, which is that of the deadlines too.
    deadlines: VecDeque<(Duration, Number)>,
    last_number: Number,
    /// Whether the loop sleeps over instants, until a connection has room.
    sleeps_over: bool,
    waker: Option<Waker>,
    called: bool,
}

impl Traffic {
    pub(super) fn new(
        order: &Order,
        over: &Over,
        opener: Rc<Opener>,
        clock: Clock,
    ) -> Result<Rc<RefCell<Self>>, OrderError> {
        let forms = order.requests.iter().map(|request| Form::new(request, order, over));
        let forms = forms.collect::<Result<_, _>>()?;
        let plan = Prepared::all(order)?;
        let draws = Draws::new(&order.requests, order.seed)?;
        let several = over.version == Version::Http2 && order.connections.reuse == Reuse::KeepAlive;
        Ok(Rc::new_cyclic(|myself| {
            RefCell::new(Self {
                myself: myself.clone(),
                order: order.clone(),
                plan,
                forms,
                opener,
                room: if several { STREAMS } else { 1 },
                instants: order.schedule.instants(order.seed, order.window).peekable(),
                draws,
                clock,
                tally: Tally::new(order),
                backlog: VecDeque::new(),
                going: HashMap::new(),
                links: HashMap::new(),
                free: VecDeque::new(),
                opening: HashMap::new(),
                opening_since: VecDeque::new(),
                deadlines: VecDeque::new(),
                last_number: 0,
                sleeps_over: false,
                waker: None,
                called: false,
            })
        }))
    }

    /// Gives to hyper, or lets wait, every request whose instant has come.
    pub(super) fn issue(&mut self, now: Duration) {
        while let Some(intended) = self.instants.next_if(|at| *at <= now) {
            let Some(draw) = self.draws.next() else { return };
            let number = draw.number.unwrap_or(0);
            let ask = Ask { intended, request: draw.request, number, waited: false };
            self.tally.came(intended, now);
            let free = if self.backlog.is_empty() { self.take_free() } else { None };
            match free {
                Some((link, sender)) => self.send(link, sender, ask, true),
                None => {
                    let waited = self.backlog.len() >= self.coming();
                    if waited {
                        self.tally.waits(intended);
                    }
                    self.backlog.push_back(Ask { waited, ..ask });
                }
            }
        }
    }

    fn dispatch(&mut self) {
        while !self.backlog.is_empty()
            && let Some((link, sender)) = self.take_free()
            && let Some(ask) = self.backlog.pop_front()
        {
            self.send(link, sender, ask, false);
        }
    }

    /// Opens connections while more requests wait than those being opened will carry.
    pub(super) fn fill(&mut self) {
        while self.opening.len() * (self.room as usize) < self.backlog.len() && self.has_room() {
            self.open();
        }
    }

    /// Requests that connections will carry which are not open yet.
    fn coming(&self) -> usize {
        let unopened = self.order.connections.most as usize - self.links.len();
        unopened * self.room as usize
    }

    fn has_room(&self) -> bool {
        self.links.len() + self.opening.len() < self.order.connections.most as usize
    }

    fn number(&mut self) -> Number {
        self.last_number += 1;
        self.last_number
    }

    fn open(&mut self) {
        let Some(myself) = self.myself.upgrade() else { return };
        let (number, since, opener) = (self.number(), self.clock.now(), Rc::clone(&self.opener));
        let task = tokio::task::spawn_local(async move {
            let opened = opener.open().await;
            myself.borrow_mut().opened(number, since, opened);
        });
        self.opening.insert(number, task.abort_handle());
        self.opening_since.push_back((since, number));
    }

    fn opened(&mut self, number: Number, since: Duration, opened: Result<Opened, Unopened>) {
        self.opening.remove(&number);
        match opened {
            Ok(Opened { sender, task }) => {
                self.tally.connected(since, self.clock.now());
                self.links.insert(number, Link { sender: Some(sender), task, busy: 0 });
                self.free.push_back(number);
                self.dispatch();
            }
            Err(unopened) => self.not_opened(&unopened),
        }
        self.call();
    }

    /// It is the request that waits longest which would have had the connection.
    fn not_opened(&mut self, unopened: &Unopened) {
        let now = self.clock.now();
        let Some(ask) = self.backlog.pop_front() else { return };
        match unopened {
            Unopened::Refused(error) if Errno::from_io_error(error).is_some_and(is_own_fault) => {
                self.tally.hindered(ask.intended, now);
            }
            Unopened::Refused(_) => self.tally.failed(ask.intended, Failure::Refused, now),
            Unopened::Unspoken(_) => self.tally.failed(ask.intended, Failure::Parse, now),
        }
    }

    /// A place on a connection, now taken.
    fn take_free(&mut self) -> Option<(Number, Sender)> {
        loop {
            let number = match self.order.connections.pick {
                Pick::Fifo => self.free.pop_front(),
                Pick::Lifo => self.free.pop_back(),
            }?;
            let Some(link) = self.links.get_mut(&number) else { continue };
            let Some(sender) = link.sender.take() else { continue };
            if sender.is_closed() {
                self.close_link(number);
                continue;
            }
            link.busy += 1;
            link.sender = sender.shared();
            if link.busy < self.room {
                self.free.push_back(number);
            }
            return Some((number, sender));
        }
    }

    fn send(&mut self, link: Number, mut sender: Sender, ask_of: Ask, at_once: bool) {
        let (Some(myself), number) = (self.myself.upgrade(), self.number()) else { return };
        let hashed = self.plan[ask_of.request].hashed();
        let Some(request) = self.forms[ask_of.request].filled(ask_of.number) else { return };
        let going = Going { ask: ask_of, at_once, sent: None, link, task: None };
        self.going.insert(number, going);
        let task = tokio::task::spawn_local(async move {
            myself.borrow_mut().begun(number);
            let answer = ask(&mut sender, request, hashed).await;
            let keeps = answer.is_ok() || sender.shared().is_some();
            myself.borrow_mut().answered(number, answer);
            let keeps = keeps && sender.ready().await.is_ok();
            myself.borrow_mut().given_back(link, keeps.then_some(sender));
        });
        if let Some(going) = self.going.get_mut(&number) {
            going.task = Some(task.abort_handle());
        }
    }

    fn begun(&mut self, number: Number) {
        let sent = self.clock.now();
        let Some(going) = self.going.get_mut(&number) else { return };
        going.sent = Some(sent);
        let ask = going.ask;
        self.tally.sent(ask.intended, sent, going.at_once);
        self.deadlines.push_back((self.deadline(ask, sent), number));
    }

    fn deadline(&self, ask: Ask, sent: Duration) -> Duration {
        let overdue = ask.intended + self.order.timeout;
        self.order.leave_after.map_or(overdue, |patience| overdue.min(sent + patience))
    }

    fn answered(&mut self, number: Number, answer: Result<Answer, Failure>) {
        let now = self.clock.now();
        let Some(Going { ask, sent, .. }) = self.going.remove(&number) else { return };
        let sent = sent.unwrap_or(now);
        if now >= self.deadline(ask, sent) {
            // Also if the loop had no turn to give it up.
            return self.too_late(ask, sent, now);
        }
        let right = |answer: Answer| {
            let status = Status::Http(answer.status);
            self.plan[ask.request].judge(status, answer.digest, ask.number)
        };
        match answer.map(right) {
            Ok(Judged::Right) => self.tally.right(ask.intended, sent, now),
            Ok(Judged::OtherStatus) => self.tally.failed(ask.intended, Failure::Status, now),
            Ok(Judged::OtherBody) => self.tally.failed(ask.intended, Failure::BodyMismatch, now),
            Err(failure) => self.tally.failed(ask.intended, failure, now),
        }
    }

    /// A place on a connection is free again; without a sender the connection is at its end.
    fn given_back(&mut self, number: Number, sender: Option<Sender>) {
        let kept = self.order.connections.reuse == Reuse::KeepAlive;
        match sender.filter(|sender| kept && !sender.is_closed()) {
            Some(sender) => self.make_free(number, Some(sender)),
            None => self.close_link(number),
        }
        self.dispatch();
        self.call();
    }

    fn make_free(&mut self, number: Number, sender: Option<Sender>) {
        let Some(link) = self.links.get_mut(&number) else { return };
        if link.busy == self.room {
            self.free.push_back(number);
        }
        link.busy -= 1;
        if link.sender.is_none() {
            link.sender = sender;
        }
    }

    /// Its other requests fail by themselves.
    fn close_link(&mut self, number: Number) {
        if let Some(link) = self.links.remove(&number) {
            link.task.abort();
        }
    }

    /// Gives up whatever is overdue.
    pub(super) fn expire(&mut self, now: Duration) {
        let timeout = self.order.timeout;
        while let Some(ask) = self.backlog.pop_front_if(|ask| ask.intended + timeout <= now) {
            self.tally.failed(ask.intended, Failure::Starved, now);
        }
        while let Some((_, number)) = self.deadlines.pop_front_if(|(at, _)| *at <= now) {
            if let Some(going) = self.going.remove(&number) {
                self.give_up(going, now);
            }
        }
        while let Some((_, number)) =
            self.opening_since.pop_front_if(|(since, _)| *since + timeout <= now)
        {
            if let Some(task) = self.opening.remove(&number) {
                task.abort();
            }
        }
        self.dispatch();
    }

    fn give_up(&mut self, going: Going, now: Duration) {
        let Going { ask, sent, link, task, .. } = going;
        if let Some(task) = task {
            // Over HTTP/2 this resets the stream.
            task.abort();
        }
        if self.links.get(&link).is_some_and(|link| link.sender.is_some()) {
            self.make_free(link, None);
        } else {
            self.close_link(link);
        }
        self.too_late(ask, sent.unwrap_or(now), now);
    }

    fn too_late(&mut self, ask: Ask, sent: Duration, now: Duration) {
        let timeout = self.order.timeout;
        if ask.intended + timeout > now {
            self.tally.left(ask.intended, now);
        } else if ask.waited && sent.saturating_sub(ask.intended) > timeout / 2 {
            self.tally.failed(ask.intended, Failure::Starved, now);
        } else {
            self.tally.failed(ask.intended, Failure::Timeout, now);
        }
    }

    /// When the loop has something to do by itself.
    pub(super) fn next(&mut self) -> Option<Duration> {
        let timeout = self.order.timeout;
        // Where nothing can be sent, whoever comes may as well come a little later.
        self.sleeps_over = self.free.is_empty() && !self.has_room();
        let instant = self.instants.peek().copied().filter(|_| !self.sleeps_over);
        let starving = self.backlog.front().map(|ask| ask.intended + timeout);
        let deadline = self.deadlines.front().map(|(at, _)| *at);
        let opening = self.opening_since.front().map(|(since, _)| *since + timeout);
        [instant, starving, deadline, opening].into_iter().flatten().min()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.backlog.is_empty() && self.going.is_empty()
    }

    /// The loop has something to look at: connections to open, or the end.
    fn call(&mut self) {
        let matters =
            self.sleeps_over || !self.backlog.is_empty() || self.instants.peek().is_none();
        if matters && let Some(waker) = self.waker.take() {
            self.called = true;
            waker.wake();
        }
    }

    /// Whether it was called since it last asked; it will be woken with the next call.
    pub(super) fn has_called(&mut self, waker: &Waker) -> bool {
        self.waker = Some(waker.clone());
        std::mem::take(&mut self.called)
    }

    /// Records who has no answer; what is counted from now on is in no report.
    pub(super) fn close(&mut self) -> Tally {
        let now = self.clock.now();
        for (_, Going { ask, sent, task, .. }) in self.going.drain() {
            match sent {
                Some(sent) => self.tally.censored(ask.intended, sent, now),
                None => self.tally.unsent(ask.intended, now),
            }
            if let Some(task) = task {
                task.abort();
            }
        }
        for ask in self.backlog.drain(..) {
            self.tally.unsent(ask.intended, now);
        }
        for (_, link) in self.links.drain() {
            link.task.abort();
        }
        std::mem::replace(&mut self.tally, Tally::new(&self.order))
    }
}
