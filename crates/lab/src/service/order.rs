//! What a case says of a load, in the generator's own terms.

use std::time::Duration;

use load::{Connections, Expect, Golden, Order, Pick, Request, Reuse, Schedule, Target, Window};
use model::Service;
use model::service::{Arrival, Asked, Load, Wire};

use super::exchange::Goldens;
use super::stand::Standing;
use super::wait;

/// How long a program is left alone after its load before its memory counts as
/// settled; after a shorter load as long as that was.
const SETTLE: Duration = Duration::from_secs(1);

/// The requests that a load asks for; the names have been checked.
pub(super) fn asked<'a>(service: &'a Service, load: &'a Load) -> Vec<(&'a str, &'a Asked)> {
    let all = service.requests.iter().map(|(id, asked)| (id.as_str(), asked));
    match load.requests.as_slice() {
        [] => all.collect(),
        chosen => all.filter(|(id, _)| chosen.iter().any(|name| name == id)).collect(),
    }
}

/// The order of one drive of a program that stands.
pub(super) fn order(standing: &Standing<'_>, load: &Load, goldens: &Goldens, seed: u64) -> Order {
    let service = standing.grounds.service;
    let requests = asked(service, load).into_iter();
    let seconds = Duration::from_secs_f64;
    Order {
        target: Target {
            address: wait::loopback(standing.port),
            host: format!("127.0.0.1:{}", standing.port),
        },
        wire: match service.wire {
            Wire::Resp => load::Wire::Resp,
            Wire::Http | Wire::Other => load::Wire::Http,
        },
        requests: requests.map(|(id, asked)| request(asked, goldens.of(id))).collect(),
        schedule: schedule(load, load.rate),
        window: Window { warm_up: seconds(load.warm_up_seconds), measured: seconds(load.seconds) },
        connections: Connections {
            most: load.connections,
            pick: Pick::Fifo,
            reuse: if load.fresh_connections { Reuse::PerRequest } else { Reuse::KeepAlive },
            idle: load.idle,
            slow: load.slow,
        },
        timeout: seconds(load.timeout_seconds),
        leave_after: load.leave_after_seconds.map(seconds),
        in_time: load.in_time_seconds.map(seconds),
        seed,
        processor: Some(standing.grounds.processors.generator),
        spin: false,
        server: standing.server.pid(),
        companions: standing.companions.processes(),
        settle: SETTLE.min(seconds(load.seconds)),
        progress: false,
    }
}

fn request(asked: &Asked, body: Golden) -> Request {
    Request {
        weight: asked.weight,
        method: asked.method.clone(),
        path: asked.path.clone(),
        headers: asked.headers.clone(),
        body: asked.body.clone(),
        numbers: asked.numbers,
        expect: Expect { status: asked.status, body },
    }
}

/// The schedule, at another rate where one is searched for.
pub(super) fn schedule(load: &Load, rate: f64) -> Schedule {
    match load.schedule {
        Arrival::Poisson => Schedule::Poisson { rate },
        Arrival::Constant => Schedule::Constant { rate },
        Arrival::Ramp => Schedule::Ramp {
            from: load.stages.first().copied().unwrap_or(rate),
            to: load.stages.last().copied().unwrap_or(rate),
        },
        Arrival::Step => Schedule::Step { rates: load.stages.clone() },
        Arrival::Burst => {
            let (size, every) = load.burst.unwrap_or((0, 1.0));
            Schedule::Burst { rate, size, every: Duration::from_secs_f64(every) }
        }
    }
}
