//! Connections and their places: which are free, which are taken, how many more there may be.

use std::collections::VecDeque;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::event::epoll::EventData;

use super::wire::Incoming;
use crate::order::{Order, Pick, Wire};

/// What one instant asks, on its way to a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) intended: Duration,
    /// Its place in the order's requests.
    pub(super) request: usize,
    pub(super) number: u32,
    /// Whether it found every connection taken.
    pub(super) waited: bool,
}

/// What a connection does.
#[derive(Debug, Clone, Copy)]
pub(super) enum State {
    Connecting { since: Duration },
    Free,
    Busy { ask: Ask, sent: Duration },
}

/// An open connection.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) fd: OwnedFd,
    pub(super) state: State,
    /// Reads what comes; its memory serves every answer of the place.
    pub(super) answer: Incoming,
    /// What of the request the socket did not take yet.
    pub(super) unsent: Vec<u8>,
    /// Counts the requests, so that an old deadline is known for one.
    pub(super) turn: u32,
}

/// A place, and which of its connections is meant: the kernel may still tell of one that is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Handle {
    place: u32,
    generation: u32,
}

impl Handle {
    pub(super) fn data(self) -> EventData {
        EventData::new_u64(u64::from(self.generation) << 32 | u64::from(self.place))
    }

    pub(super) fn of(data: EventData) -> Self {
        let data = data.u64();
        Self { place: data as u32, generation: (data >> 32) as u32 }
    }
}

#[derive(Debug, Default)]
struct Place {
    generation: u32,
    link: Option<Link>,
}

/// All connections that carry requests.
#[derive(Debug)]
pub(super) struct Pool {
    places: Vec<Place>,
    vacant: Vec<u32>,
    /// In the order in which they became free; some may be closed by now.
    free: VecDeque<Handle>,
    most: usize,
    pick: Pick,
    wire: Wire,
    connecting: usize,
    busy: usize,
}

impl Pool {
    pub(super) fn new(order: &Order) -> Self {
        Self {
            places: Vec::new(),
            vacant: Vec::new(),
            free: VecDeque::new(),
            most: order.connections.most as usize,
            pick: order.connections.pick,
            wire: order.wire,
            connecting: 0,
            busy: 0,
        }
    }

    /// Whether one more may be opened.
    pub(super) fn has_room(&self) -> bool {
        self.room() > 0
    }

    /// How many more may be opened.
    pub(super) fn room(&self) -> usize {
        self.vacant.len() + self.most - self.places.len()
    }

    /// Whether some may be free; those that have been closed since count until they are asked for.
    pub(super) fn has_free(&self) -> bool {
        !self.free.is_empty()
    }

    pub(super) fn connecting(&self) -> usize {
        self.connecting
    }

    pub(super) fn busy(&self) -> usize {
        self.busy
    }

    pub(super) fn get(&mut self, handle: Handle) -> Option<&mut Link> {
        let place = self.places.get_mut(handle.place as usize)?;
        if place.generation == handle.generation { place.link.as_mut() } else { None }
    }

    /// The place that the next connection will have.
    pub(super) fn vacancy(&mut self) -> Handle {
        let place = self.vacant.last().copied().unwrap_or_else(|| {
            self.places.push(Place::default());
            let place = (self.places.len() - 1) as u32;
            self.vacant.push(place);
            place
        });
        Handle { place, generation: self.places[place as usize].generation }
    }

    /// A connection that is not there yet moves into its vacancy.
    pub(super) fn settle(&mut self, handle: Handle, fd: OwnedFd, since: Duration) {
        // It was the last of the vacant ones.
        self.vacant.pop();
        self.connecting += 1;
        self.places[handle.place as usize].link = Some(Link {
            fd,
            state: State::Connecting { since },
            answer: Incoming::new(self.wire),
            unsent: Vec::new(),
            turn: 0,
        });
    }

    /// Changes what a connection does, and counts it.
    pub(super) fn turn_to(&mut self, handle: Handle, state: State) {
        let Some(link) = self.get(handle) else { return };
        let before = std::mem::replace(&mut link.state, state);
        self.count(before, false);
        self.count(state, true);
    }

    /// A free connection, the first or the last that became so.
    pub(super) fn take_free(&mut self) -> Option<Handle> {
        loop {
            let handle = match self.pick {
                Pick::Fifo => self.free.pop_front()?,
                Pick::Lifo => self.free.pop_back()?,
            };
            if self.get(handle).is_some() {
                return Some(handle);
            }
        }
    }

    pub(super) fn give_back(&mut self, handle: Handle) {
        self.turn_to(handle, State::Free);
        self.free.push_back(handle);
        if self.free.len() > 2 * self.most {
            let places = &self.places;
            self.free
                .retain(|handle| places[handle.place as usize].generation == handle.generation);
        }
    }

    /// Closes a connection and says what it did.
    pub(super) fn close(&mut self, handle: Handle) -> Option<State> {
        self.get(handle)?;
        let place = &mut self.places[handle.place as usize];
        let link = place.link.take()?;
        place.generation = place.generation.wrapping_add(1);
        self.vacant.push(handle.place);
        self.count(link.state, false);
        Some(link.state)
    }

    /// Closes everything; what was asked and has no answer comes back.
    pub(super) fn close_all(&mut self) -> Vec<(Ask, Duration)> {
        let links = self.places.drain(..).filter_map(|place| place.link);
        let asked = links.filter_map(|link| match link.state {
            State::Busy { ask, sent } => Some((ask, sent)),
            State::Connecting { .. } | State::Free => None,
        });
        asked.collect()
    }

    fn count(&mut self, state: State, one_more: bool) {
        let counter = match state {
            State::Connecting { .. } => &mut self.connecting,
            State::Busy { .. } => &mut self.busy,
            State::Free => return,
        };
        if one_more { *counter += 1 } else { *counter -= 1 }
    }
}
