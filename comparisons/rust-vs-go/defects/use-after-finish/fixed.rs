struct Tx<'a> {
    rows: &'a mut Vec<String>,
    pending: Vec<String>,
}

impl Tx<'_> {
    fn put(&mut self, row: String) {
        self.pending.push(row);
    }

    fn commit(self) {
        self.rows.extend(self.pending);
    }
}

fn run(names: &str) -> String {
    let mut rows = Vec::new();
    let mut tx = Tx { rows: &mut rows, pending: Vec::new() };
    let mut repeated = 0;
    for name in names.split_whitespace() {
        if tx.pending.iter().any(|row| row == name) {
            repeated += 1;
        } else {
            tx.put(name.to_owned());
        }
    }
    if repeated > 0 {
        tx.put(format!("repeated={repeated}"));
    }
    tx.commit();
    rows.join(" ")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
