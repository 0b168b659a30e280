use std::env;
use std::num::ParseIntError;

fn main() -> Result<(), ParseIntError> {
    let mut port = 8080;
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--port" => port = arguments.next().unwrap_or_default().parse::<u16>()?,
            unknown => println!("unknown argument {unknown}"),
        }
    }
    println!("{port}");
    Ok(())
}
