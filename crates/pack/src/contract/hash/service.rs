//! What a service is asked and how it is driven, as part of the digest.

use std::{fs, io};

use model::contract::Pick;
use model::service::{Asked, CompanionKind, Drive, DriveKind, Load, Ready, Service};

use super::Terms;

impl Terms<'_> {
    pub(super) fn service(&mut self, service: &Service) -> io::Result<()> {
        self.text("port", &service.port);
        self.text("wire", service.wire);
        match &service.ready {
            Ready::Path(path) => self.text("ready-path", path),
            Ready::Connect => self.text("ready", "connect"),
            Ready::Started => self.text("ready", "started"),
        }
        self.text("stop", service.stop);
        for companion in &service.companions {
            self.text("companion", &companion.variable);
            match &companion.kind {
                CompanionKind::Program { language, folder, args } => {
                    self.text("companion-language", language);
                    self.path("companion-program", folder);
                    self.list("companion-args", args);
                    // Unlike a side's, its program has no digest of its own.
                    self.hash.add_folder("companion/", folder)?;
                }
                CompanionKind::Postgresql { schema } => {
                    self.hash.add("postgresql", &fs::read(schema)?);
                }
            }
        }
        for (id, asked) in &service.requests {
            self.text("request", id);
            self.asked(asked);
        }
        for asked in &service.exchanges {
            self.text("exchange", "");
            self.asked(asked);
        }
        Ok(())
    }

    fn asked(&mut self, asked: &Asked) {
        self.text("weight", asked.weight);
        self.text("method", &asked.method);
        self.text("path", &asked.path);
        self.pairs("header", asked.headers.iter().map(|(name, value)| (name, value)));
        self.text("body", &asked.body);
        self.text("numbers", asked.numbers);
        self.list("status", asked.status.map(|status| status.to_string()).as_slice());
        self.text("stable", asked.stable);
    }

    pub(super) fn drive(&mut self, drive: &Drive) {
        self.kind(&drive.kind);
        let processors = drive.processors.map(|share| share.to_string());
        self.list("drive-processors", processors.as_slice());
        self.list("drive-memory", drive.memory.map(|bytes| bytes.to_string()).as_slice());
        self.pairs("drive-variable", drive.env.iter());
        for told in &drive.told {
            self.text("told", told.metric);
            self.text("by", told.by);
            self.text("at", &told.path);
            self.pick(&told.pick);
            self.text("per-request", told.per_request);
        }
    }

    fn kind(&mut self, kind: &DriveKind) {
        match kind {
            DriveKind::Load(load) => {
                self.text("drive", "load");
                self.load(load);
            }
            DriveKind::Capacity { load, quantile, bound_seconds } => {
                self.text("drive", "capacity");
                self.load(load);
                self.text("quantile", quantile);
                self.text("bound", bound_seconds);
            }
            DriveKind::Hold { connections, asked_once, seconds } => {
                self.text("drive", "hold");
                self.text("connections", connections);
                self.text("asked-once", asked_once);
                self.text("seconds", seconds);
            }
            DriveKind::ColdStart => self.text("drive", "cold-start"),
            DriveKind::Stop { load, stuck } => {
                self.text("drive", "stop");
                self.load(load);
                self.text("stuck", stuck);
            }
            DriveKind::Companion { deadline_seconds, idle_seconds } => {
                self.text("drive", "companion");
                self.text("drive-deadline", deadline_seconds);
                self.text("idle-seconds", idle_seconds);
            }
            DriveKind::External { command, count, errors, quantiles, deadline_seconds } => {
                self.text("drive", "external");
                self.list("driver", command);
                self.pick(count);
                self.text("tells-errors", errors.is_some());
                if let Some(pick) = errors {
                    self.pick(pick);
                }
                for (metric, pick, factor) in quantiles {
                    self.text("quantile-of", metric);
                    self.pick(pick);
                    self.text("times", factor);
                }
                self.text("drive-deadline", deadline_seconds);
            }
        }
    }

    fn load(&mut self, load: &Load) {
        let option = |value: Option<f64>| value.map(|value| value.to_string());
        self.list("requests", &load.requests);
        self.text("schedule", load.schedule);
        self.text("rate", load.rate);
        let stages: Vec<String> = load.stages.iter().map(f64::to_string).collect();
        self.list("stages", &stages);
        if let Some((size, every)) = load.burst {
            self.text("burst", size);
            self.text("every", every);
        }
        self.text("seconds", load.seconds);
        self.text("warm-up", load.warm_up_seconds);
        self.text("connections", load.connections);
        self.text("idle", load.idle);
        self.text("slow", load.slow);
        self.text("fresh", load.fresh_connections);
        self.text("timeout", load.timeout_seconds);
        self.list("leave-after", option(load.leave_after_seconds).as_slice());
        self.list("in-time", option(load.in_time_seconds).as_slice());
        self.list("utilisation", option(load.utilisation).as_slice());
    }

    fn pick(&mut self, pick: &Pick) {
        match pick {
            Pick::Json(path) => self.text("json", path),
            Pick::Pattern(pattern) => self.text("pattern", pattern),
        }
    }
}
