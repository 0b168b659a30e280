/// The discount for so many pieces.
fn percent_off(pieces: u32) -> u32 {
    if pieces >= 10 { 20 } else { 0 }
}

fn run(quantity: &str) -> String {
    let Ok(pieces) = quantity.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let price = 5 * pieces;
    let discounted = price - price * percent_off(pieces) / 100;
    format!("{pieces} pieces: {discounted} coins")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
