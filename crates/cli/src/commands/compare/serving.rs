//! From the command line to servers and their drives.

use std::collections::BTreeMap;

use model::contract::{Case, CaseUse, Pick};
use model::service::{
    Arrival, Asked, Drive, DriveKind, Load, MOST_UTILISATION, Ready, Service, StopSignal, Wire,
};
use model::{CaseId, Metric};

use super::sides;
use crate::arguments::serving::{ServingArguments, Stop};
use crate::failure::Failure;

/// Where a search for the highest rate begins when no rate is given.
const FIRST_RATE: f64 = 500.0;

/// How the programs serve; `None`: nothing is driven.
pub(super) fn service(given: &ServingArguments) -> Result<Option<Service>, Failure> {
    if !given.drive() {
        return Ok(None);
    }
    let ready = match given.ready.as_str() {
        "connect" => Ready::Connect,
        path => Ready::Path(path_of("--ready", path)?),
    };
    let usual = match &ready {
        Ready::Path(path) => path.clone(),
        Ready::Connect | Ready::Started => "/".to_owned(),
    };
    let paths = if given.ask.is_empty() { vec![usual] } else { given.ask.clone() };
    let mut requests = BTreeMap::new();
    for (number, path) in paths.into_iter().enumerate() {
        requests.insert(id_of(&path, number), asked(path_of("--ask", &path)?));
    }
    // Paths that answer differently each time are let be: a status is all that is asked of them.
    let exchanges = Vec::new();
    let wire = if given.driver.is_some() { Wire::Other } else { Wire::Http };
    Ok(Some(Service {
        port: given.port_variable.clone(),
        wire,
        ready,
        stop: match given.stop {
            Stop::Term => StopSignal::Term,
            Stop::Int => StopSignal::Int,
        },
        companions: Vec::new(),
        requests,
        exchanges,
    }))
}

fn path_of(flag: &str, path: &str) -> Result<String, Failure> {
    if path.starts_with('/') {
        return Ok(path.to_owned());
    }
    Err(Failure::usage(format!("{flag} {path}: a path begins with /"))
        .hint(format!("such as {flag} /{path}")))
}

/// What a request is called in a contract: `items-7` for `/items/7`, with its number if there are more.
fn id_of(path: &str, number: usize) -> String {
    let lower = path.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    if words.first().is_none_or(|word| !word.starts_with(|c: char| c.is_ascii_lowercase())) {
        words.insert(0, "path");
    }
    let number = (number > 0).then(|| (number + 1).to_string());
    words.extend(number.as_deref());
    words.join("-")
}

fn asked(path: String) -> Asked {
    Asked {
        weight: 1,
        method: "GET".to_owned(),
        path,
        headers: Vec::new(),
        body: String::new(),
        numbers: 0,
        status: None,
        stable: false,
    }
}

/// A case for each thing that is done to the programs.
pub(super) fn cases(given: &ServingArguments, args: &[String]) -> Result<Vec<Case>, Failure> {
    let load = load(given)?;
    let mut kinds = Vec::new();
    if given.rate.is_some() {
        kinds.push(("load", DriveKind::Load(load.clone())));
    }
    if let Some(share) = given.utilisation {
        let utilisation = Some(utilisation_of(share)?);
        kinds.push(("utilised", DriveKind::Load(Load { utilisation, ..load.clone() })));
    }
    if given.find_capacity {
        let (quantile, bound_seconds) = (given.slo.quantile, given.slo.milliseconds / 1e3);
        kinds.push(("capacity", DriveKind::Capacity { load, quantile, bound_seconds }));
    }
    if given.cold_start {
        kinds.push(("cold-start", DriveKind::ColdStart));
    }
    if let Some(connections) = given.hold {
        kinds.push(("hold", DriveKind::Hold { connections, asked_once: true, seconds: 1.0 }));
    }
    if let Some(driver) = &given.driver {
        kinds.push(("driver", external(given, driver)?));
    }
    kinds.into_iter().map(|(id, kind)| case(id, kind, args)).collect()
}

fn utilisation_of(share: f64) -> Result<f64, Failure> {
    if share > 0.0 && share <= MOST_UTILISATION {
        return Ok(share);
    }
    let wrong = format!("--utilisation {share}: a share above 0 and at most {MOST_UTILISATION}");
    Err(Failure::usage(wrong).hint("such as --utilisation 0.5"))
}

fn case(id: &str, kind: DriveKind, args: &[String]) -> Result<Case, Failure> {
    let id: CaseId =
        id.parse().map_err(|error: model::IdError| Failure::usage(error.to_string()))?;
    let drive =
        Drive { kind, processors: None, memory: None, env: BTreeMap::new(), told: Vec::new() };
    let (used, drive) = (CaseUse::Measured, Some(drive));
    Ok(Case { id, args: args.to_vec(), stdin: None, exit: None, used, drive })
}

fn load(given: &ServingArguments) -> Result<Load, Failure> {
    let rate = given.rate.unwrap_or(FIRST_RATE);
    if !(rate.is_finite() && rate > 0.0) {
        return Err(Failure::usage(format!("--rate {rate}: requests a second are more than 0"))
            .hint("such as --rate 2000"));
    }
    Ok(Load {
        requests: Vec::new(),
        schedule: Arrival::Poisson,
        rate,
        stages: Vec::new(),
        burst: None,
        seconds: given.seconds.as_secs_f64(),
        warm_up_seconds: given.warm_up.as_secs_f64(),
        connections: given.connections,
        idle: 0,
        slow: 0,
        fresh_connections: false,
        timeout_seconds: 5.0,
        leave_after_seconds: None,
        in_time_seconds: None,
        utilisation: None,
    })
}

fn external(given: &ServingArguments, driver: &str) -> Result<DriveKind, Failure> {
    let quantiles = given.latency.iter().map(|named| {
        let wrong = || {
            Failure::usage(format!("--latency {}={}", named.name, named.value))
                .hint("such as --latency response-p99=latency.p99:ms")
        };
        let metric: Metric = named.name.parse().map_err(|_| wrong())?;
        let (path, unit) = named.value.rsplit_once(':').ok_or_else(wrong)?;
        let factor = match unit {
            "s" => 1.0,
            "ms" => 1e-3,
            "us" => 1e-6,
            "ns" => 1e-9,
            _ => return Err(wrong()),
        };
        Ok((metric, Pick::Json(path.to_owned()), factor))
    });
    Ok(DriveKind::External {
        command: sides::words("--driver", driver)?,
        count: Pick::Json(given.count.clone().unwrap_or_default()),
        errors: given.errors.clone().map(Pick::Json),
        quantiles: quantiles.collect::<Result<_, _>>()?,
        deadline_seconds: 600.0,
    })
}
