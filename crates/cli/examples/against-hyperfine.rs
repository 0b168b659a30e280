//! Evenhand and hyperfine on the same commands in the same run: how often does
//! each find a difference where there is none, and one that is there?
//!
//! `cargo run --profile ci -p evenhand --example against-hyperfine -- COMMAND`
//! - `itself [COMPARISONS]`: a program with itself; who names a winner?
//! - `knob [REPETITIONS]`: one side does 2, 5, 20 or 100 % more work; who finds it, how soon?
//!
//! Writes a table in Markdown; docs/against-hyperfine.md holds one. hyperfine and
//! the evenhand of the same profile have to be there.
#![expect(clippy::print_stdout, reason = "showing is all it does")]

use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use launch::tool::{self, Tool};
use launch::{Launcher, Scratch};
use serde_json::Value;

type Done<T> = Result<T, Box<dyn Error>>;

/// Seconds of CPU that the program compared takes, roughly.
const TAKES: f64 = 0.025;

fn main() -> Done<()> {
    launch::enter();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |default: u32| args.get(1).map_or(Ok(default), |text| text.parse());
    match args.first().map(String::as_str) {
        Some("itself") => itself(&Field::new()?, number(40)?),
        Some("knob") => knob(&Field::new()?, number(20)?),
        // The subject.
        Some("work") => {
            black_box(work(number(1)?.into()));
            Ok(())
        }
        _ => Err("one of: itself, knob; see the top of against-hyperfine.rs".into()),
    }
}

/// Work that takes this many thousand steps, each some nanoseconds.
fn work(thousands: u64) -> u64 {
    (0..thousands * 1000)
        .fold(1, |sum: u64, step| black_box(sum.wrapping_mul(6_364_136_223_846_793_005) ^ step))
}

/// Where both tools are run.
struct Field {
    launcher: Launcher,
    evenhand: PathBuf,
    subject: PathBuf,
    /// Thousands of steps that take about [`TAKES`].
    steps: u64,
    folder: Scratch,
}

/// What one tool came to.
struct Came {
    took: Duration,
    /// Ratio of the second command to the first.
    ratio: f64,
    /// Whether it says that they differ.
    differs: bool,
}

impl Field {
    fn new() -> Done<Self> {
        let subject = std::env::current_exe()?;
        let folder = subject.parent().and_then(Path::parent).ok_or("no target folder")?;
        let evenhand = folder.join("evenhand");
        if !evenhand.exists() {
            return Err(format!("build {} first", evenhand.display()).into());
        }
        const TRIED: u64 = 20_000;
        let started = Instant::now();
        black_box(work(TRIED));
        let steps = (TRIED as f64 * TAKES / started.elapsed().as_secs_f64()) as u64;
        Ok(Self {
            launcher: Launcher::current_exe(),
            evenhand,
            subject,
            steps,
            folder: Scratch::fresh()?,
        })
    }

    fn command(&self, share: f64) -> String {
        let steps = (self.steps as f64 * share) as u64;
        format!("{} work {steps}", self.subject.display())
    }

    fn tool(&self, program: &Path, args: &[&str]) -> Done<(Vec<u8>, Duration)> {
        let tool = Tool::of(program, self.folder.path()).with_args(args.iter().copied());
        let outcome = tool::run(&self.launcher, &tool)?;
        if !outcome.ended.is_success() {
            return Err(format!("{}: {}", program.display(), outcome.last_lines(5)).into());
        }
        Ok((outcome.stdout, outcome.wall))
    }

    /// CPU time without margin and floor, three hundred pairs at most.
    fn evenhand(&self, share: f64, seed: u32) -> Done<Came> {
        let (a, b) = (format!("a={}", self.command(1.0)), format!("b={}", self.command(share)));
        let (store, seed) = (self.folder.path().join("store"), seed.to_string());
        let store = store.to_string_lossy();
        let args = [
            "compare",
            "--side",
            &a,
            "--side",
            &b,
            "--no-effects",
            "--metric",
            "cpu",
            "--margin",
            "cpu=0",
            "--pairs",
            "300",
            "--budget",
            "120s",
            "--seed",
            &seed,
            "--store",
            &store,
            "--format",
            "json",
        ];
        let (json, took) = self.tool(&self.evenhand, &args)?;
        let json: Value = serde_json::from_slice(&json)?;
        let row = &json["metrics"][0];
        let verdict = row["verdict"].as_str().ok_or("no verdict")?;
        let ratio = row["ratio"].as_f64().ok_or("no ratio")?;
        Ok(Came { took, ratio, differs: verdict == "above" || verdict == "below" })
    }

