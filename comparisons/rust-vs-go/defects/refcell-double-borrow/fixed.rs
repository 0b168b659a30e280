use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

type Handler<'a> = Rc<dyn Fn(&Bus<'a>, &str) + 'a>;

#[derive(Default)]
struct Bus<'a> {
    handlers: RefCell<BTreeMap<&'a str, Handler<'a>>>,
}

impl<'a> Bus<'a> {
    fn on(&self, name: &'a str, handler: impl Fn(&Bus<'a>, &str) + 'a) {
        self.handlers.borrow_mut().insert(name, Rc::new(handler));
    }

    fn off(&self, name: &str) {
        self.handlers.borrow_mut().remove(name);
    }

    fn publish(&self, event: &str) {
        let handlers: Vec<_> = self.handlers.borrow().values().cloned().collect();
        for handler in handlers {
            handler(self, event);
        }
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
