enum Plan {
    Free,
    Team,
    Business,
}

fn plan(name: &str) -> Option<Plan> {
    match name {
        "free" => Some(Plan::Free),
        "team" => Some(Plan::Team),
        "business" => Some(Plan::Business),
        _ => None,
    }
}

fn seats(plan: &Plan) -> u32 {
    match plan {
        Plan::Free => 1,
        Plan::Team => 10,
        Plan::Business => 200,
    }
}

fn run(name: &str) -> String {
    match plan(name) {
        Some(plan) => format!("{name}: {} seats", seats(&plan)),
        None => "no such plan".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
