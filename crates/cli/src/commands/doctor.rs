//! `evenhand doctor`: what this machine can measure, and what each missing
//! thing costs.

use std::fmt::Write;

use lab::Checked;
use launch::Launcher;
use model::Environment;

use crate::arguments::DoctorArguments;
use crate::failure::{Exit, Failure};
use crate::{folders, output};

pub(crate) fn run(arguments: &DoctorArguments) -> Result<Exit, Failure> {
    let cache = folders::cache()?;
    let comparison = super::read(&arguments.pack.pack, &cache)?;
    let launcher = Launcher::current_exe();
    let environment = lab::environment::know(&comparison, &launcher, &cache, arguments.offline);
    let checks = lab::survey(&comparison, &environment, &launcher, arguments.offline);
    let mut text = machine(&environment);
    for check in &checks {
        line(&mut text, check);
    }
    for (side, sees) in &environment.sees {
        let limit = match sees.memory_limit {
            Some(bytes) => format!(", memory limit {bytes} bytes"),
            None => String::new(),
        };
        row(
            &mut text,
            &format!("{side} sees"),
            &format!("{} {}{limit}", sees.workers_name, sees.workers),
        );
    }
    row(&mut text, "timed runs get", &environment.variables.join(" "));
    row(&mut text, "store", &folders::store(None)?.display().to_string());
    row(&mut text, "cache", &cache.display().to_string());
    output::print_text(&text)?;
    Ok(Exit::Done)
}

fn machine(environment: &Environment) -> String {
    let machine = &environment.machine;
    let mut text = String::new();
    let memory = machine.memory_bytes as f64 / f64::from(1 << 30);
    let kind = machine.virtualisation.as_deref().unwrap_or("bare metal, as far as it shows");
    row(
        &mut text,
        "machine",
        &format!("{}, {} cores, {memory:.0} GiB", machine.cpu, machine.cores),
    );
    row(&mut text, "", &format!("{}, {}", machine.architecture, kind));
    row(&mut text, "system", &format!("{}, {}", machine.system, machine.kernel));
    if let Some(cores) = machine.cpu_limit.0 {
        row(&mut text, "cpu quota", &format!("{cores} cores"));
    }
    if let Some(bytes) = machine.memory_limit.0 {
        row(&mut text, "memory limit", &format!("{bytes} bytes"));
    }
    text
}

fn line(text: &mut String, check: &Checked) {
    row(text, &check.subject, &check.found);
    if let Some(costs) = &check.costs {
        row(text, "", &format!("→ {costs}"));
    }
}

fn row(text: &mut String, subject: &str, found: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{subject:<24} {found}");
}
