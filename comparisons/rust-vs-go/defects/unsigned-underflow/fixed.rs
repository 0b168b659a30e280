/// The header of a table of records.
struct Table {
    count: u32,
}

impl Table {
    fn parse(header: &str) -> Option<Table> {
        let count = header.strip_suffix(" records")?.parse().ok()?;
        Some(Table { count })
    }

    /// The number of the last record, counted from 0, if there is one.
    fn last(&self) -> Option<u32> {
        self.count.checked_sub(1)
    }
}

fn run(header: &str) -> String {
    let Some(table) = Table::parse(header) else {
        return "not a header".to_owned();
    };
    match table.last() {
        Some(last) => format!("records 0 to {last}"),
        None => "no records".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
