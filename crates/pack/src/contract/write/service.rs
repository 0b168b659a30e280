//! `[service]` and `[case.drive]` as text.

use model::contract::Pick;
use model::service::{
    Arrival, Asked, Companion, CompanionKind, Drive, DriveKind, Load, Ready, Service, StopSignal,
    Teller, Told, Wire,
};
use toml_edit::{Array, InlineTable, Value};

use super::Page;
use crate::contract::written;
use crate::service::{
    CONNECTIONS, DEADLINE_SECONDS, LATENCY_UNITS, PORT, SECONDS, TIMEOUT_SECONDS, WARM_UP_SECONDS,
    slo_written, usually_ready,
};

impl Page<'_> {
    pub(super) fn service(&mut self, service: &Service) {
        self.say("How they serve, and what they are asked.");
        self.table("[service]");
        if service.port != PORT {
            self.key("port", service.port.as_str());
        }
        if service.wire != Wire::Http {
            self.key("wire", service.wire.name());
        }
        if service.ready != usually_ready(service.wire) {
            let word = match &service.ready {
                Ready::Path(path) => path,
                Ready::Connect => "connect",
                Ready::Started => "started",
            };
            self.key("ready", word);
        }
        if service.stop != StopSignal::Term {
            self.key("stop", service.stop.name());
        }
        for companion in &service.companions {
            self.companion(companion);
        }
        for (id, asked) in &service.requests {
            self.table("[[service.request]]");
            self.key("id", id.as_str());
            if asked.weight != 1 {
                self.key("weight", i64::from(asked.weight));
            }
            self.asked(asked, service.wire);
            if asked.numbers != 0 {
                self.key("numbers", i64::from(asked.numbers));
            }
            if asked.stable {
                self.key("stable", true);
            }
        }
        for asked in &service.exchanges {
            self.table("[[service.exchange]]");
            self.asked(asked, service.wire);
        }
    }

    fn companion(&mut self, companion: &Companion) {
        self.table("[[service.companion]]");
        self.key("variable", companion.variable.as_str());
        match &companion.kind {
            CompanionKind::Program { folder, args, .. } => {
                self.path("program", folder);
                self.list("args", args);
            }
            CompanionKind::Postgresql { schema } => self.path("postgresql", schema),
        }
    }

    fn asked(&mut self, asked: &Asked, wire: Wire) {
        if asked.method != "GET" || wire == Wire::Resp {
            self.key("method", asked.method.as_str());
        }
        if !asked.path.is_empty() {
            self.key("path", asked.path.as_str());
        }
        self.variables("headers", asked.headers.iter().map(|(name, value)| (name, value)));
        if !asked.body.is_empty() {
            self.key("body", asked.body.as_str());
        }
        self.option("status", asked.status.map(i64::from));
    }

    pub(super) fn drive(&mut self, drive: &Drive) {
        self.table("[case.drive]");
        self.kind(&drive.kind);
        self.option("processors", drive.processors);
        self.option("memory", drive.memory.map(|bytes| written::size(bytes as f64)));
        self.variables("env", drive.env.iter());
        if !drive.told.is_empty() {
            self.key("told", drive.told.iter().map(told).collect::<Array>());
        }
    }

    fn kind(&mut self, kind: &DriveKind) {
        match kind {
            DriveKind::Load(load) => {
                self.key("kind", "load");
                self.load(load);
            }
            DriveKind::Capacity { load, quantile, bound_seconds } => {
                self.key("kind", "capacity");
                self.key("slo", slo_written(*quantile, *bound_seconds));
                self.load(load);
            }
            DriveKind::Hold { connections, asked_once, seconds } => {
                self.key("kind", "hold");
                self.key("connections", i64::from(*connections));
                if *asked_once {
                    self.key("asked-once", true);
                }
                self.unusual("seconds", *seconds, SECONDS);
            }
            DriveKind::ColdStart => self.key("kind", "cold-start"),
            DriveKind::Stop { load, stuck } => {
                self.key("kind", "stop");
                if *stuck != 0 {
                    self.key("stuck", i64::from(*stuck));
                }
                self.load(load);
            }
            DriveKind::Companion { deadline_seconds, idle_seconds } => {
                self.key("kind", "companion");
                self.unusual("deadline-seconds", *deadline_seconds, DEADLINE_SECONDS);
                self.unusual("idle-seconds", *idle_seconds, 0.0);
            }
            DriveKind::External { command, count, errors, quantiles, deadline_seconds } => {
                self.key("kind", "external");
                self.list("command", command);
                self.key("count", text(count));
                self.option("errors", errors.as_ref().map(text));
                if !quantiles.is_empty() {
                    let tables = quantiles.iter().map(|(metric, pick, factor)| {
                        let unit = LATENCY_UNITS.iter().find(|(_, each)| each == factor);
                        let mut table = InlineTable::new();
                        table.insert("metric", metric.name().into());
                        table.insert("json", text(pick).into());
                        table.insert("unit", unit.map_or("s", |(word, _)| word).into());
                        table
                    });
                    self.key("quantiles", tables.collect::<Array>());
                }
                self.unusual("deadline-seconds", *deadline_seconds, DEADLINE_SECONDS);
            }
        }
    }

    fn unusual(&mut self, key: &str, value: f64, usual: f64) {
        if value != usual {
            self.key(key, number(value));
        }
    }

    fn load(&mut self, load: &Load) {
        if load.stages.is_empty() {
            self.key("rate", number(load.rate));
        }
        if load.schedule != Arrival::Poisson {
            self.key("schedule", load.schedule.name());
        }
        if !load.stages.is_empty() {
            self.key("stages", load.stages.iter().copied().map(number).collect::<Array>());
        }
        if let Some((size, every)) = load.burst {
            let mut table = InlineTable::new();
            table.insert("size", i64::from(size).into());
            table.insert("every-seconds", number(every));
            self.key("burst", table);
        }
        self.list("requests", &load.requests);
        self.unusual("seconds", load.seconds, SECONDS);
        self.unusual("warm-up-seconds", load.warm_up_seconds, WARM_UP_SECONDS);
        if load.connections != CONNECTIONS {
            self.key("connections", i64::from(load.connections));
        }
        for (key, count) in [("idle", load.idle), ("slow", load.slow)] {
            if count != 0 {
                self.key(key, i64::from(count));
            }
        }
        if load.fresh_connections {
            self.key("fresh-connections", true);
        }
        self.unusual("timeout-seconds", load.timeout_seconds, TIMEOUT_SECONDS);
        self.option("leave-after-seconds", load.leave_after_seconds.map(number));
        self.option("in-time-seconds", load.in_time_seconds.map(number));
        self.option("utilisation", load.utilisation.map(number));
    }
}

/// A whole number without a point, as people write it.
fn number(value: f64) -> Value {
    const EXACT: f64 = (1_u64 << 53) as f64;
    let whole =
        value.fract() == 0.0 && value.abs() < EXACT && !(value == 0.0 && value.is_sign_negative());
    if whole { (value as i64).into() } else { value.into() }
}

fn text(pick: &Pick) -> &str {
    match pick {
        Pick::Json(text) | Pick::Pattern(text) => text,
    }
}

fn told(told: &Told) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("metric", told.metric.name().into());
    if told.by != Teller::Server {
        table.insert("by", told.by.name().into());
    }
    table.insert("path", told.path.as_str().into());
    let key = match told.pick {
        Pick::Json(_) => "json",
        Pick::Pattern(_) => "pattern",
    };
    table.insert(key, text(&told.pick).into());
    if told.per_request {
        table.insert("per-request", true.into());
    }
    table
}

/// As in `[running]`.
pub(super) fn processors(numbers: &[usize]) -> Value {
    numbers.iter().map(|number| *number as i64).collect::<Array>().into()
}
