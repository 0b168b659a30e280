/// The whole number a setting of the form key=number stands for.
fn number(setting: &str) -> Option<i64> {
    let (_, text) = setting.split_once('=')?;
    text.parse().ok()
}

fn run(setting: &str) -> String {
    let Some(n) = number(setting) else {
        return "not a number".to_owned();
    };
    let Ok(port) = u16::try_from(n) else {
        return "not a port".to_owned();
    };
    format!("listening on {port}")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
