//! `evenhand load`: a server under open-loop load, and the highest rate within
//! a bound.

mod address;
mod generator;
mod live;
mod order;
mod over;
mod own;
mod search;
mod secret;

use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use launch::{Launcher, Limits};
use load::{Order, Report};
use model::Machine;
use report::load::{LoadDocument, LoadInput};

use self::address::Address;
use self::generator::Generator;
use self::live::Live;
use crate::arguments::load::{LoadArguments, LoadFormat};
use crate::contest::VERSION;
use crate::failure::{Exit, Failure, Kind};
use crate::interrupt::Interrupt;
use crate::{conceal, folders, output};

/// What was seen, by one drive or by a search.
struct Seen {
    report: Report,
    order: Order,
    partial: bool,
    own: Option<own::Own>,
    steps: Vec<report::load::Step>,
}

pub(crate) fn run(arguments: &LoadArguments) -> Result<Exit, Failure> {
    let files = output::by_ending(&arguments.results.output, ENDINGS)?;
    let address = Address::read(&arguments.url)?;
    let order = order::of(arguments, &address, address.resolve()?)?;
    order.check().map_err(|error| Failure::new(Kind::Usage, &error))?;
    let over = over::of(arguments, &address)?;
    let launcher = Launcher::current_exe();
    let interrupt = Interrupt::listen()?;
    let generator = Generator { launcher: &launcher, interrupt: &interrupt, over: over.as_ref() };
    let machine = machine(&launcher)?;
    let begun = SystemTime::now();
    let Some(seen) = drive(arguments, &generator, order)? else {
        output::tell("stopped before the server was asked anything\n");
        return Ok(Exit::Interrupted);
    };
    let document = LoadDocument::new(&LoadInput {
        report: &seen.report,
        order: &seen.order,
        url: &arguments.url,
        partial: seen.partial,
        self_check: seen.own.map(|own| own.told),
        steps: &seen.steps,
        machine: Some(&machine),
        started: Timestamp::try_from(begun).map_err(|error| Failure::new(Kind::Bug, &error))?,
        version: VERSION,
        command: &secret::command(std::env::args().skip(1), seen.order.seed),
        conceal: &conceal::words(),
    });
    for (path, format) in &files {
        output::write_file(path, &rendered(&document, *format, false)?)?;
    }
    if let Some(path) = &arguments.results.hdr_log {
        write_log(path, &seen.report, begun)?;
    }
    output::print_text(&rendered(&document, arguments.results.format, true)?)?;
    Ok(match () {
        () if seen.partial => Exit::Interrupted,
        // Figures that must not be believed are no measurement.
        () if !document.valid || document.counts.right == 0 => Exit::NothingMeasured,
        () => Exit::Done,
    })
}

/// Looks at the generator itself, then at the server; `None`: stopped in between.
fn drive(
    arguments: &LoadArguments,
    generator: &Generator<'_>,
    order: Order,
) -> Result<Option<Seen>, Failure> {
    let mut live = Live::new();
    let mut own = None;
    if !arguments.generator.no_self_check {
        live.say("the generator against its own responder");
        own = own::look(generator, &order, arguments.generator.self_check, &mut live)?;
        if own.is_none() {
            return Ok(None);
        }
    }
    if let Some(bound) = arguments.capacity.slo {
        let ceiling = own.map(|own| own.ceiling.highest_rate());
        let search::Found { report, order, partial, steps } =
            search::run(generator, &order, bound, ceiling, &mut live)?;
        return Ok(Some(Seen { report, order, partial, own, steps }));
    }
    let (mut report, partial) = generator.drive(&order, &mut live)?.report();
    if let Some(own) = own {
        own.hold_against(&order, &mut report);
    }
    Ok(Some(Seen { report, order, partial, own, steps: Vec::new() }))
}

fn machine(launcher: &Launcher) -> Result<Machine, Failure> {
    let cache = folders::cache()?;
    Ok(lab::environment::of_sides(&[], Limits::default(), launcher, &cache, true).machine)
}

fn write_log(path: &Path, report: &Report, begun: SystemTime) -> Result<(), Failure> {
    if report.response_histogram.is_empty() {
        output::tell(&format!("note: {} is not written: there are no times\n", path.display()));
        return Ok(());
    }
    let log = load::log::interval_log(report, begun);
    let log = log.map_err(|error| Failure::new(Kind::Bug, &error))?;
    output::write_file(path, &String::from_utf8_lossy(&log))
}

const ENDINGS: &output::Endings<LoadFormat> = &[
    (".html", LoadFormat::Html),
    (".json", LoadFormat::Json),
    (".md", LoadFormat::Markdown),
    (".txt", LoadFormat::Text),
];

fn rendered(
    document: &LoadDocument,
    format: LoadFormat,
    on_screen: bool,
) -> Result<String, Failure> {
    let bug = |error: &dyn std::error::Error| Failure::new(Kind::Bug, error);
    let style = if on_screen { output::style() } else { report::Style::plain() };
    Ok(match format {
        LoadFormat::Text => document.text(&style),
        LoadFormat::Markdown => document.markdown(),
        LoadFormat::Json => document.json().map_err(|error| bug(&error))?,
        LoadFormat::Html => document.html().map_err(|error| bug(&error))?,
    })
}
