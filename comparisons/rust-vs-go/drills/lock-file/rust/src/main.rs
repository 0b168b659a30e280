use semver::Version;

fn main() -> Result<(), semver::Error> {
    let newer = Version::parse("1.9.0")?.max(Version::parse("1.10.0")?);
    println!("{newer}");
    Ok(())
}
