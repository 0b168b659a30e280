struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        print!("{} ", self.0);
    }
}

fn keep(guard: Guard) {
    print!("keeps-{} ", guard.0);
}

fn main() {
    let _first = Guard("first");
    let _second = Guard("second");
    let given = Guard("given");
    {
        let _inner = Guard("inner");
    }
    keep(given);
    print!("end ");
}
