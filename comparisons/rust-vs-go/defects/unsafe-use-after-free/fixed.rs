use std::ptr;

#[derive(Clone, Copy)]
struct Offer {
    day: usize,
    price: u32,
}

struct Node {
    offer: Offer,
    next: *mut Node,
}

/// The latest offers, oldest first.
struct Latest {
    head: *mut Node,
    tail: *mut Node,
    len: usize,
}

impl Latest {
    const ROOM: usize = 3;

    fn new() -> Latest {
        Latest { head: ptr::null_mut(), tail: ptr::null_mut(), len: 0 }
    }

    fn push(&mut self, offer: Offer) {
        if self.len == Latest::ROOM {
            self.pop();
        }
        let node = Box::into_raw(Box::new(Node { offer, next: ptr::null_mut() }));
        if self.head.is_null() {
            self.head = node;
        } else {
            // SAFETY: the list is not empty, so its tail is a node.
            unsafe { (*self.tail).next = node };
        }
        self.tail = node;
        self.len += 1;
    }

    fn pop(&mut self) {
        if !self.head.is_null() {
            // SAFETY: every node of the list comes from Box::into_raw.
            let node = unsafe { Box::from_raw(self.head) };
            self.head = node.next;
            self.len -= 1;
        }
    }

    fn newest(&self) -> Option<&Offer> {
        // SAFETY: the tail of a list that is not empty is a node.
        if self.head.is_null() { None } else { Some(unsafe { &(*self.tail).offer }) }
    }
}

impl Drop for Latest {
    fn drop(&mut self) {
        while !self.head.is_null() {
            self.pop();
        }
    }
}

fn run(prices: &str) -> String {
    let mut latest = Latest::new();
    let mut best: Option<Offer> = None;
    for (day, field) in prices.split_whitespace().enumerate() {
        let Ok(price) = field.parse() else {
            return "not a price".to_owned();
        };
        latest.push(Offer { day, price });
        let newest = latest.newest().copied();
        if best.is_none_or(|best| price < best.price) {
            best = newest;
        }
    }
    match best {
        Some(offer) => format!("best was {} on day {}", offer.price, offer.day),
        None => "no offers".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
