use std::time::Duration;

fn main() -> Result<(), reqwest::Error> {
    let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(10)).build()?;
    let response = client.get("http://127.0.0.1:8080/missing").send()?;
    println!("{}", response.status());
    Ok(())
}
