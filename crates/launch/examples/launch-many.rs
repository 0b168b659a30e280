//! Starts `/bin/true` so many times, each as a trial: what ci/guards/launch.toml
//! holds against a shell that does the same.
//!
//! `cargo run --profile ci -p launch --example launch-many -- 100`

use std::error::Error;

use launch::{Launcher, Trial};

fn main() -> Result<(), Box<dyn Error>> {
    launch::enter();
    let times: u32 = std::env::args().nth(1).map_or(Ok(100), |text| text.parse())?;
    let launcher = Launcher::current_exe();
    for _ in 0..times {
        let outcome = launcher.run(&Trial::of("/bin/true"))?;
        if !outcome.ended.is_success() {
            return Err(format!("/bin/true: {}", outcome.ended).into());
        }
    }
    Ok(())
}