    /// Its default run without a shell, and what Welch's test says of its times.
    fn hyperfine(&self, share: f64) -> Done<(Came, f64)> {
        let path = self.folder.path().join("hyperfine.json");
        let path = path.to_string_lossy();
        let (a, b) = (self.command(1.0), self.command(share));
        let args = ["-N", "--style", "none", "--export-json", &path, &a, &b];
        let (_, took) = self.tool(Path::new("hyperfine"), &args)?;
        let json: Value = serde_json::from_slice(&std::fs::read(&*path)?)?;
        let times = |at: usize| -> Vec<f64> {
            json["results"][at]["times"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_f64)
                .collect()
        };
        let mean = |at: usize| json["results"][at]["mean"].as_f64().unwrap_or(f64::NAN);
        let p = stats::welch(&times(0), &times(1)).unwrap_or(1.0);
        Ok((Came { took, ratio: mean(1) / mean(0), differs: mean(0) != mean(1) }, p))
    }
}

fn itself(field: &Field, comparisons: u32) -> Done<()> {
    let (mut differ, mut winners, mut welch) = (0, 0, 0);
    let (mut farthest, mut farthest_there) = (1.0_f64, 1.0_f64);
    let away = |ratio: f64| ratio.max(1.0 / ratio);
    for seed in 1..=comparisons {
        let ours = field.evenhand(1.0, seed)?;
        let (theirs, p) = field.hyperfine(1.0)?;
        differ += u32::from(ours.differs);
        winners += u32::from(theirs.differs);
        welch += u32::from(p < 0.05);
        farthest = farthest.max(away(ours.ratio));
        farthest_there = farthest_there.max(away(theirs.ratio));
    }
    let most = stats::binomial::quantile(0.999, u64::from(comparisons), stats::ALPHA);
    println!("A program with itself, {comparisons} times, {}:\n", load());
    println!("| | says that they differ | ratio farthest from 1 |");
    println!("|---|---|---|");
    println!("| evenhand, CPU time | {differ} (at most {most} may) | {farthest:.3} |");
    println!("| hyperfine, names a winner | {winners} | {farthest_there:.3} |");
    println!("| hyperfine's times, Welch's test at 5 % | {welch} | |");
    if u64::from(differ) > most {
        return Err(format!("{differ} of {comparisons} differ").into());
    }
    Ok(())
}

fn knob(field: &Field, repetitions: u32) -> Done<()> {
    println!("One side does more work, {repetitions} times each, {}:\n", load());
    println!(
        "| more by | evenhand finds it | seconds to its verdict | hyperfine's run, seconds | Welch finds it |"
    );
    println!("|---|---|---|---|---|");
    let mut too_few = Vec::new();
    for (share, wanted) in [(1.02, 0.8), (1.05, 0.9), (1.20, 1.0), (2.0, 1.0)] {
        let (mut found, mut welch) = (0, 0);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for seed in 1..=repetitions {
            let came = field.evenhand(share, seed)?;
            found += u32::from(came.differs && came.ratio > 1.0);
            ours.push(came.took.as_secs_f64());
            let (there, p) = field.hyperfine(share)?;
            welch += u32::from(p < 0.05 && there.ratio > 1.0);
            theirs.push(there.took.as_secs_f64());
        }
        let seconds = |all: &[f64]| format!("{:.1}", stats::percentile::median(all).unwrap_or(0.0));
        println!(
            "| {:.0} % | {found} of {repetitions} | {} | {} | {welch} of {repetitions} |",
            (share - 1.0) * 100.0,
            seconds(&ours),
            seconds(&theirs),
        );
        if f64::from(found) < wanted * f64::from(repetitions) {
            too_few.push(format!("{found} of {repetitions} found at {share}"));
        }
    }
    if too_few.is_empty() { Ok(()) } else { Err(too_few.join(", ").into()) }
}

/// How busy the machine is.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let first = load.split(' ').next().unwrap_or_default();
    format!("load {first} on {cores} cores at the start")
}
