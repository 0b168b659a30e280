use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

type Handler<'a> = Box<dyn Fn(&Bus<'a>, &str) + 'a>;

#[derive(Default)]
struct Bus<'a> {
    handlers: RefCell<BTreeMap<&'a str, Handler<'a>>>,
}

impl<'a> Bus<'a> {
    fn on(&self, name: &'a str, handler: impl Fn(&Bus<'a>, &str) + 'a) {
        self.handlers.borrow_mut().insert(name, Box::new(handler));
    }

    fn off(&self, name: &str) {
        self.handlers.borrow_mut().remove(name);
    }

    fn publish(&self, event: &str) {
        let handlers = self.handlers.take();
        for handler in handlers.values() {
            handler(self, event);
        }
        self.handlers.replace(handlers);
    }
}

fn run(events: &str) -> String {
    let (welcomed, counted) = (Cell::new(0), Cell::new(0));
    let bus = Bus::default();
    bus.on("welcome", |bus, event| {
        if event == "login" {
            welcomed.set(welcomed.get() + 1);
            bus.off("welcome");
        }
    });
    bus.on("count", |_, _| counted.set(counted.get() + 1));
    for event in events.split_whitespace() {
        bus.publish(event);
    }
    format!("{} welcomed, {} counted", welcomed.get(), counted.get())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
