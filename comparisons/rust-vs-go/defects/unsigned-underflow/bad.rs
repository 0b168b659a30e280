/// The header of a table of records.
struct Table {
    count: u32,
}

impl Table {
    fn parse(header: &str) -> Option<Table> {
        let count = header.strip_suffix(" records")?.parse().ok()?;
        Some(Table { count })
    }

    /// The number of the last record, counted from 0.
    fn last(&self) -> u32 {
        self.count - 1
    }
}

fn run(header: &str) -> String {
    match Table::parse(header) {
        Some(table) => format!("records 0 to {}", table.last()),
        None => "not a header".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
