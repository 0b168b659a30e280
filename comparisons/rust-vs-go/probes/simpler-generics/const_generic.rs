struct Ring<T, const N: usize> {
    items: [Option<T>; N],
    next: usize,
}

impl<T, const N: usize> Ring<T, N> {
    fn push(&mut self, item: T) {
        self.items[self.next % N] = Some(item);
        self.next += 1;
    }
}

fn main() {
    let mut ring = Ring { items: [const { None }; 4], next: 0 };
    ring.push("first");
    println!("{:?}", ring.items);
}
