//! The floor: what a start costs when the subject does nothing.
//!
//! `cargo bench -p launch` compares our stamped window with vfork (in C, compiled here: the cheapest
//! start there is), posix_spawn, std's `Command`, and hyperfine if it is installed. All take turns,
//! so that a slow minute of the machine hits them alike. The goal is 1.8 times vfork at the median.
//! The last series is the price of a whole trial, launcher included, which bounds trials a second;
//! below it stands what each source of memory readings says of a program that has none.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use launch::probe::{Way, memory_by};
use launch::{Launcher, Trial};
use nix::spawn::{PosixSpawnAttr, PosixSpawnFileActions, posix_spawn};
use nix::sys::wait::waitpid;

const TURNS: usize = 20;
const STARTS: usize = 50;

type Samples = Result<Vec<Duration>, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (Some(noop), Some(vfork)) =
        (compile("noop.c", folder.path(), &["-static"]), compile("vfork.c", folder.path(), &[]))
    else {
        println!("no C compiler here: nothing to compare with");
        return Ok(());
    };
    let launcher = Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"));
    let mut series = [
        Series::named("vfork (C)"),
        Series::named("posix_spawn"),
        Series::named("std Command"),
        Series::named("hyperfine -N"),
        Series::named("ours, stamped window"),
        Series::named("ours, whole trial"),
    ];
    for _ in 0..TURNS {
        series[0].add(by_vfork(&vfork, &noop)?);
        series[1].add(by_posix_spawn(&noop)?);
        series[2].add(by_command(&noop)?);
        series[3].add(by_hyperfine(&noop, folder.path()).unwrap_or_default());
        let (stamped, whole) = by_launcher(&launcher, &noop)?;
        series[4].add(stamped);
        series[5].add(whole);
    }
    let floor = series[0].quantile(0.5);
    println!("{:24} {:>9} {:>9} {:>9} {:>7}", "static no-op", "p50", "p90", "min", "/vfork");
    for one in series.iter().filter(|one| !one.samples.is_empty()) {
        let p50 = one.quantile(0.5);
        println!(
            "{:24} {:>6.0} µs {:>6.0} µs {:>6.0} µs {:>7.2}",
            one.name,
            micros(p50),
            micros(one.quantile(0.9)),
            micros(one.quantile(0.0)),
            micros(p50) / micros(floor),
        );
    }
    println!();
    for way in [Way::Traced, Way::Cgroup, Way::Polled, Way::Floored] {
        match memory_by(&launcher, &Trial::of(&noop), way) {
            Ok(Some(probe)) => {
                println!("memory: {:>10}  {}", probe.reading.bytes, probe.reading.source);
            }
            Ok(None) => println!("memory:          -  {way:?}: ended before the first look"),
            Err(error) => println!("memory:          -  {error}"),
        }
    }
    Ok(())
}

struct Series {
    name: &'static str,
    samples: Vec<Duration>,
}

impl Series {
    fn named(name: &'static str) -> Self {
        Self { name, samples: Vec::new() }
    }

    fn add(&mut self, samples: Vec<Duration>) {
        self.samples.extend(samples);
    }

    fn quantile(&self, q: f64) -> Duration {
        let mut sorted = self.samples.clone();
        sorted.sort();
        let at = (q * (sorted.len().saturating_sub(1)) as f64).round() as usize;
        sorted.get(at).copied().unwrap_or_default()
    }
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn compile(source: &str, folder: &Path, flags: &[&str]) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/floor").join(source);
    let binary = folder.join(source.file_stem()?);
    let cc = Command::new("cc").arg("-O2").args(flags).arg("-o").arg(&binary).arg(source).status();
    cc.is_ok_and(|status| status.success()).then_some(binary)
}

fn by_vfork(vfork: &Path, noop: &Path) -> Samples {
    let output = Command::new(vfork).arg(STARTS.to_string()).arg(noop).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.lines().map(|line| Ok(Duration::from_nanos(line.parse()?))).collect()
}

fn by_posix_spawn(noop: &Path) -> Samples {
    let (files, attributes) = (PosixSpawnFileActions::init()?, PosixSpawnAttr::init()?);
    let args = [std::ffi::CString::new("noop")?];
    let environment: [std::ffi::CString; 0] = [];
    (0..STARTS)
        .map(|_| {
            let start = Instant::now();
            let pid = posix_spawn(noop, &files, &attributes, &args, &environment)?;
            waitpid(pid, None)?;
            Ok(start.elapsed())
        })
        .collect()
}

fn by_command(noop: &Path) -> Samples {
    (0..STARTS)
        .map(|_| {
            let start = Instant::now();
            Command::new(noop).stdout(Stdio::null()).env_clear().status()?;
            Ok(start.elapsed())
        })
        .collect()
}

fn by_launcher(
    launcher: &Launcher,
    noop: &Path,
) -> Result<(Vec<Duration>, Vec<Duration>), Box<dyn Error>> {
    let trial = Trial::of(noop);
    let (mut stamped, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let start = Instant::now();
        stamped.push(launcher.run(&trial)?.wall);
        whole.push(start.elapsed());
    }
    Ok((stamped, whole))
}

fn by_hyperfine(noop: &Path, folder: &Path) -> Option<Vec<Duration>> {
    let export = folder.join("hyperfine.json");
    let runs = STARTS.to_string();
    let status = Command::new("hyperfine")
        .args(["-N", "--style", "none", "--runs", &runs, "--export-json"])
        .arg(&export)
        .arg(noop)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.ok().filter(std::process::ExitStatus::success)?;
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(export).ok()?).ok()?;
    let times = json["results"][0]["times"].as_array()?;
    Some(times.iter().filter_map(|t| t.as_f64().map(Duration::from_secs_f64)).collect())
}
