use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

static LEFT: AtomicUsize = AtomicUsize::new(0);

struct Folder {
    name: String,
    parent: Option<Rc<Folder>>,
    inside: RefCell<Vec<Rc<Folder>>>,
}

impl Folder {
    fn new(name: &str, parent: Option<Rc<Folder>>) -> Rc<Folder> {
        LEFT.fetch_add(1, Ordering::Relaxed);
        Rc::new(Folder { name: name.to_owned(), parent, inside: RefCell::default() })
    }

    fn add(self: &Rc<Self>, name: &str) -> Rc<Folder> {
        let sub = Folder::new(name, Some(self.clone()));
        self.inside.borrow_mut().push(sub.clone());
        sub
    }

    fn path(&self) -> String {
        match &self.parent {
            Some(parent) => format!("{} > {}", parent.path(), self.name),
            None => self.name.clone(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        LEFT.fetch_sub(1, Ordering::Relaxed);
    }
}

fn describe(path: &str) -> String {
    let mut names = path.split('/');
    let root = Folder::new(names.next().unwrap_or_default(), None);
    let mut folder = root.clone();
    for name in names {
        folder = folder.add(name);
    }
    folder.path()
}

fn run(paths: &str) -> String {
    let described: Vec<String> = paths.split_whitespace().map(describe).collect();
    described.join(", ")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
    println!("folders left: {}", LEFT.load(Ordering::Relaxed));
}
